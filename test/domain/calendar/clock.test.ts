import { describe, expect, test } from "vitest";
import {
  addDays,
  dateOfEpochDay,
  daysBetween,
  epochDay,
  formatMinuteOfDay,
  formatOffset,
  isLocalDate,
  isPlannableDate,
  isTimeZone,
  isWeekend,
  localTimeAt,
  offsetMinutesAt,
  startOfDayEpochSeconds,
  weekdayOf,
} from "../../../src/domain/calendar/clock.ts";

const utc = (text: string) => Date.parse(text) / 1000;

describe("dates", () => {
  test("isPlannableDate takes dates from 1970 to 2199, so that a period never ends in a year of five digits", () => {
    const dates = [
      "0001-01-01",
      "1969-12-31",
      "1970-01-01",
      "2199-12-31",
      "2200-01-01",
      "9999-12-31",
      "2026-02-30",
    ];
    expect(dates.filter(isPlannableDate)).toEqual(["1970-01-01", "2199-12-31"]);
  });

  test("isLocalDate takes dates that exist, written YYYY-MM-DD, and nothing else", () => {
    expect(["2026-11-02", "2024-02-29", "2000-02-29"].filter(isLocalDate)).toHaveLength(3);
    for (const text of [
      "2003-02-31",
      "2023-02-29",
      "1900-02-29",
      "2026-1-02",
      "02.11.2026",
      "2026-11-02T00",
      "",
    ])
      expect(isLocalDate(text), text).toBe(false);
  });

  test("epochDay and dateOfEpochDay undo each other over four centuries", () => {
    expect(epochDay("1970-01-01")).toBe(0);
    expect(epochDay("2000-03-01")).toBe(11_017);
    for (let day = epochDay("1800-01-01"); day < epochDay("2200-01-01"); day += 97)
      expect(epochDay(dateOfEpochDay(day))).toBe(day);
    expect(() => epochDay("tomorrow")).toThrow(RangeError);
  });

  test("addDays and daysBetween count across leap days, years and clock changes", () => {
    expect(addDays("2024-02-28", 2)).toBe("2024-03-01");
    expect(addDays("2026-01-01", -1)).toBe("2025-12-31");
    expect(daysBetween("2026-10-24", "2026-10-26")).toBe(2);
    expect(daysBetween("2026-03-01", "2026-02-01")).toBe(-28);
  });

  test("weekdayOf counts Monday as 1, before 1970 too", () => {
    expect(weekdayOf("2026-11-02")).toBe(1);
    expect(weekdayOf("1969-07-20")).toBe(7);
    expect(["2026-11-06", "2026-11-07", "2026-11-08", "2026-11-09"].map(isWeekend)).toEqual([
      false,
      true,
      true,
      false,
    ]);
  });
});

describe("zones", () => {
  test("isTimeZone knows IANA names", () => {
    expect(isTimeZone("Europe/Berlin")).toBe(true);
    expect(isTimeZone("Berlin")).toBe(false);
  });

  test("a local day begins when its zone says so: 23 and 25 hours long, and not always at midnight", () => {
    const hours = (date: string, zone: string) =>
      (startOfDayEpochSeconds(addDays(date, 1), zone) - startOfDayEpochSeconds(date, zone)) / 3600;
    expect(startOfDayEpochSeconds("2026-11-02", "Europe/Berlin")).toBe(utc("2026-11-01T23:00:00Z"));
    expect(hours("2026-03-29", "Europe/Berlin")).toBe(23);
    expect(hours("2026-10-25", "Europe/Berlin")).toBe(25);
    expect(hours("2026-10-25", "UTC")).toBe(24);
    // Clocks in São Paulo went from 23:59 to 01:00 on 4 November 2018.
    expect(startOfDayEpochSeconds("2018-11-04", "America/Sao_Paulo")).toBe(utc("2018-11-04T03:00:00Z"));
    // Lord Howe's clocks move by half an hour.
    expect(hours("2026-04-05", "Australia/Lord_Howe")).toBe(24.5);
  });

  test("offsetMinutesAt follows the clock change to the second", () => {
    expect(offsetMinutesAt(utc("2026-03-29T00:59:59Z"), "Europe/Berlin")).toBe(60);
    expect(offsetMinutesAt(utc("2026-03-29T01:00:00Z"), "Europe/Berlin")).toBe(120);
    expect(offsetMinutesAt(utc("2026-01-01T00:00:00Z"), "Asia/Kolkata")).toBe(330);
    expect(offsetMinutesAt(utc("2026-01-01T00:00:00Z"), "America/St_Johns")).toBe(-210);
  });

  test("localTimeAt crosses midnight on both sides", () => {
    expect(localTimeAt(utc("2026-11-01T23:30:00Z"), 60)).toEqual({ date: "2026-11-02", minuteOfDay: 30 });
    expect(localTimeAt(utc("2026-11-02T01:15:00Z"), -300)).toEqual({ date: "2026-11-01", minuteOfDay: 1215 });
  });
});

test("formatOffset and formatMinuteOfDay write two digits, half hours and what lies beyond the day", () => {
  expect([60, -210, 0, 345].map(formatOffset)).toEqual(["+01:00", "-03:30", "+00:00", "+05:45"]);
  expect([0, 450, 1439, 1440, 1500].map(formatMinuteOfDay)).toEqual([
    "00:00",
    "07:30",
    "23:59",
    "24:00",
    "25:00",
  ]);
});
