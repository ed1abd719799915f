import type {
  Estimate,
  QueueMeasures,
  QueueSimulation,
  SimulationResult,
} from "../../domain/results/simulation.ts";
import { studentFactor95 } from "../../numerics/student.ts";
import type { SimulationProblem } from "../compile/problem.ts";
import { wilsonReach } from "./day-figures.ts";
import {
  type BlockSums,
  daySum,
  daySums,
  followUpsFrom,
  hasFollowUps,
  momentsPerGroupCell,
  momentsPerQueueCell,
  replicationsPerBlock,
} from "./replication-blocks.ts";
import type { SampleSize } from "./sample-size.ts";
import { waitMoments, waitPercentiles } from "./wait-percentiles.ts";

/** Adds blocks up in their order, whatever order they come in, and says what is known so far. */
export interface Reduction {
  add(block: BlockSums): void;
  /** Replications added up: a prefix of all, without gaps. */
  replications(): number;
  /** True when every day is known well enough: nothing more is added. */
  enough(): boolean;
  /** Needs at least two replications. */
  measures(): Pick<SimulationResult, "queues" | "groups" | "contacts" | "replications"> & {
    readonly stillThere: number;
  };
}

/**
 * @param halfWidth stop as soon as every day's service level of every queue is known to within so much, but not before
 * ten replications; null: never. It is asked after each block in order, so it stops at the same one however many workers there are.
 */
export function createReduction(problem: SimulationProblem, halfWidth: number | null = null): Reduction {
  const { intervalCount, queues, groups } = problem;
  const queueMoments = new Float64Array(intervalCount * queues.length * momentsPerQueueCell(problem));
  const groupMoments = new Float64Array(intervalCount * groups.length * momentsPerGroupCell);
  const waits = new Float64Array(waitMoments(problem));
  const days: Float64Array[] = [];
  const early = new Map<number, BlockSums>();
  let nextBlock = 0;
  let replications = 0;
  let contacts = 0;
  let stillThere = 0;
  let enough = false;
  const dayColumns = (problem.dayOffsets.length - 1) * queues.length;
  const dayMoments = new Float64Array(dayColumns * 5);

  function add(block: BlockSums): void {
    early.set(block.block, block);
    for (let next = early.get(nextBlock); next !== undefined && !enough; next = early.get(nextBlock)) {
      early.delete(nextBlock++);
      for (let k = 0; k < queueMoments.length; k++) queueMoments[k] += next.queueMoments[k];
      for (let k = 0; k < groupMoments.length; k++) groupMoments[k] += next.groupMoments[k];
      for (let k = 0; k < waits.length; k++) waits[k] += next.waits[k];
      days.push(next.days);
      replications += next.replications;
      contacts += next.contacts;
      stillThere += next.stillThere;
      if (halfWidth !== null) {
        addDays(next.days);
        enough = replications >= 10 && widestDay() <= halfWidth;
      }
    }
  }

  function addDays(sums: Float64Array): void {
    for (let row = 0; row * daySums < sums.length; row++) {
      const above = sums[row * daySums + daySum.answeredInTime];
      const below = sums[row * daySums + daySum.serviceLevelBase];
      const at = (row % dayColumns) * 5;
      dayMoments[at] += above;
      dayMoments[at + 1] += below;
      dayMoments[at + 2] += above * above;
      dayMoments[at + 3] += above * below;
      dayMoments[at + 4] += below * below;
    }
  }

  function widestDay(): number {
    const size = { replications, factor: studentFactor95(replications - 1) };
    return ratiosAt(dayMoments, 0, 5, size).halfWidth.reduce((a, b) => Math.max(a, b), 0);
  }

  function measures() {
    const factor = studentFactor95(replications - 1);
    const size = { replications, factor };
    return {
      replications,
      contacts,
      stillThere,
      queues: queues.map((_, q) => ({
        ...queueSimulation(problem, q, queueMoments, days, size),
        waitPercentiles: waitPercentiles(problem, q, waits, size),
      })),
      groups: groups.map((group, g) => {
        const stride = groups.length * momentsPerGroupCell;
        const from = g * momentsPerGroupCell;
        return {
          groupId: group.id,
          agentsOnQueue: meansAt(groupMoments, from, stride, size),
          occupancy: ratiosAt(groupMoments, from + 2, stride, size),
          handling: meansAt(groupMoments, from + 7, stride, size),
          available: meansAt(groupMoments, from + 9, stride, size),
        };
      }),
    };
  }

  return { add, replications: () => replications, enough: () => enough, measures };
}

