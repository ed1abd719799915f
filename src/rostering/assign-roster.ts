import { fail, type Issue, type OnProgress, type Outcome, succeed } from "../domain/outcome.ts";
import type { Assignment, Award, Roster } from "../domain/plan/roster.ts";
import { loadHighs } from "../optimising/highs-adapter.ts";
import { judgeAssignments, type Verdict } from "./judge-assignments.ts";
import { nextLedger } from "./next-ledger.ts";
import { placeMeetings, withoutMeetings } from "./place-meetings.ts";
import { assignmentsOf, assignmentsOnGrid, toursOf } from "./problem/assigned-tours.ts";
import { type PresentRoster, withChangePrice, withPins } from "./problem/pins-and-changes.ts";
import { type PlanProblem, problemFromPlan, type RosterSource } from "./problem/problem-from-plan.ts";
import { asWorked, type RosterInput, rosterSource } from "./problem/roster-input.ts";
import type { RosterProblem, Tour } from "./problem/roster-problem.ts";
import { rotationIssues, shiftsForRotations } from "./rotation-cells.ts";
import { wishBreaches } from "./rules/day-rules.ts";
import { relaxPerson } from "./search/relax-infeasible.ts";
import { type RosterHooks, solveRoster } from "./search/solve-roster.ts";
import { type TourGraph, tourUnfolder } from "./search/tour-graph.ts";
import { grantWishes } from "./shift-bidding.ts";

/** Effort: some five seconds for the sample plan; five times the steps lower its price by three per cent. */
const searchStepsPerPerson = 100;
const boundSteps = 500;
const neighbourhoods = 4;

/**
 * Gives the schedule's shifts to named agents (or, with `rostering.buildFrom` "requirement", shifts made from the
 * templates), so that every hard rule holds, few shifts stay open and many wishes are granted.
 *
 * Assumptions: an agent works at most one shift a day, alone and whole; a group's shifts may be worked by agents whose
 * group serves all its queues; rest and lengths are real minutes, everything else is read from the clock. The days
 * before the period count as far as `priorRoster` knows them: rest and successions, runs of days, nights and weekends,
 * and hours of the week that the border cuts, while limits per period and soft rules begin anew. What is not known, and
 * what lies after the period, is taken to satisfy the rules.
 *
 * Method: each agent's possible tours are unfolded into a graph, so that hard rules hold by construction; a
 * ruin-and-recreate search, column generation and dives look for a cheap roster, and a Lagrangian or linear bound says
 * how cheap one could be (`solveRoster`). Pinned shifts of the present roster stay. The answer is never worse than the
 * present roster: by rules broken first, then by price.
 *
 * The price (`objective`, in the unit of wishes) sums hours short and over at `costPerHourShort` and
 * `costPerHourOver`, wishes that are not granted, soft rules, and days changed at `rostering.changePrice`. A pinned shift
 * whose times were edited is wanted as it is. No roster
 * under the same rules, pins and granted wishes costs less than `bound`.
 *
 * Errors: `roster.noAgents`, `roster.noShifts`, `roster.unknownContract`, `roster.repeatedAgent`. Warnings:
 * `roster.conflict` names an agent whom no tour satisfies, the rules in conflict and the one that was relaxed;
 * `roster.unknownGroup` an agent who can be given no shift; `roster.rotationNotKept` days that differ
 * from a rotation; `roster.pinnedTwice` and `roster.shiftPinnedTwice` pins that
 * contradict each other. `roster.nothingBetter` (info): the present roster stays.
 *
 * @example
 * const outcome = await assignRoster(input, ({ best }) => console.log(best));
 * if (outcome.ok) console.log(outcome.value.assignments.length, outcome.value.violations);
 */
