import type { IntervalGrid } from "../../domain/calendar/interval-grid.ts";
import type { DayRange } from "../../domain/calendar/ranges.ts";
import type { Plan } from "../../domain/plan/plan.ts";
import type { Roster } from "../../domain/plan/roster.ts";
import type { Schedule } from "../../domain/plan/shift.ts";
import type { DemandForecast } from "../../domain/results/demand.ts";

/** What a simulation of a plan reads. */
export interface SimulationInput {
  readonly plan: Pick<Plan, "queues" | "groups" | "agents" | "shrinkage" | "simulation" | "seed">;
  readonly forecast: DemandForecast;
  /** Shifts without names; read when there is no roster. */
  readonly schedule: Schedule | null;
  /** Shifts of named agents, with their skills and pace. */
  readonly roster: Roster | null;
  /** Days of the grid to simulate; left out: all. */
  readonly days?: DayRange;
  /** In place of the plan's own number. */
  readonly replications?: number;
}

/** The part of the plan's grid that is simulated. */
export interface SimulatedSpan {
  readonly grid: IntervalGrid;
  readonly firstInterval: number;
  readonly endInterval: number;
}
