import { daysBetween } from "../domain/clock.ts";
import { type DemandHistory, intervalState, type QueueHistory } from "../domain/demand.ts";
import { createIntervalGrid, type IntervalGrid, intervalCount } from "../domain/interval-grid.ts";

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
 * know comes from `preferred`. Throws RangeError when zone or interval differ.
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
  const series = (name: "handled" | "abandoned" | "handleSeconds") =>
    parts.every(({ queue }) => queue[name] !== null) ? new Float64Array(count) : null;
  const threshold = parts[0].queue.inTime?.seconds;
  const merged: QueueHistory = {
    queueId,
    state: new Uint8Array(count),
    offered: new Float64Array(count),
    handled: series("handled"),
    abandoned: series("abandoned"),
    handleSeconds: series("handleSeconds"),
    ...(parts.every(({ queue }) => queue.waitSeconds) ? { waitSeconds: new Float64Array(count) } : {}),
    ...(threshold !== undefined && parts.every(({ queue }) => queue.inTime?.seconds === threshold)
      ? { inTime: { seconds: threshold, contacts: new Float64Array(count) } }
      : {}),
    ...(parts.every(({ queue }) => queue.redials) ? { redials: new Float64Array(count) } : {}),
  };
  for (const { from, queue } of parts) {
    const lead = daysBetween(grid.firstDate, from.firstDate);
    for (let day = 0; day < from.dayCount; day++) {
      if (!knownOn(queue, from, day)) continue;
      const [start, end] = [from.dayOffsets[day], from.dayOffsets[day + 1]];
      const to = grid.dayOffsets[day + lead];
      merged.state.set(queue.state.subarray(start, end), to);
      merged.offered.set(queue.offered.subarray(start, end), to);
      for (const name of ["handled", "abandoned", "handleSeconds", "waitSeconds", "redials"] as const) {
        const values = queue[name];
        if (values) merged[name]?.set(values.subarray(start, end), to);
      }
      if (queue.inTime) merged.inTime?.contacts.set(queue.inTime.contacts.subarray(start, end), to);
    }
  }
  return merged;
}

function knownOn(queue: QueueHistory, grid: IntervalGrid, day: number): boolean {
  return queue.state
    .subarray(grid.dayOffsets[day], grid.dayOffsets[day + 1])
    .some((state) => state === intervalState.open || state === intervalState.excluded);
}
