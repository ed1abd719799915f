import { describe, expect, test } from "vitest";
import { addDays, daysBetween } from "../../../src/domain/calendar/clock.ts";
import { createIntervalGrid } from "../../../src/domain/calendar/interval-grid.ts";
import { intervalState } from "../../../src/domain/results/demand.ts";
import { forecastDemand } from "../../../src/forecasting/forecast-demand.ts";
import {
  committedDecisions,
  generatedCountries,
  holidayRows,
  rulesFor,
} from "../../../src/forecasting/holidays/generate-regions.ts";
import { datesOf } from "../../../src/forecasting/holidays/holiday-dates.ts";
import { holidayRegions, specialDaysOf } from "../../../src/forecasting/holidays/public-holidays.ts";

/** Holidays of a region between two dates, part-day ones marked. */
async function holidays(region: string, first: string, last: string): Promise<string[]> {
  const outcome = await specialDaysOf({ holidays: region, specialDays: [] }, first, last);
  if (!outcome.ok) throw new Error(region);
  return outcome.value.map(({ date, partOfDay }) => (partOfDay ? `${date} half` : date));
}

/** What a calendar must say: between two dates exactly these days of the month and year. */
type Case = readonly [region: string, first: string, last: string, days: readonly string[]];

describe("holidays by law", () => {
  test.each<Case>([
    ["TR", "2026-03-15", "2026-03-31", ["2026-03-19 half", "2026-03-20", "2026-03-21", "2026-03-22"]],
    [
      "TR",
      "2026-05-20",
      "2026-06-05",
      ["2026-05-26 half", "2026-05-27", "2026-05-28", "2026-05-29", "2026-05-30"],
    ],
    ["TR", "2024-04-01", "2024-04-20", ["2024-04-09 half", "2024-04-10", "2024-04-11", "2024-04-12"]],
    [
      "TR",
      "2025-06-01",
      "2025-06-15",
      ["2025-06-05 half", "2025-06-06", "2025-06-07", "2025-06-08", "2025-06-09"],
    ],
    ["TR", "2025-10-01", "2025-10-31", ["2025-10-28 half", "2025-10-29"]],
    ["TR", "2016-07-10", "2016-07-20", []],
    ["KR", "2026-09-01", "2026-09-30", ["2026-09-24", "2026-09-25", "2026-09-26"]],
    ["KR", "2026-02-01", "2026-02-28", ["2026-02-16", "2026-02-17", "2026-02-18"]],
    ["KR", "2025-01-20", "2025-02-05", ["2025-01-27", "2025-01-28", "2025-01-29", "2025-01-30"]],
    ["KR", "2027-02-01", "2027-02-28", ["2027-02-06", "2027-02-07", "2027-02-08", "2027-02-09"]],
    [
      "KR",
      "2025-10-01",
      "2025-10-10",
      ["2025-10-03", "2025-10-05", "2025-10-06", "2025-10-07", "2025-10-08", "2025-10-09"],
    ],
    [
      "KR",
      "2033-09-01",
      "2033-10-09",
      ["2033-09-07", "2033-09-08", "2033-09-09", "2033-10-03", "2033-10-09"],
    ],
    ["SG", "2027-02-01", "2027-02-28", ["2027-02-06", "2027-02-07", "2027-02-08"]],
    ["IN", "2025-10-15", "2025-10-31", ["2025-10-20"]],
  ])("feasts by the moon, every day of them: %s %s to %s", async (region, first, last, days) => {
    expect(await holidays(region, first, last)).toEqual(days);
  });

  test.each<Case>([
    ["US", "2012-11-08", "2012-11-14", ["2012-11-11", "2012-11-12"]],
    ["US", "2018-11-08", "2018-11-14", ["2018-11-11", "2018-11-12"]],
    ["US", "2023-11-08", "2023-11-14", ["2023-11-10", "2023-11-11"]],
    ["US", "2028-11-08", "2028-11-14", ["2028-11-10", "2028-11-11"]],
    ["US", "2025-11-08", "2025-11-14", ["2025-11-11"]],
    ["US", "2027-06-15", "2027-07-06", ["2027-06-18", "2027-06-19", "2027-07-04", "2027-07-05"]],
    ["CA", "2018-06-28", "2018-07-04", ["2018-07-01", "2018-07-02"]],
    ["CA-AB", "2029-06-28", "2029-07-04", ["2029-07-01", "2029-07-02"]],
    ["CA-ON", "2023-06-28", "2023-07-04", ["2023-07-01"]],
    [
      "CA-ON",
      "2021-12-20",
      "2022-01-05",
      ["2021-12-25", "2021-12-26", "2021-12-27", "2021-12-28", "2022-01-01", "2022-01-03"],
    ],
    ["GB-ENG", "2021-12-20", "2021-12-31", ["2021-12-25", "2021-12-26", "2021-12-27", "2021-12-28"]],
    ["NZ", "2021-04-20", "2021-04-30", ["2021-04-25", "2021-04-26"]],
    ["NZ", "2010-04-20", "2010-04-30", ["2010-04-25"]],
    ["NZ", "2011-02-01", "2011-02-10", ["2011-02-06"]],
    ["JP", "2026-05-01", "2026-05-10", ["2026-05-03", "2026-05-04", "2026-05-05", "2026-05-06"]],
    ["AU-SA", "2021-04-20", "2021-04-30", ["2021-04-25", "2021-04-26"]],
    ["ZA", "2022-12-20", "2022-12-31", ["2022-12-25", "2022-12-26", "2022-12-27"]],
  ])("days observed for others: %s %s to %s", async (region, first, last, days) => {
    expect(await holidays(region, first, last)).toEqual(days);
  });

  test.each<Case>([
    ["CA", "2020-09-20", "2020-10-05", []],
    ["CA", "2021-09-20", "2021-10-05", ["2021-09-30"]],
    ["CA", "2026-09-20", "2026-10-05", ["2026-09-30"]],
    ["CA-BC", "2022-09-20", "2022-10-05", []],
    ["CA-BC", "2025-09-20", "2025-10-05", ["2025-09-30"]],
    ["CA-BC", "2023-09-20", "2023-10-05", ["2023-09-30", "2023-10-02"]],
    ["CA-ON", "2025-09-20", "2025-10-05", []],
    ["CA-AB", "2025-09-20", "2025-10-05", []],
    ["GB-ENG", "2012-05-20", "2012-06-10", ["2012-06-04", "2012-06-05"]],
    ["GB-SCT", "2002-05-20", "2002-06-10", ["2002-06-03", "2002-06-04"]],
    ["GB-WLS", "2011-04-20", "2011-05-03", ["2011-04-22", "2011-04-25", "2011-04-29", "2011-05-02"]],
    ["GB-NIR", "2022-09-10", "2022-09-30", ["2022-09-19"]],
    ["MX", "2024-09-20", "2024-12-10", ["2024-10-01", "2024-11-18"]],
    ["PT", "2015-11-25", "2015-12-10", ["2015-12-08"]],
    ["CZ", "2015-04-01", "2015-04-07", ["2015-04-06"]],
    ["US", "2020-06-15", "2020-06-25", []],
  ])("since and until the years of their laws: %s %s to %s", async (region, first, last, days) => {
    expect(await holidays(region, first, last)).toEqual(days);
  });

  test.each<Case>([
    ["AU-QLD", "2025-12-24", "2025-12-24", ["2025-12-24 half"]],
    ["AU-QLD", "2018-12-24", "2018-12-24", []],
    ["AU-SA", "2025-12-24", "2025-12-31", ["2025-12-24 half", "2025-12-25", "2025-12-26", "2025-12-31 half"]],
    ["TR", "2022-05-01", "2022-05-05", ["2022-05-01", "2022-05-02", "2022-05-03", "2022-05-04"]],
    ["TR", "2028-10-28", "2028-10-29", ["2028-10-28 half", "2028-10-29"]],
  ])("for part of a day: %s %s to %s", async (region, first, last, days) => {
    expect(await holidays(region, first, last)).toEqual(days);
  });
});

