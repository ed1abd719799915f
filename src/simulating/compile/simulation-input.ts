import type { IntervalGrid } from "../../domain/calendar/interval-grid.ts";
import type { DayRange } from "../../domain/calendar/ranges.ts";
import type { Plan } from "../../domain/plan/plan.ts";
import type { Queue } from "../../domain/plan/queue.ts";
import type { Agent, Roster } from "../../domain/plan/roster.ts";
import type { Schedule } from "../../domain/plan/shift.ts";
import type { DemandForecast } from "../../domain/results/demand.ts";
import type { PresentQueue } from "./problem.ts";

/** Of a queue, what a simulation reads: of its goal the service level alone, no money, no least agents. */
export type SimulatedQueue = Omit<Queue, "goal" | "minimumAgents" | "money"> & {
  readonly goal: Pick<Queue["goal"], "serviceLevel" | "answerWithinSeconds" | "serviceLevelRule">;
};

/** Of a person, what a simulation reads. */
export type SimulatedAgent = Pick<Agent, "id" | "name" | "groupId" | "proficiency">;

/** What a simulation of a plan reads. */
export interface SimulationInput {
  readonly plan: Pick<Plan, "groups" | "shrinkage" | "simulation" | "seed"> & {
    readonly queues: readonly SimulatedQueue[];
    readonly agents: readonly SimulatedAgent[];
  };
  readonly forecast: DemandForecast;
  /** Shifts without names; read when there is no roster. */
  readonly schedule: Schedule | null;
  /** Shifts of named agents, with their skills and pace. */
  readonly roster: Roster | null;
  /** Days of the grid to simulate; left out: all. */
  readonly days?: DayRange;
  /** A day that has begun: `days` is then that day alone. */
  readonly present?: PresentDay;
  /** In place of the plan's own number. */
  readonly replications?: number;
}

/** A day of which part is over. Of it the forecast says what came, and afterwards what is expected. */
export interface PresentDay {
  /** First interval of the grid that is not over; totals count from here. */
  readonly interval: number;
  /** Who is there now, one per queue of the plan. null: not known; then the day is simulated from its start, with what came. */
  readonly queues: readonly PresentQueue[] | null;
  /** Minute of the grid from which a queue's callbacks are offered; absent: the whole day. */
  readonly callbacksFrom?: readonly { readonly queueId: string; readonly minute: number }[];
}

/** The part of the plan's grid that is simulated. */
export interface SimulatedSpan {
  readonly grid: IntervalGrid;
  readonly firstInterval: number;
  readonly endInterval: number;
}
