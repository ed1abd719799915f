import { weekdayOf } from "../../domain/calendar/clock.ts";
import { dateOfDay, intervalAt } from "../../domain/calendar/interval-grid.ts";
import type { Issue } from "../../domain/outcome.ts";
import type { Activity, ActivityRule, Shift } from "../../domain/plan/shift.ts";
import type { ScheduleTerms } from "../check/schedule-of-shifts.ts";
import type { ShiftBlock } from "../problem/shift-block.ts";
import { buildBlock, greatestCommonDivisor } from "../problem/shift-problem.ts";
import { createFloor, type Floor } from "./floor.ts";

export interface PlacedActivities {
  readonly shifts: readonly Shift[];
  /** One warning for each rule whose sessions did not all find room. */
  readonly issues: readonly Issue[];
  /** Hours of people in sessions of free shifts. */
  readonly hours: number;
}

/** A session that is held: when, and in which shifts (by index). */
interface Session {
  readonly rule: ActivityRule;
  readonly number: number;
  /** Index of the shift whose people are bound to it because they are pinned. */
  readonly bound: readonly number[];
  start: number;
  people: readonly number[];
}

/** How often every session is taken out and placed again once all are placed. */
const passes = 2;

/**
 * Puts the sessions of activities into shifts: each where taking its people off the queues costs least, the longest and
 * largest first, then each once more among the others. People of one session leave from the groups that lose least; a
 * shift takes part in a rule once, and a session lies within one stretch of work. Pinned shifts keep what they have.
 */
export function placeActivities(
  terms: ScheduleTerms,
  given: readonly Shift[],
  pinnedIds: ReadonlySet<string>,
): PlacedActivities {
  const rules = terms.settings.activities ?? [];
  const shifts = given.map((shift) => (pinnedIds.has(shift.id) ? shift : withoutSessions(shift)));
  if (rules.length === 0) return { shifts, issues: [], hours: 0 };
  const { grid } = terms.requirement;
  const slotMinutes = [
    ...rules.map(({ lengthMinutes }) => lengthMinutes),
    ...shifts.flatMap(({ activities }) => activities.map(({ startMinute }) => startMinute)),
  ].reduce(greatestCommonDivisor, grid.intervalMinutes);
  const slots = grid.dayOffsets[grid.dayCount] * (grid.intervalMinutes / slotMinutes);
  const block = buildBlock({ ...terms, pinned: shifts }, [], 0, 0, slots, slotMinutes);
  const floor = createFloor(block);
  const room = roomOf(terms, shifts, pinnedIds, block, floor);
  const sessions: Session[] = [];
  const issues: Issue[] = [];
  const ordered = [...rules].sort((a, b) => size(b) - size(a));
  for (const rule of ordered) {
    let missing = 0;
    for (let number = 1; number <= rule.sessions; number++) {
      const bound = shifts.flatMap(({ activities }, index) =>
        activities.some((a) => a.ruleId === rule.id && a.session === number) ? [index] : [],
      );
      const session: Session = { rule, number, bound, start: 0, people: [] };
      if (bound.length >= rule.peopleTogether) continue;
      if (room.hold(session)) sessions.push(session);
      else missing++;
    }
    if (missing > 0)
      issues.push({
        code: "shifts.activityNotPlaced",
        severity: "warning",
        values: { activity: rule.name, missing, sessions: rule.sessions },
      });
  }
  for (let pass = 0; pass < passes; pass++) {
    for (const session of sessions) {
      room.free(session);
      room.hold(session);
    }
  }
  const added = new Map<number, Activity[]>();
  for (const { rule, number, start, people } of sessions)
    for (const index of people)
      added.set(index, [
        ...(added.get(index) ?? []),
        {
          kind: rule.kind,
          startMinute: start,
          endMinute: start + rule.lengthMinutes,
          paid: true,
          ruleId: rule.id,
          session: number,
        },
      ]);
  return {
    shifts: shifts.map((shift, index) => withSessions(shift, added.get(index) ?? [])),
    issues,
    hours: sessions.reduce((sum, { rule, people }) => sum + (people.length * rule.lengthMinutes) / 60, 0),
  };
}

function size({ lengthMinutes, peopleTogether }: ActivityRule): number {
  return lengthMinutes * peopleTogether;
}

