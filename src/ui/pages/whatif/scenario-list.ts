import type { LocalDate } from "../../../domain/calendar/clock.ts";
import type { Plan } from "../../../domain/plan/plan.ts";
import type { Scenario } from "../../../domain/plan/scenario.ts";
import { blackFridayOf, scenarioTemplates } from "./scenario-templates.ts";

/** An id that none of the scenarios has. */
export function freeId(scenarios: readonly Scenario[]): string {
  const ids = new Set(scenarios.map(({ id }) => id));
  let number = scenarios.length + 1;
  while (ids.has(`scenario-${number}`)) number++;
  return `scenario-${number}`;
}

/** The list with a copy of one of its scenarios right after it. */
export function withCopy(
  scenarios: readonly Scenario[],
  id: string,
  copy: Pick<Scenario, "id" | "name">,
): Scenario[] {
  return scenarios.flatMap((scenario) =>
    scenario.id === id ? [scenario, { ...withoutAdoption(scenario), ...copy }] : [scenario],
  );
}

/** Not yet the plan: as a copy, on another plan, or where somebody wants its changes once more. */
export function withoutAdoption({ adoptedAt: _, ...scenario }: Scenario): Scenario {
  return scenario;
}

/**
 * The scenarios of a template, with ids that are free in the plan: on Black Friday where the plan holds it, else on
 * `date`. None for a template that is not known.
 * @param nameOf the words of the catalogue's `templateName`
 */
export function scenariosOfTemplate(
  plan: Plan,
  templateId: string,
  date: LocalDate,
  nameOf: (key: string) => string,
): Scenario[] {
  const blackFriday = blackFridayOf(plan);
  const template = scenarioTemplates.find(({ id }) => id === templateId);
  const made: Scenario[] = [];
  for (const { name, changes } of template?.make(plan, blackFriday ?? date) ?? []) {
    const key = name === "peakDay" && blackFriday !== null ? "blackFriday" : name;
    made.push({ id: freeId([...plan.scenarios, ...made]), name: nameOf(key), changes: [...changes] });
  }
  return made;
}
