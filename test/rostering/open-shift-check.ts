import { addDays } from "../../src/domain/calendar/clock.ts";
import { dayOfDate } from "../../src/domain/calendar/interval-grid.ts";
import type { Agent, Assignment, Contract, Roster } from "../../src/domain/plan/roster.ts";
import type { Shift } from "../../src/domain/plan/shift.ts";
import { judgeAssignments } from "../../src/rostering/judge-assignments.ts";
import { explainOpenShifts, type Floor, floorOf, type Obstacle } from "../../src/rostering/open-shifts.ts";
import { assignmentsOf } from "../../src/rostering/problem/assigned-tours.ts";
import { problemFromPlan } from "../../src/rostering/problem/problem-from-plan.ts";
import { type RosterInput, rosterSource } from "../../src/rostering/problem/roster-input.ts";
import { rosterSearch } from "../../src/rostering/search/ruin-and-recreate.ts";
import { type TourGraph, tourUnfolder } from "../../src/rostering/search/tour-graph.ts";
import { randomRosterInput } from "./random-plan.ts";
import { checkRoster } from "./roster-check.ts";

/** One thing that could give way, as an edit of the plan's data. */
type Relaxation = (
  agent: Agent,
  contract: Contract,
  dates: readonly string[],
) => [Partial<Agent>, Partial<Contract>];

const ofContract =
  (change: Partial<Contract>): Relaxation =>
  () => [{}, change];
const relaxations: Readonly<Partial<Record<Obstacle, Relaxation>>> = {
  skill: () => [{ groupId: "both" }, {}],
  leave: ({ daysOff }, _, dates) => [{ daysOff: daysOff.filter((date) => !dates.includes(date)) }, {}],
  appointment: () => [{ unavailable: [] }, {}],
  weeklyHours: () => [{ availability: undefined }, {}],
  fixedShift: () => [{ fixedShifts: [] }, {}],
  maximumMinutesPerDay: ofContract({ maximumMinutesPerDay: undefined }),
  restBetweenShifts: ofContract({ minimumRestMinutes: -99_999, forbiddenSuccessions: [] }),
  maximumConsecutiveDays: ofContract({ maximumConsecutiveDays: 99 }),
  minimumConsecutiveDays: ofContract({ minimumConsecutiveDays: 1 }),
  minimumConsecutiveDaysOff: ofContract({ minimumConsecutiveDaysOff: 1 }),
  maximumWeekends: ofContract({ maximumWeekends: null }),
  maximumConsecutiveWeekends: ofContract({ maximumConsecutiveWeekends: undefined }),
  maximumMinutesPerWeek: ofContract({ maximumMinutesPerWeek: 99_999 }),
  maximumMinutes: ofContract({ maximumMinutesPerPeriod: undefined }),
  maximumOfKind: ofContract({ maximumShifts: [] }),
  maximumNights: ofContract({ maximumNights: undefined }),
  maximumConsecutiveNights: ofContract({ maximumConsecutiveNights: undefined }),
};

/** What one person's assignments break by the independent judge. */
function faultsOf(given: RosterInput, made: Roster, agentId: string): Set<string> {
  const assignments = made.assignments.filter((one) => one.agentId === agentId);
  const alone = { ...given, agents: given.agents.filter(({ id }) => id === agentId), rostering: undefined };
  return new Set(
    checkRoster(alone, { ...made, assignments }).hard.map(({ rule, detail }) => `${rule} ${detail}`),
  );
}

/** The plan with one relaxation for one person. */
function relaxed(
  given: RosterInput,
  agentId: string,
  change: [Partial<Agent>, Partial<Contract>],
): RosterInput {
  const own = given.agents.find(({ id }) => id === agentId)!;
  const terms = given.contracts.find(({ id }) => id === own.contractId)!;
  return {
    ...given,
    agents: given.agents.map((one) =>
      one.id === agentId ? { ...one, ...change[0], contractId: "own" } : one,
    ),
    contracts: [...given.contracts, { ...terms, ...change[1], id: "own" }],
  };
}

