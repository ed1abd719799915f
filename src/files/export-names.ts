import type { PlanDocument } from "../domain/plan/plan.ts";

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
