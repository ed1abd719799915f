import type { ForecastWorker } from "../../../workers/forecast.worker.ts";
import type { RequireWorker } from "../../../workers/require.worker.ts";
import type { SimulateWorker } from "../../../workers/simulate.worker.ts";
import { fail, type OnProgress, type Outcome } from "../../domain/outcome.ts";
import type { StageName } from "../../domain/plan/plan.ts";
import { forecastStage } from "../../stages/forecast.ts";
import { requirementStage } from "../../stages/requirement.ts";
import { rosterStage } from "../../stages/roster.ts";
import { scheduleStage } from "../../stages/schedule.ts";
import { simulationStage } from "../../stages/simulation.ts";
import { inputOf, type Stage, type StageSources } from "../../stages/stage.ts";
import { forecastOnWorkers } from "./forecast-on-workers.ts";
import { rosterWorker } from "./roster-worker.ts";
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
const simulateWorkers = Array.from({ length: cores + 1 }, () =>
  createWorkerClient<SimulateWorker>(
    () => new Worker(new URL("../../../workers/simulate.worker.ts", import.meta.url), { type: "module" }),
  ),
);

/** Each stage in its worker, with what it reads of the document. */
export const stageRunners: StageRunners = {
  // Times are shown beside each model and roster, so they are taken here.
  forecast: runner(forecastStage, (input, onProgress, signal) =>
    forecastOnWorkers(forecastWorkers, { ...input, timed: true }, onProgress, signal),
  ),
  requirement: runner(requirementStage, (input, onProgress, signal) =>
    requireWorker.call((worker, listen) => worker.run(input, listen), onProgress, signal),
  ),
  schedule: runner(scheduleStage, (input, onProgress, signal) =>
    scheduleWorker.call((worker, listen) => worker.run(input, listen), onProgress, signal),
  ),
  roster: runner(rosterStage, (input, onProgress, signal) =>
    rosterWorker.call((worker, listen) => worker.run({ ...input, timed: true }, listen), onProgress, signal),
  ),
  simulation: runner(simulationStage, (input, onProgress, signal) =>
    simulateOnWorkers(simulateWorkers, input, onProgress, signal),
  ),
};

/** Reads the stage's input and hands it to its workers. */
function runner<Name extends StageName, Input extends object, Result>(
  stage: Stage<Name, Input, Result>,
  run: (input: Input, onProgress: OnProgress<unknown>, signal: AbortSignal) => Promise<Outcome<Result>>,
) {
  return async (document: StageSources, onProgress: OnProgress<unknown>, signal: AbortSignal) => {
    const input = inputOf(stage, document);
    if (input === null)
      return fail({ code: "run.inputMissing", severity: "error", values: { job: stage.name } });
    return run(input, onProgress, signal);
  };
}
