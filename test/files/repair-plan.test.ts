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

test("of a faulty list every faulty entry goes, wherever it stands, and every other one stays", () => {
  const faulty = [0, 1, 2, 5, 9, 10, 11, document.plan.agents.length - 1];
  const agents = document.plan.agents.map((agent, at) =>
    faulty.includes(at) ? { ...agent, proficiency: at % 2 === 0 ? -1 : "x" } : agent,
  );
  const outcome = repairedDocument({ ...document, plan: { ...document.plan, agents } });
  expect(outcome.ok && outcome.value.plan.agents).toEqual(
    document.plan.agents.filter((_, at) => !faulty.includes(at)),
  );
  expect(outcome.issues[0].values?.count).toBe(faulty.length);
});

test("a faulty queue costs those who serve others too nothing but that queue", () => {
  const [first, ...others] = document.plan.queues;
  const queues = [{ ...first, name: 7 }, ...others];
  const outcome = repairedDocument({ ...document, plan: { ...document.plan, queues } });
  const kept = document.plan.groups
    .map((group) => ({ ...group, queueIds: group.queueIds.filter((id) => id !== first.id) }))
    .filter(({ queueIds }) => queueIds.length > 0);
  expect(kept.length).toBeGreaterThan(0);
  expect(outcome.ok && outcome.value.plan.groups).toEqual(kept);
  const ids = new Set(kept.map(({ id }) => id));
  expect(outcome.ok && outcome.value.plan.agents).toEqual(
    document.plan.agents.filter(({ groupId }) => ids.has(groupId)),
  );
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
