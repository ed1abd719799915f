import type { IntervalGrid } from "../domain/calendar/interval-grid.ts";
import type { Queue } from "../domain/plan/queue.ts";
import type { GoalSpan, JudgedGoal } from "../domain/plan/shift.ts";
import { nearestRank } from "../numerics/order-statistics.ts";
import { studentFactor95 } from "../numerics/student.ts";
import type { ServiceCounts } from "./count-service.ts";

/** Which goals the simulation is held to. */
export interface GoalTerms {
  readonly span: GoalSpan;
  /** Share of days, 0–1, on which a day's service level must hold, volume and absence as they fall; null: on average. */
  readonly confidence: number | null;
  /** Whether agents kept free for other queues may change as well. Absent: no. */
  readonly reservesMayChange?: boolean;
}

/** One of a queue's goals over intervals [firstInterval, endInterval) of the grid. */
export interface ServiceTarget {
  /** Index of the queue in the plan. */
  readonly queue: number;
  readonly kind: JudgedGoal["kind"];
  /** Least service level, most abandonment or occupancy (0–1), most seconds. */
  readonly goal: number;
  readonly firstInterval: number;
  readonly endInterval: number;
  /** Day of the grid where the span is one; else null. */
  readonly day: number | null;
  readonly confidence: number | null;
}

/** The goals of queues that somebody waits in, span by span; of a deferred queue the share done in time. */
export function targetsOf(
  queues: readonly Pick<Queue, "goal" | "channel">[],
  grid: IntervalGrid,
  { span, confidence }: GoalTerms,
  isOpen: (queue: number, firstInterval: number, endInterval: number) => boolean,
): ServiceTarget[] {
  const { dayOffsets, dayCount } = grid;
  const end = dayOffsets[dayCount];
  const spans =
    span === "day"
      ? Array.from({ length: dayCount }, (_, day) => ({
          firstInterval: dayOffsets[day],
          endInterval: dayOffsets[day + 1],
          day,
        }))
      : span === "period"
        ? [{ firstInterval: 0, endInterval: end, day: null }]
        : Array.from({ length: end }, (_, interval) => ({
            firstInterval: interval,
            endInterval: interval + 1,
            day: null,
          }));
  return queues.flatMap(({ goal }, queue) =>
    spans.flatMap((part) => {
      if (!isOpen(queue, part.firstInterval, part.endInterval)) return [];
      const target = (kind: ServiceTarget["kind"], value: number | null): ServiceTarget[] =>
        value === null
          ? []
          : [
              {
                ...part,
                queue,
                kind,
                goal: value,
                confidence: kind === "serviceLevel" && part.day !== null ? confidence : null,
              },
            ];
      return [
        ...target("serviceLevel", goal.serviceLevel),
        ...target("abandonment", goal.maxAbandonment),
        ...target("asa", goal.maxAsaSeconds),
        ...target("occupancy", goal.maxOccupancy),
      ];
    }),
  );
}

/** A target's value over its span: a share 0–1, or seconds; null where nobody came. With confidence: what so many days reach. */
export function achievedOf(target: ServiceTarget, counts: ServiceCounts, queueCount: number): number | null {
  if (target.confidence !== null && target.day !== null) {
    const days = dailyLevels(counts, target.day, target.queue, queueCount);
    return days.length === 0 ? null : nearestRank(days, 1 - target.confidence);
  }
  return meanOf(target, counts, queueCount);
}

/** The same on average, whatever the confidence asked for. */
export function meanOf(target: ServiceTarget, counts: ServiceCounts, queueCount: number): number | null {
  const [over, under] = sumsOf(target, counts, queueCount);
  return under > 0 ? over / under : null;
}

/** Numerator and denominator over a target's span. */
function sumsOf(
  { kind, queue, firstInterval, endInterval }: ServiceTarget,
  counts: ServiceCounts,
  queueCount: number,
): readonly [over: number, under: number] {
  const [above, below] = partsOf(kind, counts);
  let over = 0;
  let under = 0;
  for (let interval = firstInterval; interval < endInterval; interval++) {
    over += above[interval * queueCount + queue];
    under += below[interval * queueCount + queue];
  }
  return [over, under];
}

