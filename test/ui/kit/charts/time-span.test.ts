import { describe, expect, test } from "vitest";
import { createIntervalGrid } from "../../../../src/domain/calendar/interval-grid.ts";
import { daysOfSpan, timeTicks, tintedSpans } from "../../../../src/ui/kit/charts/time-span.ts";

const grid = createIntervalGrid("Europe/Berlin", 15, "2026-10-24", 3);

describe("time axis", () => {
  test("the day on which the clocks go back is longer, and its border stands where it begins", () => {
    const days = daysOfSpan(grid, { first: 0, end: 96 + 100 + 96 });
    expect(days.map(({ span }) => span.end - span.first)).toEqual([96, 100, 96]);
    expect(days.map(({ date }) => date)).toEqual(["2026-10-24", "2026-10-25", "2026-10-26"]);
  });

  test("hour ticks stand at clock hours on that day too", () => {
    const ticks = timeTicks(grid, { first: 96, end: 196 }, 1000);
    const noon = ticks.find(({ minuteOfDay }) => minuteOfDay === 720);
    expect(noon?.position).toBe(96 + (12 + 1) * 4);
  });

  test("a month has day borders only", () => {
    const month = createIntervalGrid("UTC", 15, "2026-02-01", 28);
    const ticks = timeTicks(month, { first: 0, end: 28 * 96 }, 900);
    expect(ticks).toHaveLength(28);
    expect(ticks.every(({ kind }) => kind === "day")).toBe(true);
  });

  test("closed intervals are tinted in runs", () => {
    const open = new Uint8Array(292).fill(1);
    open.fill(0, 10, 20);
    open.fill(0, 290);
    expect(tintedSpans(grid, { first: 0, end: 292 }, open)).toEqual([
      { first: 10, end: 20 },
      { first: 290, end: 292 },
    ]);
  });

  test("without opening hours the night is tinted", () => {
    expect(tintedSpans(grid, { first: 0, end: 96 }, null)).toEqual([
      { first: 0, end: 24 },
      { first: 88, end: 96 },
    ]);
  });
});
