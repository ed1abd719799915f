import { describe, expect, test } from "vitest";
import { addCounts, type ServiceCounts } from "../../src/closed-loop/count-service.ts";
import {
  achievedOf,
  halfWidthOf,
  missedBy,
  missesOf,
  type ServiceTarget,
  targetsOf,
} from "../../src/closed-loop/service-targets.ts";
import { createIntervalGrid } from "../../src/domain/calendar/interval-grid.ts";
import { randomStream } from "../../src/numerics/random.ts";
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

describe("how sure a value is", () => {
  const period = { queue: 0, firstInterval: 0, endInterval: 48, day: null, confidence: null, goal: 0.8 };

  test("95 % intervals of each kind cover the truth in 93 to 97 % of 1,000 draws of ten batches", () => {
    const random = randomStream(7, "half-widths");
    // So many contacts a batch as fall, and of each a share or a wait of its own.
    const draw = (kind: ServiceTarget["kind"]) => {
      const batches = Array.from({ length: 10 }, () => {
        const contacts = 50 + Math.floor(100 * random.uniform());
        const each = Array.from({ length: contacts }, () => random.uniform());
        const over =
          kind === "asa"
            ? 40 * each.reduce((sum, one) => sum + one, 0)
            : each.filter((one) => one < 0.8).length;
        const first = (value: number) => (cell: number) => (cell === 0 ? value : 0);
        const [above, below] = {
          serviceLevel: ["inTime", "base"],
          abandonment: ["lost", "offered"],
          asa: ["waitSeconds", "answered"],
          occupancy: ["handlingSeconds", "onQueueSeconds"],
        }[kind];
        return counts({ [above]: first(over), [below]: first(contacts) });
      });
      const target = { ...period, kind };
      const value = achievedOf(target, addCounts(batches), 2)!;
      return Math.abs(value - (kind === "asa" ? 20 : 0.8)) <= halfWidthOf(target, batches, 2)!;
    };
    for (const kind of ["serviceLevel", "abandonment", "asa", "occupancy"] as const) {
      const covered = Array.from({ length: 1000 }, () => draw(kind)).filter(Boolean).length;
      expect(covered).toBeGreaterThan(930);
      expect(covered).toBeLessThan(970);
    }
  });

  test("what nine days in ten reach is covered too, and what never varies is sure", () => {
    const random = randomStream(8, "half-widths of shares");
    const target = { ...period, kind: "serviceLevel" as const, day: 0, confidence: 0.9 };
    const covered = Array.from({ length: 1000 }, () => {
      const levels = Float64Array.from({ length: 200 }, () => random.uniform());
      const batch = { ...counts({}), dayCount: 1, dailyLevel: [levels] };
      return Math.abs(achievedOf(target, batch, 1)! - 0.1) <= halfWidthOf(target, [batch], 1)!;
    }).filter(Boolean).length;
    expect(covered).toBeGreaterThan(930);
    const same = { ...counts({}), dayCount: 1, dailyLevel: [new Float64Array(50).fill(0.8)] };
    expect(halfWidthOf({ ...target, confidence: null }, [same], 1)).toBeCloseTo(0, 12);
    expect(halfWidthOf({ ...period, kind: "asa" }, [counts({})], 2)).toBe(null);
  });
});
