import type { LocalDate } from "../domain/calendar/clock.ts";
import type { IntervalGrid } from "../domain/calendar/interval-grid.ts";
import type { Plan } from "../domain/plan/plan.ts";
import type { QueueSet } from "./queue-sets.ts";

/** How many of a group may be off on a day, beside those who are. */
export interface DayLimit {
  /** So many more, and every queue still has the agents it needs. */
  readonly more: number;
  /** People whom the queues of the group lack that day already; above 0 only where `more` is 0. */
  readonly short: number;
  /** Of the group: employed that day, and of these away. */
  readonly people: number;
  readonly away: number;
}

/** What both ways of counting read. */
export interface LimitSource {
  readonly plan: Pick<Plan, "agents" | "groups" | "contracts" | "templates">;
  readonly grid: IntervalGrid;
  /** Days of the grid. */
  readonly dates: readonly LocalDate[];
  /** Agents on queue that are needed, per queue and interval. */
  readonly required: readonly Float64Array[];
  /** Share of agents who are there, per interval; leave that is known by person is not taken off it. */
  readonly available: Float64Array;
  readonly sets: readonly QueueSet[];
}

/** What one way of counting answers, by group and day. */
export type Counted = readonly (readonly Pick<DayLimit, "more" | "short">[])[];
