import { addDays, epochDay, type LocalDate } from "../domain/calendar/clock.ts";
import {
  clockSlots,
  createIntervalGrid,
  type IntervalGrid,
  intervalCount,
} from "../domain/calendar/interval-grid.ts";
import { fail, type Issue, type OnProgress, type Outcome, succeed } from "../domain/outcome.ts";
import type { ForecastSettings } from "../domain/plan/forecast-settings.ts";
import type { Queue } from "../domain/plan/queue.ts";
import type {
  BacktestScore,
  DemandForecast,
  DemandHistory,
  QueueForecast,
  QueueHistory,
} from "../domain/results/demand.ts";
import {
  calibrate,
  chooseModel,
  deviationOf,
  leastOrigins,
  type OriginRun,
  originsLookedAt,
  runOrigin,
  scoreModel,
  weeklyOrigins,
  weeksLookedAt,
} from "./backtest.ts";
import { bounds } from "./bands.ts";
import { type ForecastBasis, remarksOn } from "./forecast-remarks.ts";
import { specialDaysOf } from "./holidays/public-holidays.ts";
import { ahtModel } from "./models/aht-model.ts";
import { dayCalendar, dayTable, type SpecialDay, tableBetween, weekdayOpening } from "./models/day-table.ts";
import {
  type CalendarFeatures,
  calendarFeatures,
  daysForTimeOfYear,
  forecastFrom,
  isModelName,
  type ModelName,
  modelNames,
} from "./models/models.ts";
import { isThin } from "./models/pooled-model.ts";
import { withOutside } from "./outside-forecast.ts";
import { applyOverrides } from "./overrides.ts";
import { queueLife } from "./queue-life.ts";

export interface ForecastInput {
  readonly history: DemandHistory;
  /** The plan's queues; each needs a history of the same id. */
  readonly queues: readonly Pick<Queue, "id" | "defaultAhtSeconds" | "openingHours">[];
  /** First local date and number of days to forecast. Only history before that date is learnt from. */
  readonly firstDate: LocalDate;
  readonly dayCount: number;
  /** Model (`auto` or one of `modelNames`), holidays, special days, overrides. */
  readonly settings: ForecastSettings;
  /** Contacts are wanted even where no handle time is known (`QueueForecast.ahtKnown`); absent: `forecast.noAht`. */
  readonly ahtOptional?: boolean;
  /** Measure how long each model takes. Leave off where bytes must repeat. */
  readonly timed: boolean;
}

/**
 * Contacts and AHT per interval of the days asked for, with 80 and 95 % bands, by the model that did best on the last
 * weeks of the history.
 *
 * `auto` is settled by back-test over the last eight weekly origins; with fewer than three it falls back on the mean of
 * eight same weekdays, or on pooled contacts where they are few, and says so in `notes` (`forecast.tooLittleHistory`,
 * `forecast.tooLittleThinHistory`; all other remarks: `remarksOn`). Bands are negative binomial, calibrated
 * on that back-test. Where the history has no handle times, AHT is the queue's own default. Remarks on the whole
 * (`forecast.holidaysExpected`) are issues of the outcome.
 *
 * Fails with `forecast.noHistory` (a queue without a day before `firstDate`), `forecast.unknownModel`,
 * `forecast.unknownHolidays` and `forecast.noAht`.
 *
 * @example
 * const outcome = await forecastDemand({ history, queues, firstDate: "2026-11-02", dayCount: 28, settings, timed: false });
 * if (outcome.ok) outcome.value.queues[0].offered; // contacts of each interval, between offeredLower80 and offeredUpper80
 */
