import { expect, test } from "vitest";
import { createIntervalGrid } from "../../../src/domain/calendar/interval-grid.ts";
import { shiftCandidates } from "../../../src/rostering/problem/shift-candidates.ts";
import { rest, template } from "../../scheduling/small-plans.ts";

const night = template("night", {
  earliestStartMinute: 1320,
  latestStartMinute: 1320,
  lengthsMinutes: [480],
  breaks: [rest("meal", 30, 180, 180)],
});

/** Hours of the candidates from 22:00 of each date, of which 24 October 2026 has the night in which clocks go back. */
function hoursByDate(overClockChange?: "keepsLength" | "keepsEnd") {
  const grid = createIntervalGrid("Europe/Berlin", 30, "2026-10-22", 5);
  const shifts = shiftCandidates(grid, [{ ...night, overClockChange }], ["all"]);
  return Object.fromEntries(
    shifts.map(({ date, startMinute, endMinute }) => [date, (endMinute - startMinute) / 60]),
  );
}

test("a candidate over a clock change keeps its length", () => {
  expect(hoursByDate()).toMatchObject({ "2026-10-22": 8, "2026-10-24": 8 });
  expect(hoursByDate("keepsLength")).toEqual(hoursByDate());
});

test("or its end on the clock, where its template says so", () => {
  expect(hoursByDate("keepsEnd")).toMatchObject({ "2026-10-22": 8, "2026-10-24": 9 });
});
