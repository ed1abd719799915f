import { fail, type Outcome, succeed } from "../../../domain/outcome.ts";
import { agentCodes, withAgentCodes } from "../../../domain/plan/agent-codes.ts";
import type { Made, Plan, PlanDocument } from "../../../domain/plan/plan.ts";
import { isPublished, personKeys, publishedSince } from "../../../domain/plan/published-roster.ts";
import type { Roster } from "../../../domain/plan/roster.ts";
import { cxoneScheduleCsv } from "../../../files/cxone-schedule.ts";
import { ledgerCsv, readLedgerCsv } from "../../../files/ledger-csv.ts";
import { draftCalendar, publishedCalendars } from "../../../files/roster-calendar.ts";
import { readRosterCsv, scheduleCsv } from "../../../files/schedule-csv.ts";
import { readWishesCsv, wishesCsv } from "../../../files/wishes-csv.ts";
import { withRoster } from "../../../stages/judged-roster.ts";

/** Layouts a roster can be taken out as; `roster:exchange.<name>` are their words. */
export const rosterLayouts = ["csv", "cxone", "calendar"] as const;
export type RosterLayout = (typeof rosterLayouts)[number];

/**
 * The roster as a file; null while there is none.
 * @param coded codes in place of names and ids
 * @param agentIds whose shifts, for calendars; null: everybody's
 */
export function rosterFile(
  document: PlanDocument,
  layout: RosterLayout,
  coded: boolean,
  agentIds: readonly string[] | null = null,
): { readonly file: Blob; readonly extension: string } | null {
  const shown = coded ? withAgentCodes(document) : document;
  const { plan, results } = shown;
  const roster = results.roster?.value;
  if (!roster) return null;
  if (layout === "calendar") {
    const codes = coded ? agentCodes(document.plan.agents) : null;
    const ids = agentIds?.map((id) => codes?.get(id) ?? id) ?? null;
    return { file: new Blob([calendarText(shown, ids)], { type: "text/calendar" }), extension: "ics" };
  }
  const text = layout === "csv" ? scheduleCsv(plan, roster) : cxoneScheduleCsv(plan, roster);
  return { file: new Blob([text], { type: "text/csv" }), extension: "csv" };
}

/** What people were told of the roster's days; a roster not published yet as a draft. */
function calendarText(document: PlanDocument, agentIds: readonly string[] | null): string {
  const { plan, results, published } = document;
  const { value: roster, madeAt } = results.roster!;
  if (!published || !isPublished(published, roster.grid)) return draftCalendar(document, madeAt, agentIds);
  const keys = personKeys(plan.agents);
  const chosen = agentIds?.map((id) => keys.get(id) ?? id) ?? null;
  return publishedCalendars(publishedSince(published, roster.grid.firstDate), 0, chosen).events ?? "";
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

/** Everybody's wishes, and what everybody carries over, as files. */
export function wishesFile({ plan }: PlanDocument): Blob {
  return new Blob([wishesCsv(plan.agents)], { type: "text/csv" });
}

export function ledgerFile({ plan }: PlanDocument): Blob {
  return new Blob([ledgerCsv(plan.agents, plan.ledger ?? [])], { type: "text/csv" });
}

/** The plan with the wishes of a file in place of what those agents wished for before. */
export function withWishesOf(plan: Plan, text: string, name: string): Outcome<Plan> {
  const outcome = readWishesCsv(text, name, plan);
  if (!outcome.ok) return outcome;
  const agents = plan.agents.map((agent) => {
    const wishes = outcome.value.get(agent.id);
    return wishes ? { ...agent, wishes: [...wishes].sort((a, b) => (a.date < b.date ? -1 : 1)) } : agent;
  });
  return succeed({ ...plan, agents }, outcome.issues);
}

/** The plan with the ledger of a file. */
export function withLedgerOf(plan: Plan, text: string, name: string): Outcome<Plan> {
  const outcome = readLedgerCsv(text, name, plan.agents);
  return outcome.ok ? succeed({ ...plan, ledger: [...outcome.value] }, outcome.issues) : outcome;
}
