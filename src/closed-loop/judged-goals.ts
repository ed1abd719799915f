import type { ServiceGoal } from "../domain/plan/queue.ts";
import type { JudgedGoal } from "../domain/plan/shift.ts";
import { addCounts, type JudgedPlan, type ServiceCounts } from "./count-service.ts";
import {
  achievedOf,
  type GoalTerms,
  halfWidthOf,
  missedBy,
  type ServiceTarget,
  targetsOf,
} from "./service-targets.ts";

/** A goal counts as kept when fresh customers miss it by no more than this, 0–1: what chance does to so many replications. */
export const keptWithin = 0.003;

/** Goals of a plan's queues, `goals` in the plan's order, over spans in which somebody comes. */
export function openTargets(
  { plan, forecast }: JudgedPlan,
  goals: readonly ServiceGoal[],
  terms: GoalTerms,
): ServiceTarget[] {
  const queues = plan.queues.map(({ channel }, q) => ({ channel, goal: goals[q] }));
  return targetsOf(queues, forecast.grid, terms, (q, first, end) => {
    const demand = forecast.queues.find(({ queueId }) => queueId === plan.queues[q].id);
    return demand?.offered.subarray(first, end).some((contacts) => contacts > 0) ?? false;
  });
}

/** What the simulation says of each target in which somebody came; `batches` as `countInBatches` counts them. */
export function judgedGoals(
  { plan: { queues } }: JudgedPlan,
  targets: readonly ServiceTarget[],
  batches: readonly ServiceCounts[],
): JudgedGoal[] {
  const counts = addCounts(batches);
  return targets.flatMap((target) => {
    const value = achievedOf(target, counts, queues.length);
    if (value === null) return [];
    const { queue, kind, goal, firstInterval, endInterval } = target;
    const missed = missedBy(target, value);
    const halfWidth = halfWidthOf(target, batches, queues.length);
    return [
      {
        queueId: queues[queue].id,
        kind,
        goal,
        value,
        halfWidth,
        missedBy: missed,
        firstInterval,
        endInterval,
      },
    ];
  });
}
