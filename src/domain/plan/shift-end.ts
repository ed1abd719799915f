import { offsetMinutesAt } from "../calendar/clock.ts";
import type { IntervalGrid } from "../calendar/interval-grid.ts";
import type { ShiftTemplate } from "./shift.ts";

/**
 * Minute of the grid at which a shift of a template ends that starts at one and is to last `lengthMinutes`. Only where
 * the clock changes during it is that a question: it keeps its length, or, where the template says so, its end on the
 * clock. An end that the clock skips does not exist; then the length is kept.
 *
 * @example shiftEndMinute(grid, { overClockChange: "keepsEnd" }, 1320, 480) // 1860 in the night of the 25-hour day
 */
export function shiftEndMinute(
  grid: IntervalGrid,
  { overClockChange }: Pick<ShiftTemplate, "overClockChange">,
  startMinute: number,
  lengthMinutes: number,
): number {
  const plainEnd = startMinute + lengthMinutes;
  if (overClockChange !== "keepsEnd") return plainEnd;
  const change = clockChangeMinutes(grid, startMinute, plainEnd);
  const end = plainEnd - change;
  return change === 0 || clockChangeMinutes(grid, startMinute, end) !== change ? plainEnd : end;
}

/** By how many minutes the clock is set forward between two minutes of the grid; negative: back. */
export function clockChangeMinutes(
  { startEpochSeconds, timeZone, dayUtcOffsetMinutes }: IntervalGrid,
  fromMinute: number,
  toMinute: number,
): number {
  const [first, ...others] = dayUtcOffsetMinutes;
  const hasPlainDays = others.every((offset) => offset === first);
  const lastDay = Math.ceil(toMinute / 1440);
  if (hasPlainDays && lastDay < dayUtcOffsetMinutes.length) return 0;
  const offsetAt = (minute: number) => offsetMinutesAt(startEpochSeconds + 60 * minute, timeZone);
  return offsetAt(toMinute) - offsetAt(fromMinute);
}
