import type { Outcome } from "../../../domain/outcome.ts";
import type { OutsideForecast } from "../../../domain/plan/forecast-settings.ts";
import type { Plan } from "../../../domain/plan/plan.ts";
import { readForecastCsv } from "../../../files/forecast-csv.ts";

/** A forecast made elsewhere, read for a plan's queues and days. */
export function readOutsideForecast(plan: Plan, text: string, name: string): Outcome<OutsideForecast> {
  return readForecastCsv(text, name, plan);
}

/** The plan with the figures of a forecast made elsewhere in place of the former one's; null: none. */
export function withOutsideForecast(plan: Plan, outside: OutsideForecast | null): Plan {
  return { ...plan, forecast: { ...plan.forecast, outside } };
}
