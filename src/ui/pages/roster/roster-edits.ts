import type { LocalDate } from "../../../domain/calendar/clock.ts";
import { dateOfDay, dayOfDate, type IntervalGrid } from "../../../domain/calendar/interval-grid.ts";
import { withActivityAt, withTimes } from "../../../domain/plan/edit-shift.ts";
import { withFix } from "../../../domain/plan/open-shift-fix.ts";
import type { PlanDocument } from "../../../domain/plan/plan.ts";
import { takenKeys, withOwnKeys } from "../../../domain/plan/published-roster.ts";
import type { Agent, Assignment, Roster, Wish } from "../../../domain/plan/roster.ts";
import type { Shift } from "../../../domain/plan/shift.ts";
import type { OpenShiftsReport } from "../../../rostering/open-shift-fixes.ts";
import { placeMeetings, withoutMeetings } from "../../../rostering/place-meetings.ts";
import { copyOfShift } from "../../../rostering/problem/assigned-tours.ts";
import { endOfDayMinute, startOfDayMinute } from "../../../rostering/problem/plan-days.ts";
import type { PlanProblem } from "../../../rostering/problem/problem-from-plan.ts";
import { stageFreshness, stageInputKey } from "../../../stages/freshness.ts";
import { judgedRoster, rosterProblem, withAssignments } from "../../../stages/judged-roster.ts";
import { meetingsOf } from "../../../stages/roster.ts";
/**
 * Edits of a roster by hand, each a pure change of the document: the rules are judged again at once, so that what an
 * edit breaks stands beside it. A shift moved to another day takes an open shift of its kind there, or becomes one
 * beyond the schedule.
 */

/** A place in the roster: one person's day. */
export interface RosterPlace {
  readonly agentId: string;
  readonly date: LocalDate;
}

/** What of a shift is taken hold of: one of its ends, a break by the index of its activity, or all of it. */
export type ShiftGrip = "start" | "end" | "whole" | number;

/** What is at `from` goes to `to`. */
export interface PlacePair {
  readonly from: RosterPlace;
  readonly to: RosterPlace;
}

/**
 * Gives each shift at `from` to its `to`, all at once; what was there comes back in exchange, where that place is not
 * taken by another of the moved. Pinned shifts stay.
 */
export function moveShifts(document: PlanDocument, pairs: readonly PlacePair[]): PlanDocument {
  return withAssignments(document, (assignments, plan) => {
    const moving = pairs.flatMap(({ from, to }) => {
      const moved = at(assignments, from);
      const met = at(assignments, to);
      const stays = !moved || moved.pinned || met?.pinned || isSamePlace(from, to);
      return stays ? [] : [{ from, to, moved, met }];
    });
    if (moving.length === 0) return assignments;
    const gone = new Set(moving.map(({ moved }) => moved));
    const exchanged = moving.filter(
      ({ from, met }) => met && !gone.has(met) && !moving.some(({ to }) => isSamePlace(from, to)),
    );
    const away = new Set([...gone, ...moving.map(({ met }) => met)]);
    const rest = assignments.filter((assignment) => !away.has(assignment));
    for (const { to, moved } of moving)
      rest.push({ ...moved, agentId: to.agentId, shift: shiftOn(plan, rest, moved.shift, to) });
    for (const { from, met } of exchanged)
      rest.push({ ...met!, agentId: from.agentId, shift: shiftOn(plan, rest, met!.shift, from) });
    return rest;
  });
}

/** Puts a shift like the one at each `from` at its `to`, in place of what is there. */
export function copyShifts(document: PlanDocument, pairs: readonly PlacePair[]): PlanDocument {
  return withAssignments(document, (assignments, plan) => {
    let rest = assignments;
    for (const { from, to } of pairs) {
      const model = at(assignments, from);
      const met = at(rest, to);
      if (!model || met?.pinned || isSamePlace(from, to)) continue;
      const others = rest.filter((assignment) => assignment !== met);
      others.push({ agentId: to.agentId, shift: likeOn(plan, others, model.shift, to), pinned: false });
      rest = others;
    }
    return rest;
  });
}

