import { describe, expect, test } from "vitest";
import type { Schedule, TourRule } from "../../src/domain/plan/shift.ts";
import { checkSchedule } from "../../src/scheduling/check/check-schedule.ts";
import { optimiseShifts } from "../../src/scheduling/optimise-shifts.ts";
import type { ShiftsInput } from "../../src/scheduling/problem/shift-block.ts";
import { humps, input, requirement, rest, settings, template } from "./small-plans.ts";

const fiveDays: TourRule = {
  id: "five",
  name: "five days",
  templateIds: ["day"],
  daysPerWeek: 5,
  daysOffTogether: true,
  startBandMinutes: 60,
};

async function scheduleFor(task: ShiftsInput): Promise<Schedule> {
  const outcome = await optimiseShifts(task);
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.issues));
  expect(checkSchedule({ ...task, ...task.settings }, outcome.value)).toEqual([]);
  return outcome.value;
}

test("five days on and two off for 17, 13, 15, 19, 14, 16, 11 need 23 tours", async () => {
  const needs = [17, 13, 15, 19, 14, 16, 11];
  const task = input({
    requirement: requirement({ Voice: (minute, day) => (minute >= 480 && minute < 960 ? needs[day] : 0) }, 7),
    templates: [template("day", { earliestStartMinute: 480, latestStartMinute: 480 })],
    settings: {
      ...settings,
      gap: 0,
      seconds: 1,
      costPerHourShort: 1000,
      costPerHourOver: 0,
      tours: [fiveDays],
    },
  });
  const schedule = await scheduleFor(task);
  expect(schedule.tours).toHaveLength(23);
  expect(schedule.understaffedHours).toBe(0);
  // The linear program stands at 22⅓ tours of 800.
  expect(schedule.bound).toBeCloseTo((22 + 1 / 3) * 800, -2);
});

const mixed = input({
  requirement: requirement({ Voice: humps(9) }, 14),
  templates: [
    template("day", { lengthsMinutes: [480, 540], breaks: [rest("meal", 30, 210, 300)] }),
    template("help", { lengthsMinutes: [240], costPerHour: 24 }),
  ],
  settings: { ...settings, gap: 0.03, seconds: 0.5, tours: [fiveDays] },
});

test("shifts of a tour's template come in tours, week by week; others stand by themselves", async () => {
  const schedule = await scheduleFor(mixed);
  const inTours = new Set(schedule.tours?.flatMap(({ shiftIds }) => shiftIds));
  expect(inTours.size).toBeGreaterThan(0);
  for (const shift of schedule.shifts) expect(inTours.has(shift.id)).toBe(shift.templateId === "day");
});

test("the checker names tours that break their rule", async () => {
  const schedule = await scheduleFor(mixed);
  const rules = { ...mixed, ...mixed.settings };
  const broken = (tours: Schedule["tours"], under = rules) =>
    checkSchedule(under, { ...schedule, tours }).some(({ rule }) => rule === "tour");
  const [first, ...others] = schedule.tours ?? [];
  expect(broken(others)).toBe(true);
  expect(broken([{ ...first, shiftIds: first.shiftIds.slice(1) }, ...others])).toBe(true);
  expect(broken([{ ...first, ruleId: "unknown" }, ...others])).toBe(true);
  expect(broken([first, first, ...others])).toBe(true);
  const under = (change: Partial<TourRule>) => ({ ...rules, tours: [{ ...fiveDays, ...change }] });
  expect(broken(schedule.tours, under({ daysPerWeek: 4 }))).toBe(true);
  expect(broken(schedule.tours, under({ templateIds: ["help"] }))).toBe(true);
});

test("every second weekend is off: two weeks hang together, and more people are needed than without", async () => {
  const evenly = (minute: number) => (minute >= 480 && minute < 960 ? 4 : 0);
  const rule: TourRule = { ...fiveDays, daysOffTogether: false };
  const task = (everySecondWeekendOff: boolean) =>
    input({
      requirement: requirement({ Voice: evenly }, 14),
      templates: [template("day", { earliestStartMinute: 480, latestStartMinute: 480 })],
      settings: {
        ...settings,
        gap: 0,
        seconds: 1,
        costPerHourShort: 1000,
        costPerHourOver: 0,
        tours: [{ ...rule, everySecondWeekendOff }],
      },
    });
  const free = await scheduleFor(task(false));
  const off = await scheduleFor(task(true));
  // 28 days a week at five each are six weeks of a person; weekends of four when each person works one in two: eight.
  expect(free.tours?.length).toBe(2 * 6);
  expect(off.tours?.length).toBe(8);
  expect(off.understaffedHours).toBe(0);
  expect(off.bound).toBeGreaterThan(free.bound);
  const dates = new Map(off.shifts.map(({ id, date }) => [id, date]));
  for (const { shiftIds } of off.tours ?? []) {
    const days = shiftIds.map((id) => dates.get(id) ?? "");
    expect(days).toHaveLength(10);
    const weekend = (saturday: string, sunday: string) => days.includes(saturday) || days.includes(sunday);
    expect(weekend("2026-11-07", "2026-11-08") && weekend("2026-11-14", "2026-11-15")).toBe(false);
  }
  // A tour that works both weekends is named.
  const both = checkSchedule({ ...task(true), ...task(true).settings }, { ...free, tours: pairedUp(free) });
  expect(both.some(({ rule: name, detail }) => name === "tour" && detail.includes("no weekend off"))).toBe(
    true,
  );
});

