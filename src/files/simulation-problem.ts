import { fail, type Outcome, succeed } from "../domain/outcome.ts";
import { type BareProblem, simulationProblemSchema } from "../domain/results/simulation-problem.ts";

/**
 * The bare simulation problem in a JSON text. Fails with `simulationProblem.notJson`, or with one
 * `simulationProblem.wrongField` per field that is not as it should be.
 */
export function readSimulationProblem(text: string): Outcome<BareProblem> {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch (error) {
    return fail({
      code: "simulationProblem.notJson",
      severity: "error",
      values: { reason: error instanceof Error ? error.message : String(error) },
    });
  }
  const checked = simulationProblemSchema.safeParse(parsed);
  if (checked.success) return succeed(checked.data);
  return fail(
    ...checked.error.issues.map((issue) => ({
      code: "simulationProblem.wrongField",
      severity: "error" as const,
      values: { field: issue.path.join("."), reason: issue.message },
    })),
  );
}
