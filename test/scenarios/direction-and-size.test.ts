import { describe, expect, test } from "vitest";
import type { Change, ChangeKind } from "../../src/domain/plan/scenario.ts";
import { normalQuantile } from "../../src/numerics/normal.ts";
import { serviceLevelBy } from "../../src/queueing/steady/required-agents.ts";
import { steadyQueue } from "../../src/queueing/steady/steady-queue.ts";
import type { ScenarioInputs } from "../../src/scenarios/changes/scenario-inputs.ts";
import type { Measure } from "../../src/scenarios/measuring/figures.ts";
import { compared, difference, figure } from "./compared.ts";
import { smallPlan } from "./small-plan.ts";

const always = { queueId: null, window: null };
const firstDay = { date: "2026-11-02", fromMinute: 540, toMinute: 720 };

type Expectation = readonly [Change, Measure, "up" | "down"];

/** Kinds whose effect needs another floor than this one: see `change-routing`, `drill`, `new-shifts` and `managers-questions`. */
type Elsewhere =
  | "routing"
  | "overtime"
  | "newTemplate"
  | "withoutTemplate"
  | "move"
  | "hire"
  | "shifts"
  | "outsourcing"
  | "vendorAgents"
  | "campaign"
  | "cost";

/** What each kind of change does to queue "a". The type asks for a line for every kind there is. */
const expectations: { readonly [Kind in Exclude<ChangeKind, Elsewhere>]: Expectation } = {
  volume: [{ kind: "volume", ...always, factor: 1.2 }, "serviceLevel", "down"],
  aht: [{ kind: "aht", ...always, factor: 1.15 }, "serviceLevel", "down"],
  surge: [{ kind: "surge", queueId: "a", contacts: 200, shape: "peak", ...firstDay }, "serviceLevel", "down"],
  // The busy day comes to the shifts of the quiet one.
  swapDays: [{ kind: "swapDays", date: "2026-11-02", withDate: "2026-11-03" }, "serviceLevel", "down"],
  demandQuantile: [{ kind: "demandQuantile", ...always, quantile: 0.8 }, "serviceLevel", "down"],
  outage: [{ kind: "outage", queueId: "a", ...firstDay, redialShare: 0.6, redialMinutes: 20 }, "lost", "up"],
  absence: [{ kind: "absence", groupId: "ga", share: 0.2, window: null }, "serviceLevel", "down"],
  epidemic: [
    { kind: "epidemic", groupId: null, peakShare: 0.3, peakDate: "2026-11-02", spreadDays: 2 },
    "serviceLevel",
    "down",
  ],
  deflection: [
    { kind: "deflection", queueId: "a", share: 0.2, containment: 0.8, delayMinutes: 60, handOverFactor: 1.2 },
    "serviceLevel",
    "up",
  ],
  handleTimeSpread: [{ kind: "handleTimeSpread", cv: 0.3 }, "asaSeconds", "down"],
  afterContactWork: [{ kind: "afterContactWork", queueId: null, seconds: 20 }, "serviceLevel", "up"],
  resolution: [{ kind: "resolution", queueId: null, repeatShare: 0.2, avoided: 0.5 }, "serviceLevel", "up"],
  agents: [{ kind: "agents", groupId: "ga", count: 2, window: null }, "serviceLevel", "up"],
  crossTraining: [{ kind: "crossTraining", groupId: "gb", queueId: "a", count: 4 }, "serviceLevel", "up"],
  shrinkage: [{ kind: "shrinkage", itemId: null, factor: 2 }, "serviceLevel", "down"],
  wages: [{ kind: "wages", factor: 1.05 }, "cost", "up"],
  goal: [{ kind: "goal", queueId: null, serviceLevel: 0.8, answerWithinSeconds: 5 }, "serviceLevel", "down"],
  patience: [{ kind: "patience", queueId: null, patienceSeconds: 30 }, "abandonmentRate", "up"],
  redials: [{ kind: "redials", queueId: null, share: 0.6, afterMinutes: 10 }, "serviceLevel", "down"],
  fastLane: [{ kind: "fastLane", queueId: "a", share: 0.3 }, "asaSeconds", "up"],
  overflow: [{ kind: "overflow", groupId: "gb", queueId: "a", afterSeconds: 10 }, "serviceLevel", "up"],
  callback: [
    { kind: "callback", queueId: null, afterSeconds: 20, acceptShare: 0.6, when: "inTurn" },
    "lost",
    "down",
  ],
  rotation: [{ kind: "rotation", groupId: "ga", queueId: "b", share: 0.25 }, "serviceLevel", "down"],
  dropQueue: [{ kind: "dropQueue", queueId: "a", ...firstDay }, "lost", "up"],
};

