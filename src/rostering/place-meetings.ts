import { weekdayOf } from "../domain/calendar/clock.ts";
import {
  dateOfDay,
  dayOfInterval,
  type IntervalGrid,
  intervalAt,
  intervalCount,
} from "../domain/calendar/interval-grid.ts";
import { withActivity, withoutActivity } from "../domain/plan/edit-shift.ts";
import type { Meeting } from "../domain/plan/meeting.ts";
import type { AgentGroup } from "../domain/plan/queue.ts";
import type { Assignment } from "../domain/plan/roster.ts";
import type { Shift } from "../domain/plan/shift.ts";
import { planDays } from "./problem/plan-days.ts";

/** A meeting with its people by id, whatever team they are of. */
export type PlacedMeeting = Pick<
  Meeting,
  "id" | "kind" | "lengthMinutes" | "repeats" | "together" | "must" | "weekdays" | "fromMinute" | "toMinute"
> & { readonly agentIds: readonly string[] };

/** What meetings are placed by: who serves which queues, and how many are wanted there. */
export interface MeetingTerms {
  readonly grid: IntervalGrid;
  readonly groups: readonly Pick<AgentGroup, "id" | "queueIds">[];
  readonly agents: readonly { readonly id: string; readonly groupId: string }[];
  /** Agents to have in shifts per interval, by queue. */
  readonly asked: readonly { readonly queueId: string; readonly agents: Float64Array }[];
}

/** When a person takes part in a meeting: in which week of the period, and from which minute of the grid. */
export interface Attendance {
  readonly meetingId: string;
  readonly agentId: string;
  /** Of the weeks, from Monday to Sunday, in which it can be held, from 0; always 0 for a meeting held once. */
  readonly week: number;
  /** null: does not take part. */
  readonly startMinute: number | null;
}

/**
 * Places meetings in the shifts of a roster, where they take least from the queues.
 *
 * Assumptions: a meeting lies whole within one stretch of work, so it never moves a break; a queue misses only whom the
 * requirement wants beyond those who stay. Groups that share a queue, directly or over others, count as one pool.
 *
 * Pinned shifts take part: a pin holds who works when, and not which part of it is a meeting.
 *
 * Method: meetings of before are taken out; then one meeting after the other, `must` first and long before short. All
 * together: of every start in the window the one at which most can come, of those the one with the least shortage added
 * (sum over the intervals of the growth of the squared shortage of each pool), of those the one that takes the least
 * share of who is there, of those the earliest. In turns: the same for each person, each knowing who is already away. A
 * meeting that need not be held is held only where it adds no shortage, and together only where two can come.
 *
 * @returns the same assignments in their order; a shift in which nothing changed is the same object
 */
export function placeMeetings(
  terms: MeetingTerms,
  assignments: readonly Assignment[],
  meetings: readonly PlacedMeeting[],
): Assignment[] {
  const placed = assignments.map((assignment) => withoutMeetings(assignment, () => true));
  if (meetings.length === 0) return placed;
  const staffing = staffingOf(terms, placed);
  const shiftsOf = new Map<string, number[]>();
  for (const [at, { agentId }] of placed.entries())
    shiftsOf.set(agentId, [...(shiftsOf.get(agentId) ?? []), at]);
  const order = [...meetings].sort(
    (a, b) => Number(b.must) - Number(a.must) || b.lengthMinutes - a.lengthMinutes,
  );
  for (const meeting of order)
    for (const starts of startsByWeek(terms.grid, meeting)) {
      const parties = meeting.together ? [meeting.agentIds] : meeting.agentIds.map((id) => [id]);
      for (const party of parties) hold(meeting, party, starts);
    }
  return placed.map((one, at) => (isSameWork(one.shift, assignments[at].shift) ? assignments[at] : one));

  function hold(meeting: PlacedMeeting, party: readonly string[], starts: readonly number[]): void {
    let best: { readonly start: number; readonly who: number[]; readonly rank: readonly number[] } | null =
      null;
    for (const start of starts) {
      const end = start + meeting.lengthMinutes;
      const who = party.flatMap((id) =>
        (shiftsOf.get(id) ?? []).filter((at) => isWorking(placed[at].shift, start, end)).slice(0, 1),
      );
      if (who.length === 0 || (!meeting.must && who.length < Math.min(2, party.length))) continue;
      const { shortage, share } = staffing.cost(
        who.map((at) => placed[at].agentId),
        start,
        end,
      );
      if (!meeting.must && shortage > 1e-9) continue;
      const rank = [-who.length, shortage, share, start];
      if (best === null || isBefore(rank, best.rank)) best = { start, who, rank };
    }
    if (best === null) return;
    const end = best.start + meeting.lengthMinutes;
    staffing.take(
      best.who.map((at) => placed[at].agentId),
      best.start,
      end,
    );
    for (const at of best.who) {
      const activity = { kind: meeting.kind, startMinute: best.start, endMinute: end, paid: true };
      const shift = withActivity(placed[at].shift, { ...activity, ruleId: meeting.id });
      if (shift !== null) placed[at] = { ...placed[at], shift };
    }
  }
}

