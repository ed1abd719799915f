import type { SimulateWorker } from "../../workers/simulate.worker.ts";
import { fingerprint } from "../domain/fingerprint.ts";
import type { Issue, OnProgress } from "../domain/outcome.ts";
import type { PlanDocument } from "../domain/plan.ts";
import type { Change, Scenario } from "../domain/scenario.ts";
import type { SimulationResult } from "../domain/simulation.ts";
import type { ScenarioInputs } from "../scenarios/apply-changes.ts";
import {
  type ComparedColumn,
  type ComparedDays,
  type ComparedPlan,
  type Comparison,
  compareColumns,
  prepareColumn,
} from "../scenarios/compare-scenarios.ts";
import { betterWay, type Figure, type Figures, type Measure, measures } from "../scenarios/figures.ts";
import { createWorkerClient } from "./worker-client.ts";

/** What the What-if page works with: the comparison of `scenarios/`, with its simulations run in workers and remembered. */
export type WhatIfComparison = Comparison;
export type WhatIfPlan = ComparedPlan;
export type WhatIfDays = ComparedDays;
export type WhatIfFigure = Figure;
export type WhatIfFigures = Figures;
export type WhatIfMeasure = Measure;
export const whatIfMeasures = measures;
export const whatIfBetterWay = betterWay;

/** The scenario that the page's levers make; never saved. */
export const liveScenarioId = "live";

/** What the plan's stages have made, ready for scenarios; null while forecast or shifts are missing. */
export function whatIfBase({ plan, results }: PlanDocument): ScenarioInputs | null {
  const { forecast, schedule, roster } = results;
  if (forecast === null || (schedule === null && roster === null)) return null;
  return {
    plan,
    forecast: forecast.value,
    schedule: schedule?.value ?? null,
    roster: roster?.value ?? null,
  };
}

export interface PreparedScenarios {
  /** The base first; scenarios that could not be applied are left out and say why in `issues`. */
  readonly columns: readonly ComparedColumn[];
  readonly issues: readonly { readonly scenarioId: string; readonly issue: Issue }[];
}

/** Makes every scenario's changes; some milliseconds each. */
export function prepareScenarios(base: ScenarioInputs, scenarios: readonly Scenario[]): PreparedScenarios {
  const columns: ComparedColumn[] = [];
  const issues: { scenarioId: string; issue: Issue }[] = [];
  for (const scenario of [null, ...scenarios]) {
    const outcome = prepareColumn(base, scenario);
    if (outcome.ok) columns.push(outcome.value);
    else for (const issue of outcome.issues) issues.push({ scenarioId: scenario?.id ?? "", issue });
  }
  return { columns, issues };
}

/** The comparison as it can be made now: simulated when every column has been, by formulas otherwise. */
export function compareNow(columns: readonly ComparedColumn[], days: ComparedDays): Comparison {
  return compareColumns(
    columns.map((column) => withSimulation(columns[0], column, days)),
    days,
  );
}

const known = new Map<string, SimulationResult>();
const knownAtMost = 40;
const withResult = new WeakMap<ComparedColumn, ComparedColumn>();

/** The same object for the same column and result, so that it is measured once. */
function withSimulation(base: ComparedColumn, column: ComparedColumn, days: ComparedDays): ComparedColumn {
  const simulation = known.get(columnKey(base, column, days)) ?? null;
  if (simulation === column.simulation) return column;
  const made = withResult.get(column);
  if (made !== undefined && made.simulation === simulation) return made;
  const next = { ...column, simulation };
  withResult.set(column, next);
  return next;
}

/** Names what a simulation reads: the base by its content, the scenario by its changes, so that dragging costs nothing. */
function columnKey(base: ComparedColumn, { scenario }: ComparedColumn, days: ComparedDays): string {
  const { plan, forecast, schedule, roster } = base.inputs;
  return [
    ...[plan.queues, plan.groups, plan.agents, plan.shrinkage, plan.simulation].map(fingerprint),
    fingerprint(forecast),
    roster === null ? fingerprint(schedule?.shifts) : fingerprint(roster.assignments),
    plan.seed,
    days.first,
    days.count,
    JSON.stringify(scenario?.changes.filter(({ kind }) => kind !== "wages") ?? []),
  ].join("/");
}

/** Columns (the base first) whose simulation is still to be run for these days. */
export function notSimulated(columns: readonly ComparedColumn[], days: ComparedDays): ComparedColumn[] {
  return columns.filter((column) => !known.has(columnKey(columns[0], column, days)));
}

const lanes = Array.from(
  { length: Math.max(1, Math.min(4, globalThis.navigator?.hardwareConcurrency ?? 2)) },
  () =>
    createWorkerClient<SimulateWorker>(
      () => new Worker(new URL("../../workers/simulate.worker.ts", import.meta.url), { type: "module" }),
    ),
);

/**
 * Simulates the columns that have not been, each in a worker, all on the same customers. Rejects as worker calls do.
 * The first issue of a simulation that failed is answered; null when all went well.
 */
export async function simulateColumns(
  columns: readonly ComparedColumn[],
  days: ComparedDays,
  onProgress: OnProgress<unknown>,
  signal: AbortSignal,
): Promise<Issue | null> {
  const waiting = notSimulated(columns, days);
  const total = waiting.reduce((sum, { inputs }) => sum + inputs.plan.simulation.replications, 0);
  const done = new Map<ComparedColumn, number>();
  let failed: Issue | null = null;
  const report = (column: ComparedColumn, replications: number) => {
    done.set(column, replications);
    const completed = [...done.values()].reduce((sum, count) => sum + count, 0);
    onProgress({ phase: "replications", completed, total });
  };
  const queue = [...waiting];
  await Promise.all(
    lanes.map(async (lane) => {
      for (let column = queue.shift(); column !== undefined; column = queue.shift()) {
        const next = column;
        const { plan, forecast, schedule, roster } = next.inputs;
        const outcome = await lane.call(
          (worker, listen) =>
            worker.simulateContacts({ plan, forecast, schedule, roster, days }, listen as never),
          (progress) => report(next, progress.completed),
          signal,
        );
        if (!outcome.ok) failed ??= outcome.issues[0];
        else {
          known.set(columnKey(columns[0], next, days), outcome.value);
          if (known.size > knownAtMost) known.delete(known.keys().next().value as string);
        }
        report(next, plan.simulation.replications);
      }
    }),
  );
  return failed;
}

/** What the levers of the page stand for, as changes; those at rest make none. */
export interface Levers {
  /** 0.2 is +20 % contacts. */
  readonly volume: number;
  readonly aht: number;
  /** Agents more (or fewer) of `groupId` during opening hours. */
  readonly agents: number;
  readonly groupId: string;
  /** null: every queue. */
  readonly queueId: string | null;
}

export function leverChanges(levers: Levers): Change[] {
  const { volume, aht, agents, groupId, queueId } = levers;
  const changes: Change[] = [];
  if (volume !== 0) changes.push({ kind: "volume", queueId, factor: round(1 + volume), window: null });
  if (aht !== 0) changes.push({ kind: "aht", queueId, factor: round(1 + aht), window: null });
  if (agents !== 0) changes.push({ kind: "agents", groupId, count: agents, window: null });
  return changes;
}

/** Sums of binary fractions would show as 1.2000000000000002 in a saved scenario. */
function round(factor: number): number {
  return Math.round(factor * 1e6) / 1e6;
}
