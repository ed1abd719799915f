import { clockMinuteAt, type IntervalGrid } from "../../../domain/calendar/interval-grid.ts";

/** Minutes of a day: a day on which the clocks change is as wide as the others, and longer or shorter. */
export function dayMinutes({ dayOffsets, intervalMinutes }: IntervalGrid, day: number): number {
  return (dayOffsets[day + 1] - dayOffsets[day]) * intervalMinutes;
}

/** A full hour on the axis of a day: minutes that pass until the next mark, on the scale of the bars below. */
export interface HourMark {
  readonly clockMinute: number;
  readonly minutes: number;
}

/** Every so many hours by the clock. An hour that the clocks repeat has two marks, one that they skip has none. */
export function hourMarks(grid: IntervalGrid, day: number, everyHours: number): readonly HourMark[] {
  const midnight = grid.dayOffsets[day] * grid.intervalMinutes;
  const end = dayMinutes(grid, day);
  const starts: { readonly at: number; readonly clockMinute: number }[] = [];
  for (let at = 0; at < end; at += grid.intervalMinutes) {
    const clockMinute = clockMinuteAt(grid, midnight + at);
    if (clockMinute % (everyHours * 60) === 0) starts.push({ at, clockMinute });
  }
  return starts.map(({ at, clockMinute }, index) => ({
    clockMinute,
    minutes: (starts[index + 1]?.at ?? end) - at,
  }));
}
