import { weekdayOf } from "../domain/calendar/clock.ts";
import { clockMinuteAt, dateOfDay, type IntervalGrid } from "../domain/calendar/interval-grid.ts";
import type { QueueForecast } from "../domain/results/demand.ts";
import { shapleyShares } from "../numerics/shapley.ts";

/**
 * Causes of an error of staffing: the day's contacts, their handle time and their spread over the day were others than
 * forecast; other agents were rostered than were asked for.
 */
export const staffingCauses = ["volume", "handleTime", "pattern", "staff"] as const;
export type StaffingCause = (typeof staffingCauses)[number];
/** Those of them that lie in the demand, in the order of the bits in a mask. */
export const demandCauses = ["volume", "handleTime", "pattern"] as const;

/** What came of a queue; where `isKnown` is 0 nothing counts, on any side. */
export interface QueueCame {
  readonly isKnown: Uint8Array;
  readonly offered: Float64Array;
  /** null: no handle times are known. */
  readonly handled: Float64Array | null;
  readonly handleSeconds: Float64Array | null;
}

/** Agent-hours. */
export interface StaffingError {
  /** On queue by the forecast; by what came; rostered (null: there was no roster). */
  readonly requiredHours: number;
  readonly neededHours: number;
  readonly rosteredHours: number | null;
  /** What was missing, and what was too much, interval by interval. */
  readonly shortHours: number;
  readonly overHours: number;
  /** Shares of the causes in `shortHours + overHours`, which they sum to; below 0 where one made up for another. */
  readonly misplaced: Readonly<Record<StaffingCause, number>>;
  /** Shares in `overHours − shortHours`: below 0 where the cause left agents missing. */
  readonly net: Readonly<Record<StaffingCause, number>>;
}

/**
 * A queue's forecast with some of its causes as they came. `mask`: bits of `demandCauses`.
 *
 * Volume is a day's contacts. Handle time is a day's mean, with the forecast's profile over the day. The pattern is the
 * share of a weekday's contacts that comes at each time of day, over the whole period: how single days scatter around
 * it is chance and nobody's error. Contacts of unknown intervals are 0 throughout.
 */
export function demandAsItCame(
  grid: IntervalGrid,
  forecast: QueueForecast,
  came: QueueCame,
  mask: number,
): QueueForecast {
  const [hasVolume, hasHandleTime, hasPattern] = demandCauses.map((_, bit) => (mask & (1 << bit)) !== 0);
  const isOpen = (index: number) => came.isKnown[index] === 1 && forecast.open[index] === 1;
  const pattern = hasPattern ? patternOf(grid, came.offered, isOpen) : null;
  const offered = new Float64Array(forecast.offered.length);
  const ahtSeconds = forecast.ahtSeconds.slice();
  for (let day = 0; day < grid.dayCount; day++) {
    const indices: number[] = [];
    for (let index = grid.dayOffsets[day]; index < grid.dayOffsets[day + 1]; index++)
      if (isOpen(index)) indices.push(index);
    const sum = (series: Float64Array) => indices.reduce((total, index) => total + series[index], 0);
    const total = sum(hasVolume ? came.offered : forecast.offered);
    const usual = indices.map((index) => forecast.offered[index]);
    const shape = pattern === null ? usual : indices.map(pattern);
    const weights =
      [shape, usual].find((values) => values.some((value) => value > 0)) ?? indices.map(() => 1);
    const whole = weights.reduce((all, weight) => all + weight, 0);
    for (const [at, index] of indices.entries()) offered[index] = (total * weights[at]) / whole;
    if (!hasHandleTime || came.handled === null || came.handleSeconds === null) continue;
    let expected = 0;
    for (const index of indices) expected += came.handled[index] * forecast.ahtSeconds[index];
    const ratio = expected > 0 ? sum(came.handleSeconds) / expected : 1;
    if (ratio > 0) for (const index of indices) ahtSeconds[index] *= ratio;
  }
  return { ...forecast, offered, ahtSeconds };
}

