import type { KeepGoalsInput } from "../closed-loop/keep-goals.ts";
import type { RosterGoalsInput } from "../closed-loop/keep-goals-in-roster.ts";
import type { GoalTerms } from "../closed-loop/service-targets.ts";
import type { PlanDocument } from "../domain/plan/plan.ts";
import { assignmentsOnGrid } from "../rostering/problem/assigned-tours.ts";
import { rosterStage } from "./roster.ts";
import { scheduleStage, shiftsInputOf } from "./schedule.ts";
import { simulationStage } from "./simulation.ts";
import { inputOf } from "./stage.ts";

/** Simulating shifts takes so many times the effort of covering a requirement. */
const effortFactor = 15;

/** What the closed loop reads of a document; null while the shift stage has nothing to read. */
export async function closedLoopInput(
  document: Pick<PlanDocument, "plan" | "history" | "results">,
  terms: GoalTerms,
): Promise<KeepGoalsInput | null> {
  const input = inputOf(scheduleStage, document);
  const { forecast, requirement } = document.results;
  if (input === null || forecast === null || requirement === null) return null;
  const grid = requirement.value.grid;
  const nothing = { grid, shifts: [] } as unknown as NonNullable<typeof document.results.schedule>["value"];
  const simulation = simulationStage.read({
    ...document,
    results: { ...document.results, roster: null, schedule: { value: nothing } },
  });
  if (simulation === null) return null;
  return {
    shifts: await shiftsInputOf(input),
    plan: { plan: simulation.plan, forecast: simulation.forecast },
    goals: document.plan.queues.map(({ goal }) => goal),
    terms,
    seconds: effortFactor * document.plan.scheduling.seconds,
  };
}

/** What moving shifts of the document's roster reads; null while there is none, or the closed loop has nothing to read. */
export async function movedRosterInput(
  document: Pick<PlanDocument, "plan" | "history" | "results">,
  terms: GoalTerms,
): Promise<RosterGoalsInput | null> {
  const input = await closedLoopInput(document, terms);
  const roster = inputOf(rosterStage, document);
  const { roster: made, requirement } = document.results;
  if (input === null || roster === null || made === null || requirement === null) return null;
  const { grid } = requirement.value;
  const assignments = assignmentsOnGrid(made.value.assignments, made.value.grid, grid);
  return { ...input, roster, assignments };
}