describe("against the calendars of Intl", () => {
  /** Month and day of a date by another calendar. */
  function by(calendar: string, date: string): string {
    const format = new Intl.DateTimeFormat(`en-u-ca-${calendar}-nu-latn`, {
      timeZone: "UTC",
      month: "numeric",
      day: "numeric",
    });
    const parts = format.formatToParts(new Date(`${date}T12:00:00Z`));
    const part = (type: string) => parts.find((one) => one.type === type)?.value;
    return `${part("month")}/${part("day")}`;
  }

  async function middleDays(region: string, name: string): Promise<string[]> {
    const outcome = await specialDaysOf({ holidays: region, specialDays: [] }, "2001-01-01", "2032-12-31");
    if (!outcome.ok) throw new Error(region);
    const dates = new Set(outcome.value.filter((day) => day.name === name).map(({ date }) => date));
    return [...dates].filter((date) => dates.has(addDays(date, -1)) && dates.has(addDays(date, 1)));
  }

  test.each([
    ["Korean New Year", "1/1"],
    ["Korean Thanksgiving", "8/15"],
  ])("%s is three days around %s of the Korean moon", async (name, monthAndDay) => {
    const days = await middleDays("KR", name);
    // A neighbour that is a holiday of another name anyway hides a feast now and then.
    expect(days.length).toBeGreaterThan(25);
    for (const day of days) expect(by("dangi", day)).toBe(monthAndDay);
  });

  test.each([
    ["End of Ramadan (Eid al-Fitr)", 3, "10/1"],
    ["Feast of the Sacrifice (Eid al-Adha)", 4, "12/10"],
  ])(
    "Turkey's %s is %i days from %s of the Islamic calendar, give or take a day",
    async (name, length, monthAndDay) => {
      const outcome = await specialDaysOf({ holidays: "TR", specialDays: [] }, "2015-01-01", "2030-12-31");
      if (!outcome.ok) throw new Error("TR");
      const dates = outcome.value.filter((day) => day.name === name).map(({ date }) => date);
      const firsts = dates.filter((date) => !dates.includes(addDays(date, -1)));
      for (const first of firsts) {
        const near = [-1, 0, 1].map((step) => by("islamic-umalqura", addDays(first, step)));
        expect(near).toContain(monthAndDay);
      }
      const feasts = firsts.map(
        (first) =>
          dates.filter((date) => daysBetween(first, date) >= 0 && daysBetween(first, date) < 6).length,
      );
      expect(feasts.filter((days) => days === length).length).toBeGreaterThanOrEqual(14);
    },
  );
});

