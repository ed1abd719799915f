import { type IntervalGrid, intervalCount, minuteOfInstant } from "../domain/calendar/interval-grid.ts";
import type { OutsideForecast } from "../domain/plan/forecast-settings.ts";
import type { QueueForecast } from "../domain/results/demand.ts";
import { bounds } from "./bands.ts";

/**
 * A forecast with the figures of one made elsewhere in place of the model's, wherever that has any; `baseline` keeps
 * what the model said. How sure the other forecast is of itself is not known, so the model's spread stays. An interval the
 * model holds for closed opens where contacts are expected. Figures for intervals of another length are not taken.
 */
export function withOutside(
  grid: IntervalGrid,
  forecast: QueueForecast,
  outside: OutsideForecast | null,
): QueueForecast {
  const own = outside?.queues.find(({ queueId }) => queueId === forecast.queueId);
  if (own === undefined || outside?.intervalMinutes !== grid.intervalMinutes) return forecast;
  const result = {
    ...forecast,
    open: forecast.open.slice(),
    offered: forecast.offered.slice(),
    ahtSeconds: forecast.ahtSeconds.slice(),
    dispersion: forecast.dispersion.slice(),
    baseline: forecast.offered,
    fromOutside: new Uint8Array(intervalCount(grid)),
    offeredLower80: forecast.offeredLower80.slice(),
    offeredUpper80: forecast.offeredUpper80.slice(),
    offeredLower95: forecast.offeredLower95.slice(),
    offeredUpper95: forecast.offeredUpper95.slice(),
  };
  const usualDispersion = forecast.dispersion.find((_, interval) => forecast.open[interval] === 1) ?? 0;
  const band = new Float64Array(4);
  for (const [at, start] of own.startEpochSeconds.entries()) {
    const interval = minuteOfInstant(grid, start) / grid.intervalMinutes;
    if (!Number.isInteger(interval) || interval < 0 || interval >= result.open.length) continue;
    if (forecast.open[interval] === 0) {
      if (own.offered[at] === 0) continue;
      result.open[interval] = 1;
      result.dispersion[interval] = usualDispersion;
    }
    result.fromOutside[interval] = 1;
    result.offered[interval] = own.offered[at];
    result.ahtSeconds[interval] = own.ahtSeconds[at] ?? forecast.ahtSeconds[interval];
    bounds(own.offered[at], result.dispersion[interval], band);
    result.offeredLower95[interval] = band[0];
    result.offeredLower80[interval] = band[1];
    result.offeredUpper80[interval] = band[2];
    result.offeredUpper95[interval] = band[3];
  }
  return result;
}
