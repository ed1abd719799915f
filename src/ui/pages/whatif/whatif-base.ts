import { memoizeByObject, memoizeLast } from "../../../domain/memo.ts";
import type { Plan, PlanDocument } from "../../../domain/plan/plan.ts";
import type { Roster } from "../../../domain/plan/roster.ts";
import type { Schedule } from "../../../domain/plan/shift.ts";
import type { DemandForecast } from "../../../domain/results/demand.ts";
import type { ScenarioInputs } from "../../../scenarios/changes/scenario-inputs.ts";

/**
 * What the plan's stages have made, ready for scenarios; null while forecast or shifts are missing. The same object
 * until something of it changes: the list of scenarios is left out, so that editing one leaves the others alone.
 */
export function whatIfBase({ plan, results }: PlanDocument): ScenarioInputs | null {
  const { forecast, schedule, roster } = results;
  if (forecast === null || (schedule === null && roster === null)) return null;
  return baseOf(forecast.value, withoutScenarios(plan), schedule?.value ?? null, roster?.value ?? null);
}

const baseOf = memoizeByObject(
  (
    forecast: DemandForecast,
    plan: Plan,
    schedule: Schedule | null,
    roster: Roster | null,
  ): ScenarioInputs => ({ plan, forecast, schedule, roster }),
);

function withoutScenarios({ scenarios: _, ...rest }: Plan): Plan {
  return planOf(Object.keys(rest).join(" "), ...Object.values(rest));
}

/** The same object for the same parts. */
const planOf = memoizeLast(
  (fields: string, ...parts: readonly unknown[]) =>
    ({
      ...Object.fromEntries(fields.split(" ").map((field, at) => [field, parts[at]])),
      scenarios: [],
    }) as unknown as Plan,
);
