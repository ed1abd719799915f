import { expect, test } from "vitest";
import { createIntervalGrid } from "../../src/domain/calendar/interval-grid.ts";
import { intervalState } from "../../src/domain/results/demand.ts";
import { type DayTable, dayTable } from "../../src/forecasting/models/day-table.ts";
import { isThin, pooledWeek } from "../../src/forecasting/models/pooled-model.ts";
import { countQuantile } from "../../src/numerics/count-distribution.ts";
import { randomStream } from "../../src/numerics/random.ts";
import { forecastThinQueue, openSlotsOfWeek } from "./thin-logs.ts";

// A small part of `npm run bench:thin-queues`, whose 200 seeds say what the truth is; here each log is its own measure.
test.each([0.05, 0.2, 0.6, 1, 2, 5])(
  "a forecast keeps the contacts of queues with %d in a quarter-hour",
  async (mean) => {
    let [forecast, past] = [0, 0];
    for (let seed = 1; seed <= 8; seed++) {
      const { week, weekOfPast } = await forecastThinQueue("counts", mean, seed);
      forecast += week;
      past += weekOfPast;
    }
    expect(Math.abs(forecast / past - 1)).toBeLessThan(0.03);
  },
);

test("quarter-hours of a thin queue are pooled: no model of single ones comes as near to the truth", async () => {
  const mean = 0.2;
  const miss = (offered: Float64Array) =>
    offered.reduce((sum, contacts, interval) => {
      const slot = interval % 96;
      return sum + Math.abs(contacts - (slot >= 36 && slot < 72 ? mean : 0));
    }, 0);
  const { forecast } = await forecastThinQueue("counts", mean, 1);
  expect(forecast.model).toBe("pooled");
  // The mean of eight weeks misses by 0.64 of the contacts.
  expect(miss(forecast.offered) / (mean * openSlotsOfWeek)).toBeLessThan(0.3);
});

/** Weeks of hours, 8 to 20, with a mean per weekday and hour. */
function tableOf(weeks: number, mean: (weekday: number, hour: number) => number): DayTable {
  const grid = createIntervalGrid("UTC", 60, "2025-09-01", weeks * 7);
  const chance = randomStream(4, "pooled");
  const offered = new Float64Array(weeks * 168);
  const state = new Uint8Array(offered.length);
  for (let interval = 0; interval < offered.length; interval++) {
    const expected = mean((Math.floor(interval / 24) % 7) + 1, interval % 24);
    if (expected === 0) continue;
    state[interval] = intervalState.open;
    offered[interval] = countQuantile(expected, 0, chance.uniform());
  }
  return dayTable(grid, {
    queueId: "q",
    state,
    offered,
    handled: null,
    abandoned: null,
    handleSeconds: null,
  });
}
const weekdayTotal = (week: Float64Array, weekday: number) =>
  week.subarray(weekday * 24, weekday * 24 + 24).reduce((sum, contacts) => sum + contacts, 0);

test("where contacts allow it, pooling follows the shape of day and week", () => {
  const mean = (weekday: number, hour: number) =>
    weekday === 7 || hour < 8 || hour >= 20 ? 0 : (weekday === 1 ? 3 : 1.5) * (hour < 12 ? 2 : 1);
  const week = pooledWeek(tableOf(40, mean));
  expect(weekdayTotal(week, 1) / weekdayTotal(week, 3)).toBeCloseTo(2, 0);
  expect(week[3 * 24 + 9] / week[3 * 24 + 17]).toBeGreaterThan(1.7);
  expect(weekdayTotal(week, 7)).toBe(0);
  expect(week[3 * 24 + 7]).toBe(0);
});

test.each([
  ["flat", () => 0.1],
  ["a peak", (_: number, hour: number) => (hour === 9 ? 0.6 : 0.05)],
  ["weekends only", (weekday: number) => (weekday > 5 ? 0.3 : 0)],
  ["one hour a day", (_: number, hour: number) => (hour === 9 ? 0.5 : 0)],
  ["one weekday", (weekday: number) => (weekday === 3 ? 0.4 : 0)],
  ["a lunch break", (_: number, hour: number) => (hour === 13 ? 0 : 0.2)],
])("pooled rates add up to what came: %s", (_, mean: (weekday: number, hour: number) => number) => {
  const table = tableOf(12, (weekday, hour) => (hour < 8 || hour >= 20 ? 0 : mean(weekday, hour)));
  expect(isThin(table)).toBe(true);
  const keep = 0.5 ** (1 / 56);
  const week = pooledWeek(table);
  let [came, fitted] = [0, 0];
  for (let day = 0; day < table.dayCount; day++) {
    for (let slot = 0; slot < 24; slot++) {
      if (table.seen[day * 24 + slot] === 0) continue;
      came += keep ** (table.dayCount - 1 - day) * table.counts[day * 24 + slot];
      fitted += keep ** (table.dayCount - 1 - day) * week[table.weekdays[day] * 24 + slot];
    }
  }
  expect(fitted).toBeCloseTo(came, 9);
  expect(week.every((contacts) => contacts >= 0)).toBe(true);
});
