import type { DayRange } from "../../../domain/calendar/ranges.ts";
import type { Change } from "../../../domain/plan/scenario.ts";
import type { ScenarioInputs } from "../../../scenarios/changes/scenario-inputs.ts";
import type { ComparedPlan, Comparison } from "../../../scenarios/measuring/comparison.ts";

/** What an analysis is about: the plan with the shown scenario's changes, on the shown days and queue. */
export interface AnalysisSubject {
  readonly base: ScenarioInputs;
  readonly name: string;
  readonly changes: readonly Change[];
  readonly days: DayRange;
  readonly queueId: string | null;
  readonly comparison: Comparison;
  readonly shown: ComparedPlan;
}
