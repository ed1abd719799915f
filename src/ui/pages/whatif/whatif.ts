import type { CompareWorker } from "../../../../workers/compare.worker.ts";
import type { SimulateWorker } from "../../../../workers/simulate.worker.ts";
import { simulateOnWorkers } from "../../../app/running/simulate-on-workers.ts";
import { createWorkerClient } from "../../../app/running/worker-client.ts";
import type { DayRange } from "../../../domain/calendar/ranges.ts";
import { fingerprint } from "../../../domain/fingerprint.ts";
import type { Issue, OnProgress, Outcome } from "../../../domain/outcome.ts";
import type { PlanDocument } from "../../../domain/plan/plan.ts";
import type { Change, Scenario } from "../../../domain/plan/scenario.ts";
import type { SimulationResult } from "../../../domain/results/simulation.ts";
import type { ScenarioInputs } from "../../../scenarios/changes/scenario-inputs.ts";
import {
  compareColumns,
  measureAhead,
  prepareColumn,
} from "../../../scenarios/measuring/compare-scenarios.ts";
import type { ComparedColumn, Comparison } from "../../../scenarios/measuring/comparison.ts";
import { keepLast } from "../../../scenarios/measuring/keep-last.ts";
import { shiftsOf } from "./new-shifts.ts";

/** The scenario that the page's levers make; never saved. */
export const liveScenarioId = "live";

/**
 * What the plan's stages have made, ready for scenarios; null while forecast or shifts are missing. The same object
 * until something of it changes: the list of scenarios is left out, so that editing one leaves the others alone.
 */
export function whatIfBase({ plan, results }: PlanDocument): ScenarioInputs | null {
  const { forecast, schedule, roster } = results;
  if (forecast === null || (schedule === null && roster === null)) return null;
  const { scenarios: _, ...rest } = plan;
  return keptBase(forecast.value, [schedule?.value, roster?.value, ...Object.values(rest)], () => ({
    plan: { ...rest, scenarios: [] },
    forecast: forecast.value,
    schedule: schedule?.value ?? null,
    roster: roster?.value ?? null,
  }));
}
const keptBase = keepLast<ScenarioInputs>();

export interface PreparedScenarios {
  /** In the order asked for; scenarios that could not be applied are left out and say why in `issues`. */
  readonly columns: readonly ComparedColumn[];
  readonly issues: readonly { readonly scenarioId: string; readonly issue: Issue }[];
}

/** Which days each list of changes has been measured on, and what it was made to. */
const measuredDays = new WeakMap<readonly Change[], readonly unknown[]>();
const noChanges: readonly Change[] = [];

function measuring(base: ScenarioInputs, scenario: Scenario | null, days: DayRange) {
  const own = shiftsOf(base, scenario).base;
  return { own, changes: scenario?.changes ?? noChanges, key: [base, own.schedule, days.first, days.end] };
}

/** Those of the scenarios (null: the base) that are not measured yet on these days: some tens of milliseconds each. */
export function notMeasured(
  base: ScenarioInputs,
  scenarios: readonly (Scenario | null)[],
  days: DayRange,
): (Scenario | null)[] {
  return scenarios.filter((scenario) => {
    const { changes, key } = measuring(base, scenario, days);
    const known = measuredDays.get(changes);
    return !key.every((part, at) => part === known?.[at]);
  });
}

/** Prepares and measures one of them by the formulas, so that comparing is a matter of a few milliseconds. */
export function measureScenario(base: ScenarioInputs, scenario: Scenario | null, days: DayRange): void {
  const { own, changes, key } = measuring(base, scenario, days);
  const outcome = prepareColumn(own, scenario);
  if (outcome.ok) measureAhead(outcome.value, days);
  measuredDays.set(changes, key);
}

/** Makes every scenario's changes (null: the base, without any); some milliseconds each, the first time. */
export function prepareScenarios(
  base: ScenarioInputs,
  scenarios: readonly (Scenario | null)[],
): PreparedScenarios {
  const columns: ComparedColumn[] = [];
  const issues: { scenarioId: string; issue: Issue }[] = [];
  for (const scenario of scenarios) {
    const own = shiftsOf(base, scenario);
    if (own.issue !== null) issues.push({ scenarioId: scenario?.id ?? "", issue: own.issue });
    const outcome = prepareColumn(own.base, scenario);
    if (outcome.ok) columns.push(outcome.value);
    else for (const issue of outcome.issues) issues.push({ scenarioId: scenario?.id ?? "", issue });
  }
  return { columns, issues };
}

