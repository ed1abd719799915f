import { addDays, daysBetween, type LocalDate, weekdayOf } from "../domain/calendar/clock.ts";
import { fail, type OnProgress, type Outcome, succeed } from "../domain/outcome.ts";
import type { BacktestScore } from "../domain/results/demand.ts";
import { chooseModel, type OriginRun, runOrigin, scoreModel, weeksLookedAt } from "./backtest.ts";
import { type ForecastInput, prepareQueue } from "./forecast-demand.ts";
import { specialDaysOf } from "./holidays/public-holidays.ts";
import { type ModelName, modelNames } from "./models/models.ts";

export interface BacktestInput {
  readonly history: ForecastInput["history"];
  readonly queues: ForecastInput["queues"];
  readonly settings: Pick<ForecastInput["settings"], "holidays" | "specialDays">;
  /** Weeks forecast at each origin. */
  readonly weeks: number;
  /** Number of origins, the last that have their whole horizon in the history; or all from a date on. */
  readonly origins:
    | { readonly last: number }
    | { readonly from: LocalDate; readonly until: LocalDate | null };
  /** Measure seconds per model; off where bytes must repeat. */
  readonly timed: boolean;
}

export interface QueueBacktest {
  readonly queueId: string;
  /** First days forecast. */
  readonly origins: readonly LocalDate[];
  /** One per model and one called `auto`, best first; `chosen` marks the model that auto would use today. */
  readonly scores: readonly BacktestScore[];
  /** What `auto` chose at each origin, knowing only the days before it. */
  readonly choices: readonly { readonly origin: LocalDate; readonly model: ModelName }[];
}

/**
 * Rolling-origin back-test with a growing history: a forecast every Monday (or every week from a date), each made from
 * the days before it, pooled over all of them.
 *
 * `auto` is judged as it would have been used: at every origin it chooses by the origins before, so nothing it is scored
 * on has been seen in choosing. Which days were closed is taken as known ahead, as a planner's calendar knows it.
 *
 * Fails with `forecast.noHistory`, `forecast.unknownHolidays` and `backtest.noOrigins`.
 */
export async function backtestDemand(
  input: BacktestInput,
  onProgress?: OnProgress,
): Promise<Outcome<readonly QueueBacktest[]>> {
  const results: QueueBacktest[] = [];
  const end = addDays(input.history.grid.firstDate, input.history.grid.dayCount);
  const special = await specialDaysOf(input.settings, input.history.grid.firstDate, end);
  if (!special.ok) return special;
  const asked = { history: input.history, firstDate: end, dayCount: 1, specialDays: special.value };
  for (const queue of input.queues) {
    const history = input.history.queues.find(({ queueId }) => queueId === queue.id);
    const ready = history === undefined ? null : prepareQueue(asked, queue, history);
    if (ready === null) {
      return fail({ code: "forecast.noHistory", severity: "error", values: { queue: queue.id } });
    }
    const { table, calendar, features } = ready;
    // The horizon may end in days that are closed anyway, such as the weekend after the last Friday of the file.
    let known = table.dayCount;
    while (known < calendar.dayCount && calendar.usuallyOpen[known] === 0) known++;
    const latest = known - input.weeks * 7;
    const first =
      "from" in input.origins
        ? daysBetween(table.firstDate, input.origins.from)
        : mondayOffset(table.firstDate);
    const until =
      "from" in input.origins && input.origins.until !== null
        ? daysBetween(table.firstDate, input.origins.until)
        : latest;
    const all: number[] = [];
    for (let origin = ((first % 7) + 7) % 7; origin <= Math.min(latest, until); origin += 7)
      if (origin >= 21) all.push(origin);
    const tested =
      "from" in input.origins ? all.filter((origin) => origin >= first) : all.slice(-input.origins.last);
    if (tested.length === 0) {
      return fail({
        code: "backtest.noOrigins",
        severity: "error",
        values: { queue: queue.id, weeks: input.weeks },
      });
    }
    // The choice looks four weeks ahead, whatever is scored.
    const ahead = Math.max(input.weeks, weeksLookedAt);
    const runs: OriginRun[] = [];
    const seconds = new Map<ModelName, number>();
    for (const [index, origin] of all.entries()) {
      if (!input.timed) {
        runs.push(runOrigin(table, calendar, features, origin, ahead, new Set(modelNames)));
      } else {
        const forecasts = new Map<ModelName, Float64Array>();
        for (const model of modelNames) {
          const start = performance.now();
          const run = runOrigin(table, calendar, features, origin, ahead, new Set([model]));
          seconds.set(model, (seconds.get(model) ?? 0) + (performance.now() - start) / 1000);
          for (const [name, forecast] of run.forecasts) forecasts.set(name, forecast);
        }
        runs.push({ origin, dayCount: Math.min(ahead * 7, table.dayCount - origin), forecasts });
      }
      onProgress?.({ phase: "backtest", completed: index + 1, total: all.length });
    }
    const judged = runs.filter(({ origin }) => tested.includes(origin));
    const choices = new Map(
      judged.map((run) => [run.origin, chooseModel(table, runs, run.origin) ?? "mean8"]),
    );
    const today = chooseModel(table, runs, table.dayCount) ?? "mean8";
    const score = (name: string, modelAt: (run: OriginRun) => ModelName | null): BacktestScore[] => {
      const figures = scoreModel(table, runs, judged, modelAt, input.weeks);
      const time =
        name === "auto"
          ? [...seconds.values()].reduce((sum, one) => sum + one, 0)
          : (seconds.get(name as ModelName) ?? 0);
      return figures === null
        ? []
        : [{ model: name, ...figures, seconds: input.timed ? time : null, chosen: name === today }];
    };
    const scores = [
      ...score("auto", (run) => choices.get(run.origin) ?? null),
      ...modelNames.flatMap((name) => score(name, () => name)),
    ].sort((a, b) => a.wape - b.wape);
    results.push({
      queueId: queue.id,
      origins: tested.map((origin) => addDays(table.firstDate, origin)),
      scores,
      choices: [...choices].map(([origin, model]) => ({ origin: addDays(table.firstDate, origin), model })),
    });
  }
  return succeed(results);
}

/** Days from a date to the Monday on or after it. */
function mondayOffset(date: LocalDate): number {
  return (8 - weekdayOf(date)) % 7;
}
