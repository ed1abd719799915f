import type { Outcome } from "../domain/outcome.ts";
import type { Schedule } from "../domain/plan/shift.ts";
import type { MakeShifts } from "../scenarios/measuring/compare-scenarios.ts";
import { optimiseShifts } from "../scheduling/optimise-shifts.ts";
import { shortageWeights } from "../staffing/coverage-service.ts";
import { requireAgents } from "../staffing/require-agents.ts";

/** Requirement and shifts for a scenario, by the plan's own settings. */
export async function makeShiftsAnew(
  { plan, forecast }: Parameters<MakeShifts>[0],
  timeLimitSeconds: number | null = null,
): Promise<Outcome<Schedule>> {
  const requirement = await requireAgents({ plan, forecast });
  if (!requirement.ok) return requirement;
  const { queues, groups, templates, scheduling, seed } = plan;
  return optimiseShifts({
    requirement: requirement.value,
    queues,
    groups,
    templates,
    settings: scheduling,
    pinned: [],
    ...(scheduling.weighByService === true
      ? { shortWeights: shortageWeights(queues, requirement.value) }
      : {}),
    seed,
    timeLimitSeconds,
  });
}
