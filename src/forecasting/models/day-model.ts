import { addDays } from "../../domain/calendar/clock.ts";
import { cos, pow, sin } from "../../numerics/elementary.ts";
import { median, robustDeviation } from "../../numerics/order-statistics.ts";
import { ridge } from "../../numerics/ridge.ts";
import type { DayCalendar } from "./day-table.ts";

/** How much of the calendar a day model sees; each set holds the ones before. */
export const featureSets = ["weekday", "closures", "calendar"] as const;
export type FeatureSet = (typeof featureSets)[number];

/** Features of every calendar day, `width` numbers each. */
export interface DayFeatures {
  readonly width: number;
  readonly rows: Float64Array;
  /** How hard each feature's effect is drawn toward none. */
  readonly penalties: Float64Array;
}

const harmonics = 3;
/**
 * Ridge penalty = (noise of a day ÷ size of an effect to be expected)². What a weekday does, or a day that somebody gave a
 * name, is several times a day's noise; what a closure or the turn of a month does may be as large as the noise, and is seen a few times only. On origins
 * before those of the published protocols WAPE fell by 1 to 4 percent of itself on both banks; on the sample it stayed.
 */
const penaltyOf = { large: 0.2, other: 1 } as const;

/**
 * Calendar features per day.
 *
 * weekday: one dummy each. closures: first and second open day after a closure on a usually open day, the last before
 * one, and every special day's name. calendar: business day 1 to 4 of the month and 1 to 3 from its end, and three
 * harmonics of the day of the month. All sets: three harmonics of the year when `yearly` (18 months of history or more;
 * with less, the year cannot be told from a trend).
 */
export function dayFeatures(calendar: DayCalendar, set: FeatureSet, yearly: boolean): DayFeatures {
  const columns: Float64Array[] = [];
  const penalties: number[] = [];
  const column = (effect: keyof typeof penaltyOf = "other") => {
    const values = new Float64Array(calendar.dayCount);
    columns.push(values);
    penalties.push(penaltyOf[effect]);
    return values;
  };
  const { dayCount, open, usuallyOpen, weekdays, names } = calendar;
  const byWeekday = Array.from({ length: 7 }, () => column("large"));
  for (let day = 0; day < dayCount; day++) byWeekday[weekdays[day] - 1][day] = 1;
  if (set !== "weekday") {
    const after = [column(), column()];
    const before = column();
    let sinceClosure = Number.POSITIVE_INFINITY;
    let lastOpen = -1;
    for (let day = 0; day < dayCount; day++) {
      const closure = usuallyOpen[day] === 1 && open[day] === 0;
      if (closure) {
        sinceClosure = 0;
        if (lastOpen >= 0) before[lastOpen] = 1;
      } else if (open[day] === 1) {
        if (sinceClosure < 2) after[sinceClosure][day] = 1;
        sinceClosure++;
        lastOpen = day;
      }
    }
    const bySpecialName = new Map<string, Float64Array>();
    for (let day = 0; day < dayCount; day++) {
      const name = names[day];
      if (name === null || open[day] === 0) continue;
      const values = bySpecialName.get(name) ?? column("large");
      bySpecialName.set(name, values);
      values[day] = 1;
    }
  }
  if (set === "calendar") {
    const fromStart = Array.from({ length: 4 }, () => column());
    const fromEnd = Array.from({ length: 3 }, () => column());
    const waves = Array.from({ length: 2 * harmonics }, () => column());
    let start = 0;
    while (start < dayCount) {
      const firstOfMonth = addDays(calendar.firstDate, start);
      const dayOfMonth = +firstOfMonth.slice(8, 10);
      const length = daysInMonth(firstOfMonth);
      const end = Math.min(dayCount, start + length - dayOfMonth + 1);
      const business: number[] = [];
      for (let day = start; day < end; day++) {
        if (open[day] === 1 && weekdays[day] <= 5) business.push(day);
        const angle = (2 * Math.PI * (dayOfMonth + day - start - 0.5)) / length;
        for (let wave = 0; wave < harmonics; wave++) {
          waves[2 * wave][day] = cos((wave + 1) * angle);
          waves[2 * wave + 1][day] = sin((wave + 1) * angle);
        }
      }
      // The calendar's first and last month may be cut: their missing end is not taken for an end of month.
      if (dayOfMonth === 1)
        for (const [place, day] of business.slice(0, 4).entries()) fromStart[place][day] = 1;
      if (end - start === length - dayOfMonth + 1) {
        for (const [place, day] of business.reverse().slice(0, 3).entries()) fromEnd[place][day] = 1;
      }
      start = end;
    }
  }
  if (yearly) {
    for (let wave = 1; wave <= harmonics; wave++) {
      const cosine = column();
      const sine = column();
      for (let day = 0; day < dayCount; day++) {
        const angle = (2 * Math.PI * wave * (day + 0.5)) / 365.2425;
        cosine[day] = cos(angle);
        sine[day] = sin(angle);
      }
    }
  }
  const width = columns.length;
  const rows = new Float64Array(dayCount * width);
  for (let index = 0; index < width; index++) {
    for (let day = 0; day < dayCount; day++) rows[day * width + index] = columns[index][day];
  }
  return { width, rows, penalties: Float64Array.from(penalties) };
}

