import type { IntervalGrid } from "./interval-grid.ts";

/** Intervals [first, end) of a grid. */
export interface IntervalRange {
  readonly first: number;
  readonly end: number;
}

/** Days [first, end) of a grid; 0 is its first date. */
export interface DayRange {
  readonly first: number;
  readonly end: number;
}

/** The intervals of some days of a grid. */
export function intervalsOfDays(grid: Pick<IntervalGrid, "dayOffsets">, days: DayRange): IntervalRange {
  return { first: grid.dayOffsets[days.first], end: grid.dayOffsets[days.end] };
}
