import { existsSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { addDays, isLocalDate, weekdayOf } from "../../src/domain/calendar/clock.ts";
import {
  clockSlots,
  createIntervalGrid,
  dateOfDay,
  intervalCount,
} from "../../src/domain/calendar/interval-grid.ts";
import type { ForecastOverride, ForecastSettings } from "../../src/domain/plan/forecast-settings.ts";
import { type DemandHistory, intervalState } from "../../src/domain/results/demand.ts";
import { backtestDemand } from "../../src/forecasting/backtest-demand.ts";
import { type ForecastInput, forecastDemand } from "../../src/forecasting/forecast-demand.ts";
import { datesOf } from "../../src/forecasting/holidays/holiday-dates.ts";
import { holidayRegions, specialDaysOf } from "../../src/forecasting/holidays/public-holidays.ts";
import { importHistory } from "../../src/history/reading/import-history.ts";
import { countQuantile } from "../../src/numerics/count-distribution.ts";
import { randomStream } from "../../src/numerics/random.ts";

interface Recipe {
  readonly days: number;
  readonly firstDate?: string;
  readonly timeZone?: string;
  /** Mean contacts of a half-hour; 0 is closed. */
  readonly mean: (date: string, slot: number, day: number) => number;
  /** Draw counts instead of taking the means, with this φ. */
  readonly dispersion?: number;
  readonly aht?: (slot: number) => number;
}

function madeHistory(recipe: Recipe): DemandHistory {
  const grid = createIntervalGrid(
    recipe.timeZone ?? "UTC",
    30,
    recipe.firstDate ?? "2025-01-06",
    recipe.days,
  );
  const count = intervalCount(grid);
  const slots = clockSlots(grid);
  const state = new Uint8Array(count);
  const offered = new Float64Array(count);
  const handleSeconds = new Float64Array(count);
  const chance = randomStream(7, "history");
  for (let day = 0; day < grid.dayCount; day++) {
    const date = dateOfDay(grid, day);
    for (let interval = grid.dayOffsets[day]; interval < grid.dayOffsets[day + 1]; interval++) {
      const mean = recipe.mean(date, slots[interval], day);
      if (mean <= 0) continue;
      state[interval] = intervalState.open;
      offered[interval] =
        recipe.dispersion === undefined ? mean : countQuantile(mean, recipe.dispersion, chance.uniform());
      handleSeconds[interval] = offered[interval] * (recipe.aht?.(slots[interval]) ?? 0);
    }
  }
  const handled = recipe.aht === undefined ? null : offered;
  return {
    grid,
    queues: [
      {
        queueId: "main",
        state,
        offered,
        handled,
        abandoned: null,
        handleSeconds: handled === null ? null : handleSeconds,
      },
    ],
  };
}

const plain: ForecastSettings = { model: "auto", holidays: null, specialDays: [], overrides: [] };

function ask(
  history: DemandHistory,
  change: Partial<ForecastInput> = {},
  settings: Partial<ForecastSettings> = {},
): ForecastInput {
  return {
    history,
    queues: [{ id: "main", defaultAhtSeconds: 240, openingHours: null }],
    firstDate: addDays(history.grid.firstDate, history.grid.dayCount),
    dayCount: 28,
    settings: { ...plain, ...settings },
    timed: false,
    ...change,
  };
}

async function forecast(
  history: DemandHistory,
  change: Partial<ForecastInput> = {},
  settings: Partial<ForecastSettings> = {},
) {
  const outcome = await forecastDemand(ask(history, change, settings));
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.issues));
  return outcome.value.queues[0];
}

const open8to18 = (slot: number) => slot >= 16 && slot < 36;
const shape = (slot: number) => (open8to18(slot) ? 40 + 25 * Math.sin(((slot - 16) / 20) * Math.PI) : 0);
const weekly = (date: string, slot: number) =>
  weekdayOf(date) <= 5 ? shape(slot) * (1.2 - 0.08 * weekdayOf(date)) : 0;

