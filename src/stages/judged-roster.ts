import { memoizeLast } from "../domain/memo.ts";
import type { Plan, PlanDocument } from "../domain/plan/plan.ts";
import type { Assignment, MovedShifts, Roster, RosteredAgent } from "../domain/plan/roster.ts";
import type { Schedule, Shift } from "../domain/plan/shift.ts";
import { judgeAssignments } from "../rostering/judge-assignments.ts";
import { withoutMeetings } from "../rostering/place-meetings.ts";
import {
  type PlanProblem,
  problemFromPlan,
  type RosterSource,
} from "../rostering/problem/problem-from-plan.ts";
import { asWorked, editedShifts, rosterSource } from "../rostering/problem/roster-input.ts";
import { stageInputKey } from "./freshness.ts";
import { partsOf } from "./made-parts.ts";
import { meetingsOf, rosterStage } from "./roster.ts";
import { inputOf } from "./stage.ts";

/** Judges the roster under the plan as it stands; it then counts as made from it. */
export function judgedRoster(
  document: PlanDocument,
  change: (assignments: readonly Assignment[], plan: PlanProblem) => readonly Assignment[] = (same) => same,
): PlanDocument {
  const { roster } = document.results;
  const known = roster && rosterProblem(document, roster.value.assignments);
  if (!known) return document;
  const assignments = withOwnMeetings(document.plan, change(roster.value.assignments, known));
  const { violations, objective, unassigned } = judgeAssignments(
    rosterProblem(document, assignments) ?? known,
    assignments,
  );
  const { judgement: _, ...rest } = roster.value;
  const parts = partsOf("roster", document) ?? roster.parts;
  const value: Roster = {
    ...rest,
    assignments,
    violations,
    objective,
    unassigned,
    status: "stopped",
    // The bound was proved for what the solver was asked, with its pins and changes, and not for what a person makes.
    bound: null,
  };
  return {
    ...document,
    results: {
      ...document.results,
      roster: {
        ...roster,
        value,
        inputKey: stageInputKey("roster", document) ?? roster.inputKey,
        ...(parts === undefined ? {} : { parts }),
      },
    },
  };
}

/** Changes the assignments; the same document where the change leaves them as they are. */
export function withAssignments(
  document: PlanDocument,
  change: (assignments: readonly Assignment[], plan: PlanProblem) => readonly Assignment[],
): PlanDocument {
  const current = document.results.roster?.value.assignments;
  let isSame = true;
  const changed = judgedRoster(document, (assignments, plan) => {
    const next = change(assignments, plan);
    isSame = next === current;
    return next;
  });
  return isSame ? document : changed;
}

/** All assignments replaced, such as by those of a file. */
export function withRoster(document: PlanDocument, assignments: readonly Assignment[]): PlanDocument {
  return judgedRoster(document, () => assignments);
}

/** The roster with shifts moved by what the simulation says; null: there is none to move. */
export function withMovedShifts(
  document: PlanDocument,
  { assignments, judgement }: MovedShifts,
): NonNullable<PlanDocument["results"]["roster"]> | null {
  const { roster } = withRoster(document, assignments).results;
  return roster && { ...roster, value: { ...roster.value, judgement } };
}

export function rosterProblem(
  document: PlanDocument,
  assignments: readonly Assignment[],
  further: readonly Shift[] = [],
): PlanProblem | null {
  const { plan, results } = document;
  const schedule = results.schedule?.value as Schedule | undefined;
  const requirement = plan.rostering?.buildFrom === "requirement" ? results.requirement?.value : undefined;
  const input = inputOf(rosterStage, document);
  if (input === null) return null;
  const { groups, templates, contracts, scheduling, rostering, ledger, priorRoster, rotations } = plan;
  const source = rosterSource(input);
  const worked = assignments.map(({ shift }) => shift);
  const problemFor = problemMaker(
    schedule?.shifts,
    groups,
    templates,
    contracts,
    scheduling,
    rostering,
    ledger,
    requirement,
    priorRoster,
    rotations,
    ...editedShifts(source.shifts, worked),
  );
  return problemFor(source.agents, [...further, ...worked], () => asWorked(source, worked));
}

/**
 * The neutral problem is the costly part of judging. While the parts of a document that it is made from stay the same,
 * one is kept: other people are exchanged in it, and only a shift it does not know makes it anew.
 */
const problemMaker = memoizeLast((..._parts: readonly unknown[]) => {
  let problem: PlanProblem | null = null;
  return (
    agents: readonly RosteredAgent[],
    shifts: readonly Shift[],
    source: () => RosterSource,
  ): PlanProblem => {
    const current = problem;
    if (current === null || !shifts.every(current.knows)) problem = problemFromPlan(source(), shifts);
    else if (current.source.agents !== agents) problem = current.withAgents(agents);
    return problem ?? current!;
  };
});

/** A shift that went to somebody else leaves behind the meetings that its new owner takes no part in. */
function withOwnMeetings(
  { meetings, agents }: Plan,
  assignments: readonly Assignment[],
): readonly Assignment[] {
  if (meetings === undefined) return assignments;
  const people = new Map(meetingsOf(meetings, agents).map(({ id, agentIds }) => [id, new Set(agentIds)]));
  const own = assignments.map((one) => withoutMeetings(one, (id) => !people.get(id)?.has(one.agentId)));
  return own.every((one, index) => one === assignments[index]) ? assignments : own;
}