/** Two queues with a team each; the second day has half the contacts and half the shifts of the first. */
function twoUnlikeDays(): ScenarioInputs {
  const base = smallPlan({
    queues: [
      { id: "a", perHour: 240 },
      { id: "b", perHour: 100 },
    ],
    groups: [
      { id: "ga", queueIds: ["a"], agents: 16 },
      { id: "gb", queueIds: ["b"], agents: 12 },
    ],
    days: 2,
    replications: 10,
  });
  for (const { offered } of base.forecast.queues) {
    for (let index = 48; index < 96; index++) offered[index] /= 2;
  }
  const shrinkage = {
    id: "meetings",
    name: "Meetings",
    share: 0.08,
    planned: false,
    weekdays: null,
    fromMinute: null,
    toMinute: null,
  };
  const shifts = base.schedule?.shifts.filter(({ date }, at) => date === "2026-11-02" || at % 2 === 0) ?? [];
  return {
    ...base,
    plan: { ...base.plan, shrinkage: [shrinkage] },
    schedule: base.schedule && { ...base.schedule, shifts },
  };
}

describe("each kind of change moves its figure the way it must, by more than chance", () => {
  const base = twoUnlikeDays();
  const cases = Object.values<Expectation>(expectations);

  test.each(cases.map(([change, measure, way]) => [change.kind, measure, way, change] as const))(
    "%s: %s goes %s",
    async (kind, measure, way, change) => {
      const comparison = await compared(base, "simulation", [change]);
      const { value, halfWidth } = difference(comparison, 1, measure, kind === "wages" ? null : "a");
      expect(Math.abs(value)).toBeGreaterThan(halfWidth);
      expect(value > 0 ? "up" : "down").toBe(way);
    },
  );
});

