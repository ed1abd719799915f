import type { Assignment, LedgerEntry } from "../domain/plan/roster.ts";
import { agentShares } from "./agent-shares.ts";
import type { PlanProblem } from "./problem/problem-from-plan.ts";

/** The ledger with a roster's counts added, one entry per agent in the plan's order: what the next period carries over. */
export function nextLedger(plan: PlanProblem, assignments: readonly Assignment[]): LedgerEntry[] {
  const before = new Map(plan.source.ledger?.map((entry) => [entry.agentId, entry]));
  return agentShares(plan, assignments).map((share) => {
    const old = before.get(share.agentId);
    return {
      agentId: share.agentId,
      nights: (old?.nights ?? 0) + share.nights,
      weekends: (old?.weekends ?? 0) + share.weekends,
      lates: (old?.lates ?? 0) + share.lates,
      undesired: (old?.undesired ?? 0) + share.undesired,
      wishes: (old?.wishes ?? 0) + share.wishes,
      wishesGranted: (old?.wishesGranted ?? 0) + share.wishesGranted,
    };
  });
}
