import { describe, expect, test } from "vitest";
import { type Actuals, type PartialSeries, unknownSeries } from "../../../src/domain/plan/actuals.ts";
import type { Change } from "../../../src/domain/plan/scenario.ts";
import type { ScenarioInputs } from "../../../src/scenarios/changes/scenario-inputs.ts";
import { type PilotCause, type PilotInput, reviewPilot } from "../../../src/scenarios/searches/pilot.ts";
import { simulateContacts } from "../../../src/simulating/simulate-contacts.ts";
import { smallPlan } from "../small-plan.ts";

const count = 96;
const base = smallPlan({
  days: 2,
  queues: [{ id: "voice", perHour: 100 }],
  groups: [{ id: "team", queueIds: ["voice"], agents: 7 }],
});
const days = { first: 0, end: 2 };

const everywhere = (values: Float64Array): PartialSeries => ({
  known: new Uint8Array(values.length).fill(1),
  values,
});

/** Actuals as planned, but for what is told; `level` is the same in every interval. */
function actuals(real: {
  readonly offered?: number;
  readonly aht?: number;
  readonly agents?: (index: number) => number;
  readonly level: number;
}): Actuals {
  const offered = new Float64Array(count).fill(50 * (real.offered ?? 1));
  return {
    grid: base.forecast.grid,
    queues: [
      {
        queueId: "voice",
        offered: everywhere(offered),
        ahtSeconds: everywhere(new Float64Array(count).fill(180 * (real.aht ?? 1))),
        answeredInTime: everywhere(offered.map((contacts) => contacts * real.level)),
      },
    ],
    groups: [
      {
        groupId: "team",
        agents: everywhere(Float64Array.from({ length: count }, (_, index) => real.agents?.(index) ?? 7)),
      },
    ],
  };
}

async function review(real: Actuals, changes: readonly Change[] = [], part: Partial<PilotInput> = {}) {
  const outcome = await reviewPilot({
    ...base,
    changes,
    days,
    groupId: null,
    queueId: null,
    actuals: real,
    replications: 40,
    ...part,
  });
  if (!outcome.ok) throw new Error(outcome.issues.map(({ code }) => code).join());
  const effects = Object.fromEntries(
    outcome.value.steps.map(({ cause, effect }) => [cause, effect]),
  ) as Record<PilotCause, { value: number; halfWidth: number }>;
  return { ...outcome.value, effects };
}

async function levelOf(inputs: ScenarioInputs): Promise<number> {
  const simulated = await simulateContacts({ ...inputs, days, replications: 40 });
  if (!simulated.ok) throw new Error("simulation failed");
  return simulated.value.queues[0].total.serviceLevel.mean[0];
}

