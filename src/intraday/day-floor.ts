import { fail, type Issue, type Outcome, succeed } from "../domain/outcome.ts";
import type { PlanDocument } from "../domain/plan/plan.ts";
import type { Roster } from "../domain/plan/roster.ts";
import type { Today } from "../domain/plan/today.ts";
import type { Requirement } from "../domain/results/requirement.ts";
import type { SimulationInput } from "../simulating/compile/simulation-input.ts";
import { requirementOf } from "../staffing/require-agents.ts";
import { requirementStage } from "../stages/requirement.ts";
import { simulationStage } from "../stages/simulation.ts";
import { withClosings, withMeasures } from "./day-measures.ts";
import { type DaySoFar, daySoFar, rosterToday } from "./day-so-far.ts";

/** What is read of a document to judge the rest of a day. */
export type DaySources = Pick<PlanDocument, "plan" | "history" | "results">;

/** A day that has begun, as it stands now: what its rest is required and simulated from. */
export interface DayFloor {
  readonly today: Today;
  readonly soFar: DaySoFar;
  /** Agents required by the re-forecast, on the plan's grid. */
  readonly requirement: Requirement;
  /**
   * The day as the roster stands, without who is sick. Nobody says who waits now, so the hours before are simulated with
   * what came, and the floor stands at now as they leave it; totals are those of the rest of the day. What is decided
   * about queues holds but for who is lent and callbacks: `withRosterOnFloor`.
   */
  readonly simulation: SimulationInput;
}

/** Enough for a day, whatever the plan asks for its weeks. */
const mostReplications = 200;

/**
 * Fails with `today.noForecast` (no forecast, or none that holds the date), `today.nothingLeft` (the day is over, or has
 * not begun), `simulate.noShifts`, and as `requirementOf` does.
 */
export function dayFloor(document: DaySources, today: Today): Outcome<DayFloor> {
  const { forecast, roster } = document.results;
  const soFar = forecast === null ? null : daySoFar(forecast.value, today);
  const refuse = (code: string): Issue => ({ code, severity: "error", values: { date: today.date } });
  if (forecast === null || soFar === null) return fail(refuse("today.noForecast"));
  const { day, range, now } = soFar;
  if (now >= range.end || now <= range.first) return fail(refuse("today.nothingLeft"));
  const results = {
    ...document.results,
    forecast: { ...forecast, value: withClosings(soFar.forecast, today) },
    roster: roster && { ...roster, value: rosterToday(roster.value, today) },
  };
  const required = requirementStage.read({ ...document, results });
  const simulated = simulationStage.read({ ...document, results });
  if (required === null) throw new RangeError("a requirement follows from any forecast");
  if (simulated === null) return fail({ code: "simulate.noShifts", severity: "error" });
  const requirement = requirementOf(required);
  if (!requirement.ok) return requirement;
  const simulation: SimulationInput = {
    ...simulated,
    days: { first: day, end: day + 1 },
    present: { interval: now, queues: null },
    replications: Math.min(mostReplications, simulated.plan.simulation.replications),
  };
  return succeed({ today, soFar, requirement: requirement.value, simulation }, requirement.issues);
}

/** The floor with other shifts, and what is decided about queues. */
export function withRosterOnFloor({ simulation, today }: DayFloor, roster: Roster): SimulationInput {
  return withMeasures({ ...simulation, roster }, today);
}
