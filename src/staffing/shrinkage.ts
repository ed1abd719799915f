import { type Weekday, weekdayOf } from "../domain/clock.ts";
import { dateOfDay, type IntervalGrid, intervalCount, localTimeOf } from "../domain/interval-grid.ts";
import type { OpeningHours, ShrinkageItem } from "../domain/queue.ts";

/**
 * Share of scheduled agents who are there, per interval: Π (1 − share) over the items that apply by weekday and
 * clock time of the interval's start. Breaks placed inside shifts are not shrinkage and do not belong in `items`.
 */
export function availableShare(grid: IntervalGrid, items: readonly ShrinkageItem[]): Float64Array {
  const available = new Float64Array(intervalCount(grid)).fill(1);
  if (items.length === 0) return available;
  for (const { index, weekday, minute } of clockOf(grid)) {
    for (const item of items) {
      if (item.weekdays !== null && !item.weekdays.includes(weekday)) continue;
      if (!withinMinutes(minute, item.fromMinute ?? 0, item.toMinute ?? 1440)) continue;
      available[index] *= 1 - item.share;
    }
  }
  return available;
}

/** 1 where a queue takes contacts: where the forecast is open and the opening hours, if any, agree. */
export function openIntervals(
  grid: IntervalGrid,
  forecastOpen: Uint8Array,
  openingHours: readonly OpeningHours[] | null,
): Uint8Array {
  if (openingHours === null) return forecastOpen;
  const open = new Uint8Array(forecastOpen.length);
  for (const { index, weekday, minute } of clockOf(grid)) {
    if (forecastOpen[index] === 0) continue;
    const stands = openingHours.some(
      (hours) => hours.weekday === weekday && minute >= hours.openMinute && minute < hours.closeMinute,
    );
    if (stands) open[index] = 1;
  }
  return open;
}

/** A window whose end is before its start runs past midnight. */
function withinMinutes(minute: number, from: number, to: number): boolean {
  return from < to ? minute >= from && minute < to : minute >= from || minute < to;
}

function* clockOf(grid: IntervalGrid): Generator<{ index: number; weekday: Weekday; minute: number }> {
  for (let day = 0; day < grid.dayCount; day++) {
    const weekday = weekdayOf(dateOfDay(grid, day));
    const first = grid.dayOffsets[day];
    const end = grid.dayOffsets[day + 1];
    const plain = (end - first) * grid.intervalMinutes === 1440;
    for (let index = first; index < end; index++) {
      const minute = plain ? (index - first) * grid.intervalMinutes : localTimeOf(grid, index).minuteOfDay;
      yield { index, weekday, minute };
    }
  }
}