describe("a pilot", () => {
  test("that went as planned has no cause at all, to the last bit", async () => {
    const promised = await levelOf(base);
    const { effects, forecast, actual } = await review(actuals({ level: promised }));
    expect(forecast.value).toBeCloseTo(promised, 10);
    for (const cause of ["volume", "aht", "staffing", "scheduleFit"] as const) {
      expect(effects[cause], cause).toEqual({ value: 0, halfWidth: 0 });
    }
    expect(effects.chance.value).toBeCloseTo(0, 10);
    expect(actual).toBeCloseTo(promised, 10);
  });

  test("more contacts than forecast are found as volume, longer ones as handle time", async () => {
    const busier = {
      ...base,
      forecast: {
        ...base.forecast,
        queues: base.forecast.queues.map((queue) => ({
          ...queue,
          offered: queue.offered.map((value) => value * 1.15),
        })),
      },
    };
    const promised = await levelOf(base);
    const level = await levelOf(busier);
    const { effects } = await review(actuals({ offered: 1.15, level }));
    expect(effects.volume.value).toBeCloseTo(level - promised, 10);
    expect(effects.volume.value).toBeLessThan(-0.05);
    expect(effects.aht.value).toBe(0);
    expect(Math.abs(effects.chance.value)).toBeLessThan(1e-9);

    const slower = await review(actuals({ aht: 1.15, level: 0.5 }));
    expect(slower.effects.volume.value).toBe(0);
    expect(slower.effects.aht.value).toBeLessThan(-0.05);
  });

  test("fewer hours are staffing; the same hours at the wrong time are schedule fit", async () => {
    const fewer = await review(actuals({ agents: () => 6, level: 0.6 }));
    expect(fewer.effects.staffing.value).toBeLessThan(-0.08);
    expect(fewer.effects.scheduleFit.value).toBe(0);
    const shifted = await review(actuals({ agents: (index) => (index % 48 < 24 ? 5 : 9), level: 0.6 }));
    expect(shifted.effects.staffing).toEqual({ value: 0, halfWidth: 0 });
    expect(shifted.effects.scheduleFit.value).toBeLessThan(-0.05);
  });

  test("the causes add up from forecast to actual, and what is beyond chance shows as such", async () => {
    const { forecast, steps, actual, effects } = await review(
      actuals({ offered: 1.1, aht: 0.95, agents: () => 6.5, level: 0.3 }),
    );
    const sum = steps.reduce((total, { effect }) => total + effect.value, forecast.value);
    expect(sum).toBeCloseTo(actual as number, 10);
    expect(steps.map(({ cause }) => cause)).toEqual(["volume", "aht", "staffing", "scheduleFit", "chance"]);
    expect(Math.abs(effects.chance.value)).toBeGreaterThan(effects.chance.halfWidth);
  });

  test("nineteen of twenty single days lie within what chance is said to do", async () => {
    const one = { ...base, days: { first: 0, end: 1 } };
    const simulated = await simulateContacts({ ...one, plan: { ...base.plan, seed: 99 }, replications: 200 });
    if (!simulated.ok) throw new Error("simulation failed");
    const { answeredInTime, serviceLevelBase } = simulated.value.queues[0].replicationDays;
    const { steps } = await review(actuals({ level: 0.8 }), [], { days: one.days });
    const chance = steps[4].effect.halfWidth;
    const middle = steps[3].serviceLevel.value;
    const inside = answeredInTime.filter(
      (inTime, at) => Math.abs(inTime / serviceLevelBase[at] - middle) <= chance,
    ).length;
    expect(inside / answeredInTime.length).toBeGreaterThan(0.9);
    expect(inside / answeredInTime.length).toBeLessThan(0.99);
  });

  test("a scenario tried with one group changes that group only", async () => {
    const two = smallPlan({
      queues: [
        { id: "a", perHour: 60 },
        { id: "b", perHour: 60 },
      ],
      groups: [
        { id: "ga", queueIds: ["a"], agents: 9 },
        { id: "gb", queueIds: ["b"], agents: 9 },
      ],
    });
    const absence: Change = { kind: "absence", groupId: null, share: 0.3, window: null };
    const real = (id: string) => ({
      queueId: id,
      offered: everywhere(new Float64Array(48).fill(30)),
      ahtSeconds: unknownSeries(48),
      answeredInTime: unknownSeries(48),
    });
    const outcome = await reviewPilot({
      ...two,
      changes: [absence],
      days: { first: 0, end: 1 },
      groupId: "ga",
      queueId: "b",
      actuals: { grid: two.forecast.grid, queues: [real("a"), real("b")], groups: [] },
      replications: 20,
    });
    const untouched = await reviewPilot({
      ...two,
      changes: [],
      days: { first: 0, end: 1 },
      groupId: null,
      queueId: "b",
      actuals: { grid: two.forecast.grid, queues: [real("a"), real("b")], groups: [] },
      replications: 20,
    });
    if (!outcome.ok || !untouched.ok) throw new Error("no review");
    expect(outcome.value.forecast).toEqual(untouched.value.forecast);
    expect(outcome.value.actual).toBeNull();
    expect(outcome.value.agentsKnown).toBe(false);
    expect(outcome.value.steps.map(({ cause }) => cause)).not.toContain("chance");
  });
});
