import { fail, type Outcome, succeed } from "../domain/outcome.ts";
import type { Made, Plan, PlanDocument } from "../domain/plan.ts";
import type { Roster } from "../domain/roster.ts";
import { rosterCalendar } from "../exporting/calendar.ts";
import { scheduleCsv } from "../exporting/schedule-csv.ts";
import { readRosterCsv } from "../importing/roster-csv.ts";
import { withRoster } from "./roster-edits.ts";

export function rosterCsvFile(plan: Plan, roster: Roster): Blob {
  return new Blob([scheduleCsv(plan, roster)], { type: "text/csv" });
}

/** @param agentIds whose shifts; null: everybody's */
export function rosterCalendarFile(plan: Plan, roster: Roster, agentIds: readonly string[] | null): Blob {
  return new Blob([rosterCalendar(plan, roster, agentIds)], { type: "text/calendar" });
}

/** A roster edited elsewhere, judged by the plan's rules, to be shown beside the one it would replace. */
export function proposeEditedRoster(
  document: PlanDocument,
  text: string,
  name: string,
): Outcome<Made<Roster>> {
  const { roster } = document.results;
  if (roster === null) return fail({ code: "rosterFile.nothing", severity: "error", table: name });
  const outcome = readRosterCsv(text, name, document.plan, roster.value);
  return outcome.ok ? succeed(withRoster(document, outcome.value).results.roster!, outcome.issues) : outcome;
}