/** Gives an open shift to somebody, in place of what they have that day. */
export function giveShift(document: PlanDocument, shift: Shift, agentId: string): PlanDocument {
  return withAssignments(document, (assignments) => {
    const met = at(assignments, { agentId, date: shift.date });
    if (met?.pinned || assignments.some((assignment) => assignment.shift.id === shift.id)) return assignments;
    return [...assignments.filter((assignment) => assignment !== met), { agentId, shift, pinned: false }];
  });
}

/**
 * The shifts at these places changed one by one, such as to other times; where `change` answers null, and where a shift
 * is pinned, it stays as it is. A shift of the schedule stays that shift, and is wanted as it was edited.
 */
export function editShifts(
  document: PlanDocument,
  places: readonly RosterPlace[],
  change: (shift: Shift) => Shift | null,
): PlanDocument {
  return withAssignments(document, (assignments) => {
    const chosen = new Set(places.map((place) => at(assignments, place)));
    let isSame = true;
    const edited = assignments.map((assignment) => {
      const shift = chosen.has(assignment) && !assignment.pinned ? change(assignment.shift) : null;
      if (shift === null) return assignment;
      isSame = false;
      return { ...assignment, shift };
    });
    return isSame ? assignments : edited;
  });
}

/**
 * A shift with one of its ends, one of its breaks, or all of it moved by minutes; null where that makes no sense, such as
 * a break outside the shift, or a start on another day than the shift's.
 */
export function retimed(grid: IntervalGrid, shift: Shift, grip: ShiftGrip, minutes: number): Shift | null {
  const { startMinute, endMinute } = shift;
  const moved =
    typeof grip === "number"
      ? withActivityAt(shift, grip, (shift.activities[grip]?.startMinute ?? 0) + minutes)
      : withTimes(
          shift,
          grip === "end" ? startMinute : startMinute + minutes,
          grip === "start" ? endMinute : endMinute + minutes,
        );
  if (moved === null || !startsOnItsDay(grid, moved)) return null;
  // Moved as a whole, a shift leaves the meetings that others hold at their time.
  return grip === "whole" ? withoutAnyMeeting(moved) : moved;
}

function startsOnItsDay(grid: IntervalGrid, { date, startMinute }: Shift): boolean {
  return startMinute >= startOfDayMinute(grid, date) && startMinute < endOfDayMinute(grid, date);
}

/** Takes shifts off: they are open again, or gone if they were beyond the schedule. */
export function takeShiftsOff(document: PlanDocument, places: readonly RosterPlace[]): PlanDocument {
  return withAssignments(document, (assignments) => {
    const taken = new Set(places.map((place) => at(assignments, place)).filter((found) => !found?.pinned));
    const rest = assignments.filter((assignment) => !taken.has(assignment));
    return rest.length === assignments.length ? assignments : rest;
  });
}

/** Pins the shifts at these places, or frees them where all are pinned. */
export function togglePins(document: PlanDocument, places: readonly RosterPlace[]): PlanDocument {
  const wanted = new Set(places.map(placeKey));
  const chosen = ({ agentId, shift: { date } }: Assignment) => wanted.has(placeKey({ agentId, date }));
  const found = document.results.roster?.value.assignments.filter(chosen) ?? [];
  return pinShifts(document, chosen, !found.every(({ pinned }) => pinned));
}

/** Pins or frees every shift that `chosen` accepts. */
export function pinShifts(
  document: PlanDocument,
  chosen: (assignment: Assignment) => boolean,
  pinned: boolean,
): PlanDocument {
  return withAssignments(document, (assignments) =>
    assignments.map((assignment) =>
      chosen(assignment) && assignment.pinned !== pinned ? { ...assignment, pinned } : assignment,
    ),
  );
}

