import type { Answers } from "../../../app/session/answer-store.ts";
import type { DayRange } from "../../../domain/calendar/ranges.ts";
import type { Change, Scenario } from "../../../domain/plan/scenario.ts";
import type { ScenarioInputs } from "../../../scenarios/changes/scenario-inputs.ts";
import { measureAhead, prepareColumn } from "../../../scenarios/measuring/compare-scenarios.ts";
import { shiftsFor } from "./answers.ts";

/** Scenarios to be measured by the formulas on some days. */
interface Measuring {
  readonly base: ScenarioInputs;
  readonly scenarios: readonly Scenario[];
  readonly days: DayRange;
  readonly shifts: Answers["shifts"];
}

/** Of each list of changes, what it was made to and measured on last. */
export type MeasuredScenarios = WeakMap<readonly Change[], readonly unknown[]>;

/** Those of the scenarios (null: the base) that are not measured yet on these days: some tens of milliseconds each. */
export function notMeasured(measured: MeasuredScenarios, asked: Measuring): (Scenario | null)[] {
  return [null, ...asked.scenarios].filter((scenario) => {
    const { changes, key } = subjectOf(asked, scenario);
    const last = measured.get(changes);
    return !key.every((part, at) => part === last?.[at]);
  });
}

/** Prepares and measures one of them, so that comparing is a matter of a few milliseconds; `measured` notes it. */
export function measureScenario(
  measured: MeasuredScenarios,
  asked: Measuring,
  scenario: Scenario | null,
): void {
  const { own, changes, key } = subjectOf(asked, scenario);
  const outcome = prepareColumn(own, scenario);
  if (outcome.ok) measureAhead(outcome.value, asked.days);
  measured.set(changes, key);
}

const noChanges: readonly Change[] = [];

function subjectOf({ base, days, shifts }: Measuring, scenario: Scenario | null) {
  const own = shiftsFor(shifts, base, scenario).base;
  return { own, changes: scenario?.changes ?? noChanges, key: [base, own.schedule, days.first, days.end] };
}
