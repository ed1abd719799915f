import type { PlanDocument } from "../domain/plan/plan.ts";
import { amazonConnectForecastCsv } from "./amazon-connect-forecast.ts";
import { calabrioForecastCsv } from "./calabrio-forecast.ts";
import { cxoneScheduleCsv } from "./cxone-schedule.ts";
import type { ExportName } from "./export-names.ts";
import { forecastCsv } from "./forecast-csv.ts";
import { injixoForecastCsv } from "./injixo-forecast.ts";
import { type ExpectedLevels, intervalsCsv } from "./intervals-csv.ts";
import { requirementCsv } from "./requirement-csv.ts";
import { scheduleCsv } from "./schedule-csv.ts";
import { simulationCsv } from "./simulation-csv.ts";

/**
 * The table as CSV text; null where its stage has not run.
 * @param expected for `intervals`: the service to be expected of who is there
 */
export function exportCsv(
  name: ExportName,
  { plan, results }: PlanDocument,
  expected: readonly ExpectedLevels[],
): string | null {
  const { forecast, requirement, schedule, roster, simulation } = results;
  switch (name) {
    case "schedule":
      return schedule && scheduleCsv(plan, schedule.value);
    case "roster":
      return roster && scheduleCsv(plan, roster.value);
    case "rosterCxone":
      return roster && cxoneScheduleCsv(plan, roster.value);
    case "intervals":
      return forecast && intervalsCsv(results, expected);
    case "forecast":
      return forecast && forecastCsv(forecast.value);
    case "forecastAmazon":
      return (
        forecast &&
        amazonConnectForecastCsv(
          forecast.value,
          (queueId) => plan.queues.find(({ id }) => id === queueId)?.channel ?? "voice",
        )
      );
    case "forecastInjixo":
      return forecast && injixoForecastCsv(forecast.value);
    case "forecastCalabrio":
      return forecast && requirement && calabrioForecastCsv(forecast.value, requirement.value);
    case "requirement":
      return requirement && requirementCsv(requirement.value);
    case "simulation":
      return simulation && simulationCsv(simulation.value);
  }
}
