import { expect, test } from "vitest";
import type { Change } from "../../src/domain/plan/scenario.ts";
import { type CompareInput, compareScenarios } from "../../src/scenarios/measuring/compare-scenarios.ts";
import { makeNewShifts, makersHere } from "../../src/stages/new-shifts.ts";
import { smallPlan } from "./small-plan.ts";

/** One template of ten hours, and demand that doubles for four of them. */
function peakedPlan() {
  const inputs = smallPlan({
    queues: [{ id: "voice", perHour: 80 }],
    open: { from: 8, to: 18 },
    replications: 10,
  });
  for (const { offered } of inputs.forecast.queues) for (let at = 20; at < 28; at++) offered[at] *= 2;
  const [template] = inputs.plan.templates;
  const tenHours = { ...template, earliestStartMinute: 480, latestStartMinute: 480, lengthsMinutes: [600] };
  return { ...inputs, plan: { ...inputs.plan, templates: [tenHours] } };
}

const base = peakedPlan();
const partTime: Change = {
  kind: "newTemplate",
  groupId: null,
  lengthMinutes: 240,
  fromMinute: 480,
  latestStartMinute: 840,
  costPerHour: 20,
};

async function columns(...scenarios: CompareInput["scenarios"]) {
  const outcome = await compareScenarios({
    ...base,
    method: "formula",
    scenarios,
    makeShifts: (inputs) => makeNewShifts(inputs, makersHere(5)),
  });
  if (!outcome.ok) throw new Error(outcome.issues[0].code);
  return outcome.value.plans.map(({ scopes }) => scopes.find(({ queueId }) => queueId === null)?.figures);
}

test("shifts made anew with a part-time template cost less than with the old ones alone", async () => {
  const [, , same, anew, withPartTime] = await columns(
    { id: "same", name: "same", changes: [partTime] },
    { id: "anew", name: "anew", changes: [], newShifts: true },
    { id: "part", name: "part", changes: [partTime], newShifts: true },
  );
  // Templates count only where shifts are made anew.
  expect(same?.paidHours?.value).toBe(140);
  // Wages, and what the plan says an hour too few costs.
  const price = (figures: typeof same) =>
    (figures?.cost?.value ?? 0) + 60 * (figures?.hoursShort?.value ?? 0);
  expect(price(withPartTime)).toBeLessThan(0.9 * price(anew));
  expect(price(anew)).toBeLessThan(price(same) + 1e-9);
});

test("a template given up is no longer used", async () => {
  const [, both, without] = await columns(
    { id: "both", name: "both", changes: [partTime], newShifts: true },
    {
      id: "without",
      name: "without",
      changes: [partTime, { kind: "withoutTemplate", templateId: "long" }],
      newShifts: true,
    },
  );
  expect(without?.paidHours?.value).not.toBe(both?.paidHours?.value);
  expect((without?.paidHours?.value ?? 1) % 4).toBe(0);
});