/** Contacts of a weekday at a time of day, summed over the period. */
function patternOf(
  grid: IntervalGrid,
  offered: Float64Array,
  isOpen: (index: number) => boolean,
): (index: number) => number {
  const keys: string[] = [];
  const sums = new Map<string, number>();
  for (let day = 0; day < grid.dayCount; day++) {
    const weekday = weekdayOf(dateOfDay(grid, day));
    for (let index = grid.dayOffsets[day]; index < grid.dayOffsets[day + 1]; index++) {
      keys[index] = `${weekday} ${clockMinuteAt(grid, index * grid.intervalMinutes)}`;
      if (isOpen(index)) sums.set(keys[index], (sums.get(keys[index]) ?? 0) + offered[index]);
    }
  }
  return (index) => sums.get(keys[index]) ?? 0;
}

/**
 * How far the pattern of a period lies from the forecast's, beyond chance: Pearson's χ² of the contacts by weekday and
 * time of day, given the days' totals, over its degrees of freedom. About 1 where the forecast's pattern is right.
 */
export function patternMisfit(grid: IntervalGrid, forecast: QueueForecast, came: QueueCame): number {
  const isOpen = (index: number) => came.isKnown[index] === 1 && forecast.open[index] === 1;
  // The forecast's pattern at the volume that came, against what came.
  const expectedAt = patternOf(grid, demandAsItCame(grid, forecast, came, 1).offered, isOpen);
  const cameAt = patternOf(grid, came.offered, isOpen);
  const seen = new Set<string>();
  const weekdays = new Set<number>();
  let sum = 0;
  for (let day = 0; day < grid.dayCount; day++) {
    const weekday = weekdayOf(dateOfDay(grid, day));
    for (let index = grid.dayOffsets[day]; index < grid.dayOffsets[day + 1]; index++) {
      const key = `${weekday} ${clockMinuteAt(grid, index * grid.intervalMinutes)}`;
      // χ² needs five expected contacts to be one.
      if (!isOpen(index) || seen.has(key) || expectedAt(index) < 5) continue;
      seen.add(key);
      weekdays.add(weekday);
      sum += (cameAt(index) - expectedAt(index)) ** 2 / expectedAt(index);
    }
  }
  const freedom = seen.size - weekdays.size;
  return freedom > 0 ? sum / freedom : 0;
}

/**
 * The error of a queue's staffing, told apart by cause.
 *
 * What was rostered is held against what would have been needed had everything been known. Each of the four causes is
 * switched between "as forecast or asked for" and "as it came or was rostered", in all 16 combinations, and gets its
 * Shapley share of the whole, so that the shares sum to it in whatever order one thinks of them.
 *
 * @param required agents on queue needed, per mask of `demandCauses`; 0: by the forecast, 7: by what came
 * @param rostered agents on queue there were; null: no roster, so that the cause `staff` has no share
 * @param counts 1 where an interval counts
 */
export function staffingError(
  required: readonly Float64Array[],
  rostered: Float64Array | null,
  counts: Uint8Array,
  intervalMinutes: number,
): StaffingError {
  const hours = intervalMinutes / 60;
  const sumOf = (series: Float64Array) =>
    hours * series.reduce((sum, agents, index) => sum + (counts[index] === 1 ? agents : 0), 0);
  const staffBit = 1 << demandCauses.length;
  const demandBits = staffBit - 1;
  function shortAndOver(mask: number): { readonly short: number; readonly over: number } {
    const staff = mask & staffBit && rostered !== null ? rostered : required[0];
    const needed = required[mask & demandBits];
    let short = 0;
    let over = 0;
    for (let index = 0; index < staff.length; index++) {
      if (counts[index] === 0) continue;
      const gap = (staff[index] - needed[index]) * hours;
      if (gap < 0) short -= gap;
      else over += gap;
    }
    return { short, over };
  }
  const all = Array.from({ length: 2 * staffBit }, (_, mask) => shortAndOver(mask));
  const byCause = (shares: readonly number[]) =>
    Object.fromEntries(staffingCauses.map((cause, at) => [cause, shares[at]])) as Record<
      StaffingCause,
      number
    >;
  const { short, over } = all[all.length - 1];
  return {
    requiredHours: sumOf(required[0]),
    neededHours: sumOf(required[demandBits]),
    rosteredHours: rostered === null ? null : sumOf(rostered),
    shortHours: short,
    overHours: over,
    misplaced: byCause(shapleyShares(staffingCauses.length, (mask) => all[mask].short + all[mask].over)),
    net: byCause(shapleyShares(staffingCauses.length, (mask) => all[mask].over - all[mask].short)),
  };
}
