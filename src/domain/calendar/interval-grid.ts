import {
  addDays,
  daysBetween,
  formatMinuteOfDay,
  formatOffset,
  type LocalDate,
  localTimeAt,
  offsetMinutesAt,
  startOfDayEpochSeconds,
} from "./clock.ts";

/**
 * Whole local days cut into intervals of equal physical length: the axis every long series is aligned to.
 *
 * A day has 96 quarter-hours, or 92 or 100 when the clocks change; `dayOffsets` says where each day starts.
 * Interval i covers [startEpochSeconds + i·60·intervalMinutes, …): physical time is contiguous, the clock is not. The one
 * exception is told by `dayStartEpochSeconds`; `instantOfMinute` and `minuteOfInstant` know it.
 * Plain cloneable data.
 */
export interface IntervalGrid {
  /** IANA name. */
  readonly timeZone: string;
  /** 1 to 60, divides 60. */
  readonly intervalMinutes: number;
  readonly firstDate: LocalDate;
  readonly dayCount: number;
  /** Instant of interval 0, seconds since 1970 UTC. */
  readonly startEpochSeconds: number;
  /** Index of each day's first interval, and at the end the number of intervals: `dayCount + 1` entries. */
  readonly dayOffsets: readonly number[];
  /** UTC offset in minutes at the start of each day, and at the end of the last: `dayCount + 1` entries. */
  readonly dayUtcOffsetMinutes: readonly number[];
  /**
   * Instants at which the days start, and at which the last ends: `dayCount + 1` entries. Only where some day does not
   * hold whole intervals (Lord Howe changes its clocks by half an hour, too little for hours). Such a day is cut by its
   * clock, as if it had 24 hours, and the interval in which the clocks change is half an hour shorter or longer.
   */
  readonly dayStartEpochSeconds?: readonly number[];
}

/**
 * The grid of `dayCount` local days from `firstDate`.
 * Throws RangeError when `intervalMinutes` does not divide 60.
 */
export function createIntervalGrid(
  timeZone: string,
  intervalMinutes: number,
  firstDate: LocalDate,
  dayCount: number,
): IntervalGrid {
  if (!Number.isInteger(60 / intervalMinutes)) {
    throw new RangeError(`intervalMinutes must divide 60, got ${intervalMinutes}`);
  }
  if (!Number.isInteger(dayCount) || dayCount < 0)
    throw new RangeError(`dayCount must be a whole number, got ${dayCount}`);
  const dayOffsets = [0];
  const dayUtcOffsetMinutes: number[] = [];
  const dayStarts: number[] = [];
  let uneven = false;
  for (let day = 0; day <= dayCount; day++) {
    const start = startOfDayEpochSeconds(addDays(firstDate, day), timeZone);
    dayStarts.push(start);
    dayUtcOffsetMinutes.push(offsetMinutesAt(start, timeZone));
    if (day === 0) continue;
    const intervals = (start - dayStarts[day - 1]) / (60 * intervalMinutes);
    const whole = Number.isInteger(intervals);
    if (!whole) uneven = true;
    dayOffsets.push(dayOffsets[day - 1] + (whole ? intervals : 1440 / intervalMinutes));
  }
  return {
    timeZone,
    intervalMinutes,
    firstDate,
    dayCount,
    startEpochSeconds: dayStarts[0],
    dayOffsets,
    dayUtcOffsetMinutes,
    ...(uneven ? { dayStartEpochSeconds: dayStarts } : {}),
  };
}

/** Whether a day is cut by its clock because it does not hold whole intervals. */
function isUneven({ dayStartEpochSeconds: starts, dayOffsets, intervalMinutes }: IntervalGrid, day: number) {
  return (
    starts !== undefined &&
    starts[day + 1] - starts[day] !== (dayOffsets[day + 1] - dayOffsets[day]) * intervalMinutes * 60
  );
}

/**
 * Instant, in seconds since 1970 UTC, of a minute of the grid's axis: interval i starts at minute i · intervalMinutes.
 * Minutes before the first and after the last day go on in physical time.
 */