function daysInMonth(date: string): number {
  return new Date(Date.UTC(+date.slice(0, 4), +date.slice(5, 7), 0)).getUTCDate();
}

const rounds = 6;
const kernelHalfLife = 10;
const shortHalfLife = 3;
const longHalfLife = 150;
/** Share of the distance from the recent to the long-run level that is left after one open day. */
const levelMemory = 0.95;

/** A fitted day model. */
export interface DayModel {
  /** Value of any calendar day, so many open days after the last one learnt from. */
  readonly forecast: (day: number, openDaysAhead: number) => number;
  /** What each observed day counted in the end; 0 for a day far off that stands alone. */
  readonly weights: Float64Array;
}

/**
 * y_t = level_t + x_t·b + e_t for one number per day (log day total, factor score, log AHT).
 *
 * b and the level take turns: b by ridge regression with Huber weights on y − level (0 for a day far off that stands
 * alone), the level by a two-sided exponential kernel on y − x·b. The forecast returns from a recent level (half-life three open days) to a long-run one
 * (150) with every day ahead, because a contact centre's weeks come back: following the last days for a month costs more
 * than it gains.
 *
 * @param days indices of the observed days in the calendar, ascending
 * @param values one per observed day
 * @param base weight of each day, 1 for a day like any other
 */
export function fitDayModel(
  features: DayFeatures,
  days: readonly number[] | Int32Array,
  values: Float64Array,
  base: Float64Array | null,
): DayModel {
  const { width } = features;
  const count = values.length;
  const rows = new Float64Array(count * width);
  for (let row = 0; row < count; row++) {
    rows.set(features.rows.subarray(days[row] * width, (days[row] + 1) * width), row * width);
  }
  const weights = base === null ? new Float64Array(count).fill(1) : Float64Array.from(base);
  const level = new Float64Array(count).fill(median(values));
  const remainder = new Float64Array(count);
  const sizes = new Float64Array(count);
  let b = new Float64Array(width);
  for (let round = 0; round < rounds; round++) {
    for (let row = 0; row < count; row++) remainder[row] = values[row] - level[row];
    b = ridge(rows, width, remainder, weights, features.penalties) as Float64Array<ArrayBuffer>;
    for (let row = 0; row < count; row++) remainder[row] = values[row] - dot(rows, row * width, b);
    kernelMean(remainder, weights, level);
    for (let row = 0; row < count; row++) sizes[row] = remainder[row] - level[row];
    const scale = Math.max(1e-9, robustDeviation(sizes, 0));
    for (let row = 0; row < count; row++) {
      const size = Math.abs(sizes[row]);
      const huber =
        size > 6 * scale && alone(sizes, row, 3 * scale)
          ? 0
          : Math.min(1, (2.5 * scale) / Math.max(1e-12, size));
      weights[row] = (base === null ? 1 : base[row]) * huber;
    }
  }
  let recent = 0;
  let recentWeight = 0;
  let longRun = 0;
  let longRunWeight = 0;
  const keepShort = pow(0.5, 1 / shortHalfLife);
  const keepLong = pow(0.5, 1 / longHalfLife);
  for (let row = 0; row < count; row++) {
    recent = recent * keepShort + weights[row] * remainder[row];
    recentWeight = recentWeight * keepShort + weights[row];
    longRun = longRun * keepLong + weights[row] * remainder[row];
    longRunWeight = longRunWeight * keepLong + weights[row];
  }
  const longLevel = longRun / longRunWeight;
  const shortLevel = recent / recentWeight;
  return {
    weights,
    forecast: (day, openDaysAhead) =>
      longLevel +
      (shortLevel - longLevel) * pow(levelMemory, openDaysAhead) +
      dot(features.rows, day * width, b),
  };
}

/**
 * Whether a residual stands alone: at most one of the three days on either side is off to the same side. An outage or a
 * day half closed stands alone and says nothing about the level; a new level does not.
 */
function alone(residuals: Float64Array, row: number, limit: number): boolean {
  let like = 0;
  for (let other = Math.max(0, row - 3); other <= Math.min(residuals.length - 1, row + 3); other++) {
    if (
      other !== row &&
      Math.sign(residuals[other]) === Math.sign(residuals[row]) &&
      Math.abs(residuals[other]) > limit
    )
      like++;
  }
  return like <= 1;
}

function dot(rows: Float64Array, start: number, b: Float64Array): number {
  let sum = 0;
  for (let column = 0; column < b.length; column++) sum += rows[start + column] * b[column];
  return sum;
}

/** Two-sided exponential mean with a half-life of ten days: one pass forward, one back. */
function kernelMean(values: Float64Array, weights: Float64Array, into: Float64Array): void {
  const keep = pow(0.5, 1 / kernelHalfLife);
  const count = values.length;
  const sums = new Float64Array(count);
  const totals = new Float64Array(count);
  let sum = 0;
  let total = 0;
  for (let row = 0; row < count; row++) {
    sum = sum * keep + weights[row] * values[row];
    total = total * keep + weights[row];
    sums[row] = sum;
    totals[row] = total;
  }
  sum = 0;
  total = 0;
  for (let row = count - 1; row >= 0; row--) {
    into[row] = (sums[row] + sum) / (totals[row] + total);
    sum = (sum + weights[row] * values[row]) * keep;
    total = (total + weights[row]) * keep;
  }
}