/**
 * Open shifts given out as far as things stand, then fixes made in the plan, one after the other, with the shifts given
 * out that prove each. Shifts that were up to date stay so: they are what the fixes are for.
 */
export function applyFixes(
  document: PlanDocument,
  { already, fixes }: Pick<OpenShiftsReport, "already" | "fixes">,
  newName: (number: number) => string,
): PlanDocument {
  const roster = document.results.roster?.value;
  if (roster === undefined) return document;
  let { plan } = document;
  for (const { fix } of fixes) plan = withFix(plan, fix, newName(plan.agents.length + 1));
  const present = new Set(document.plan.agents.map(({ id }) => id));
  const newcomers = withOwnKeys(
    plan.agents.filter(({ id }) => !present.has(id)),
    takenKeys(document.plan.agents, document.published),
  );
  plan = { ...plan, agents: [...plan.agents.filter(({ id }) => present.has(id)), ...newcomers] };
  const shifts = new Map(
    [...roster.unassigned, ...roster.assignments.map(({ shift }) => shift)].map((shift) => [shift.id, shift]),
  );
  return judgedRoster(withShiftsKept(document, { ...document, plan }), (assignments) => {
    const holders = new Map(
      assignments.map((one) => [placeKey({ agentId: one.agentId, date: one.shift.date }), one]),
    );
    for (const { agentId, shiftId } of [already, ...fixes].flatMap(({ given }) => given)) {
      const shift = shifts.get(shiftId);
      if (shift !== undefined)
        holders.set(placeKey({ agentId, date: shift.date }), { agentId, shift, pinned: false });
    }
    return [...holders.values()];
  });
}

/** These people are away on these days: no shift, and none to be given; the plan says so too. */
export function callInSick(document: PlanDocument, places: readonly RosterPlace[]): PlanDocument {
  const away = withDaysOff(document, places, (daysOff, dates) => [...new Set([...daysOff, ...dates])].sort());
  const gone = new Set(places.map(placeKey));
  return away === document
    ? document
    : judgedRoster(withShiftsKept(document, away), (assignments) =>
        assignments.filter(({ agentId, shift: { date } }) => !gone.has(placeKey({ agentId, date }))),
      );
}

/** These people may be given shifts on these days again. */
export function endAbsence(document: PlanDocument, places: readonly RosterPlace[]): PlanDocument {
  const back = withDaysOff(document, places, (daysOff, dates) =>
    daysOff.filter((date) => !dates.includes(date)),
  );
  return back === document ? document : judgedRoster(withShiftsKept(document, back));
}

/** Shifts that were up to date stay so: who is away for a day is a matter of the roster. */
function withShiftsKept(before: PlanDocument, after: PlanDocument): PlanDocument {
  const { schedule } = after.results;
  const inputKey = stageInputKey("schedule", after);
  if (schedule === null || inputKey === null || stageFreshness("schedule", before) !== "fresh") return after;
  return { ...after, results: { ...after.results, schedule: { ...schedule, inputKey } } };
}

function withDaysOff(
  document: PlanDocument,
  places: readonly RosterPlace[],
  change: (daysOff: readonly LocalDate[], dates: readonly LocalDate[]) => LocalDate[],
): PlanDocument {
  let changed = document;
  for (const agentId of new Set(places.map((place) => place.agentId)))
    changed = withAgent(changed, agentId, (agent) => {
      const dates = places.filter((place) => place.agentId === agentId).map(({ date }) => date);
      const daysOff = change(agent.daysOff, dates);
      return daysOff.length === agent.daysOff.length ? agent : { ...agent, daysOff };
    });
  return changed;
}

