import { sameGrid } from "../domain/calendar/interval-grid.ts";
import type { PlanDocument } from "../domain/plan/plan.ts";
import type { Queue } from "../domain/plan/queue.ts";
import type { Requirement } from "../domain/results/requirement.ts";
import type { ShiftsInput, ShortWeights } from "../scheduling/problem/shift-block.ts";
import { shortageWeights } from "../staffing/coverage-service.ts";

/** What the shift optimiser reads of a document that has a requirement. */
export function shiftsInput({ plan, results }: PlanDocument): ShiftsInput {
  const requirement = results.requirement!.value;
  const present = results.schedule?.value;
  return {
    requirement,
    queues: plan.queues,
    groups: plan.groups,
    templates: plan.templates,
    settings: plan.scheduling,
    pinned: present?.shifts.filter((shift) => shift.pinned) ?? [],
    ...weightsOf(plan.scheduling.weighByService === true, plan.queues, requirement),
    ...(plan.scheduling.changePrice && present !== undefined && sameGrid(present.grid, requirement.grid)
      ? {
          present: {
            shifts: present.shifts,
            ...(present.tours === undefined ? {} : { tours: present.tours }),
          },
        }
      : {}),
    seed: plan.seed,
    timeLimitSeconds: null,
  };
}

const remembered = new WeakMap<Requirement, { queues: readonly Queue[]; weights: readonly ShortWeights[] }>();

/** Weights of shortage where the plan asks for them; worked out once for a requirement, because a drag asks often. */
export function weightsOf(
  asked: boolean,
  queues: readonly Queue[],
  requirement: Requirement,
): Pick<ShiftsInput, "shortWeights"> {
  if (!asked) return {};
  const known = remembered.get(requirement);
  if (known?.queues === queues) return { shortWeights: known.weights };
  const weights = shortageWeights(queues, requirement);
  remembered.set(requirement, { queues, weights });
  return { shortWeights: weights };
}
