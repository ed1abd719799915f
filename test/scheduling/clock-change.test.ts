import { describe, expect, test } from "vitest";
import { localTimeOf } from "../../src/domain/calendar/interval-grid.ts";
import type { Schedule, ShiftTemplate, TourRule } from "../../src/domain/plan/shift.ts";
import { clockChangeMinutes, shiftEndMinute } from "../../src/domain/plan/shift-end.ts";
import { checkSchedule } from "../../src/scheduling/check/check-schedule.ts";
import { optimiseShifts } from "../../src/scheduling/optimise-shifts.ts";
import type { ShiftsInput } from "../../src/scheduling/problem/shift-block.ts";
import { input, requirement, rest, settings, template } from "./small-plans.ts";

/** Shifts during which the clock changes: they keep their length, or their end on the clock, and it is said. */

async function solve(task: ShiftsInput) {
  const outcome = await optimiseShifts(task);
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.issues));
  expect(checkSchedule({ ...task, ...task.settings }, outcome.value)).toEqual([]);
  return { schedule: outcome.value, issues: outcome.issues };
}

const night = (changes: Partial<ShiftTemplate> = {}) =>
  template("night", {
    earliestStartMinute: 1320,
    latestStartMinute: 1320,
    lengthsMinutes: [480],
    ...changes,
  });

/** Three agents from 22:00 to 06:00, on days around a change of the clock. */
const nights = (timeZone: string, firstDate: string, changes: Partial<ShiftTemplate> = {}) =>
  input({
    requirement: requirement(
      { Voice: (minute) => (minute >= 1320 || minute < 360 ? 3 : 0) },
      3,
      30,
      timeZone,
      firstDate,
    ),
    templates: [night(changes)],
  });

/** Clock time at which the shifts of a date end, and their length in hours. */
function endsOf({ grid, shifts }: Schedule, date: string) {
  const shift = shifts.find((one) => one.date === date);
  if (shift === undefined) throw new Error(`no shift on ${date}`);
  const { minuteOfDay } = localTimeOf(grid, shift.endMinute / grid.intervalMinutes);
  return { end: minuteOfDay / 60, hours: (shift.endMinute - shift.startMinute) / 60 };
}

describe("a night shift of eight hours over a clock change", () => {
  test.each([
    ["Europe/Berlin", "2026-10-23", "2026-10-24", undefined, 5, 8, "endsEarlier"],
    ["Europe/Berlin", "2026-10-23", "2026-10-24", "keepsLength", 5, 8, "endsEarlier"],
    ["Europe/Berlin", "2026-10-23", "2026-10-24", "keepsEnd", 6, 9, "isLonger"],
    ["Europe/Berlin", "2026-03-27", "2026-03-28", undefined, 7, 8, "endsLater"],
    ["Europe/Berlin", "2026-03-27", "2026-03-28", "keepsEnd", 6, 7, "isShorter"],
    ["America/New_York", "2026-10-30", "2026-10-31", "keepsEnd", 6, 9, "isLonger"],
    ["America/New_York", "2026-03-06", "2026-03-07", "keepsEnd", 6, 7, "isShorter"],
    ["Australia/Lord_Howe", "2026-04-03", "2026-04-04", "keepsEnd", 6, 8.5, "isLonger"],
    ["Australia/Lord_Howe", "2026-10-02", "2026-10-03", "keepsEnd", 6, 7.5, "isShorter"],
  ] as const)(
    "in %s from %s: the night of %s (%s) ends at %d after %d h",
    async (timeZone, firstDate, date, overClockChange, end, hours, effect) => {
      const changes = overClockChange === undefined ? {} : { overClockChange };
      const { schedule, issues } = await solve(nights(timeZone, firstDate, changes));
      expect(endsOf(schedule, date)).toEqual({ end, hours });
      // The night before is an ordinary one.
      expect(endsOf(schedule, firstDate)).toEqual({ end: 6, hours: 8 });
      const remarks = issues.filter(({ code }) => code.startsWith("shifts.overClockChange"));
      expect(remarks.map(({ code }) => code)).toEqual([`shifts.overClockChange.${effect}`]);
      expect(remarks[0].values).toMatchObject({ template: "night", shifts: 3 });
    },
  );

  test("that keeps its end leaves no hour of the night uncovered", async () => {
    const hoursShort = async (changes: Partial<ShiftTemplate>) => {
      const { schedule } = await solve(nights("Europe/Berlin", "2026-10-23", changes));
      const { dayOffsets, intervalMinutes } = schedule.grid;
      let short = 0;
      for (let interval = dayOffsets[2]; interval < dayOffsets[2] + (7 * 60) / intervalMinutes; interval++)
        short +=
          Math.max(0, schedule.coverage[0].asked[interval] - schedule.coverage[0].staffed[interval]) / 2;
      return short;
    };
    expect(await hoursShort({})).toBe(3);
    expect(await hoursShort({ overClockChange: "keepsEnd" })).toBe(0);
  });

  test("is paid for what it lasts, and its breaks still fit", async () => {
    const changes: Partial<ShiftTemplate> = {
      breaks: [rest("meal", 30, 180, 300)],
      minimumWorkMinutes: 60,
      overClockChange: "keepsEnd",
    };
    const { schedule } = await solve(nights("Europe/Berlin", "2026-10-23", changes));
    const paid = (date: string) =>
      schedule.shifts
        .find((shift) => shift.date === date)
        ?.activities.reduce((sum, a) => sum + (a.paid ? a.endMinute - a.startMinute : 0), 0);
    expect([paid("2026-10-23"), paid("2026-10-24")]).toEqual([450, 510]);
  });

  test("that breaks its template's contract over the clock is found by the checker", async () => {
    const task = nights("Europe/Berlin", "2026-10-23", { overClockChange: "keepsEnd" });
    const { schedule } = await solve(task);
    const byLength = { ...task, ...task.settings, templates: [night()] };
    expect(checkSchedule(byLength, schedule).map(({ rule }) => rule)).toContain("length");
  });

  test("is not remarked on where the clock stands still", async () => {
    const { issues } = await solve(nights("Asia/Kolkata", "2026-10-23"));
    expect(issues.filter(({ code }) => code.startsWith("shifts.overClockChange"))).toEqual([]);
  });
});

