import type { CompareWorker } from "../../workers/compare.worker.ts";
import type { SimulateWorker } from "../../workers/simulate.worker.ts";
import { fingerprint } from "../domain/fingerprint.ts";
import { type Issue, type OnProgress, type Outcome, succeed } from "../domain/outcome.ts";
import { type Made, noResults, type PlanDocument } from "../domain/plan.ts";
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
import type { Training, TrainingInput } from "../scenarios/cross-training.ts";
import { betterWay, type Figure, type Measure, measures } from "../scenarios/figures.ts";
import type { LeastCost, LeastCostInput, Remedy } from "../scenarios/least-cost.ts";
import { returnOnInvestment } from "../scenarios/return-on-investment.ts";
import type { Robustness, RobustnessInput } from "../scenarios/robustness.ts";
import type { Sensitivity, Sweep, SweepInput, SweepLever, TornadoInput } from "../scenarios/sweep.ts";
import { simulateOnWorkers } from "./simulate-on-workers.ts";
import { stageRunners } from "./stage-runners.ts";
import { createWorkerClient } from "./worker-client.ts";

/** What the What-if page works with: the comparison of `scenarios/`, with its simulations run in workers and remembered. */
export type WhatIfComparison = Comparison;
export type WhatIfPlan = ComparedPlan;
export type WhatIfDays = ComparedDays;
export type WhatIfFigure = Figure;
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
  /** In the order asked for; scenarios that could not be applied are left out and say why in `issues`. */
  readonly columns: readonly ComparedColumn[];
  readonly issues: readonly { readonly scenarioId: string; readonly issue: Issue }[];
}

/** Makes every scenario's changes (null: the base, without any); some milliseconds each. */
export function prepareScenarios(
  base: ScenarioInputs,
  scenarios: readonly (Scenario | null)[],
): PreparedScenarios {
  const columns: ComparedColumn[] = [];
  const issues: { scenarioId: string; issue: Issue }[] = [];
  for (const scenario of scenarios) {
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
const knownTransient = new Map<string, NonNullable<ComparedColumn["transient"]>>();
const knownAtMost = 40;
const withResult = new WeakMap<ComparedColumn, ComparedColumn>();

function remember<T>(memory: Map<string, T>, key: string, value: T): void {
  memory.set(key, value);
  if (memory.size > knownAtMost) memory.delete(memory.keys().next().value as string);
}

/** What is asked for stays: however long a slider is dragged, the base is not forgotten. */
function recall<T>(memory: Map<string, T>, key: string): T | null {
  const value = memory.get(key);
  if (value === undefined) return null;
  memory.delete(key);
  memory.set(key, value);
  return value;
}

/** The same object for the same column and result, so that it is measured once. */
function withSimulation(base: ComparedColumn, column: ComparedColumn, days: ComparedDays): ComparedColumn {
  const key = columnKey(base, column, days);
  const simulation = recall(known, key);
  const transient = recall(knownTransient, key);
  if (simulation === column.simulation && transient === column.transient) return column;
  const made = withResult.get(column);
  if (made !== undefined && made.simulation === simulation && made.transient === transient) return made;
  const next = { ...column, simulation, transient };
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

/** Columns (the base first) without a transient answer for these days. */
export function notTransient(columns: readonly ComparedColumn[], days: ComparedDays): ComparedColumn[] {
  return columns.filter((column) => !knownTransient.has(columnKey(columns[0], column, days)));
}

/** Works out the transient answers that are missing, in a worker of their own. Rejects as worker calls do. */
export async function transientColumns(
  columns: readonly ComparedColumn[],
  days: ComparedDays,
  signal: AbortSignal,
): Promise<void> {
  for (const column of notTransient(columns, days)) {
    if (signal.aborted) return;
    const { plan, forecast } = column.inputs;
    const sent = { inputs: { plan, forecast }, groupAgents: column.groupAgents };
    const answer = await transientWorker.call((worker) => worker.transientColumn(sent, days));
    remember(knownTransient, columnKey(columns[0], column, days), answer);
  }
}

const transientWorker = createWorkerClient<CompareWorker>(
  () => new Worker(new URL("../../workers/compare.worker.ts", import.meta.url), { type: "module" }),
);

const startSimulating = () =>
  createWorkerClient<SimulateWorker>(
    () => new Worker(new URL("../../workers/simulate.worker.ts", import.meta.url), { type: "module" }),
  );
const coordinator = startSimulating();
const lanes = Array.from(
  { length: Math.max(1, Math.min(4, globalThis.navigator?.hardwareConcurrency ?? 2)) },
  startSimulating,
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
  if (waiting.length === 1) {
    // One column alone gets every core; several share them out among themselves.
    const [column] = waiting;
    const { plan, forecast, schedule, roster } = column.inputs;
    const outcome = await simulateOnWorkers(
      [coordinator, ...lanes],
      { plan, forecast, schedule, roster, days },
      (progress) => report(column, progress.completed),
      signal,
    );
    if (!outcome.ok) return outcome.issues[0];
    remember(known, columnKey(columns[0], column, days), outcome.value);
    return null;
  }
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
          remember(known, columnKey(columns[0], next, days), outcome.value);
        }
        report(next, plan.simulation.replications);
      }
    }),
  );
  return failed;
}

