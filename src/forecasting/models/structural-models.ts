import { exp, log, pow } from "../../numerics/elementary.ts";
import { principalVectors } from "../../numerics/principal-vectors.ts";
import { type DayFeatures, type DayModel, fitDayModel } from "./day-model.ts";
import type { DayTable } from "./day-table.ts";

/** Days a structural model can learn from, with totals filled up where part of a day is missing. */
export interface LearningDays {
  readonly days: Int32Array;
  /** Contacts of the day as if all its open slots had been seen. */
  readonly totals: Float64Array;
  /** Weekday × slot, shares of the day's total. */
  readonly profiles: Float64Array;
  /** Contacts per learning day and slot, with unseen open slots filled by the profile. */
  readonly counts: Float64Array;
}

/** Weeks after which a past day weighs half in the profile. */
const profileHalfLifeWeeks = 8;
/** A day of which less than this share of contacts can have been seen is not learnt from. */
const leastShareSeen = 0.6;

/**
 * Profiles and day totals. The profile of a weekday is the exponentially weighted sum of counts over the weighted sum of
 * totals (half-life eight weeks), drawn toward the profile of all weekdays by one week's worth of contacts.
 */
export function learningDays(table: DayTable): LearningDays {
  const { slotCount } = table;
  const overall = overallProfiles(table);
  const days: number[] = [];
  const totals: number[] = [];
  for (let day = 0; day < table.dayCount; day++) {
    if (table.dayOpen[day] === 0) continue;
    let sum = 0;
    let share = 0;
    let shareOpen = 0;
    for (let slot = 0; slot < slotCount; slot++) {
      const cell = day * slotCount + slot;
      const part = overall[table.weekdays[day] * slotCount + slot];
      if (table.open[cell] === 1) shareOpen += part;
      if (table.seen[cell] === 0) continue;
      sum += table.counts[cell];
      share += part;
    }
    if (sum <= 0 || shareOpen <= 0 || share < leastShareSeen * shareOpen) continue;
    days.push(day);
    totals.push((sum * shareOpen) / share);
  }
  const profiles = weightedProfiles(table, days, totals);
  const counts = new Float64Array(days.length * slotCount);
  for (const [row, day] of days.entries()) {
    const weekday = table.weekdays[day];
    for (let slot = 0; slot < slotCount; slot++) {
      const cell = day * slotCount + slot;
      counts[row * slotCount + slot] =
        table.seen[cell] === 1 || table.open[cell] === 0
          ? table.counts[cell]
          : totals[row] * profiles[weekday * slotCount + slot];
    }
  }
  return { days: Int32Array.from(days), totals: Float64Array.from(totals), profiles, counts };
}

/** Shares of the day per weekday and slot, from plain means of the counts seen. */
function overallProfiles(table: DayTable): Float64Array {
  const { slotCount } = table;
  const sums = new Float64Array(8 * slotCount);
  const seen = new Float64Array(8 * slotCount);
  for (let day = 0; day < table.dayCount; day++) {
    for (let slot = 0; slot < slotCount; slot++) {
      const cell = day * slotCount + slot;
      if (table.seen[cell] === 0) continue;
      sums[table.weekdays[day] * slotCount + slot] += table.counts[cell];
      seen[table.weekdays[day] * slotCount + slot]++;
    }
  }
  for (let weekday = 1; weekday <= 7; weekday++) {
    let total = 0;
    for (let slot = 0; slot < slotCount; slot++) {
      const cell = weekday * slotCount + slot;
      if (seen[cell] > 0) sums[cell] /= seen[cell];
      total += sums[cell];
    }
    if (total > 0) for (let slot = 0; slot < slotCount; slot++) sums[weekday * slotCount + slot] /= total;
  }
  return sums;
}

function weightedProfiles(table: DayTable, days: readonly number[], totals: readonly number[]): Float64Array {
  const { slotCount } = table;
  const keep = pow(0.5, 1 / (7 * profileHalfLifeWeeks));
  const counts = new Float64Array(8 * slotCount);
  const shares = new Float64Array(8 * slotCount);
  const weekTotal = new Float64Array(8);
  const weekWeight = new Float64Array(8);
  for (const [row, day] of days.entries()) {
    const weight = pow(keep, table.dayCount - 1 - day);
    const weekday = table.weekdays[day];
    weekTotal[weekday] += weight * totals[row];
    weekWeight[weekday] += weight;
    for (let slot = 0; slot < slotCount; slot++) {
      const cell = day * slotCount + slot;
      if (table.open[cell] === 1 && table.seen[cell] === 0) continue;
      for (const group of [weekday, 0]) {
        counts[group * slotCount + slot] += weight * table.counts[cell];
        shares[group * slotCount + slot] += weight * totals[row];
      }
    }
  }
  const profiles = new Float64Array(8 * slotCount);
  for (let weekday = 1; weekday <= 7; weekday++) {
    if (weekWeight[weekday] === 0) continue;
    const pseudo = weekTotal[weekday] / weekWeight[weekday];
    let total = 0;
    for (let slot = 0; slot < slotCount; slot++) {
      const cell = weekday * slotCount + slot;
      // A slot in which this weekday never had a contact is closed on it, whatever the other weekdays do.
      if (counts[cell] === 0) continue;
      const common = shares[slot] > 0 ? counts[slot] / shares[slot] : 0;
      profiles[cell] = (counts[cell] + pseudo * common) / (shares[cell] + pseudo);
      total += profiles[cell];
    }
    if (total > 0) for (let slot = 0; slot < slotCount; slot++) profiles[weekday * slotCount + slot] /= total;
  }
  return profiles;
}

