import type { CompareWorker } from "../../../../workers/compare.worker.ts";
import type { SimulateWorker } from "../../../../workers/simulate.worker.ts";
import { simulateOnWorkers } from "../../../app/running/simulate-on-workers.ts";
import { stageRunners } from "../../../app/running/stage-runners.ts";
import { createWorkerClient } from "../../../app/running/worker-client.ts";
import type { AnswerStore } from "../../../app/session/answer-store.ts";
import type { DayRange } from "../../../domain/calendar/ranges.ts";
import type { Issue, OnProgress, Outcome } from "../../../domain/outcome.ts";
import type { Scenario } from "../../../domain/plan/scenario.ts";
import type { Schedule } from "../../../domain/plan/shift.ts";
import type { SimulationResult } from "../../../domain/results/simulation.ts";
import type { ScenarioInputs } from "../../../scenarios/changes/scenario-inputs.ts";
import { withNewShifts } from "../../../scenarios/measuring/compare-scenarios.ts";
import type { ComparedColumn } from "../../../scenarios/measuring/comparison.ts";
import { makeNewShifts } from "../../../stages/new-shifts.ts";
import { columnKey, roundKey, shiftsFor, shiftsKey, simulationRounds } from "./answers.ts";

/** What is compared: columns, the base first, on some days. */
export interface Question {
  readonly columns: readonly ComparedColumn[];
  readonly days: DayRange;
}

const keyOf = ({ columns, days }: Question, column: ComparedColumn) => columnKey(columns[0], column, days);

const compareWorker = createWorkerClient<CompareWorker>(
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
 * the work falls on agents. Rejects as worker calls do; what was answered by then is kept. The first issue of a
 * simulation that failed is answered; null when all went well.
 */
export async function answerSimulations(
  store: AnswerStore,
  question: Question,
  onProgress: OnProgress<unknown>,
  signal: AbortSignal,
): Promise<Issue | null> {
  const { columns, days } = question;
  for (const [round, replications] of simulationRounds(columns, days).entries()) {
    const failure = await simulateRound(store, question, replications, round > 0, onProgress, signal);
    if (failure !== null) return failure;
  }
  await traceBalances(store, question, signal);
  return null;
}

/**
 * `isLater`: each column in a new worker. Starting one takes a moment, but the first problem a worker simulates runs
 * faster than those after it (`engine.ts`): a tenth to a sixth off a round of many seconds.
 */
async function simulateRound(
  store: AnswerStore,
  question: Question,
  replications: number,
  isLater: boolean,
  onProgress: OnProgress<unknown>,
  signal: AbortSignal,
): Promise<Issue | null> {
  const { columns, days } = question;
  const key = (column: ComparedColumn) => roundKey(keyOf(question, column), replications);
  const waiting = columns.filter((column) => !store.state().simulations.has(key(column)));
  const total = waiting.length * replications;
  const done = new Map<ComparedColumn, number>();
  const report = (column: ComparedColumn, completed: number) => {
    done.set(column, completed);
    onProgress({ phase: "replications", completed: [...done.values()].reduce((a, b) => a + b, 0), total });
  };
  const results = new Map<string, SimulationResult>();
  let failure: Issue | null = null;
  const take = (column: ComparedColumn, outcome: Outcome<SimulationResult>) => {
    if (outcome.ok) results.set(key(column), outcome.value);
    else failure ??= outcome.issues[0];
    report(column, replications);
  };
  async function simulateAlone(column: ComparedColumn): Promise<void> {
    if (isLater) for (const lane of lanes) lane.terminate();
    const onColumn: OnProgress<unknown> = ({ completed }) => report(column, completed);
    const input = simulationOf(column, days, replications);
    take(column, await simulateOnWorkers([coordinator, ...lanes], input, onColumn, signal));
  }
  async function simulateNext(lane: (typeof lanes)[number]): Promise<void> {
    for (let column = waiting.shift(); column !== undefined; column = waiting.shift()) {
      const current = column;
      // Packing a plan and its shifts for a worker takes a moment: each in a task of its own.
      await new Promise((resolve) => setTimeout(resolve));
      if (isLater) lane.terminate();
      const outcome = await lane.call(
        (worker, listen) =>
          worker.simulateContacts(simulationOf(current, days, replications), listen as never),
        ({ completed }) => report(current, completed),
        signal,
      );
      take(current, outcome);
    }
  }
  try {
    // One column alone gets every core; several share them out among themselves.
    if (waiting.length === 1) await simulateAlone(waiting[0]);
    else await Promise.all(lanes.map(simulateNext));
  } finally {
    store.add("simulations", results, columns.map(key));
  }
  return failure;
}

function simulationOf({ inputs }: ComparedColumn, days: DayRange, replications: number) {
  const { plan, forecast, schedule, roster } = inputs;
  return { plan, forecast, schedule: roster === null ? schedule : null, roster, days, replications };
}

async function traceBalances(store: AnswerStore, question: Question, signal: AbortSignal): Promise<void> {
  const { columns, days } = question;
  const balances = new Map<string, ComparedColumn["balance"]>();
  try {
    for (const column of columns) {
      const key = keyOf(question, column);
      if (store.state().balances.has(key)) continue;
      const { plan, forecast, schedule, roster } = column.inputs;
      const inputs = { plan, forecast, schedule: roster === null ? schedule : null, roster };
      const balance = await compareWorker.call(
        (worker) => worker.agentBalance(inputs, days),
        undefined,
        signal,
      );
      balances.set(key, balance);
    }
  } finally {
    store.add("balances", balances, keysOf(question));
  }
}

function keysOf(question: Question): string[] {
  return question.columns.map((column) => keyOf(question, column));
}

/** Makes the shifts that scenarios wait for, one after the other. Rejects as worker calls do. */
export async function answerShifts(
  store: AnswerStore,
  base: ScenarioInputs,
  scenarios: readonly Scenario[],
  onProgress: OnProgress<unknown>,
  signal: AbortSignal,
): Promise<void> {
  for (const scenario of scenarios) {
    if (!shiftsFor(store.state().shifts, base, scenario).waits) continue;
    const outcome = await withNewShifts(base, scenario, (inputs) =>
      makeNewShifts(inputs, {
        requirement: (sources) => stageRunners.requirement(sources, onProgress, signal),
        schedule: (sources) => stageRunners.schedule(sources, onProgress, signal),
      }),
    );
    const answer: Schedule | Issue | null = outcome.ok ? outcome.value.schedule : outcome.issues[0];
    if (answer !== null) store.add("shifts", new Map([[shiftsKey(base, scenario), answer]]));
  }
}