describe("the forecast", () => {
  test("repeats a week that always repeats, keeps the weekend closed, and says so with every model", async () => {
    const history = madeHistory({ days: 112, mean: weekly });
    for (const model of ["seasonalNaive", "mean8", "median6", "structuralWeekday"]) {
      const result = await forecast(history, {}, { model });
      const { grid } = history;
      for (let day = 0; day < 28; day++) {
        for (let slot = 0; slot < 48; slot++) {
          const expected = weekly(addDays(addDays(grid.firstDate, 112), day), slot);
          const interval = day * 48 + slot;
          expect(result.open[interval]).toBe(expected > 0 ? 1 : 0);
          expect(Math.abs(result.offered[interval] - expected)).toBeLessThan(0.01 * expected + 1e-9);
        }
      }
    }
  });

  test("follows the start of the month and the day after a closure, which means of weekdays cannot", async () => {
    const closed = new Set([
      "2025-02-17",
      "2025-04-21",
      "2025-05-26",
      "2025-07-04",
      "2025-09-01",
      "2025-10-13",
    ]);
    const mean = (date: string, slot: number) => {
      if (closed.has(date)) return 0;
      const first = +date.slice(8) <= 3 ? 1.35 : 1;
      const after =
        closed.has(addDays(date, -1)) || (weekdayOf(date) === 1 && closed.has(addDays(date, -3))) ? 1.3 : 1;
      return weekly(date, slot) * first * after;
    };
    const result = await forecast(madeHistory({ days: 330, mean, dispersion: 0.002 }));
    expect(result.model).toBe("structuralCalendar");
    const errors = new Map(result.backtest.map(({ model, wape }) => [model, wape]));
    expect(errors.get("structuralCalendar")).toBeLessThan(0.9 * (errors.get("mean8") ?? 0));
  });

  test("two weeks of history are enough for a forecast, with a word on why it is a plain one", async () => {
    const result = await forecast(madeHistory({ days: 14, mean: weekly }));
    expect(result.model).toBe("mean8");
    expect(result.notes).toEqual([
      expect.objectContaining({
        code: "forecast.tooLittleHistory",
        values: expect.objectContaining({ weeks: 1 }),
      }),
    ]);
    expect(result.offered[20]).toBeGreaterThan(0);
  });

  test("bands hold what they promise on counts with a known spread", async () => {
    const history = madeHistory({ days: 400, mean: weekly, dispersion: 0.01 });
    const result = await forecast(history);
    const chosen = result.backtest.find((score) => score.chosen);
    expect(chosen?.coverage80).toBeGreaterThan(0.77);
    expect(chosen?.coverage80).toBeLessThan(0.87);
    expect(chosen?.coverage95).toBeGreaterThan(0.92);
    expect(chosen?.coverage95).toBeLessThan(0.98);
    expect(result.dispersion[20]).toBeGreaterThan(0.006);
    expect(result.dispersion[20]).toBeLessThan(0.016);
  });

  test("AHT is learnt by time of day where the history has it, and the queue's own where not", async () => {
    const aht = (slot: number) => (slot < 26 ? 200 : 260);
    const learnt = await forecast(madeHistory({ days: 84, mean: weekly, aht }));
    expect(learnt.ahtSeconds[18]).toBeGreaterThan(198);
    expect(learnt.ahtSeconds[18]).toBeLessThan(204);
    expect(learnt.ahtSeconds[30]).toBeGreaterThan(255);
    const given = await forecast(madeHistory({ days: 84, mean: weekly }));
    expect(given.ahtSeconds[30]).toBe(240);
  });

  test("the 25-hour day has its repeated hour twice", async () => {
    const night = (_: string, slot: number) => 10 + slot;
    const history = madeHistory({
      days: 83,
      firstDate: "2025-08-04",
      timeZone: "Europe/Berlin",
      mean: night,
    });
    const result = await forecast(history, { firstDate: "2025-10-26", dayCount: 1 }, { model: "mean4" });
    expect(result.offered.length).toBe(50);
    expect([...result.offered.subarray(4, 8)]).toEqual([14, 15, 14, 15]);
  });

  test("the same input gives the same bytes, and only days before the first forecast day are learnt from", async () => {
    const history = madeHistory({ days: 140, mean: weekly, dispersion: 0.01 });
    const middle = { firstDate: addDays(history.grid.firstDate, 112) };
    const [one, two] = [await forecast(history, middle), await forecast(history, middle)];
    expect(two).toEqual(one);
    const changed = structuredClone(history);
    changed.queues[0].offered.fill(999, 112 * 48);
    expect(await forecast(changed, middle)).toEqual(one);
  });

  test("a missing stretch and an excluded day do not pull the forecast down", async () => {
    const history = madeHistory({ days: 112, mean: weekly });
    const { state, offered } = history.queues[0];
    for (let interval = 105 * 48 + 20; interval < 105 * 48 + 30; interval++) {
      state[interval] = intervalState.missing;
      offered[interval] = 0;
    }
    for (let interval = 106 * 48; interval < 107 * 48; interval++) {
      if (state[interval] === intervalState.open) state[interval] = intervalState.excluded;
      offered[interval] = 0;
    }
    const result = await forecast(history, {}, { model: "structuralWeekday" });
    const monday = weekly("2025-01-06", 25);
    expect(Math.abs(result.offered[25] - monday)).toBeLessThan(0.01 * monday);
  });

  test("hopeless asks are answered with a reason", async () => {
    const history = madeHistory({ days: 28, mean: weekly });
    const codes = async (change: Partial<ForecastInput>, settings: Partial<ForecastSettings> = {}) =>
      (await forecastDemand(ask(history, change, settings))).issues.map(({ code }) => code);
    expect(await codes({ firstDate: history.grid.firstDate })).toEqual(["forecast.noHistory"]);
    expect(await codes({ queues: [{ id: "other", defaultAhtSeconds: 1, openingHours: null }] })).toEqual([
      "forecast.noHistory",
    ]);
    expect(await codes({ queues: [{ id: "main", defaultAhtSeconds: null, openingHours: null }] })).toEqual([
      "forecast.noAht",
    ]);
    const contactsOnly = await forecastDemand(
      ask(history, {
        queues: [{ id: "main", defaultAhtSeconds: null, openingHours: null }],
        ahtOptional: true,
      }),
    );
    expect(contactsOnly.ok && contactsOnly.value.queues[0].ahtKnown).toBe(false);
    expect(contactsOnly.ok && contactsOnly.value.queues[0].ahtSeconds.every((aht) => aht === 0)).toBe(true);
    expect(await codes({}, { holidays: "XX" })).toEqual(["forecast.unknownHolidays"]);
    expect(await codes({}, { model: "crystalBall" })).toEqual(["forecast.unknownModel"]);
  });

  test("progress carries a whole forecast that Stop can keep", async () => {
    const history = madeHistory({ days: 140, mean: weekly });
    const partials: number[] = [];
    await forecastDemand(ask(history), ({ partial }) => {
      partials.push(partial?.queues[0].offered[20] ?? -1);
    });
    expect(partials[0]).toBeGreaterThan(0);
  });
});

