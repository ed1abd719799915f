import { expect, test } from "vitest";
import { stageInputKey } from "../../../../src/stages/freshness.ts";
import { moneyTogether, queueMoney } from "../../../../src/ui/pages/required/queue-money.ts";
import { smallDocument } from "../../../app/sample-document.ts";

/** Two intervals of 100 contacts; 5 and 15 of them give up. */
function required(queueId: string) {
  const zeros = new Float64Array(3);
  return {
    queueId,
    offered: Float64Array.of(100, 100, 1000),
    abandonmentRate: Float64Array.of(0.05, 0.15, 0.5),
    ahtSeconds: zeros,
    requiredAgents: zeros,
    scheduledAgents: zeros,
    serviceLevel: zeros,
    asaSeconds: zeros,
    occupancy: zeros,
  };
}

const range = { first: 0, end: 2 };

test("handled contacts bring revenue and cost, those who give up cost their value", () => {
  const { plan } = smallDocument();
  const [first] = plan.queues;
  const priced = {
    queues: [{ ...first, money: { revenuePerContact: 6, costPerContact: 1.5 } }],
    lostContactValue: 10,
  };
  const money = queueMoney(priced, required(first.id), range)!;
  expect(money.handled).toBeCloseTo(180, 9);
  expect(money.lost).toBeCloseTo(20, 9);
  expect(money.revenue).toBeCloseTo(1080, 9);
  expect(money.cost).toBeCloseTo(270, 9);
  expect(money.lostValue).toBeCloseTo(200, 9);
  expect(money.balance).toBeCloseTo(610, 9);
  expect(moneyTogether([money, money]).balance).toBeCloseTo(1220, 9);
  expect(queueMoney({ queues: [first] }, required(first.id), range)).toBeNull();
});

test("a price makes no result stale: no stage reads it", () => {
  const document = smallDocument();
  const priced = {
    ...document,
    plan: {
      ...document.plan,
      queues: document.plan.queues.map((queue) => ({
        ...queue,
        money: { revenuePerContact: 1, costPerContact: 0 },
      })),
    },
  };
  for (const stage of ["forecast", "requirement", "schedule", "simulation"] as const)
    expect(stageInputKey(stage, priced)).toBe(stageInputKey(stage, document));
});