describe("the end of a shift", () => {
  const { grid } = requirement({ Voice: () => 0 }, 3, 30, "Europe/Berlin", "2026-03-27");
  const keepsEnd = { overClockChange: "keepsEnd" } as const;
  const evening = 1440 + 1320;

  test("that the clock skips keeps the length", () => {
    // 22:00 and four and a half hours: 02:30 does not exist that night.
    expect(shiftEndMinute(grid, keepsEnd, evening, 270)).toBe(evening + 270);
  });

  test("before the change is as ever", () => {
    expect(shiftEndMinute(grid, keepsEnd, evening, 180)).toBe(evening + 180);
  });

  test("may lie past the plan's last day", () => {
    const before = requirement({ Voice: () => 0 }, 1, 30, "Europe/Berlin", "2026-03-28").grid;
    expect(shiftEndMinute(before, keepsEnd, 1320, 480)).toBe(1320 + 420);
    expect(clockChangeMinutes(before, 1320, 1800)).toBe(60);
  });
});

describe("tours over a clock change", () => {
  const week = (firstDate: string, changes: Partial<ShiftTemplate>, tour: Partial<TourRule>) =>
    input({
      requirement: requirement(
        { Voice: (minute) => (minute >= 480 && minute < 960 ? 2 : 0) },
        7,
        60,
        "Europe/Berlin",
        firstDate,
      ),
      templates: [
        template("day", {
          earliestStartMinute: 480,
          latestStartMinute: 480,
          startStepMinutes: 60,
          ...changes,
        }),
      ],
      settings: {
        ...settings,
        costPerHourShort: 1000,
        tours: [
          {
            id: "all",
            name: "all",
            templateIds: ["day"],
            daysPerWeek: 7,
            daysOffTogether: false,
            startBandMinutes: 0,
            ...tour,
          },
        ],
      },
    });

  test.each(["2026-10-19", "2026-03-23"])(
    "keep the same start by the clock in the week of %s",
    async (monday) => {
      const { schedule } = await solve(week(monday, {}, {}));
      expect(schedule.tours).toHaveLength(2);
      expect(schedule.understaffedHours).toBe(0);
    },
  );

  test("hold nights that last longer once", async () => {
    const task = week(
      "2026-10-19",
      { earliestStartMinute: 1320, latestStartMinute: 1320, overClockChange: "keepsEnd" },
      {},
    );
    const { schedule } = await solve({
      ...task,
      requirement: requirement(
        { Voice: (minute) => (minute >= 1320 || minute < 360 ? 2 : 0) },
        7,
        60,
        "Europe/Berlin",
        "2026-10-19",
      ),
    });
    const lengths = schedule.tours?.[0].shiftIds.map((id) => {
      const shift = schedule.shifts.find((one) => one.id === id);
      return shift === undefined ? 0 : shift.endMinute - shift.startMinute;
    });
    expect(lengths).toEqual([480, 480, 480, 480, 480, 540, 480]);
  });
});
