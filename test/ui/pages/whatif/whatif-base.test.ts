import { expect, it } from "vitest";
import { noResults } from "../../../../src/domain/plan/no-results.ts";
import { whatIfBase } from "../../../../src/ui/pages/whatif/whatif-base.ts";
import { busier, plannedDocument } from "./planned-document.ts";

it("is null without forecast or shifts", () => {
  const document = plannedDocument();
  expect(whatIfBase({ ...document, results: noResults })).toBeNull();
  expect(whatIfBase({ ...document, results: { ...document.results, schedule: null } })).toBeNull();
});

it("is the same object while only scenarios are edited, and another once what it holds changes", () => {
  const document = plannedDocument();
  const base = whatIfBase(document);
  expect(base?.plan).toEqual({ ...document.plan, scenarios: [] });
  expect(whatIfBase({ ...document, plan: { ...document.plan, scenarios: [busier] } })).toBe(base);
  const raised = { ...document.plan, queues: [{ ...document.plan.queues[0], patienceSeconds: 90 }] };
  expect(whatIfBase({ ...document, plan: raised })).not.toBe(base);
});