export function instantOfMinute(grid: IntervalGrid, minute: number): number {
  const { dayStartEpochSeconds: starts, dayOffsets, dayCount, intervalMinutes, timeZone } = grid;
  if (starts === undefined || minute < 0) return grid.startEpochSeconds + minute * 60;
  const end = dayOffsets[dayCount] * intervalMinutes;
  if (minute >= end) return starts[dayCount] + (minute - end) * 60;
  const day = dayOfInterval(grid, Math.floor(minute / intervalMinutes));
  const instant = starts[day] + (minute - dayOffsets[day] * intervalMinutes) * 60;
  if (!isUneven(grid, day)) return instant;
  const [before, after] = [grid.dayUtcOffsetMinutes[day], grid.dayUtcOffsetMinutes[day + 1]];
  if (offsetMinutesAt(instant, timeZone) === before) return instant;
  // A clock time that is skipped is the moment of the change.
  let moved = instant + (before - after) * 60;
  while (offsetMinutesAt(moved, timeZone) === before) moved += 60;
  return moved;
}

/** Minute of the grid's axis at an instant; below 0 before the first day, beyond the last interval after the last. */
export function minuteOfInstant(grid: IntervalGrid, epochSeconds: number): number {
  const { dayStartEpochSeconds: starts, dayOffsets, dayCount, intervalMinutes, timeZone } = grid;
  if (starts === undefined || epochSeconds < starts[0]) return (epochSeconds - grid.startEpochSeconds) / 60;
  const end = dayOffsets[dayCount] * intervalMinutes;
  if (epochSeconds >= starts[dayCount]) return end + (epochSeconds - starts[dayCount]) / 60;
  let day = Math.min(dayCount - 1, Math.floor((epochSeconds - starts[0]) / 86_400));
  while (starts[day] > epochSeconds) day--;
  while (starts[day + 1] <= epochSeconds) day++;
  const midnight = dayOffsets[day] * intervalMinutes;
  const passed = (epochSeconds - starts[day]) / 60;
  if (!isUneven(grid, day)) return midnight + passed;
  return midnight + passed + offsetMinutesAt(epochSeconds, timeZone) - grid.dayUtcOffsetMinutes[day];
}

export function intervalCount(grid: IntervalGrid): number {
  return grid.dayOffsets[grid.dayCount];
}

export function intervalSeconds(grid: IntervalGrid): number {
  return grid.intervalMinutes * 60;
}

/** Day (0 … dayCount − 1) that holds an interval. */
export function dayOfInterval(grid: IntervalGrid, intervalIndex: number): number {
  let day = Math.min(grid.dayCount - 1, Math.floor((intervalIndex * grid.intervalMinutes) / 1440));
  while (day > 0 && grid.dayOffsets[day] > intervalIndex) day--;
  while (day < grid.dayCount - 1 && grid.dayOffsets[day + 1] <= intervalIndex) day++;
  return day;
}

export function dateOfDay(grid: IntervalGrid, day: number): LocalDate {
  return addDays(grid.firstDate, day);
}

/** Day index of a date, or null when the grid does not reach it. */
export function dayOfDate(grid: IntervalGrid, date: LocalDate): number | null {
  const day = daysBetween(grid.firstDate, date);
  return day >= 0 && day < grid.dayCount ? day : null;
}

export interface LocalTime {
  readonly date: LocalDate;
  /** Clock time, 0 to 1439. */
  readonly minuteOfDay: number;
  /** Minutes east of UTC; tells the two passes of a repeated hour apart. */
  readonly utcOffsetMinutes: number;
}

/** Clock time at which an interval starts. */
export function localTimeOf(grid: IntervalGrid, intervalIndex: number): LocalTime {
  const day = dayOfInterval(grid, intervalIndex);
  const epochSeconds = instantOfMinute(grid, intervalIndex * grid.intervalMinutes);
  const before = grid.dayUtcOffsetMinutes[day];
  const after = grid.dayUtcOffsetMinutes[day + 1];
  const utcOffsetMinutes = before === after ? before : offsetMinutesAt(epochSeconds, grid.timeZone);
  if (isUneven(grid, day)) {
    const minuteOfDay = (intervalIndex - grid.dayOffsets[day]) * grid.intervalMinutes;
    return { date: dateOfDay(grid, day), minuteOfDay, utcOffsetMinutes };
  }
  return { ...localTimeAt(epochSeconds, utcOffsetMinutes), utcOffsetMinutes };
}

