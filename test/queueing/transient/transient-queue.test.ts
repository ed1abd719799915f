import { describe, expect, test } from "vitest";
import {
  requiredAgents,
  type ServiceTargets,
  targetSlack,
} from "../../../src/queueing/steady/required-agents.ts";
import { steadyQueue } from "../../../src/queueing/steady/steady-queue.ts";
import {
  createTransientWalk,
  type TransientLoad,
  transientQueue,
} from "../../../src/queueing/transient/transient-queue.ts";
import { leastTransientAgents } from "../../../src/queueing/transient/transient-requirement.ts";
import { uniformisedDay } from "../uniformisation.ts";

const eightyTwenty: ServiceTargets = {
  serviceLevel: 0.8,
  serviceLevelRule: "offered",
  maxAsaSeconds: null,
  maxAbandonment: null,
  maxOccupancy: null,
};

/** Rates with two humps over `count` quarter-hours, `peak` erlangs at most or thereabouts. */
function humps(peak: number, ahtSeconds: number, count: number): Float64Array {
  return Float64Array.from({ length: count }, (_, index) => {
    const rise = Math.sin((index / count) * Math.PI) ** 2;
    return (Math.max(0.02, 0.25 + 0.75 * rise + 0.1 * Math.sin(index)) * peak) / ahtSeconds;
  });
}

function steadyStaffing(load: TransientLoad): Int32Array {
  return Int32Array.from(load.arrivalsPerSecond, (arrivalsPerSecond, index) =>
    Math.max(
      1,
      requiredAgents(
        {
          arrivalsPerSecond,
          ahtSeconds: load.ahtSeconds[index],
          patienceSeconds: load.patienceSeconds,
          answerWithinSeconds: load.answerWithinSeconds,
        },
        eightyTwenty,
        1,
      )!,
    ),
  );
}

function dayOf(
  peak: number,
  ahtSeconds: number,
  patienceSeconds: number | null,
  count: number,
): TransientLoad {
  return {
    intervalSeconds: 900,
    arrivalsPerSecond: humps(peak, ahtSeconds, count),
    ahtSeconds: new Float64Array(count).fill(ahtSeconds),
    patienceSeconds,
    answerWithinSeconds: 20,
    start: "empty",
  };
}

