import { fail, type OnProgress, type Outcome, succeed } from "../domain/outcome.ts";
import type { PlanDocument } from "../domain/plan/plan.ts";
import type { Today } from "../domain/plan/today.ts";
import type { Requirement } from "../domain/results/requirement.ts";
import type { SimulationResult } from "../domain/results/simulation.ts";
import { simulateContacts } from "../simulating/simulate-contacts.ts";
import { requirementOf } from "../staffing/require-agents.ts";
import { requirementStage } from "../stages/requirement.ts";
import { simulationStage } from "../stages/simulation.ts";
import { daySoFar, rosterToday } from "./day-so-far.ts";

/** What the rest of a day asks for, and what it will be like. */
export interface DayOutlook {
  /** Agents required by the re-forecast, on the plan's grid. */
  readonly requirement: Requirement;
  /**
   * The day as the roster stands, without who is sick. Nobody says who waits now, so the hours before are simulated with
   * what came; totals are those of the rest of the day.
   */
  readonly simulation: SimulationResult;
}

/** Enough for a day, whatever the plan asks for its weeks. */
const mostReplications = 200;

/**
 * The rest of a day that has begun: agents required by its re-forecast, and the service it will get.
 *
 * Fails with `today.noForecast` (no forecast, or none that holds the date), `today.nothingLeft` (the day is over, or has
 * not begun), and as `requirementOf` and `simulateContacts` do.
 */
export async function dayOutlook(
  document: Pick<PlanDocument, "plan" | "history" | "results">,
  today: Today,
  onProgress?: OnProgress,
): Promise<Outcome<DayOutlook>> {
  const { forecast, roster } = document.results;
  const soFar = forecast === null ? null : daySoFar(forecast.value, today);
  if (forecast === null || soFar === null) {
    return fail({ code: "today.noForecast", severity: "error", values: { date: today.date } });
  }
  const { day, range, now } = soFar;
  if (now >= range.end || now <= range.first) {
    return fail({ code: "today.nothingLeft", severity: "error", values: { date: today.date } });
  }
  const results = {
    ...document.results,
    forecast: { ...forecast, value: soFar.forecast },
    roster: roster && { ...roster, value: rosterToday(roster.value, today) },
  };
  const required = requirementStage.read({ ...document, results });
  const simulated = simulationStage.read({ ...document, results });
  if (required === null) throw new RangeError("a requirement follows from any forecast");
  if (simulated === null) return fail({ code: "simulate.noShifts", severity: "error" });
  const requirement = requirementOf(required);
  if (!requirement.ok) return requirement;
  const replications = Math.min(mostReplications, simulated.plan.simulation.replications);
  const simulation = await simulateContacts(
    {
      ...simulated,
      days: { first: day, end: day + 1 },
      present: { interval: now, queues: null },
      replications,
    },
    onProgress && (({ phase, completed, total }) => onProgress({ phase, completed, total })),
  );
  if (!simulation.ok) return simulation;
  return succeed({ requirement: requirement.value, simulation: simulation.value }, [
    ...requirement.issues,
    ...simulation.issues,
  ]);
}
