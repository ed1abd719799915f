import { type IntervalGrid, localTimeOf } from "../domain/calendar/interval-grid.ts";
import type { Today, TodayOnGrid } from "../domain/plan/today.ts";

/** The line "now" in minutes of the grid: nothing before it may change. */
export function lineMinute(
  grid: IntervalGrid,
  { nowMinute }: Pick<Today, "nowMinute">,
  { now, range }: TodayOnGrid,
): number {
  const start = now * grid.intervalMinutes;
  return now >= range.end ? start : start + Math.max(0, nowMinute - localTimeOf(grid, now).minuteOfDay);
}
