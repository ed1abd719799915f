import { expect, it } from "vitest";
import { noAnswers } from "../../../../src/app/session/answer-store.ts";
import type { Scenario } from "../../../../src/domain/plan/scenario.ts";
import {
  type MeasuredScenarios,
  measureScenario,
  notMeasured,
} from "../../../../src/ui/pages/whatif/measuring.ts";
import { whatIfBase } from "../../../../src/ui/pages/whatif/whatif-base.ts";
import { busier, plannedDocument, slower } from "./planned-document.ts";

it("measures each column by itself; a renamed scenario is not measured again, one with other changes is", () => {
  const measured: MeasuredScenarios = new WeakMap();
  const base = whatIfBase(plannedDocument())!;
  const all = { base, scenarios: [busier, slower], days: { first: 0, end: 7 }, shifts: noAnswers.shifts };
  expect(notMeasured(measured, all)).toEqual([null, busier, slower]);
  for (const scenario of [null, busier, slower]) measureScenario(measured, all, scenario);
  expect(notMeasured(measured, all)).toEqual([]);
  expect(notMeasured(measured, { ...all, days: { first: 0, end: 1 } })).toEqual([null, busier, slower]);
  const renamed = { ...busier, name: "Very busy" };
  const other: Scenario = {
    ...slower,
    changes: [{ kind: "aht", queueId: null, factor: 1.3, window: null }],
  };
  expect(notMeasured(measured, { ...all, scenarios: [renamed, other] })).toEqual([other]);
});
