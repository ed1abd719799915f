import type { BacktestScore, DayDeviation } from "../domain/results/demand.ts";
import { studentFactor95 } from "../numerics/student.ts";
import {
  assumedDispersionOfWeek,
  bounds,
  calibrateDayFactor,
  calibrateDispersion,
  type DaySum,
} from "./bands.ts";
import { type DeviationSequence, learnDeviation, stretchesOfDay } from "./day-deviation.ts";
import { type DayCalendar, type DayTable, tableUntil } from "./models/day-table.ts";
import {
  type CalendarFeatures,
  forecastFrom,
  type ModelForecasts,
  type ModelName,
  modelNames,
} from "./models/models.ts";
import { meanOfSlot } from "./models/pooled-model.ts";

/** What every model said at one origin, from the days before it. */
export interface OriginRun {
  /** First day forecast. */
  readonly origin: number;
  /** Days forecast; less than the horizon where the table ends. */
  readonly dayCount: number;
  readonly forecasts: ModelForecasts;
}

/** Weekly origins an automatic choice looks back on. */
export const originsLookedAt = 8;
/** Fewer than these are no proof. */
export const leastOrigins = 3;
/** Weeks ahead over which models are compared for the choice. */
export const weeksLookedAt = 4;
/** A model this much worse than the best, as a share of the best's error, still ties with it. */
const tie = 0.01;
/** The same for the pooled model, which knows less than those it stands behind. */
const tieOfPooled = 0.05;

export function runOrigin(
  table: DayTable,
  calendar: DayCalendar,
  features: CalendarFeatures,
  origin: number,
  weeks: number,
  wanted: ReadonlySet<ModelName>,
): OriginRun {
  const dayCount = Math.min(weeks * 7, table.dayCount - origin);
  return {
    origin,
    dayCount,
    forecasts: forecastFrom(table, calendar, features, origin, origin, dayCount, wanted),
  };
}

/**
 * `count` origins a week apart, the last one a week before `end`, oldest first; none before three weeks of history.
 */
export function weeklyOrigins(end: number, count: number): number[] {
  const origins: number[] = [];
  for (let origin = end - 7; origin >= 21 && origins.length < count; origin -= 7) origins.unshift(origin);
  return origins;
}

/**
 * The last eight origins whose first week was over before `knownUntil`. Origins with less than half of today's history
 * are left out while three others remain: how a model did on five weeks says little about how it does on thirteen.
 */
function usable(runs: readonly OriginRun[], knownUntil: number): OriginRun[] {
  const past = runs.filter(({ origin }) => origin + 7 <= knownUntil).slice(-originsLookedAt);
  const grown = past.filter(({ origin }) => origin * 2 >= knownUntil);
  return grown.length >= leastOrigins ? grown : past;
}

/** Contacts in a stretch of time whose error says something about a model. */
const contactsToJudge = 5;

/** Slots over which errors are pooled: one, but for thin queues, where a forecast of nought would err least. */
function slotsToJudge(table: DayTable, knownUntil: number): number {
  const mean = meanOfSlot(tableUntil(table, knownUntil));
  return mean > 0 ? Math.ceil(contactsToJudge / mean) : 1;
}

/** Adds Σ|error| of a model per week ahead to `into`, over the days before `knownUntil`, pooled over some slots of a day. */
function addAbsoluteErrors(
  table: DayTable,
  run: OriginRun,
  forecast: Float64Array,
  knownUntil: number,
  firstOrigin: number,
  slots: number,
  into: Float64Array,
): void {
  const { slotCount } = table;
  const days = Math.min(run.dayCount, knownUntil - run.origin);
  const from = run.origin * slotCount;
  for (let day = 0; day < days; day++) {
    const week = Math.floor((run.origin + day - firstOrigin) / 7);
    let error = 0;
    let pooled = 0;
    for (let cell = day * slotCount; cell < (day + 1) * slotCount; cell++) {
      if (table.seen[from + cell] === 0) continue;
      error += forecast[cell] - table.counts[from + cell];
      if (++pooled < slots) continue;
      into[week] += Math.abs(error);
      error = 0;
      pooled = 0;
    }
    into[week] += Math.abs(error);
  }
}

