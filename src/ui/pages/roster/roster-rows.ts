import { dateOfDay, type IntervalGrid } from "../../../domain/calendar/interval-grid.ts";
import { memoizeByObject } from "../../../domain/memo.ts";
import type { Plan } from "../../../domain/plan/plan.ts";
import {
  type Agent,
  type Assignment,
  isEmployedOn,
  type Roster,
  type Violation,
} from "../../../domain/plan/roster.ts";
import type { Shift } from "../../../domain/plan/shift.ts";

/** One agent's line of the roster grid, days aligned to the roster's grid. */
export interface RosterRow {
  readonly agent: Agent;
  /** Place in the plan's list of agents. */
  readonly number: number;
  readonly groupName: string;
  readonly cells: readonly RosterCell[];
  readonly paidMinutes: number;
  readonly wishes: number;
  readonly wishesGranted: number;
}

export interface RosterCell {
  readonly assignment: Assignment | null;
  /** Rules broken on this day, hard ones first. */
  readonly broken: readonly Violation[];
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

interface Own {
  readonly assignments: Assignment[];
  readonly violations: Violation[];
}

/**
 * Makes rows, again and again: a row whose agent, shifts and broken rules are as they were is the same object as
 * before, so that after an edit only the rows it touched are made and drawn anew.
 */
export function rowMaker(): (plan: Plan, roster: Roster, before: Roster | null) => readonly RosterRow[] {
  let frame: readonly unknown[] = [];
  let known = new Map<string, { readonly own: Own; readonly row: RosterRow }>();
  return (plan, roster, before) => {
    const { grid } = roster;
    const parts = [grid, plan.groups, before];
    const isSameFrame = parts.every((part, index) => part === frame[index]);
    const groupNames = new Map(plan.groups.map(({ id, name }) => [id, name]));
    const owned = new Map<string, Own>(
      plan.agents.map(({ id }) => [id, { assignments: [], violations: [] }]),
    );
    for (const assignment of roster.assignments) owned.get(assignment.agentId)?.assignments.push(assignment);
    for (const violation of roster.violations)
      if (violation.agentId !== null && !isChange(violation))
        owned.get(violation.agentId)?.violations.push(violation);
    const former = new Map<string, Shift>();
    if (before !== null && !isSameFrame)
      for (const { agentId, shift } of before.assignments) former.set(`${agentId} ${shift.date}`, shift);
    const formerOf = before === null ? null : isSameFrame ? (frame[3] as typeof former) : former;
    const next: typeof known = new Map();
    const rows = plan.agents.map((agent, number) => {
      const own = owned.get(agent.id)!;
      const last = isSameFrame ? known.get(agent.id) : undefined;
      const row =
        last && last.row.agent === agent && last.row.number === number && isSameOwn(last.own, own)
          ? last.row
          : rowOf(agent, number, groupNames.get(agent.groupId) ?? agent.groupId, own, grid, formerOf);
      next.set(agent.id, { own, row });
      return row;
    });
    known = next;
    frame = [...parts, formerOf];
    return rows;
  };
}

function isSameOwn(a: Own, b: Own): boolean {
  return (
    a.assignments.length === b.assignments.length &&
    a.violations.length === b.violations.length &&
    a.assignments.every((assignment, index) => assignment === b.assignments[index]) &&
    a.violations.every(
      ({ rule, date, penalty }, index) =>
        rule === b.violations[index].rule &&
        date === b.violations[index].date &&
        penalty === b.violations[index].penalty,
    )
  );
}

function rowOf(
  agent: Agent,
  number: number,
  groupName: string,
  own: Own,
  grid: IntervalGrid,
  former: ReadonlyMap<string, Shift> | null,
): RosterRow {
  const dayOf = daysByDate(grid);
  const given = new Array<Assignment | null>(grid.dayCount).fill(null);
  let paidMinutes = 0;
  for (const assignment of own.assignments) {
    const day = dayOf.get(assignment.shift.date);
    if (day === undefined) continue;
    given[day] = assignment;
    paidMinutes += paidMinutesOf(assignment.shift);
  }
  const broken = new Map<number, Violation[]>();
  const refused = new Set<string>();
  for (const violation of own.violations) {
    const day = violation.date === null ? undefined : dayOf.get(violation.date);
    if (day === undefined) continue;
    if (isRefusal(violation)) refused.add(violation.date!);
    const list = broken.get(day);
    if (list === undefined) broken.set(day, [violation]);
    else if (violation.penalty === null) list.unshift(violation);
    else list.push(violation);
  }
  const away = new Set(agent.daysOff);
  const wishes = agent.wishes.filter(({ date }) => dayOf.has(date));
  return {
    agent,
    number,
    groupName,
    cells: datesOf(grid).map((date, day): RosterCell => {
      const assignment = given[day];
      return {
        assignment,
        broken: broken.get(day) ?? nothing,
        isOff: away.has(date) || !isEmployedOn(agent, date),
        isChanged: former !== null && !isSameWork(former.get(`${agent.id} ${date}`), assignment?.shift),
      };
    }),
    paidMinutes,
    wishes: wishes.length,
    wishesGranted: wishes.filter(({ date }) => !refused.has(date)).length,
  };
}
const nothing: readonly Violation[] = [];

/** The price of a change stands in the cell by itself, as a change. */
export function isChange({ rule }: Violation): boolean {
  return rule === "changedDay";
}

export function isRefusal({ rule }: Violation): boolean {
  return rule === "shiftOnWish" || rule === "shiftOffWish";
}

function isSameWork(a: Shift | undefined, b: Shift | undefined): boolean {
  if (a === b || a === undefined || b === undefined) return a === b;
  return (
    a.templateId === b.templateId &&
    a.startMinute === b.startMinute &&
    a.endMinute === b.endMinute &&
    a.activities.length === b.activities.length &&
    a.activities.every(({ kind, startMinute, endMinute }, at) => {
      const other = b.activities[at];
      return kind === other.kind && startMinute === other.startMinute && endMinute === other.endMinute;
    })
  );
}

/** Shifts nobody has and shifts beyond the schedule, per day. */
export function coverByDay(roster: Roster, schedule: readonly Shift[] | null): DayCover[] {
  const dayOf = daysByDate(roster.grid);
  const known = schedule && idsOf(schedule);
  const cover = Array.from({ length: roster.grid.dayCount }, () => ({ open: 0, extra: 0 }));
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

export function datesOf(grid: IntervalGrid): readonly string[] {
  return [...daysByDate(grid).keys()];
}

/** Day of each date of a grid. */
const daysByDate = memoizeByObject(
  (grid: IntervalGrid): ReadonlyMap<string, number> =>
    new Map(Array.from({ length: grid.dayCount }, (_, day) => [dateOfDay(grid, day), day])),
);

const idsOf = memoizeByObject(
  (shifts: readonly Shift[]): ReadonlySet<string> => new Set(shifts.map(({ id }) => id)),
);

function paidMinutesOf(shift: Shift): number {
  let minutes = 0;
  for (const activity of shift.activities)
    if (activity.paid) minutes += activity.endMinute - activity.startMinute;
  return minutes;
}
