import { isMainThread, parentPort, Worker } from "node:worker_threads";
import { expose } from "comlink";
import nodeEndpoint from "comlink/dist/umd/node-adapter.js";
import { forecastOnWorkers } from "../../src/app/running/forecast-on-workers.ts";
import { createWorkerClient, type WorkerLike } from "../../src/app/running/worker-client.ts";
import { addDays, weekdayOf } from "../../src/domain/calendar/clock.ts";
import { createIntervalGrid, dateOfDay, intervalCount } from "../../src/domain/calendar/interval-grid.ts";
import { noResults } from "../../src/domain/plan/no-results.ts";
import type { Plan } from "../../src/domain/plan/plan.ts";
import { countQuantile } from "../../src/numerics/count-distribution.ts";
import { randomStream } from "../../src/numerics/random.ts";
import { forecastStage } from "../../src/stages/forecast.ts";
import { inputOf } from "../../src/stages/stage.ts";
import type { ForecastWorker } from "../../workers/forecast.worker.ts";

/** `auto` on two years of quarter-hours of ten queues round the clock, side by side as on the page: one worker, then two. */
if (isMainThread) await measure();
else expose({ run: forecastStage.run } satisfies ForecastWorker, nodeEndpoint(parentPort!));

function thread(): WorkerLike {
  // Threads do not inherit the loader of TypeScript that the main one was started with.
  const worker = new Worker(
    `import("tsx/esm/api").then(({ register }) => { register(); return import(${JSON.stringify(import.meta.url)}); });`,
    { eval: true },
  );
  const endpoint = nodeEndpoint(worker);
  return {
    ...endpoint,
    // Errors of a thread are not events: they end the benchmark by themselves.
    addEventListener: (type, listener) => {
      if (type === "message") endpoint.addEventListener(type, listener);
    },
    terminate: () => void worker.terminate(),
  };
}

async function measure(): Promise<void> {
  const document = tenQueues();
  for (const count of [1, 2]) {
    const workers = Array.from({ length: count }, () => createWorkerClient<ForecastWorker>(thread));
    let reports = 0;
    const start = performance.now();
    const cpu = process.cpuUsage();
    const outcome = await forecastOnWorkers(
      workers,
      inputOf(forecastStage, document)!,
      () => reports++,
      new AbortController().signal,
    );
    const used = process.cpuUsage(cpu);
    for (const worker of workers) worker.terminate();
    if (!outcome.ok) throw new Error(JSON.stringify(outcome.issues));
    console.log(
      `${outcome.value.queues.length} queues on ${count} worker(s): ${((performance.now() - start) / 1000).toFixed(1)} s wall, ` +
        `${((used.user + used.system) / 1e6).toFixed(1)} s CPU, ${reports} reports in one bar`,
    );
  }
}

function tenQueues() {
  const grid = createIntervalGrid("Europe/Berlin", 15, "2024-01-01", 730);
  const count = intervalCount(grid);
  const ids = Array.from({ length: 10 }, (_, at) => `queue ${at + 1}`);
  const queues = ids.map((queueId, at) => {
    const chance = randomStream(1, queueId);
    const offered = new Float64Array(count);
    for (let day = 0; day < grid.dayCount; day++) {
      const week = 1.3 - 0.1 * weekdayOf(dateOfDay(grid, day));
      for (let interval = grid.dayOffsets[day]; interval < grid.dayOffsets[day + 1]; interval++) {
        const hour = ((interval - grid.dayOffsets[day]) / 4) % 24;
        const mean = (week * (15 + 45 * Math.exp(-((hour - 12) ** 2) / 20))) / (1 + at);
        offered[interval] = countQuantile(mean, 0.01, chance.uniform());
      }
    }
    const state = new Uint8Array(count).fill(1);
    return { queueId, state, offered, handled: null, abandoned: null, handleSeconds: null };
  });
  const plan = {
    firstDate: addDays(grid.firstDate, 730),
    dayCount: 28,
    queues: ids.map((id) => ({ id, defaultAhtSeconds: 240, openingHours: null })),
    forecast: { model: "auto", holidays: "DE-BY", specialDays: [], overrides: [] },
  };
  // The forecast reads no more of a plan than this.
  return { plan: plan as unknown as Plan, history: { grid, queues }, results: noResults };
}