/** A quick roster of a plan, with shifts left open; null where somebody has no tour at all. */
function greedyFloor(given: RosterInput): { readonly floor: Floor; readonly made: Roster } | null {
  const plan = problemFromPlan(rosterSource(given));
  const unfold = tourUnfolder(plan.problem);
  const graphs = plan.problem.people.map(({ limits }) => unfold(limits));
  if (graphs.some((graph) => graph === null)) return null;
  const { tours } = rosterSearch(plan.problem, graphs as TourGraph[], 1, null).best();
  const assignments = assignmentsOf(plan, tours, []);
  const { unassigned, violations, objective } = judgeAssignments(plan, assignments);
  const { grid } = plan.source;
  const rest = { status: "stopped", bound: null, seconds: null } as const;
  return {
    floor: floorOf(plan, assignments),
    made: { grid, assignments, unassigned, violations, objective, ...rest },
  };
}

/** What came of one seed. */
export interface ExplanationReport {
  readonly seed: number;
  /** Pairs of an open shift and a person that were compared. */
  readonly compared: number;
  readonly met: readonly Obstacle[];
  readonly faults: readonly string[];
}

/** Open shifts of a seed that are looked at. */
const mostShifts = 4;

/**
 * The explanation of open shifts of a seed's roster against brute force: every person, with each single relaxation made
 * in the plan's data, judged by a checker that shares no code with the engine.
 */
export function explanationOfSeed(seed: number): ExplanationReport {
  const drawn = randomRosterInput(seed);
  const nothing = { seed, compared: 0, met: [], faults: [] };
  const given: RosterInput = {
    ...drawn,
    present: null,
    rostering: undefined,
    requirement: null,
    ledger: undefined,
  };
  if (given.schedule === null) return nothing;
  const quick = greedyFloor(given);
  if (quick === null) return nothing;
  const { made, floor } = quick;
  const faults: string[] = [];
  const met = new Set<Obstacle>();
  let compared = 0;
  const sane = given.agents.filter(({ id }) => faultsOf(given, made, id).size === 0);
  for (const { shift, near } of explainOpenShifts(floor, made.unassigned).slice(0, mostShifts)) {
    for (const { id } of sane) {
      const expected = JSON.stringify(singleObstacles(given, made, id, shift));
      const standing = near.find(({ agentId }) => agentId === id);
      const stated = JSON.stringify(standing === undefined ? [] : [standing.obstacles]);
      if (stated !== expected) faults.push(`${shift.id} ${id}: says ${stated}, is ${expected}`);
      if (standing?.obstacles.length === 1) met.add(standing.obstacles[0]);
      compared++;
    }
  }
  return { seed, compared, met: [...met], faults };
}

/** Each single thing that had to give way for the person to take the shift, as lists of obstacles; [[]]: nothing. */
function singleObstacles(given: RosterInput, made: Roster, id: string, shift: Shift): string[][] {
  const others = made.assignments.filter((one) => one.agentId !== id || one.shift.date !== shift.date);
  const isWorking = others.length < made.assignments.length;
  const withShift: Assignment[] = [...others, { agentId: id, shift, pinned: false }];
  const could = (plan: RosterInput) => {
    const after = faultsOf(plan, { ...made, assignments: withShift }, id);
    if (after.size === 0) return true;
    const before = faultsOf(plan, made, id);
    return [...after].every((rule) => before.has(rule));
  };
  if (could(given)) return isWorking ? [["working"]] : [[]];
  if (isWorking) return [];
  const day = dayOfDate(made.grid, shift.date)!;
  const midnight = made.grid.dayOffsets[day + 1] * made.grid.intervalMinutes;
  const touched = shift.endMinute > midnight ? [shift.date, addDays(shift.date, 1)] : [shift.date];
  const own = given.agents.find((one) => one.id === id)! as Agent;
  const terms = given.contracts.find((one) => one.id === own.contractId)!;
  return Object.entries(relaxations).flatMap(([name, relax]) =>
    could(relaxed(given, id, relax(own, terms, touched))) ? [[name]] : [],
  );
}