/** The comparison as it can be made now: by the most replications that every column has been through, else by formulas. */
export function compareNow(columns: readonly ComparedColumn[], days: DayRange): Comparison {
  const keys = columns.map((column) => columnKey(columns[0], column, days));
  const rounds = simulationRounds(columns, days);
  const round = rounds.findLast((replications) => keys.every((key) => known.has(`${key}/${replications}`)));
  return compareColumns(
    columns.map((column, at) => ({
      ...column,
      simulation: round === undefined ? null : recall(known, `${keys[at]}/${round}`),
      transient: recall(knownTransient, keys[at]),
      balance: recall(knownBalance, keys[at]),
    })),
    days,
  );
}

const known = new Map<string, SimulationResult>();
const knownTransient = new Map<string, NonNullable<ComparedColumn["transient"]>>();
/** null inside: traced, and nothing to compare. */
const knownBalance = new Map<string, ComparedColumn["balance"]>();
const knownAtMost = 60;

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

/** Names what a simulation reads: the base by its content, the scenario by its changes, so that dragging costs nothing. */
function columnKey(base: ComparedColumn, { scenario, inputs }: ComparedColumn, days: DayRange): string {
  const { plan, forecast, schedule, roster } = base.inputs;
  return [
    ...[plan.queues, plan.groups, plan.agents, plan.shrinkage, plan.simulation].map(fingerprint),
    fingerprint(forecast),
    fingerprint(roster ?? schedule),
    plan.seed,
    days.first,
    days.end,
    JSON.stringify(scenario?.changes.filter(({ kind }) => kind !== "wages") ?? []),
    scenario?.newShifts ? fingerprint(inputs.schedule?.shifts) : "",
  ].join("/");
}

/** Contacts that are simulated in about half a second on two idle cores. */
const contactsAtOnce = 1.5e6;
/** With fewer replications half-widths would be guesses. */
const leastReplications = 8;

/**
 * Replications of one round after the other. Where the plan's own number takes longer than people wait, a round with
 * fewer comes first: the first of the same customers, with intervals as much wider.
 */
function simulationRounds(columns: readonly ComparedColumn[], days: DayRange): readonly number[] {
  const [{ inputs }] = columns;
  const all = inputs.plan.simulation.replications;
  const { dayOffsets } = inputs.forecast.grid;
  let contacts = 0;
  for (const { inputs: own } of columns) {
    for (const { offered } of own.forecast.queues) {
      const end = dayOffsets[days.end];
      for (let index = dayOffsets[days.first]; index < end; index++) contacts += offered[index];
    }
  }
  const quick = Math.max(leastReplications, Math.floor(contactsAtOnce / Math.max(1, contacts)));
  return 2 * quick > all ? [all] : [quick, all];
}

/** True when every column (the base first) has been through all replications and traces for these days. */
export function isSimulated(columns: readonly ComparedColumn[], days: DayRange): boolean {
  const replications = columns[0].inputs.plan.simulation.replications;
  return columns.every((column) => {
    const key = columnKey(columns[0], column, days);
    return known.has(`${key}/${replications}`) && knownBalance.has(key);
  });
}

/** Columns (the base first) without a transient answer for these days. */
export function notTransient(columns: readonly ComparedColumn[], days: DayRange): ComparedColumn[] {
  return columns.filter((column) => !knownTransient.has(columnKey(columns[0], column, days)));
}

/** Works out the transient answers that are missing, in a worker of their own. Rejects as worker calls do. */
export async function transientColumns(
  columns: readonly ComparedColumn[],
  days: DayRange,
  signal: AbortSignal,
): Promise<void> {
  for (const column of notTransient(columns, days)) {
    if (signal.aborted) return;
    const { plan, forecast } = column.inputs;
    // Who the agents are is not asked: `groupAgents` says how many.
    const sent = { inputs: { plan: { ...plan, agents: [] }, forecast }, groupAgents: column.groupAgents };
    const answer = await transientWorker.call((worker) => worker.transientColumn(sent, days));
    remember(knownTransient, columnKey(columns[0], column, days), answer);
  }
}

