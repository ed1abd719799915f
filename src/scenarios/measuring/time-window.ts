import { daysBetween, type LocalDate, weekdayOf } from "../../domain/calendar/clock.ts";
import {
  clockSlots,
  dateOfDay,
  type IntervalGrid,
  intervalCount,
} from "../../domain/calendar/interval-grid.ts";
import type { IntervalRange } from "../../domain/calendar/ranges.ts";
import type { TimeWindow } from "../../domain/plan/scenario.ts";

/**
 * 1 for every interval that starts inside the window, by date, weekday and clock; null when the window has no limits
 * at all, so that nothing need be looked up. A window whose end is not after its start runs past midnight.
 */
export function windowMask(grid: IntervalGrid, window: TimeWindow | null): Uint8Array | null {
  if (window === null) return null;
  const { fromDate, toDate, weekdays, fromMinute, toMinute } = window;
  if ([fromDate, toDate, weekdays, fromMinute, toMinute].every((limit) => limit === null)) return null;
  const mask = new Uint8Array(intervalCount(grid));
  const slots = clockSlots(grid);
  const from = fromMinute ?? 0;
  const to = toMinute ?? 1440;
  for (let day = 0; day < grid.dayCount; day++) {
    const date = dateOfDay(grid, day);
    if (fromDate !== null && daysBetween(fromDate, date) < 0) continue;
    if (toDate !== null && daysBetween(date, toDate) < 0) continue;
    if (weekdays !== null && !weekdays.includes(weekdayOf(date))) continue;
    for (let index = grid.dayOffsets[day]; index < grid.dayOffsets[day + 1]; index++) {
      const minute = slots[index] * grid.intervalMinutes;
      if (from < to ? minute >= from && minute < to : minute >= from || minute < to) mask[index] = 1;
    }
  }
  return mask;
}

/** The intervals of one date between two clock minutes. */
export function dayWindow(date: LocalDate, fromMinute: number, toMinute: number): TimeWindow {
  return { fromDate: date, toDate: date, weekdays: null, fromMinute, toMinute };
}

/** Half-open runs of ones, never across the end of a day. */
export function runsOfMask(
  grid: IntervalGrid,
  mask: ArrayLike<number>,
): (IntervalRange & { readonly day: number })[] {
  const runs: (IntervalRange & { readonly day: number })[] = [];
  for (let day = 0; day < grid.dayCount; day++) {
    let start = -1;
    for (let index = grid.dayOffsets[day]; index <= grid.dayOffsets[day + 1]; index++) {
      const inside = index < grid.dayOffsets[day + 1] && mask[index] === 1;
      if (inside && start < 0) start = index;
      if (!inside && start >= 0) {
        runs.push({ day, first: start, end: index });
        start = -1;
      }
    }
  }
  return runs;
}

/**
 * The numbers 0 … count − 1 in an order whose every beginning is spread evenly over them (van der Corput): the first k
 * are a fair sample, and a larger sample contains the smaller one.
 */
export function evenOrder(count: number): number[] {
  const bits = Math.max(1, 32 - Math.clz32(count - 1));
  const order: number[] = [];
  for (let step = 0; step < 1 << bits; step++) {
    let reversed = 0;
    for (let bit = 0; bit < bits; bit++) if (step & (1 << bit)) reversed |= 1 << (bits - 1 - bit);
    if (reversed < count) order.push(reversed);
  }
  return order;
}
