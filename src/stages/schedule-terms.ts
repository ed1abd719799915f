import type { PlanDocument } from "../domain/plan/plan.ts";
import type { Requirement } from "../domain/results/requirement.ts";
import type { ScheduleTerms } from "../scheduling/problem/shift-block.ts";
import { shortageWeights } from "../staffing/shortage-weights.ts";

/** What the figures of a document's shifts are worked out by: the shift stage's own, without its effort. */
export function scheduleTerms(plan: PlanDocument["plan"], requirement: Requirement): ScheduleTerms {
  const weigh = plan.scheduling.weighByService === true;
  return {
    requirement,
    queues: plan.queues,
    groups: plan.groups,
    templates: plan.templates,
    settings: plan.scheduling,
    ...(weigh ? { shortWeights: shortageWeights(requirement, plan.queues) } : {}),
  };
}
