import {
  createIntervalGrid,
  dateOfDay,
  dayOfDate,
  type IntervalGrid,
  intervalCount,
} from "../../../domain/calendar/interval-grid.ts";
import {
  type DemandForecast,
  type DemandHistory,
  intervalState,
  type QueueForecast,
} from "../../../domain/results/demand.ts";
import { bounds } from "../../../forecasting/bands.ts";
import { compareWithActual, type ForecastAccuracy } from "../../../forecasting/forecast-accuracy.ts";
import { type Reforecast, reforecastQueue } from "../../../forecasting/reforecast.ts";

/** History and forecast of one queue on one axis: some days before the plan, and the plan's days. */
export interface ForecastAxis {
  readonly grid: IntervalGrid;
  /** Interval of `grid` at which the plan's grid begins. */
  readonly offset: number;
}

/** The axis of a plan's forecast with up to `leadDays` days of its history in front. */
export function forecastAxis(
  forecast: DemandForecast,
  history: DemandHistory | null,
  leadDays: number,
): ForecastAxis {
  const { grid } = forecast;
  if (
    history === null ||
    history.grid.intervalMinutes !== grid.intervalMinutes ||
    history.grid.timeZone !== grid.timeZone
  ) {
    return { grid, offset: 0 };
  }
  const ahead = Math.round((grid.startEpochSeconds - history.grid.startEpochSeconds) / 86_400);
  const lead = Math.max(0, Math.min(leadDays, ahead));
  if (lead === 0) return { grid, offset: 0 };
  const firstDate = dateOfDay(history.grid, ahead - lead);
  const whole = createIntervalGrid(grid.timeZone, grid.intervalMinutes, firstDate, lead + grid.dayCount);
  return { grid: whole, offset: whole.dayOffsets[lead] };
}

/** One value per interval of a grid; null where there is none. */
export type GappedSeries = readonly (number | null)[];

/** What the chart of a queue draws, aligned to the axis; null where there is nothing. */
export interface FanSeries {
  readonly actual: GappedSeries;
  readonly forecast: GappedSeries;
  readonly baseline: GappedSeries | null;
  readonly lower80: GappedSeries;
  readonly upper80: GappedSeries;
  readonly lower95: GappedSeries;
  readonly upper95: GappedSeries;
  readonly open: Uint8Array;
}

export function fanSeries(
  axis: ForecastAxis,
  queue: QueueForecast,
  history: DemandHistory | null,
): FanSeries {
  const count = intervalCount(axis.grid);
  const shifted = (values: Float64Array) => {
    const series: (number | null)[] = new Array(count).fill(null);
    for (let interval = 0; interval < values.length; interval++) {
      if (queue.open[interval] === 1) series[axis.offset + interval] = values[interval];
    }
    return series;
  };
  const actual = actualSeries(axis.grid, history, queue.queueId);
  const open = new Uint8Array(count);
  for (let interval = 0; interval < count; interval++) {
    open[interval] =
      interval >= axis.offset ? queue.open[interval - axis.offset] : actual[interval] === null ? 0 : 1;
  }
  return {
    actual,
    forecast: shifted(queue.offered),
    baseline: queue.baseline === undefined ? null : shifted(queue.baseline),
    lower80: shifted(queue.offeredLower80),
    upper80: shifted(queue.offeredUpper80),
    lower95: shifted(queue.offeredLower95),
    upper95: shifted(queue.offeredUpper95),
    open,
  };
}

/** Contacts that came, on another grid of the same interval and zone; null where closed, unknown or left out. */
export function actualSeries(
  grid: IntervalGrid,
  history: DemandHistory | null,
  queueId: string,
): GappedSeries {
  const series: (number | null)[] = new Array(intervalCount(grid)).fill(null);
  const past = history?.queues.find((one) => one.queueId === queueId);
  if (history === null || past === undefined) return series;
  for (let day = 0; day < grid.dayCount; day++) {
    const from = dayOfDate(history.grid, dateOfDay(grid, day));
    if (from === null) continue;
    const start: number = history.grid.dayOffsets[from];
    for (let interval = grid.dayOffsets[day]; interval < grid.dayOffsets[day + 1]; interval++) {
      const there = start + interval - grid.dayOffsets[day];
      if (past.state[there] === intervalState.open) series[interval] = past.offered[there];
    }
  }
  return series;
}

/** One day of a queue: its sum and the band of that sum, in which the day's shared factor counts. */
export interface DayForecast {
  readonly day: number;
  readonly offered: number;
  readonly lower80: number;
  readonly upper80: number;
  readonly lower95: number;
  readonly upper95: number;
  /** Weighted by contacts; null on a closed day. */
  readonly ahtSeconds: number | null;
}

/** Var(total) = M + vM² + Σ(φ − v)μ², with v the variance of the factor that a day's intervals share. */
export function dayForecast(grid: IntervalGrid, queue: QueueForecast, day: number): DayForecast {
  let mean = 0;
  let extra = 0;
  let seconds = 0;
  for (let interval = grid.dayOffsets[day]; interval < grid.dayOffsets[day + 1]; interval++) {
    const contacts = queue.offered[interval];
    mean += contacts;
    extra += (queue.dispersion[interval] - queue.dayFactorVariance) * contacts ** 2;
    seconds += contacts * queue.ahtSeconds[interval];
  }
  const band = new Float64Array(4);
  if (mean > 0) bounds(mean, queue.dayFactorVariance + Math.max(0, extra) / mean ** 2, band);
  return {
    day,
    offered: mean,
    lower95: band[0],
    lower80: band[1],
    upper80: band[2],
    upper95: band[3],
    ahtSeconds: mean > 0 ? seconds / mean : null,
  };
}

/** A queue's forecast against what the history knows of the plan's days; null while nothing of them has come. */
export function accuracyOf(
  forecast: DemandForecast,
  queue: QueueForecast,
  history: DemandHistory | null,
): ForecastAccuracy | null {
  return compareWithActual(forecast.grid, queue, actualSeries(forecast.grid, history, queue.queueId));
}

/** What the hours seen on the last day with actuals say about its rest; null when that day is over or nothing came. */
export function intradayOf(
  forecast: DemandForecast,
  queue: QueueForecast,
  history: DemandHistory | null,
  accuracy: ForecastAccuracy | null,
): { readonly day: number; readonly now: number; readonly intraday: Reforecast } | null {
  const last = accuracy?.days.at(-1);
  if (last === undefined || last.unseen === 0) return null;
  const { grid } = forecast;
  const offered = actualSeries(grid, history, queue.queueId);
  const now = offered.findLastIndex((contacts) => contacts !== null) + 1;
  if (now <= grid.dayOffsets[last.day] || now >= grid.dayOffsets[last.day + 1]) return null;
  const intraday = reforecastQueue(grid, queue, { offered }, now);
  return intraday === null ? null : { day: last.day, now, intraday };
}

/** The rest of the day as re-forecast, aligned to the grid; null elsewhere. */
export function restOfDay(
  { dayOffsets }: IntervalGrid,
  { day, now, intraday }: NonNullable<ReturnType<typeof intradayOf>>,
): GappedSeries {
  const { offered, open } = intraday.forecast;
  return Array.from(offered, (contacts, interval) =>
    interval >= now && interval < dayOffsets[day + 1] && open[interval] === 1 ? contacts : null,
  );
}