/**
 * The plan beside the same plan with the changes and with shifts made anew for them: requirement, shifts and both
 * simulations, on the same customers. Fails as those stages do.
 */
export async function replanScenario(
  base: ScenarioInputs,
  scenario: Scenario,
  days: ComparedDays,
  onProgress: OnProgress<unknown>,
  signal: AbortSignal,
): Promise<Outcome<Comparison>> {
  const plain = prepareColumn(base, null);
  const changed = prepareColumn(base, scenario);
  if (!plain.ok) return plain;
  if (!changed.ok) return changed;
  const { plan, forecast } = changed.value.inputs;
  const made = <T>(value: T): Made<T> => ({ value, madeAt: "", inputKey: "" });
  const document = { plan, history: null, results: { ...noResults, forecast: made(forecast) } };
  const requirement = await stageRunners.requirement(document, onProgress, signal);
  if (!requirement.ok) return requirement;
  const results = { ...document.results, requirement: made(requirement.value) };
  const schedule = await stageRunners.schedule({ ...document, results }, onProgress, signal);
  if (!schedule.ok) return schedule;
  const anew = prepareColumn({ plan, forecast, schedule: schedule.value, roster: null }, null);
  if (!anew.ok) return anew;
  const columns: ComparedColumn[] = [];
  for (const column of [plain.value, { ...anew.value, scenario }]) {
    const { inputs } = column;
    const input = { ...inputs, days };
    const simulation = await simulateOnWorkers([coordinator, ...lanes], input, onProgress, signal);
    if (!simulation.ok) return simulation;
    columns.push({ ...column, simulation: simulation.value });
  }
  return succeed(compareColumns(columns, days));
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

/** Analyses of one scenario, each in the compare worker. Types under the names that pages use. */
export type WhatIfInputs = ScenarioInputs;
export type WhatIfSweep = Sweep;
export type WhatIfLever = SweepLever;
export type WhatIfSensitivity = Sensitivity;
export type WhatIfLeastCost = LeastCost;
export type WhatIfRemedy = Remedy;
export type WhatIfTraining = Training;
export type WhatIfRobustness = Robustness;
export const whatIfInvestment = returnOnInvestment;

const compareWorker = createWorkerClient<CompareWorker>(
  () => new Worker(new URL("../../workers/compare.worker.ts", import.meta.url), { type: "module" }),
);

type Listen<T> = OnProgress<T>;

export function runSweep(
  input: SweepInput,
  onProgress: Listen<unknown>,
  signal: AbortSignal,
): Promise<Outcome<Sweep>> {
  return compareWorker.call(
    (worker, listen) => worker.sweepScenarios(input, listen as never),
    onProgress,
    signal,
  );
}

export function runTornado(
  input: TornadoInput,
  onProgress: Listen<unknown>,
  signal: AbortSignal,
): Promise<Outcome<readonly Sensitivity[]>> {
  return compareWorker.call((worker, listen) => worker.tornado(input, listen as never), onProgress, signal);
}

export function runLeastCost(
  input: LeastCostInput,
  onProgress: Listen<unknown>,
  signal: AbortSignal,
): Promise<Outcome<LeastCost>> {
  return compareWorker.call(
    (worker, listen) => worker.cheapestRemedy(input, listen as never),
    onProgress,
    signal,
  );
}

export function runTraining(
  input: TrainingInput,
  onProgress: Listen<unknown>,
  signal: AbortSignal,
): Promise<Outcome<Training>> {
  return compareWorker.call(
    (worker, listen) => worker.bestTrainings(input, listen as never),
    onProgress,
    signal,
  );
}

export function runRobustness(
  input: RobustnessInput,
  onProgress: Listen<unknown>,
  signal: AbortSignal,
): Promise<Outcome<Robustness>> {
  return compareWorker.call(
    (worker, listen) => worker.demandRobustness(input, listen as never),
    onProgress,
    signal,
  );
}

/** Parts of the opening hours, `hours` long each, through which remedies are offered: of all queues a group serves. */
export function dayParts(
  { forecast, plan }: ScenarioInputs,
  groupId: string,
  hours: number,
): Remedy["window"][] {
  const queueIds = plan.groups.find(({ id }) => id === groupId)?.queueIds ?? [];
  const { grid } = forecast;
  let open = 1440;
  let close = 0;
  for (const queue of forecast.queues) {
    if (!queueIds.includes(queue.queueId)) continue;
    for (let day = 0; day < grid.dayCount; day++) {
      const first = grid.dayOffsets[day];
      for (let index = first; index < grid.dayOffsets[day + 1]; index++) {
        if (queue.open[index] === 0) continue;
        open = Math.min(open, (index - first) * grid.intervalMinutes);
        close = Math.max(close, (index - first + 1) * grid.intervalMinutes);
      }
    }
  }
  const parts: Remedy["window"][] = [];
  for (let from = open; from < close; from += hours * 60) {
    const toMinute = Math.min(close, from + hours * 60, 1440);
    parts.push({ fromDate: null, toDate: null, weekdays: null, fromMinute: from, toMinute });
  }
  return parts;
}
