import { dateOfDay, type IntervalGrid } from "../../domain/interval-grid.ts";
import type { Plan } from "../../domain/plan.ts";
import type { Agent, Assignment, Roster } from "../../domain/roster.ts";
import type { Shift, ShiftTemplate } from "../../domain/shift.ts";

/** One agent's line of the roster grid, days aligned to the roster's grid. */
export interface RosterRow {
  readonly agent: Agent;
  readonly groupName: string;
  readonly cells: readonly RosterCell[];
  readonly paidMinutes: number;
  readonly wishes: number;
  readonly wishesGranted: number;
}

export interface RosterCell {
  readonly assignment: Assignment | null;
  /** Hard rules broken on this day, by name. */
  readonly broken: readonly string[];
  /** A wish for this day that was not granted. */
  readonly isRefused: boolean;
  /** The agent is away. */
  readonly isOff: boolean;
  /** Not as in the roster that a proposal would replace. */
  readonly isChanged: boolean;
}

/** What stands at the bottom of a day. */
export interface DayCover {
  readonly open: number;
  readonly extra: number;
}

/** Rows in the plan's order of agents; `before` is the roster that this one would replace. */
export function rosterRows(plan: Plan, roster: Roster, before: Roster | null): RosterRow[] {
  const { grid } = roster;
  const dayOf = daysByDate(grid);
  const groupName = new Map(plan.groups.map(({ id, name }) => [id, name]));
  const byAgent = new Map(plan.agents.map(({ id }) => [id, emptyDays<Assignment | null>(grid, () => null)]));
  for (const assignment of roster.assignments) {
    const day = dayOf.get(assignment.shift.date);
    const days = byAgent.get(assignment.agentId);
    if (days && day !== undefined) days[day] = assignment;
  }
  const former =
    before &&
    new Map(before.assignments.map((given) => [`${given.agentId} ${given.shift.date}`, given.shift]));
  const broken = new Map<string, string[]>();
  const refused = new Set<string>();
  for (const { rule, agentId, date, penalty } of roster.violations) {
    if (agentId === null || date === null) continue;
    const place = `${agentId} ${date}`;
    if (penalty !== null) refused.add(place);
    else if (broken.has(place)) broken.get(place)!.push(rule);
    else broken.set(place, [rule]);
  }
  const dates = datesOf(grid);
  return plan.agents.map((agent) => {
    const away = new Set(agent.daysOff);
    const days = byAgent.get(agent.id)!;
    const wishes = agent.wishes.filter(({ date }) => dayOf.has(date));
    const granted = wishes.filter(({ date }) => !refused.has(`${agent.id} ${date}`)).length;
    let paidMinutes = 0;
    const cells = dates.map((date, day): RosterCell => {
      const assignment = days[day];
      if (assignment) paidMinutes += paidMinutesOf(assignment.shift);
      const place = `${agent.id} ${date}`;
      return {
        assignment,
        broken: broken.get(place) ?? nothing,
        isRefused: refused.has(place),
        isOff: away.has(date),
        isChanged: former !== null && !isSameWork(former.get(place), assignment?.shift),
      };
    });
    return {
      agent,
      groupName: groupName.get(agent.groupId) ?? agent.groupId,
      cells,
      paidMinutes,
      wishes: wishes.length,
      wishesGranted: granted,
    };
  });
}
const nothing: readonly string[] = [];

function isSameWork(a: Shift | undefined, b: Shift | undefined): boolean {
  return (
    a?.templateId === b?.templateId && a?.startMinute === b?.startMinute && a?.endMinute === b?.endMinute
  );
}

/** Shifts nobody has and shifts beyond the schedule, per day. */
export function coverByDay(roster: Roster, schedule: readonly Shift[] | null): DayCover[] {
  const dayOf = daysByDate(roster.grid);
  const known = schedule && idsOf(schedule);
  const cover = emptyDays(roster.grid, () => ({ open: 0, extra: 0 }));
  for (const shift of roster.unassigned) {
    const day = cover[dayOf.get(shift.date) ?? -1];
    if (day) day.open++;
  }
  for (const { shift } of roster.assignments) {
    const day = cover[dayOf.get(shift.date) ?? -1];
    if (day && known && !known.has(shift.id)) day.extra++;
  }
  return cover;
}

/** A letter or two for each template, different from each other. */
export function templateCodes(templates: readonly ShiftTemplate[]): Map<string, string> {
  const codes = new Map<string, string>();
  for (const { id, name } of templates) {
    const letters = Array.from(name.trim() || id);
    const taken = new Set(codes.values());
    const first = letters[0].toUpperCase();
    const second =
      letters.slice(1).find((letter) => letter.trim() !== "" && !taken.has(first + letter)) ?? "";
    codes.set(id, taken.has(first) ? first + second : first);
  }
  return codes;
}

export function datesOf(grid: IntervalGrid): string[] {
  const known = dateLists.get(grid);
  if (known) return known;
  const dates = Array.from({ length: grid.dayCount }, (_, day) => dateOfDay(grid, day));
  dateLists.set(grid, dates);
  return dates;
}
const dateLists = new WeakMap<IntervalGrid, string[]>();

/** Day of each date of a grid. */
function daysByDate(grid: IntervalGrid): ReadonlyMap<string, number> {
  let days = dayMaps.get(grid);
  if (!days) {
    days = new Map(datesOf(grid).map((date, day) => [date, day]));
    dayMaps.set(grid, days);
  }
  return days;
}
const dayMaps = new WeakMap<IntervalGrid, ReadonlyMap<string, number>>();

function idsOf(shifts: readonly Shift[]): ReadonlySet<string> {
  let ids = idSets.get(shifts);
  if (!ids) {
    ids = new Set(shifts.map(({ id }) => id));
    idSets.set(shifts, ids);
  }
  return ids;
}
const idSets = new WeakMap<readonly Shift[], ReadonlySet<string>>();

function emptyDays<T>(grid: IntervalGrid, make: () => T): T[] {
  return Array.from({ length: grid.dayCount }, make);
}

function paidMinutesOf(shift: Shift): number {
  let minutes = 0;
  for (const activity of shift.activities)
    if (activity.paid) minutes += activity.endMinute - activity.startMinute;
  return minutes;
}
