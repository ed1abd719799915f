import { countQuantile } from "../numerics/count-distribution.ts";
import { normalQuantile } from "../numerics/normal.ts";
import { median } from "../numerics/order-statistics.ts";

/** Dispersion where there is too little back-test to measure it: first week, and what each further week adds. */
const assumedDispersion = { firstWeek: 0.004, perWeek: 0.0007 } as const;
/** Square of the median of |z| of a normal variable. */
const medianSquare = normalQuantile(0.75) ** 2;

export function assumedDispersionOfWeek(week: number): number {
  return assumedDispersion.firstWeek + assumedDispersion.perWeek * week;
}

/** Forecasts and what came, pairwise. */
export interface Pairs {
  readonly means: number[];
  readonly actuals: number[];
}

/**
 * φ in Var = μ + φμ² under which the median |z| is that of a normal variable: outage days widen moments, not medians.
 * Each pair says which φ would put it exactly there; the answer is the middle of those, never below 0.
 */
export function calibrateDispersion(pairs: Pairs): number {
  const fits = new Float64Array(pairs.means.length);
  for (const [index, mean] of pairs.means.entries()) {
    fits[index] = ((pairs.actuals[index] - mean) ** 2 / medianSquare - mean) / mean ** 2;
  }
  return Math.max(0, median(fits));
}

/** Day totals: mean, actual, the sum of squared interval means, and φ of the day's intervals. */
export interface DaySum {
  readonly mean: number;
  readonly actual: number;
  readonly squares: number;
  readonly dispersion: number;
}

/**
 * Variance of the gamma factor shared by a day: what day totals scatter beyond intervals that were independent,
 * Var(total) = M + vM² + (φ − v) Σμ². By medians as above; between 0 and φ.
 */
export function calibrateDayFactor(days: readonly DaySum[]): number {
  if (days.length === 0) return 0;
  const fits = days.map(
    ({ mean, actual, squares, dispersion }) =>
      ((actual - mean) ** 2 / medianSquare - mean - dispersion * squares) /
      Math.max(1e-9, mean ** 2 - squares),
  );
  const largest = Math.min(...days.map(({ dispersion }) => dispersion));
  return Math.min(largest, Math.max(0, median(fits)));
}

const probabilities = [0.025, 0.1, 0.9, 0.975] as const;
const normals = probabilities.map(normalQuantile);

/** 95 % lower, 80 % lower, 80 % upper and 95 % upper bound of a count with variance μ + φμ². */
export function bounds(mean: number, dispersion: number, into: Float64Array): void {
  if (mean <= 0) {
    into.fill(0);
    return;
  }
  if (mean < 40) {
    for (let index = 0; index < 4; index++)
      into[index] = countQuantile(mean, dispersion, probabilities[index]);
    return;
  }
  // Cornish–Fisher with the negative binomial's skewness and excess: within one count of the exact quantile from 40 up.
  const variance = mean + dispersion * mean ** 2;
  const deviation = Math.sqrt(variance);
  const ratio = variance / mean;
  const skewness = (2 * ratio - 1) / deviation;
  const excess = (1 + 6 * ratio * (ratio - 1)) / variance;
  for (let index = 0; index < 4; index++) {
    const z = normals[index];
    const bent =
      z +
      (skewness * (z * z - 1)) / 6 +
      (excess * (z * z * z - 3 * z)) / 24 -
      (skewness ** 2 * (2 * z * z * z - 5 * z)) / 36;
    into[index] = Math.max(0, Math.ceil(mean + deviation * bent - 0.5));
  }
}
