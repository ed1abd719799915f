import { describe, expect, test } from "vitest";
import { addDays } from "../../../src/domain/calendar/clock.ts";
import {
  clockMinuteAt,
  createIntervalGrid,
  instantOfMinute,
  intervalAt,
  intervalCount,
  intervalStartIso,
  localTimeOf,
  minuteIso,
  minuteOfInstant,
} from "../../../src/domain/calendar/interval-grid.ts";
import { clockChanges } from "./clock-changes.ts";

const zones = Intl.supportedValuesOf("timeZone");

describe("the grid of every zone", () => {
  for (const minutes of [15, 30, 60]) {
    test(`starts its intervals of ${minutes} minutes at whole intervals of the local clock, around both clock changes of 2025`, () => {
      for (const zone of zones) {
        for (const date of ["2025-01-15", ...clockChanges(zone, 2025)]) {
          const grid = createIntervalGrid(zone, minutes, addDays(date, -1), 3);
          for (let index = 0; index < intervalCount(grid); index++) {
            const { minuteOfDay } = localTimeOf(grid, index);
            const place = `${zone} ${minutes} ${intervalStartIso(grid, index)}`;
            if (minuteOfDay % minutes !== 0) expect.unreachable(place);
            const minute = index * minutes;
            const instant = instantOfMinute(grid, minute);
            if (Math.floor(minuteOfInstant(grid, instant) / minutes) !== index) expect.unreachable(place);
            if (index > 0 && instant <= instantOfMinute(grid, minute - minutes)) expect.unreachable(place);
          }
        }
      }
    });
  }
});

describe("Lord Howe, whose clocks change by half an hour, in hours", () => {
  const autumn = createIntervalGrid("Australia/Lord_Howe", 60, "2025-04-05", 3);
  const spring = createIntervalGrid("Australia/Lord_Howe", 60, "2025-10-04", 3);

  test("every day has 24 intervals", () => {
    expect(autumn.dayOffsets).toEqual([0, 24, 48, 72]);
    expect(spring.dayOffsets).toEqual([0, 24, 48, 72]);
  });

  test("the hour in which the clocks go back lasts an hour and a half", () => {
    const one = intervalAt(autumn, "2025-04-06", 60) ?? -1;
    const lasts = instantOfMinute(autumn, (one + 1) * 60) - instantOfMinute(autumn, one * 60);
    expect(lasts).toBe(5400);
    expect(intervalStartIso(autumn, one)).toBe("2025-04-06T01:00:00+11:00");
    expect(intervalStartIso(autumn, one + 1)).toBe("2025-04-06T02:00:00+10:30");
    // The second pass of 01:30 to 02:00 lies in the same hour.
    expect(minuteOfInstant(autumn, Date.parse("2025-04-06T01:45:00+10:30") / 1000)).toBe(one * 60 + 45);
  });

  test("the hour in which the clocks go forward lasts half an hour, and begins with the change", () => {
    const two = intervalAt(spring, "2025-10-05", 120) ?? -1;
    expect(instantOfMinute(spring, two * 60)).toBe(Date.parse("2025-10-05T02:30:00+11:00") / 1000);
    expect(instantOfMinute(spring, (two + 1) * 60) - instantOfMinute(spring, two * 60)).toBe(1800);
    expect(minuteIso(spring, (two + 1) * 60 + 10)).toBe("2025-10-05T03:10:00+11:00");
  });

  test("after the change the hours of the clock go on, also past the last day", () => {
    expect(minuteIso(spring, 48 * 60 + 540)).toBe("2025-10-06T09:00:00+11:00");
    expect(minuteIso(spring, 72 * 60 + 30)).toBe("2025-10-07T00:30:00+11:00");
    expect(minuteIso(autumn, -60)).toBe("2025-04-04T23:00:00+11:00");
    expect(minuteOfInstant(autumn, Date.parse("2025-04-08T01:00:00+10:30") / 1000)).toBe(73 * 60);
  });

  test("other lengths are cut by physical time", () => {
    expect(createIntervalGrid("Australia/Lord_Howe", 30, "2025-04-06", 1).dayOffsets).toEqual([0, 49]);
    expect(
      createIntervalGrid("Australia/Lord_Howe", 30, "2025-04-06", 1).dayStartEpochSeconds,
    ).toBeUndefined();
  });
});

describe("the clock minute of a time since the start of the grid", () => {
  const autumn = createIntervalGrid("Europe/Berlin", 15, "2026-10-25", 1);

  test("passes the hour twice when clocks go back", () => {
    expect(clockMinuteAt(autumn, 2 * 60 + 5)).toBe(125);
    expect(clockMinuteAt(autumn, 3 * 60 + 5)).toBe(125);
    expect(clockMinuteAt(autumn, 4 * 60)).toBe(180);
  });

  test("runs on past midnight and past the end of the grid", () => {
    expect(clockMinuteAt(autumn, 25 * 60)).toBe(0);
    expect(clockMinuteAt(autumn, 25 * 60 + 90)).toBe(90);
  });
});
