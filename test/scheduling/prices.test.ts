import { describe, expect, test } from "vitest";
import type { Premium, Schedule } from "../../src/domain/plan/shift.ts";
import { clockPremiumHours, overtimeHours } from "../../src/domain/plan/wages.ts";
import { checkSchedule } from "../../src/scheduling/check/check-schedule.ts";
import { optimiseShifts } from "../../src/scheduling/optimise-shifts.ts";
import type { ShiftsInput } from "../../src/scheduling/problem/shift-block.ts";
import { humps, input, queue, requirement, rest, settings, template } from "./small-plans.ts";

/** What an hour costs: premiums, shortage dearer the deeper or where it hurts more, minimums by time. */
async function scheduleFor(task: ShiftsInput): Promise<Schedule> {
  const outcome = await optimiseShifts(task);
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.issues));
  expect(checkSchedule({ ...task, ...task.settings }, outcome.value)).toEqual([]);
  return outcome.value;
}

const everyDay = [1, 2, 3, 4, 5, 6, 7];
const night: Premium = {
  kind: "clock",
  id: "night",
  name: "Night",
  share: 0.25,
  weekdays: everyDay,
  fromMinute: 1320,
  toMinute: 360,
};
const sunday: Premium = { ...night, id: "sunday", share: 0.5, weekdays: [7], fromMinute: 0, toMinute: 1440 };
const overtime: Premium = {
  kind: "overtime",
  id: "overtime",
  name: "Overtime",
  share: 0.5,
  afterMinutes: 420,
};

describe("premiums", () => {
  const { grid } = requirement({ Voice: () => 0 }, 2, 15, "Europe/Berlin", "2026-10-24");

  test("each minute counts by its own weekday and clock time, also when the clock goes back", () => {
    // Saturday 20:00 to Sunday 04:00: from 22:00 on it is night, from midnight on Sunday too; the hour from 2 comes twice.
    expect(clockPremiumHours(grid, [night, sunday], 20 * 60, 29 * 60)).toBeCloseTo(7 * 0.25 + 5 * 0.5, 9);
    expect(clockPremiumHours(grid, [night], 21 * 60 + 50, 22 * 60 + 10)).toBeCloseTo((10 / 60) * 0.25, 9);
    // 06:00 on Sunday is 31 hours after Saturday's midnight; nothing is paid on top after it.
    expect(clockPremiumHours(grid, [night], 30 * 60 + 30, 32 * 60)).toBeCloseTo(0.5 * 0.25, 9);
    expect(overtimeHours([overtime, night], 480)).toBe(0.5);
    expect(overtimeHours([overtime], 420)).toBe(0);
  });

  test("a night of overtime costs what the rules say, to the cent, and is proved", async () => {
    const asked = (minute: number) => (minute >= 1320 || minute < 360 ? 3 : 0);
    const nights = template("night", {
      earliestStartMinute: 1320,
      latestStartMinute: 1320,
      breaks: [rest("meal", 30, 180, 300)],
    });
    const schedule = await scheduleFor(
      input({
        requirement: requirement({ Voice: asked }, 1),
        templates: [nights],
        settings: { ...settings, costPerHourShort: 200, premiums: [night, overtime] },
      }),
    );
    // 7½ paid hours at 20, a quarter on top of each, and half of the last half hour: per shift.
    expect(schedule.cost).toBeCloseTo(schedule.shifts.length * 20 * (7.5 * 1.25 + 0.25), 6);
    expect(schedule.bound).toBeLessThanOrEqual(schedule.objective + 1e-9);
    expect(schedule.gap).toBeLessThan(1e-6);
  });

  test("work leaves the dear hours: half of the crew starts after the night instead of within it", async () => {
    // Three at any time of the day, one kind of shift, that may start at 2 or at 6 in the morning.
    const asked = (minute: number) => (minute >= 360 && minute < 600 ? 4 : 0);
    const early = template("early", {
      earliestStartMinute: 120,
      latestStartMinute: 360,
      startStepMinutes: 240,
    });
    const task = input({ requirement: requirement({ Voice: asked }), templates: [early] });
    const schedule = await scheduleFor({ ...task, settings: { ...settings, premiums: [night] } });
    expect(new Set(schedule.shifts.map(({ startMinute }) => startMinute))).toEqual(new Set([360]));
    expect(schedule.status).toBe("optimal");
  });

  test("the bound of a premium plan holds against the gap it states, with breaks in and out of the window", async () => {
    const day = template("day", {
      lengthsMinutes: [300, 480, 600],
      breaks: [rest("meal", 60, 60, 240)],
      earliestStartMinute: 240,
      latestStartMinute: 1080,
    });
    const task = input({ requirement: requirement({ Voice: humps(14) }), templates: [day] });
    const schedule = await scheduleFor({
      ...task,
      settings: {
        ...settings,
        gap: 0.02,
        premiums: [{ ...night, fromMinute: 1080, toMinute: 540 }, overtime],
      },
    });
    expect(schedule.gap).toBeLessThanOrEqual(0.02);
    const plain = await scheduleFor({ ...task, settings: { ...settings, gap: 0.02 } });
    expect(schedule.objective).toBeGreaterThan(plain.bound);
  });

  test("the checker finds wages without their premium", async () => {
    const task = input({
      requirement: requirement({ Voice: humps(6) }),
      templates: [template("day")],
      settings: { ...settings, premiums: [{ ...night, fromMinute: 600, toMinute: 660 }] },
    });
    const schedule = await scheduleFor(task);
    const without = checkSchedule({ ...task, ...task.settings, premiums: [] }, schedule);
    expect(without.map(({ rule }) => rule)).toContain("figures");
  });
});

