import type { IntervalRange } from "../../../domain/calendar/ranges.ts";
import type { Plan } from "../../../domain/plan/plan.ts";
import type { QueueRequirement } from "../../../domain/results/requirement.ts";

/** What the contacts of a queue bring and cost when it is staffed as required, in the plan's currency. */
export interface QueueMoney {
  /** Contacts agents can be expected to handle, and those who can be expected to give up. */
  readonly handled: number;
  readonly lost: number;
  readonly revenue: number;
  /** Per contact, beside agents' pay. */
  readonly cost: number;
  readonly lostValue: number;
  /** Revenue − cost − value lost. */
  readonly balance: number;
}

/** Expected money of a queue's contacts in the intervals of `range`; null where the plan says no price that matters. */
export function queueMoney(
  plan: Pick<Plan, "queues" | "lostContactValue">,
  required: QueueRequirement,
  range: IntervalRange,
): QueueMoney | null {
  const prices = plan.queues.find(({ id }) => id === required.queueId)?.money;
  if (prices === undefined && plan.lostContactValue === undefined) return null;
  let handled = 0;
  let lost = 0;
  for (let index = range.first; index < range.end; index++) {
    const gaveUp = required.offered[index] * required.abandonmentRate[index];
    lost += gaveUp;
    handled += required.offered[index] - gaveUp;
  }
  const revenue = handled * (prices?.revenuePerContact ?? 0);
  const cost = handled * (prices?.costPerContact ?? 0);
  const lostValue = lost * (plan.lostContactValue ?? 0);
  return { handled, lost, revenue, cost, lostValue, balance: revenue - cost - lostValue };
}

/** Several queues together. */
export function moneyTogether(parts: readonly QueueMoney[]): QueueMoney {
  const sum = (field: keyof QueueMoney) => parts.reduce((total, part) => total + part[field], 0);
  return {
    handled: sum("handled"),
    lost: sum("lost"),
    revenue: sum("revenue"),
    cost: sum("cost"),
    lostValue: sum("lostValue"),
    balance: sum("balance"),
  };
}
