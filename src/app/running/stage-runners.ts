import type { ForecastWorker } from "../../../workers/forecast.worker.ts";
import type { RequireWorker } from "../../../workers/require.worker.ts";
import type { RosterWorker } from "../../../workers/roster.worker.ts";
import type { SimulateWorker } from "../../../workers/simulate.worker.ts";
import { fail, type OnProgress, type Outcome } from "../../domain/outcome.ts";
import type { PlanDocument } from "../../domain/plan/plan.ts";
import type { SimulationResult } from "../../domain/results/simulation.ts";
import { rosterInput } from "../../rostering/problem/roster-input.ts";
import { shiftsInput } from "../../stages/shifts-input.ts";
import { forecastOnWorkers } from "./forecast-on-workers.ts";
import type { StageRunners } from "./runs.ts";
import { scheduleWorker } from "./schedule-worker.ts";
import { simulateOnWorkers } from "./simulate-on-workers.ts";
import { createWorkerClient } from "./worker-client.ts";

/** A worker per core, but never so many that a shared machine chokes. */
const cores = Math.max(1, Math.min(8, globalThis.navigator?.hardwareConcurrency ?? 2));

const forecastWorkers = Array.from({ length: Math.min(cores, 4) }, () =>
  createWorkerClient<ForecastWorker>(
    () => new Worker(new URL("../../../workers/forecast.worker.ts", import.meta.url), { type: "module" }),
  ),
);
const requireWorker = createWorkerClient<RequireWorker>(
  () => new Worker(new URL("../../../workers/require.worker.ts", import.meta.url), { type: "module" }),
);
const rosterWorker = createWorkerClient<RosterWorker>(
  () => new Worker(new URL("../../../workers/roster.worker.ts", import.meta.url), { type: "module" }),
);
const simulateWorkers = Array.from({ length: cores + 1 }, () =>
  createWorkerClient<SimulateWorker>(
    () => new Worker(new URL("../../../workers/simulate.worker.ts", import.meta.url), { type: "module" }),
  ),
);

/** Each stage in its worker, with the parts of the document it reads. */
export const stageRunners: StageRunners = {
  forecast: (document, onProgress, signal) =>
    forecastOnWorkers(forecastWorkers, document, onProgress, signal),
  requirement: ({ plan, results }, onProgress, signal) =>
    requireWorker.call(
      (worker, listen) => worker.requireAgents({ plan, forecast: results.forecast!.value }, listen),
      onProgress,
      signal,
    ),
  schedule: (document, onProgress, signal) =>
    scheduleWorker.call(
      (worker, listen) => worker.optimiseShifts(shiftsInput(document), listen),
      onProgress,
      signal,
    ),
  roster: ({ plan, results }, onProgress, signal) =>
    rosterWorker.call(
      (worker, listen) => worker.assignRoster(rosterInput(plan, results, null, true), listen),
      onProgress,
      signal,
    ),
  simulation: simulateOnEveryCore,
};

async function simulateOnEveryCore(
  { plan, results }: PlanDocument,
  onProgress: OnProgress<unknown>,
  signal: AbortSignal,
): Promise<Outcome<SimulationResult>> {
  if (results.forecast === null) return fail({ code: "run.inputMissing", severity: "error" });
  const input = {
    plan,
    forecast: results.forecast.value,
    schedule: results.schedule?.value ?? null,
    roster: results.roster?.value ?? null,
  };
  return simulateOnWorkers(simulateWorkers, input, onProgress, signal);
}
