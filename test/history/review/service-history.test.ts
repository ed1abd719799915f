import { expect, test } from "vitest";
import { weekdayOf } from "../../../src/domain/calendar/clock.ts";
import { createIntervalGrid, dateOfDay, intervalCount } from "../../../src/domain/calendar/interval-grid.ts";
import { type DemandHistory, intervalState } from "../../../src/domain/results/demand.ts";
import {
  bottlenecks,
  controlChart,
  measureOf,
  serviceRows,
} from "../../../src/history/review/service-history.ts";
import { countQuantile } from "../../../src/numerics/count-distribution.ts";
import { randomStream } from "../../../src/numerics/random.ts";

/** Half a year of hours, 09:00 to 17:00 on weekdays; what abandons is up to the test. */
function made(abandonment: (day: number, hour: number) => number): DemandHistory {
  const grid = createIntervalGrid("UTC", 60, "2026-01-05", 26 * 7);
  const count = intervalCount(grid);
  const chance = randomStream(5, "service");
  const state = new Uint8Array(count);
  const series = () => new Float64Array(count);
  const [offered, handled, abandoned, handleSeconds] = [series(), series(), series(), series()];
  for (let day = 0; day < grid.dayCount; day++) {
    if (weekdayOf(dateOfDay(grid, day)) > 5) continue;
    for (let hour = 9; hour < 17; hour++) {
      const at = grid.dayOffsets[day] + hour;
      state[at] = intervalState.open;
      offered[at] = countQuantile(100, 0, chance.uniform());
      abandoned[at] = Math.min(
        offered[at],
        countQuantile(offered[at] * abandonment(day, hour), 0, chance.uniform()),
      );
      handled[at] = offered[at] - abandoned[at];
      handleSeconds[at] = handled[at] * 200;
    }
  }
  return { grid, queues: [{ queueId: "Voice", state, offered, handled, abandoned, handleSeconds }] };
}

test("chance alone gives no signal; a bad week gives one", () => {
  const steady = controlChart(
    made(() => 0.05),
    "Voice",
    "abandonment",
  );
  expect(steady?.points.length).toBe(26);
  expect(steady?.centre).toBeCloseTo(0.05, 2);
  expect(steady?.points.filter(({ signal }) => signal)).toEqual([]);
  const bad = controlChart(
    made((day) => (day >= 70 && day < 77 ? 0.12 : 0.05)),
    "Voice",
    "abandonment",
  );
  expect(bad?.points.filter(({ signal }) => signal).map(({ week }) => week)).toEqual(["2026-03-16"]);
});

test("weeks, days and intervals add up to the same contacts, with what came of them", () => {
  const history = made(() => 0.05);
  const [queue] = history.queues;
  const handled = queue.handled ?? new Float64Array();
  const served = {
    ...history,
    queues: [
      {
        ...queue,
        waitSeconds: handled.map((contacts) => contacts * 12),
        inTime: { seconds: 20, contacts: handled.map((contacts) => contacts * 0.9) },
      },
    ],
  };
  for (const [by, count] of [
    ["week", 26],
    ["day", 130],
    ["interval", 1040],
  ] as const) {
    const rows = serviceRows(served, "Voice", by);
    expect(rows.length).toBe(count);
    const offered = rows.reduce((sum, row) => sum + row.offered, 0);
    expect(offered).toBe(queue.offered.reduce((sum, value) => sum + value, 0));
    expect(measureOf(rows[0], "asa")).toBeCloseTo(12, 9);
    expect(measureOf(rows[0], "aht")).toBeCloseTo(200, 9);
    const [row] = rows;
    expect(measureOf(row, "serviceLevel")).toBeCloseTo((0.9 * (row.handled ?? 0)) / row.offered, 9);
  }
  expect(serviceRows(served, "Voice", "week")[0].redials).toBeNull();
  expect(measureOf(serviceRows(history, "Voice", "day")[0], "serviceLevel")).toBeNull();
  expect(controlChart(served, "Voice", "asa")?.centre).toBeCloseTo(12, 9);
  expect(controlChart(served, "Voice", "serviceLevel")?.points.length).toBe(26);
  expect(controlChart(history, "Voice", "serviceLevel")).toBeNull();
});

test("a measure the history does not hold has no chart", () => {
  const history = made(() => 0.05);
  const [queue] = history.queues;
  expect(
    controlChart({ ...history, queues: [{ ...queue, abandoned: null }] }, "Voice", "abandonment"),
  ).toBeNull();
  expect(
    controlChart({ ...history, queues: [{ ...queue, handleSeconds: null }] }, "Voice", "aht"),
  ).toBeNull();
  expect(controlChart(history, "Voice", "aht")?.centre).toBeCloseTo(200, 9);
});

test("the hours that lose contacts are found, the worst first, with what they cost", () => {
  const history = made((day, hour) => (day % 7 === 0 && hour === 10 ? 0.2 : hour === 16 ? 0.1 : 0.02));
  const found = bottlenecks(history, () => 0.05);
  expect(found[0]).toMatchObject({ queueId: "Voice", weekday: 1, hour: 10, weeks: 26, weeksAbove: 26 });
  expect(found[0].lost / (26 * 100 * 0.15)).toBeCloseTo(1, 1);
  expect(new Set(found.slice(1).map(({ hour }) => hour))).toEqual(new Set([16]));
  expect(found.length).toBe(6);
});
