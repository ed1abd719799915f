import { fail, type Outcome, succeed } from "../domain/outcome.ts";
import { reversedDates, type Scenario, scenarioSchema } from "../domain/plan/scenario.ts";

/** Says in the file what it is. */
export const scenarioFileKind = "shiftwright.scenario";

/** A scenario as a small file: only its changes, to be opened on the same plan elsewhere. */
export function scenarioFileText(scenario: Scenario): string {
  return `${JSON.stringify({ kind: scenarioFileKind, version: 1, scenario }, null, 2)}\n`;
}

/** Fails with `scenarioFile.notAScenario`, `scenario.reversedDates`, or with `scenarioFile.wrongField` and where. */
export function readScenarioFile(text: string): Outcome<Scenario> {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    return fail({ code: "scenarioFile.notAScenario", severity: "error" });
  }
  const record = typeof content === "object" && content !== null ? (content as Record<string, unknown>) : {};
  if (record.kind !== scenarioFileKind) return fail({ code: "scenarioFile.notAScenario", severity: "error" });
  const read = scenarioSchema.safeParse(record.scenario);
  if (read.success) {
    const { changes, name } = read.data;
    const place = changes.findIndex((change) => reversedDates(change) !== null);
    if (place < 0) return succeed(read.data);
    const values = { scenario: name, place: place + 1, ...reversedDates(changes[place]) };
    return fail({ code: "scenario.reversedDates", severity: "error", values });
  }
  const [first] = read.error.issues;
  return fail({
    code: "scenarioFile.wrongField",
    severity: "error",
    values: { column: first.path.join("."), reason: first.message },
  });
}
