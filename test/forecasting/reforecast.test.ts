import { existsSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { createIntervalGrid } from "../../src/domain/calendar/interval-grid.ts";
import type { DayDeviation, QueueForecast } from "../../src/domain/results/demand.ts";
import { backtestIntraday } from "../../src/forecasting/backtest-intraday.ts";
import {
  createDeviationFilter,
  learnDeviation,
  stretchesOfDay,
} from "../../src/forecasting/day-deviation.ts";
import { reforecastQueue } from "../../src/forecasting/reforecast.ts";
import { importHistory } from "../../src/history/reading/import-history.ts";
import { countQuantile } from "../../src/numerics/count-distribution.ts";
import { normalQuantile } from "../../src/numerics/normal.ts";
import { randomStream } from "../../src/numerics/random.ts";

const grid = createIntervalGrid("UTC", 30, "2026-03-02", 3);
const offered = Float64Array.from({ length: 144 }, (_, index) =>
  index % 48 >= 16 && index % 48 < 36 ? 50 : 0,
);
const deviation: DayDeviation = {
  levelDeviation: 0.1,
  driftDeviation: 0.05,
  driftHours: 4,
  carryOver: 0.4,
  scatter: 0.001,
  trustByHour: new Array<number>(24).fill(1),
};
const forecast: QueueForecast = {
  queueId: "main",
  open: Uint8Array.from(offered, (value) => (value > 0 ? 1 : 0)),
  offered,
  offeredLower80: offered.map((value) => value * 0.8),
  offeredUpper80: offered.map((value) => value * 1.2),
  offeredLower95: offered.map((value) => value * 0.7),
  offeredUpper95: offered.map((value) => value * 1.3),
  dispersion: new Float64Array(144).fill(0.012),
  dayFactorVariance: 0.01,
  deviation,
  ahtSeconds: new Float64Array(144).fill(240),
  model: "mean8",
  backtest: [],
  notes: [],
};
const cameUntil = (slot: number, contacts: number) =>
  Array.from({ length: 144 }, (_, index) => (index >= 16 && index < slot ? contacts : null));

describe("a re-forecast", () => {
  test("moves the rest of the day, the more the longer the hours seen last, never beyond what they say", () => {
    const factorAfter = (hours: number) => {
      const now = 16 + 2 * hours;
      const update = reforecastQueue(grid, forecast, { offered: cameUntil(now, 60) }, now);
      return update === null ? 0 : update.restAfter / update.restBefore;
    };
    expect(factorAfter(1)).toBeGreaterThan(1.02);
    expect(factorAfter(4)).toBeGreaterThan(factorAfter(1));
    expect(factorAfter(8)).toBeLessThan(1.2);
  });

  test("is what came before now, and what is expected with narrower bands after it", () => {
    const { forecast: update } = reforecastQueue(grid, forecast, { offered: cameUntil(26, 50) }, 26) ?? {};
    expect([...(update?.offered.subarray(16, 26) ?? [])]).toEqual(new Array(10).fill(50));
    expect(update?.offered[30]).toBeCloseTo(50, 1);
    expect(update?.dispersion[20]).toBe(0);
    expect(update?.dispersion[27]).toBeLessThan(0.5 * 0.012);
    expect(update?.dispersion[35]).toBeGreaterThan(update?.dispersion[27] ?? 1);
  });

  test("goes on into the next day with the share that is carried over, and again into the one after", () => {
    const { forecast: update } = reforecastQueue(grid, forecast, { offered: cameUntil(34, 65) }, 34) ?? {};
    const logOn = (interval: number) => Math.log((update?.offered[interval] ?? 0) / 50);
    expect(logOn(48 + 20)).toBeGreaterThan(0.02);
    expect(logOn(96 + 20) / logOn(48 + 20)).toBeCloseTo(0.4, 9);
    expect(logOn(48 + 34)).toBeCloseTo(logOn(48 + 20), 9);
  });

  test("reads nothing after now, and is null where nothing came or nothing is left", () => {
    const came = cameUntil(26, 60);
    const later = came.map((contacts, index) => (index >= 26 ? 999 : contacts));
    expect(reforecastQueue(grid, forecast, { offered: later }, 26)).toEqual(
      reforecastQueue(grid, forecast, { offered: came }, 26),
    );
    expect(reforecastQueue(grid, forecast, { offered: cameUntil(0, 0) }, 26)).toBeNull();
    expect(reforecastQueue(grid, forecast, { offered: cameUntil(36, 60) }, 36)).toBeNull();
  });

  test("moves AHT by part of what the handle times so far say", () => {
    const handling = { handled: 600, handleSeconds: 600 * 300 };
    const update = reforecastQueue(grid, forecast, { offered: cameUntil(26, 60), handling }, 26);
    // 0.05² against 1 ÷ 600: three fifths of a log of 300 ÷ 240.
    expect(update?.ahtFactor).toBeCloseTo(1.25 ** 0.6, 9);
    expect(update?.forecast.ahtSeconds[30]).toBeCloseTo(240 * 1.25 ** 0.6, 9);
    expect(update?.forecast.ahtSeconds[60]).toBe(240);
  });
});

/** Days of twenty half-hours of 200 contacts that run off by a level, a drift and chance. */
function drawnDays(count: number, { levelDeviation, driftDeviation, driftHours }: DayDeviation) {
  const chance = randomStream(3, "intraday");
  const normal = () => normalQuantile(chance.uniform());
  const kept = Math.exp(-0.5 / driftHours);
  return Array.from({ length: count }, (_, day) => {
    const level = levelDeviation * normal();
    let drift = driftDeviation * normal();
    const came = Array.from({ length: 48 }, (_, slot) => {
      if (slot < 16 || slot >= 36) return null;
      drift = kept * drift + Math.sqrt(1 - kept ** 2) * driftDeviation * normal();
      return countQuantile(200 * Math.exp(level + drift), 0, chance.uniform());
    });
    return { day, came };
  });
}

describe("how days deviate", () => {
  const expected = offered.subarray(0, 48).map((value) => 4 * value);
  const cut = (came: readonly (number | null)[]) => stretchesOfDay(expected, came, 0.5);

  test("is learnt from days: a large level and a small drift are told from the reverse", () => {
    const learn = (levelDeviation: number, driftDeviation: number) =>
      learnDeviation([
        drawnDays(120, { ...deviation, levelDeviation, driftDeviation }).map(({ day, came }) => ({
          day,
          stretches: cut(came),
        })),
      ]);
    const steady = learn(0.12, 0.03);
    const drifting = learn(0.03, 0.12);
    expect(steady.levelDeviation).toBeGreaterThan(0.09);
    expect(steady.driftDeviation).toBeLessThan(0.06);
    expect(drifting.levelDeviation).toBeLessThan(0.06);
    expect(drifting.driftDeviation).toBeGreaterThan(0.09);
  });

  test("foretells the rest of such days better than their forecast and than plain scaling", () => {
    const errors = [0, 0, 0];
    for (const { came } of drawnDays(200, deviation)) {
      const soFar = came.map((contacts, slot) => (slot < 26 ? contacts : null));
      const filter = createDeviationFilter(deviation);
      for (const stretch of cut(soFar)) filter.observe(stretch);
      const ratio = soFar.reduce<number>((sum, contacts) => sum + (contacts ?? 0), 0) / 2000;
      for (let slot = 26; slot < 36; slot++) {
        const factors = [1, ratio, Math.exp(filter.at((slot + 0.5) / 2).mean)];
        for (const [k, factor] of factors.entries()) errors[k] += Math.abs(200 * factor - (came[slot] ?? 0));
      }
    }
    expect(errors[2]).toBeLessThan(0.75 * errors[0]);
    expect(errors[2]).toBeLessThan(0.99 * errors[1]);
  });
});

const bank = new URL("../../../shared/data/bank_calls_5min.csv", import.meta.url);
test.skipIf(!existsSync(bank))(
  "on the bank's last 40 open days, at 11:00 and 14:00, it beats the day's forecast and plain scaling by 5 %",
  async () => {
    const imported = await importHistory({
      source: { name: "bank", data: readFileSync(bank) },
      mapping: null,
      timeZone: "UTC",
      intervalMinutes: 30,
      queueId: "main",
    });
    if (!imported.ok) throw new Error("not read");
    for (const hour of [11, 14]) {
      const outcome = await backtestIntraday({
        history: imported.value.history,
        queues: [{ id: "main", defaultAhtSeconds: 240, openingHours: null }],
        settings: { holidays: null, specialDays: [] },
        minuteOfDay: 60 * hour,
        days: 40,
      });
      if (!outcome.ok) throw new Error("no back-test");
      const [{ days, scores }] = outcome.value;
      expect(days).toHaveLength(40);
      const [day, ratio, ours] = scores;
      for (const error of ["wape", "wapeOfRest"] as const) {
        expect(ours[error]).toBeLessThan(0.95 * day[error]);
        expect(ours[error]).toBeLessThan(0.95 * ratio[error]);
      }
      expect(ours.coverage80).toBeGreaterThan(0.76);
      expect(ours.coverage95).toBeGreaterThan(0.92);
    }
  },
);
