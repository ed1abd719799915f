import { fail, type Outcome, succeed } from "../../domain/outcome.ts";
import type { PlanDocument } from "../../domain/plan/plan.ts";
import type { Assignment, Roster } from "../../domain/plan/roster.ts";
import { type Today, todayOnGrid } from "../../domain/plan/today.ts";
import { withRoster } from "../../stages/judged-roster.ts";
import { lineMinute } from "../line-minute.ts";
import { isSameUntil } from "./day-rules.ts";
import { withChanges } from "./judge-day.ts";
import type { PersonChange } from "./option.ts";

/**
 * A roster's assignments with some people's changes made.
 *
 * Fails with `today.noRoster`, `today.changedSince` where a shift is no longer what a change was proposed for, and
 * `today.beforeNow` where a change would touch what is over.
 */
export function changedAssignments(
  { plan, results }: Pick<PlanDocument, "plan" | "results">,
  today: Today,
  changes: readonly PersonChange[],
): Outcome<readonly Assignment[]> {
  const roster = results.roster?.value;
  const place = roster && todayOnGrid(roster.grid, today);
  if (!roster || !place) return fail({ code: "today.noRoster", severity: "error" });
  const line = lineMinute(roster.grid, today, place);
  for (const change of changes) {
    const agent = plan.agents.find(({ id }) => id === change.agentId)?.name ?? change.agentId;
    const refuse = (code: string) => fail({ code, severity: "error", values: { agent } });
    if (!isStillThere(roster, change)) return refuse("today.changedSince");
    if (!isSameUntil(change.from, change.to, line)) return refuse("today.beforeNow");
  }
  return succeed(withChanges(roster, changes).assignments);
}

/** The document with some people's changes made and its roster judged again. Fails as `changedAssignments` does. */
export function acceptChanges(
  document: PlanDocument,
  today: Today,
  changes: readonly PersonChange[],
): Outcome<PlanDocument> {
  const changed = changedAssignments(document, today, changes);
  return changed.ok ? succeed(withRoster(document, changed.value)) : changed;
}

/** The shift is in the roster as the change knows it, or the person is free as before. */
function isStillThere({ assignments }: Roster, { agentId, from, to }: PersonChange): boolean {
  if (from === null)
    return !assignments.some(({ agentId: other, shift }) => other === agentId && shift.date === to.date);
  return assignments.some(
    ({ agentId: other, shift }) =>
      other === agentId && shift.id === from.id && JSON.stringify(shift) === JSON.stringify(from),
  );
}
