import { addDays, type LocalDate } from "../domain/calendar/clock.ts";
import { fail, type OnProgress, type Outcome, succeed } from "../domain/outcome.ts";
import { exp } from "../numerics/elementary.ts";
import {
  calibrate,
  chooseModel,
  deviationOf,
  type OriginRun,
  runOrigin,
  weeklyOrigins,
  weeksLookedAt,
} from "./backtest.ts";
import type { BacktestInput } from "./backtest-demand.ts";
import { bounds } from "./bands.ts";
import { createDeviationFilter, priorVariance, stretchesOfDay } from "./day-deviation.ts";
import { prepareQueue } from "./forecast-demand.ts";
import { specialDaysOf } from "./holidays/public-holidays.ts";
import { forecastFrom, modelNames } from "./models/models.ts";

export interface IntradayBacktestInput extends Pick<BacktestInput, "history" | "queues" | "settings"> {
  /** The clock at which the rest of the day is forecast anew. */
  readonly minuteOfDay: number;
  /** The last so many open days that have contacts before and after that minute. */
  readonly days: number;
}

/** Ways to say what the rest of a day brings. */
export const intradayMethods = ["dayForecast", "ratioScaling", "reforecast"] as const;

export interface IntradayScore {
  readonly method: (typeof intradayMethods)[number];
  /** Σ|error| ÷ Σactual over the intervals of the rests of the days. */
  readonly wape: number;
  /** The same of the sums of the rests. */
  readonly wapeOfRest: number;
  readonly bias: number;
  /** Share of intervals inside the bands; null where the method makes none. */
  readonly coverage80: number | null;
  readonly coverage95: number | null;
}

export interface IntradayBacktest {
  readonly queueId: string;
  readonly days: readonly LocalDate[];
  readonly scores: readonly IntradayScore[];
}

/**
 * The rest of past days, forecast at an hour of the day: as the day's forecast said, scaled by what had come ÷ what had
 * been expected, and as `reforecastQueue` does it. The day's forecast is made from the days before it by the model that
 * `auto` would have chosen, and how days deviate is learnt from the days before it too.
 *
 * Fails with `forecast.noHistory`, `forecast.unknownHolidays` and `backtest.noIntradayDays`.
 */
export async function backtestIntraday(
  input: IntradayBacktestInput,
  onProgress?: OnProgress,
): Promise<Outcome<readonly IntradayBacktest[]>> {
  const { history } = input;
  const end = addDays(history.grid.firstDate, history.grid.dayCount);
  const special = await specialDaysOf(input.settings, history.grid.firstDate, end);
  if (!special.ok) return special;
  const asked = { history, firstDate: end, dayCount: 1, specialDays: special.value };
  const results: IntradayBacktest[] = [];
  for (const queue of input.queues) {
    const past = history.queues.find(({ queueId }) => queueId === queue.id);
    const ready = past === undefined ? null : prepareQueue(asked, queue, past);
    if (ready === null) {
      return fail({ code: "forecast.noHistory", severity: "error", values: { queue: queue.id } });
    }
    const { table, calendar, features } = ready;
    const { slotCount } = table;
    const cut = Math.floor((input.minuteOfDay / 1440) * slotCount);
    const origins = weeklyOrigins(table.dayCount, Number.POSITIVE_INFINITY);
    const tested = Array.from({ length: table.dayCount }, (_, day) => day)
      .filter((day) => {
        const seen = table.seen.subarray(day * slotCount, (day + 1) * slotCount);
        return (
          day > (origins[0] ?? day) && seen.subarray(0, cut).includes(1) && seen.subarray(cut).includes(1)
        );
      })
      .slice(-input.days);
    if (tested.length === 0) {
      return fail({ code: "backtest.noIntradayDays", severity: "error", values: { queue: queue.id } });
    }
    const runs: OriginRun[] = [];
    for (const [index, origin] of origins.entries()) {
      runs.push(runOrigin(table, calendar, features, origin, weeksLookedAt, new Set(modelNames)));
      onProgress?.({ phase: "backtest", completed: index + 1, total: origins.length + tested.length });
    }
    const tallies = intradayMethods.map(() => createTally());
    for (const [index, day] of tested.entries()) {
      const model = chooseModel(table, runs, day) ?? "mean8";
      const byModel = forecastFrom(
        table,
        calendar,
        features,
        day,
        day,
        1,
        new Set([model, "mean8" as const]),
      );
      const used = byModel.has(model) ? model : "mean8";
      const expected = byModel.get(used);
      if (expected === undefined) throw new RangeError("the mean of same weekdays is always there");
      const came = Array.from({ length: slotCount }, (_, slot) =>
        table.seen[day * slotCount + slot] === 1 ? table.counts[day * slotCount + slot] : null,
      );
      const soFar = came.map((contacts, slot) => (slot < cut ? contacts : null));
      const deviation = deviationOf(table, runs, used, day);
      const filter = createDeviationFilter(deviation);
      for (const stretch of stretchesOfDay(expected, soFar, 24 / slotCount)) filter.observe(stretch);
      const ratio = sumWhere(soFar, soFar) / Math.max(1e-9, sumWhere(expected, soFar));
      const dispersion = calibrate(table, runs, used, 1, day).dispersionByWeek[0];
      for (const tally of tallies) tally.startDay();
      for (let slot = cut; slot < slotCount; slot++) {
        const actual = came[slot];
        if (actual === null) continue;
        const { mean, variance } = filter.at(((slot + 0.5) * 24) / slotCount);
        tallies[0].add(actual, expected[slot], dispersion);
        tallies[1].add(actual, expected[slot] * ratio, null);
        const left = Math.min(1, variance / priorVariance(deviation));
        tallies[2].add(actual, expected[slot] * exp(mean), dispersion * left);
      }
      onProgress?.({
        phase: "backtest",
        completed: origins.length + index + 1,
        total: origins.length + tested.length,
      });
    }
    results.push({
      queueId: queue.id,
      days: tested.map((day) => addDays(table.firstDate, day)),
      scores: tallies.map((tally, k) => ({ method: intradayMethods[k], ...tally.score() })),
    });
  }
  return succeed(results);
}

function sumWhere(values: ArrayLike<number | null>, known: readonly (number | null)[]): number {
  let sum = 0;
  for (let slot = 0; slot < known.length; slot++) if (known[slot] !== null) sum += values[slot] ?? 0;
  return sum;
}

/** Errors of one method, interval by interval and rest by rest. */
function createTally() {
  let actualSum = 0;
  let error = 0;
  let signed = 0;
  const rests: number[] = [];
  let inside80 = 0;
  let inside95 = 0;
  let intervals = 0;
  let banded = false;
  const band = new Float64Array(4);

  function startDay(): void {
    rests.push(0);
  }

  function add(actual: number, expected: number, dispersion: number | null): void {
    actualSum += actual;
    error += Math.abs(expected - actual);
    signed += expected - actual;
    rests[rests.length - 1] += expected - actual;
    intervals++;
    if (dispersion === null) return;
    banded = true;
    bounds(expected, dispersion, band);
    if (actual >= band[1] && actual <= band[2]) inside80++;
    if (actual >= band[0] && actual <= band[3]) inside95++;
  }

  function score(): Omit<IntradayScore, "method"> {
    return {
      wape: error / actualSum,
      wapeOfRest: rests.reduce((sum, rest) => sum + Math.abs(rest), 0) / actualSum,
      bias: signed / actualSum,
      coverage80: banded ? inside80 / intervals : null,
      coverage95: banded ? inside95 / intervals : null,
    };
  }

  return { startDay, add, score };
}
