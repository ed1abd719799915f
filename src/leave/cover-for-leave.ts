import type { PlanDocument } from "../domain/plan/plan.ts";
import type { Assignment } from "../domain/plan/roster.ts";
import type { Shift } from "../domain/plan/shift.ts";
import { problemFromPlan } from "../rostering/problem/problem-from-plan.ts";
import { asWorked, rosterSource } from "../rostering/problem/roster-input.ts";
import { replacementsFor } from "../rostering/replacements.ts";
import { rosterStage } from "../stages/roster.ts";

/** A shift that leave opens, and who could take it. */
export interface CoveredShift {
  readonly shift: Shift;
  /** Best of those who break no rule by taking it; null: there is nobody. */
  readonly agentId: string | null;
  /** How many there are. */
  readonly candidates: number;
}

/**
 * Who could take the shifts that leave opens, in the order of time; who takes one has it when the next is asked for.
 * None where the roster's own inputs are missing.
 *
 * @param after the document with the leave granted, the shifts open
 */
export function coverFor(after: PlanDocument, opened: readonly Assignment[]): CoveredShift[] {
  const input = rosterStage.read(after);
  const roster = after.results.roster?.value;
  if (input === null || roster === undefined || opened.length === 0) return [];
  const shifts = opened.map(({ shift }) => shift).sort((a, b) => a.startMinute - b.startMinute);
  const worked = [...roster.assignments.map(({ shift }) => shift), ...shifts];
  const problem = problemFromPlan(asWorked(rosterSource(input), worked), worked);
  const assignments = [...roster.assignments];
  return shifts.map((shift) => {
    const able = replacementsFor(problem, assignments, shift).filter(({ breaks }) => breaks.length === 0);
    if (able.length > 0) assignments.push({ agentId: able[0].agentId, shift, pinned: false });
    return { shift, agentId: able[0]?.agentId ?? null, candidates: able.length };
  });
}