describe("the region files", () => {
  const decisions = committedDecisions();

  test.each(["KR", "CA"])("%s.ts is what the generator makes", async (country) => {
    const { holidays: rows } = await import(`../../../src/forecasting/holidays/regions/${country}.ts`);
    expect(rows).toEqual(holidayRows(country, decisions));
  });

  test("every decision names regions there are and says why", () => {
    for (const { regions, why } of decisions) {
      for (const region of regions.split(" ")) expect(holidayRegions).toContain(region);
      expect(why.length).toBeGreaterThan(10);
    }
    expect(generatedCountries).not.toContain("CN");
  });

  test.each([
    [["12-25"]],
    [["easter-2/2001-2030", "easter+1"]],
    [["11-4#4", "05-1#-1/-2016", "2022-01-31x7"]],
    [["2024-02-29", "2026-12-30x5", "07-17/2026-"]],
    [["11-11", "2012-11-12", "2018-11-12", "2023-11-10"]],
    [["09-1#1/-2010", "09-1#2/2011-"]],
  ])("dates put into rules and read again are the same: %j", (rules) => {
    const dates = [...new Set(datesOf(rules.join(" ")))].sort();
    expect([...datesOf(rulesFor(dates))].sort()).toEqual(dates);
    expect(rulesFor(dates).length).toBeLessThanOrEqual(rules.join(" ").length + 12);
  });
});