export async function forecastDemand(
  input: ForecastInput,
  onProgress?: OnProgress<DemandForecast>,
): Promise<Outcome<DemandForecast>> {
  const { settings } = input;
  if (settings.model !== "auto" && !isModelName(settings.model)) {
    return fail({ code: "forecast.unknownModel", severity: "error", values: { model: settings.model } });
  }
  const special = await specialDaysOf(
    settings,
    input.history.grid.firstDate,
    addDays(input.firstDate, input.dayCount),
  );
  if (!special.ok) return special;
  const grid = createIntervalGrid(
    input.history.grid.timeZone,
    input.history.grid.intervalMinutes,
    input.firstDate,
    input.dayCount,
  );
  const issues: Issue[] = [];
  const prepared: PreparedQueue[] = [];
  for (const queue of input.queues) {
    const history = input.history.queues.find(({ queueId }) => queueId === queue.id);
    const ready =
      history === undefined ? null : prepareQueue({ ...input, specialDays: special.value }, queue, history);
    if (ready === null) {
      issues.push({
        code: "forecast.noHistory",
        severity: "error",
        values: { queue: queue.id, date: input.firstDate },
      });
    } else if (!input.ahtOptional && !ahtIsKnown(ready)) {
      issues.push({ code: "forecast.noAht", severity: "error", values: { queue: queue.id } });
    } else {
      prepared.push(ready);
    }
  }
  if (issues.length > 0) return fail(...issues);
  // A plain forecast of every queue stands at once, so that Stop has something to keep; better ones replace it.
  const asDecided = (ready: PreparedQueue, model: QueueForecast) => {
    const queue = withOutside(grid, model, settings.outside ?? null);
    const remarks = queue === model ? remarksOn(grid, model, ready) : [];
    return applyOverrides(grid, { ...queue, notes: [...queue.notes, ...remarks] }, settings.overrides);
  };
  const queues = prepared.map((ready) => asDecided(ready, emit(grid, ready, "mean8", [], [])));
  const total = prepared.reduce((sum, { origins }) => sum + origins.length + 1, 0);
  let completed = 0;
  let nextReport = 0;
  const report = () => {
    completed++;
    const now = performance.now();
    if (onProgress === undefined || now < nextReport) return;
    nextReport = now + 100;
    onProgress({ phase: "backtest", completed, total, partial: { grid, queues: [...queues] } });
  };
  for (const [index, ready] of prepared.entries()) {
    queues[index] = asDecided(ready, forecastQueue(grid, ready, input, report));
    report();
  }
  return succeed({ grid, queues }, special.issues);
}

function ahtIsKnown({ queue, history }: PreparedQueue): boolean {
  return queue.defaultAhtSeconds !== null || history.handleSeconds !== null;
}

export interface PreparedQueue extends ForecastBasis {
  readonly queue: ForecastInput["queues"][number];
  readonly historyGrid: IntervalGrid;
  readonly history: QueueHistory;
  readonly features: CalendarFeatures;
  readonly origins: readonly number[];
}

/** A queue's past and its calendar, as all models see them; null without a day before `firstDate`. */
export function prepareQueue(
  input: Pick<ForecastInput, "history" | "firstDate" | "dayCount"> & {
    readonly specialDays: readonly SpecialDay[];
  },
  queue: ForecastInput["queues"][number],
  history: QueueHistory,
): PreparedQueue | null {
  const historyGrid = input.history.grid;
  const before = epochDay(input.firstDate) - epochDay(historyGrid.firstDate);
  const whole = dayTable(historyGrid, history);
  const others = input.history.queues.filter((other) => other !== history);
  const life = queueLife(whole, [whole, ...others.map((other) => dayTable(historyGrid, other))], before);
  if (life === null) return null;
  const table = tableBetween(whole, life.first, life.end);
  // Hours that a planner sets say that the queue goes on.
  const usual =
    life.ended && queue.openingHours === null
      ? new Uint8Array(8 * table.slotCount)
      : weekdayOpening(table, queue.openingHours);
  const calendar = dayCalendar(table, usual, input.specialDays, addDays(input.firstDate, input.dayCount - 1));
  return {
    queue,
    historyGrid,
    history,
    life,
    table,
    usual,
    calendar,
    features: calendarFeatures(calendar, table.dayCount),
    hoursSetByPlanner: queue.openingHours !== null,
    knowsTimeOfYear: table.dayCount >= daysForTimeOfYear,
    // Three more than are looked at for the choice, so that the bands of the fourth week see eight origins too.
    origins: weeklyOrigins(table.dayCount, originsLookedAt + weeksLookedAt - 1),
  };
}

