import { daysBetween, epochDay, type LocalDate, weekdayOf } from "../../domain/calendar/clock.ts";
import { dateOfDay, dayOfDate, type IntervalGrid } from "../../domain/calendar/interval-grid.ts";

/** The days of a plan's period, with the weeks and weekends that rules count in. */
export interface PlanDays {
  readonly grid: IntervalGrid;
  readonly dates: readonly LocalDate[];
  /** Week of each day; weeks begin on Monday. */
  readonly weekOfDay: readonly number[];
  readonly weekCount: number;
  /** Weekend of each day, −1 from Monday to Friday. */
  readonly weekendOfDay: readonly number[];
  /** Day of a date, or null outside the period. */
  dayOf(date: LocalDate): number | null;
}

export function planDays(grid: IntervalGrid): PlanDays {
  const dates = Array.from({ length: grid.dayCount }, (_, day) => dateOfDay(grid, day));
  const weekOf = (date: LocalDate): number => Math.floor((epochDay(date) + 3) / 7);
  const weekOfDay = dates.map((date) => weekOf(date) - weekOf(dates[0]));
  return {
    grid,
    dates,
    weekOfDay,
    weekCount: (weekOfDay.at(-1) ?? -1) + 1,
    weekendOfDay: dates.map((date, day) => (weekdayOf(date) >= 6 ? weekOfDay[day] : -1)),
    dayOf: (date) => dayOfDate(grid, date),
  };
}

/** Minute since the grid's start at which a date begins; NaN outside the grid. */
export function startOfDayMinute(grid: IntervalGrid, date: LocalDate): number {
  return (grid.dayOffsets[daysBetween(grid.firstDate, date)] ?? Number.NaN) * grid.intervalMinutes;
}

/** Minute since the grid's start at which a date ends; NaN outside the grid. */
export function endOfDayMinute(grid: IntervalGrid, date: LocalDate): number {
  return (grid.dayOffsets[daysBetween(grid.firstDate, date) + 1] ?? Number.NaN) * grid.intervalMinutes;
}

/** Whether a day has 24 hours: the clocks are not changed on it. */
export function isPlainDay(grid: IntervalGrid, day: number): boolean {
  return (grid.dayOffsets[day + 1] - grid.dayOffsets[day]) * grid.intervalMinutes === 1440;
}
