import type { IntervalGrid } from "./interval-grid.ts";

/** Mean over replications and half-width of its 95 % interval, per interval or for a span. */
export interface Estimate {
  readonly mean: Float64Array;
  readonly halfWidth: Float64Array;
}

/** What the simulated floor did, per queue and interval, over all replications. */
export interface SimulationResult {
  readonly grid: IntervalGrid;
  /** Interval of the grid at which the simulated span starts and ends (half-open). */
  readonly firstInterval: number;
  readonly endInterval: number;
  readonly replications: number;
  readonly seed: number;
  readonly queues: readonly QueueSimulation[];
  readonly contacts: number;
  /** Wall time; null where bytes must repeat. */
  readonly seconds: number | null;
}

/** Series are aligned to [firstInterval, endInterval); `days` and `total` aggregate the same contacts. */
export interface QueueSimulation {
  readonly queueId: string;
  readonly intervals: QueueMeasures;
  readonly days: QueueMeasures;
  /** One entry: the whole span. */
  readonly total: QueueMeasures;
  /** Share of replications in which a day misses its service level goal, per day. */
  readonly missRisk: Estimate;
}

export interface QueueMeasures {
  readonly offered: Estimate;
  readonly answered: Estimate;
  readonly abandoned: Estimate;
  /** Ratio estimates by the queue's own service-level rule; contacts are counted where they arrived. */
  readonly serviceLevel: Estimate;
  readonly abandonmentRate: Estimate;
  readonly asaSeconds: Estimate;
  readonly occupancy: Estimate;
}