function forecastQueue(
  grid: IntervalGrid,
  ready: PreparedQueue,
  input: ForecastInput,
  report: () => void,
): QueueForecast {
  const { table, calendar, features } = ready;
  const notes: Issue[] = [];
  const runs: OriginRun[] = [];
  const seconds = new Map<ModelName, number>();
  for (const origin of ready.origins) {
    if (!input.timed) {
      runs.push(runOrigin(table, calendar, features, origin, weeksLookedAt, new Set(modelNames)));
    } else {
      const forecasts = new Map<ModelName, Float64Array>();
      let dayCount = 0;
      for (const model of modelNames) {
        const start = performance.now();
        const run = runOrigin(table, calendar, features, origin, weeksLookedAt, new Set([model]));
        seconds.set(model, (seconds.get(model) ?? 0) + (performance.now() - start) / 1000);
        dayCount = run.dayCount;
        for (const [name, forecast] of run.forecasts) forecasts.set(name, forecast);
      }
      runs.push({ origin, dayCount, forecasts });
    }
    report();
  }
  let model: ModelName;
  if (isModelName(input.settings.model)) {
    model = input.settings.model;
  } else {
    const best = chooseModel(table, runs, table.dayCount);
    const plain = isThin(table) ? "pooled" : "mean8";
    model = best ?? plain;
    if (best === null) {
      const weeks = Math.floor(table.dayCount / 7);
      notes.push({
        code: `forecast.${plain === "pooled" ? "tooLittleThinHistory" : "tooLittleHistory"}`,
        severity: "warning",
        values: { queue: ready.queue.id, weeks, origins: runs.length, needed: leastOrigins },
      });
    }
  }
  const judged = runs.slice(-originsLookedAt);
  const scores = modelNames.flatMap((name): BacktestScore[] => {
    const score = scoreModel(table, runs, judged, () => name, weeksLookedAt);
    return score === null
      ? []
      : [{ model: name, ...score, seconds: seconds.get(name) ?? null, chosen: name === model }];
  });
  scores.sort((a, b) => a.wape - b.wape);
  return emit(grid, ready, model, scores, notes, runs);
}

/** The forecast of one queue by a model, on the plan's grid. */
function emit(
  grid: IntervalGrid,
  ready: PreparedQueue,
  wanted: ModelName,
  backtest: readonly BacktestScore[],
  notes: readonly Issue[],
  runs: readonly OriginRun[] = [],
): QueueForecast {
  const { table, calendar, features, usual, queue } = ready;
  const { slotCount } = table;
  const firstDay = epochDay(grid.firstDate) - epochDay(table.firstDate);
  const say = (model: ModelName) =>
    forecastFrom(table, calendar, features, table.dayCount, firstDay, grid.dayCount, new Set([model])).get(
      model,
    );
  const own = say(wanted);
  const model = own === undefined ? "mean8" : wanted;
  const means = own ?? say("mean8");
  if (means === undefined) throw new RangeError("the mean of same weekdays is always there");
  const spread = calibrate(table, runs, model, weeksLookedAt, table.dayCount);
  const aht = ahtModel(ready.historyGrid, ready.history, table, features, table.dayCount);
  const count = intervalCount(grid);
  const series = () => new Float64Array(count);
  const forecast = {
    queueId: queue.id,
    open: new Uint8Array(count),
    offered: series(),
    offeredLower80: series(),
    offeredUpper80: series(),
    offeredLower95: series(),
    offeredUpper95: series(),
    dispersion: series(),
    dayFactorVariance: spread.dayFactorVariance,
    ...(runs.length > 0 && { deviation: deviationOf(table, runs, model, table.dayCount) }),
    ahtSeconds: series(),
    ...(ahtIsKnown(ready) ? {} : { ahtKnown: false }),
    model,
    backtest,
    notes,
  };
  const slots = clockSlots(grid);
  const band = new Float64Array(4);
  let openDaysAhead = 0;
  for (let day = table.dayCount; day < firstDay; day++) openDaysAhead += calendar.open[day];
  for (let day = 0; day < grid.dayCount; day++) {
    const calendarDay = firstDay + day;
    openDaysAhead += calendar.open[calendarDay];
    const week = Math.min(weeksLookedAt - 1, Math.floor((calendarDay - table.dayCount) / 7));
    const dispersion = spread.dispersionByWeek[week];
    for (let interval = grid.dayOffsets[day]; interval < grid.dayOffsets[day + 1]; interval++) {
      const slot = slots[interval];
      const open =
        calendar.open[calendarDay] === 1 && usual[calendar.weekdays[calendarDay] * slotCount + slot] === 1;
      forecast.ahtSeconds[interval] = aht?.(calendarDay, openDaysAhead, slot) ?? queue.defaultAhtSeconds ?? 0;
      if (!open) continue;
      const mean = means[day * slotCount + slot] * (calendar.effects[calendarDay] ?? 1);
      bounds(mean, dispersion, band);
      forecast.open[interval] = 1;
      forecast.offered[interval] = mean;
      forecast.dispersion[interval] = dispersion;
      forecast.offeredLower95[interval] = band[0];
      forecast.offeredLower80[interval] = band[1];
      forecast.offeredUpper80[interval] = band[2];
      forecast.offeredUpper95[interval] = band[3];
    }
  }
  return forecast;
}