describe("the exact transient queue", () => {
  // The whole days at 31, 108 and 998 agents are in transient-queue.bench.ts; here what a test has time for.
  test.each([
    [27, 240, 120, 24],
    [100, 240, 120, 6],
    [27, 240, null, 12],
  ] as const)("load %d, patience %s s: agrees with uniformisation", (peak, aht, patience, count) => {
    const load = dayOf(peak, aht, patience, count);
    const agents = steadyStaffing(load);
    const most = Math.max(...agents);
    const reference = uniformisedDay({
      ...load,
      ahtSeconds: aht,
      patienceSeconds: patience ?? Number.POSITIVE_INFINITY,
      agents,
      states: most + (patience === null ? 260 : 40 + 10 * Math.ceil(Math.sqrt(most))),
    });
    const walk = createTransientWalk(load);
    for (const [index, wanted] of reference.entries()) {
      const got = walk.attempt(index, agents[index], null)!;
      walk.accept();
      expect(Math.abs(got.serviceLevelOffered - wanted.inTime)).toBeLessThan(1e-8);
      expect(Math.abs(got.waitProbability - wanted.wait)).toBeLessThan(1e-8);
      expect(Math.abs(got.meanWaiting - wanted.meanWaiting)).toBeLessThan(1e-7);
      expect(Math.abs(got.occupancy - wanted.occupancy)).toBeLessThan(1e-8);
    }
  });

  test("late arrivals see the next interval's staffing: as if the borders were followed second by second", () => {
    const load = { ...dayOf(20, 240, 120, 8), answerWithinSeconds: 60 };
    const agents = Int32Array.of(14, 18, 12, 20, 20, 15, 22, 10);
    // The same staffing in intervals of 20 s, where only a fraction of contacts comes late, and that is corrected too.
    const pieces = 45;
    const fine: TransientLoad = {
      ...load,
      intervalSeconds: 20,
      arrivalsPerSecond: Float64Array.from(
        { length: 8 * pieces },
        (_, at) => load.arrivalsPerSecond[Math.floor(at / pieces)],
      ),
      ahtSeconds: new Float64Array(8 * pieces).fill(240),
    };
    const coarse = transientQueue(load, agents);
    const exact = transientQueue(
      fine,
      Int32Array.from({ length: 8 * pieces }, (_, at) => agents[Math.floor(at / pieces)]),
    );
    for (let index = 0; index < 8; index++) {
      const mean =
        exact
          .slice(index * pieces, (index + 1) * pieces)
          .reduce((sum, outcome) => sum + outcome!.serviceLevelOffered, 0) / pieces;
      expect(Math.abs(coarse[index]!.serviceLevelOffered - mean)).toBeLessThan(4e-4);
    }
  });

  test("a steady day is Erlang A, from its own steady state on", () => {
    const load: TransientLoad = {
      ...dayOf(1, 180, 120, 10),
      arrivalsPerSecond: new Float64Array(10).fill(50 / 180),
      start: "steady",
    };
    const steady = steadyQueue(
      { arrivalsPerSecond: 50 / 180, ahtSeconds: 180, patienceSeconds: 120, answerWithinSeconds: 20 },
      55,
    );
    for (const outcome of transientQueue(load, new Int32Array(10).fill(55))) {
      for (const measure of [
        "waitProbability",
        "serviceLevelOffered",
        "serviceLevelAnswered",
        "serviceLevelShortAbandonsExcluded",
        "waitWithinProbability",
        "virtualWaitWithinProbability",
        "abandonmentRate",
        "occupancy",
      ] as const) {
        expect(Math.abs(outcome![measure] - steady[measure]), measure).toBeLessThan(1e-9);
      }
      expect(Math.abs(outcome!.asaSeconds - steady.asaSeconds)).toBeLessThan(1e-7);
    }
  });

  test("twelve agents from empty, against 1,000 published days", () => {
    const load: TransientLoad = {
      intervalSeconds: 900,
      arrivalsPerSecond: new Float64Array(32).fill(4.2 / 60),
      ahtSeconds: new Float64Array(32).fill(120),
      patienceSeconds: null,
      answerWithinSeconds: 20,
      start: "empty",
    };
    const mean = (outcomes: readonly ({ serviceLevelOffered: number } | null)[]) =>
      outcomes.reduce((sum, outcome) => sum + outcome!.serviceLevelOffered, 0) / outcomes.length;
    const patient = transientQueue(load, new Int32Array(32).fill(12));
    expect(mean(patient)).toBeGreaterThan(0.9 - 5e-4);
    expect(mean(patient)).toBeLessThan(0.904 + 5e-4);
    const impatient = transientQueue({ ...load, patienceSeconds: 60 }, new Int32Array(32).fill(12));
    const abandoned = impatient.reduce((sum, outcome) => sum + outcome!.abandonmentRate * 4.2 * 15, 0);
    expect(abandoned).toBeGreaterThan(57.66);
    expect(abandoned).toBeLessThan(59.56);
  });

  test("closed intervals, no contacts, nobody there, a flood", () => {
    const load: TransientLoad = {
      intervalSeconds: 900,
      arrivalsPerSecond: Float64Array.of(0.1, 0.1, 0, 0.1, 5),
      ahtSeconds: new Float64Array(5).fill(200),
      patienceSeconds: 90,
      answerWithinSeconds: 20,
      open: Uint8Array.of(1, 0, 1, 1, 1),
      start: "empty",
    };
    const outcomes = transientQueue(load, Int32Array.of(0, 0, 3, 25, 25));
    expect(outcomes[0]!.serviceLevelOffered).toBe(0);
    expect(outcomes[0]!.abandonmentRate).toBeGreaterThan(0.8);
    expect(outcomes[1]).toBeNull();
    expect(outcomes[2]).toBeNull();
    expect(outcomes[3]!.serviceLevelOffered).toBeGreaterThan(0.85);
    expect(outcomes[4]!.serviceLevelOffered).toBeLessThan(0.2);
    expect(outcomes[4]!.occupancy).toBeGreaterThan(0.95);
  });
});

