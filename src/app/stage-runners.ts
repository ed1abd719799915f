import type { ForecastWorker } from "../../workers/forecast.worker.ts";
import type { RequireWorker } from "../../workers/require.worker.ts";
import type { RosterWorker } from "../../workers/roster.worker.ts";
import type { ScheduleWorker } from "../../workers/schedule.worker.ts";
import type { SimulateWorker } from "../../workers/simulate.worker.ts";
import type { DemandForecast } from "../domain/demand.ts";
import { fail, type OnProgress, type Outcome, type Progress, succeed } from "../domain/outcome.ts";
import type { PlanDocument } from "../domain/plan.ts";
import type { SimulationResult } from "../domain/simulation.ts";
import type { StageRunners } from "./runs.ts";
import { simulateOnWorkers } from "./simulate-on-workers.ts";
import { createWorkerClient } from "./worker-client.ts";

/** A worker per core, but never so many that a shared machine chokes. */
const cores = Math.max(1, Math.min(8, navigator.hardwareConcurrency ?? 2));

const forecastWorkers = Array.from({ length: Math.min(cores, 4) }, () =>
  createWorkerClient<ForecastWorker>(
    () => new Worker(new URL("../../workers/forecast.worker.ts", import.meta.url), { type: "module" }),
  ),
);
const requireWorker = createWorkerClient<RequireWorker>(
  () => new Worker(new URL("../../workers/require.worker.ts", import.meta.url), { type: "module" }),
);
const scheduleWorker = createWorkerClient<ScheduleWorker>(
  () => new Worker(new URL("../../workers/schedule.worker.ts", import.meta.url), { type: "module" }),
);
const rosterWorker = createWorkerClient<RosterWorker>(
  () => new Worker(new URL("../../workers/roster.worker.ts", import.meta.url), { type: "module" }),
);
const simulateWorkers = Array.from({ length: cores + 1 }, () =>
  createWorkerClient<SimulateWorker>(
    () => new Worker(new URL("../../workers/simulate.worker.ts", import.meta.url), { type: "module" }),
  ),
);

/** Each stage in its worker, with the parts of the document it reads. */
export const stageRunners: StageRunners = {
  forecast: forecastQueuesSideBySide,
  requirement: ({ plan, results }, onProgress, signal) =>
    requireWorker.call(
      (worker, listen) => worker.requireAgents({ plan, forecast: results.forecast!.value }, listen),
      onProgress,
      signal,
    ),
  schedule: ({ plan, results }, onProgress, signal) =>
    scheduleWorker.call(
      (worker, listen) =>
        worker.optimiseShifts(
          {
            requirement: results.requirement!.value,
            queues: plan.queues,
            groups: plan.groups,
            templates: plan.templates,
            settings: plan.scheduling,
            pinned: results.schedule?.value.shifts.filter((shift) => shift.pinned) ?? [],
            seed: plan.seed,
            timeLimitSeconds: null,
          },
          listen,
        ),
      onProgress,
      signal,
    ),
  roster: ({ plan, results }, onProgress, signal) =>
    rosterWorker.call(
      (worker, listen) =>
        worker.assignRoster(
          {
            schedule: results.schedule!.value,
            groups: plan.groups,
            templates: plan.templates,
            contracts: plan.contracts,
            agents: plan.agents,
            costPerHourShort: plan.scheduling.costPerHourShort,
            costPerHourOver: plan.scheduling.costPerHourOver,
            pinned: results.roster?.value.assignments.filter((assignment) => assignment.pinned) ?? [],
            start: null,
            seed: plan.seed,
            seconds: null,
            timed: true,
          },
          listen,
        ),
      onProgress,
      signal,
    ),
  simulation: simulateOnEveryCore,
};

/** One queue per worker at a time: queues do not know of each other, and the slowest no longer waits for the rest. */
async function forecastQueuesSideBySide(
  { plan, history }: PlanDocument,
  onProgress: OnProgress<unknown>,
  signal: AbortSignal,
): Promise<Outcome<DemandForecast>> {
  if (history === null) return fail({ code: "run.inputMissing", severity: "error" });
  const progress = sumOfProgress(plan.queues.length, onProgress);
  const outcomes = await inLanes(plan.queues, forecastWorkers, (client, queue, at) =>
    client.call(
      (worker, listen) =>
        worker.forecastDemand(
          {
            history: { ...history, queues: history.queues.filter(({ queueId }) => queueId === queue.id) },
            queues: [queue],
            firstDate: plan.firstDate,
            dayCount: plan.dayCount,
            settings: plan.forecast,
            timed: true,
          },
          listen,
        ),
      progress(at),
      signal,
    ),
  );
  const issues = outcomes.flatMap((outcome) => outcome.issues);
  const forecasts = outcomes.flatMap((outcome) => (outcome.ok ? [outcome.value] : []));
  const [first] = forecasts;
  if (first === undefined || forecasts.length < outcomes.length) return fail(...issues);
  return succeed({ ...first, queues: forecasts.flatMap((forecast) => forecast.queues) }, issues);
}

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

/** `work` on every item, one at a time per lane; results in the order of the items, whichever lane was quicker. */
async function inLanes<Item, Lane, Result>(
  items: readonly Item[],
  lanes: readonly Lane[],
  work: (lane: Lane, item: Item, at: number) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  let next = 0;
  await Promise.all(
    lanes.map(async (lane) => {
      while (next < items.length) {
        const at = next++;
        results[at] = await work(lane, items[at], at);
      }
    }),
  );
  return results;
}

/** Progress of several like runs as one: steps done of all steps, where a run that has not spoken yet has as many as the others. */
function sumOfProgress(count: number, onProgress: OnProgress<unknown>): (at: number) => OnProgress<unknown> {
  const done = new Array<number>(count).fill(0);
  const totals = new Array<number>(count).fill(0);
  return (at) => (progress: Progress<unknown>) => {
    done[at] = progress.completed;
    totals[at] = progress.total ?? 0;
    const usual = Math.max(...totals);
    onProgress({
      phase: progress.phase,
      completed: done.reduce((sum, steps) => sum + steps, 0),
      total: usual === 0 ? null : totals.reduce((sum, total) => sum + (total || usual), 0),
    });
  };
}
