import { describe, expect, test } from "vitest";
import { simulationProblemSchema } from "../../src/domain/results/simulation-problem.ts";
import { quantileBeyond, remainderQuantile } from "../../src/numerics/distribution.ts";
import { studentFactor95 } from "../../src/numerics/student.ts";
import { transientQueue } from "../../src/queueing/transient/transient-queue.ts";
import { compileBareProblem } from "../../src/simulating/compile/compile-bare-problem.ts";
import type { PresentQueue, SimulationProblem } from "../../src/simulating/compile/problem.ts";
import { createEngine } from "../../src/simulating/engine/engine.ts";
import { createBlockRunner } from "../../src/simulating/measure/replication-blocks.ts";
import { createTally, queueCount, queueCounts } from "../../src/simulating/measure/tally.ts";
import { runReplications, simulateContacts } from "../../src/simulating/simulate-contacts.ts";
import { singleQueue } from "./single-queue.ts";
import { input } from "./two-queue-plan.ts";

const nobody: PresentQueue = { waitedSeconds: [], handledSeconds: [], callbackSeconds: [] };

describe("simulated from a present state", () => {
  test.each([
    { inHand: 10, waiting: 20 },
    { inHand: 4, waiting: 0 },
  ])("$inHand in hand and $waiting waiting: agrees with the exact queue that starts there", async (there) => {
    const replications = 3000;
    const [agents, perHalfHour, aht, patience] = [10, 60, 240, 300];
    const base = singleQueue(
      { agents, intervals: 9, warmUp: 1 },
      { offeredPerHalfHour: perHalfHour / 6, ahtSeconds: aht },
      { patience: { kind: "exponential", mean: patience } },
    );
    const problem: SimulationProblem = {
      ...base,
      intervalSeconds: 300,
      present: {
        interval: 1,
        queues: [
          {
            ...nobody,
            waitedSeconds: Array.from({ length: there.waiting }, (_, k) => 10 * k),
            handledSeconds: Array.from({ length: there.inHand }, (_, k) => (k % 2 === 0 ? null : 60 * k)),
          },
        ],
      },
    };
    const exact = transientQueue(
      {
        intervalSeconds: 300,
        arrivalsPerSecond: new Float64Array(8).fill(perHalfHour / 1800),
        ahtSeconds: new Float64Array(8).fill(aht),
        patienceSeconds: patience,
        answerWithinSeconds: 20,
        start: { contacts: there.inHand + there.waiting },
      },
      new Array(8).fill(agents),
    );
    const run = createBlockRunner(problem, replications);
    const { queues } = await runReplications(problem, replications, [async (block) => run(block)]);
    const factor = studentFactor95(replications - 1);
    const { serviceLevel, waiting } = queues[0].intervals;
    let square = 0;
    for (let k = 0; k < 8; k++) {
      for (const [simulated, value] of [
        [serviceLevel, exact[k]?.serviceLevelOffered],
        [waiting, exact[k]?.meanWaiting],
      ] as const) {
        const error = simulated.halfWidth[k + 1] / factor;
        const z = (simulated.mean[k + 1] - (value ?? Number.NaN)) / Math.max(error, 1e-9);
        expect(Math.abs(z)).toBeLessThan(4);
        square += z * z;
      }
    }
    expect(square / 16).toBeLessThan(2);
    // Nothing before is simulated, and totals are of what is to come.
    expect(queues[0].total.offered.mean[0]).toBeCloseTo((8 * perHalfHour) / 6, -1);
  });

  test("who waits is taken first come first served, and counted where the contact came", () => {
    const quiet = singleQueue(
      { agents: 1, intervals: 3 },
      { offeredPerHalfHour: 0, ahtSeconds: 100 },
      { handleTime: { kind: "deterministic", mean: 1 }, answerWithinSeconds: 200 },
    );
    const problem: SimulationProblem = {
      ...quiet,
      present: { interval: 1, queues: [{ ...nobody, waitedSeconds: [30, 90], handledSeconds: [40] }] },
    };
    const tally = createTally(problem);
    createEngine(problem)(0, tally);
    const count = (interval: number, what: keyof typeof queueCount) =>
      tally.queues[interval * queueCounts + queueCount[what]];
    // 60 s are left of the contact in hand: waits of 90 + 60 and 30 + 160 s.
    expect([count(0, "offered"), count(0, "answered"), count(0, "waitAnswered")]).toEqual([2, 2, 340]);
    expect(count(1, "serviceTime")).toBeCloseTo(60 + 100 + 100, 9);
    expect(count(1, "waitingTime")).toBeCloseTo(60 + 160, 9);
    expect([count(1, "offered"), count(2, "offered"), tally.stillThere]).toEqual([0, 0, 0]);
  });

  test("callbacks owed are called when nobody else waits", () => {
    const compiled = compileBareProblem(
      simulationProblemSchema.parse({
        intervalMinutes: 30,
        intervals: 2,
        queues: [
          {
            id: "sales",
            arrivalsPerHour: 0,
            handleTime: { kind: "deterministic", mean: 100 },
            callback: { afterSeconds: 120, acceptShare: 0.5, when: "quietTime" },
          },
        ],
        groups: [{ id: "team", serves: ["sales"], staffing: 1 }],
        present: {
          interval: 1,
          queues: [{ queue: "sales", waitedSeconds: [10], callbackSeconds: [600, 300] }],
        },
      }),
      1,
    );
    if (!compiled.ok) throw new Error(compiled.issues[0].code);
    const tally = createTally(compiled.value);
    createEngine(compiled.value)(0, tally);
    const count = (what: keyof typeof queueCount) => tally.queues[queueCount[what]];
    expect([count("offered"), count("waitAnswered"), count("calledBack")]).toEqual([1, 10, 2]);
    expect(count("waitCalledBack")).toBeCloseTo(600 + 100 + 300 + 200, 9);
  });

  test("owed callbacks need a queue that offers them, and a present interval something after it", () => {
    const bare = {
      intervalMinutes: 30,
      intervals: 2,
      queues: [{ id: "sales", arrivalsPerHour: 1, handleTime: 100 }],
      groups: [{ id: "team", serves: ["sales"], staffing: 1 }],
      present: { interval: 2, queues: [{ queue: "sales", callbackSeconds: [1] }, { queue: "none" }] },
    };
    const outcome = compileBareProblem(simulationProblemSchema.parse(bare), 1);
    expect(outcome.issues.map(({ code }) => code)).toEqual([
      "simulate.presentCallbacks",
      "simulate.unknownQueue",
      "simulate.presentInterval",
    ]);
  });
});

