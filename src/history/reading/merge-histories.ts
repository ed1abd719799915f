import { daysBetween } from "../../domain/calendar/clock.ts";
import { createIntervalGrid, type IntervalGrid, intervalCount } from "../../domain/calendar/interval-grid.ts";
import {
  type DemandHistory,
  detailOf,
  type HistoryDetail,
  historyDetails,
  intervalState,
  type QueueHistory,
} from "../../domain/results/demand.ts";

/** Days on which both histories have something of the same queue. */
export function overlappingDays(a: DemandHistory, b: DemandHistory): number {
  let days = 0;
  const lead = daysBetween(a.grid.firstDate, b.grid.firstDate);
  for (let day = Math.max(0, lead); day < Math.min(a.grid.dayCount, lead + b.grid.dayCount); day++) {
    const both = a.queues.some((queue) => {
      const other = b.queues.find(({ queueId }) => queueId === queue.queueId);
      return other !== undefined && knownOn(queue, a.grid, day) && knownOn(other, b.grid, day - lead);
    });
    if (both) days++;
  }
  return days;
}

/**
 * Two histories of one plan as one, over the days of both and what lies between them (closed). A queue's day that both
 * know comes from `preferred`; a detail that only one of them has is kept, unknown on the other's days. Throws RangeError
 * when zone or interval differ.
 */
export function mergeHistories(preferred: DemandHistory, other: DemandHistory): DemandHistory {
  const [a, b] = [preferred.grid, other.grid];
  if (a.timeZone !== b.timeZone || a.intervalMinutes !== b.intervalMinutes) {
    throw new RangeError("histories of different zones or intervals cannot be merged");
  }
  const [firstDate] = [a.firstDate, b.firstDate].sort();
  const end = Math.max(
    daysBetween(firstDate, a.firstDate) + a.dayCount,
    daysBetween(firstDate, b.firstDate) + b.dayCount,
  );
  const grid = createIntervalGrid(a.timeZone, a.intervalMinutes, firstDate, end);
  const ids = [...new Set([...preferred.queues, ...other.queues].map(({ queueId }) => queueId))].sort();
  return {
    grid,
    queues: ids.map((queueId) => {
      // The less preferred first, so that the preferred writes over it.
      const parts = [other, preferred].flatMap(({ grid: from, queues }) => {
        const queue = queues.find((one) => one.queueId === queueId);
        return queue === undefined ? [] : [{ from, queue }];
      });
      return mergedQueue(grid, queueId, parts);
    }),
  };
}

function mergedQueue(
  grid: IntervalGrid,
  queueId: string,
  parts: readonly { readonly from: IntervalGrid; readonly queue: QueueHistory }[],
): QueueHistory {
  const count = intervalCount(grid);
  // In time of another number of seconds is another measure: that of the preferred part stays.
  const threshold = parts.findLast(({ queue }) => queue.inTime !== undefined)?.queue.inTime?.seconds;
  const detailIn = (queue: QueueHistory, detail: HistoryDetail) =>
    detail === "inTime" && queue.inTime?.seconds !== threshold ? null : detailOf(queue, detail);
  const state = new Uint8Array(count);
  const offered = new Float64Array(count);
  const details = new Map<HistoryDetail, { readonly series: Float64Array; readonly unknown: Uint8Array }>();
  for (const detail of historyDetails) {
    if (parts.every(({ queue }) => detailIn(queue, detail) === null)) continue;
    details.set(detail, { series: new Float64Array(count), unknown: new Uint8Array(count) });
  }
  for (const { from, queue } of parts) {
    const lead = daysBetween(grid.firstDate, from.firstDate);
    for (let day = 0; day < from.dayCount; day++) {
      if (!knownOn(queue, from, day)) continue;
      const [start, end] = [from.dayOffsets[day], from.dayOffsets[day + 1]];
      const to = grid.dayOffsets[day + lead];
      state.set(queue.state.subarray(start, end), to);
      offered.set(queue.offered.subarray(start, end), to);
      for (const [detail, { series, unknown }] of details) {
        const own = detailIn(queue, detail);
        const gaps = queue.unknown?.[detail];
        if (own === null) series.fill(0, to, to + end - start);
        else series.set(own.subarray(start, end), to);
        if (own === null || gaps === undefined) unknown.fill(own === null ? 1 : 0, to, to + end - start);
        else unknown.set(gaps.subarray(start, end), to);
      }
    }
  }
  const partly = [...details].filter(([, { unknown }]) => unknown.includes(1));
  const inTime = details.get("inTime");
  const more = (detail: "waitSeconds" | "redials") => {
    const known = details.get(detail);
    return known === undefined ? {} : { [detail]: known.series };
  };
  return {
    queueId,
    state,
    offered,
    handled: details.get("handled")?.series ?? null,
    abandoned: details.get("abandoned")?.series ?? null,
    handleSeconds: details.get("handleSeconds")?.series ?? null,
    ...more("waitSeconds"),
    ...(inTime === undefined || threshold === undefined
      ? {}
      : { inTime: { seconds: threshold, contacts: inTime.series } }),
    ...more("redials"),
    ...(partly.length === 0
      ? {}
      : { unknown: Object.fromEntries(partly.map(([detail, { unknown }]) => [detail, unknown])) }),
  };
}

function knownOn(queue: QueueHistory, grid: IntervalGrid, day: number): boolean {
  return queue.state
    .subarray(grid.dayOffsets[day], grid.dayOffsets[day + 1])
    .some((state) => state === intervalState.open || state === intervalState.excluded);
}
