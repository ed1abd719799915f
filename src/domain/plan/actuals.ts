import type { IntervalGrid } from "../calendar/interval-grid.ts";

/** What really happened on some days of a plan, aligned to its grid. */
export interface Actuals {
  readonly grid: IntervalGrid;
  readonly queues: readonly QueueActuals[];
  readonly groups: readonly GroupActuals[];
}

/** Values mean something only where `known` is 1. */
export interface QueueActuals {
  readonly queueId: string;
  readonly known: Uint8Array;
  readonly offered: Float64Array;
  /** Mean handle time; 0: nothing was handled. null: not told. */
  readonly ahtSeconds: Float64Array | null;
  /** Contacts answered within the threshold; null: not told. */
  readonly answeredInTime: Float64Array | null;
}

export interface GroupActuals {
  readonly groupId: string;
  readonly known: Uint8Array;
  /** Agents on queue, handling or available, on average over the interval. */
  readonly agents: Float64Array;
}
