import type { IntervalGrid } from "../calendar/interval-grid.ts";

/** What really happened on some days of a plan, aligned to its grid. */
export interface Actuals {
  readonly grid: IntervalGrid;
  readonly queues: readonly QueueActuals[];
  readonly groups: readonly GroupActuals[];
}

/** A series that is known at some intervals only; ask it by `knownAt`. */
export interface PartialSeries {
  /** 1 where the value is known. */
  readonly known: Uint8Array;
  /** 0 where it is not. */
  readonly values: Float64Array;
}

export interface QueueActuals {
  readonly queueId: string;
  readonly offered: PartialSeries;
  /** Mean handle time, where something was handled. */
  readonly ahtSeconds: PartialSeries;
  /** Contacts answered within the threshold of the queue's goal. */
  readonly answeredInTime: PartialSeries;
}

export interface GroupActuals {
  readonly groupId: string;
  /** Agents on queue, handling or available, on average over the interval. */
  readonly agents: PartialSeries;
}

/** Nothing known yet at `length` intervals. */
export function unknownSeries(length: number): PartialSeries {
  return { known: new Uint8Array(length), values: new Float64Array(length) };
}

/** Writes a value down as known. */
export function setKnown(series: PartialSeries, index: number, value: number): void {
  series.known[index] = 1;
  series.values[index] = value;
}

/** The value at an interval; null where it is not known. */
export function knownAt(series: PartialSeries, index: number): number | null {
  return series.known[index] === 1 ? series.values[index] : null;
}
