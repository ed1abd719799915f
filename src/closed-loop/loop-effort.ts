import type { LoopEffort } from "./cheapest-shifts.ts";
import type { JudgedPlan } from "./count-service.ts";

/** Effort of a whole search; its exchanges follow from its rounds. */
export type SearchEffort = Omit<LoopEffort, "exchanges">;

/** Contacts that a plain machine simulates in a second. */
const contactsPerSecond = 500_000;

/** Replications of the loop, of its checks and of what is told in the end never meet; the plan's own are the last. */
export const replicationsFrom = { loop: 1_000_000, check: 2_000_000 };

/** Rounds and replications for an effort in nominal seconds: half to judge, half to measure what agents are worth. */
export function effortOf({ plan, forecast }: JudgedPlan, seconds: number): SearchEffort {
  const contacts = forecast.queues.reduce(
    (sum, { offered }) => sum + offered.reduce((part, value) => part + value, 0),
    0,
  );
  const replicationsInAll = (seconds * contactsPerSecond) / Math.max(1, contacts);
  const rounds = Math.round(Math.max(8, Math.min(56, replicationsInAll / 2 / 40, 2 * seconds)));
  return {
    rounds,
    replications: Math.round(Math.max(20, Math.min(300, replicationsInAll / 2 / rounds))),
    marginalReplications: Math.round(
      Math.max(8, Math.min(60, replicationsInAll / 2 / ((rounds / 2) * (plan.groups.length + 1)))),
    ),
    searchRounds: 400,
  };
}
