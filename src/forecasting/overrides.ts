import { dayOfDate, type IntervalGrid, intervalAt } from "../domain/calendar/interval-grid.ts";
import type { IntervalRange } from "../domain/calendar/ranges.ts";
import type { ForecastOverride } from "../domain/plan/forecast-settings.ts";
import type { QueueForecast } from "../domain/results/demand.ts";
import { bounds } from "./bands.ts";

/**
 * A forecast with the planner's overrides of its queue applied in order; `baseline` keeps what the model said. Bands
 * move with the mean: how sure a planner is of a change is not known, so the model's spread stays.
 */
export function applyOverrides(
  grid: IntervalGrid,
  forecast: QueueForecast,
  overrides: readonly ForecastOverride[],
): QueueForecast {
  const own = overrides.filter(({ queueId }) => queueId === forecast.queueId);
  if (own.length === 0) return forecast;
  const offered = forecast.offered.slice();
  const ahtSeconds = forecast.ahtSeconds.slice();
  for (const override of own) {
    const { first, end } = stretchOf(grid, override);
    if (override.what === "aht") {
      for (let interval = first; interval < end; interval++) {
        // Where no handle time is known there is nothing to add to.
        if (ahtSeconds[interval] === 0 && override.kind !== "set") continue;
        ahtSeconds[interval] = Math.max(1, applied(override, ahtSeconds[interval]));
      }
      continue;
    }
    if (override.kind === "scale") {
      for (let interval = first; interval < end; interval++) {
        offered[interval] = Math.max(0, applied(override, offered[interval]));
      }
      continue;
    }
    let total = 0;
    let open = 0;
    for (let interval = first; interval < end; interval++) {
      if (forecast.open[interval] === 0) continue;
      total += offered[interval];
      open++;
    }
    if (open === 0) continue;
    const target = Math.max(0, applied(override, total));
    for (let interval = first; interval < end; interval++) {
      if (forecast.open[interval] === 0) continue;
      // A single interval gets the whole exactly, without a rounding.
      if (open === 1) offered[interval] = target;
      else offered[interval] = total > 0 ? (offered[interval] * target) / total : target / open;
    }
  }
  const result = {
    ...forecast,
    offered,
    ahtSeconds,
    baseline: forecast.baseline ?? forecast.offered,
    offeredLower80: forecast.offeredLower80.slice(),
    offeredUpper80: forecast.offeredUpper80.slice(),
    offeredLower95: forecast.offeredLower95.slice(),
    offeredUpper95: forecast.offeredUpper95.slice(),
  };
  const band = new Float64Array(4);
  for (let interval = 0; interval < offered.length; interval++) {
    if (offered[interval] === forecast.offered[interval]) continue;
    bounds(offered[interval], forecast.dispersion[interval], band);
    result.offeredLower95[interval] = band[0];
    result.offeredLower80[interval] = band[1];
    result.offeredUpper80[interval] = band[2];
    result.offeredUpper95[interval] = band[3];
  }
  return result;
}

function applied({ kind, value }: ForecastOverride, before: number): number {
  if (kind === "scale") return before * value;
  return kind === "add" ? before + value : value;
}

/** Intervals of a grid that an override speaks of; empty where the grid does not reach it. */
function stretchOf(grid: IntervalGrid, override: ForecastOverride): IntervalRange {
  const first = edgeOf(grid, override.fromDate, override.fromMinute);
  const end = edgeOf(grid, override.toDate, override.toMinute);
  return { first, end: Math.max(first, end) };
}

function edgeOf(grid: IntervalGrid, date: string, minute: number): number {
  const day = dayOfDate(grid, date);
  if (day === null) return date < grid.firstDate ? 0 : grid.dayOffsets[grid.dayCount];
  if (minute >= 1440) return grid.dayOffsets[day + 1];
  return intervalAt(grid, date, minute) ?? grid.dayOffsets[day];
}
