import type { LocalDate } from "../../../domain/calendar/clock.ts";
import { memoizeByObject } from "../../../domain/memo.ts";
import type { PlanDocument } from "../../../domain/plan/plan.ts";
import type { LedgerEntry, Roster } from "../../../domain/plan/roster.ts";
import type { Shift } from "../../../domain/plan/shift.ts";
import { type AgentShare, agentShares } from "../../../rostering/agent-shares.ts";
import { type Exchange, exchangesFor } from "../../../rostering/exchanges.ts";
import { nextLedger } from "../../../rostering/next-ledger.ts";
import { floorOf, type Obstacle, standingOf } from "../../../rostering/open-shifts.ts";
import { toursOf } from "../../../rostering/problem/assigned-tours.ts";
import type { PlanProblem } from "../../../rostering/problem/problem-from-plan.ts";
import { type Replacement, replacementsFor, rulesNewlyBroken } from "../../../rostering/replacements.ts";
import type { HardRuleName } from "../../../rostering/rules/hard-rules.ts";
import { rosterProblem } from "../../../stages/judged-roster.ts";
import type { RosterPlace } from "./roster-edits.ts";

/** Who could take an open shift, best first. */
export function replacements(document: PlanDocument, shift: Shift): Replacement[] {
  const roster = document.results.roster?.value;
  const plan = roster && rosterProblem(document, roster.assignments, [shift]);
  return plan
    ? replacementsFor(plan, roster.assignments, shift).filter(
        ({ agentId }) => !isSickToday(document, agentId, shift.date),
      )
    : [];
}

/** To whom a shift could be given, or with whom it could be swapped, best first. */
export function exchanges(document: PlanDocument, { agentId, date }: RosterPlace): Exchange[] {
  const roster = document.results.roster?.value;
  const plan = roster && rosterProblem(document, roster.assignments);
  return plan
    ? exchangesFor(plan, roster.assignments, agentId, date).filter(
        (exchange) => !isSickToday(document, exchange.agentId, date),
      )
    : [];
}

/** Somebody who called in sick for the day that is going on: the page Day knows, the roster does not. */
function isSickToday({ plan: { today } }: PlanDocument, agentId: string, date: LocalDate): boolean {
  return today?.date === date && today.sick.some((one) => one.agentId === agentId);
}

/**
 * Judges edits of one person's day before they are made, quickly enough to follow a drag: which hard rules each of
 * these shifts, worked in place of the one that is there, would newly break.
 */
export function editJudge(
  document: PlanDocument,
  { agentId, date }: RosterPlace,
  shifts: readonly Shift[],
): (shift: Shift) => readonly HardRuleName[] {
  const roster = document.results.roster?.value;
  const plan = roster && rosterProblem(document, roster.assignments, shifts);
  const index = plan?.problem.people.findIndex(({ id }) => id === agentId) ?? -1;
  const day = plan?.dayOf(date) ?? null;
  if (!plan || index < 0 || day === null) return () => [];
  const person = plan.problem.people[index];
  const tour = toursOf(plan, roster.assignments).tours[index];
  return (shift) => {
    const kind = plan.kindOf(shift);
    if (kind === null) return [];
    const after = tour.slice();
    after[day] = kind;
    return rulesNewlyBroken(plan.problem, person, tour, after);
  };
}

/** What keeps somebody from an open shift, whatever they work that day. */
export function obstaclesOf(document: PlanDocument, shift: Shift, agentId: string): readonly Obstacle[] {
  const roster = document.results.roster?.value;
  const plan = roster && rosterProblem(document, roster.assignments, [shift]);
  const index = plan?.source.agents.findIndex(({ id }) => id === agentId) ?? -1;
  if (!plan || index < 0) return [];
  const { obstacles } = standingOf(floorOf(plan, roster.assignments), index, shift);
  return obstacles.filter((obstacle) => obstacle !== "working");
}

/** What everybody got. Remembered per roster, so it can be asked for while drawing. */
export function sharesOf(document: PlanDocument, roster: Roster): readonly AgentShare[] {
  const problem = rosterProblem(document, roster.assignments);
  return problem === null ? [] : sharesUnder(roster, problem);
}

const sharesUnder = memoizeByObject(({ assignments }: Roster, problem: PlanProblem) =>
  agentShares(problem, assignments),
);

/** What the next period carries over: the plan's ledger with what the roster, as it stands, gives everybody. */
export function ledgerAfter(document: PlanDocument): LedgerEntry[] {
  const roster = document.results.roster?.value;
  const plan = roster && rosterProblem(document, roster.assignments);
  return plan ? nextLedger(plan, roster.assignments) : [];
}
