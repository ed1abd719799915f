import type { KeepGoalsInput } from "../closed-loop/keep-goals.ts";
import type { RosterGoalsInput } from "../closed-loop/keep-goals-in-roster.ts";
import type { GoalTerms } from "../closed-loop/service-targets.ts";
import { withReserves } from "../domain/plan/edit-groups.ts";
import type { PlanDocument } from "../domain/plan/plan.ts";
import type { Schedule } from "../domain/plan/shift.ts";
import { assignmentsOnGrid } from "../rostering/problem/assigned-tours.ts";
import { rosterStage } from "./roster.ts";
import { judgedBy, keepGoalsInputOf, scheduleStage } from "./schedule.ts";
import { inputOf } from "./stage.ts";

/** What the closed loop reads of a document; null while the shift stage has nothing to read. */
export async function closedLoopInput(
  document: Pick<PlanDocument, "plan" | "history" | "results">,
  terms: GoalTerms,
): Promise<KeepGoalsInput | null> {
  const input = inputOf(scheduleStage, document);
  const judged = judgedBy(document, terms);
  return input === null || judged === null ? null : keepGoalsInputOf(input, judged);
}

/** The document with the agents kept free that belong to shifts judged by simulation; the same where they are the plan's. */
export function withReservesOf<Document extends Pick<PlanDocument, "plan">>(
  document: Document,
  { judgement }: Pick<Schedule, "judgement">,
): Document {
  const reserves = judgement?.reserves;
  return reserves === undefined ? document : { ...document, plan: withReserves(document.plan, reserves) };
}

/** What moving shifts of the document's roster reads; null while there is none, or the closed loop has nothing to read. */
export async function movedRosterInput(
  document: Pick<PlanDocument, "plan" | "history" | "results">,
  terms: GoalTerms,
): Promise<RosterGoalsInput | null> {
  const input = await closedLoopInput(document, terms);
  const roster = inputOf(rosterStage, document);
  const { roster: made, requirement } = document.results;
  if (input === null || roster === null || made === null || requirement === null) return null;
  const { grid } = requirement.value;
  const assignments = assignmentsOnGrid(made.value.assignments, made.value.grid, grid);
  return { ...input, roster, assignments };
}
