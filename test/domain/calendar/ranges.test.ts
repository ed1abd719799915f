import { expect, it } from "vitest";
import { createIntervalGrid } from "../../../src/domain/calendar/interval-grid.ts";
import { intervalsOfDays } from "../../../src/domain/calendar/ranges.ts";

it("counts the intervals of a day that has 23 hours", () => {
  const grid = createIntervalGrid("Europe/Berlin", 60, "2026-03-28", 3);
  expect(intervalsOfDays(grid, { first: 1, end: 2 })).toEqual({ first: 24, end: 47 });
  expect(intervalsOfDays(grid, { first: 0, end: 3 })).toEqual({ first: 0, end: 71 });
});