describe("staffing for the changing queue", () => {
  test("with AHT 15 minutes the steady formula misses an interval, the transient staffing none, with fewer hours", () => {
    // Seven to nine o'clock in the evening, with a swing of some hours in it.
    const count = 56;
    const arrivals = Float64Array.from({ length: count }, (_, index) => {
      const hour = index / 4;
      const level = 0.3 + 0.7 * Math.sin((hour / 14) * Math.PI) ** 2 + 0.12 * Math.sin((hour + 7) * 2);
      return (level * 25) / 900;
    });
    const load: TransientLoad = { ...dayOf(25, 900, 180, count), arrivalsPerSecond: arrivals };
    const steady = steadyStaffing(load);
    const atLeast = new Int32Array(count).fill(1);
    const misses = (outcomes: ReturnType<typeof transientQueue>) =>
      outcomes.filter((outcome) => outcome !== null && targetSlack(eightyTwenty, outcome) < 0).length;
    expect(misses(transientQueue(load, steady))).toBeGreaterThan(0);
    const found = leastTransientAgents(load, eightyTwenty, atLeast, steady);
    expect(misses(transientQueue(load, found.agents))).toBe(0);
    const hours = (agents: Int32Array) => agents.reduce((sum, value) => sum + value) / 4;
    // Mending the steady staffing where it misses, an agent at a time, would cost more.
    const mended = steady.slice();
    for (let round = 0; round < 100; round++) {
      const outcomes = transientQueue(load, mended);
      const at = outcomes.findIndex((outcome) => outcome !== null && targetSlack(eightyTwenty, outcome) < 0);
      if (at < 0) break;
      mended[at]++;
    }
    expect(hours(found.agents)).toBeLessThan(hours(mended));
    // And no interval can do with one less.
    let spare = 0;
    for (let index = 0; index < count; index++) {
      if (found.agents[index] === 1) continue;
      const less = found.agents.slice();
      less[index]--;
      if (misses(transientQueue(load, less)) === 0) spare++;
    }
    expect(spare).toBe(0);
  });
});

describe("an overloaded queue that nobody leaves", () => {
  test("builds up and is worked off as fast as the surplus allows, however far it goes in one interval", () => {
    // 60 agents finish 600 contacts in half an hour; 500 come, but 1,500 in the second interval.
    const count = 14;
    const arrivals = new Float64Array(count).fill(500 / 1800);
    arrivals[1] = 1500 / 1800;
    const outcomes = transientQueue(
      {
        arrivalsPerSecond: arrivals,
        intervalSeconds: 1800,
        ahtSeconds: new Float64Array(count).fill(180),
        patienceSeconds: null,
        answerWithinSeconds: 20,
        start: "steady",
      },
      new Array(count).fill(60),
    );
    const waiting = outcomes.map((outcome) => outcome?.meanWaiting ?? Number.NaN);
    // Mean over the interval: from nothing to 900 less the ten agents that were free, then 100 fewer each half hour.
    expect(Math.abs(waiting[1] - 445)).toBeLessThan(15);
    for (let index = 2; index < 8; index++) {
      expect(Math.abs(waiting[index] - (840 - 100 * (index - 2)))).toBeLessThan(20);
      expect(outcomes[index]?.serviceLevelOffered).toBeLessThan(0.01);
    }
    expect(outcomes[0]?.serviceLevelOffered).toBeGreaterThan(0.9);
  });
});
