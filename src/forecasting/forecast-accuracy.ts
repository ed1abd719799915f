import type { IntervalGrid } from "../domain/calendar/interval-grid.ts";
import type { QueueForecast } from "../domain/results/demand.ts";

/** One day of a forecast against what came, over the intervals for which both are known. */
export interface DayAccuracy {
  readonly day: number;
  readonly forecast: number;
  readonly actual: number;
  /** Σ|error| ÷ Σactual over the day's intervals. */
  readonly wape: number;
  /** (forecast − actual) ÷ actual of the day: wrong in level. */
  readonly level: number;
  /** WAPE that is left when the day's total is set right: wrong in shape, chance included. */
  readonly shape: number;
  /** Share of intervals inside the 80 % band. */
  readonly coverage80: number;
  /** Intervals compared, and open intervals still to come or unknown. */
  readonly seen: number;
  readonly unseen: number;
}

export interface ForecastAccuracy {
  readonly days: readonly DayAccuracy[];
  readonly wape: number;
  readonly bias: number;
  readonly coverage80: number;
  /** Error of day totals alone, Σ|day error| ÷ Σactual. */
  readonly levelWape: number;
  readonly shapeWape: number;
}

/**
 * A queue's forecast against the contacts that came, with the error split into level (day totals) and shape.
 *
 * @param actual aligned to the forecast's grid; null where unknown
 * @returns null when nothing of the period has come yet
 */
export function compareWithActual(
  grid: IntervalGrid,
  queue: QueueForecast,
  actual: readonly (number | null)[],
): ForecastAccuracy | null {
  const days: DayAccuracy[] = [];
  let error = 0;
  let shapeError = 0;
  let levelError = 0;
  let actualAll = 0;
  let expected = 0;
  let insideAll = 0;
  let seenAll = 0;
  for (let day = 0; day < grid.dayCount; day++) {
    let forecastSum = 0;
    let actualSum = 0;
    let dayError = 0;
    let inside = 0;
    let seen = 0;
    let unseen = 0;
    for (let interval = grid.dayOffsets[day]; interval < grid.dayOffsets[day + 1]; interval++) {
      if (queue.open[interval] === 0) continue;
      const came = actual[interval];
      if (came === null) {
        unseen++;
        continue;
      }
      seen++;
      forecastSum += queue.offered[interval];
      actualSum += came;
      dayError += Math.abs(queue.offered[interval] - came);
      if (came >= queue.offeredLower80[interval] && came <= queue.offeredUpper80[interval]) inside++;
    }
    if (seen === 0 || actualSum === 0) continue;
    const scale = forecastSum > 0 ? actualSum / forecastSum : 0;
    let rest = 0;
    for (let interval = grid.dayOffsets[day]; interval < grid.dayOffsets[day + 1]; interval++) {
      const came = actual[interval];
      if (queue.open[interval] === 1 && came !== null)
        rest += Math.abs(queue.offered[interval] * scale - came);
    }
    days.push({
      day,
      forecast: forecastSum,
      actual: actualSum,
      wape: dayError / actualSum,
      level: (forecastSum - actualSum) / actualSum,
      shape: rest / actualSum,
      coverage80: inside / seen,
      seen,
      unseen,
    });
    error += dayError;
    shapeError += rest;
    levelError += Math.abs(forecastSum - actualSum);
    actualAll += actualSum;
    expected += forecastSum;
    insideAll += inside;
    seenAll += seen;
  }
  if (days.length === 0) return null;
  return {
    days,
    wape: error / actualAll,
    bias: (expected - actualAll) / actualAll,
    coverage80: insideAll / seenAll,
    levelWape: levelError / actualAll,
    shapeWape: shapeError / actualAll,
  };
}

/** What the hours seen so far say about the rest of a day. */
export interface IntradayForecast {
  /** Posterior mean and standard deviation of the day's factor; 1 is as forecast. */
  readonly factor: number;
  readonly factorDeviation: number;
  /** Contacts seen, what had been expected of those hours, and of the hours to come before and after the update. */
  readonly seen: number;
  readonly expectedSeen: number;
  readonly restBefore: number;
  readonly restAfter: number;
  /** Aligned to the grid: the updated forecast from the first unseen interval of the day on, null elsewhere. */
  readonly offered: readonly (number | null)[];
}

/**
 * Intraday re-forecast: the day's contacts share a gamma factor G with mean 1 and variance v (`dayFactorVariance`), so
 * after `a` contacts where `m` were expected its posterior is gamma with shape 1/v + Σwa and rate 1/v + Σwμ, mean
 * (1/v + Σwa) ÷ (1/v + Σwμ). The weight w = 1 ÷ (1 + (φ − v)μ) discounts intervals that scatter beyond Poisson.
 * Early in the day the forecast barely moves; by noon it follows what came. null when the day has nothing seen or
 * nothing left.
 */
export function reforecastDay(
  grid: IntervalGrid,
  queue: QueueForecast,
  actual: readonly (number | null)[],
  day: number,
): IntradayForecast | null {
  const variance = Math.max(1e-6, queue.dayFactorVariance);
  const offered: (number | null)[] = new Array(actual.length).fill(null);
  let shape = 1 / variance;
  let rate = 1 / variance;
  let seen = 0;
  let expectedSeen = 0;
  let lastSeen = -1;
  for (let interval = grid.dayOffsets[day]; interval < grid.dayOffsets[day + 1]; interval++) {
    const came = actual[interval];
    if (queue.open[interval] === 0 || came === null) continue;
    const mean = queue.offered[interval];
    const weight = 1 / (1 + Math.max(0, queue.dispersion[interval] - queue.dayFactorVariance) * mean);
    shape += weight * came;
    rate += weight * mean;
    seen += came;
    expectedSeen += mean;
    lastSeen = interval;
  }
  if (lastSeen < 0) return null;
  const factor = shape / rate;
  let restBefore = 0;
  for (let interval = lastSeen + 1; interval < grid.dayOffsets[day + 1]; interval++) {
    if (queue.open[interval] === 0) continue;
    restBefore += queue.offered[interval];
    offered[interval] = queue.offered[interval] * factor;
  }
  if (restBefore === 0) return null;
  return {
    factor,
    factorDeviation: Math.sqrt(shape) / rate,
    seen,
    expectedSeen,
    restBefore,
    restAfter: restBefore * factor,
    offered,
  };
}