describe("size, where theory gives it", () => {
  const voice = { ahtSeconds: 180, answerWithinSeconds: 20 };
  /** Service level of offered contacts and abandonment in the steady state. */
  const erlang = (
    perHour: number,
    patienceSeconds: number | null,
    agents = 14,
    part: Partial<typeof voice> = {},
  ) => {
    const load = { arrivalsPerSecond: perHour / 3600, patienceSeconds, ...voice, ...part };
    const service = steadyQueue(load, agents);
    return {
      serviceLevel: serviceLevelBy("offered", service),
      abandonmentRate: service.abandonmentRate,
    };
  };

  test("one agent: the wait is Pollaczek and Khinchine's, (1 + cv²) ÷ 2 of the exponential one", async () => {
    const base = smallPlan({
      queues: [{ id: "voice", perHour: 12, patienceSeconds: null }],
      groups: [{ id: "team", queueIds: ["voice"], agents: 1 }],
      days: 14,
      replications: 40,
    });
    const spreads = [0.25, 0.5, 1.5];
    const comparison = await compared(
      base,
      "simulation",
      ...spreads.map((cv): Change[] => [{ kind: "handleTimeSpread", cv }]),
    );
    // Load .6: 270 s for exponential handle times.
    const exponential = (0.6 / 0.4) * 180;
    for (const [at, cv] of [1, ...spreads].entries()) {
      const { value, halfWidth } = figure(comparison, at, "asaSeconds");
      const theory = (exponential * (1 + cv * cv)) / 2;
      expect(halfWidth).toBeLessThan(0.1 * theory);
      expect(Math.abs(value - theory)).toBeLessThan(1.5 * halfWidth + 0.02 * theory);
    }
  });

  test("patience: service and abandonment are Erlang A's, simulated and by formula", async () => {
    const base = smallPlan({ queues: [{ id: "voice", perHour: 240 }], replications: 40 });
    for (const method of ["formula", "simulation"] as const) {
      const comparison = await compared(base, method, [
        { kind: "patience", queueId: "voice", patienceSeconds: 40 },
      ]);
      for (const [at, patience] of [120, 40].entries()) {
        const theory = erlang(240, patience);
        // The day starts empty, which is worth some tenths of a point.
        const slack = 0.006;
        for (const measure of ["serviceLevel", "abandonmentRate"] as const) {
          const { value, halfWidth } = figure(comparison, at, measure);
          expect(Math.abs(value - theory[measure])).toBeLessThan(halfWidth + slack);
        }
      }
    }
  });

  test("P80 and P95 of the forecast: as many contacts as its spread says, and served as Erlang has it", async () => {
    const comparison = await compared(
      smallPlan(),
      "formula",
      ...[0.5, 0.8, 0.95].map((quantile): Change[] => [{ kind: "demandQuantile", ...always, quantile }]),
    );
    for (const [at, quantile] of [0.5, 0.8, 0.95].entries()) {
      // 50 an interval; the variance is 50 + 0.01 · 50².
      const offered = comparison.plans[at + 1].queues[0].offered[20];
      expect(Math.abs(offered - (50 + normalQuantile(quantile) * Math.sqrt(75)))).toBeLessThan(1);
      const level = figure(comparison, at + 1, "serviceLevel").value;
      expect(Math.abs(level - erlang(offered * 2, 120).serviceLevel)).toBeLessThan(0.004);
    }
  });

  test("wages: the cost follows to the cent, and nothing else moves at all", async () => {
    const base = smallPlan({ replications: 4 });
    const comparison = await compared(base, "simulation", [{ kind: "wages", factor: 1.05 }]);
    expect(figure(comparison, 1, "cost").value).toBeCloseTo(14 * 24 * 20 * 1.05, 6);
    expect(figure(comparison, 1, "costPerContact").value).toBeCloseTo(
      1.05 * figure(comparison, 0, "costPerContact").value,
      9,
    );
    for (const measure of [
      "serviceLevel",
      "asaSeconds",
      "abandonmentRate",
      "occupancy",
      "paidHours",
    ] as const) {
      expect(difference(comparison, 1, measure)).toEqual({ value: 0, halfWidth: 0 });
    }
  });

  test("handle time, goal and shrinkage: Erlang with the changed number", async () => {
    const base = smallPlan();
    const item = { id: "s", name: "s", planned: false, weekdays: null, fromMinute: null, toMinute: null };
    const plan = { ...base.plan, shrinkage: [{ ...item, share: 1 / 7 }] };
    const comparison = await compared(
      { ...base, plan },
      "formula",
      [{ kind: "aht", ...always, factor: 1.2 }],
      [{ kind: "goal", queueId: null, serviceLevel: 0.8, answerWithinSeconds: 5 }],
      [{ kind: "shrinkage", itemId: "s", factor: 2 }],
    );
    const theory = [
      erlang(100, 120, 12),
      erlang(100, 120, 12, { ahtSeconds: 216 }),
      erlang(100, 120, 12, { answerWithinSeconds: 5 }),
      erlang(100, 120, 10),
    ];
    // The number of agents is a matter of chance, which costs up to three points more than their mean would.
    for (const [at, { serviceLevel }] of theory.entries()) {
      const level = figure(comparison, at, "serviceLevel").value;
      expect(level).toBeLessThan(serviceLevel + 0.004);
      expect(level).toBeGreaterThan(serviceLevel - 0.035);
    }
  });
});
