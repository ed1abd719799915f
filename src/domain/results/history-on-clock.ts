import {
  createIntervalGrid,
  dayOfDate,
  type IntervalGrid,
  intervalAt,
  intervalCount,
  localTimeOf,
} from "../calendar/interval-grid.ts";
import { type DemandHistory, historyDetails, intervalState, type QueueHistory } from "./demand.ts";

/** Zone and interval of a grid. */
export type HistoryClock = Pick<IntervalGrid, "timeZone" | "intervalMinutes">;

/**
 * A history with the same dates and clock times in another zone, summed to another interval.
 *
 * The clock counts, not the moment: 09:00 stays 09:00. Where the new zone skips an hour that the old one had, its
 * contacts come in the hour after; the second pass of an hour that only the new zone repeats is missing. An interval
 * summed of several is excluded or missing where one of them is, else open where one of them is.
 *
 * Throws RangeError where the interval is finer than the history's, or does not hold whole ones of it.
 */
export function historyOnClock(history: DemandHistory, clock: HistoryClock): DemandHistory {
  const { firstDate, dayCount, timeZone, intervalMinutes } = history.grid;
  if (timeZone === clock.timeZone && intervalMinutes === clock.intervalMinutes) return history;
  if (clock.intervalMinutes % intervalMinutes !== 0)
    throw new RangeError(
      `intervals of ${intervalMinutes} minutes cannot be summed to ${clock.intervalMinutes}`,
    );
  const grid = createIntervalGrid(clock.timeZone, clock.intervalMinutes, firstDate, dayCount);
  const places = placesOn(history.grid, grid);
  return { grid, queues: history.queues.map((queue) => queueOn(queue, places, intervalCount(grid))) };
}

/** Interval of the new grid for each of the old one. */
function placesOn(from: IntervalGrid, to: IntervalGrid): Int32Array {
  const places = new Int32Array(intervalCount(from));
  const together = to.intervalMinutes / from.intervalMinutes;
  for (let day = 0; day < from.dayCount; day++) {
    const [first, end] = from.dayOffsets.slice(day, day + 2);
    const [newFirst, newEnd] = to.dayOffsets.slice(day, day + 2);
    if (end - first === 1440 / from.intervalMinutes && newEnd - newFirst === 1440 / to.intervalMinutes)
      for (let index = first; index < end; index++)
        places[index] = newFirst + Math.floor((index - first) / together);
    else placeByClock(from, to, first, end, places);
  }
  return places;
}

/** Places of a day on which one of the zones sets its clock. */
function placeByClock(
  from: IntervalGrid,
  to: IntervalGrid,
  first: number,
  end: number,
  places: Int32Array,
): void {
  const passed = new Set<number>();
  for (let index = first; index < end; index++) {
    const { date, minuteOfDay } = localTimeOf(from, index);
    const again = passed.has(minuteOfDay) ? intervalAt(to, date, minuteOfDay, 1) : null;
    passed.add(minuteOfDay);
    let place = again;
    for (let minute = minuteOfDay; place === null && minute < 1440; minute += from.intervalMinutes)
      place = intervalAt(to, date, minute);
    const day = dayOfDate(to, date) ?? 0;
    places[index] = place ?? to.dayOffsets[day + 1] - 1;
  }
}

function queueOn(queue: QueueHistory, places: Int32Array, length: number): QueueHistory {
  const state = new Uint8Array(length).fill(intervalState.missing);
  const reached = new Uint8Array(length);
  for (const [index, place] of places.entries()) {
    // The states stand in the order of their strength.
    state[place] = reached[place] === 1 ? Math.max(state[place], queue.state[index]) : queue.state[index];
    reached[place] = 1;
  }
  const isUsed = (place: number) => state[place] !== intervalState.missing;
  function summed(series: Float64Array): Float64Array {
    const sums = new Float64Array(length);
    for (const [index, place] of places.entries()) if (isUsed(place)) sums[place] += series[index];
    return sums;
  }
  function flagged(flags: Uint8Array): Uint8Array {
    const any = new Uint8Array(length);
    for (const [index, place] of places.entries()) if (flags[index] === 1) any[place] = 1;
    return any;
  }
  const { unknown, inTime, waitSeconds, redials } = queue;
  return {
    queueId: queue.queueId,
    state,
    offered: summed(queue.offered),
    handled: queue.handled && summed(queue.handled),
    abandoned: queue.abandoned && summed(queue.abandoned),
    handleSeconds: queue.handleSeconds && summed(queue.handleSeconds),
    ...(waitSeconds && { waitSeconds: summed(waitSeconds) }),
    ...(inTime && { inTime: { ...inTime, contacts: summed(inTime.contacts) } }),
    ...(redials && { redials: summed(redials) }),
    ...(unknown && {
      unknown: Object.fromEntries(
        historyDetails.flatMap((detail) => {
          const flags = unknown[detail];
          return flags === undefined ? [] : [[detail, flagged(flags)]];
        }),
      ),
    }),
  };
}

/** The past of a queue that has none of its own: so large a share of another's contacts, at the same times. */
export function borrowedPast(like: QueueHistory, queueId: string, share: number): QueueHistory {
  const scaled = (series: Float64Array) => series.map((value) => value * share);
  const { inTime, waitSeconds, redials } = like;
  return {
    ...like,
    queueId,
    offered: scaled(like.offered),
    handled: like.handled && scaled(like.handled),
    abandoned: like.abandoned && scaled(like.abandoned),
    handleSeconds: like.handleSeconds && scaled(like.handleSeconds),
    ...(waitSeconds && { waitSeconds: scaled(waitSeconds) }),
    ...(inTime && { inTime: { ...inTime, contacts: scaled(inTime.contacts) } }),
    ...(redials && { redials: scaled(redials) }),
  };
}