/**
 * The model with the least pooled WAPE over the last weekly origins known before day `knownUntil`, or a richer one that
 * ties with it: whose excess is within one percent, or not significant at five percent (Student's t) over
 * the weeks forecast (the unit is the week that came, since up to four origins speak of the same one). In favour of the
 * model that knows more, because what it knows (the turn of a month, the day after a holiday) may not have come up in
 * those weeks, and where there are no such effects it costs next to nothing. In a thin queue the pooled model goes before
 * all of them while it is within five percent of the best. null with fewer than three origins.
 */
export function chooseModel(
  table: DayTable,
  runs: readonly OriginRun[],
  knownUntil: number,
): ModelName | null {
  const past = usable(runs, knownUntil);
  if (past.length < leastOrigins) return null;
  // Compared on the same origins: those where all models had enough to learn from, when there are enough of them.
  const most = Math.max(...past.map(({ forecasts }) => forecasts.size));
  const complete = past.filter(({ forecasts }) => forecasts.size === most);
  const common = complete.length >= leastOrigins ? complete : past;
  const firstOrigin = common[0].origin;
  const weeks = Math.ceil((knownUntil - firstOrigin) / 7);
  const slots = slotsToJudge(table, knownUntil);
  const candidates = modelNames.flatMap((model) => {
    const errors = new Float64Array(weeks);
    for (const run of common) {
      const forecast = run.forecasts.get(model);
      if (forecast === undefined) return [];
      addAbsoluteErrors(table, run, forecast, knownUntil, firstOrigin, slots, errors);
    }
    return [{ model, errors, total: errors.reduce((sum, error) => sum + error, 0) }];
  });
  if (candidates.length === 0) return null;
  const best = candidates.reduce((least, one) => (one.total < least.total ? one : least));
  const ties = candidates.filter(({ model, errors, total }) => {
    const excess = total - best.total;
    if (model === "pooled") return excess <= tieOfPooled * best.total;
    const mean = excess / errors.length;
    let squares = 0;
    for (const [index, error] of errors.entries()) squares += (error - best.errors[index] - mean) ** 2;
    const standardError = Math.sqrt((squares * errors.length) / (errors.length - 1));
    return excess <= Math.max(tie * best.total, studentFactor95(errors.length - 1) * standardError);
  });
  return ties[ties.length - 1].model;
}

/** φ per week of horizon and the variance of the day factor, as far as known before `knownUntil`. */
export interface Spread {
  readonly dispersionByWeek: readonly number[];
  readonly dayFactorVariance: number;
}

export function calibrate(
  table: DayTable,
  runs: readonly OriginRun[],
  model: ModelName,
  weeks: number,
  knownUntil: number,
): Spread {
  const { slotCount } = table;
  const past = usable(runs, knownUntil);
  const pairs = Array.from({ length: weeks }, () => ({ means: [] as number[], actuals: [] as number[] }));
  const origins = new Array<number>(weeks).fill(0);
  for (const run of past) {
    const forecast = run.forecasts.get(model);
    if (forecast === undefined) continue;
    const days = Math.min(run.dayCount, weeks * 7, knownUntil - run.origin);
    for (let day = 0; day < days; day++) {
      const week = Math.floor(day / 7);
      if (day % 7 === 0) origins[week]++;
      for (let slot = 0; slot < slotCount; slot++) {
        const cell = day * slotCount + slot;
        if (table.seen[run.origin * slotCount + cell] === 0 || forecast[cell] <= 0) continue;
        pairs[week].means.push(forecast[cell]);
        pairs[week].actuals.push(table.counts[run.origin * slotCount + cell]);
      }
    }
  }
  const dispersionByWeek: number[] = [];
  for (let week = 0; week < weeks; week++) {
    const known = origins[week] >= 4 && pairs[week].means.length >= 20;
    const before = dispersionByWeek[week - 1] ?? null;
    const added = assumedDispersionOfWeek(week) - assumedDispersionOfWeek(week - 1);
    const own = known
      ? calibrateDispersion(pairs[week])
      : before === null
        ? assumedDispersionOfWeek(week)
        : before + added;
    // Further ahead is never more certain.
    dispersionByWeek.push(Math.max(own, before ?? 0));
  }
  const days: DaySum[] = [];
  for (const run of past) {
    const forecast = run.forecasts.get(model);
    if (forecast === undefined) continue;
    for (let day = 0; day < Math.min(run.dayCount, weeks * 7, knownUntil - run.origin); day++) {
      let mean = 0;
      let actual = 0;
      let squares = 0;
      for (let slot = 0; slot < slotCount; slot++) {
        const cell = day * slotCount + slot;
        if (table.seen[run.origin * slotCount + cell] === 0) continue;
        mean += forecast[cell];
        squares += forecast[cell] ** 2;
        actual += table.counts[run.origin * slotCount + cell];
      }
      if (mean > 0) days.push({ mean, actual, squares, dispersion: dispersionByWeek[Math.floor(day / 7)] });
    }
  }
  return { dispersionByWeek, dayFactorVariance: calibrateDayFactor(days) };
}

