import type { OnProgress } from "../domain/outcome.ts";
import { type OpenShiftFix, withFix } from "../domain/plan/open-shift-fix.ts";
import type { Assignment, Roster, RosteredAgent } from "../domain/plan/roster.ts";
import type { Shift } from "../domain/plan/shift.ts";
import { explainOpenShifts, type Floor, floorOf, newlyBroken, type OpenShift } from "./open-shifts.ts";
import { assignmentsOnGrid, knownKind, shiftsOnGrid } from "./problem/assigned-tours.ts";
import { problemFromPlan } from "./problem/problem-from-plan.ts";
import { asWorked, type RosterInput, rosterSource } from "./problem/roster-input.ts";
import { choiceIndex, dayOff } from "./problem/roster-problem.ts";
import { mayDo } from "./rules/day-rules.ts";

/** Open shifts given out without a rule newly broken. */
export interface GivenShifts {
  /** Shifts that are open no more, and those that changed hands for them. */
  readonly closes: number;
  readonly given: readonly { readonly agentId: string; readonly shiftId: string }[];
}

/** A fix and what comes of it, the fixes before it made. */
export interface ProvedFix extends GivenShifts {
  readonly fix: OpenShiftFix;
}

/** Why the shifts of a roster are open, and what would close most of them. */
export interface OpenShiftsReport {
  readonly open: readonly OpenShift[];
  /** Those that could be given out as things stand; the fixes are counted on top of it. */
  readonly already: GivenShifts;
  /** The largest first, each counted on top of those before it. */
  readonly fixes: readonly ProvedFix[];
}

export interface OpenShiftsInput {
  readonly input: RosterInput;
  /** May be of another period: what lies on days of both counts. */
  readonly roster: Pick<Roster, "grid" | "assignments" | "unassigned">;
  /** Ids that somebody new cannot have, as others had them: `takenKeys`. */
  readonly takenIds: ReadonlySet<string>;
}

/** More hours a week and less rest that are tried, minutes. */
const moreMinutes = [60, 120, 240, 480];
const lessRest = [30, 60, 120];

/** People whose skill or leave is looked at, those first who are asked for most. */
const mostPeople = 6;
const mostFixes = 5;
/** After the first round only so many of the best are tried again. */
const triedAgain = 12;

/**
 * Why shifts are open, and what would fix most of them at once: hours, rest or days of a contract, somebody's leave or
 * skill, one more person.
 *
 * Assumes that a fix is made alone, on top of the ones before it. Method: what stands in the way of people with a single
 * obstacle says which fixes to try. Each is made in the plan, and the open shifts are given out again: to whoever then
 * breaks no rule, or to somebody at work that day whose own shift another can take. So "would close N" is no count of
 * candidates, and a solver may find more. The best is kept, and the rest are tried again on top of it.
 *
 * @returns every open shift with its people, and the fixes with the assignments that prove them
 * @example reportOpenShifts({ input, roster, takenIds: new Set() }).fixes[0].closes
 */
export function reportOpenShifts(
  { input, roster, takenIds }: OpenShiftsInput,
  onProgress: OnProgress = () => {},
): OpenShiftsReport {
  const { grid } = rosterSource(input);
  const assignments = assignmentsOnGrid(roster.assignments, roster.grid, grid);
  const unassigned = shiftsOnGrid(roster.unassigned, roster.grid, grid);
  const floor = openFloor(input, { assignments, unassigned });
  const open = explainOpenShifts(floor, unassigned);
  let state: State = { input, assignments, open: unassigned };
  const already = givenOut(floor, state, null);
  state = already.state;
  let candidates = candidateFixes(input, open, takenIds);
  const fixes: ProvedFix[] = [];
  for (let round = 0; round < mostFixes && state.open.length > 0 && candidates.length > 0; round++) {
    const tried = candidates.map((fix, at) => {
      onProgress({ phase: "fixes", completed: at, total: candidates.length });
      return { fix, ...tryFix(state, fix) };
    });
    tried.sort((a, b) => b.closes - a.closes);
    const [best, ...others] = tried;
    if (best.closes === 0) break;
    fixes.push({ fix: best.fix, closes: best.closes, given: best.given });
    state = best.state;
    // One more person may be wanted twice; what has been made once is as much as was tried of it.
    const again = best.fix.kind === "hire" ? tried : others;
    candidates = again
      .slice(0, triedAgain)
      .flatMap(({ fix, closes }) => (closes === 0 ? [] : [withNewId(fix, state.input.agents, takenIds)]));
  }
  return { open, already: { closes: already.closes, given: already.given }, fixes };
}