/** Blocks that hold so many replications. */
export function blockCount(replications: number): number {
  return Math.ceil(replications / replicationsPerBlock);
}

function queueSimulation(
  problem: SimulationProblem,
  q: number,
  moments: Float64Array,
  blocks: readonly Float64Array[],
  size: SampleSize,
): QueueSimulation {
  const { queues, dayOffsets, intervalSeconds } = problem;
  const dayCount = dayOffsets.length - 1;
  const momentsPerCell = momentsPerQueueCell(problem);
  const stride = queues.length * momentsPerCell;
  const from = q * momentsPerCell;
  const followUp = from + followUpsFrom;
  const followUps = hasFollowUps(problem);
  const intervals: QueueMeasures = {
    offered: meansAt(moments, from, stride, size),
    answered: meansAt(moments, from + 2, stride, size),
    abandoned: meansAt(moments, from + 4, stride, size),
    blocked: meansAt(moments, from + 6, stride, size),
    waiting: meansAt(moments, from + 8, stride, size),
    inService: meansAt(moments, from + 10, stride, size),
    serviceLevel: ratiosAt(moments, from + 12, stride, size),
    abandonmentRate: ratiosAt(moments, from + 17, stride, size),
    asaSeconds: ratiosAt(moments, from + 22, stride, size),
    occupancy: ratiosAt(moments, from + 27, stride, size),
    ...(followUps && {
      followUps: {
        redialled: meansAt(moments, followUp, stride, size),
        transferred: meansAt(moments, followUp + 2, stride, size),
        callbacks: meansAt(moments, followUp + 4, stride, size),
        callbacksOwed: meansAt(moments, followUp + 6, stride, size),
        callbackDelaySeconds: ratiosAt(moments, followUp + 8, stride, size),
      },
    }),
  };
  // Series per day sum: replication by replication, day by day.
  const sums = Array.from({ length: daySums }, (_, sum) => {
    const series = new Float64Array(size.replications * dayCount);
    let at = 0;
    for (const block of blocks) {
      for (let row = 0; row * queues.length * daySums < block.length; row++) {
        series[at++] = block[(row * queues.length + q) * daySums + sum];
      }
    }
    return series;
  });
  const dayLength = Float64Array.from(
    { length: dayCount },
    (_, day) =>
      Math.max(1, dayOffsets[day + 1] - Math.max(problem.warmUpIntervals, dayOffsets[day])) * intervalSeconds,
  );
  const totals = sums.map((series) => {
    const total = new Float64Array(size.replications);
    for (let k = 0; k < series.length; k++) total[Math.floor(k / dayCount)] += series[k];
    return total;
  });
  const goal = queues[q].serviceLevelGoal;
  return {
    queueId: queues[q].id,
    intervals,
    days: measuresOf(sums, dayCount, dayLength, size, followUps),
    total: measuresOf(totals, 1, [dayLength.reduce((a, b) => a + b, 0)], size, followUps),
    missRisk: missRisk(sums[daySum.answeredInTime], sums[daySum.serviceLevelBase], dayCount, goal, size),
    replicationDays: {
      dayCount,
      offered: sums[daySum.offered],
      answered: sums[daySum.answered],
      abandoned: sums[daySum.abandoned],
      answeredInTime: sums[daySum.answeredInTime],
      serviceLevelBase: sums[daySum.serviceLevelBase],
      waitSeconds: sums[daySum.waitSeconds],
      handlingSeconds: sums[daySum.handlingSeconds],
      onQueueSeconds: sums[daySum.onQueueSeconds],
      blocked: sums[daySum.blocked],
      callbacksTaken: sums[daySum.callbackTaken],
      calledBack: sums[daySum.calledBack],
    },
  };
}

