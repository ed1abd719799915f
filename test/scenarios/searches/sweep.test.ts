import { describe, expect, test } from "vitest";
import { steadyQueue } from "../../../src/queueing/steady/steady-queue.ts";
import { demandRobustness } from "../../../src/scenarios/searches/robustness.ts";
import { sweepScenarios, tornado } from "../../../src/scenarios/searches/sweep.ts";
import { smallPlan } from "../small-plan.ts";

const base = smallPlan({ queues: [{ id: "voice", perHour: 240 }] });
const lever = (kind: "volume" | "agents" | "absence" | "aht") => ({ kind, groupId: "team", queueId: null });
const common = {
  ...base,
  changes: [],
  measure: "serviceLevel" as const,
  queueId: null,
  method: "stationary" as const,
};

describe("sweep", () => {
  test("a map of volume and agents says what Erlang says at every point, and rises and falls the right way", async () => {
    const outcome = await sweepScenarios({
      ...common,
      across: { lever: lever("volume"), values: [0, 0.1, 0.2] },
      down: { lever: lever("agents"), values: [-1, 0, 2] },
    });
    if (!outcome.ok) throw new Error(outcome.issues[0].code);
    const { values } = outcome.value;
    for (const [row, agents] of [13, 14, 16].entries()) {
      for (const [column, factor] of [1, 1.1, 1.2].entries()) {
        const exact = steadyQueue(
          {
            arrivalsPerSecond: (240 * factor) / 3600,
            ahtSeconds: 180,
            patienceSeconds: 120,
            answerWithinSeconds: 20,
          },
          agents,
        );
        expect(values[row * 3 + column]).toBeCloseTo(exact.serviceLevelOffered, 9);
      }
    }
  });

  test("a simulated curve is on the same customers: absence can only hurt", async () => {
    const outcome = await sweepScenarios({
      ...common,
      method: "simulation",
      replications: 8,
      across: { lever: lever("absence"), values: [0, 0.1, 0.2, 0.3] },
      down: null,
    });
    if (!outcome.ok) throw new Error(outcome.issues[0].code);
    const curve = outcome.value.values.map((value) => value ?? Number.NaN);
    expect(curve).toEqual(curve.toSorted((a, b) => b - a));
    expect(outcome.value.halfWidths[2]).toBeGreaterThan(0);
  });

  test("there is no figure where a queue without patience grows for ever: null, here and in a tornado", async () => {
    const patient = smallPlan({ queues: [{ id: "voice", perHour: 240, patienceSeconds: null }] });
    const waits = { ...common, ...patient, measure: "asaSeconds" as const };
    const volume = { lever: lever("volume"), values: [0, 1] };
    const outcome = await sweepScenarios({ ...waits, across: volume, down: null });
    expect(outcome.ok && outcome.value.values).toEqual([expect.any(Number), null]);
    const bars = await tornado({ ...waits, peakAgents: 140 });
    const agents = bars.ok ? bars.value.find((bar) => bar.lever.kind === "agents") : undefined;
    expect(agents).toMatchObject({ lower: null, higher: expect.any(Number) });
  });

  test("a tornado puts what matters most on top, and each side on its side", async () => {
    const outcome = await tornado({ ...common, peakAgents: 14 });
    if (!outcome.ok) throw new Error(outcome.issues[0].code);
    const bars = outcome.value;
    const swings = bars.map(({ lower, higher }) => Math.max(Math.abs(lower ?? 0), Math.abs(higher ?? 0)));
    expect(swings).toEqual([...swings].sort((a, b) => b - a));
    const volume = bars.find(({ lever: { kind } }) => kind === "volume");
    expect(volume?.lower).toBeGreaterThan(0);
    expect(volume?.higher).toBeLessThan(0);
    const agents = bars.find(({ lever: { kind } }) => kind === "agents");
    expect(agents?.lower).toBeLessThan(0);
    expect(agents?.higher).toBeGreaterThan(0);
  });
});

describe("robustness", () => {
  const days = { first: 0, end: 1 };

  test("more uncertain demand lowers the expected service level, as published for one interval", async () => {
    // Load 10, 14 agents, 80/20 (AHT 180 s): expected .888 with a certain load, .759 with cv .2.
    const certain = smallPlan({ queues: [{ id: "voice", perHour: 200, patienceSeconds: null }] });
    const meanOf = async (cv: number) => {
      const forecast = {
        ...certain.forecast,
        queues: certain.forecast.queues.map((queue) => ({
          ...queue,
          dispersion: new Float64Array(48),
          // The day's factor alone, on contacts so many that their own chance does not count.
          offered: queue.offered.map((value) => value * 1000),
          ahtSeconds: queue.ahtSeconds.map((value) => value / 1000),
          dayFactorVariance: cv * cv,
        })),
      };
      const plan = {
        ...certain.plan,
        queues: certain.plan.queues.map((queue) => ({
          ...queue,
          goal: { ...queue.goal, answerWithinSeconds: queue.goal.answerWithinSeconds / 1000 },
        })),
      };
      const outcome = await demandRobustness({ ...certain, plan, forecast, changes: [], days, paths: 500 });
      if (!outcome.ok) throw new Error(outcome.issues[0].code);
      // Per path the day has one load, so the level of the path is Erlang's at that load, weighted alike.
      return outcome.value.serviceLevels.reduce((a, b) => a + b, 0) / 500;
    };
    expect(await meanOf(0)).toBeCloseTo(0.888, 2);
    expect(Math.abs((await meanOf(0.2)) - 0.759)).toBeLessThan(0.05);
  });

  test("the weak intervals are the understaffed ones, and an agent there buys something", async () => {
    const outcome = await demandRobustness({
      ...base,
      changes: [
        {
          kind: "volume",
          queueId: null,
          factor: 1.25,
          window: { fromDate: null, toDate: null, weekdays: null, fromMinute: 600, toMinute: 660 },
        },
      ],
      days,
      paths: 60,
    });
    if (!outcome.ok) throw new Error(outcome.issues[0].code);
    const [first, second] = outcome.value.weakest;
    expect([first.intervalIndex, second.intervalIndex].sort()).toEqual([20, 21]);
    expect(first.gainPerAgentHour).toBeGreaterThan(0);
    const again = await demandRobustness({ ...base, changes: [], days, paths: 20 });
    const twice = await demandRobustness({ ...base, changes: [], days, paths: 20 });
    expect(again).toEqual(twice);
  });
});
