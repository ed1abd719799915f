import type { DayRange } from "../../domain/calendar/ranges.ts";
import type { Scenario } from "../../domain/plan/scenario.ts";
import type { SimulationResult } from "../../domain/results/simulation.ts";
import type { BindingGoal } from "../../staffing/binding-goal.ts";
import type { Withheld } from "../../staffing/formula-limits.ts";
import type { ScenarioInputs } from "../changes/scenario-inputs.ts";
import type { LedgerItem } from "../money-ledger.ts";
import type { AgentBalance } from "./agent-balance.ts";
import type { Figures } from "./figures.ts";

/** How long a floor takes to get over an emergency. */
export interface Recovery {
  /** From the end of the emergency until service is back for half an hour at least; null: not on that day. */
  readonly minutes: number | null;
}

/**
 * `formula`: the expected service, with waiting carried over (`staffing/expected-service.ts`), or withheld where it would
 * not come close. `simulation`: the plan's replications on the same customers.
 */
export type ComparisonMethod = "formula" | "simulation";

/** One queue's figures, or those of all queues together (null), and their differences from the base. */
export interface ComparedScope {
  readonly queueId: string | null;
  readonly figures: Figures;
  /** By formula: why there is no service to be expected, of the first queue without. null: there is, or it was simulated. */
  readonly withheld: Withheld | null;
  /** From the plan in the same state of planning; null for a base itself, and until that one has its shifts. */
  readonly differences: Figures | null;
}

/** Whose work a column measures: that of a roster's people, or every shift of a schedule, whoever may come to take it. */
export interface PlanningState {
  readonly kind: "roster" | "schedule";
  /** Shifts were made anew for it. */
  readonly madeAnew: boolean;
  /** Shifts that are worked on the compared days, and those of them that nobody has and nobody works. */
  readonly shifts: number;
  readonly openShifts: number;
}

/** The base or one scenario. */
export interface ComparedPlan {
  /** null: the base. `planWithNewShifts`: the base of scenarios that have shifts made anew, with shifts made anew. */
  readonly scenarioId: string | null;
  readonly name: string;
  readonly state: PlanningState;
  readonly scopes: readonly ComparedScope[];
  readonly queues: readonly ComparedQueue[];
  /** Its money on the compared days. */
  readonly ledger: readonly LedgerItem[];
  /** After an emergency with a date (outage, surge, absence); null: the scenario holds none. */
  readonly recovery: Recovery | null;
}

/** What a chart shows, per interval of the grid; outside of the compared days there is nothing. */
export interface ComparedQueue {
  readonly queueId: string;
  readonly offered: Float64Array;
  /** Agents on queue after shrinkage. */
  readonly agents: Float64Array;
  /** Agents on queue that the goal needs; null: no number is enough. */
  readonly needed: Float64Array | null;
  /** Hours on queue short of that, by the goal that asks for them; most first. */
  readonly shortFor: readonly { readonly goal: BindingGoal; readonly hours: number }[];
  /** null where nobody comes. */
  readonly serviceLevel: readonly (number | null)[];
  /** Of the 95 % interval; null as a whole where formulas answered. */
  readonly serviceLevelHalfWidth: readonly (number | null)[] | null;
}

export interface Comparison {
  readonly method: ComparisonMethod;
  /** Of the plan's grid. */
  readonly days: DayRange;
  readonly replications: number | null;
  readonly seed: number;
  /** The base first. */
  readonly plans: readonly ComparedPlan[];
}

/** A plan with its changes made, and what it was measured by. */
export interface ComparedColumn {
  readonly scenario: Scenario | null;
  readonly inputs: ScenarioInputs;
  /** Its shifts were made for it, and for the plan of the same state it is measured against. */
  readonly madeAnew: boolean;
  /** null: not simulated (yet); the formulas answer. */
  readonly simulation: SimulationResult | null;
  /** null: not traced (yet). */
  readonly balance: AgentBalance | null;
}