/** The days of an agent from one date to another, both included, as far as the roster goes. */
export function placesUntil(roster: Roster, { agentId, date }: RosterPlace, until: LocalDate): RosterPlace[] {
  const { grid } = roster;
  const places: RosterPlace[] = [];
  for (let day = dayOfDate(grid, date) ?? grid.dayCount; day < grid.dayCount; day++) {
    const on = dateOfDay(grid, day);
    if (on > until) break;
    places.push({ agentId, date: on });
  }
  return places;
}

/** Sets or clears (null) what these people wish for these days. */
export function setWish(
  document: PlanDocument,
  places: readonly RosterPlace[],
  wish: Omit<Wish, "date"> | null,
): PlanDocument {
  let changed = document;
  for (const place of places)
    changed = withAgent(changed, place.agentId, (agent) => {
      const others = agent.wishes.filter(({ date }) => date !== place.date);
      if (wish === null && others.length === agent.wishes.length) return agent;
      const wishes = wish === null ? others : [...others, { ...wish, date: place.date }];
      return { ...agent, wishes: wishes.sort((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0)) };
    });
  return changed === document ? document : judgedRoster(changed);
}

function withAgent(document: PlanDocument, agentId: string, change: (agent: Agent) => Agent): PlanDocument {
  const agents = document.plan.agents.map((agent) => (agent.id === agentId ? change(agent) : agent));
  return agents.every((agent, index) => agent === document.plan.agents[index])
    ? document
    : { ...document, plan: { ...document.plan, agents } };
}

/** Does beforehand what the first edit would have to wait for. */
export function prepareEdits(document: PlanDocument): void {
  const roster = document.results.roster?.value;
  if (roster) rosterProblem(document, roster.assignments);
}

function withoutAnyMeeting(shift: Shift): Shift {
  return withoutMeetings({ agentId: "", shift, pinned: false }, () => true).shift;
}

/** Meetings placed anew in the roster as it stands, such as after the roster was changed by hand. */
export function withMeetingsPlaced(document: PlanDocument): PlanDocument {
  const { plan, results } = document;
  const asked =
    results.requirement?.value.queues.map(({ queueId, scheduledAgents }) => ({
      queueId,
      agents: scheduledAgents,
    })) ?? [];
  return withAssignments(document, (assignments, { source }) => {
    const placed = placeMeetings(
      { grid: source.grid, groups: plan.groups, agents: plan.agents, asked },
      assignments,
      meetingsOf(plan.meetings ?? [], plan.agents),
    );
    return placed.every((one, at) => one === assignments[at]) ? assignments : placed;
  });
}

function isSamePlace(a: RosterPlace, b: RosterPlace): boolean {
  return a.agentId === b.agentId && a.date === b.date;
}

function placeKey({ agentId, date }: RosterPlace): string {
  return `${agentId}\t${date}`;
}

function at(assignments: readonly Assignment[], { agentId, date }: RosterPlace): Assignment | undefined {
  return assignments.find((assignment) => assignment.agentId === agentId && assignment.shift.date === date);
}

/** The same shift on its own day, another like it elsewhere. */
function shiftOn(
  plan: PlanProblem,
  assignments: readonly Assignment[],
  shift: Shift,
  place: RosterPlace,
): Shift {
  return shift.date === place.date ? shift : likeOn(plan, assignments, shift, place);
}

/** An open shift of the model's kind on that day, or a copy beyond the schedule. */
function likeOn(
  plan: PlanProblem,
  assignments: readonly Assignment[],
  model: Shift,
  place: RosterPlace,
): Shift {
  const taken = new Set(assignments.map(({ shift }) => shift.id));
  const copy = copyOfShift(plan, withoutAnyMeeting(model), place.date, place.agentId, (id) => taken.has(id));
  // Around a change of the clocks the copy is of another kind than its model.
  const kind = plan.kindOf(copy);
  const open = plan.source.shifts.find(
    (shift) => shift.date === place.date && !taken.has(shift.id) && plan.kindOf(shift) === kind,
  );
  return open ?? copy;
}
