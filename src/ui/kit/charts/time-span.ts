import { addDays, type LocalDate } from "../../../domain/calendar/clock.ts";
import { dayOfInterval, type IntervalGrid, localTimeOf } from "../../../domain/calendar/interval-grid.ts";
import type { IntervalRange } from "../../../domain/calendar/ranges.ts";

/** A mark on the time axis. `position` is an interval index (fractions allowed). */
export interface TimeTick {
  readonly position: number;
  readonly kind: "day" | "hour";
  readonly date: LocalDate;
  /** Clock minute 0–1439; 0 for a day. */
  readonly minuteOfDay: number;
}

/** Days whose start lies in the span, each with its first and last interval inside the span. */
export function daysOfSpan(
  grid: IntervalGrid,
  span: IntervalRange,
): { day: number; date: LocalDate; span: IntervalRange }[] {
  if (span.end <= span.first) return [];
  const firstDay = dayOfInterval(grid, span.first);
  const lastDay = dayOfInterval(grid, span.end - 1);
  return Array.from({ length: lastDay - firstDay + 1 }, (_, index) => {
    const day = firstDay + index;
    return {
      day,
      date: addDays(grid.firstDate, day),
      span: {
        first: Math.max(span.first, grid.dayOffsets[day]),
        end: Math.min(span.end, grid.dayOffsets[day + 1]),
      },
    };
  });
}

/**
 * Ticks for a span drawn `width` pixels wide: a day border wherever a day begins, hour ticks where they have room.
 * Hours are steps of 1, 2, 3, 6 or 12 clock hours; none when a day is narrower than about 90 px.
 */
export function timeTicks(grid: IntervalGrid, span: IntervalRange, width: number): TimeTick[] {
  const ticks: TimeTick[] = [];
  const pixelsPerHour = (width * 60) / ((span.end - span.first) * grid.intervalMinutes);
  const stepHours = [1, 2, 3, 6, 12].find((hours) => hours * pixelsPerHour >= 44) ?? null;
  for (const { date, span: part } of daysOfSpan(grid, span)) {
    ticks.push({ position: part.first, kind: "day", date, minuteOfDay: 0 });
    if (stepHours === null) continue;
    for (let index = part.first + 1; index < part.end; index++) {
      const { minuteOfDay } = localTimeOf(grid, index);
      if (minuteOfDay % (stepHours * 60) === 0 && minuteOfDay > 0) {
        ticks.push({ position: index, kind: "hour", date, minuteOfDay });
      }
    }
  }
  return ticks;
}

/**
 * Runs of intervals to tint: those with `open` 0, or, where opening is not known, the night from 22 to 6 o'clock.
 */
export function tintedSpans(
  grid: IntervalGrid,
  span: IntervalRange,
  open: ArrayLike<number> | null,
): IntervalRange[] {
  const runs: IntervalRange[] = [];
  let start = -1;
  for (let index = span.first; index <= span.end; index++) {
    let tinted = false;
    if (index < span.end) {
      if (open !== null) tinted = open[index] === 0;
      else {
        const { minuteOfDay } = localTimeOf(grid, index);
        tinted = minuteOfDay >= 1320 || minuteOfDay < 360;
      }
    }
    if (tinted && start < 0) start = index;
    if (!tinted && start >= 0) {
      runs.push({ first: start, end: index });
      start = -1;
    }
  }
  return runs;
}