/** Who is free when, as sessions come and go. */
function roomOf(
  terms: ScheduleTerms,
  shifts: readonly Shift[],
  pinnedIds: ReadonlySet<string>,
  block: ShiftBlock,
  floor: Floor,
) {
  const { grid } = terms.requirement;
  const groupOf = shifts.map(({ groupId }) => terms.groups.findIndex(({ id }) => id === groupId));
  const byDate = new Map<string, number[]>();
  for (const [index, { date, id }] of shifts.entries())
    if (!pinnedIds.has(id) && groupOf[index] >= 0) byDate.set(date, [...(byDate.get(date) ?? []), index]);
  /** Sessions of each shift. */
  const taken: { readonly rule: string; readonly start: number; readonly end: number }[][] = shifts.map(
    () => [],
  );

  function isFree(index: number, rule: ActivityRule, start: number): boolean {
    const end = start + rule.lengthMinutes;
    if (rule.groupIds.length > 0 && !rule.groupIds.includes(shifts[index].groupId)) return false;
    const works = shifts[index].activities.some(
      (a) => a.kind === "work" && a.startMinute <= start && a.endMinute >= end,
    );
    return (
      works &&
      taken[index].every((other) => other.rule !== rule.id && (other.end <= start || other.start >= end))
    );
  }

  /** Takes an agent of a group off the floor for a session, or puts one back; says by how much penalties change. */
  function move(group: number, start: number, end: number, leave: boolean): number {
    let change = 0;
    for (let slot = start / block.slotMinutes; slot < end / block.slotMinutes; slot++)
      change += leave ? floor.remove(group, slot) : floor.add(group, slot);
    return change;
  }

  /** Whom a session at `start` would take, cheapest first, and what that costs; null: too few are free. */
  function crewAt(session: Session, start: number, date: string) {
    const { rule, bound } = session;
    const end = start + rule.lengthMinutes;
    const free = new Map<number, number[]>();
    for (const index of byDate.get(date) ?? [])
      if (isFree(index, rule, start)) free.set(groupOf[index], [...(free.get(groupOf[index]) ?? []), index]);
    for (const list of free.values()) list.sort((a, b) => taken[a].length - taken[b].length || a - b);
    const people: number[] = [];
    let cost = 0;
    while (people.length < rule.peopleTogether - bound.length) {
      let best = -1;
      let least = Number.POSITIVE_INFINITY;
      for (const [group, list] of free) {
        if (list.length === 0) continue;
        const change = move(group, start, end, true);
        move(group, start, end, false);
        if (change < least) {
          least = change;
          best = group;
        }
      }
      const next = free.get(best)?.shift();
      if (next === undefined) break;
      move(best, start, end, true);
      cost += least;
      people.push(next);
    }
    for (const index of people) move(groupOf[index], start, end, false);
    return people.length === rule.peopleTogether - bound.length ? { start, people, cost } : null;
  }

  return {
    /** Holds a session where it costs least; false when nowhere enough people are free. */
    hold(session: Session): boolean {
      const { rule, bound } = session;
      let best: ReturnType<typeof crewAt> = null;
      for (const { start, date } of startsOf(rule, grid)) {
        const fixed =
          bound[0] === undefined ? undefined : shifts[bound[0]].activities.find((a) => a.ruleId === rule.id);
        if (fixed !== undefined && fixed.startMinute !== start) continue;
        const found = crewAt(session, start, date);
        if (found !== null && (best === null || found.cost < best.cost - 1e-9)) best = found;
      }
      if (best === null) return false;
      session.start = best.start;
      session.people = best.people;
      for (const index of best.people) {
        move(groupOf[index], best.start, best.start + rule.lengthMinutes, true);
        taken[index].push({ rule: rule.id, start: best.start, end: best.start + rule.lengthMinutes });
      }
      return true;
    },
    free({ rule, start, people }: Session): void {
      for (const index of people) {
        move(groupOf[index], start, start + rule.lengthMinutes, false);
        taken[index] = taken[index].filter((other) => other.rule !== rule.id);
      }
    },
  };
}

/** Starts that a rule allows, every interval of the grid, with the date on which shifts that could hold them begin. */
function startsOf(
  { weekdays, fromMinute, toMinute, lengthMinutes }: ActivityRule,
  grid: ScheduleTerms["requirement"]["grid"],
): { readonly start: number; readonly date: string }[] {
  return Array.from({ length: grid.dayCount }, (_, day) => dateOfDay(grid, day)).flatMap((date) => {
    if (!weekdays.includes(weekdayOf(date))) return [];
    const starts: { start: number; date: string }[] = [];
    for (let minute = fromMinute; minute + lengthMinutes <= toMinute; minute += grid.intervalMinutes) {
      const interval = intervalAt(grid, date, minute);
      if (interval === null) continue;
      starts.push({ start: interval * grid.intervalMinutes + (minute % grid.intervalMinutes), date });
    }
    return starts;
  });
}

/** The shift with its placed activities turned back into work. */
function withoutSessions(shift: Shift): Shift {
  if (shift.activities.every(({ ruleId }) => ruleId === undefined)) return shift;
  const activities: Activity[] = [];
  for (const activity of shift.activities) {
    const { kind, startMinute, endMinute, paid } = activity;
    const work = kind === "work" || activity.ruleId !== undefined;
    const last = activities.at(-1);
    if (work && last?.kind === "work") activities[activities.length - 1] = { ...last, endMinute };
    else activities.push(work ? { kind: "work", startMinute, endMinute, paid } : activity);
  }
  return { ...shift, activities };
}

function withSessions(shift: Shift, sessions: readonly Activity[]): Shift {
  if (sessions.length === 0) return shift;
  const activities = shift.activities.flatMap((activity): Activity[] => {
    const inside = sessions
      .filter((s) => s.startMinute >= activity.startMinute && s.endMinute <= activity.endMinute)
      .sort((a, b) => a.startMinute - b.startMinute);
    if (activity.kind !== "work" || inside.length === 0) return [activity];
    const parts: Activity[] = [];
    let at = activity.startMinute;
    for (const session of inside) {
      if (session.startMinute > at)
        parts.push({ ...activity, startMinute: at, endMinute: session.startMinute });
      parts.push(session);
      at = session.endMinute;
    }
    if (at < activity.endMinute) parts.push({ ...activity, startMinute: at });
    return parts;
  });
  return { ...shift, activities };
}
