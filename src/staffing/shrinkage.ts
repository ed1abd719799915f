import { type IntervalGrid, intervalCount } from "../domain/calendar/interval-grid.ts";
import { clockOf, shrinkageApplies } from "../domain/calendar/weekly-hours.ts";
import type { ShrinkageItem } from "../domain/plan/queue.ts";

/** Of a kind of shrinkage, when it takes what share. */
export type ShrinkingTime = Pick<ShrinkageItem, "share" | "weekdays" | "fromMinute" | "toMinute">;

/**
 * Share of scheduled agents who are there, per interval: Π (1 − share) over the items that apply by weekday and
 * clock time of the interval's start. Breaks placed inside shifts are not shrinkage and do not belong in `items`.
 */
export function availableShare(grid: IntervalGrid, items: readonly ShrinkingTime[]): Float64Array {
  const available = new Float64Array(intervalCount(grid)).fill(1);
  if (items.length === 0) return available;
  for (const { index, weekday, minute } of clockOf(grid)) {
    for (const item of items) {
      if (shrinkageApplies(item, weekday, minute)) available[index] *= 1 - item.share;
    }
  }
  return available;
}
