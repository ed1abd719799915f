import type { ClockReading } from "../../files/clock-cells.ts";

/** How the rows of a file lie in time. */
export interface RowTiming {
  /** `dates`: no times of day. `grid`: at even steps. `scattered`: at times nobody chose, as contacts come. */
  readonly kind: "dates" | "grid" | "scattered";
  /** Length of a row's interval, minutes; 1440 of dates. */
  readonly minutes: number;
  /** Minutes after a multiple of that length at which rows start. */
  readonly phaseMinutes: number;
  /** Share of the steps between neighbouring times of a day that are that length; 1 of dates. */
  readonly evenness: number;
  /** Days between neighbouring dates, when rows have no time: 7 of weeks, 28 to 31 of months. */
  readonly daysApart: "days" | "weeks" | "months";
}

const lengths = [1, 2, 3, 4, 5, 6, 10, 12, 15, 20, 30, 60, 120, 180, 240];

/** Timing of rows by their clock readings, in the order of the file. */
export function timingOf(readings: readonly (ClockReading | null)[]): RowTiming {
  const timed = readings.filter((reading): reading is ClockReading => reading?.hasTime === true);
  const read = readings.filter((reading): reading is ClockReading => reading !== null);
  const oneTime = new Set(timed.map(({ secondOfDay }) => secondOfDay)).size <= 1;
  const dates = new Set(read.map(({ day }) => day));
  if (
    timed.length * 2 < read.length ||
    timed.length === 0 ||
    (oneTime && (timed[0]?.secondOfDay === 0 || dates.size > 2))
  ) {
    return { kind: "dates", minutes: 1440, phaseMinutes: 0, evenness: 1, daysApart: daysApart([...dates]) };
  }
  const withSeconds = timed.filter(({ secondOfDay }) => secondOfDay % 60 !== 0).length;
  const told = commonest(
    timed.map(({ lengthSeconds = 0 }) => lengthSeconds / 60).filter((minutes) => minutes > 0),
  );
  const byDay = new Map<number, Set<number>>();
  for (const { day, secondOfDay } of timed) {
    const times = byDay.get(day) ?? new Set();
    times.add(Math.floor(secondOfDay / 60));
    byDay.set(day, times);
  }
  const steps: number[] = [];
  for (const times of byDay.values()) {
    const sorted = [...times].sort((a, b) => a - b);
    for (let at = 1; at < sorted.length; at++) steps.push(sorted[at] - sorted[at - 1]);
  }
  const minutes = told ?? stepOf(steps);
  const phaseMinutes = commonest(timed.map(({ secondOfDay }) => Math.floor(secondOfDay / 60) % minutes)) ?? 0;
  const onStep = steps.filter((step) => step === minutes).length;
  const uneven = minutes < 5 && onStep * 2 < steps.length;
  const scattered = told === null && (withSeconds * 5 > timed.length || uneven);
  const evenness = steps.length === 0 ? 0 : onStep / steps.length;
  return { kind: scattered ? "scattered" : "grid", minutes, phaseMinutes, evenness, daysApart: "days" };
}

/** The greatest length that nearly all steps are whole numbers of: rows may be missing, and a few stand where they should not. */
function stepOf(steps: readonly number[]): number {
  if (steps.length === 0) return 30;
  const divides = (length: number) =>
    steps.filter((step) => step % length === 0).length >= steps.length * 0.95;
  return lengths.findLast(divides) ?? 1;
}

function daysApart(days: readonly number[]): RowTiming["daysApart"] {
  const sorted = [...days].sort((a, b) => a - b);
  const steps = sorted.slice(1).map((day, at) => day - sorted[at]);
  if (steps.length < 2) return "days";
  if (steps.every((step) => step % 7 === 0) && steps.filter((step) => step === 7).length * 2 > steps.length)
    return "weeks";
  return steps.every((step) => step >= 28 && step <= 92) ? "months" : "days";
}

function commonest(values: readonly number[]): number | null {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  let best: number | null = null;
  for (const [value, count] of counts) if (best === null || count > (counts.get(best) ?? 0)) best = value;
  return best;
}

/** `15mins`, `30`, `PT15M`, `daily`. */
export function minutesOfDuration(text: string): number | null {
  const bare = text.trim().toLowerCase();
  if (bare === "daily" || bare === "1d" || bare === "day") return 1440;
  const number = /(\d+)/.exec(bare);
  if (number === null) return null;
  const minutes = +number[1] * (/h/.test(bare) ? 60 : 1);
  return minutes >= 1 && minutes <= 1440 ? minutes : null;
}
