import type { ForecastWorker } from "../../../workers/forecast.worker.ts";
import { fail, type OnProgress, type Outcome, type Progress, succeed } from "../../domain/outcome.ts";
import type { DemandForecast } from "../../domain/results/demand.ts";
import type { ForecastInput } from "../../forecasting/forecast-demand.ts";
import type { WorkerClient } from "./worker-client.ts";

/**
 * One queue per worker at a time: queues do not know of each other, and the slowest no longer waits for the rest. Their
 * progress is one; from the moment every queue has a forecast, however plain, Stop has something to keep.
 */
export async function forecastOnWorkers(
  workers: readonly WorkerClient<ForecastWorker>[],
  input: ForecastInput,
  onProgress: OnProgress<unknown>,
  signal: AbortSignal,
): Promise<Outcome<DemandForecast>> {
  const { history, queues } = input;
  const progress = sumOfProgress(queues.length, onProgress);
  const outcomes = await inLanes(queues, workers, async (client, queue, at) => {
    const outcome = await client.call(
      (worker, listen) =>
        worker.run(
          {
            ...input,
            history: { ...history, queues: history.queues.filter(({ queueId }) => queueId === queue.id) },
            queues: [queue],
          },
          listen,
        ),
      (one) => progress.made(at, one as Progress<DemandForecast>),
      signal,
    );
    if (outcome.ok) progress.done(at, outcome.value);
    return outcome;
  });
  // What is said of the whole plan comes back from every queue's run: once is enough.
  const said = new Map(outcomes.flatMap(({ issues }) => issues.map((one) => [JSON.stringify(one), one])));
  const issues = [...said.values()];
  const forecasts = outcomes.flatMap((outcome) => (outcome.ok ? [outcome.value] : []));
  if (forecasts.length < outcomes.length) return fail(...issues);
  return succeed(together(forecasts), issues);
}

/** Forecasts of one grid as one. */
function together(forecasts: readonly DemandForecast[]): DemandForecast {
  return { ...forecasts[0], queues: forecasts.flatMap((forecast) => forecast.queues) };
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
function sumOfProgress(count: number, onProgress: OnProgress<unknown>) {
  const completed = new Array<number>(count).fill(0);
  const totals = new Array<number>(count).fill(0);
  const best = new Array<DemandForecast | null>(count).fill(null);
  let phase = "backtest";
  const report = () => {
    const usual = Math.max(...totals);
    const known = best.flatMap((forecast) => (forecast === null ? [] : [forecast]));
    onProgress({
      phase,
      completed: completed.reduce((sum, steps) => sum + steps, 0),
      total: usual === 0 ? null : totals.reduce((sum, total) => sum + (total || usual), 0),
      ...(known.length < count ? {} : { partial: together(known) }),
    });
  };
  return {
    made(at: number, progress: Progress<DemandForecast>): void {
      phase = progress.phase;
      completed[at] = progress.completed;
      totals[at] = progress.total ?? 0;
      best[at] = progress.partial ?? best[at];
      report();
    },
    /** A run's last progress may have been held back; its result says that all its steps are done. */
    done(at: number, forecast: DemandForecast): void {
      totals[at] ||= Math.max(1, ...totals);
      completed[at] = totals[at];
      best[at] = forecast;
      report();
    },
  };
}
