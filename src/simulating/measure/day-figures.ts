import type { ReplicationDays } from "../../domain/results/simulation.ts";
import { studentFactor95 } from "../../numerics/student.ts";

/** An estimate with the half-width of its 95 % interval. `mean` null: nothing to estimate from. */
export interface Figure {
  readonly mean: number | null;
  readonly halfWidth: number;
}

/** Service of one queue over some days, over all replications. */
export interface DayFigures {
  readonly offered: Figure;
  readonly serviceLevel: Figure;
  readonly abandonmentRate: Figure;
  readonly asaSeconds: Figure;
  readonly occupancy: Figure;
  /** Service level of the span in each replication that had contacts, in their order. */
  readonly levels: Float64Array;
}

/** Figures of days `first` to `first + count` (half-open, of the simulated span), from what each replication summed to. */
export function dayFigures(days: ReplicationDays, first: number, count: number): DayFigures {
  const sum = (series: Float64Array) => spanSums(series, days.dayCount, first, count);
  const offered = sum(days.offered);
  const inTime = sum(days.answeredInTime);
  const base = sum(days.serviceLevelBase);
  return {
    offered: ratioFigure(offered, new Float64Array(offered.length).fill(1)),
    serviceLevel: ratioFigure(inTime, base),
    abandonmentRate: ratioFigure(sum(days.abandoned), offered),
    asaSeconds: ratioFigure(sum(days.waitSeconds), sum(days.answered)),
    occupancy: ratioFigure(sum(days.handlingSeconds), sum(days.onQueueSeconds)),
    levels: inTime.map((value, k) => value / base[k]).filter((level) => Number.isFinite(level)),
  };
}

/** Several queues as one: what each replication's days of all of them summed to. */
export function daysOfAll(queues: readonly ReplicationDays[]): ReplicationDays {
  const add = (series: (days: ReplicationDays) => Float64Array) => {
    const sum = new Float64Array(series(queues[0]).length);
    for (const days of queues) for (const [at, value] of series(days).entries()) sum[at] += value;
    return sum;
  };
  return {
    dayCount: queues[0].dayCount,
    offered: add(({ offered }) => offered),
    answered: add(({ answered }) => answered),
    abandoned: add(({ abandoned }) => abandoned),
    answeredInTime: add(({ answeredInTime }) => answeredInTime),
    serviceLevelBase: add(({ serviceLevelBase }) => serviceLevelBase),
    waitSeconds: add(({ waitSeconds }) => waitSeconds),
    handlingSeconds: add(({ handlingSeconds }) => handlingSeconds),
    onQueueSeconds: add(({ onQueueSeconds }) => onQueueSeconds),
  };
}

/** Share of replications whose service level over the span is below the goal; Wilson's interval, its wider side. */
export function missShare(levels: Float64Array, goal: number): Figure {
  const n = levels.length;
  if (n === 0) return { mean: null, halfWidth: 0 };
  const missed = levels.reduce((count, level) => count + (level < goal ? 1 : 0), 0);
  return { mean: missed / n, halfWidth: wilsonReach(missed / n, n) };
}

/** Distance from a share of n to the farther end of its Wilson 95 % interval. */
export function wilsonReach(share: number, n: number): number {
  const square = 1.959963984540054 ** 2;
  const centre = (share + square / (2 * n)) / (1 + square / n);
  const reach =
    (Math.sqrt(square) * Math.sqrt((share * (1 - share)) / n + square / (4 * n * n))) / (1 + square / n);
  return Math.max(centre + reach - share, share - (centre - reach));
}

/** Service level and half-width after 2, 3, … replications: how the estimate settles. Entry k has k + 2 replications; null: no contact yet. */
export function convergence(
  days: ReplicationDays,
  first: number,
  count: number,
): { readonly mean: readonly (number | null)[]; readonly halfWidth: Float64Array } {
  const inTime = spanSums(days.answeredInTime, days.dayCount, first, count);
  const base = spanSums(days.serviceLevelBase, days.dayCount, first, count);
  const steps = Math.max(0, inTime.length - 1);
  const mean: (number | null)[] = [];
  const halfWidth = new Float64Array(steps);
  let [x, y, xx, xy, yy] = [0, 0, 0, 0, 0];
  for (let k = 0; k < inTime.length; k++) {
    x += inTime[k];
    y += base[k];
    xx += inTime[k] ** 2;
    xy += inTime[k] * base[k];
    yy += base[k] ** 2;
    if (k === 0) continue;
    const figure = figureOf(k + 1, x, y, xx, xy, yy);
    mean.push(figure.mean);
    halfWidth[k - 1] = figure.halfWidth;
  }
  return { mean, halfWidth };
}

/** Ratio of sums with a half-width by linearisation over replications. */
export function ratioFigure(above: Float64Array, below: Float64Array): Figure {
  let [x, y, xx, xy, yy] = [0, 0, 0, 0, 0];
  for (let k = 0; k < above.length; k++) {
    x += above[k];
    y += below[k];
    xx += above[k] ** 2;
    xy += above[k] * below[k];
    yy += below[k] ** 2;
  }
  return figureOf(above.length, x, y, xx, xy, yy);
}

function figureOf(n: number, x: number, y: number, xx: number, xy: number, yy: number): Figure {
  if (y === 0) return { mean: null, halfWidth: 0 };
  const ratio = x / y;
  if (n < 2) return { mean: ratio, halfWidth: 0 };
  const variance = Math.max(0, xx - 2 * ratio * xy + ratio * ratio * yy) / (n - 1);
  return { mean: ratio, halfWidth: (studentFactor95(n - 1) * Math.sqrt(variance / n)) / (y / n) };
}

/** What each replication summed to over days `first` to `first + count` (half-open). */
export function spanSums(series: Float64Array, dayCount: number, first: number, count: number): Float64Array {
  const sums = new Float64Array(series.length / dayCount);
  for (let replication = 0; replication < sums.length; replication++) {
    for (let day = first; day < first + count; day++)
      sums[replication] += series[replication * dayCount + day];
  }
  return sums;
}
