import { expect, test } from "vitest";
import type { PlanDocument } from "../../../../src/domain/plan/plan.ts";
import type { Scenario } from "../../../../src/domain/plan/scenario.ts";
import {
  compareNow,
  measureScenario,
  notMeasured,
  prepareScenarios,
  whatIfBase,
} from "../../../../src/ui/pages/whatif/whatif.ts";
import { flatForecast, madeFrom, smallDocument } from "../../../app/sample-document.ts";

const busier: Scenario = {
  id: "busier",
  name: "Busier",
  changes: [{ kind: "volume", queueId: null, factor: 1.2, window: null }],
};
const slower: Scenario = {
  id: "slower",
  name: "Slower",
  changes: [{ kind: "aht", queueId: null, factor: 1.1, window: null }],
};
const days = { first: 0, end: 7 };

function plannedDocument(): PlanDocument {
  const document = smallDocument();
  const forecast = madeFrom("forecast", document, flatForecast(document, 60));
  const { grid } = forecast.value;
  const shifts = Array.from({ length: 7 }, (_, day) => ({
    id: `s${day}`,
    templateId: "t",
    groupId: "all",
    date: `2026-11-0${2 + day}`,
    startMinute: day * 1440,
    endMinute: day * 1440 + 480,
    activities: [{ kind: "work" as const, startMinute: day * 1440, endMinute: day * 1440 + 480, paid: true }],
    pinned: false,
  }));
  const schedule = { ...forecast, value: { grid, shifts } as never };
  return {
    ...document,
    plan: { ...document.plan, scenarios: [busier, slower] },
    results: { ...document.results, forecast, schedule },
  };
}

test("the base is the same object while only scenarios are edited, and another once what it holds changes", () => {
  const document = plannedDocument();
  const base = whatIfBase(document);
  expect(whatIfBase({ ...document, plan: { ...document.plan, scenarios: [busier] } })).toBe(base);
  const raised = { ...document.plan, queues: [{ ...document.plan.queues[0], patienceSeconds: 90 }] };
  expect(whatIfBase({ ...document, plan: raised })).not.toBe(base);
});

test("each column is measured by itself; a renamed scenario is not measured again, one with other changes is", () => {
  const base = whatIfBase(plannedDocument())!;
  const all = [null, busier, slower];
  expect(notMeasured(base, all, days)).toEqual(all);
  for (const scenario of all) measureScenario(base, scenario, days);
  expect(notMeasured(base, all, days)).toEqual([]);
  expect(notMeasured(base, all, { first: 0, end: 1 })).toEqual(all);
  const renamed = { ...busier, name: "Very busy" };
  const other: Scenario = {
    ...slower,
    changes: [{ kind: "aht", queueId: null, factor: 1.3, window: null }],
  };
  expect(notMeasured(base, [null, renamed, other], days)).toEqual([other]);
});

test("what was measured ahead is compared under its present name, with its own figures", () => {
  const base = whatIfBase(plannedDocument())!;
  const compare = (scenarios: readonly Scenario[]) =>
    compareNow(prepareScenarios(base, [null, ...scenarios]).columns, days);
  const first = compare([busier, slower]);
  const again = compare([{ ...busier, name: "Very busy" }, slower]);
  expect(again.plans.map(({ name }) => name)).toEqual(["Small", "Very busy", "Slower"]);
  expect(again.plans[1].queues).toBe(first.plans[1].queues);
  expect(again.plans[1].scopes[0].figures.offered?.value).toBeCloseTo(1.2 * 60 * 168, 6);
  expect(again.plans[2].scopes[0].figures.offered?.value).toBeCloseTo(60 * 168, 6);
  expect(compare([slower]).plans[1].scopes[0].figures).toEqual(first.plans[2].scopes[0].figures);
});
