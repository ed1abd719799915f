import { expect, test } from "vitest";
import { agentBalance } from "../../../src/scenarios/measuring/agent-balance.ts";
import { compareScenarios } from "../../../src/scenarios/measuring/compare-scenarios.ts";
import { difference } from "../compared.ts";
import { smallPlan } from "../small-plan.ts";

/** A busy team and an idle one. */
const unlike = smallPlan({
  queues: [
    { id: "a", perHour: 240 },
    { id: "b", perHour: 60 },
  ],
  groups: [
    { id: "ga", queueIds: ["a"], agents: 13 },
    { id: "gb", queueIds: ["b"], agents: 13 },
  ],
  replications: 10,
});

test("two teams of which one is four times as busy are unlike by what the loads say", () => {
  const spreads = agentBalance(unlike, { first: 0, end: 1 })?.spread;
  // Occupancies are about 12 ÷ 13, less who gives up, and 3 ÷ 13; half of the agents each.
  const mean = (spreads ?? new Float64Array()).reduce((a, b) => a + b, 0) / (spreads?.length ?? 1);
  expect(mean).toBeGreaterThan(0.28);
  expect(mean).toBeLessThan(0.36);
});

test("cross-training the idle team evens the work out; one team alone is even", async () => {
  const outcome = await compareScenarios({
    ...unlike,
    method: "simulation",
    balance: true,
    scenarios: [
      { id: "s", name: "s", changes: [{ kind: "crossTraining", groupId: "gb", queueId: "a", count: 13 }] },
    ],
  });
  if (!outcome.ok) throw new Error(outcome.issues[0].code);
  const { value, halfWidth } = difference(outcome.value, 1, "occupancySpread");
  expect(value).toBeLessThan(-0.05);
  expect(halfWidth).toBeGreaterThan(0);
  expect(Math.abs(value)).toBeGreaterThan(halfWidth);
  const alone = agentBalance(smallPlan(), { first: 0, end: 1 })?.spread;
  expect(Math.max(...(alone ?? [1]))).toBeLessThan(0.1);
});

test("who finishes a contact past the end of work overruns by what is left of it: busy agents × the mean handle time", async () => {
  // Half of 14 agents end at noon, far too few for those who call: all are busy then, and what is left of an exponential
  // call of three minutes is three minutes.
  const base = smallPlan({ queues: [{ id: "voice", perHour: 600 }], replications: 20 });
  const noon = (minute: number) => Math.min(minute, 720);
  const shifts = base.schedule!.shifts.map((shift, at) =>
    at % 2 === 0
      ? shift
      : {
          ...shift,
          endMinute: noon(shift.endMinute),
          activities: shift.activities.map((activity) => ({
            ...activity,
            endMinute: noon(activity.endMinute),
          })),
        },
  );
  const inputs = { ...base, schedule: { ...base.schedule!, shifts } };
  const outcome = await compareScenarios({ ...inputs, method: "simulation", balance: true, scenarios: [] });
  if (!outcome.ok) throw new Error(outcome.issues[0].code);
  const { overrunHours, overrunCost, paidHours, cost } = outcome.value.plans[0].scopes.at(-1)!.figures;
  const expected = (7 * 180) / 3600;
  expect(Math.abs(overrunHours!.value - expected)).toBeLessThan(2 * overrunHours!.halfWidth);
  expect(overrunHours!.halfWidth).toBeLessThan(expected);
  // Nobody pays it.
  expect(paidHours!.value).toBe(7 * 24 + 7 * 12);
  expect(overrunCost!.value).toBeCloseTo((overrunHours!.value * cost!.value) / paidHours!.value, 9);
  const handsOver = {
    ...inputs.plan,
    simulation: { ...inputs.plan.simulation, atShiftEnd: "handOver" as const },
  };
  expect(
    agentBalance({ ...inputs, plan: handsOver }, { first: 0, end: 1 })?.overrunHours.every((h) => h === 0),
  ).toBe(true);
});