/** An assignment with work where meetings of its own were, that `isGone` names by their rule. */
export function withoutMeetings(assignment: Assignment, isGone: (ruleId: string) => boolean): Assignment {
  let { shift } = assignment;
  for (;;) {
    // Sessions of the shift stage are numbered; those of a roster are not.
    const at = shift.activities.findIndex(
      ({ kind, ruleId, session }) =>
        kind !== "work" && ruleId !== undefined && session === undefined && isGone(ruleId),
    );
    const without = at < 0 ? null : withoutActivity(shift, at);
    if (without === null) break;
    shift = without;
  }
  return shift === assignment.shift ? assignment : { ...assignment, shift };
}

/** Who takes part in which meeting when, week after week, and who does not. */
export function attendanceOf(
  grid: IntervalGrid,
  meetings: readonly PlacedMeeting[],
  assignments: readonly Assignment[],
): Attendance[] {
  const weekOf = planDays(grid).weekOfDay;
  return meetings.flatMap((meeting) =>
    startsByWeek(grid, meeting).flatMap((starts, week) =>
      meeting.agentIds.map((agentId): Attendance => {
        const held = assignments
          .filter((assignment) => assignment.agentId === agentId)
          .flatMap(({ shift }) => shift.activities)
          .filter(({ ruleId }) => ruleId === meeting.id)
          .find(
            ({ startMinute }) =>
              meeting.repeats === "once" ||
              weekAt(grid, weekOf, startMinute) === weekAt(grid, weekOf, starts[0]),
          );
        return { meetingId: meeting.id, agentId, week, startMinute: held?.startMinute ?? null };
      }),
    ),
  );
}

function weekAt(grid: IntervalGrid, weekOfDay: readonly number[], minute: number): number {
  // Past the last midnight it is still the last day's night.
  const last = intervalCount(grid) - 1;
  return weekOfDay[dayOfInterval(grid, Math.min(last, Math.floor(minute / grid.intervalMinutes)))];
}

/** Starts in the meeting's window, a list for each week that has any; all in one list for a meeting held once. */
function startsByWeek(grid: IntervalGrid, meeting: PlacedMeeting): number[][] {
  const { weekOfDay } = planDays(grid);
  const byWeek = new Map<number, number[]>();
  for (let day = 0; day < grid.dayCount; day++) {
    const date = dateOfDay(grid, day);
    if (!meeting.weekdays.includes(weekdayOf(date))) continue;
    const week = meeting.repeats === "weekly" ? weekOfDay[day] : 0;
    const starts = byWeek.get(week) ?? [];
    byWeek.set(week, starts);
    const last = meeting.toMinute - meeting.lengthMinutes;
    for (let clock = meeting.fromMinute; clock <= last; clock += grid.intervalMinutes) {
      const interval = intervalAt(grid, date, clock);
      if (interval !== null) starts.push(interval * grid.intervalMinutes + (clock % grid.intervalMinutes));
    }
  }
  return [...byWeek.values()].filter((starts) => starts.length > 0);
}

