import { fail, type Outcome, succeed } from "../domain/outcome.ts";
import { type Scenario, scenarioSchema } from "../domain/plan/scenario.ts";

/** Says in the file what it is. */
export const scenarioFileKind = "shiftwright.scenario";

/** A scenario as a small file: only its changes, to be opened on the same plan elsewhere. */
export function scenarioFileText(scenario: Scenario): string {
  return `${JSON.stringify({ kind: scenarioFileKind, version: 1, scenario }, null, 2)}\n`;
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
  if (record.kind !== scenarioFileKind) return fail({ code: "scenarioFile.notAScenario", severity: "error" });
  const read = scenarioSchema.safeParse(record.scenario);
  if (read.success) return succeed(read.data);
  const [first] = read.error.issues;
  return fail({
    code: "scenarioFile.wrongField",
    severity: "error",
    values: { column: first.path.join("."), reason: first.message },
  });
}
