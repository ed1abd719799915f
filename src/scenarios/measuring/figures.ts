import { studentFactor95 } from "../../numerics/student.ts";

/**
 * What is compared; hours and money are sums over the compared days.
 *
 * - `offered`: contacts that reach their queue, redials and transfers included.
 * - `handled`: answered by an agent, called back, settled by a bot before they reach their queue, or taken by a service
 *   provider. The cost per contact counts all of them, so that losing fewer contacts for the same wages is never dearer.
 * - `calledBack`, `settled`, `outsourced`: the parts of `handled` that no agent answered when they came.
 * - `serviceLevel`: by each queue's own rule; a callback is in time when it is made within its promise. Of several
 *   queues: all contacts in time ÷ all contacts that count.
 * - `asaSeconds`: of answered contacts; who was called back is not among them.
 * - `lost`: abandoned, turned away by a full queue, or by an outage for good.
 * - `cost`, `otherCost`, `onceCost`, `penalties`: wages; what changes cost beside them, day by day; what they cost once;
 *   what is due for missed service. `totalCost` is their sum: that of the money ledger without what lost contacts are worth.
 * - `costPerContact`: wages and running costs ÷ contacts handled.
 * - `overrunHours`: agents past the end of work to finish a contact, into breaks and after shifts, in an even sample of
 *   days; nobody pays them, so they are neither in `paidHours` nor in `cost`. `overrunCost`: at the mean cost of a paid hour.
 * - `missRisk`: share of queue-days below the queue's goal, over replications; of one queue, of its days.
 */
export const measures = [
  "offered",
  "handled",
  "calledBack",
  "settled",
  "outsourced",
  "serviceLevel",
  "asaSeconds",
  "abandonmentRate",
  "lost",
  "lostValue",
  "occupancy",
  "occupancySpread",
  "missRisk",
  "hoursNeeded",
  "hoursShort",
  "paidHours",
  "overrunHours",
  "overrunCost",
  "cost",
  "otherCost",
  "onceCost",
  "penalties",
  "totalCost",
  "costPerContact",
] as const;
export type Measure = (typeof measures)[number];

/** Which way is good. */
export const betterWay: Readonly<Record<Measure, "more" | "less" | "neither">> = {
  offered: "neither",
  handled: "more",
  calledBack: "neither",
  settled: "neither",
  outsourced: "neither",
  serviceLevel: "more",
  asaSeconds: "less",
  abandonmentRate: "less",
  lost: "less",
  lostValue: "less",
  occupancy: "neither",
  occupancySpread: "less",
  missRisk: "less",
  hoursNeeded: "less",
  hoursShort: "less",
  paidHours: "less",
  overrunHours: "less",
  overrunCost: "less",
  cost: "less",
  otherCost: "less",
  onceCost: "less",
  penalties: "less",
  totalCost: "less",
  costPerContact: "less",
};

/** A number with the half-width of its 95 % interval; 0 where it is not a matter of chance. */
export interface Figure {
  readonly value: number;
  readonly halfWidth: number;
}

/** null: there is nothing to measure, or the formula has no answer (a queue that grows for ever). */
export type Figures = Readonly<Record<Measure, Figure | null>>;

export function sure(value: number): Figure | null {
  return Number.isFinite(value) ? { value, halfWidth: 0 } : null;
}

/** Two series of sums over replications, replication by replication; their ratio is the measure. */
export interface RatioSums {
  readonly above: ArrayLike<number>;
  readonly below: ArrayLike<number>;
}

/**
 * Ratio of sums and its half-width by linearisation: per replication (x − R·y) ÷ mean(y), Student's factor on its
 * standard error. null when there is nothing below the line.
 */
export function ratioFigure(sums: RatioSums): Figure | null {
  const deviations = ratioDeviations(sums);
  return deviations === null ? null : { value: deviations.ratio, halfWidth: halfWidthOf(deviations.values) };
}

/**
 * Difference of two ratios measured on the same customers: the deviations are subtracted replication by replication
 * before their spread is taken, which is what common random numbers are for. Exactly zero, ± 0, for equal sums.
 */
export function ratioDifference(of: RatioSums, from: RatioSums): Figure | null {
  const a = ratioDeviations(of);
  const b = ratioDeviations(from);
  if (a === null || b === null) return null;
  return {
    value: a.ratio - b.ratio,
    halfWidth: halfWidthOf(a.values.map((value, index) => value - b.values[index])),
  };
}

function ratioDeviations(sums: RatioSums): { ratio: number; values: Float64Array } | null {
  const count = sums.above.length;
  let above = 0;
  let below = 0;
  for (let index = 0; index < count; index++) {
    above += sums.above[index];
    below += sums.below[index];
  }
  if (below === 0) return null;
  const ratio = above / below;
  const meanBelow = below / count;
  const values = new Float64Array(count);
  for (let index = 0; index < count; index++) {
    values[index] = (sums.above[index] - ratio * sums.below[index]) / meanBelow;
  }
  return { ratio, values };
}

/** Student half-width of the mean of values that are centred on zero. */
function halfWidthOf(values: Float64Array): number {
  const count = values.length;
  if (count < 2) return 0;
  let sum = 0;
  let squares = 0;
  for (const value of values) {
    sum += value;
    squares += value * value;
  }
  const variance = Math.max(0, squares - (sum * sum) / count) / (count - 1);
  return studentFactor95(count - 1) * Math.sqrt(variance / count);
}
