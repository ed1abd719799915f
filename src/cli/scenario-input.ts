import { readFileSync } from "node:fs";
import type { DayRange } from "../domain/calendar/ranges.ts";
import { fail } from "../domain/outcome.ts";
import type { PlanDocument } from "../domain/plan/plan.ts";
import type { Scenario } from "../domain/plan/scenario.ts";
import { readScenarioFile } from "../files/scenario-file.ts";
import type { ScenarioInputs } from "../scenarios/changes/scenario-inputs.ts";
import { reportIssues, usable } from "./io.ts";

/** What the stages made, ready for scenarios; without a forecast the program ends and says so. */
export function scenarioInputs({ plan, results }: PlanDocument, path: string): ScenarioInputs {
  const { forecast, schedule, roster } = results;
  if (forecast === null) {
    reportIssues([{ code: "scenario.noForecast", severity: "error", table: path }]);
    process.exit(1);
  }
  return {
    plan,
    forecast: forecast.value,
    schedule: schedule?.value ?? null,
    roster: roster?.value ?? null,
  };
}

/** Days of the plan by number and count, from 1; outside of it the program ends and says so. */
export function daysOf(
  { forecast: { grid } }: ScenarioInputs,
  { firstDay, days }: { readonly firstDay?: number; readonly days?: number },
): DayRange {
  const first = (firstDay ?? 1) - 1;
  const count = days ?? grid.dayCount - first;
  if (count < 1 || first + count > grid.dayCount) {
    reportIssues([{ code: "simulate.badDays", severity: "error", values: { first, count } }]);
    process.exit(1);
  }
  return { first, end: first + count };
}

/** The document with the scenarios of files saved on What-if, instead of those of the same ids. */
export function withScenarioFiles(document: PlanDocument, paths: readonly string[] = []): PlanDocument {
  const opened = paths.map((path) => {
    const { adoptedAt: _, ...scenario } = usable(readScenarioFile(readFileSync(path, "utf8")), path);
    return scenario;
  });
  const ids = new Set(opened.map(({ id }) => id));
  const scenarios = [...document.plan.scenarios.filter(({ id }) => !ids.has(id)), ...opened];
  return opened.length === 0 ? document : { ...document, plan: { ...document.plan, scenarios } };
}

/** Scenarios of the plan by name or id, all that are not in the plan already where none is named; of an unknown one the program ends and says so. */
export function chosenScenarios(
  { plan }: PlanDocument,
  path: string,
  names: readonly string[] | undefined,
): readonly Scenario[] {
  if (names === undefined) {
    const adopted = plan.scenarios.filter(({ adoptedAt }) => adoptedAt !== undefined);
    reportIssues(
      adopted.map(({ name }) => ({ code: "scenario.adopted", severity: "info", values: { scenario: name } })),
    );
    return plan.scenarios.filter((scenario) => !adopted.includes(scenario));
  }
  return names.map((name) => {
    const found = plan.scenarios.find((scenario) => scenario.id === name || scenario.name === name);
    if (found !== undefined) return found;
    return usable<Scenario>(
      fail({ code: "scenario.unknown", severity: "error", table: path, values: { scenario: name } }),
    );
  });
}

export function listOf(text: string): string[] {
  return text
    .split(",")
    .map((name) => name.trim())
    .filter((name) => name !== "");
}
