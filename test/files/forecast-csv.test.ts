import { describe, expect, test } from "vitest";
import { createIntervalGrid, intervalCount } from "../../src/domain/calendar/interval-grid.ts";
import { forecastCsv, readForecastCsv } from "../../src/files/forecast-csv.ts";
import { withOutside } from "../../src/forecasting/outside-forecast.ts";
import { applyOverrides } from "../../src/forecasting/overrides.ts";
import { smallDocument } from "../app/sample-document.ts";

const { plan } = smallDocument();
const grid = createIntervalGrid(plan.timeZone, 60, plan.firstDate, plan.dayCount);
const count = intervalCount(grid);
const series = (value: number) => new Float64Array(count).fill(value);
const model = {
  queueId: "voice",
  open: Uint8Array.from({ length: count }, (_, at) => (at % 24 >= 8 && at % 24 < 18 ? 1 : 0)),
  offered: series(20),
  offeredLower80: series(15),
  offeredUpper80: series(25),
  offeredLower95: series(12),
  offeredUpper95: series(28),
  dispersion: series(0.02),
  dayFactorVariance: 0.01,
  ahtSeconds: series(180),
  model: "mean8",
  backtest: [],
  notes: [],
};

function read(text: string) {
  return readForecastCsv(text, "other.csv", plan);
}

describe("a forecast from outside", () => {
  test("our own forecast, written and read, is the same forecast", () => {
    const outcome = read(forecastCsv({ grid, queues: [model] }));
    if (!outcome.ok) throw new Error(JSON.stringify(outcome.issues));
    expect(outcome.issues).toEqual([]);
    const taken = withOutside(grid, { ...model, offered: series(1), ahtSeconds: series(1) }, outcome.value);
    for (let interval = 0; interval < count; interval++) {
      expect(taken.offered[interval]).toBe(model.open[interval] === 1 ? 20 : 1);
      expect(taken.fromOutside?.[interval]).toBe(model.open[interval]);
    }
    expect(taken.ahtSeconds[9]).toBe(180);
  });

  test("covers what it covers: the model stands elsewhere, an interval held for closed opens, bands follow", () => {
    const outcome = read(
      "interval_start,queue,offered,aht_seconds\n2026-11-02T09:00:00+01:00,voice,50,240\n2026-11-02 10:00,voice,0,\n2026-11-02 20:00,voice,6,\n2026-11-02 21:00,voice,0,\n",
    );
    if (!outcome.ok) throw new Error(JSON.stringify(outcome.issues));
    const taken = withOutside(grid, model, outcome.value);
    expect([...taken.offered.subarray(8, 12)]).toEqual([20, 50, 0, 20]);
    expect([...taken.ahtSeconds.subarray(8, 12)]).toEqual([180, 240, 180, 180]);
    expect([taken.open[20], taken.open[21], taken.offered[20]]).toEqual([1, 0, 6]);
    expect(taken.offeredLower80[9]).toBeGreaterThan(28);
    expect(taken.offeredUpper80[9]).toBeGreaterThan(50);
    expect(taken.offeredUpper80[8]).toBe(25);
    expect(taken.baseline?.[9]).toBe(20);
    const doubled = applyOverrides(grid, taken, [
      {
        id: "override-1",
        queueId: "voice",
        fromDate: "2026-11-02",
        fromMinute: 540,
        toDate: "2026-11-02",
        toMinute: 600,
        what: "offered",
        kind: "scale",
        value: 2,
        reason: "",
      },
    ]);
    expect([doubled.offered[9], doubled.baseline?.[9]]).toEqual([100, 20]);
  });

  test("faulty rows are left out with line and column; other queues and days are counted", () => {
    const outcome = read(
      [
        "Interval_Start,queue,forecast_offered,aht_seconds,note",
        "2026-11-02 09:00,voice,5,200,",
        "2026-11-02 10:00,voice,seven,200,",
        "2026-13-02 11:00,voice,5,200,",
        "2026-11-02 12:00,voice,5,-1,",
        "2026-11-02 09:00,voice,9,200,",
        "2026-11-02 09:00,chat,9,200,",
        "2026-11-02 10:00,voice,6,200,",
        "2027-01-01 09:00,voice,9,200,",
      ].join("\r\n"),
    );
    expect(outcome.ok && outcome.value.queues).toEqual([
      {
        queueId: "voice",
        startEpochSeconds: [grid.startEpochSeconds + 9 * 3600, grid.startEpochSeconds + 10 * 3600],
        offered: [5, 6],
        ahtSeconds: [200, 200],
      },
    ]);
    expect(outcome.issues.map(({ code, line }) => [code, line])).toEqual([
      ["forecastFile.badNumber", 3],
      ["forecastFile.unparsableTime", 4],
      ["forecastFile.badNumber", 5],
      ["forecastFile.repeated", 6],
      ["forecastFile.unknownQueue", undefined],
      ["forecastFile.outsidePlan", undefined],
    ]);
  });

  test("rows that are not the plan's intervals would be wrong counts, and are refused", () => {
    const rows = (times: readonly string[]) =>
      read(`interval_start,queue,offered\n${times.map((time) => `2026-11-02 ${time},voice,5`).join("\n")}\n`);
    for (const times of [
      ["09:00", "09:30", "10:00"],
      ["08:00", "10:00", "12:00"],
      ["09:15", "10:15"],
    ]) {
      expect(rows(times).issues.map(({ code }) => code)).toEqual(["forecastFile.otherInterval"]);
    }
    expect(read("interval_start,queue\n").issues.map(({ code }) => code)).toEqual([
      "forecastFile.missingColumn",
    ]);
    expect(read("interval_start,queue,offered\n2026-11-02 09:00,chat,5\n").issues[0].code).toBe(
      "forecastFile.nothing",
    );
  });
});