/** Weekly tours of the first and second week put together, in order: somebody then works both weekends. */
function pairedUp({ tours = [], shifts }: Schedule): Schedule["tours"] {
  const dates = new Map(shifts.map(({ id, date }) => [id, date]));
  const week = (late: boolean) =>
    tours
      .filter(({ shiftIds }) => (dates.get(shiftIds[0]) ?? "") >= "2026-11-09" === late)
      .sort((a, b) => weekendDays(b.shiftIds, dates) - weekendDays(a.shiftIds, dates));
  const late = week(true);
  return week(false).map((tour, at) => ({ ...tour, shiftIds: [...tour.shiftIds, ...late[at].shiftIds] }));
}

function weekendDays(ids: readonly string[], dates: ReadonlyMap<string, string>): number {
  return ids.filter((id) => [0, 6].includes(new Date(`${dates.get(id)}T12:00:00Z`).getUTCDay())).length;
}

describe("every second weekend off, with Friday shifts", () => {
  const everyFriday: TourRule = {
    ...fiveDays,
    daysPerWeek: 1,
    daysOffTogether: false,
    startBandMinutes: 0,
    everySecondWeekendOff: true,
  };
  /** One agent on both Fridays of two weeks, from a start on; shifts only on Fridays. */
  const fridays = (startMinutes: readonly number[], lengthMinutes: number, startBandMinutes = 0) => {
    const [first] = startMinutes;
    const last = startMinutes[startMinutes.length - 1];
    const isAsked = (minute: number, day: number) =>
      (day % 7 === 4 && minute >= last) || (day % 7 === 5 && minute < last + lengthMinutes - 1440);
    return input({
      requirement: requirement({ Voice: (minute, day) => (isAsked(minute, day) ? 1 : 0) }, 14, 60),
      templates: [
        template("day", {
          weekdays: [5],
          earliestStartMinute: first,
          latestStartMinute: last,
          startStepMinutes: 60,
          lengthsMinutes: [lengthMinutes],
        }),
      ],
      settings: {
        ...settings,
        gap: 0,
        costPerHourShort: 1000,
        tours: [{ ...everyFriday, startBandMinutes }],
      },
    });
  };
  const tourCount = async (task: ShiftsInput) => (await scheduleFor(task)).tours?.length;

  test("a Friday that ends by midnight leaves the weekend free", async () => {
    expect(await tourCount(fridays([960], 480))).toBe(1);
    expect(await tourCount(fridays([1080], 360))).toBe(1);
  });

  test("a Friday night is weekend work: nobody works two in a row", async () => {
    expect(await tourCount(fridays([1320], 480))).toBe(0);
    expect(await tourCount(fridays([1080], 480))).toBe(0);
    expect(await tourCount(fridays([1380], 120))).toBe(0);
  });

  test("where a band holds both, a tour that works one Friday night ends by midnight on the other", async () => {
    // The hour after midnight is asked for on both Fridays, so two people take it in turns.
    const { tours = [], shifts } = await scheduleFor(fridays([960, 1020], 480, 60));
    const nightsOf = tours.map(
      ({ shiftIds }) =>
        shifts.filter(({ id, endMinute }) => shiftIds.includes(id) && endMinute % 1440 > 0).length,
    );
    expect(nightsOf).toEqual([1, 1]);
  });

  test("the checker names two Friday nights of one tour", async () => {
    const task = fridays([960], 480);
    const schedule = await scheduleFor(task);
    const later: Schedule = {
      ...schedule,
      shifts: schedule.shifts.map((shift) => ({
        ...shift,
        startMinute: shift.startMinute + 360,
        endMinute: shift.endMinute + 360,
      })),
    };
    const faults = checkSchedule({ ...task, ...task.settings }, later);
    expect(faults.some(({ rule, detail }) => rule === "tour" && detail.includes("no weekend off"))).toBe(
      true,
    );
  });
});
