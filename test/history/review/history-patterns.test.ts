import { expect, test } from "vitest";
import { weekdayOf } from "../../../src/domain/calendar/clock.ts";
import { createIntervalGrid, dateOfDay, intervalCount } from "../../../src/domain/calendar/interval-grid.ts";
import { type DemandHistory, intervalState } from "../../../src/domain/results/demand.ts";
import { trendOf, weekdayProfiles } from "../../../src/history/review/history-patterns.ts";

/** Five weeks of hours 9 to 12; Mondays have three times as much; the k-th week adds k. */
function made(): DemandHistory {
  const grid = createIntervalGrid("UTC", 60, "2026-01-05", 35);
  const state = new Uint8Array(intervalCount(grid));
  const offered = new Float64Array(intervalCount(grid));
  for (let day = 0; day < grid.dayCount; day++) {
    const weekday = weekdayOf(dateOfDay(grid, day));
    if (weekday > 5) continue;
    for (let hour = 9; hour < 12; hour++) {
      state[grid.dayOffsets[day] + hour] = intervalState.open;
      offered[grid.dayOffsets[day] + hour] = (weekday === 1 ? 30 : 10) + Math.floor(day / 7);
    }
  }
  return {
    grid,
    queues: [{ queueId: "Voice", state, offered, handled: null, abandoned: null, handleSeconds: null }],
  };
}

test("the level of a week is free of its weekdays, and grows as the weeks do", () => {
  const { totals, level } = trendOf(made(), ["Voice"]);
  expect(totals.slice(0, 8)).toEqual([90, 30, 30, 30, 30, null, null, 93]);
  // Around Thursday of week k: 3 × (30 + 4 × 10) ÷ 5 + 3k.
  expect([3, 10, 17].map((day) => level[day])).toEqual([42, 45, 48]);
  expect(trendOf(made(), ["Chat"]).totals[0]).toBeNull();
});

test("a weekday's profile is the middle of its dates, its band their tenths, only of the days asked for", () => {
  const profiles = weekdayProfiles(made(), ["Voice"], { first: 0, end: 35 });
  expect(profiles.map(({ weekday, dates, meanTotal }) => [weekday, dates, meanTotal])).toEqual([
    [1, 5, 96],
    [2, 5, 36],
    [3, 5, 36],
    [4, 5, 36],
    [5, 5, 36],
  ]);
  const [monday] = profiles;
  expect([8, 9, 11, 12].map((slot) => monday.median[slot])).toEqual([null, 32, 32, null]);
  expect([monday.low[9], monday.high[9]]).toEqual([30.4, 33.6]);
  const [later] = weekdayProfiles(made(), ["Voice"], { first: 28, end: 35 });
  expect([later.dates, later.median[9]]).toEqual([1, 34]);
});
