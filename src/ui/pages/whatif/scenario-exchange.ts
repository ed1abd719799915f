import { fail, type Outcome, succeed } from "../../../domain/outcome.ts";
import { type Scenario, scenarioSchema } from "../../../domain/plan/scenario.ts";

/** Says in the file what it is. */
const fileKind = "shiftwright.scenario";

/** A scenario as a small file: only its changes, to be opened on the same plan elsewhere. */
export function scenarioFileText(scenario: Scenario): string {
  return `${JSON.stringify({ kind: fileKind, version: 1, scenario }, null, 2)}\n`;
}

/** Fails with `scenarioFile.notAScenario`, or with `scenarioFile.wrongField` and where. */
export function readScenarioFile(text: string): Outcome<Scenario> {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    return fail({ code: "scenarioFile.notAScenario", severity: "error" });
  }
  const record = typeof content === "object" && content !== null ? (content as Record<string, unknown>) : {};
  if (record.kind !== fileKind) return fail({ code: "scenarioFile.notAScenario", severity: "error" });
  const read = scenarioSchema.safeParse(record.scenario);
  if (read.success) return succeed(read.data);
  const [first] = read.error.issues;
  return fail({
    code: "scenarioFile.wrongField",
    severity: "error",
    values: { column: first.path.join("."), reason: first.message },
  });
}

/** Part of an address that carries a scenario, to stand after `#/whatif?`. */
export function scenarioParameter(scenario: Scenario): string {
  const bytes = new TextEncoder().encode(JSON.stringify({ kind: fileKind, version: 1, scenario }));
  const text = btoa(String.fromCharCode(...bytes));
  return `scenario=${text.replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "")}`;
}

/** The scenario an address carries; null when it carries none. Fails as `readScenarioFile` does. */
export function scenarioOfAddress(hash: string): Outcome<Scenario> | null {
  const found = /[?&]scenario=([\w-]+)/.exec(hash);
  if (found === null) return null;
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
  return scenarios.some(({ id }) => id === opened.id)
    ? scenarios.map((scenario) => (scenario.id === opened.id ? opened : scenario))
    : [...scenarios, opened];
}
