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
