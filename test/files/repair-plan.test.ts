import { expect, test } from "vitest";
import { samplePlan } from "../../sample-data/plan.ts";
import { noResults } from "../../src/domain/plan/no-results.ts";
import { repairedDocument } from "../../src/files/repair-plan.ts";
import { randomStream } from "../../src/numerics/random.ts";
import { damagedValue } from "../fuzz/mutations.ts";

const document = { plan: samplePlan(), history: null, results: noResults };

test("a plan that is right stays as it is", () => {
  expect(repairedDocument(document)).toMatchObject({ ok: true, value: document, issues: [] });
});

test("whoever cannot be is left out, and everybody else stays", () => {
  const [first, second, ...others] = document.plan.agents;
  const agents = [{ ...first, groupId: "gone" }, { ...second, proficiency: -1 }, ...others, others[0]];
  const outcome = repairedDocument({ ...document, plan: { ...document.plan, agents, seed: "x" } });
  expect(outcome.ok && outcome.value.plan.agents).toEqual(others);
  expect(outcome.ok && outcome.value.plan.seed).toBe(1);
  expect(outcome.issues[0]).toMatchObject({ code: "planFile.repaired", severity: "warning" });
  expect(outcome.issues[0].values?.count).toBe(4);
});

test("what is no plan at all is not repaired", () => {
  expect(repairedDocument({ plan: 7 }).ok).toBe(false);
  expect(repairedDocument(null).ok).toBe(false);
});

test("of 200 damaged plans nearly all open in part, and none throws", () => {
  const small = { ...document, plan: { ...document.plan, agents: document.plan.agents.slice(0, 5) } };
  let opened = 0;
  for (let index = 0; index < 200; index++)
    if (repairedDocument(damagedValue(small, randomStream(5, "repair", index))).ok) opened++;
  expect(opened).toBeGreaterThan(120);
});