/** A plan's people and their shifts while fixes are tried on them. */
interface State {
  readonly input: RosterInput;
  readonly assignments: readonly Assignment[];
  readonly open: readonly Shift[];
}

interface GivenOut extends GivenShifts {
  readonly state: State;
}

function openFloor(
  input: RosterInput,
  { assignments, unassigned }: Pick<Roster, "assignments" | "unassigned">,
): Floor {
  const worked = assignments.map(({ shift }) => shift);
  return floorOf(
    problemFromPlan(asWorked(rosterSource(input), worked), [...unassigned, ...worked]),
    assignments,
  );
}

function tryFix(state: State, fix: OpenShiftFix): GivenOut {
  const { agents, contracts } = state.input;
  const fixed = withFix({ agents, contracts, firstDate: firstDateOf(state.input) }, fix, "");
  const input = { ...state.input, agents: fixed.agents, contracts: fixed.contracts };
  const floor = openFloor(input, { assignments: state.assignments, unassigned: state.open });
  const isConcerned = ({ id, contractId }: Pick<RosteredAgent, "id" | "contractId">) =>
    "agentId" in fix ? fix.agentId === id : fix.contractId === contractId;
  const concerned = [...input.agents.keys()].filter((person) => isConcerned(input.agents[person]));
  return givenOut(floor, { ...state, input }, concerned);
}

function firstDateOf({ schedule, requirement }: RosterInput): string {
  return (schedule ?? requirement)?.grid.firstDate ?? "";
}

/**
 * Gives open shifts out as far as no rule is newly broken, those first that fewest can take.
 *
 * @param concerned people for whom something has changed since nothing more could be given out; null: everybody
 */
function givenOut(floor: Floor, state: State, concerned: readonly number[] | null): GivenOut {
  const { plan } = floor;
  const { problem, source } = plan;
  const tours = floor.tours.map((tour) => tour.slice());
  const holder = new Map<string, Assignment>(
    state.assignments.map((assignment) => [`${assignment.agentId} ${assignment.shift.date}`, assignment]),
  );
  const isPinned = (person: number, date: string) =>
    holder.get(`${source.agents[person].id} ${date}`)?.pinned === true;
  /** Whether somebody can work the kind that day, in place of what they have then. */
  const canTake = (person: number, day: number, kind: number): boolean => {
    const { limits, prices } = problem.people[person];
    if (prices[choiceIndex(problem, day, kind)] === Infinity || !mayDo(limits, kind)) return false;
    const after = tours[person].slice();
    after[day] = kind;
    return newlyBroken(floor, problem.people[person], tours[person], after).length === 0;
  };
  const people = [...problem.people.keys()];
  const changed = concerned ?? people;
  const takers = (day: number, kind: number, among: readonly number[]) =>
    among.filter((person) => tours[person][day] === dayOff && canTake(person, day, kind));
  /** Somebody at work that day, and another for what they have; one of them is concerned. */
  const exchangeFor = (shift: Shift, day: number, kind: number) => {
    for (const person of people) {
      const own = tours[person][day];
      if (own === dayOff || own === kind || isPinned(person, shift.date)) continue;
      const among = changed.includes(person) ? people : changed;
      if (among.every((one) => tours[one][day] !== dayOff) || !canTake(person, day, kind)) continue;
      const [other] = takers(day, own, among);
      if (other !== undefined) return { person, own, other };
    }
    return null;
  };
  const given: { agentId: string; shiftId: string }[] = [];
  const give = (person: number, day: number, kind: number, shift: Shift) => {
    const agentId = source.agents[person].id;
    tours[person][day] = kind;
    holder.set(`${agentId} ${shift.date}`, { agentId, shift, pinned: false });
    given.push({ agentId, shiftId: shift.id });
  };
  const left: Shift[] = [];
  const ordered = state.open
    .map((shift) => {
      const day = plan.dayOf(shift.date)!;
      const kind = knownKind(plan, shift);
      return { shift, day, kind, count: takers(day, kind, changed).length };
    })
    .sort((a, b) => a.count - b.count);
  for (const { shift, day, kind } of ordered) {
    const [taker] = takers(day, kind, changed);
    const exchange = taker === undefined ? exchangeFor(shift, day, kind) : null;
    if (taker !== undefined) give(taker, day, kind, shift);
    else if (exchange !== null) {
      const { person, own, other } = exchange;
      const before = holder.get(`${source.agents[person].id} ${shift.date}`)!;
      give(person, day, kind, shift);
      give(other, day, own, before.shift);
    } else left.push(shift);
  }
  return {
    state: { input: state.input, assignments: [...holder.values()], open: left },
    closes: state.open.length - left.length,
    given,
  };
}

