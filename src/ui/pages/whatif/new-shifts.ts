import { stageRunners } from "../../../app/running/stage-runners.ts";
import { fingerprint } from "../../../domain/fingerprint.ts";
import type { Issue, OnProgress } from "../../../domain/outcome.ts";
import type { Scenario } from "../../../domain/plan/scenario.ts";
import type { Schedule } from "../../../domain/plan/shift.ts";
import type { ScenarioInputs } from "../../../scenarios/changes/scenario-inputs.ts";
import { withNewShifts } from "../../../scenarios/measuring/compare-scenarios.ts";
import { makeNewShifts } from "../../../stages/new-shifts.ts";

/** Shifts made for scenarios that ask for their own, or why there are none. */
const made = new Map<string, Schedule | Issue>();
const mostKept = 20;

function keyOf({ plan, forecast }: ScenarioInputs, { changes }: Scenario): string {
  const { queues, groups, templates, scheduling, shrinkage, requirement, seed } = plan;
  const read = [queues, groups, templates, scheduling, shrinkage, requirement, forecast].map(fingerprint);
  return [...read, seed, JSON.stringify(changes)].join("/");
}

/** The base for a scenario: with its own shifts where they have been made, with an issue where they cannot be. */
export function shiftsOf(
  base: ScenarioInputs,
  scenario: Scenario | null,
): { readonly base: ScenarioInputs; readonly issue: Issue | null; readonly waits: boolean } {
  if (!scenario?.newShifts) return { base, issue: null, waits: false };
  const known = made.get(keyOf(base, scenario));
  if (known === undefined) return { base, issue: null, waits: true };
  if ("code" in known) return { base, issue: known, waits: false };
  return { base: { ...base, schedule: known, roster: null }, issue: null, waits: false };
}

/** Makes the shifts that scenarios wait for, one after the other. Rejects as worker calls do. */
export async function makeShiftsFor(
  base: ScenarioInputs,
  scenarios: readonly Scenario[],
  onProgress: OnProgress<unknown>,
  signal: AbortSignal,
): Promise<void> {
  for (const scenario of scenarios.filter((one) => shiftsOf(base, one).waits)) {
    const outcome = await withNewShifts(base, scenario, (inputs) =>
      makeNewShifts(inputs, {
        requirement: (sources) => stageRunners.requirement(sources, onProgress, signal),
        schedule: (sources) => stageRunners.schedule(sources, onProgress, signal),
      }),
    );
    const schedule = outcome.ok ? outcome.value.schedule : outcome.issues[0];
    if (schedule !== null) made.set(keyOf(base, scenario), schedule);
    if (made.size > mostKept) made.delete(made.keys().next().value as string);
  }
}
