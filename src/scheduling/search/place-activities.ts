import { weekdayOf } from "../../domain/calendar/clock.ts";
import { dateOfDay, type IntervalGrid, intervalAt } from "../../domain/calendar/interval-grid.ts";
import type { Issue } from "../../domain/outcome.ts";
import type { Activity, ActivityRule, Shift } from "../../domain/plan/shift.ts";
import { greatestCommonDivisor } from "../../numerics/greatest-common-divisor.ts";
import { type AgentAllocation, allocateAgents } from "../problem/agent-allocation.ts";
import { blockOfShifts } from "../problem/build-block.ts";
import type { ScheduleTerms, ShiftBlock } from "../problem/shift-block.ts";

/** A session that is held: when, and in which shifts (by index). */
interface Session {
  readonly rule: ActivityRule;
  readonly number: number;
  /** Indices of the shifts whose people are bound to it because they are pinned. */
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
 * Where a session would break a queue's hard minimum it is not held.
 */
export function placeActivities(
  terms: ScheduleTerms,
  given: readonly Shift[],
  pinnedIds: ReadonlySet<string>,
): readonly Shift[] {
  const shifts = given.map((shift) => (pinnedIds.has(shift.id) ? shift : withoutSessions(shift)));
  const rules = [...(terms.settings.activities ?? [])].sort((a, b) => personMinutes(b) - personMinutes(a));
  if (rules.length === 0) return shifts;
  const room = openRoom(terms, shifts, pinnedIds);
  const sessions: Session[] = [];
  for (const rule of rules) {
    for (let number = 1; number <= rule.sessions; number++) {
      const bound = shifts.flatMap(({ activities }, index) =>
        activities.some((a) => a.ruleId === rule.id && a.session === number) ? [index] : [],
      );
      if (bound.length >= rule.peopleTogether) continue;
      const session: Session = { rule, number, bound, start: 0, people: [] };
      if (holdSession(room, session)) sessions.push(session);
    }
  }
  for (let pass = 0; pass < passes; pass++) {
    for (const session of sessions) {
      freeSession(room, session);
      holdSession(room, session);
    }
  }
  const seats = seatsOf(sessions);
  return shifts.map((shift, index) => withSessions(shift, seats.get(index) ?? []));
}

function personMinutes({ lengthMinutes, peopleTogether }: ActivityRule): number {
  return lengthMinutes * peopleTogether;
}

/** How many sessions of a rule have everybody they need. */
export function sessionsHeld(rule: ActivityRule, shifts: readonly Shift[]): number {
  const people = new Map<number, number>();
  for (const { activities } of shifts)
    for (const { ruleId, session } of activities)
      if (ruleId === rule.id && session !== undefined) people.set(session, (people.get(session) ?? 0) + 1);
  return [...people.values()].filter((count) => count >= rule.peopleTogether).length;
}

/** One warning for each rule whose sessions did not all find room. */
export function activityIssues(rules: readonly ActivityRule[], shifts: readonly Shift[]): Issue[] {
  return [...rules]
    .sort((a, b) => personMinutes(b) - personMinutes(a))
    .flatMap((rule): Issue[] => {
      const missing = rule.sessions - sessionsHeld(rule, shifts);
      if (missing <= 0) return [];
      return [
        {
          code: "shifts.activityNotPlaced",
          severity: "warning",
          values: { activity: rule.name, missing, sessions: rule.sessions },
        },
      ];
    });
}

/** Sessions as activities of shifts, by the index of the shift. */
function seatsOf(sessions: readonly Session[]): Map<number, Activity[]> {
  const seats = new Map<number, Activity[]>();
  for (const { rule, number, start, people } of sessions)
    for (const index of people)
      seats.set(index, [
        ...(seats.get(index) ?? []),
        {
          kind: rule.kind,
          startMinute: start,
          endMinute: start + rule.lengthMinutes,
          paid: true,
          ruleId: rule.id,
          session: number,
        },
      ]);
  return seats;
}

/** Who is free when, as sessions come and go. */
interface Room {
  readonly grid: IntervalGrid;
  readonly shifts: readonly Shift[];
  readonly block: ShiftBlock;
  readonly allocation: AgentAllocation;
  /** Index of each shift's group; −1: the plan does not have it. */
  readonly groupOf: readonly number[];
  /** Indices of the shifts that may take part, by the date on which they start. */
  readonly byDate: ReadonlyMap<string, readonly number[]>;
  /** Sessions of each shift. */
  readonly taken: { readonly rule: string; readonly start: number; readonly end: number }[][];
}

function openRoom(terms: ScheduleTerms, shifts: readonly Shift[], pinnedIds: ReadonlySet<string>): Room {
  const { grid } = terms.requirement;
  const slotMinutes = [
    ...(terms.settings.activities ?? []).map(({ lengthMinutes }) => lengthMinutes),
    ...shifts.flatMap(({ activities }) => activities.map(({ startMinute }) => startMinute)),
  ].reduce(greatestCommonDivisor, grid.intervalMinutes);
  const block = blockOfShifts(terms, shifts, 0, grid.dayCount, slotMinutes);
  const groupOf = shifts.map(({ groupId }) => terms.groups.findIndex(({ id }) => id === groupId));
  const byDate = new Map<string, number[]>();
  for (const [index, { date, id }] of shifts.entries())
    if (!pinnedIds.has(id) && groupOf[index] >= 0) byDate.set(date, [...(byDate.get(date) ?? []), index]);
  return {
    grid,
    shifts,
    block,
    allocation: allocateAgents(block),
    groupOf,
    byDate,
    taken: shifts.map(() => []),
  };
}

/** Holds a session where it costs least; false when nowhere enough people are free. */
function holdSession(room: Room, session: Session): boolean {
  const { rule, bound } = session;
  const fixedStart =
    bound[0] === undefined
      ? null
      : (room.shifts[bound[0]].activities.find((a) => a.ruleId === rule.id && a.session === session.number)
          ?.startMinute ?? null);
  let best: ReturnType<typeof attendantsAt> = null;
  for (const { start, date } of startsOf(rule, room.grid)) {
    if (fixedStart !== null && fixedStart !== start) continue;
    const attendants = attendantsAt(room, session, start, date);
    if (attendants !== null && (best === null || attendants.cost < best.cost - 1e-9)) best = attendants;
  }
  if (best === null) return false;
  session.start = best.start;
  session.people = best.people;
  const end = best.start + rule.lengthMinutes;
  for (const index of best.people) {
    moveAgent(room, room.groupOf[index], best.start, end, "leave");
    room.taken[index].push({ rule: rule.id, start: best.start, end });
  }
  return true;
}

function freeSession(room: Room, { rule, start, people }: Session): void {
  for (const index of people) {
    moveAgent(room, room.groupOf[index], start, start + rule.lengthMinutes, "return");
    room.taken[index] = room.taken[index].filter((other) => other.rule !== rule.id);
  }
}

/** Who would attend a session at `start`, cheapest first, and what that costs; null: too few are free. */
function attendantsAt(room: Room, session: Session, start: number, date: string) {
  const { shifts, groupOf, taken } = room;
  const { rule, bound } = session;
  const end = start + rule.lengthMinutes;
  const wanted = rule.peopleTogether - bound.length;
  const free = new Map<number, number[]>();
  for (const index of room.byDate.get(date) ?? [])
    if (isFree(shifts[index], taken[index], rule, start))
      free.set(groupOf[index], [...(free.get(groupOf[index]) ?? []), index]);
  for (const list of free.values()) list.sort((a, b) => taken[a].length - taken[b].length || a - b);
  const belowMinimum = agentsBelowMinimum(room, start, end);
  const people: number[] = [];
  let cost = 0;
  while (people.length < wanted) {
    let best: readonly [number, number[]] | null = null;
    let least = Number.POSITIVE_INFINITY;
    for (const [group, list] of free) {
      if (list.length === 0) continue;
      const change = moveAgent(room, group, start, end, "leave");
      moveAgent(room, group, start, end, "return");
      if (change < least) {
        least = change;
        best = [group, list];
      }
    }
    if (best === null) break;
    moveAgent(room, best[0], start, end, "leave");
    cost += least;
    people.push(best[1].shift() as number);
  }
  const breaksMinimum = agentsBelowMinimum(room, start, end) > belowMinimum;
  for (const index of people) moveAgent(room, groupOf[index], start, end, "return");
  return people.length === wanted && !breaksMinimum ? { start, people, cost } : null;
}

function isFree(shift: Shift, taken: Room["taken"][number], rule: ActivityRule, start: number): boolean {
  const end = start + rule.lengthMinutes;
  if (rule.groupIds.length > 0 && !rule.groupIds.includes(shift.groupId)) return false;
  const works = shift.activities.some(
    (a) => a.kind === "work" && a.startMinute <= start && a.endMinute >= end,
  );
  return (
    works && taken.every((other) => other.rule !== rule.id && (other.end <= start || other.start >= end))
  );
}

/** An agent of a group leaves the queues for a session, or returns to them; returns by how much penalties change. */
function moveAgent(
  { block, allocation }: Room,
  group: number,
  start: number,
  end: number,
  direction: "leave" | "return",
): number {
  let change = 0;
  for (let slot = start / block.slotMinutes; slot < end / block.slotMinutes; slot++)
    change += direction === "leave" ? allocation.remove(group, slot) : allocation.add(group, slot);
  return change;
}

/** Agents missing at hard minimums, summed over queues and slots. */
function agentsBelowMinimum({ block, allocation }: Room, start: number, end: number): number {
  let missing = 0;
  for (let queue = 0; queue < block.queueCount; queue++)
    for (let slot = start / block.slotMinutes; slot < end / block.slotMinutes; slot++) {
      const at = queue * block.slotCount + slot;
      missing += Math.max(0, block.minimum[at] - allocation.staff[at]);
    }
  return missing;
}

/** Starts that a rule allows, every interval of the grid, with the date on which shifts that could hold them begin. */
function startsOf(
  { weekdays, fromMinute, toMinute, lengthMinutes }: ActivityRule,
  grid: IntervalGrid,
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
    const isWork = kind === "work" || activity.ruleId !== undefined;
    const last = activities.at(-1);
    if (isWork && last?.kind === "work") activities[activities.length - 1] = { ...last, endMinute };
    else activities.push(isWork ? { kind: "work", startMinute, endMinute, paid } : activity);
  }
  return { ...shift, activities };
}

/** The shift with sessions cut out of its stretches of work. */
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