describe("what a planner knows better", () => {
  const history = madeHistory({ days: 112, mean: weekly });
  const stretch: ForecastOverride = {
    id: "1",
    queueId: "main",
    fromDate: "2025-04-28",
    fromMinute: 600,
    toDate: "2025-04-28",
    toMinute: 720,
    what: "offered",
    kind: "scale",
    value: 1.5,
    reason: "campaign",
  };
  const inside = (slot: number) => slot >= 20 && slot < 24;

  test("an override changes its stretch and nothing else, and the model's own figure is kept", async () => {
    const plainOne = await forecast(history);
    const result = await forecast(history, {}, { overrides: [stretch] });
    expect(result.baseline).toEqual(plainOne.offered);
    for (let slot = 0; slot < 48; slot++) {
      expect(result.offered[slot]).toBeCloseTo(plainOne.offered[slot] * (inside(slot) ? 1.5 : 1), 9);
    }
    expect(result.offeredUpper80[21]).toBeGreaterThan(plainOne.offeredUpper80[21]);
    expect(result.offered.subarray(48)).toEqual(plainOne.offered.subarray(48));
  });

  test("set and add speak of the stretch as a whole and keep its shape; AHT of every interval", async () => {
    const plainOne = await forecast(history);
    const sum = (values: Float64Array) => values.subarray(20, 24).reduce((total, value) => total + value, 0);
    const set = await forecast(history, {}, { overrides: [{ ...stretch, kind: "set", value: 400 }] });
    expect(sum(set.offered)).toBeCloseTo(400, 9);
    expect(set.offered[20] / set.offered[23]).toBeCloseTo(plainOne.offered[20] / plainOne.offered[23], 9);
    const add = await forecast(history, {}, { overrides: [{ ...stretch, kind: "add", value: 40 }] });
    expect(sum(add.offered)).toBeCloseTo(sum(plainOne.offered) + 40, 9);
    const aht = await forecast(
      history,
      {},
      { overrides: [{ ...stretch, what: "aht", kind: "set", value: 300 }] },
    );
    expect([...aht.ahtSeconds.subarray(19, 25)]).toEqual([240, 300, 300, 300, 300, 240]);
  });

  test("a special day's measured effect comes back with its name, a set one takes its place, a closed one is closed", async () => {
    const campaign = ["2025-01-21", "2025-02-18", "2025-03-18", "2025-04-15"];
    const busy = madeHistory({
      days: 112,
      dispersion: 0.001,
      mean: (date, slot) => weekly(date, slot) * (campaign.includes(date) ? 1.4 : 1),
    });
    const day = {
      id: "c",
      name: "Campaign",
      dates: [...campaign, "2025-05-06"],
      closed: false,
      effect: null,
    };
    const total = async (specialDays: ForecastSettings["specialDays"]) => {
      const { offered, open } = await forecast(busy, {}, { model: "structuralClosures", specialDays });
      expect(open.length).toBe(28 * 48);
      return offered.subarray(8 * 48, 9 * 48).reduce((sum, value) => sum + value, 0);
    };
    const usual = await total([{ ...day, dates: campaign }]);
    expect((await total([day])) / usual).toBeGreaterThan(1.3);
    expect((await total([day])) / usual).toBeLessThan(1.45);
    expect((await total([{ ...day, effect: 2 }])) / usual).toBeCloseTo(2, 6);
    expect(await total([{ ...day, dates: ["2025-05-06"], closed: true }])).toBe(0);
  });
});

