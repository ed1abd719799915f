import { expose } from "comlink";
import { describe, expect, test } from "vitest";
import { forecastOnWorkers } from "../../../src/app/running/forecast-on-workers.ts";
import { createWorkerClient, type WorkerLike } from "../../../src/app/running/worker-client.ts";
import { addDays } from "../../../src/domain/calendar/clock.ts";
import { createIntervalGrid, intervalCount } from "../../../src/domain/calendar/interval-grid.ts";
import type { Progress } from "../../../src/domain/outcome.ts";
import { noResults } from "../../../src/domain/plan/no-results.ts";
import { type DemandForecast, intervalState } from "../../../src/domain/results/demand.ts";
import { forecastDemand } from "../../../src/forecasting/forecast-demand.ts";
import { forecastStage } from "../../../src/stages/forecast.ts";
import { inputOf } from "../../../src/stages/stage.ts";
import type { ForecastWorker } from "../../../workers/forecast.worker.ts";
import { smallDocument } from "../sample-document.ts";

/** `count` queues with six weeks of hours, each busier than the one before. */
function planOfQueues(count: number) {
  const { plan } = smallDocument();
  const dayCount = 42;
  const grid = createIntervalGrid(plan.timeZone, 60, addDays(plan.firstDate, -dayCount), dayCount);
  const series = (value: number) => new Float64Array(intervalCount(grid)).fill(value);
  const ids = Array.from({ length: count }, (_, at) => `queue ${at + 1}`);
  return {
    results: noResults,
    plan: { ...plan, queues: ids.map((id) => ({ ...plan.queues[0], id })) },
    history: {
      grid,
      queues: ids.map((queueId, at) => ({
        queueId,
        state: new Uint8Array(intervalCount(grid)).fill(intervalState.open),
        offered: series(10 + at),
        handled: null,
        abandoned: null,
        handleSeconds: null,
      })),
    },
  };
}

/** Runs wait for each other until `count` of them go on at the same time; counts how many do at most. */
function meeting(count: number) {
  let now = 0;
  let most = 0;
  let open = () => {};
  const met = new Promise<void>((resolve) => {
    open = resolve;
  });
  return {
    most: () => most,
    enter() {
      most = Math.max(most, ++now);
      if (now === count) open();
      return met;
    },
    leave() {
      now--;
    },
  };
}

function lane(runs: ReturnType<typeof meeting>) {
  return createWorkerClient<ForecastWorker>(() => {
    const { port1, port2 } = new MessageChannel();
    const api: ForecastWorker = {
      async run(...given) {
        await runs.enter();
        const outcome = await forecastDemand(...given);
        runs.leave();
        return outcome;
      },
    };
    expose(api, port2);
    const port = port1 as unknown as WorkerLike & MessagePort;
    port.terminate = () => {
      port1.close();
      port2.close();
    };
    port1.start();
    return port;
  });
}

describe("forecast of many queues", () => {
  test("runs as many at a time as there are workers, with one progress, in the plan's order", async () => {
    const runs = meeting(3);
    const lanes = [lane(runs), lane(runs), lane(runs)];
    const document = planOfQueues(5);
    const seen: Progress<unknown>[] = [];
    const outcome = await forecastOnWorkers(
      lanes,
      inputOf(forecastStage, document)!,
      (progress) => seen.push(progress),
      new AbortController().signal,
    );
    for (const one of lanes) one.terminate();
    if (!outcome.ok) throw new Error(JSON.stringify(outcome.issues));
    expect(outcome.value.queues.map(({ queueId }) => queueId)).toEqual(
      document.plan.queues.map(({ id }) => id),
    );
    expect(outcome.value.queues.map(({ offered }) => Math.round(offered[12]))).toEqual([10, 11, 12, 13, 14]);
    expect(runs.most()).toBe(3);
    for (let at = 1; at < seen.length; at++) {
      expect(seen[at].completed).toBeGreaterThanOrEqual(seen[at - 1].completed);
    }
    const last = seen.at(-1)!;
    expect(last.completed).toBe(last.total);
    // What Stop would keep is a forecast of all queues or nothing.
    const partials = seen.flatMap(({ partial }) =>
      partial === undefined ? [] : [partial as DemandForecast],
    );
    expect(partials.length).toBeGreaterThan(0);
    for (const partial of partials) expect(partial.queues).toHaveLength(5);
  });

  test("one queue without a history fails the run and names it", async () => {
    const runs = meeting(2);
    const lanes = [lane(runs), lane(runs)];
    const document = planOfQueues(3);
    const history = { ...document.history, queues: document.history.queues.slice(0, 2) };
    const outcome = await forecastOnWorkers(
      lanes,
      inputOf(forecastStage, { ...document, history })!,
      () => {},
      new AbortController().signal,
    );
    for (const one of lanes) one.terminate();
    expect(outcome.ok).toBe(false);
    expect(outcome.issues).toContainEqual(
      expect.objectContaining({
        code: "forecast.noHistory",
        values: expect.objectContaining({ queue: "queue 3" }),
      }),
    );
  });
});
