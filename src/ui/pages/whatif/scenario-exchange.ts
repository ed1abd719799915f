import { fail, type Outcome } from "../../../domain/outcome.ts";
import type { Scenario } from "../../../domain/plan/scenario.ts";
import { readScenarioFile, scenarioFileKind } from "../../../files/scenario-file.ts";
import { withoutAdoption } from "./scenario-list.ts";

/** Part of an address that carries a scenario, to stand after `#/whatif?`. */
export function scenarioParameter(scenario: Scenario): string {
  const bytes = new TextEncoder().encode(JSON.stringify({ kind: scenarioFileKind, version: 1, scenario }));
  const text = btoa(String.fromCharCode(...bytes));
  return `scenario=${text.replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "")}`;
}

/** No scenario that somebody made is longer; a link beyond it is not even decoded. */
export const longestLink = 32_768;

/**
 * The scenario an address carries; null when it carries none. Fails as `readScenarioFile` does, and with
 * `scenarioFile.linkTooLong`.
 */
export function scenarioOfAddress(hash: string): Outcome<Scenario> | null {
  const found = /[?&]scenario=([\w-]+)/.exec(hash);
  if (found === null) return null;
  if (found[1].length > longestLink)
    return fail({
      code: "scenarioFile.linkTooLong",
      severity: "error",
      values: { length: found[1].length, limit: longestLink },
    });
  try {
    const binary = atob(found[1].replaceAll("-", "+").replaceAll("_", "/"));
    const bytes = Uint8Array.from(binary, (character) => character.charCodeAt(0));
    return readScenarioFile(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    return fail({ code: "scenarioFile.notAScenario", severity: "error" });
  }
}

/** The list with an opened scenario in it: replaced where its id is known, added otherwise. */
export function withScenario(scenarios: readonly Scenario[], opened: Scenario): Scenario[] {
  const fresh = withoutAdoption(opened);
  return scenarios.some(({ id }) => id === fresh.id)
    ? scenarios.map((scenario) => (scenario.id === fresh.id ? fresh : scenario))
    : [...scenarios, fresh];
}
