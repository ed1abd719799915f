import { expect, test } from "vitest";
import { createIntervalGrid } from "../../src/domain/calendar/interval-grid.ts";
import type { QueueForecast } from "../../src/domain/results/demand.ts";
import { compareWithActual } from "../../src/forecasting/forecast-accuracy.ts";

const grid = createIntervalGrid("UTC", 30, "2026-03-02", 2);
const offered = Float64Array.from({ length: 96 }, (_, index) =>
  index % 48 >= 16 && index % 48 < 36 ? 50 : 0,
);
function forecast(dayFactorVariance = 0.01): QueueForecast {
  return {
    queueId: "main",
    open: Uint8Array.from(offered, (value) => (value > 0 ? 1 : 0)),
    offered,
    offeredLower80: offered.map((value) => value * 0.8),
    offeredUpper80: offered.map((value) => value * 1.2),
    offeredLower95: offered,
    offeredUpper95: offered,
    dispersion: new Float64Array(96).fill(0.012),
    dayFactorVariance,
    ahtSeconds: new Float64Array(96).fill(240),
    model: "mean8",
    backtest: [],
    notes: [],
  };
}
const unknown = (): (number | null)[] => new Array(96).fill(null);

test("an error of level is all level, an error of shape is all shape", () => {
  const actual = unknown();
  for (let slot = 16; slot < 36; slot++) {
    actual[slot] = 40;
    actual[48 + slot] = slot < 26 ? 30 : 70;
  }
  const result = compareWithActual(grid, forecast(), actual);
  expect(result?.days.map(({ level }) => level)).toEqual([0.25, 0]);
  expect(result?.days.map(({ shape }) => shape)).toEqual([0, 0.4]);
  expect(result?.wape).toBeCloseTo((200 + 400) / 1800, 12);
  expect(result?.bias).toBeCloseTo(200 / 1800, 12);
  expect(result?.coverage80).toBe(0.5);
  expect(compareWithActual(grid, forecast(), unknown())).toBeNull();
});
