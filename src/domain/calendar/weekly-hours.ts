import type { OpeningHours, ShrinkageItem } from "../plan/queue.ts";
import { type Weekday, weekdayOf } from "./clock.ts";
import { dateOfDay, type IntervalGrid, localTimeOf } from "./interval-grid.ts";

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

/** Whether a shrinkage item applies then. A window whose end is not after its start runs past midnight. */
export function shrinkageApplies(
  item: Pick<ShrinkageItem, "weekdays" | "fromMinute" | "toMinute">,
  weekday: Weekday,
  minute: number,
): boolean {
  if (item.weekdays !== null && !item.weekdays.includes(weekday)) return false;
  const from = item.fromMinute ?? 0;
  const to = item.toMinute ?? 1440;
  return from < to ? minute >= from && minute < to : minute >= from || minute < to;
}

/** Weekday and clock minute at which each interval begins. */
export function* clockOf(grid: IntervalGrid): Generator<{ index: number; weekday: Weekday; minute: number }> {
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
