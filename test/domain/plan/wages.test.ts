import { describe, expect, test } from "vitest";
import { createIntervalGrid } from "../../../src/domain/calendar/interval-grid.ts";
import type { Activity, Premium } from "../../../src/domain/plan/shift.ts";
import { clockPremiumHours, overtimeHours, paidMinutesOf, wagesOf } from "../../../src/domain/plan/wages.ts";

/** Saturday, Sunday with 25 hours, and Monday. */
const grid = createIntervalGrid("Europe/Berlin", 15, "2026-10-24", 3);
const hour = 60;
const sundayStart = 24 * hour;
const mondayStart = sundayStart + 25 * hour;

const clock = (share: number, weekdays: number[], fromMinute: number, toMinute: number): Premium => ({
  kind: "clock",
  id: "p",
  name: "P",
  share,
  weekdays,
  fromMinute,
  toMinute,
});
const overtime: Premium = { kind: "overtime", id: "o", name: "O", share: 0.5, afterMinutes: 480 };
const activity = (startMinute: number, endMinute: number, paid = true): Activity => ({
  kind: paid ? "work" : "meal",
  startMinute,
  endMinute,
  paid,
});

describe("premiums by the clock", () => {
  test("count the minutes inside their hours, to the minute and not to the interval", () => {
    const evening = clock(0.25, [6], 18 * hour, 22 * hour);
    expect(clockPremiumHours(grid, [evening], 17 * hour, 19 * hour)).toBeCloseTo(0.25, 12);
    expect(clockPremiumHours(grid, [evening], 17 * hour + 55, 18 * hour + 7)).toBeCloseTo(
      (0.25 * 7) / 60,
      12,
    );
    expect(clockPremiumHours(grid, [evening], 8 * hour, 18 * hour)).toBe(0);
  });

  test("each minute belongs to its own weekday, and hours over midnight to the weekday they fall on", () => {
    const nights = clock(0.2, [6, 7], 22 * hour, 6 * hour);
    // Saturday 22:00–24:00 and Sunday 00:00–06:00, which has an hour more.
    expect(clockPremiumHours(grid, [nights], 22 * hour, sundayStart + 7 * hour)).toBeCloseTo(
      0.2 * (2 + 7),
      12,
    );
    // From midnight on it is Monday, which has no premium.
    expect(clockPremiumHours(grid, [nights], mondayStart - hour, mondayStart + hour)).toBeCloseTo(0.2, 12);
  });

  test("several add up", () => {
    const sunday = clock(0.5, [7], 0, 24 * hour);
    const morning = clock(0.1, [7], 6 * hour, 8 * hour);
    const start = sundayStart + 7 * hour;
    expect(clockPremiumHours(grid, [sunday, morning, overtime], start, start + 2 * hour)).toBeCloseTo(
      0.5 * 2 + 0.1 * 2,
      12,
    );
  });
});

test("overtime begins after its minutes, whatever the clock says", () => {
  expect(overtimeHours([overtime], 480)).toBe(0);
  expect(overtimeHours([overtime], 600)).toBe(1);
  expect(overtimeHours([clock(1, [1], 0, 1440)], 600)).toBe(0);
});

describe("wages", () => {
  const templates = [{ id: "day", costPerHour: 20 }];
  const activities = [
    activity(8 * hour, 12 * hour),
    activity(12 * hour, 12 * hour + 30, false),
    activity(12 * hour + 30, 18 * hour + 30),
  ];

  test("pay paid minutes at the template's rate, and nothing where the template is gone", () => {
    expect(paidMinutesOf({ activities })).toBe(600);
    expect(wagesOf(grid, templates, [], [{ templateId: "day", activities }])).toBe(200);
    expect(wagesOf(grid, templates, [], [{ templateId: "gone", activities }])).toBe(0);
  });

  test("add overtime and premiums of paid time alone", () => {
    const midday = clock(1, [6], 12 * hour, 13 * hour);
    // Ten hours, two of them at half more, half an hour of work at double pay.
    expect(wagesOf(grid, templates, [overtime, midday], [{ templateId: "day", activities }])).toBeCloseTo(
      20 * (10 + 1 + 0.5),
      12,
    );
  });
});