export async function assignRoster(
  input: RosterInput,
  onProgress?: OnProgress<Roster>,
): Promise<Outcome<Roster>> {
  const began = performance.now();
  const refusals = reasonsToRefuse(input);
  if (refusals.length > 0) return fail(...refusals);
  const made = rosterSource(input);
  const { present, pinned, issues } = presentOn(made.grid, input);
  const source = asWorked(
    made,
    pinned.map(({ shift }) => shift),
  );
  const plan = problemFromPlan(source, [
    ...present.map(({ shift }) => shift),
    ...shiftsForRotations(source.grid, source.agents, source.templates, source.shifts),
  ]);
  const changePrice = input.rostering?.changePrice ?? 0;
  const counted: PresentRoster | null =
    changePrice > 0 && present.length > 0 ? { assignments: present, changePrice } : null;
  const pricedProblem = withChangePrice(plan, withPins(plan, pinned), counted);
  const relaxed = relaxInfeasible(plan, pricedProblem);
  const bidding = input.rostering?.selfRostering;
  const { problem, awards } = bidding
    ? grantWishes(plan, relaxed.problem, relaxed.graphs, bidding.order, input.seed)
    : { problem: relaxed.problem, awards: undefined };

  const old = judgeAssignments(plan, present, counted);
  const mayStay = present.length > 0 && keepsPromises(plan, present, pinned, awards ?? []);
  /** The roster that some tours make, or the present one where that is no worse. */
  const better = (tours: readonly Tour[], bound: number | null, isDone: boolean) => {
    const found = assignmentsOf(plan, tours, pinned);
    const verdict = judgeAssignments(plan, found, counted);
    const stays = mayStay && !isBetter(verdict, old);
    const assignments = stays ? present : found;
    const { violations, objective, unassigned } = stays ? old : verdict;
    // A roster that stays and breaks rules may cost less than any that keeps them: no bound holds for it.
    const ownBound = stays && brokenRules(old) > 0 ? null : bound;
    const isProved = ownBound !== null && objective <= ownBound + 1e-6;
    const roster: Roster = {
      grid: source.grid,
      assignments,
      unassigned,
      violations,
      status: isProved ? "optimal" : isDone ? "timeLimit" : "stopped",
      objective,
      bound: ownBound,
      seconds: input.timed ? (performance.now() - began) / 1000 : null,
      ledger: nextLedger(plan, assignments),
      ...(awards ? { awards } : {}),
    };
    return { roster, stays };
  };
  const solution = await solveRoster(
    problem,
    relaxed.graphs,
    await solverOrNull(),
    {
      searchStepsPerPerson,
      boundSteps,
      relaxationRounds: 0,
      proofArcs: 0,
      neighbourhoods: input.seconds === null ? neighbourhoods : Number.MAX_SAFE_INTEGER,
      seconds: input.seconds === null ? null : input.seconds - (performance.now() - began) / 1000,
    },
    input.seed,
    counted ? toursOf(plan, present).tours : null,
    progressHooks(onProgress, (tours, bound) => better(tours, bound, false).roster),
  );
  const { roster: found, stays } = better(solution.tours, solution.bound, true);
  const roster = withMeetings(input, source, found, counted);
  return succeed(roster, [
    ...issues,
    ...relaxed.issues,
    ...rotationIssues(source.agents, roster.assignments),
    ...(stays ? [{ code: "roster.nothingBetter", severity: "info" } as const] : []),
  ]);
}

/** The roster with its people's meetings in their shifts. Where people are wanted by the interval, cover is judged again. */
function withMeetings(
  input: RosterInput,
  source: RosterSource,
  roster: Roster,
  present: PresentRoster | null,
): Roster {
  const { meetings, requirement, schedule } = input;
  if (meetings === undefined || meetings.length === 0) return roster;
  const asked = source.requirement
    ? requirement!.queues.map(({ queueId, scheduledAgents }) => ({ queueId, agents: scheduledAgents }))
    : (schedule?.coverage ?? []).map(({ queueId, asked }) => ({ queueId, agents: asked }));
  const { grid, groups, agents } = source;
  const assignments = placeMeetings({ grid, groups, agents, asked }, roster.assignments, meetings);
  if (!source.requirement) return { ...roster, assignments };
  const plan = problemFromPlan(
    source,
    assignments.map(({ shift }) => shift),
  );
  // What was proved was proved of shifts without meetings.
  return {
    ...roster,
    assignments,
    ...judgeAssignments(plan, assignments, present),
    bound: null,
    status: "stopped",
  };
}

/** Why there can be no roster at all. */
function reasonsToRefuse(input: RosterInput): Issue[] {
  const error = (code: string, values?: Issue["values"]): Issue => ({
    code: `roster.${code}`,
    severity: "error",
    ...(values ? { values } : {}),
  });
  const isFromRequirement = input.rostering?.buildFrom === "requirement" && input.requirement;
  const shiftsComeFrom = isFromRequirement ? input.templates : (input.schedule?.shifts ?? []);
  if (input.agents.length === 0) return [error("noAgents")];
  if (shiftsComeFrom.length === 0) return [error("noShifts")];
  const contractIds = new Set(input.contracts.map(({ id }) => id));
  const withUnknownContract = input.agents.filter(({ contractId }) => !contractIds.has(contractId));
  const namesOfId = new Map<string, string[]>();
  for (const { id, name } of input.agents) namesOfId.set(id, [...(namesOfId.get(id) ?? []), name]);
  return [
    ...withUnknownContract.map(({ name, contractId }) =>
      error("unknownContract", { agent: name, contract: contractId }),
    ),
    ...[...namesOfId]
      .filter(([, names]) => names.length > 1)
      .map(([id, names]) => error("repeatedAgent", { id, agents: names.join(", ") })),
  ];
}

