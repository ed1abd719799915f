import { describe, expect, test } from "vitest";
import { steadyQueue } from "../../../src/queueing/steady/steady-queue.ts";
import { demandRobustness } from "../../../src/scenarios/searches/robustness.ts";
import { sweepScenarios, tornado } from "../../../src/scenarios/searches/sweep.ts";
import { compared, figure } from "../compared.ts";
import { smallPlan } from "../small-plan.ts";

const base = smallPlan({ queues: [{ id: "voice", perHour: 240 }] });
const lever = (kind: "volume" | "agents" | "absence" | "aht") => ({ kind, groupId: "team", queueId: null });
const common = {
  ...base,
  changes: [],
  measure: "serviceLevel" as const,
  queueId: null,
  method: "formula" as const,
};

describe("sweep", () => {
  test("is simulated as a whole where the formula has no answer at one of its points, and goes on reporting", async () => {
    const seen: string[] = [];
    const callbacks = {
      kind: "callback" as const,
      queueId: null,
      afterSeconds: 20,
      acceptShare: 0.5,
      when: "inTurn" as const,
    };
    const outcome = await sweepScenarios(
      {
        ...common,
        changes: [callbacks],
        across: { lever: lever("volume"), values: [0, 0.2] },
        down: { lever: lever("agents"), values: [0, 2] },
        replications: 3,
      },
      ({ completed, partial }) => seen.push(`${partial?.method} ${completed}`),
    );
    if (!outcome.ok) throw new Error(outcome.issues[0].code);
    expect(outcome.value.method).toBe("simulation");
    expect(outcome.value.values.every((value) => value !== null)).toBe(true);
    expect(seen).toEqual([1, 2, 3, 4].map((point) => `simulation ${point}`));
  });

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
        expect(Math.abs((values[row * 3 + column] ?? 0) - exact.serviceLevelOffered)).toBeLessThan(0.006);
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

  test("a queue without patience that grows all day has a wait, and an agent more shortens it in a tornado", async () => {
    const patient = smallPlan({ queues: [{ id: "voice", perHour: 240, patienceSeconds: null }] });
    const waits = { ...common, ...patient, measure: "asaSeconds" as const };
    const volume = { lever: lever("volume"), values: [0, 1] };
    const outcome = await sweepScenarios({ ...waits, across: volume, down: null });
    const [usual, twice] = outcome.ok ? outcome.value.values : [];
    expect(twice).toBeGreaterThan(100 * (usual ?? Infinity));
    const bars = await tornado({ ...waits, peakAgents: 14 });
    const agents = bars.ok ? bars.value.levers.find((bar) => bar.lever.kind === "agents") : undefined;
    expect(agents?.lower).toBeGreaterThan(0);
    expect(agents?.higher).toBeLessThan(0);
  });

  test("a tornado puts what matters most on top, and each side on its side", async () => {
    const outcome = await tornado({ ...common, peakAgents: 14 });
    if (!outcome.ok) throw new Error(outcome.issues[0].code);
    const bars = outcome.value.levers;
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

  const certain = { handleTime: 0, absence: 0, patience: 0 };
  const withSpread = (variance: number) => ({
    ...base,
    forecast: {
      ...base.forecast,
      queues: base.forecast.queues.map((queue) => ({
        ...queue,
        dispersion: queue.dispersion.map(() => 0),
        dayFactorVariance: variance,
      })),
    },
  });

  test("without any uncertainty every future is the plan's own simulated figure", async () => {
    const inputs = withSpread(0);
    const outcome = await demandRobustness({ ...inputs, changes: [], days, paths: 3, deviations: certain });
    const simulated = await compared(inputs, "simulation");
    if (!outcome.ok) throw new Error(outcome.issues[0].code);
    const own = figure(simulated, 0, "serviceLevel").value;
    expect(outcome.value.planned).toBeCloseTo(own, 12);
    for (const level of outcome.value.serviceLevels) expect(level).toBeCloseTo(own, 12);
    expect(outcome.value.shares).toEqual([]);
  });

  test("more uncertain demand spreads the futures and lowers their mean; what is uncertain alone has all of the variance", async () => {
    const meanOf = async (variance: number) => {
      const outcome = await demandRobustness({
        ...withSpread(variance),
        changes: [],
        days,
        paths: 24,
        deviations: certain,
      });
      if (!outcome.ok) throw new Error(outcome.issues[0].code);
      expect(outcome.value.shares).toEqual(variance > 0 ? [{ of: "volume", share: 1 }] : []);
      return outcome.value.serviceLevels.reduce((a, b) => a + b, 0) / 24;
    };
    expect(await meanOf(0.04)).toBeLessThan((await meanOf(0)) - 0.01);
  });

  test("what matters most is what is most uncertain", async () => {
    const outcome = await demandRobustness({
      ...withSpread(0.0001),
      changes: [],
      days,
      paths: 12,
      deviations: { handleTime: 0.2, absence: 0, patience: 0.05 },
    });
    if (!outcome.ok) throw new Error(outcome.issues[0].code);
    expect(outcome.value.shares[0].of).toBe("handleTime");
    expect(outcome.value.shares[0].share).toBeGreaterThan(0.8);
  });

  test("the weak intervals are the understaffed ones, and the same seed draws the same", async () => {
    const window = { fromDate: null, toDate: null, weekdays: null, fromMinute: 600, toMinute: 660 };
    const deviations = { handleTime: 0.05, absence: 0, patience: 0.1 };
    const ask = () =>
      demandRobustness({
        ...base,
        changes: [{ kind: "volume", queueId: null, factor: 1.6, window }],
        days,
        paths: 8,
        deviations,
      });
    const outcome = await ask();
    if (!outcome.ok) throw new Error(outcome.issues[0].code);
    const [first, second] = outcome.value.weakest;
    expect([first.intervalIndex, second.intervalIndex].sort()).toEqual([20, 21]);
    expect(await ask()).toEqual(outcome);
  });
});
