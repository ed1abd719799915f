import type { OnProgress, Outcome } from "../domain/outcome.ts";
import { noResults } from "../domain/plan/no-results.ts";
import type { Plan } from "../domain/plan/plan.ts";
import type { Schedule } from "../domain/plan/shift.ts";
import type { DemandForecast } from "../domain/results/demand.ts";
import type { Requirement } from "../domain/results/requirement.ts";
import { requirementStage } from "./requirement.ts";
import { scheduleStage } from "./schedule.ts";
import { inputKey, inputOf, type StageSources } from "./stage.ts";

/** Runs the two stages between a forecast and its shifts: here, or in workers on the page. */
export interface ShiftMakers {
  readonly requirement: (sources: StageSources) => Promise<Outcome<Requirement>>;
  readonly schedule: (sources: StageSources) => Promise<Outcome<Schedule>>;
}

/** Requirement and shifts for a plan as a scenario changed it, by the plan's own settings. Fails as the two stages do. */
export async function makeNewShifts(
  { plan, forecast }: { readonly plan: Plan; readonly forecast: DemandForecast },
  makers: ShiftMakers,
): Promise<Outcome<Schedule>> {
  const sources = sourcesOf(plan, forecast);
  const requirement = await makers.requirement(sources);
  if (!requirement.ok) return requirement;
  return makers.schedule({ ...sources, results: { ...sources.results, requirement } });
}

/** Both stages in this thread; `timeLimitSeconds` null: limited by work alone, so that the answer repeats. */
export function makersHere(timeLimitSeconds: number | null, onProgress?: OnProgress<unknown>): ShiftMakers {
  return {
    requirement: (sources) => requirementStage.run(inputOf(requirementStage, sources)!, onProgress),
    schedule: (sources) =>
      scheduleStage.run({ ...inputOf(scheduleStage, sources)!, timeLimitSeconds }, onProgress),
  };
}

/** Names all that `makeNewShifts` reads: equal keys, equal shifts. */
export function newShiftsKey({
  plan,
  forecast,
}: {
  readonly plan: Plan;
  readonly forecast: DemandForecast;
}): string {
  const sources = sourcesOf(plan, forecast);
  // The requirement follows from what its own stage reads, so an empty one stands for it.
  const requirement = { value: { grid: forecast.grid, queues: [] } };
  return [
    inputKey(requirementStage, sources),
    inputKey(scheduleStage, { ...sources, results: { ...sources.results, requirement } }),
  ].join("/");
}

function sourcesOf(plan: Plan, forecast: DemandForecast): StageSources {
  return { plan, history: null, results: { ...noResults, forecast: { value: forecast } } };
}
