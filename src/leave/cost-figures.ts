import type { LocalDate } from "../domain/calendar/clock.ts";
import type { Figure } from "../scenarios/measuring/figures.ts";
import type { CoveredShift } from "./cover-for-leave.ts";
import type { DayLimit } from "./limit-source.ts";

/** A queue on a day, or over all days of the leave together. */
export interface QueueCost {
  readonly queueId: string;
  /** Service level as it is and as it would be, 0–1; null: nobody comes. */
  readonly before: Figure | null;
  readonly after: Figure | null;
  /** What granting changes, with its own 95 % interval from the same customers. */
  readonly difference: Figure | null;
  /** Contacts more that give up; null: not simulated. */
  readonly lost: Figure | null;
  /** 0–1; null: the queue has other goals only. */
  readonly goal: number | null;
}

export interface DayCost {
  readonly date: LocalDate;
  readonly queues: readonly QueueCost[];
  /** Agent-hours on queue that the day lacks. */
  readonly hoursShortBefore: number;
  readonly hoursShortAfter: number;
  /** Of the person's group, before granting. */
  readonly limit: DayLimit;
}

/** What granting a request costs. */
export interface LeaveCost {
  /** `simulation`: of the roster, without and with the leave; `requirement`: there is no roster yet. */
  readonly method: "simulation" | "requirement";
  readonly replications: number | null;
  /** Days of the request within the plan that the person would have worked, or could have where there is no roster. */
  readonly days: readonly DayCost[];
  /** Over all these days. */
  readonly total: readonly QueueCost[];
  /** Shifts that become open, and their paid hours. */
  readonly openShifts: number;
  readonly openHours: number;
  /** Who could take them, one by one; empty where there is no roster. */
  readonly cover: readonly CoveredShift[];
  /** Wages of those who could, in the plan's currency. */
  readonly coverCost: number;
}