/**
 * The learning days without those whose total is far off and stands alone (lines down, a holiday half closed): their
 * shape is no more to be trusted than their level.
 */
export function withoutOutliers(
  table: DayTable,
  learning: LearningDays,
  features: DayFeatures,
): LearningDays {
  const { weights } = fitDayModel(features, learning.days, learning.totals.map(logOfCount), null);
  const kept = [...weights.keys()].filter((row) => weights[row] > 0);
  if (kept.length === weights.length) return learning;
  const { slotCount } = table;
  const days = Int32Array.from(kept, (row) => learning.days[row]);
  const totals = Float64Array.from(kept, (row) => learning.totals[row]);
  const counts = new Float64Array(kept.length * slotCount);
  for (const [to, row] of kept.entries()) {
    counts.set(learning.counts.subarray(row * slotCount, (row + 1) * slotCount), to * slotCount);
  }
  return { days, totals, counts, profiles: weightedProfiles(table, [...days], [...totals]) };
}

/** A logarithm whose mean is that of the mean, where a Poisson count is not tiny: the half makes up for its noise. */
function logOfCount(count: number): number {
  return log(count + 0.5);
}

/** Mean contacts of one calendar day, slot by slot. */
export type DayForecaster = (day: number, openDaysAhead: number) => Float64Array;

/** Day total by the day model on its logarithm, times the weekday's profile. */
export function profileModel(table: DayTable, learning: LearningDays, features: DayFeatures): DayForecaster {
  const { slotCount } = table;
  const model = fitDayModel(features, learning.days, learning.totals.map(logOfCount), null);
  return (day, openDaysAhead) => {
    const total = exp(model.forecast(day, openDaysAhead));
    const weekday = weekdayFrom(table, day);
    const profile = learning.profiles.subarray(weekday * slotCount, (weekday + 1) * slotCount);
    return profile.map((share) => total * share);
  };
}

function weekdayFrom(table: DayTable, day: number): number {
  return ((table.weekdays[0] - 1 + day) % 7) + 1;
}

/** Variance of the root of a Poisson count. */
const varianceOfRoot = 0.25;

/** What the factor model finds before any calendar is seen: shared by its fits with different features. */
export interface Factors {
  readonly vectors: Float64Array;
  readonly count: number;
  /** Scores of each factor, one series after the other. */
  readonly scores: readonly Float64Array[];
  /** Variance per slot that the factors leave, and the Poisson noise that they take up. */
  readonly remainder: Float64Array;
}

/**
 * Shen & Huang (2008): Z = √(counts + ¼) makes Poisson noise even; few right singular vectors of the days × slots matrix
 * carry shape and level. Four vectors, three when there are fewer than sixty days.
 */
export function findFactors(learning: LearningDays, slotCount: number): Factors {
  const rows = learning.days.length;
  const count = rows < 60 ? Math.min(3, rows) : 4;
  const roots = learning.counts.map((value) => Math.sqrt(value + 0.25));
  const vectors = principalVectors(roots, slotCount, count);
  const scores = Array.from({ length: count }, () => new Float64Array(rows));
  const remainder = new Float64Array(slotCount);
  const rest = new Float64Array(slotCount);
  for (let row = 0; row < rows; row++) {
    rest.set(roots.subarray(row * slotCount, (row + 1) * slotCount));
    for (let k = 0; k < count; k++) {
      let score = 0;
      for (let slot = 0; slot < slotCount; slot++)
        score += roots[row * slotCount + slot] * vectors[k * slotCount + slot];
      scores[k][row] = score;
      for (let slot = 0; slot < slotCount; slot++) rest[slot] -= score * vectors[k * slotCount + slot];
    }
    for (let slot = 0; slot < slotCount; slot++) remainder[slot] += rest[slot] ** 2 / rows;
  }
  for (let k = 0; k < count; k++) {
    for (let slot = 0; slot < slotCount; slot++)
      remainder[slot] += varianceOfRoot * vectors[k * slotCount + slot] ** 2;
  }
  return { vectors, count, scores, remainder };
}

/**
 * Each factor's scores by the day model; the variance left is added back, without which small counts come out some
 * percent too low.
 */
export function factorModel(
  table: DayTable,
  learning: LearningDays,
  factors: Factors,
  features: DayFeatures,
): DayForecaster {
  const { slotCount } = table;
  const models: DayModel[] = factors.scores.map((scores) =>
    fitDayModel(features, learning.days, scores, null),
  );
  return (day, openDaysAhead) => {
    const contacts = new Float64Array(slotCount);
    for (let k = 0; k < factors.count; k++) {
      const score = models[k].forecast(day, openDaysAhead);
      for (let slot = 0; slot < slotCount; slot++)
        contacts[slot] += score * factors.vectors[k * slotCount + slot];
    }
    for (let slot = 0; slot < slotCount; slot++) {
      contacts[slot] = Math.max(0, Math.max(0, contacts[slot]) ** 2 + factors.remainder[slot] - 0.25);
    }
    return contacts;
  };
}
