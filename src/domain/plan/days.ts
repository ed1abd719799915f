import { dayOfDate, type IntervalGrid } from "../calendar/interval-grid.ts";
import type { Shift } from "./shift.ts";

/** Days of a grid, 0 its first date. */
export type Days = ReadonlySet<number>;

/** Whether a shift begins on one of these days. */
export function isOn(grid: IntervalGrid, { date }: Pick<Shift, "date">, days: Days): boolean {
  const day = dayOfDate(grid, date);
  return day !== null && days.has(day);
}
