import type { Change } from "../../src/domain/plan/scenario.ts";
import type { ScenarioInputs } from "../../src/scenarios/changes/scenario-inputs.ts";
import { compareScenarios } from "../../src/scenarios/measuring/compare-scenarios.ts";
import type { Comparison } from "../../src/scenarios/measuring/comparison.ts";
import type { Figure, Measure } from "../../src/scenarios/measuring/figures.ts";

/** The base beside scenarios of these changes; throws the code of what failed. */
export async function compared(
  base: ScenarioInputs,
  method: Comparison["method"],
  ...scenarios: Change[][]
): Promise<Comparison> {
  const outcome = await compareScenarios({
    ...base,
    method,
    scenarios: scenarios.map((changes, at) => ({ id: `s${at}`, name: `s${at}`, changes })),
  });
  if (!outcome.ok) throw new Error(outcome.issues[0].code);
  return outcome.value;
}

/** Of plan 0 (the base), 1, 2 …; queueId null is all queues together. */
export function figure(
  comparison: Comparison,
  plan: number,
  measure: Measure,
  queueId: string | null = null,
): Figure {
  const found = comparison.plans[plan].scopes.find((scope) => scope.queueId === queueId)?.figures[measure];
  if (!found) throw new Error(`no ${measure}`);
  return found;
}

export function difference(
  comparison: Comparison,
  plan: number,
  measure: Measure,
  queueId: string | null = null,
): Figure {
  const found = comparison.plans[plan].scopes.find((scope) => scope.queueId === queueId)?.differences?.[
    measure
  ];
  if (!found) throw new Error(`no difference of ${measure}`);
  return found;
}
