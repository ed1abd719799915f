import { dayOfDate, type IntervalGrid, intervalCount } from "../../domain/calendar/interval-grid.ts";
import type { ChangeOf } from "../../domain/plan/scenario.ts";
import type { DemandForecast, QueueForecast } from "../../domain/results/demand.ts";
import { countQuantile } from "../../numerics/count-distribution.ts";
import { exp, pow } from "../../numerics/elementary.ts";
import { dayWindow, windowMask } from "../measuring/time-window.ts";
import type { QueueContacts } from "./scenario-inputs.ts";

const offeredSeries = [
  "offered",
  "offeredLower80",
  "offeredUpper80",
  "offeredLower95",
  "offeredUpper95",
] as const;

/** The forecast with the queues that `queueId` names (null: all) replaced by what `edit` makes of them. */
function editQueues(
  forecast: DemandForecast,
  queueId: string | null,
  edit: (queue: QueueForecast) => QueueForecast,
): DemandForecast {
  return {
    grid: forecast.grid,
    queues: forecast.queues.map((queue) =>
      queueId === null || queue.queueId === queueId ? edit(queue) : queue,
    ),
  };
}

function scaled(series: Float64Array, factor: number, mask: Uint8Array | null): Float64Array {
  return mask === null
    ? series.map((value) => value * factor)
    : series.map((value, index) => (mask[index] === 1 ? value * factor : value));
}

function withOffered(queue: QueueForecast, change: (series: Float64Array) => Float64Array): QueueForecast {
  const changed = Object.fromEntries(offeredSeries.map((name) => [name, change(queue[name])]));
  return { ...queue, ...changed };
}

/** Mean and bands alike; the spread relative to the mean stays. */
export function changeVolume(forecast: DemandForecast, change: ChangeOf<"volume">): DemandForecast {
  if (change.factor === 1) return forecast;
  const mask = windowMask(forecast.grid, change.window);
  return editQueues(forecast, change.queueId, (queue) =>
    withOffered(queue, (series) => scaled(series, change.factor, mask)),
  );
}

export function changeAht(forecast: DemandForecast, change: ChangeOf<"aht">): DemandForecast {
  if (change.factor === 1) return forecast;
  const mask = windowMask(forecast.grid, change.window);
  return editQueues(forecast, change.queueId, (queue) => ({
    ...queue,
    ahtSeconds: scaled(queue.ahtSeconds, change.factor, mask),
  }));
}

export function shortenAfterContactWork(
  forecast: DemandForecast,
  change: ChangeOf<"afterContactWork">,
): DemandForecast {
  if (change.seconds === 0) return forecast;
  return editQueues(forecast, change.queueId, (queue) => ({
    ...queue,
    ahtSeconds: queue.ahtSeconds.map((seconds) =>
      seconds > 0 ? Math.max(Math.min(1, seconds), seconds - change.seconds) : 0,
    ),
  }));
}

/** Fewer repeats are less volume: it falls by `repeatShare` × `avoided`. */
export function volumeOfResolution(change: ChangeOf<"resolution">): ChangeOf<"volume"> {
  const factor = 1 - change.repeatShare * change.avoided;
  return { kind: "volume", queueId: change.queueId, factor, window: null };
}

export function resolveMore(forecast: DemandForecast, change: ChangeOf<"resolution">): DemandForecast {
  return changeVolume(forecast, volumeOfResolution(change));
}

/** Weights over the intervals of a window that sum to one. `peak` is a triangle, `decay` halves every quarter. */
function surgeWeights(shape: ChangeOf<"surge">["shape"], count: number): number[] {
  const weights = Array.from({ length: count }, (_, index) => {
    const at = (index + 0.5) / count;
    if (shape === "even") return 1;
    return shape === "peak" ? 1 - Math.abs(2 * at - 1) : pow(0.5, 4 * at);
  });
  const sum = weights.reduce((a, b) => a + b, 0);
  return weights.map((weight) => weight / sum);
}