/** Numerator and denominator by interval and queue. */
export function partsOf(
  kind: ServiceTarget["kind"],
  counts: ServiceCounts,
): readonly [Float64Array, Float64Array] {
  switch (kind) {
    case "serviceLevel":
      return [counts.inTime, counts.base];
    case "abandonment":
      return [counts.lost, counts.offered];
    case "asa":
      return [counts.waitSeconds, counts.answered];
    case "occupancy":
      return [counts.handlingSeconds, counts.onQueueSeconds];
  }
}

/**
 * Half-width of the 95 % interval of a target's value; null where too few replications say it.
 *
 * A day's mean service level by its spread over the replications; what so many days reach by the order statistics whose
 * ranks a binomial count leaves between; any other as a ratio of sums, by the spread of its residuals over the batches.
 */
export function halfWidthOf(
  target: ServiceTarget,
  batches: readonly ServiceCounts[],
  queueCount: number,
): number | null {
  const { kind, day, queue, confidence } = target;
  if (kind === "serviceLevel" && day !== null) {
    const levels = dailyLevels(
      { dailyLevel: batches.flatMap(({ dailyLevel }) => dailyLevel), dayCount: batches[0].dayCount },
      day,
      queue,
      queueCount,
    );
    return levels.length < 2 ? null : confidence === null ? ofMean(levels) : ofShare(levels, 1 - confidence);
  }
  const sums = batches.map((batch) => sumsOf(target, batch, queueCount));
  const over = sums.reduce((sum, [part]) => sum + part, 0);
  const under = sums.reduce((sum, [, part]) => sum + part, 0);
  if (batches.length < 2 || under === 0) return null;
  const squares = sums.reduce((sum, [part, whole]) => sum + (part - (over / under) * whole) ** 2, 0);
  const error = Math.sqrt((squares * batches.length) / (batches.length - 1)) / under;
  return studentFactor95(batches.length - 1) * error;
}

function ofMean(levels: Float64Array): number {
  const mean = levels.reduce((sum, level) => sum + level, 0) / levels.length;
  const variance = levels.reduce((sum, level) => sum + (level - mean) ** 2, 0) / (levels.length - 1);
  return studentFactor95(levels.length - 1) * Math.sqrt(variance / levels.length);
}

/** Of the value that a share of the levels, which rise, lies below. */
function ofShare(levels: Float64Array, share: number): number {
  const count = levels.length;
  const spread = 1.96 * Math.sqrt(count * share * (1 - share));
  const at = (rank: number) => levels[Math.max(0, Math.min(count - 1, rank - 1))];
  return (at(Math.ceil(count * share + spread)) - at(Math.floor(count * share - spread))) / 2;
}

/** Service levels of one day over the replications, rising. */
function dailyLevels(
  { dailyLevel, dayCount }: Pick<ServiceCounts, "dailyLevel" | "dayCount">,
  day: number,
  queue: number,
  queueCount: number,
) {
  const levels: number[] = [];
  for (const run of dailyLevel)
    for (let at = day * queueCount + queue; at < run.length; at += dayCount * queueCount)
      if (!Number.isNaN(run[at])) levels.push(run[at]);
  return Float64Array.from(levels).sort();
}

/** By how much a target is missed: points as a share, of a wait its excess over the goal ÷ the goal; negative: to spare. */
export function missedBy({ kind, goal }: ServiceTarget, value: number): number {
  if (kind === "asa") return (value - goal) / goal;
  return kind === "serviceLevel" ? goal - value : value - goal;
}

/** By how much each target is missed, as a share; where nobody came, by nothing. */
export function missesOf(
  targets: readonly ServiceTarget[],
  counts: ServiceCounts,
  queueCount: number,
): number[] {
  return targets.map((target) => {
    const value = achievedOf(target, counts, queueCount);
    return value === null ? 0 : missedBy(target, value);
  });
}