describe("public holidays", () => {
  test("regions differ where they should", async () => {
    const dates = async (region: string, year: number) => {
      const outcome = await specialDaysOf(
        { holidays: region, specialDays: [] },
        `${year}-01-01`,
        `${year}-12-31`,
      );
      return outcome.ok ? outcome.value.map(({ date }) => date) : [];
    };
    expect(await dates("DE-BY", 2026)).toContain("2026-01-06");
    expect(await dates("DE-HH", 2026)).not.toContain("2026-01-06");
    expect(await dates("GB-ENG", 2026)).toContain("2026-08-31");
    expect(await dates("US", 2026)).toContain("2026-11-26");
    expect(await dates("CN", 2026)).toContain("2026-02-20");
  });

  // Easter: the Book of Common Prayer's table; the others: the laws' own wording, looked up in printed calendars.
  test("rules name the dates of almanacs", () => {
    expect(datesOf("easter+0/2000-2002")).toEqual(["2000-04-23", "2001-04-15", "2002-03-31"]);
    expect(datesOf("easter+0/2038-2038")).toEqual(["2038-04-25"]);
    expect(datesOf("11-4#4/2024-2026")).toEqual(["2024-11-28", "2025-11-27", "2026-11-26"]);
    expect(datesOf("05-1#-1/2026-2027")).toEqual(["2026-05-25", "2027-05-31"]);
    expect(datesOf("02-1#-1/2026-2026")).toEqual(["2026-02-23"]);
    expect(datesOf("2025-12-31x2 12-25/-1999")).toEqual(["2025-12-31", "2026-01-01", "1999-12-25"]);
    expect(datesOf("07-04").length).toBe(37);
    expect(() => datesOf("tomorrow")).toThrow(RangeError);
  });

  test("every file's rules are dates that exist, for regions it knows", async () => {
    for (const region of holidayRegions) {
      const outcome = await specialDaysOf({ holidays: region, specialDays: [] }, "1999-01-01", "2035-12-31");
      if (!outcome.ok) throw new Error(region);
      expect(outcome.value.filter(({ date }) => !isLocalDate(date))).toEqual([]);
      expect(outcome.value.length).toBeGreaterThan(37 * (region === "CN" ? 5 : 3));
    }
  });

  // Sums of the notices themselves (共3天 …): 国办发明电〔2021〕11号, 〔2022〕16号, 〔2023〕7号, 〔2024〕12号, 4 November 2025.
  test("China's holidays are those of the notices, and say where notices end", async () => {
    const year = async (first: string, last: string) => {
      const outcome = await specialDaysOf({ holidays: "CN", specialDays: [] }, first, last);
      if (!outcome.ok) throw new Error("CN");
      const working = outcome.value.filter(({ closed }) => closed === false).length;
      return [outcome.value.length - working, working, outcome.issues.map(({ code }) => code)];
    };
    expect(await year("2022-01-01", "2022-12-30")).toEqual([3 + 7 + 3 + 5 + 3 + 3 + 7, 7, []]);
    expect(await year("2022-12-31", "2023-12-31")).toEqual([3 + 7 + 1 + 5 + 3 + 8, 7, []]);
    expect(await year("2024-01-01", "2024-12-31")).toEqual([1 + 8 + 3 + 5 + 1 + 3 + 7, 8, []]);
    expect(await year("2025-01-01", "2025-12-31")).toEqual([1 + 8 + 3 + 5 + 3 + 8, 5, []]);
    expect(await year("2026-01-01", "2026-12-31")).toEqual([3 + 9 + 3 + 5 + 3 + 3 + 7, 6, []]);
    expect((await year("2026-12-01", "2027-02-28"))[2]).toEqual(["forecast.holidaysExpected"]);
  });
});

