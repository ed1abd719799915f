import { daysBetween, epochDay, type LocalDate, weekdayOf } from "../../domain/calendar/clock.ts";
import {
  dateOfDay,
  dayOfDate,
  type IntervalGrid,
  intervalAt,
  intervalCount,
  localTimeOf,
} from "../../domain/calendar/interval-grid.ts";

/** The days of a plan's period, with the weeks and weekends that rules count in. */
export interface PlanDays {
  readonly grid: IntervalGrid;
  readonly dates: readonly LocalDate[];
  /** Week of each day; weeks begin on Monday. */
  readonly weekOfDay: readonly number[];
  readonly weekCount: number;
  /** Weekend of each day, −1 from Monday to Friday. */
  readonly weekendOfDay: readonly number[];
  /** The same for shifts that go on past midnight: theirs begins on Friday. */
  readonly weekendOfNight: readonly number[];
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
    weekendOfNight: dates.map((date, day) => (weekdayOf(date) >= 5 ? weekOfDay[day] : -1)),
    dayOf: (date) => dayOfDate(grid, date),
  };
}

/** Minute since the grid's start at which a date begins. Throws RangeError for a date outside the grid. */
export function startOfDayMinute(grid: IntervalGrid, date: LocalDate): number {
  return boundaryMinute(grid, date, daysBetween(grid.firstDate, date));
}

/** Minute since the grid's start at which a date ends. Throws RangeError for a date outside the grid. */
export function endOfDayMinute(grid: IntervalGrid, date: LocalDate): number {
  return boundaryMinute(grid, date, daysBetween(grid.firstDate, date) + 1);
}

function boundaryMinute(grid: IntervalGrid, date: LocalDate, boundary: number): number {
  const index = grid.dayOffsets[boundary];
  if (index === undefined) throw new RangeError(`${date} is outside the grid of ${grid.firstDate}`);
  return index * grid.intervalMinutes;
}

/** Clock time of a minute of the grid, in minutes from the midnight with which `date` begins: 1500 is 01:00 the day after. */
export function clockMinuteFrom(grid: IntervalGrid, date: LocalDate, minute: number): number {
  const last = intervalCount(grid) - 1;
  const index = Math.max(0, Math.min(last, Math.floor(minute / grid.intervalMinutes)));
  const { date: on, minuteOfDay } = localTimeOf(grid, index);
  return daysBetween(date, on) * 1440 + minuteOfDay + minute - index * grid.intervalMinutes;
}

/** Minute of the grid at which the clock of a date shows a time; null where it skips it, or outside the grid. */
export function minuteAtClock(grid: IntervalGrid, date: LocalDate, clockMinute: number): number | null {
  const interval = intervalAt(grid, date, clockMinute);
  return interval === null ? null : interval * grid.intervalMinutes + (clockMinute % grid.intervalMinutes);
}

/** Whether the clocks stay as they are from the midnight before a day to the one after. */
export function isPlainDay(grid: IntervalGrid, day: number): boolean {
  return grid.dayUtcOffsetMinutes[day] === grid.dayUtcOffsetMinutes[day + 1];
}
