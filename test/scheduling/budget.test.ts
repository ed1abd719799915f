import { describe, expect, test } from "vitest";
import type { Schedule } from "../../src/domain/plan/shift.ts";
import { checkSchedule } from "../../src/scheduling/check/check-schedule.ts";
import { hoursCurve } from "../../src/scheduling/hours-curve.ts";
import { optimiseShifts } from "../../src/scheduling/optimise-shifts.ts";
import type { ShiftsInput } from "../../src/scheduling/problem/shift-block.ts";
import { humps, input, queue, requirement, rest, settings, template } from "./small-plans.ts";

/** The best service for so many paid hours. */
async function scheduleFor(task: ShiftsInput): Promise<Schedule> {
  const outcome = await optimiseShifts(task);
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.issues));
  expect(checkSchedule({ ...task, ...task.settings }, outcome.value)).toEqual([]);
  return outcome.value;
}

const asked = (minute: number) => (minute >= 480 && minute < 960 ? 10 : 0);
const halves = template("half", {
  earliestStartMinute: 480,
  latestStartMinute: 720,
  startStepMinutes: 240,
  lengthsMinutes: [240],
});
const flat = input({ requirement: requirement({ Voice: asked }), templates: [halves] });
const withBudget = (task: ShiftsInput, budgetHours: number): ShiftsInput => ({
  ...task,
  settings: { ...task.settings, budgetHours },
});

describe("a budget of paid hours", () => {
  test("forty hours of eighty cover forty, and no schedule within them costs less", async () => {
    const schedule = await scheduleFor(withBudget(flat, 40));
    expect(schedule).toMatchObject({ paidHours: 40, understaffedHours: 40 });
    expect(schedule.objective).toBeCloseTo(40 * 20 + 40 * settings.costPerHourShort, 6);
    expect(schedule.bound).toBeCloseTo(schedule.objective, 3);
  });

  test("a budget that is not needed changes nothing", async () => {
    const free = await scheduleFor(flat);
    const rich = await scheduleFor(withBudget(flat, 500));
    expect(rich.shifts).toEqual(free.shifts);
    expect(rich.bound).toBeCloseTo(free.bound, 6);
  });

  const week = input({
    requirement: requirement({ Voice: humps(16) }, 3, 15),
    templates: [
      template("full", { breaks: [rest("meal", 30, 210, 300)], minimumWorkMinutes: 60 }),
      template("part", { lengthsMinutes: [240] }),
    ],
    settings: { ...settings, seconds: 1 },
  });

  test("more hours never serve worse, and each budget is used up to less than a shift, near its bound", async () => {
    const free = await scheduleFor(week);
    let before = Number.POSITIVE_INFINITY;
    for (const share of [0.5, 0.75, 0.95]) {
      const budget = Math.floor(free.paidHours * share);
      const schedule = await scheduleFor(withBudget(week, budget));
      expect(schedule.paidHours).toBeGreaterThan(budget - 4);
      expect(schedule.gap).toBeLessThan(0.03);
      expect(schedule.understaffedHours).toBeLessThan(before);
      before = schedule.understaffedHours;
    }
  });

  test("with shortage dearer the deeper a small budget is spread over the days", async () => {
    const steps = [{ beyondShare: 0.3, factor: 3 }];
    const task = withBudget({ ...week, settings: { ...week.settings, shortageSteps: steps } }, 150);
    const schedule = await scheduleFor(task);
    const [, ...days] = schedule.grid.dayOffsets;
    const short = days.map((end, day) => {
      let hours = 0;
      for (let index = schedule.grid.dayOffsets[day]; index < end; index++)
        hours += Math.max(0, schedule.coverage[0].asked[index] - schedule.coverage[0].staffed[index]) / 4;
      return hours;
    });
    expect(Math.max(...short) - Math.min(...short)).toBeLessThan(0.25 * Math.max(...short));
    expect(schedule.gap).toBeLessThan(0.05);
  });

  test("too few hours for the hard minimum are refused, and what it takes is said", async () => {
    const task = withBudget({ ...flat, queues: [queue("Voice", 5)] }, 30);
    const outcome = await optimiseShifts(task);
    expect(outcome.ok).toBe(false);
    expect(outcome.issues).toEqual([
      { code: "shifts.budgetTooSmall", severity: "error", values: { budget: 30, needed: 40 } },
    ]);
    const enough = await scheduleFor({ ...task, settings: { ...task.settings, budgetHours: 40 } });
    expect(enough.paidHours).toBe(40);
  });

  test("pinned shifts are paid first; when they alone are too many, that is said", async () => {
    const { shifts } = await scheduleFor(flat);
    const pinned = shifts.slice(0, 8).map((shift) => ({ ...shift, pinned: true }));
    const schedule = await scheduleFor(withBudget({ ...flat, pinned }, 40));
    expect(schedule.paidHours).toBe(40);
    const outcome = await optimiseShifts(withBudget({ ...flat, pinned }, 30));
    expect(outcome.issues.map(({ code }) => code)).toEqual(["shifts.budgetBelowPinned"]);
  });

  test("the checker counts the hours", async () => {
    const schedule = await scheduleFor(flat);
    const faults = checkSchedule({ ...flat, ...flat.settings, budgetHours: 79 }, schedule);
    expect(faults.map(({ rule }) => rule)).toEqual(["budget"]);
  });
});

describe("what each hour buys", () => {
  test("more hours leave fewer short, and the first hours buy most", async () => {
    const outcome = await hoursCurve(
      input({
        requirement: requirement({ Voice: humps(12) }, 2, 30),
        templates: [
          template("day", { breaks: [rest("meal", 30, 210, 300)] }),
          template("part", { lengthsMinutes: [240] }),
        ],
      }),
    );
    if (!outcome.ok) throw new Error("no curve");
    const points = outcome.value;
    expect(points.length).toBeGreaterThan(4);
    for (let at = 1; at < points.length; at++) {
      expect(points[at].paidHours).toBeGreaterThan(points[at - 1].paidHours);
      expect(points[at].understaffedHours).toBeLessThanOrEqual(points[at - 1].understaffedHours + 1e-6);
    }
    // Nobody sits idle while others are missing: nearly every hour is an hour less short.
    const [fewest] = points;
    const most = points[points.length - 1];
    const hours = most.paidHours - fewest.paidHours;
    expect(fewest.understaffedHours - most.understaffedHours).toBeGreaterThan(0.85 * hours);
  });
});