function isWorking({ activities }: Shift, startMinute: number, endMinute: number): boolean {
  return activities.some(
    (one) => one.kind === "work" && one.startMinute <= startMinute && one.endMinute >= endMinute,
  );
}

function isSameWork(a: Shift, b: Shift): boolean {
  return JSON.stringify(a.activities) === JSON.stringify(b.activities);
}

function isBefore(a: readonly number[], b: readonly number[]): boolean {
  const at = a.findIndex((value, index) => Math.abs(value - b[index]) > 1e-9);
  return at >= 0 && a[at] < b[at];
}

/** Who is at work in each pool of groups, against how many are wanted there. */
function staffingOf(terms: MeetingTerms, assignments: readonly Assignment[]) {
  const { grid, groups, agents, asked } = terms;
  const count = intervalCount(grid);
  const poolOfGroup = poolsOf(groups);
  const pools = Math.max(0, ...poolOfGroup.values()) + 1;
  const poolOf = new Map(agents.map(({ id, groupId }) => [id, poolOfGroup.get(groupId) ?? 0]));
  const there = Array.from({ length: pools }, () => new Float64Array(count));
  const wanted = Array.from({ length: pools }, () => new Float64Array(count));
  for (const { queueId, agents: ofQueue } of asked) {
    const group = groups.find(({ queueIds }) => queueIds.includes(queueId));
    if (group === undefined) continue;
    const pool = wanted[poolOfGroup.get(group.id)!];
    for (let at = 0; at < count; at++) pool[at] += ofQueue[at] ?? 0;
  }
  for (const { agentId, shift } of assignments)
    for (const { kind, startMinute, endMinute } of shift.activities)
      if (kind === "work") add(there[poolOf.get(agentId) ?? 0], startMinute, endMinute, 1);

  function add(series: Float64Array, from: number, to: number, weight: number): void {
    for (const { at, share } of intervals(from, to)) series[at] += weight * share;
  }

  function intervals(from: number, to: number): { readonly at: number; readonly share: number }[] {
    const length = grid.intervalMinutes;
    const parts: { at: number; share: number }[] = [];
    for (let at = Math.max(0, Math.floor(from / length)); at < Math.min(count, Math.ceil(to / length)); at++)
      parts.push({ at, share: (Math.min(to, (at + 1) * length) - Math.max(from, at * length)) / length });
    return parts;
  }

  return {
    cost(agentIds: readonly string[], from: number, to: number) {
      let shortage = 0;
      let share = 0;
      const taken = new Float64Array(pools);
      for (const id of agentIds) taken[poolOf.get(id) ?? 0]++;
      for (const { at, share: part } of intervals(from, to))
        for (let pool = 0; pool < pools; pool++) {
          const away = taken[pool] * part;
          if (away === 0) continue;
          const before = Math.max(0, wanted[pool][at] - there[pool][at]);
          const after = Math.max(0, wanted[pool][at] - there[pool][at] + away);
          shortage += after ** 2 - before ** 2;
          share += away / Math.max(1, there[pool][at]);
        }
      return { shortage, share };
    },
    take(agentIds: readonly string[], from: number, to: number): void {
      for (const id of agentIds) add(there[poolOf.get(id) ?? 0], from, to, -1);
    },
  };
}

/** Groups that share a queue, directly or over others, are one pool; numbered from 0. */
function poolsOf(groups: readonly Pick<AgentGroup, "id" | "queueIds">[]): Map<string, number> {
  const pools = new Map<string, number>();
  let next = 0;
  for (const group of groups) {
    if (pools.has(group.id)) continue;
    const waiting = [group];
    while (waiting.length > 0) {
      const one = waiting.pop()!;
      if (pools.has(one.id)) continue;
      pools.set(one.id, next);
      waiting.push(
        ...groups.filter(({ queueIds }) => queueIds.some((queueId) => one.queueIds.includes(queueId))),
      );
    }
    next++;
  }
  return pools;
}