/** The present roster as far as it concerns this period and these agents, and what of it is pinned. */
function presentOn(
  grid: PlanProblem["source"]["grid"],
  { present, agents, groups }: RosterInput,
): { present: readonly Assignment[]; pinned: readonly Assignment[]; issues: Issue[] } {
  const nameOf = new Map(agents.map(({ id, name }) => [id, name]));
  const groupIds = new Set(groups.map(({ id }) => id));
  const warning = (code: string, values: Issue["values"]): Issue => ({
    code: `roster.${code}`,
    severity: "warning",
    values,
  });
  const issues = agents
    .filter(({ groupId }) => !groupIds.has(groupId))
    .map(({ name, groupId }) => warning("unknownGroup", { agent: name, group: groupId }));
  // Meetings are placed anew, so that the shifts of before are what is compared.
  const assignments = (present ? assignmentsOnGrid(present.assignments, present.grid, grid) : [])
    .filter(({ agentId }) => nameOf.has(agentId))
    .map((assignment) => withoutMeetings(assignment, () => true));
  const pinned: Assignment[] = [];
  const places = new Set<string>();
  const shiftIds = new Set<string>();
  for (const assignment of assignments.filter((one) => one.pinned)) {
    const { agentId, shift } = assignment;
    const place = `${agentId} ${shift.date}`;
    const values = { agent: nameOf.get(agentId)!, date: shift.date };
    if (places.has(place)) issues.push(warning("pinnedTwice", values));
    else if (shiftIds.has(shift.id)) issues.push(warning("shiftPinnedTwice", values));
    else pinned.push(assignment);
    places.add(place);
    shiftIds.add(shift.id);
  }
  return { present: assignments, pinned, issues };
}

/** Relaxes as few rules as it takes for everybody to have a tour, and says which and why. */
function relaxInfeasible(
  { source, dates }: PlanProblem,
  problem: RosterProblem,
): { problem: RosterProblem; graphs: TourGraph[]; issues: Issue[] } {
  const unfold = tourUnfolder(problem);
  const issues: Issue[] = [];
  const people = problem.people.map((person, index) => {
    const { relaxed, conflicts } = relaxPerson(problem, person, unfold(person.limits));
    for (const { rules, days, dropped } of conflicts) {
      issues.push({
        code: "roster.conflict",
        severity: "warning",
        values: {
          agent: source.agents[index].name,
          rules: rules.join(", "),
          days: days.map((day) => dates[day]).join(", "),
          dropped,
        },
      });
    }
    return relaxed;
  });
  return { problem: { ...problem, people }, graphs: people.map(({ limits }) => unfold(limits)!), issues };
}

/** Everything pinned is there, and every wish that was granted. */
function keepsPromises(
  plan: PlanProblem,
  assignments: readonly Assignment[],
  pinned: readonly Assignment[],
  awards: readonly Award[],
): boolean {
  const { tours } = toursOf(plan, assignments);
  const position = new Map(plan.source.agents.map(({ id }, index) => [id, index]));
  return (
    pinned.every((pin) => assignments.includes(pin)) &&
    awards.every(
      ({ granted, wish, agentId }) =>
        !granted || wishBreaches(wish, plan, tours[position.get(agentId)!]).length === 0,
    )
  );
}

/** Fewer hard rules broken, or as many at a lower price. */
function isBetter(one: Verdict, other: Verdict): boolean {
  const fewer = brokenRules(other) - brokenRules(one);
  return fewer > 0 || (fewer === 0 && one.objective < other.objective - 1e-6);
}

function brokenRules({ violations }: Verdict): number {
  return violations.filter(({ penalty }) => penalty === null).length;
}

/** Between two messages, and between two whole rosters in them, milliseconds. */
const messageInterval = 100;
const rosterInterval = 1000;

/** Progress for a page: a whole roster is judged and sent only when it is better than the last one sent. */
function progressHooks(
  onProgress: OnProgress<Roster> | undefined,
  rosterOf: (tours: readonly Tour[], bound: number | null) => Roster,
): RosterHooks {
  if (!onProgress) return {};
  let lastMessage = Number.NEGATIVE_INFINITY;
  let lastRoster = Number.NEGATIVE_INFINITY;
  let sentPrice = Infinity;
  return {
    onNews({ phase, completed, total, price, bound, tours }) {
      const now = performance.now();
      if (now - lastMessage < messageInterval) return;
      lastMessage = now;
      const isWorthSending = price < sentPrice && now - lastRoster >= rosterInterval;
      if (isWorthSending) {
        sentPrice = price;
        lastRoster = now;
      }
      onProgress({
        phase,
        completed,
        total,
        best: price,
        ...(bound === null ? {} : { bound }),
        ...(isWorthSending ? { partial: rosterOf(tours, bound) } : {}),
      });
    },
  };
}

/** Without WebAssembly the search goes on alone. */
async function solverOrNull() {
  try {
    return await loadHighs();
  } catch {
    return null;
  }
}
