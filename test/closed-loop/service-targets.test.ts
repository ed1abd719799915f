import { describe, expect, test } from "vitest";
import type { ServiceCounts } from "../../src/closed-loop/count-service.ts";
import {
  achievedOf,
  missedBy,
  missesOf,
  type ServiceTarget,
  targetsOf,
} from "../../src/closed-loop/service-targets.ts";
import { createIntervalGrid } from "../../src/domain/calendar/interval-grid.ts";
import { voiceQueue } from "../builders.ts";

const grid = createIntervalGrid("UTC", 60, "2026-03-02", 2);
const goal = {
  serviceLevel: 0.8,
  answerWithinSeconds: 20,
  serviceLevelRule: "offered" as const,
  maxAsaSeconds: 30,
  maxAbandonment: null,
  maxOccupancy: 0.9,
};
const queues = [
  voiceQueue({ id: "a", goal }),
  voiceQueue({ id: "b", goal: { ...goal, serviceLevel: null, maxAsaSeconds: null } }),
];

function counts(values: Partial<Record<keyof ServiceCounts, (cell: number) => number>>): ServiceCounts {
  const series = (name: keyof ServiceCounts) =>
    Float64Array.from({ length: 96 }, (_, cell) => values[name]?.(cell) ?? 0);
  return {
    replications: 2,
    dayCount: 2,
    dailyLevel: [Float64Array.from([0.9, 1, 0.7, 1, 0.8, 1, 0.9, Number.NaN])],
    offered: series("offered"),
    base: series("base"),
    inTime: series("inTime"),
    answered: series("answered"),
    lost: series("lost"),
    waitSeconds: series("waitSeconds"),
    handlingSeconds: series("handlingSeconds"),
    onQueueSeconds: series("onQueueSeconds"),
  };
}

describe("goals as targets", () => {
  test("each goal that a queue has, for each span in which somebody comes", () => {
    const day = targetsOf(
      queues,
      grid,
      { span: "day", confidence: 0.9 },
      (queue, first) => queue === 0 || first > 0,
    );
    expect(
      day.map(({ queue, kind, firstInterval, endInterval, confidence }) => [
        queue,
        kind,
        firstInterval,
        endInterval,
        confidence,
      ]),
    ).toEqual([
      [0, "serviceLevel", 0, 24, 0.9],
      [0, "asa", 0, 24, null],
      [0, "occupancy", 0, 24, null],
      [0, "serviceLevel", 24, 48, 0.9],
      [0, "asa", 24, 48, null],
      [0, "occupancy", 24, 48, null],
      [1, "occupancy", 24, 48, null],
    ]);
    expect(targetsOf(queues, grid, { span: "period", confidence: null }, () => true)).toHaveLength(4);
    expect(targetsOf(queues, grid, { span: "interval", confidence: null }, () => true)).toHaveLength(4 * 48);
  });

  test("a value is a ratio of sums over the span, not a mean of ratios", () => {
    const [target] = targetsOf(queues, grid, { span: "period", confidence: null }, () => true);
    const seen = counts({
      base: (cell) => (cell === 0 ? 100 : cell === 2 ? 300 : 0),
      inTime: (cell) => (cell === 0 ? 100 : cell === 2 ? 150 : 0),
    });
    expect(achievedOf(target, seen, 2)).toBe(250 / 400);
    expect(missedBy(target, 0.625)).toBeCloseTo(0.175, 12);
  });

  test("with confidence it is what so many days reach, over replications; nobody came counts for nothing", () => {
    const target: ServiceTarget = {
      queue: 0,
      kind: "serviceLevel",
      goal: 0.8,
      firstInterval: 0,
      endInterval: 24,
      day: 0,
      confidence: 0.9,
    };
    expect(achievedOf(target, counts({}), 2)).toBe(0.8);
    expect(achievedOf({ ...target, queue: 1, day: 1 }, counts({}), 2)).toBe(1);
  });

  test("where nobody comes there is nothing to keep", () => {
    const [target] = targetsOf(queues, grid, { span: "day", confidence: null }, () => true);
    expect(achievedOf(target, counts({}), 2)).toBeNull();
    expect(missesOf([target], counts({}), 2)).toEqual([0]);
  });

  test("a wait is missed by its excess over the goal, an occupancy by points", () => {
    const [, asa, busy] = targetsOf(queues, grid, { span: "day", confidence: null }, () => true);
    expect(missedBy(asa, 45)).toBeCloseTo(0.5, 12);
    expect(missedBy(busy, 0.93)).toBeCloseTo(0.03, 12);
  });
});