/** Contacts that a surge brings to a queue, per interval: in the open ones of its window. */
export function surgeContacts(
  grid: IntervalGrid,
  queue: QueueForecast,
  change: ChangeOf<"surge">,
): Float64Array {
  const mask = windowMask(grid, dayWindow(change.date, change.fromMinute, change.toMinute));
  const inside: number[] = [];
  for (let index = 0; index < queue.open.length; index++) {
    if (mask?.[index] === 1 && queue.open[index] === 1) inside.push(index);
  }
  const weights = surgeWeights(change.shape, inside.length);
  const extra = new Float64Array(queue.open.length);
  inside.forEach((index, at) => {
    extra[index] = change.contacts * weights[at];
  });
  return extra;
}

/** The extra contacts come on top of the mean and of every band. */
export function addSurge(forecast: DemandForecast, change: ChangeOf<"surge">): DemandForecast {
  if (change.contacts === 0) return forecast;
  return editQueues(forecast, change.queueId, (queue) => {
    const extra = surgeContacts(forecast.grid, queue, change);
    return withOffered(queue, (series) => series.map((value, index) => value + extra[index]));
  });
}

/** Both days must lie in the grid and be equally long; otherwise null. */
export function swapDays(forecast: DemandForecast, change: ChangeOf<"swapDays">): DemandForecast | null {
  const { grid } = forecast;
  const a = dayOfDate(grid, change.date);
  const b = dayOfDate(grid, change.withDate);
  if (a === null || b === null) return null;
  const length = grid.dayOffsets[a + 1] - grid.dayOffsets[a];
  if (length !== grid.dayOffsets[b + 1] - grid.dayOffsets[b]) return null;
  if (a === b) return forecast;
  const swapped = <Values extends Float64Array | Uint8Array>(series: Values): Values => {
    const copy = series.slice() as Values;
    copy.set(series.subarray(grid.dayOffsets[b], grid.dayOffsets[b] + length), grid.dayOffsets[a]);
    copy.set(series.subarray(grid.dayOffsets[a], grid.dayOffsets[a] + length), grid.dayOffsets[b]);
    return copy;
  };
  return editQueues(forecast, null, (queue) => ({
    ...withOffered(queue, swapped),
    open: swapped(queue.open),
    dispersion: swapped(queue.dispersion),
    ahtSeconds: swapped(queue.ahtSeconds),
  }));
}

/** The quantile of the contacts of each interval under its own spread, which is then taken as known. */
export function takeQuantile(forecast: DemandForecast, change: ChangeOf<"demandQuantile">): DemandForecast {
  const mask = windowMask(forecast.grid, change.window);
  return editQueues(forecast, change.queueId, (queue) => ({
    ...queue,
    offered: queue.offered.map((mean, index) =>
      mean > 0 && (mask === null || mask[index] === 1)
        ? countQuantile(mean, queue.dispersion[index] + queue.dayFactorVariance, change.quantile)
        : mean,
    ),
    dispersion: queue.dispersion.map((spread, index) => (mask === null || mask[index] === 1 ? 0 : spread)),
    dayFactorVariance: mask === null ? 0 : queue.dayFactorVariance,
  }));
}

/**
 * During the outage nobody gets in. Of those who tried, `redialShare` come again after its end, spread as an
 * exponential with mean `redialMinutes`; those whose turn would come after closing are lost.
 */
export function addOutage(forecast: DemandForecast, change: ChangeOf<"outage">): DemandForecast {
  const { grid } = forecast;
  const mask = windowMask(grid, dayWindow(change.date, change.fromMinute, change.toMinute));
  const day = dayOfDate(grid, change.date);
  const end = mask?.lastIndexOf(1) ?? -1;
  if (mask === null || end < 0 || day === null) return forecast;
  const dayEnd = grid.dayOffsets[day + 1];
  return editQueues(forecast, change.queueId, (queue) =>
    withOffered(queue, (series) => {
      let turnedAway = 0;
      const offered = series.map((value, index) => {
        if (mask[index] !== 1) return value;
        turnedAway += value;
        return 0;
      });
      const redials = turnedAway * change.redialShare;
      for (let index = end + 1; index < dayEnd; index++) {
        const since = (index - end - 1) * grid.intervalMinutes;
        const share =
          exp(-since / change.redialMinutes) - exp(-(since + grid.intervalMinutes) / change.redialMinutes);
        if (queue.open[index] === 1) offered[index] += redials * share;
      }
      return offered;
    }),
  );
}

