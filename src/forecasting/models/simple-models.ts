import { median } from "../../numerics/order-statistics.ts";
import type { DayTable } from "./day-table.ts";

/**
 * Mean or median of the last `count` open days of the same weekday, slot by slot. One day is the seasonal naive
 * forecast. The same for every week ahead. Slots never seen on that weekday are 0.
 *
 * @returns weekday (1 to 7) × slot
 */
export function sameWeekdays(table: DayTable, count: number, kind: "mean" | "median"): Float64Array {
  const { slotCount } = table;
  const shape = new Float64Array(8 * slotCount);
  for (let weekday = 1; weekday <= 7; weekday++) {
    const days: number[] = [];
    for (let day = table.dayCount - 1; day >= 0 && days.length < count; day--) {
      if (table.weekdays[day] === weekday && hasSeen(table, day)) days.push(day);
    }
    for (let slot = 0; slot < slotCount; slot++) {
      const values: number[] = [];
      for (const day of days) {
        const cell = day * slotCount + slot;
        if (table.seen[cell] === 1) values.push(table.counts[cell]);
      }
      if (values.length === 0) continue;
      shape[weekday * slotCount + slot] =
        kind === "median" ? median(values) : values.reduce((sum, value) => sum + value, 0) / values.length;
    }
  }
  return shape;
}

function hasSeen(table: DayTable, day: number): boolean {
  return table.seen.subarray(day * table.slotCount, (day + 1) * table.slotCount).includes(1);
}