const bank = new URL("../../../shared/data/bank_calls_5min.csv", import.meta.url);
describe.skipIf(!existsSync(bank))("BANK-30 (skipped without ../shared/data)", () => {
  test("the yardsticks of the protocol come out, and auto beats the best method found in R", async () => {
    const imported = await importHistory({
      source: { name: "bank", data: readFileSync(bank) },
      mapping: null,
      timeZone: "UTC",
      intervalMinutes: 30,
      queueId: "main",
    });
    if (!imported.ok) throw new Error("not read");
    const { history } = imported.value;
    for (const { weeks, naive, limit } of [
      { weeks: 1, naive: 8.16, limit: 5.1 },
      { weeks: 4, naive: 8.65, limit: 5.5 },
    ]) {
      const outcome = await backtestDemand({
        history,
        queues: [{ id: "main", defaultAhtSeconds: null, openingHours: null }],
        settings: { holidays: null, specialDays: [] },
        weeks,
        origins: { from: "2003-06-02", until: null },
        timed: false,
      });
      if (!outcome.ok) throw new Error("no back-test");
      const [{ scores }] = outcome.value;
      const wape = (name: string) => 100 * (scores.find(({ model }) => model === name)?.wape ?? Number.NaN);
      expect(wape("seasonalNaive")).toBeCloseTo(naive, 2);
      expect(wape("auto")).toBeLessThan(limit);
      const auto = scores.find(({ model }) => model === "auto");
      expect(auto?.coverage80).toBeGreaterThan(0.77);
      expect(auto?.coverage80).toBeLessThan(0.85);
      expect(auto?.coverage95).toBeGreaterThan(0.92);
      expect(auto?.coverage95).toBeLessThan(0.97);
    }
  });

  test("on the Israeli bank auto is at least ten percent below the best simple mean of the same origins", async () => {
    const imported = await importHistory({
      source: { name: "bank", data: readFileSync(new URL("anonymous_bank_1999_6min.csv", bank)) },
      mapping: null,
      timeZone: "Asia/Jerusalem",
      intervalMinutes: 30,
      queueId: "main",
    });
    if (!imported.ok) throw new Error("not read");
    const outcome = await backtestDemand({
      history: imported.value.history,
      queues: [{ id: "main", defaultAhtSeconds: null, openingHours: null }],
      settings: { holidays: null, specialDays: [] },
      weeks: 1,
      // After the first quarter, which the models learn from.
      origins: { from: "1999-04-04", until: null },
      timed: false,
    });
    if (!outcome.ok) throw new Error("no back-test");
    const wape = (name: string) =>
      outcome.value[0].scores.find(({ model }) => model === name)?.wape ?? Number.NaN;
    expect(wape("auto")).toBeLessThan(0.9 * Math.min(wape("mean4"), wape("mean6"), wape("mean8")));
  });
});