/** Clock minute, 0 to 1439, of a time in minutes since the start of the grid; after the grid's end the clock runs on. */
export function clockMinuteAt(grid: IntervalGrid, minute: number): number {
  const index = Math.floor(minute / grid.intervalMinutes);
  const inside = Math.max(0, Math.min(intervalCount(grid) - 1, index));
  return (localTimeOf(grid, inside).minuteOfDay + (minute - inside * grid.intervalMinutes)) % 1440;
}

/**
 * Interval that holds a clock time, or null when the grid does not reach it or the clock skips it.
 * A repeated time has two: `occurrence` 0 is the first pass (summer time), 1 the second.
 */
export function intervalAt(
  grid: IntervalGrid,
  date: LocalDate,
  minuteOfDay: number,
  occurrence: 0 | 1 = 0,
): number | null {
  const day = dayOfDate(grid, date);
  if (day === null || minuteOfDay < 0 || minuteOfDay >= 1440) return null;
  const first = grid.dayOffsets[day];
  const end = grid.dayOffsets[day + 1];
  const length = grid.intervalMinutes;
  if ((end - first) * length === 1440) return first + Math.floor(minuteOfDay / length);
  let passes = 0;
  for (let index = first; index < end; index++) {
    const start = localTimeOf(grid, index).minuteOfDay;
    if (minuteOfDay >= start && minuteOfDay < start + length) {
      if (passes === occurrence) return index;
      passes++;
    }
  }
  return null;
}

/**
 * Clock slot of each interval within its day, 0 … 1440 ÷ intervalMinutes − 1, for learning profiles by time of day.
 * The two passes of a repeated hour share their slots; a skipped hour has none.
 */
export function clockSlots(grid: IntervalGrid): Int32Array {
  const slots = new Int32Array(intervalCount(grid));
  for (let day = 0; day < grid.dayCount; day++) {
    const first = grid.dayOffsets[day];
    const end = grid.dayOffsets[day + 1];
    const plain = (end - first) * grid.intervalMinutes === 1440;
    for (let index = first; index < end; index++) {
      slots[index] = plain
        ? index - first
        : Math.floor(localTimeOf(grid, index).minuteOfDay / grid.intervalMinutes);
    }
  }
  return slots;
}

/** `2026-10-25T02:15:00+02:00`: local ISO time with offset, unambiguous in the repeated hour. */
export function intervalStartIso(grid: IntervalGrid, intervalIndex: number): string {
  const { date, minuteOfDay, utcOffsetMinutes } = localTimeOf(grid, intervalIndex);
  return `${date}T${formatMinuteOfDay(minuteOfDay)}:00${formatOffset(utcOffsetMinutes)}`;
}

/** The same for any minute since the grid's start, which may lie past its end: where a shift begins or a break ends. */
export function minuteIso(grid: IntervalGrid, minute: number): string {
  const epochSeconds = instantOfMinute(grid, minute);
  const index = Math.floor(minute / grid.intervalMinutes);
  const utcOffsetMinutes =
    grid.dayStartEpochSeconds === undefined && index >= 0 && index < intervalCount(grid)
      ? localTimeOf(grid, index).utcOffsetMinutes
      : offsetMinutesAt(epochSeconds, grid.timeZone);
  const { date, minuteOfDay } = localTimeAt(epochSeconds, utcOffsetMinutes);
  return `${date}T${formatMinuteOfDay(minuteOfDay)}:00${formatOffset(utcOffsetMinutes)}`;
}

/** Same axis: series aligned to one may be read against the other. */
export function sameGrid(a: IntervalGrid, b: IntervalGrid): boolean {
  return (
    a.timeZone === b.timeZone &&
    a.intervalMinutes === b.intervalMinutes &&
    a.firstDate === b.firstDate &&
    a.dayCount === b.dayCount
  );
}