describe("a plan's day that has begun, nobody knows who is there", () => {
  const day = input();
  const present = { interval: 24, queues: null };

  test("is simulated from its start with exactly what came, and totals count from now on", async () => {
    const outcome = await simulateContacts({
      ...day,
      days: { first: 0, end: 1 },
      present,
      replications: 20,
    });
    if (!outcome.ok) throw new Error(outcome.issues[0].code);
    const [queue] = outcome.value.queues;
    const expected = day.forecast.queues[0].offered[20];
    expect(queue.intervals.offered.mean[20]).toBe(expected);
    expect(queue.intervals.offered.halfWidth[20]).toBe(0);
    expect(queue.intervals.offered.halfWidth[26]).toBeGreaterThan(0);
    const rest = queue.intervals.offered.mean.slice(24).reduce((sum, mean) => sum + mean, 0);
    expect(queue.total.offered.mean[0]).toBeCloseTo(rest, 9);
  });

  test("now must lie within the day", async () => {
    const outcome = await simulateContacts({ ...day, days: { first: 1, end: 2 }, present, replications: 2 });
    expect(outcome.issues.map(({ code }) => code)).toEqual(["simulate.presentInterval"]);
  });
});

describe("what is left of a time", () => {
  test("that has lasted so long: the quantiles of those that last longer", () => {
    const lognormal = { kind: "lognormal", mean: 200, cv: 0.8 } as const;
    expect(quantileBeyond(lognormal, 0, 0.5)).toBeCloseTo(200 / Math.sqrt(1.64), 9);
    // Of draws beyond the median the lower half ends at the third quartile.
    const median = 200 / Math.sqrt(1.64);
    const quartile = median * Math.exp(0.6744897501960817 * Math.sqrt(Math.log(1.64)));
    expect(quantileBeyond(lognormal, median, 0.5)).toBeCloseTo(quartile, 6);
    expect(quantileBeyond({ kind: "deterministic", mean: 100 }, 150, 0.3)).toBe(150);
    expect(quantileBeyond({ kind: "exponential", mean: 100 }, 50, 0.5)).toBeCloseTo(50 + 100 * Math.LN2, 9);
  });

  test.each([
    { kind: "deterministic", mean: 100 },
    { kind: "exponential", mean: 100 },
    { kind: "lognormal", mean: 100, cv: 0.8 },
    { kind: "gamma", mean: 100, cv: 0.5 },
    { kind: "hyperexponential", shares: [0.4, 0.6], means: [50, 133] },
  ] as const)("met at a random moment, $kind: mean (1 + cv²) ÷ 2 of the whole", (distribution) => {
    const cv =
      distribution.kind === "hyperexponential"
        ? Math.sqrt((2 * (0.4 * 50 ** 2 + 0.6 * 133 ** 2)) / 99.8 ** 2 - 1)
        : distribution.kind === "deterministic"
          ? 0
          : distribution.kind === "exponential"
            ? 1
            : distribution.cv;
    const mean = distribution.kind === "hyperexponential" ? 99.8 : 100;
    let sum = 0;
    const steps = 300;
    for (let k = 0; k < steps; k++)
      for (let m = 0; m < 20; m++) sum += remainderQuantile(distribution, (k + 0.5) / steps, (m + 0.5) / 20);
    expect(sum / steps / 20 / mean).toBeCloseTo((1 + cv ** 2) / 2, 1);
  });
});