const transientWorker = createWorkerClient<CompareWorker>(
  () => new Worker(new URL("../../../../workers/compare.worker.ts", import.meta.url), { type: "module" }),
);

const startSimulating = () =>
  createWorkerClient<SimulateWorker>(
    () => new Worker(new URL("../../../../workers/simulate.worker.ts", import.meta.url), { type: "module" }),
  );
const coordinator = startSimulating();
/** Workers that simulate for this page. */
const lanes = Array.from(
  { length: Math.max(1, Math.min(4, globalThis.navigator?.hardwareConcurrency ?? 2)) },
  startSimulating,
);

/**
 * Simulates what has not been, round by round, each column in a worker, all on the same customers, and last traces how
 * the work falls on agents; `onRound` hears when a round is through. Rejects as worker calls do. The first issue of a simulation that failed is answered; null when all
 * went well.
 */
export async function simulateColumns(
  columns: readonly ComparedColumn[],
  days: DayRange,
  onRound: () => void,
  onProgress: OnProgress<unknown>,
  signal: AbortSignal,
): Promise<Issue | null> {
  for (const [round, replications] of simulationRounds(columns, days).entries()) {
    const failed = await simulateRound(columns, days, replications, round > 0, onProgress, signal);
    if (failed !== null) return failed;
    onRound();
  }
  for (const column of columns) {
    const key = columnKey(columns[0], column, days);
    if (knownBalance.has(key)) continue;
    const { plan, forecast, schedule, roster } = column.inputs;
    const inputs = { plan, forecast, schedule: roster === null ? schedule : null, roster };
    remember(
      knownBalance,
      key,
      await transientWorker.call((worker) => worker.agentBalance(inputs, days), undefined, signal),
    );
  }
  onRound();
  return null;
}

/**
 * `afresh`: each column in a new worker. Starting one takes a moment, but the first problem a worker simulates runs
 * faster than those after it (`engine.ts`): a tenth to a sixth off a round of many seconds.
 */
async function simulateRound(
  columns: readonly ComparedColumn[],
  days: DayRange,
  replications: number,
  afresh: boolean,
  onProgress: OnProgress<unknown>,
  signal: AbortSignal,
): Promise<Issue | null> {
  const keyOf = (column: ComparedColumn) => `${columnKey(columns[0], column, days)}/${replications}`;
  const waiting = columns.filter((column) => !known.has(keyOf(column)));
  const total = waiting.length * replications;
  const done = new Map<ComparedColumn, number>();
  let failed: Issue | null = null;
  const report = (column: ComparedColumn, completed: number) => {
    done.set(column, completed);
    onProgress({ phase: "replications", completed: [...done.values()].reduce((a, b) => a + b, 0), total });
  };
  const inputOf = ({ inputs: { plan, forecast, schedule, roster } }: ComparedColumn) => ({
    plan,
    forecast,
    schedule: roster === null ? schedule : null,
    roster,
    days,
    replications,
  });
  const keep = (column: ComparedColumn, outcome: Outcome<SimulationResult>) => {
    if (outcome.ok) remember(known, keyOf(column), outcome.value);
    else failed ??= outcome.issues[0];
    report(column, replications);
  };
  if (waiting.length === 1) {
    // One column alone gets every core; several share them out among themselves.
    const [column] = waiting;
    if (afresh) for (const lane of lanes) lane.terminate();
    keep(
      column,
      await simulateOnWorkers(
        [coordinator, ...lanes],
        inputOf(column),
        ({ completed }) => report(column, completed),
        signal,
      ),
    );
    return failed;
  }
  await Promise.all(
    lanes.map(async (lane) => {
      for (let column = waiting.shift(); column !== undefined; column = waiting.shift()) {
        const next = column;
        // Packing a plan and its shifts for a worker takes a moment: each in a task of its own.
        await new Promise((resolve) => setTimeout(resolve));
        if (afresh) lane.terminate();
        keep(
          next,
          await lane.call(
            (worker, listen) => worker.simulateContacts(inputOf(next), listen as never),
            ({ completed }) => report(next, completed),
            signal,
          ),
        );
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