/** Contacts that an outage turns away for good, where they first tried, per queue that has any. */
export function turnedAwayBy(forecast: DemandForecast, change: ChangeOf<"outage">): QueueContacts[] {
  const changed = addOutage(forecast, change);
  return forecast.queues.flatMap((queue, at) => {
    const after = changed.queues[at];
    const tried = queue.offered.map((value, index) => Math.max(0, value - after.offered[index]));
    const all = sum(tried);
    const lost = sum(queue.offered) - sum(after.offered);
    if (all === 0 || lost <= 0) return [];
    return [{ queueId: queue.queueId, contacts: tried.map((value) => (value * lost) / all) }];
  });
}

/** What the bot does not settle comes back later, in the next open interval of the same day, and is heavier. */
export function deflect(forecast: DemandForecast, change: ChangeOf<"deflection">): DemandForecast {
  if (change.share === 0) return forecast;
  const { grid } = forecast;
  const handedOver = change.share * (1 - change.containment);
  const delay = change.delayMinutes / grid.intervalMinutes;
  return editQueues(forecast, change.queueId, (queue) => {
    const back = arrivalsLater(grid, queue, handedOver, delay);
    const changed = withOffered(queue, (series) => {
      const ratio = (index: number) => (queue.offered[index] > 0 ? series[index] / queue.offered[index] : 1);
      return series.map((value, index) => value * (1 - change.share) + back.contacts[index] * ratio(index));
    });
    const ahtSeconds = queue.ahtSeconds.map((seconds, index) => {
      const stayed = queue.offered[index] * (1 - change.share);
      const came = back.contacts[index];
      if (stayed + came === 0) return seconds;
      return (stayed * seconds + back.workSeconds[index] * change.handOverFactor) / (stayed + came);
    });
    return { ...changed, ahtSeconds };
  });
}

/** Contacts that the bot settles, per queue. */
export function settledBy(forecast: DemandForecast, change: ChangeOf<"deflection">): QueueContacts[] {
  const share = change.share * change.containment;
  if (share === 0) return [];
  return forecast.queues
    .filter(({ queueId }) => change.queueId === null || change.queueId === queueId)
    .map(({ queueId, offered }) => ({ queueId, contacts: offered.map((value) => value * share) }));
}

/** A share of each interval's contacts `delay` intervals later, with the work they bring; fractions are split. */
function arrivalsLater(
  grid: IntervalGrid,
  queue: QueueForecast,
  share: number,
  delay: number,
): { contacts: Float64Array; workSeconds: Float64Array } {
  const count = intervalCount(grid);
  const contacts = new Float64Array(count);
  const workSeconds = new Float64Array(count);
  const whole = Math.floor(delay);
  const rest = delay - whole;
  for (let day = 0; day < grid.dayCount; day++) {
    const end = grid.dayOffsets[day + 1];
    for (let index = grid.dayOffsets[day]; index < end; index++) {
      const coming = queue.offered[index] * share;
      if (coming === 0) continue;
      for (const [steps, weight] of [
        [whole, 1 - rest],
        [whole + 1, rest],
      ] as const) {
        let at = index + steps;
        while (at < end && queue.open[at] === 0) at++;
        if (at >= end) {
          // After closing: the last open interval of the day takes them.
          at = end - 1;
          while (at > index && queue.open[at] === 0) at--;
        }
        contacts[at] += coming * weight;
        workSeconds[at] += coming * weight * queue.ahtSeconds[index];
      }
    }
  }
  return { contacts, workSeconds };
}

function sum(series: Float64Array): number {
  return series.reduce((a, b) => a + b, 0);
}
