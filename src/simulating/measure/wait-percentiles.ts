import type { WaitBounds, WaitPercentiles } from "../../domain/results/simulation.ts";
import type { SimulationProblem } from "../compile/problem.ts";
import type { SampleSize } from "./sample-size.ts";
import type { Tally } from "./tally.ts";
import { waitBinEnd, waitBins } from "./wait-bins.ts";

const shares = [0.5, 0.8, 0.9, 0.95];

/** Per bin, over replications: Σx, Σx², Σxn, where x of the n answered waited at most to the bin's end. In the last bin x = n. */
const momentsPerBin = 3;
const momentsPerRow = waitBins * momentsPerBin;

/** Numbers that `addWaits` adds to: a row per day and queue, then one per queue for the whole span. */
export function waitMoments({ queues, dayOffsets }: SimulationProblem): number {
  return dayOffsets.length * queues.length * momentsPerRow;
}

/** Adds one replication's waits. */
export function addWaits(
  { queues, dayOffsets }: SimulationProblem,
  tally: Tally,
  moments: Float64Array,
): void {
  const dayCount = dayOffsets.length - 1;
  const whole = new Float64Array(queues.length * waitBins);
  for (let day = 0; day < dayCount; day++) {
    for (let q = 0; q < queues.length; q++) {
      const row = day * queues.length + q;
      addRow(tally.waits.subarray(row * waitBins, (row + 1) * waitBins), moments, row * momentsPerRow);
      for (let bin = 0; bin < waitBins; bin++) whole[q * waitBins + bin] += tally.waits[row * waitBins + bin];
    }
  }
  for (let q = 0; q < queues.length; q++) {
    const row = dayCount * queues.length + q;
    addRow(whole.subarray(q * waitBins, (q + 1) * waitBins), moments, row * momentsPerRow);
  }
}

function addRow(counts: Float64Array, moments: Float64Array, from: number): void {
  const all = counts.reduce((sum, count) => sum + count, 0);
  let upTo = 0;
  for (let bin = 0; bin < waitBins; bin++) {
    upTo += counts[bin];
    const at = from + bin * momentsPerBin;
    moments[at] += upTo;
    moments[at + 1] += upTo * upTo;
    moments[at + 2] += upTo * all;
  }
}

/**
 * Percentiles of a queue's waits. The interval holds every wait at which the share that waited no longer is not told
 * apart from the one asked for: the distribution's own 95 % interval (linearised, over replications) turned on its side.
 */
export function waitPercentiles(
  { queues, dayOffsets }: SimulationProblem,
  q: number,
  moments: Float64Array,
  size: SampleSize,
): WaitPercentiles {
  const dayCount = dayOffsets.length - 1;
  const rows = Array.from({ length: dayCount }, (_, day) => (day * queues.length + q) * momentsPerRow);
  const whole = (dayCount * queues.length + q) * momentsPerRow;
  return { shares, days: bounds(moments, rows, size), total: bounds(moments, [whole], size) };
}

function bounds(moments: Float64Array, rows: readonly number[], size: SampleSize): WaitBounds {
  const length = rows.length * shares.length;
  const found = {
    seconds: new Float64Array(length),
    low: new Float64Array(length),
    high: new Float64Array(length),
  };
  rows.forEach((from, row) => {
    const last = from + (waitBins - 1) * momentsPerBin;
    const all = moments[last];
    if (all === 0) return;
    const share = new Float64Array(waitBins);
    const reach = new Float64Array(waitBins);
    for (let bin = 0; bin < waitBins; bin++) {
      const at = from + bin * momentsPerBin;
      const ratio = moments[at] / all;
      const squares = moments[at + 1] - 2 * ratio * moments[at + 2] + ratio * ratio * moments[last + 1];
      const variance = Math.max(0, squares) / (size.replications - 1);
      share[bin] = ratio;
      reach[bin] = (size.factor * Math.sqrt(variance / size.replications)) / (all / size.replications);
    }
    shares.forEach((wanted, k) => {
      const at = row * shares.length + k;
      found.seconds[at] = crossing((bin) => share[bin], wanted);
      found.low[at] = crossing((bin) => share[bin] + reach[bin], wanted);
      found.high[at] = crossing((bin) => share[bin] - reach[bin], wanted);
    });
  });
  return found;
}

/** Wait at which a curve over the bins' ends first reaches a share, straight between them; at most where it stops rising. */
function crossing(curve: (bin: number) => number, wanted: number): number {
  let before = 0;
  let rose = 0;
  for (let bin = 0; bin < waitBins; bin++) {
    const value = curve(bin);
    if (value >= wanted) {
      if (bin === 0) return 0;
      const start = waitBinEnd(bin - 1);
      return start + ((wanted - before) / (value - before)) * (waitBinEnd(bin) - start);
    }
    if (value > before) rose = bin;
    before = value;
  }
  return waitBinEnd(rose);
}
