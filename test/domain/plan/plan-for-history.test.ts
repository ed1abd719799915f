import { expect, test } from "vitest";
import { samplePlan } from "../../../sample-data/plan.ts";
import { planSchema } from "../../../src/domain/plan/plan.ts";
import { planForHistory } from "../../../src/domain/plan/plan-for-history.ts";
import { smallDocument } from "../../app/sample-document.ts";

test("a plan for another history keeps goals and prices, and nothing of the other's days, people and queues", () => {
  const { history } = smallDocument();
  const base = samplePlan();
  const plan = planForHistory({ history: history!, base, id: "own", name: "Own", ahtSeconds: 240 });
  expect(planSchema.safeParse(plan).error).toBeUndefined();
  expect(plan.queues.map(({ id, goal }) => [id, goal])).toEqual(
    history!.queues.map(({ queueId }) => [queueId, base.queues[0].goal]),
  );
  expect(plan.scheduling.premiums).toEqual(base.scheduling.premiums);
  expect([plan.agents, plan.ledger, plan.simulation.events, plan.scheduling.activities]).toEqual([
    [],
    undefined,
    undefined,
    undefined,
  ]);
  expect(plan.queues[0].money).toBeUndefined();
});
