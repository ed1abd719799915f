import type { Answers } from "../../../app/session/answer-store.ts";
import type { DayRange } from "../../../domain/calendar/ranges.ts";
import { fingerprint } from "../../../domain/fingerprint.ts";
import { memoizeByObject } from "../../../domain/memo.ts";
import type { Issue } from "../../../domain/outcome.ts";
import { noResults } from "../../../domain/plan/no-results.ts";
import type { Scenario } from "../../../domain/plan/scenario.ts";
import type { ScenarioInputs } from "../../../scenarios/changes/scenario-inputs.ts";
import { compareColumns, prepareColumn } from "../../../scenarios/measuring/compare-scenarios.ts";
import type { ComparedColumn, Comparison } from "../../../scenarios/measuring/comparison.ts";
import { newShiftsKey } from "../../../stages/new-shifts.ts";
import { simulationStage } from "../../../stages/simulation.ts";
import { inputKey } from "../../../stages/stage.ts";

/** The base for a scenario: with its own shifts where they have been made, with an issue where they cannot be. */
export function shiftsFor(
  shifts: Answers["shifts"],
  base: ScenarioInputs,
  scenario: Scenario | null,
): { readonly base: ScenarioInputs; readonly issue: Issue | null; readonly waits: boolean } {
  if (!scenario?.newShifts) return { base, issue: null, waits: false };
  const answer = shifts.get(shiftsKey(base, scenario));
  if (answer === undefined) return { base, issue: null, waits: true };
  if ("code" in answer) return { base, issue: answer, waits: false };
  return { base: { ...base, schedule: answer, roster: null }, issue: null, waits: false };
}

/** Names what a scenario's own shifts are made from. */
export function shiftsKey(base: ScenarioInputs, { changes }: Scenario): string {
  return `${baseShiftsKey(base)}/${JSON.stringify(changes)}`;
}

const baseShiftsKey = memoizeByObject(newShiftsKey);

export interface PreparedScenarios {
  /** In the order asked for; scenarios that could not be applied are left out and say why in `issues`, beside remarks. */
  readonly columns: readonly ComparedColumn[];
  readonly issues: readonly { readonly scenarioId: string; readonly issue: Issue }[];
}

/** Makes every scenario's changes (null: the base, without any); some milliseconds each, the first time. */
export function prepareScenarios(
  shifts: Answers["shifts"],
  base: ScenarioInputs,
  scenarios: readonly (Scenario | null)[],
): PreparedScenarios {
  const columns: ComparedColumn[] = [];
  const issues: { scenarioId: string; issue: Issue }[] = [];
  for (const scenario of scenarios) {
    const scenarioId = scenario?.id ?? "";
    const own = shiftsFor(shifts, base, scenario);
    if (own.issue !== null) issues.push({ scenarioId, issue: own.issue });
    const madeAnew = scenario?.newShifts === true && !own.waits && own.issue === null;
    const outcome = prepareColumn(own.base, scenario, madeAnew);
    if (outcome.ok) columns.push(outcome.value);
    issues.push(...outcome.issues.map((issue) => ({ scenarioId, issue })));
  }
  return { columns, issues };
}

/** The comparison as it can be made now: by the most replications that every column has been through, else by formulas. */
export function compareNow(answers: Answers, columns: readonly ComparedColumn[], days: DayRange): Comparison {
  const keys = columns.map((column) => columnKey(columns[0], column, days));
  const round = simulationRounds(columns, days).findLast((replications) =>
    keys.every((key) => answers.simulations.has(roundKey(key, replications))),
  );
  return compareColumns(
    columns.map((column, at) => ({
      ...column,
      simulation: round === undefined ? null : (answers.simulations.get(roundKey(keys[at], round)) ?? null),
      balance: answers.balances.get(keys[at]) ?? null,
    })),
    days,
  );
}

/** True when every column (the base first) has been through all replications and traces for these days. */
export function isSimulated(answers: Answers, columns: readonly ComparedColumn[], days: DayRange): boolean {
  const { replications } = columns[0].inputs.plan.simulation;
  return columns.every((column) => {
    const key = columnKey(columns[0], column, days);
    return answers.simulations.has(roundKey(key, replications)) && answers.balances.has(key);
  });
}

/**
 * Names what a column's answers are made from: the base by its content, the scenario by its changes, so that dragging
 * costs nothing.
 */
export function columnKey(
  base: ComparedColumn,
  { scenario, inputs }: ComparedColumn,
  days: DayRange,
): string {
  return [
    baseKey(base.inputs),
    days.first,
    days.end,
    JSON.stringify(
      scenario?.changes.filter(({ kind }) => kind !== "wages" && kind !== "cost") ?? [],
      withoutPrices,
    ),
    scenario?.newShifts ? fingerprint(inputs.schedule?.shifts) : "",
  ].join("/");
}

const withoutPrices = (key: string, value: unknown) => (/^(costPer|pricePer)/.test(key) ? undefined : value);

/** All that a simulation, and with it the formulas of service and a trace, reads of a plan and its results. */
const baseKey = memoizeByObject(({ plan, forecast, schedule, roster }: ScenarioInputs) =>
  inputKey(simulationStage, {
    plan,
    history: null,
    results: {
      ...noResults,
      forecast: { value: forecast },
      schedule: schedule === null ? null : { value: schedule },
      roster: roster === null ? null : { value: roster },
    },
  }),
);

/** A column simulated with so many replications. */
export function roundKey(columnKey: string, replications: number): string {
  return `${columnKey}/${replications}`;
}

/** Contacts that are simulated in about half a second on two idle cores. */
const contactsAtOnce = 1.5e6;
/** With fewer replications half-widths would be guesses. */
const leastReplications = 8;

/**
 * Replications of one round after the other. Where the plan's own number takes longer than people wait, a round with
 * fewer comes first: the first of the same customers, with intervals as much wider.
 */
export function simulationRounds(columns: readonly ComparedColumn[], days: DayRange): readonly number[] {
  const [{ inputs }] = columns;
  const all = inputs.plan.simulation.replications;
  const { dayOffsets } = inputs.forecast.grid;
  let contacts = 0;
  for (const column of columns) {
    for (const { offered } of column.inputs.forecast.queues) {
      const end = dayOffsets[days.end];
      for (let index = dayOffsets[days.first]; index < end; index++) contacts += offered[index];
    }
  }
  const quick = Math.max(leastReplications, Math.floor(contactsAtOnce / Math.max(1, contacts)));
  return 2 * quick > all ? [all] : [quick, all];
}
