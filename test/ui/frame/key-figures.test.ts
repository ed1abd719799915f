import { expect, test } from "vitest";
import type { PlanDocument } from "../../../src/domain/plan/plan.ts";
import { keyFigures } from "../../../src/ui/frame/key-figures.ts";

const none = { forecast: null, requirement: null, schedule: null, simulation: null };

test("a roster's open shifts and broken hard rules are counted apart; soft rules are not", () => {
  const value = {
    unassigned: [{}, {}, {}],
    violations: [{ penalty: null }, { penalty: 3 }, { penalty: null }],
  };
  const document = { history: null, results: { ...none, roster: { value } } } as unknown as PlanDocument;
  expect(keyFigures(document)).toMatchObject({ rosterOpen: 3, rulesBroken: 2, historyWeeks: null });
  const empty = { history: null, results: { ...none, roster: null } } as unknown as PlanDocument;
  expect(keyFigures(empty)).toMatchObject({ rosterOpen: null, rulesBroken: null });
});
