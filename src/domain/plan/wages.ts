import { type Weekday, weekdayOf } from "../calendar/clock.ts";
import { type IntervalGrid, localTimeOf } from "../calendar/interval-grid.ts";
import type { Premium, Shift, ShiftTemplate } from "./shift.ts";

type ClockPremium = Extract<Premium, { kind: "clock" }>;

/**
 * What premiums by the clock add to the paid time [startMinute, endMinute) since the grid's start, in hours at the plain
 * rate: an hour at 25 % more adds 0.25. Each minute counts by its own local weekday and time.
 */
export function clockPremiumHours(
  grid: IntervalGrid,
  premiums: readonly Premium[],
  startMinute: number,
  endMinute: number,
): number {
  const byClock = premiums.filter((premium) => premium.kind === "clock");
  if (byClock.length === 0) return 0;
  let hours = 0;
  let at = startMinute;
  while (at < endMinute) {
    const interval = Math.floor(at / grid.intervalMinutes);
    const end = Math.min(endMinute, (interval + 1) * grid.intervalMinutes);
    const { weekday, minuteOfDay } = clockAt(grid, interval);
    const from = minuteOfDay + at - interval * grid.intervalMinutes;
    for (const premium of byClock)
      if (premium.weekdays.includes(weekday))
        hours += (premium.share * minutesWithin(premium, from, from + end - at)) / 60;
    at = end;
  }
  return hours;
}

interface Clock {
  readonly weekday: Weekday;
  readonly minuteOfDay: number;
}
/** Thousands of shifts ask for the same few hundred intervals, some of them past the grid's end. */
const clocks = new WeakMap<IntervalGrid, Map<number, Clock>>();

function clockAt(grid: IntervalGrid, interval: number): Clock {
  const known = clocks.get(grid) ?? new Map<number, Clock>();
  clocks.set(grid, known);
  let clock = known.get(interval);
  if (clock === undefined) {
    const { date, minuteOfDay } = localTimeOf(grid, interval);
    clock = { weekday: weekdayOf(date), minuteOfDay };
    known.set(interval, clock);
  }
  return clock;
}

function minutesWithin({ fromMinute, toMinute }: ClockPremium, from: number, to: number): number {
  const overlap = (start: number, end: number) => Math.max(0, Math.min(to, end) - Math.max(from, start));
  return fromMinute < toMinute
    ? overlap(fromMinute, toMinute)
    : overlap(fromMinute, 1440) + overlap(0, toMinute);
}

/** What overtime adds to a shift with so many paid minutes, in hours at the plain rate. */
export function overtimeHours(premiums: readonly Premium[], paidMinutes: number): number {
  return premiums.reduce(
    (sum, premium) =>
      premium.kind === "overtime"
        ? sum + (premium.share * Math.max(0, paidMinutes - premium.afterMinutes)) / 60
        : sum,
    0,
  );
}

export function paidMinutesOf({ activities }: Pick<Shift, "activities">): number {
  return activities.reduce((sum, a) => sum + (a.paid ? a.endMinute - a.startMinute : 0), 0);
}

export function paidHoursOf(shift: Pick<Shift, "activities">): number {
  return paidMinutesOf(shift) / 60;
}

/** Wages in their parts, and the hours behind each: those of premiums are hours at the plain rate. */
export interface WageParts {
  readonly plainHours: number;
  readonly clockHours: number;
  readonly overtimeHours: number;
  readonly plain: number;
  readonly clock: number;
  readonly overtime: number;
}

/** Wages of shifts by the rates of their templates, part by part; a shift whose template is gone costs nothing. */
export function wagePartsOf(
  grid: IntervalGrid,
  templates: readonly Pick<ShiftTemplate, "id" | "costPerHour">[],
  premiums: readonly Premium[],
  shifts: readonly Pick<Shift, "templateId" | "activities">[],
): WageParts {
  const rates = new Map(templates.map(({ id, costPerHour }) => [id, costPerHour]));
  const parts = { plainHours: 0, clockHours: 0, overtimeHours: 0, plain: 0, clock: 0, overtime: 0 };
  for (const { templateId, activities } of shifts) {
    const rate = rates.get(templateId) ?? 0;
    const paidMinutes = paidMinutesOf({ activities });
    parts.plainHours += paidMinutes / 60;
    parts.plain += (paidMinutes / 60) * rate;
    if (premiums.length === 0) continue;
    const overtime = overtimeHours(premiums, paidMinutes);
    parts.overtimeHours += overtime;
    parts.overtime += overtime * rate;
    for (const { paid, startMinute, endMinute } of activities) {
      if (!paid) continue;
      const clock = clockPremiumHours(grid, premiums, startMinute, endMinute);
      parts.clockHours += clock;
      parts.clock += clock * rate;
    }
  }
  return parts;
}

/** Wages of shifts by the rates of their templates, premiums included; a shift whose template is gone costs nothing. */
export function wagesOf(
  grid: IntervalGrid,
  templates: readonly Pick<ShiftTemplate, "id" | "costPerHour">[],
  premiums: readonly Premium[],
  shifts: readonly Pick<Shift, "templateId" | "activities">[],
): number {
  const rate = new Map(templates.map(({ id, costPerHour }) => [id, costPerHour]));
  return shifts.reduce((sum, shift) => {
    const paidMinutes = paidMinutesOf(shift);
    let hours = paidMinutes / 60;
    if (premiums.length > 0) {
      hours += overtimeHours(premiums, paidMinutes);
      for (const { paid, startMinute, endMinute } of shift.activities)
        if (paid) hours += clockPremiumHours(grid, premiums, startMinute, endMinute);
    }
    return sum + hours * (rate.get(shift.templateId) ?? 0);
  }, 0);
}
