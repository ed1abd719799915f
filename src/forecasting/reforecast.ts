import {
  clockSlots,
  dayOfInterval,
  type IntervalGrid,
  intervalCount,
} from "../domain/calendar/interval-grid.ts";
import type { QueueForecast } from "../domain/results/demand.ts";
import { exp, pow } from "../numerics/elementary.ts";
import { bounds } from "./bands.ts";
import { assumedDeviation, createDeviationFilter, priorVariance, stretchesOfDay } from "./day-deviation.ts";

/** What came of a queue until now, aligned to the plan's grid; null where it is not known. */
export interface CameSoFar {
  readonly offered: readonly (number | null)[];
  /** Seconds of handling, and contacts handled, of the day so far; null where nobody counted them. */
  readonly handling?: { readonly handleSeconds: number; readonly handled: number } | null;
}

export interface Reforecast {
  /** Before now what came, where it is known; from now on what is expected, with bands. */
  readonly forecast: QueueForecast;
  /** Contacts of the day until now, what had been expected of those hours, and of the hours to come before and after. */
  readonly seen: number;
  readonly expectedSeen: number;
  readonly restBefore: number;
  readonly restAfter: number;
  /** AHT of what is to come ÷ that of the forecast. */
  readonly ahtFactor: number;
}

/** Standard deviation of a day's mean handle time, as a share. */
const ahtDeviation = 0.05;

/**
 * Intraday re-forecast of a queue: the rest of the day and of the period, from what came until now.
 *
 * Assumes that days run off their forecast as they did before (`QueueForecast.deviation`, `assumedDeviation` without
 * one). Days of the plan that are over count too, damped by each day since. Method: `createDeviationFilter` follows what
 * came; what it expects of each interval to come multiplies the forecast, and bands narrow by the share of the variance
 * that is left. Early in the day the forecast barely moves. The day's handle time so far moves AHT of its rest by a
 * normal prior of 5 % against the spread of a mean of exponential handle times.
 *
 * @param now first interval that is not over; what `came` says of later ones is not read
 * @returns null where nothing of the day has come, or nothing of it is left
 *
 * @example
 * const update = reforecastQueue(grid, queue, { offered }, now);
 * if (update !== null) update.forecast.offered[now]; // 61.3 where 54 had been expected
 */
export function reforecastQueue(
  grid: IntervalGrid,
  queue: QueueForecast,
  came: CameSoFar,
  now: number,
): Reforecast | null {
  const deviation = queue.deviation ?? assumedDeviation;
  const filter = createDeviationFilter(deviation);
  const before = priorVariance(deviation);
  const hours = grid.intervalMinutes / 60;
  const slots = clockSlots(grid);
  const today = dayOfInterval(grid, Math.max(0, now - 1));
  const isKnown = (interval: number) =>
    interval < now && queue.open[interval] === 1 && came.offered[interval] !== null;
  let lastDay: number | null = null;
  for (let day = 0; day <= today; day++) {
    const [first, end] = grid.dayOffsets.slice(day, day + 2);
    const known = Array.from({ length: end - first }, (_, k) =>
      isKnown(first + k) ? came.offered[first + k] : null,
    );
    if (lastDay !== null) filter.startDay(day - lastDay);
    lastDay = day;
    const startHour = slots[first] * hours;
    for (const stretch of stretchesOfDay(queue.offered.subarray(first, end), known, hours))
      filter.observe({ ...stretch, hour: startHour + stretch.hour });
  }
  const first = grid.dayOffsets[today];
  const endOfDay = grid.dayOffsets[today + 1];
  let seen = 0;
  let expectedSeen = 0;
  let isSeen = false;
  for (let interval = first; interval < Math.min(now, endOfDay); interval++) {
    if (!isKnown(interval)) continue;
    isSeen = true;
    seen += came.offered[interval] ?? 0;
    expectedSeen += queue.offered[interval];
  }
  const offered = queue.offered.slice();
  const dispersion = queue.dispersion.slice();
  const ahtSeconds = queue.ahtSeconds.slice();
  const bands = {
    offeredLower95: queue.offeredLower95.slice(),
    offeredLower80: queue.offeredLower80.slice(),
    offeredUpper80: queue.offeredUpper80.slice(),
    offeredUpper95: queue.offeredUpper95.slice(),
  };
  const put = (interval: number, values: ArrayLike<number>) => {
    [bands.offeredLower95, bands.offeredLower80, bands.offeredUpper80, bands.offeredUpper95].forEach(
      (band, k) => {
        band[interval] = values[k];
      },
    );
  };
  const band = new Float64Array(4);
  let restBefore = 0;
  let restAfter = 0;
  let spread = 0;
  const ahtFactor = ahtFactorOf(queue, came, first, Math.min(now, endOfDay));
  let day = today;
  for (let interval = 0; interval < intervalCount(grid); interval++) {
    if (isKnown(interval)) {
      const contacts = came.offered[interval] ?? 0;
      offered[interval] = contacts;
      dispersion[interval] = 0;
      put(interval, [contacts, contacts, contacts, contacts]);
    }
    if (interval < now || queue.open[interval] === 0) continue;
    for (; interval >= grid.dayOffsets[day + 1]; day++) filter.startDay(1);
    const { mean, variance } = filter.at((slots[interval] + 0.5) * hours);
    offered[interval] *= exp(mean);
    dispersion[interval] *= Math.min(1, variance / before);
    bounds(offered[interval], dispersion[interval], band);
    put(interval, band);
    if (day > today) continue;
    ahtSeconds[interval] *= ahtFactor;
    restBefore += queue.offered[interval];
    restAfter += offered[interval];
    spread += (queue.offered[interval] * variance) / before;
  }
  if (!isSeen || restBefore === 0) return null;
  const dayFactorVariance = queue.dayFactorVariance * Math.min(1, spread / restBefore);
  const forecast = { ...queue, offered, dispersion, ahtSeconds, ...bands, dayFactorVariance };
  return { forecast, seen, expectedSeen, restBefore, restAfter, ahtFactor };
}

/** How far the day's handle times so far move those to come. */
function ahtFactorOf(
  queue: QueueForecast,
  { offered, handling }: CameSoFar,
  first: number,
  end: number,
): number {
  if (!handling || handling.handled <= 0 || handling.handleSeconds <= 0) return 1;
  let seconds = 0;
  let contacts = 0;
  for (let interval = first; interval < end; interval++) {
    const came = offered[interval] ?? 0;
    seconds += came * queue.ahtSeconds[interval];
    contacts += came;
  }
  if (seconds <= 0) return 1;
  const weight = ahtDeviation ** 2 / (ahtDeviation ** 2 + 1 / handling.handled);
  return pow((handling.handleSeconds / handling.handled) * (contacts / seconds), weight);
}
