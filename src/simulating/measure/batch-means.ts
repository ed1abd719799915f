import type { Estimate, QueueMeasures } from "../../domain/results/simulation.ts";
import type { SimulationProblem } from "../compile/problem.ts";
import { createEngine } from "../engine/engine.ts";
import { type Figure, ratioFigure } from "./day-figures.ts";
import { createTally, groupCount, groupCounts, queueCount, queueCounts } from "./tally.ts";

/** One long run cut into batches of equal length. */
export interface BatchMeans {
  readonly batches: number;
  readonly intervalsPerBatch: number;
  readonly contacts: number;
  readonly stillThere: number;
  readonly queues: readonly {
    readonly queueId: string;
    /** One entry each; counts are per batch. Half-widths are those of the mean of the batches. */
    readonly total: QueueMeasures;
    /**
     * Correlation of the answered-in-time counts of neighbouring batches, each less what the mean level would make of
     * its contacts; well above 0 says that batches are too short and half-widths too narrow.
     */
    readonly correlation: number;
  }[];
}

/**
 * Batch means of replication 0 (Law, Simulation Modeling and Analysis, chapter 9): the intervals after the warm-up are cut
 * into `batches` equal parts that are treated as if they were independent. What does not fill a batch joins the warm-up.
 * Throws RangeError for fewer than two batches, or fewer intervals than batches.
 */
export function batchMeans(problem: SimulationProblem, batches: number): BatchMeans {
  const { intervalCount, queues, groups, intervalSeconds } = problem;
  const intervalsPerBatch = Math.floor((intervalCount - problem.warmUpIntervals) / batches);
  if (!(batches >= 2) || intervalsPerBatch < 1) throw new RangeError(`${batches} batches`);
  const first = intervalCount - batches * intervalsPerBatch;
  const tally = createTally(problem);
  createEngine(problem)(0, tally);

  /** Per batch, the sum of a value of its intervals. */
  const sums = (of: (interval: number) => number) =>
    Float64Array.from({ length: batches }, (_, batch) => {
      const from = first + batch * intervalsPerBatch;
      let sum = 0;
      for (let interval = from; interval < from + intervalsPerBatch; interval++) sum += of(interval);
      return sum;
    });
  const ones = new Float64Array(batches).fill(1);
  const seconds = new Float64Array(batches).fill(intervalsPerBatch * intervalSeconds);
  return {
    batches,
    intervalsPerBatch,
    contacts: tally.contacts,
    stillThere: tally.stillThere,
    queues: queues.map((queue, q) => {
      const count = (what: number) =>
        sums((interval) => tally.queues[(interval * queues.length + q) * queueCounts + what]);
      const time = (what: number) =>
        sums((interval) =>
          groups.reduce(
            (sum, group, g) =>
              group.serves.some((service) => service.queue === q)
                ? sum + tally.groups[(interval * groups.length + g) * groupCounts + what]
                : sum,
            0,
          ),
        );
      const offered = count(queueCount.offered);
      const answered = count(queueCount.answered);
      const abandoned = count(queueCount.abandoned);
      const inTime = count(queueCount.answeredInTime);
      const short = count(queueCount.abandonedShort);
      const rule = queue.serviceLevelRule;
      const base =
        rule === "answered"
          ? answered
          : rule === "offered"
            ? offered
            : offered.map((contacts, k) => contacts - short[k]);
      const level = ratioFigure(inTime, base);
      const total: QueueMeasures = {
        offered: estimate(ratioFigure(offered, ones)),
        answered: estimate(ratioFigure(answered, ones)),
        abandoned: estimate(ratioFigure(abandoned, ones)),
        blocked: estimate(ratioFigure(count(queueCount.blocked), ones)),
        serviceLevel: estimate(level),
        abandonmentRate: estimate(ratioFigure(abandoned, offered)),
        asaSeconds: estimate(ratioFigure(count(queueCount.waitAnswered), answered)),
        occupancy: estimate(ratioFigure(time(groupCount.handlingTime), time(groupCount.onQueueTime))),
        waiting: estimate(ratioFigure(count(queueCount.waitingTime), seconds)),
        inService: estimate(ratioFigure(count(queueCount.serviceTime), seconds)),
      };
      const deviations = inTime.map((contacts, k) => contacts - (level.mean ?? 0) * base[k]);
      return { queueId: queue.id, total, correlation: neighbourCorrelation(deviations) };
    }),
  };
}

/** A ratio of nothing is 0 with half-width 0. */
function estimate({ mean, halfWidth }: Figure): Estimate {
  return { mean: Float64Array.of(mean ?? 0), halfWidth: Float64Array.of(halfWidth) };
}

/** Of values that sum to zero; 0 when they are all alike. */
function neighbourCorrelation(values: Float64Array): number {
  let products = 0;
  let squares = 0;
  for (let k = 0; k < values.length; k++) {
    squares += values[k] ** 2;
    if (k > 0) products += values[k - 1] * values[k];
  }
  return squares === 0 ? 0 : products / squares;
}
