import { existsSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { addDays } from "../../src/domain/calendar/clock.ts";
import { createIntervalGrid } from "../../src/domain/calendar/interval-grid.ts";
import { intervalState } from "../../src/domain/results/demand.ts";
import { forecastDemand } from "../../src/forecasting/forecast-demand.ts";
import { type DayTable, dayTable } from "../../src/forecasting/models/day-table.ts";
import { isThin, pooledWeek } from "../../src/forecasting/models/pooled-model.ts";
import { importHistory } from "../../src/history/reading/import-history.ts";
import { countQuantile } from "../../src/numerics/count-distribution.ts";
import { randomStream } from "../../src/numerics/random.ts";
import { forecastThinQueue, openSlotsOfWeek } from "./thin-logs.ts";

// A small part of `npm run bench:thin-queues`, whose 200 seeds say what the truth is; here each log is its own measure.
test.each([0.05, 0.2, 0.6, 1, 2, 5])(
  "a forecast keeps the contacts of queues with %d in a quarter-hour",
  async (mean) => {
    let [forecast, past] = [0, 0];
    for (let seed = 1; seed <= 5; seed++) {
      const { week, weekOfPast } = await forecastThinQueue("counts", mean, seed);
      forecast += week;
      past += weekOfPast;
    }
    expect(Math.abs(forecast / past - 1)).toBeLessThan(0.03);
  },
);

test.each(
  (["noughtsWritten", "noughtsLeftOut", "contactLog"] as const).flatMap((source) =>
    [0.1, 1].map((mean) => [source, mean] as const),
  ),
)("a file keeps them too: %s, %d in a quarter-hour", async (source, mean) => {
  let [forecast, past] = [0, 0];
  for (let seed = 1; seed <= 4; seed++) {
    const { week, weekOfPast } = await forecastThinQueue(source, mean, seed);
    forecast += week;
    past += weekOfPast;
  }
  expect(Math.abs(forecast / past - 1)).toBeLessThan(0.03);
});

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
  // The level of so few contacts looks back as far as the shape does.
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

test("the level of a thin queue follows a change as soon as chance allows", () => {
  const table = (mean: number, change: number) => {
    const whole = tableOf(16, () => mean);
    for (let cell = 14 * 7 * 24; cell < whole.counts.length; cell++) whole.counts[cell] *= change;
    return whole;
  };
  const weekOf = (of: DayTable) => pooledWeek(of).reduce((sum, contacts) => sum + contacts, 0);
  // Two weeks of 168 hours: half the weight at four contacts an hour, a fifth at a tenth.
  const many = weekOf(table(4, 2)) / (4 * 168);
  const few = weekOf(table(0.1, 2)) / (0.1 * 168);
  expect(many).toBeGreaterThan(1.4);
  expect(few).toBeLessThan(1.35);
});

/** Contacts a week of each queue of a log: forecast, and as the file has them. */
async function weeksOfQueues(
  text: Uint8Array,
  intervalMinutes: 15 | 30 | 60,
): Promise<Map<string, { forecast: number; past: number }>> {
  const source = { name: "log.csv", data: text };
  const imported = await importHistory({
    source,
    mapping: null,
    timeZone: "UTC",
    intervalMinutes,
    queueId: "main",
  });
  if (!imported.ok) throw new Error(JSON.stringify(imported.issues));
  const { history } = imported.value;
  const outcome = await forecastDemand({
    history,
    queues: history.queues.map(({ queueId }) => ({
      id: queueId,
      defaultAhtSeconds: 240,
      openingHours: null,
    })),
    firstDate: addDays(history.grid.firstDate, history.grid.dayCount),
    dayCount: 7,
    settings: { model: "auto", holidays: null, specialDays: [], overrides: [] },
    timed: false,
  });
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.issues));
  const sum = (values: Float64Array) => values.reduce((total, value) => total + value, 0);
  return new Map(
    outcome.value.queues.map(({ queueId, offered }, index) => [
      queueId,
      { forecast: sum(offered), past: (7 * sum(history.queues[index].offered)) / history.grid.dayCount },
    ]),
  );
}

const realLog = "../shared/data/failing/03b_real_log_five_queues.csv";
test.runIf(existsSync(realLog)).each([15, 30, 60] as const)(
  "the real log of five queues keeps each queue's week, in intervals of %d minutes",
  async (intervalMinutes) => {
    const queues = await weeksOfQueues(readFileSync(realLog), intervalMinutes);
    expect(queues.size).toBe(5);
    for (const { forecast, past } of queues.values()) expect(Math.abs(forecast / past - 1)).toBeLessThan(0.1);
  },
);

/** A month of a log as that one is: queues with some contacts an hour, of the same hours but for one. */
function logOfQueues(
  perHour: Readonly<Record<string, number>>,
  hours: (queue: string) => readonly [number, number],
): Uint8Array {
  const chance = randomStream(12, "log");
  const rows: string[] = [];
  for (let day = 0; day < 31; day++) {
    for (const [queue, mean] of Object.entries(perHour)) {
      const [open, close] = hours(queue);
      for (let hour = open; hour < close; hour++) {
        for (let left = countQuantile(mean, 0, chance.uniform()); left > 0; left--) {
          const [minute, second] = [60, 60].map((length) =>
            String(Math.floor(length * chance.uniform())).padStart(2, "0"),
          );
          rows.push(
            `${addDays("2026-01-01", day)} ${String(hour).padStart(2, "0")}:${minute}:${second},${queue},answered,240`,
          );
        }
      }
    }
  }
  return new TextEncoder().encode(`Call Start,Queue,Outcome,Talk Time\n${rows.sort().join("\n")}\n`);
}

test.each([
  ["alike", { a: 1.3, b: 1.2, c: 1.4 }, () => [9, 18] as const],
  ["very thin beside busy", { thin: 0.3, busy: 12 }, () => [9, 18] as const],
  [
    "other hours",
    { day: 1.2, night: 0.8 },
    (queue: string) => (queue === "day" ? ([8, 16] as const) : ([14, 23] as const)),
  ],
  ["round the clock", { all: 0.5, half: 0.25 }, () => [0, 24] as const],
  [
    "one hour a day",
    { short: 3, long: 1 },
    (queue: string) => (queue === "short" ? ([12, 13] as const) : ([8, 18] as const)),
  ],
])("logs of thin queues keep each queue's week: %s", async (_, perHour: Record<string, number>, hours) => {
  for (const { forecast, past } of (await weeksOfQueues(logOfQueues(perHour, hours), 15)).values())
    expect(Math.abs(forecast / past - 1)).toBeLessThan(0.1);
});