/** Estimates per column from series laid out replication by replication. */
function measuresOf(
  sums: readonly Float64Array[],
  columns: number,
  lengthSeconds: ArrayLike<number>,
  size: SampleSize,
  followUps: boolean,
): QueueMeasures {
  const mean = (sum: number) => meansOf(sums[sum], columns, () => 1, size);
  const perSecond = (sum: number) => meansOf(sums[sum], columns, (column) => lengthSeconds[column], size);
  const ratio = (above: number, below: number) => ratiosOf(sums[above], sums[below], columns, size);
  return {
    offered: mean(daySum.offered),
    answered: mean(daySum.answered),
    abandoned: mean(daySum.abandoned),
    blocked: mean(daySum.blocked),
    waiting: perSecond(daySum.waitingTime),
    inService: perSecond(daySum.serviceTime),
    serviceLevel: ratio(daySum.answeredInTime, daySum.serviceLevelBase),
    abandonmentRate: ratio(daySum.abandoned, daySum.offered),
    asaSeconds: ratio(daySum.waitSeconds, daySum.answered),
    occupancy: ratio(daySum.handlingSeconds, daySum.onQueueSeconds),
    ...(followUps && {
      followUps: {
        redialled: mean(daySum.redialled),
        transferred: mean(daySum.transferred),
        callbacks: mean(daySum.callbackTaken),
        callbacksOwed: perSecond(daySum.callbackTime),
        callbackDelaySeconds: ratio(daySum.waitCalledBack, daySum.calledBack),
      },
    }),
  };
}

function meansOf(
  series: Float64Array,
  columns: number,
  unit: (column: number) => number,
  size: SampleSize,
): Estimate {
  const moments = new Float64Array(columns * 2);
  for (let k = 0; k < series.length; k++) {
    const column = k % columns;
    const value = series[k] / unit(column);
    moments[column * 2] += value;
    moments[column * 2 + 1] += value * value;
  }
  return meansAt(moments, 0, 2, size);
}

function ratiosOf(above: Float64Array, below: Float64Array, columns: number, size: SampleSize): Estimate {
  const moments = new Float64Array(columns * 5);
  for (let k = 0; k < above.length; k++) {
    const at = (k % columns) * 5;
    moments[at] += above[k];
    moments[at + 1] += below[k];
    moments[at + 2] += above[k] * above[k];
    moments[at + 3] += above[k] * below[k];
    moments[at + 4] += below[k] * below[k];
  }
  return ratiosAt(moments, 0, 5, size);
}

/** Means with Student half-widths from Σx, Σx² at `from`, `from + stride`, … */
function meansAt(moments: Float64Array, from: number, stride: number, size: SampleSize): Estimate {
  const length = moments.length / stride;
  const mean = new Float64Array(length);
  const halfWidth = new Float64Array(length);
  const n = size.replications;
  for (let k = 0; k < length; k++) {
    const at = from + k * stride;
    const average = moments[at] / n;
    const variance = Math.max(0, moments[at + 1] - n * average * average) / (n - 1);
    mean[k] = average;
    halfWidth[k] = size.factor * Math.sqrt(variance / n);
  }
  return { mean, halfWidth };
}

/**
 * Ratios of sums with half-widths by linearisation (the delta method): the variance of x − Ry over replications,
 * divided by the squared mean of y. From Σx, Σy, Σx², Σxy, Σy². Of nothing: 0 with half-width 0.
 */
function ratiosAt(moments: Float64Array, from: number, stride: number, size: SampleSize): Estimate {
  const length = moments.length / stride;
  const mean = new Float64Array(length);
  const halfWidth = new Float64Array(length);
  const n = size.replications;
  for (let k = 0; k < length; k++) {
    const at = from + k * stride;
    const below = moments[at + 1];
    if (below === 0) continue;
    const ratio = moments[at] / below;
    const squares = moments[at + 2] - 2 * ratio * moments[at + 3] + ratio * ratio * moments[at + 4];
    const variance = Math.max(0, squares) / (n - 1);
    mean[k] = ratio;
    halfWidth[k] = (size.factor * Math.sqrt(variance / n)) / (below / n);
  }
  return { mean, halfWidth };
}

/** Share of replications in which a day misses the goal, with the wider side of Wilson's 95 % interval. */
function missRisk(
  inTime: Float64Array,
  base: Float64Array,
  dayCount: number,
  goal: number | null,
  size: SampleSize,
): Estimate {
  const mean = new Float64Array(dayCount);
  const halfWidth = new Float64Array(dayCount);
  if (goal === null) return { mean, halfWidth };
  const n = size.replications;
  for (let day = 0; day < dayCount; day++) {
    let missed = 0;
    let days = 0;
    for (let k = day; k < inTime.length; k += dayCount) {
      if (base[k] === 0) continue;
      days++;
      if (inTime[k] < goal * base[k]) missed++;
    }
    if (days === 0) continue;
    const share = missed / n;
    mean[day] = share;
    halfWidth[day] = wilsonReach(share, n);
  }
  return { mean, halfWidth };
}
