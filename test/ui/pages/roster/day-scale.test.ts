import { describe, expect, test } from "vitest";
import { createIntervalGrid, intervalAt } from "../../../../src/domain/calendar/interval-grid.ts";
import { hourMarks } from "../../../../src/ui/pages/roster/day-scale.ts";
import { barLeft } from "../../../../src/ui/pages/roster/row-html.ts";

const dayWidth = 960;

/** Where the mark of a clock time stands on the axis, in pixels. */
function markAt(grid: ReturnType<typeof createIntervalGrid>, clockMinute: number, everyHours: number) {
  const marks = hourMarks(grid, 0, everyHours);
  const before = marks.slice(
    0,
    marks.findIndex((mark) => mark.clockMinute === clockMinute),
  );
  const all = marks.reduce((sum, { minutes }) => sum + minutes, 0);
  return (before.reduce((sum, { minutes }) => sum + minutes, 0) / all) * dayWidth;
}

describe.each([
  ["of 25 hours", "2026-10-25", 25],
  ["of 23 hours", "2026-03-29", 23],
  ["of 24 hours", "2026-11-02", 24],
] as const)("a day %s", (_, date, hours) => {
  const grid = createIntervalGrid("Europe/Berlin", 15, date, 1);

  test.each([1, 2, 6])("has marks every %i hours that fill it", (every) => {
    const marks = hourMarks(grid, 0, every);
    expect(marks.reduce((sum, { minutes }) => sum + minutes, 0)).toBe(hours * 60);
    expect(marks[0].clockMinute).toBe(0);
  });

  test.each([6, 7, 12, 22])("has a bar that starts at %i:00 under the mark of that hour", (hour) => {
    const index = intervalAt(grid, date, hour * 60);
    expect(barLeft(grid, 0, dayWidth, (index ?? 0) * 15)).toBeCloseTo(markAt(grid, hour * 60, 1), 6);
  });
});

test("the hour that comes twice has two marks, the one that is skipped has none", () => {
  const clock = (date: string) =>
    hourMarks(createIntervalGrid("Europe/Berlin", 15, date, 1), 0, 1)
      .slice(0, 5)
      .map(({ clockMinute }) => clockMinute / 60);
  expect(clock("2026-10-25")).toEqual([0, 1, 2, 2, 3]);
  expect(clock("2026-03-29")).toEqual([0, 1, 3, 4, 5]);
});
