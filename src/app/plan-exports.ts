import type { PlanDocument } from "../domain/plan.ts";
import { cxoneScheduleCsv } from "../exporting/cxone-schedule.ts";
import {
  amazonConnectForecastCsv,
  calabrioForecastCsv,
  injixoForecastCsv,
} from "../exporting/forecast-layouts.ts";
import { forecastCsv, intervalCsv, requirementCsv, simulationCsv } from "../exporting/interval-tables.ts";
import { scheduleCsv } from "../exporting/schedule-csv.ts";

/** Tables a plan can be taken out as; `files:export.<name>` are their words. */
export const exportNames = [
  "schedule",
  "roster",
  "rosterCxone",
  "intervals",
  "forecast",
  "forecastAmazon",
  "forecastInjixo",
  "forecastCalabrio",
  "requirement",
  "simulation",
] as const;
export type ExportName = (typeof exportNames)[number];

/** Whether the plan has what a table is made of. */
export function canExport(name: ExportName, { results }: PlanDocument): boolean {
  if (name === "intervals" || name === "forecastAmazon" || name === "forecastInjixo")
    return results.forecast !== null;
  if (name === "forecastCalabrio") return results.forecast !== null && results.requirement !== null;
  if (name === "rosterCxone") return results.roster !== null;
  return results[name] !== null;
}

/** The table as CSV text; null where its stage has not run. */
export function exportCsv(name: ExportName, { plan, results }: PlanDocument): string | null {
  const { forecast, requirement, schedule, roster, simulation } = results;
  switch (name) {
    case "schedule":
      return schedule && scheduleCsv(plan, schedule.value);
    case "roster":
      return roster && scheduleCsv(plan, roster.value);
    case "rosterCxone":
      return roster && cxoneScheduleCsv(plan, roster.value);
    case "intervals":
      return forecast && intervalCsv(results);
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

/** `autumn-plan-schedule.csv`: the plan's name without what file systems dislike. */
export function exportFileName(planName: string, part: string, extension: string): string {
  const bare = planName
    .normalize("NFC")
    .replace(/[^\p{L}\p{N}]+/gu, "-")
    .replace(/^-+|-+$/g, "")
    .toLowerCase();
  return [bare || "plan", part]
    .filter((word) => word !== "")
    .join("-")
    .concat(".", extension);
}