describe("shortage", () => {
  // Six agents for four hours against one shift too few: where the hole goes is a matter of price.
  const asked = (minute: number) => (minute >= 480 && minute < 960 ? 10 : 0);
  const crew = template("crew", {
    earliestStartMinute: 480,
    latestStartMinute: 720,
    startStepMinutes: 240,
    lengthsMinutes: [240],
    maximumCount: 12,
  });
  const steps = [{ beyondShare: 0.4, factor: 4 }];
  const task = input({ requirement: requirement({ Voice: asked }), templates: [crew] });

  test("dearer the deeper it is spread: twelve shifts for twenty go six and six, and it is proved", async () => {
    const schedule = await scheduleFor({ ...task, settings: { ...settings, gap: 0, shortageSteps: steps } });
    const at = (minute: number) => schedule.coverage[0].staffed[minute / 30];
    expect([at(480), at(720)]).toEqual([6, 6]);
    expect(schedule.shortCost).toBeCloseTo(8 * 4 * settings.costPerHourShort, 6);
    expect(schedule.status).toBe("optimal");
  });

  test("a hole deeper than the step costs what lies beyond it so many times", async () => {
    const eight = { ...task, templates: [{ ...crew, maximumCount: 8 }] };
    const schedule = await scheduleFor({ ...eight, settings: { ...settings, gap: 0, shortageSteps: steps } });
    // Four of each ten there, so six missing: four plain, two at four times.
    expect(schedule.shortCost).toBeCloseTo(2 * 4 * (4 + 2 * 4) * settings.costPerHourShort, 6);
    expect(schedule.gap).toBeLessThan(1e-9);
    const broken = {
      ...schedule,
      shortCost: (schedule.shortCost ?? 0) - 1,
      objective: schedule.objective - 1,
    };
    const faults = checkSchedule({ ...eight, ...settings, shortageSteps: steps }, broken);
    expect(faults.map(({ rule }) => rule)).toContain("figures");
  });

  test("weights draw the crew to where a missing agent hurts more", async () => {
    const weights = Float64Array.from({ length: 48 }, (_, index) => (index < 24 ? 0.5 : 1.5));
    const weighed = { ...task, shortWeights: [{ queueId: "Voice", weights }] };
    const schedule = await scheduleFor({ ...weighed, settings: { ...settings, gap: 0 } });
    const at = (minute: number) => schedule.coverage[0].staffed[minute / 30];
    expect([at(480), at(720)]).toEqual([2, 10]);
    expect(schedule.shortCost).toBeCloseTo(8 * 4 * 0.5 * settings.costPerHourShort, 6);
    expect(schedule.status).toBe("optimal");
  });

  test("a minimum by time is kept where the queue's own would not be", async () => {
    const few = { ...task, templates: [{ ...crew, maximumCount: 10 }], queues: [queue("Voice", 1)] };
    const minimum = { queueId: "Voice", weekdays: [1], fromMinute: 480, toMinute: 540, agents: 8 };
    const schedule = await scheduleFor({ ...few, settings: { ...settings, gap: 0, minimums: [minimum] } });
    const at = (minute: number) => schedule.coverage[0].staffed[minute / 30];
    expect(at(480)).toBeGreaterThanOrEqual(8);
    const other = await optimiseShifts({
      ...few,
      settings: {
        ...settings,
        premiums: [{ ...overtime, afterMinutes: 60 }],
        minimums: [minimum, { ...minimum, fromMinute: 720, toMinute: 780, agents: 6 }],
      },
    });
    expect(other.ok).toBe(false);
    expect(other.issues.map(({ code }) => code)).toContain("shifts.minimumMissed");
    // Eight and six of ten: each of the two minimums would do with less, or the count that ties them with more.
    const named = other.issues.slice(1).map(({ code, values }) => [code.split(".")[2], values?.enough]);
    expect(named).toContainEqual(["minimumByTime", 4]);
    expect(named).toContainEqual(["minimumByTime", 2]);
    expect(named).toContainEqual(["maximumCount", 14]);
  });
});

test("a split shift works twice around a long gap that nobody pays", async () => {
  const asked = (minute: number) =>
    (minute >= 480 && minute < 720) || (minute >= 960 && minute < 1200) ? 5 : 0;
  const split = template("split", {
    earliestStartMinute: 480,
    latestStartMinute: 540,
    lengthsMinutes: [720],
    breaks: [
      {
        id: "gap",
        kind: "split",
        lengthMinutes: 240,
        paid: false,
        earliestMinute: 180,
        latestMinute: 300,
      },
    ],
    minimumWorkMinutes: 180,
  });
  const schedule = await scheduleFor(
    input({ requirement: requirement({ Voice: asked }), templates: [split] }),
  );
  expect(schedule).toMatchObject({
    paidHours: 40,
    understaffedHours: 0,
    overstaffedHours: 0,
    status: "optimal",
  });
  expect(schedule.shifts[0].activities.map(({ kind }) => kind)).toEqual(["work", "split", "work"]);
});
