import { expect, test } from "vitest";
import type { Change } from "../../../src/domain/plan/scenario.ts";
import type { ScenarioInputs } from "../../../src/scenarios/changes/scenario-inputs.ts";
import { compareScenarios } from "../../../src/scenarios/measuring/compare-scenarios.ts";
import type { ComparisonMethod } from "../../../src/scenarios/measuring/comparison.ts";
import { makeNewShifts, makersHere } from "../../../src/stages/new-shifts.ts";
import { rostered, smallPlan } from "../small-plan.ts";

/** Ten-hour shifts, and demand that doubles at noon, so that the shifts there are not those that would be made. */
function plannedBefore(): ScenarioInputs {
  const inputs = smallPlan({
    queues: [
      { id: "voice", perHour: 60 },
      { id: "chat", perHour: 30 },
    ],
    groups: [
      { id: "voice", queueIds: ["voice"], agents: 6 },
      { id: "both", queueIds: ["voice", "chat"], agents: 4 },
    ],
    open: { from: 8, to: 18 },
    replications: 4,
  });
  for (const { offered } of inputs.forecast.queues) for (let at = 24; at < 28; at++) offered[at] *= 2;
  const [template] = inputs.plan.templates;
  const day = { ...template, earliestStartMinute: 480, latestStartMinute: 480, lengthsMinutes: [600] };
  const half = { ...day, id: "half", latestStartMinute: 780, lengthsMinutes: [300], costPerHour: 22 };
  const plan = {
    ...inputs.plan,
    templates: [day, half],
    scheduling: {
      ...inputs.plan.scheduling,
      premiums: [{ kind: "overtime" as const, id: "o", name: "o", share: 0.5, afterMinutes: 480 }],
    },
  };
  return { ...inputs, plan };
}

function states(): Record<string, ScenarioInputs> {
  const plain = plannedBefore();
  const pinned = plain.schedule?.shifts.map((shift, at) => ({ ...shift, pinned: at % 3 === 0 })) ?? [];
  const queues = plain.forecast.queues.map((queue) => ({
    ...queue,
    offered: queue.offered.map((contacts, at) => (at === 20 ? contacts + 12 : contacts)),
  }));
  return {
    "no roster": plain,
    roster: rostered(plain),
    "open shifts": rostered(plain, 3),
    "pinned shifts": { ...plain, schedule: plain.schedule && { ...plain.schedule, shifts: pinned } },
    "a forecast overridden since": { ...plain, forecast: { ...plain.forecast, queues } },
    "a roster overridden since": rostered({ ...plain, forecast: { ...plain.forecast, queues } }, 2),
  };
}

const always = { queueId: null, window: null };
/** Each changes nothing. */
const idle: readonly (readonly Change[])[] = [
  [],
  [{ kind: "volume", ...always, factor: 1 }],
  [
    { kind: "agents", groupId: "both", count: 0, window: null },
    { kind: "shrinkage", itemId: null, factor: 1 },
  ],
];
const methods: readonly ComparisonMethod[] = ["formula", "simulation"];

for (const [name, base] of Object.entries(states()))
  test(`a scenario that changes nothing differs by exactly nothing, with ${name}, ticked or not`, async () => {
    const scenarios = idle.flatMap((changes, at) => [
      { id: `kept${at}`, name: "kept", changes: [...changes] },
      { id: `anew${at}`, name: "anew", changes: [...changes], newShifts: true },
    ]);
    for (const method of methods) {
      const outcome = await compareScenarios({
        ...base,
        method,
        scenarios,
        balance: true,
        makeShifts: (inputs) => makeNewShifts(inputs, makersHere(null)),
      });
      if (!outcome.ok) throw new Error(outcome.issues[0].code);
      const { plans } = outcome.value;
      expect(plans.map(({ state }) => state.madeAnew)).toEqual([
        false,
        true,
        ...idle.flatMap(() => [false, true]),
      ]);
      for (const { scopes } of plans.slice(2))
        for (const { differences, figures } of scopes)
          for (const [measure, figure] of Object.entries(figures))
            expect(differences?.[measure as keyof typeof figures] ?? null, measure).toEqual(
              figure === null ? null : { value: 0, halfWidth: 0 },
            );
    }
  });

test("the two bases say whose work they measure, and how many shifts are open", async () => {
  const outcome = await compareScenarios({
    ...rostered(plannedBefore(), 3),
    method: "formula",
    scenarios: [{ id: "anew", name: "anew", changes: [], newShifts: true }],
    makeShifts: (inputs) => makeNewShifts(inputs, makersHere(null)),
  });
  if (!outcome.ok) throw new Error(outcome.issues[0].code);
  const [plan, planAnew, scenario] = outcome.value.plans;
  expect(plan.state).toEqual({ kind: "roster", madeAnew: false, shifts: 7, openShifts: 3 });
  expect(planAnew.state).toMatchObject({ kind: "schedule", madeAnew: true, openShifts: 0 });
  expect(planAnew.scopes.every(({ differences }) => differences === null)).toBe(true);
  expect(scenario.state).toEqual(planAnew.state);
});
