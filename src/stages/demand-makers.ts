import { fail, type Outcome } from "../domain/outcome.ts";
import { noResults } from "../domain/plan/no-results.ts";
import type { Plan } from "../domain/plan/plan.ts";
import type { DemandForecast, DemandHistory } from "../domain/results/demand.ts";
import type { Requirement } from "../domain/results/requirement.ts";
import { forecastStage } from "./forecast.ts";
import { requirementStage } from "./requirement.ts";
import { inputOf, type StageSources } from "./stage.ts";

/** Runs the stages between a history and the agents required for other dates than the plan's. */
export function demandMakers(
  history: DemandHistory | null,
  run: {
    readonly forecast: (sources: StageSources) => Promise<Outcome<DemandForecast>>;
    readonly requirement: (sources: StageSources) => Promise<Outcome<Requirement>>;
  },
) {
  return {
    async forecast(plan: Plan): Promise<Outcome<DemandForecast>> {
      if (history === null) return fail({ code: "scenario.beyondNeedsHistory", severity: "error" });
      return run.forecast({ plan, history, results: noResults });
    },
    requirement: (plan: Plan, forecast: DemandForecast) =>
      run.requirement({ plan, history: null, results: { ...noResults, forecast: { value: forecast } } }),
  };
}

/** Both in this thread. */
export const demandStagesHere = {
  forecast: (sources: StageSources) => forecastStage.run(inputOf(forecastStage, sources)!),
  requirement: (sources: StageSources) => requirementStage.run(inputOf(requirementStage, sources)!),
};