/** Fixes of what stands in the way of people with a single obstacle, and one more person of each group asked for. */
function candidateFixes(
  { contracts, agents, groups }: RosterInput,
  open: readonly OpenShift[],
  takenIds: ReadonlySet<string>,
): OpenShiftFix[] {
  const contractOf = new Map(agents.map(({ id, contractId }) => [id, contractId]));
  const singles = open.flatMap(({ shift, near }) =>
    near.flatMap(({ agentId, obstacles }) =>
      obstacles.length === 1 ? [{ shift, agentId, obstacle: obstacles[0] }] : [],
    ),
  );
  const fixes = new Map<string, OpenShiftFix>();
  const add = (fix: OpenShiftFix) => fixes.set(JSON.stringify(fix), fix);
  for (const { agentId, obstacle } of singles) {
    const contractId = contractOf.get(agentId)!;
    const contract = contracts.find(({ id }) => id === contractId);
    if (obstacle === "maximumMinutesPerWeek")
      for (const minutes of moreMinutes) add({ kind: "weekMinutes", contractId, minutes });
    else if (obstacle === "restBetweenShifts")
      for (const minutes of lessRest)
        if (minutes <= (contract?.minimumRestMinutes ?? 0)) add({ kind: "rest", contractId, minutes });
    if (obstacle === "maximumConsecutiveDays") add({ kind: "daysInRow", contractId });
    if (obstacle === "maximumWeekends") add({ kind: "weekends", contractId });
    if (obstacle === "minimumConsecutiveDaysOff") add({ kind: "daysOffTogether", contractId });
    if (obstacle === "minimumConsecutiveDays") add({ kind: "daysTogether", contractId });
  }
  const withObstacle = (name: string) => singles.filter(({ obstacle }) => obstacle === name);
  for (const [agentId, shifts] of mostAsked(withObstacle("leave"))) {
    const agent = agents.find(({ id }) => id === agentId);
    for (const shift of shifts) {
      const dates = agent?.daysOff.includes(shift.date) ? [shift.date] : [];
      if (dates.length > 0) add({ kind: "leave", agentId, dates });
    }
  }
  for (const [agentId, shifts] of mostAsked(withObstacle("skill"))) {
    const own = groups.find(({ id }) => id === agents.find((agent) => agent.id === agentId)?.groupId);
    for (const shift of shifts) {
      const wanted = groups.find(({ id }) => id === shift.groupId);
      const needed = [...(own?.queueIds ?? []), ...(wanted?.queueIds ?? [])];
      const group = groups.find(({ queueIds }) => needed.every((id) => queueIds.includes(id)));
      if (group) add({ kind: "skill", agentId, groupId: group.id });
    }
  }
  const longest = [...contracts].sort((a, b) => b.maximumMinutesPerWeek - a.maximumMinutesPerWeek)[0];
  for (const groupId of new Set(open.map(({ shift }) => shift.groupId)))
    if (longest) add({ kind: "hire", agentId: newId(agents, takenIds), groupId, contractId: longest.id });
  return [...fixes.values()];
}

/** The people who stand nearest to most shifts, with those. */
function mostAsked(
  singles: readonly { readonly shift: Shift; readonly agentId: string }[],
): [string, Shift[]][] {
  const shiftsOf = new Map<string, Shift[]>();
  for (const { shift, agentId } of singles) shiftsOf.set(agentId, [...(shiftsOf.get(agentId) ?? []), shift]);
  return [...shiftsOf].sort((a, b) => b[1].length - a[1].length).slice(0, mostPeople);
}

/** Somebody new has an id that nobody has or had. */
function withNewId(
  fix: OpenShiftFix,
  agents: readonly Pick<RosteredAgent, "id">[],
  takenIds: ReadonlySet<string>,
): OpenShiftFix {
  return fix.kind === "hire" ? { ...fix, agentId: newId(agents, takenIds) } : fix;
}

/** An id that nobody has or had. */
function newId(agents: readonly Pick<RosteredAgent, "id">[], takenIds: ReadonlySet<string>): string {
  const taken = new Set([...takenIds, ...agents.map(({ id }) => id)]);
  let number = 1;
  while (taken.has(`new-${number}`)) number++;
  return `new-${number}`;
}