/** How days ran off a model's forecasts, from the first week after each of the last weekly origins before `knownUntil`. */
export function deviationOf(
  table: DayTable,
  runs: readonly OriginRun[],
  model: ModelName,
  knownUntil: number,
): DayDeviation {
  const { slotCount } = table;
  const sequences = usable(runs, knownUntil).flatMap((run): DeviationSequence[] => {
    const forecast = run.forecasts.get(model);
    if (forecast === undefined) return [];
    const days = Array.from({ length: Math.min(run.dayCount, 7) }, (_, day) => {
      const from = (run.origin + day) * slotCount;
      const came = Array.from({ length: slotCount }, (_, slot) =>
        table.seen[from + slot] === 1 ? table.counts[from + slot] : null,
      );
      const expected = forecast.subarray(day * slotCount, (day + 1) * slotCount);
      return { day, stretches: stretchesOfDay(expected, came, 24 / slotCount) };
    });
    return [days.filter(({ stretches }) => stretches.length > 0)];
  });
  return learnDeviation(sequences);
}

/**
 * Scores a way of forecasting over `runs`. Each origin's band is calibrated on the origins before it only, as a band
 * made on that day would have been.
 *
 * @param allRuns earlier runs included, for the calibration
 * @param modelAt the model used at an origin: always the same, or what `auto` would have chosen on that day
 */
export function scoreModel(
  table: DayTable,
  allRuns: readonly OriginRun[],
  runs: readonly OriginRun[],
  modelAt: (run: OriginRun) => ModelName | null,
  weeks: number,
): Omit<BacktestScore, "model" | "chosen" | "seconds"> | null {
  // Runs may reach further ahead than what is scored.
  const { slotCount } = table;
  let error = 0;
  let signed = 0;
  let actualSum = 0;
  let naiveError = 0;
  let cells = 0;
  const weekError = new Array<number>(weeks).fill(0);
  const weekActual = new Array<number>(weeks).fill(0);
  let inside80 = 0;
  let inside95 = 0;
  const band = new Float64Array(4);
  for (const run of runs) {
    const model = modelAt(run);
    const forecast = model === null ? undefined : run.forecasts.get(model);
    if (model === null || forecast === undefined) return null;
    const naive = run.forecasts.get("seasonalNaive");
    const { dispersionByWeek } = calibrate(table, allRuns, model, weeks, run.origin);
    for (let day = 0; day < Math.min(run.dayCount, weeks * 7); day++) {
      const week = Math.floor(day / 7);
      for (let slot = 0; slot < slotCount; slot++) {
        const cell = day * slotCount + slot;
        const at = run.origin * slotCount + cell;
        if (table.seen[at] === 0) continue;
        const actual = table.counts[at];
        const miss = forecast[cell] - actual;
        error += Math.abs(miss);
        signed += miss;
        actualSum += actual;
        weekError[week] += Math.abs(miss);
        weekActual[week] += actual;
        if (naive !== undefined) naiveError += Math.abs(naive[cell] - actual);
        bounds(forecast[cell], dispersionByWeek[week], band);
        if (actual >= band[1] && actual <= band[2]) inside80++;
        if (actual >= band[0] && actual <= band[3]) inside95++;
        cells++;
      }
    }
  }
  if (cells === 0 || actualSum === 0) return null;
  return {
    wape: error / actualSum,
    mase: naiveError > 0 ? error / naiveError : 1,
    bias: signed / actualSum,
    coverage80: inside80 / cells,
    coverage95: inside95 / cells,
    wapeByWeek: weekError.flatMap((sum, week) => (weekActual[week] > 0 ? [sum / weekActual[week]] : [])),
  };
}
