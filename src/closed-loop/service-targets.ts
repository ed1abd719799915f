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
  const [above, below] = partsOf(target.kind, counts);
  let over = 0;
  let under = 0;
  for (let interval = target.firstInterval; interval < target.endInterval; interval++) {
    over += above[interval * queueCount + target.queue];
    under += below[interval * queueCount + target.queue];
  }
  return under > 0 ? over / under : null;
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

/** Half-width of the 95 % interval of a day's mean service level; null for anything else. */
export function halfWidthOf(target: ServiceTarget, counts: ServiceCounts, queueCount: number): number | null {
  if (target.kind !== "serviceLevel" || target.day === null || target.confidence !== null) return null;
  const levels = dailyLevels(counts, target.day, target.queue, queueCount);
  if (levels.length < 2) return null;
  const mean = levels.reduce((sum, level) => sum + level, 0) / levels.length;
  const variance = levels.reduce((sum, level) => sum + (level - mean) ** 2, 0) / (levels.length - 1);
  return studentFactor95(levels.length - 1) * Math.sqrt(variance / levels.length);
}

/** Service levels of one day over the replications, rising. */
function dailyLevels(
  { dailyLevel, dayCount }: ServiceCounts,
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
