import type { IntervalGrid } from "../calendar/interval-grid.ts";

/** Agents needed per interval and queue, and the service that many would give. */
export interface Requirement {
  readonly grid: IntervalGrid;
  readonly queues: readonly QueueRequirement[];
}

export interface QueueRequirement {
  readonly queueId: string;
  /** Carried over from the forecast, so that what was staffed for can be read beside the staffing. */
  readonly offered: Float64Array;
  readonly ahtSeconds: Float64Array;
  /** Agents on queue, fractional where the method gives fractions; 0 when closed. */
  readonly requiredAgents: Float64Array;
  /** requiredAgents ÷ (1 − shrinkage): agents to put into shifts. */
  readonly scheduledAgents: Float64Array;
  /** Expected at `requiredAgents`; 1 in an interval without contacts. */
  readonly serviceLevel: Float64Array;
  readonly asaSeconds: Float64Array;
  readonly abandonmentRate: Float64Array;
  readonly occupancy: Float64Array;
  /** Deferred work only: agents' worth of it done between the contacts of other queues, on top of `requiredAgents`. */
  readonly gapAgents?: Float64Array;
}
