import type { LocalDate } from "../calendar/clock.ts";
import type { JudgedGoal } from "../plan/shift.ts";

/** What a day needs when groups share queues as the routing shares them, beside what it needs queue by queue. */
export interface PooledRequirement {
  readonly date: LocalDate;
  /** Agent-hours in shifts that cover the requirement of every queue and interval, a flexible agent counted once. */
  readonly separateHours: number;
  /** Agent-hours with which the simulation keeps every goal over the day. */
  readonly pooledHours: number;
  readonly goals: readonly JudgedGoal[];
  /** The same with the requirement covered. */
  readonly before: readonly JudgedGoal[];
  readonly keptWithin: number;
  readonly replications: number;
  /** What one agent more of a group, there all day, adds to a queue's service level, 0–1. Queues that gain nothing too. */
  readonly worth: readonly {
    readonly groupId: string;
    readonly queueId: string;
    readonly gain: number;
    /** Half of the 95 % interval, from the same customers with and without the agent; null: a single replication. */
    readonly halfWidth: number | null;
  }[];
}
