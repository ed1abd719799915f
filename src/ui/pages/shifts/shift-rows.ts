import { type IntervalGrid, localTimeOf } from "../../../domain/calendar/interval-grid.ts";
import type { AgentGroup } from "../../../domain/plan/queue.ts";
import type { Shift } from "../../../domain/plan/shift.ts";

/** Shifts at work in a span of intervals, by start; of one queue only those who can serve it. */
export function shiftsInSpan(
  shifts: readonly Shift[],
  grid: IntervalGrid,
  span: { readonly first: number; readonly end: number },
  groups: readonly AgentGroup[],
  queueId: string | null,
): Shift[] {
  const from = span.first * grid.intervalMinutes;
  const to = span.end * grid.intervalMinutes;
  const serving = new Set(
    groups.filter((group) => queueId === null || group.queueIds.includes(queueId)).map(({ id }) => id),
  );
  return shifts.filter(
    (shift) => shift.endMinute > from && shift.startMinute < to && serving.has(shift.groupId),
  );
}

/** Clock minute of a time that counts minutes since the start of the grid. */
export function clockMinute(grid: IntervalGrid, minute: number): number {
  const last = grid.dayOffsets[grid.dayCount] - 1;
  const index = Math.max(0, Math.min(last, Math.floor(minute / grid.intervalMinutes)));
  return (localTimeOf(grid, index).minuteOfDay + (minute - index * grid.intervalMinutes)) % 1440;
}
