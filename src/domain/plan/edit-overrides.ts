import { type IntervalGrid, localTimeOf } from "../calendar/interval-grid.ts";
import type { IntervalRange } from "../calendar/ranges.ts";
import type { ForecastOverride } from "./forecast-settings.ts";
import type { Plan } from "./plan.ts";

/** The stretch of an override as the plan keeps it, from a range of intervals. */
export function stretchOf(
  grid: IntervalGrid,
  range: IntervalRange,
): Pick<ForecastOverride, "fromDate" | "fromMinute" | "toDate" | "toMinute"> {
  const from = localTimeOf(grid, range.first);
  const last = localTimeOf(grid, range.end - 1);
  return {
    fromDate: from.date,
    fromMinute: from.minuteOfDay,
    toDate: last.date,
    toMinute: Math.min(1440, last.minuteOfDay + grid.intervalMinutes),
  };
}

/** The plan with one override more; its id is new. */
export function withOverride(plan: Plan, override: Omit<ForecastOverride, "id">): Plan {
  const { overrides } = plan.forecast;
  const last = overrides.reduce((most, { id }) => Math.max(most, Number(id.replace(/\D/g, ""))), 0);
  return {
    ...plan,
    forecast: { ...plan.forecast, overrides: [...overrides, { id: `override-${last + 1}`, ...override }] },
  };
}