/** Hours 8 to 18, daily from 2024 on, closed on some dates; the forecast of the year from `first`. */
async function openDays(
  region: string,
  closed: readonly string[],
  first: string,
): Promise<(date: string) => boolean> {
  const grid = createIntervalGrid("UTC", 60, "2023-01-01", daysBetween("2023-01-01", first));
  const state = new Uint8Array(grid.dayCount * 24);
  for (let day = 0; day < grid.dayCount; day++) {
    if (closed.includes(addDays("2023-01-01", day))) continue;
    state.fill(intervalState.open, day * 24 + 8, day * 24 + 18);
  }
  const offered = Float64Array.from(state, (one, interval) => (one === 1 ? 20 + ((interval * 7) % 5) : 0));
  const outcome = await forecastDemand({
    history: {
      grid,
      queues: [{ queueId: "q", state, offered, handled: null, abandoned: null, handleSeconds: null }],
    },
    queues: [{ id: "q", defaultAhtSeconds: 200, openingHours: null }],
    firstDate: first,
    dayCount: 14,
    settings: { model: "mean4", holidays: region, specialDays: [], overrides: [] },
    timed: false,
  });
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.issues));
  const [{ open }] = outcome.value.queues;
  return (date) => open[daysBetween(first, date) * 24 + 10] === 1;
}

test.each([
  [
    "TR",
    ["2024-06-16x4", "2025-06-06x4", "2024-04-10x3", "2025-03-30x3"],
    "2026-05-18",
    ["2026-05-27", "2026-05-28", "2026-05-29", "2026-05-30"],
    ["2026-05-26", "2026-05-31", "2026-05-25"],
  ],
  [
    "KR",
    ["2024-02-09x3", "2025-01-28x3", "2024-09-16x3", "2025-10-05x3"],
    "2026-09-17",
    ["2026-09-24", "2026-09-25", "2026-09-26"],
    ["2026-09-23", "2026-09-27"],
  ],
  [
    "US",
    ["2023-11-10", "2023-11-23", "2024-11-11", "2024-12-25", "2025-11-11", "2025-12-25"],
    "2028-11-04",
    ["2028-11-10"],
    ["2028-11-09", "2028-11-13"],
  ],
  [
    "CA-BC",
    ["2023-09-30", "2024-09-30", "2025-09-30", "2024-07-01", "2025-07-01"],
    "2026-09-24",
    ["2026-09-30"],
    ["2026-09-29", "2026-10-01"],
  ],
  [
    "CA",
    ["2023-09-30", "2024-09-30", "2025-09-30", "2024-07-01", "2025-07-01"],
    "2026-09-24",
    ["2026-09-30"],
    ["2026-09-29", "2026-10-01"],
  ],
])(
  "a place closed on the holidays of %s is closed on the next ones, and only on them",
  async (region, closed, first, holidayDates, others) => {
    const isOpen = await openDays(region, closed.flatMap(datesOf), first);
    expect(holidayDates.filter(isOpen)).toEqual([]);
    expect(others.filter((date) => !isOpen(date))).toEqual([]);
  },
);

test("a half day is closed only where it was closed before", async () => {
  const feasts = ["2024-06-16x4", "2025-06-06x4", "2024-04-10x3", "2025-03-30x3"].flatMap(datesOf);
  expect((await openDays("TR", feasts, "2026-05-18"))("2026-05-26")).toBe(true);
  const withEves = [...feasts, "2024-06-15", "2025-06-05"];
  expect((await openDays("TR", withEves, "2026-05-18"))("2026-05-26")).toBe(false);
});
