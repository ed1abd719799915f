import { describe, expect, test } from "vitest";
import { localTimeOf } from "../../src/domain/calendar/interval-grid.ts";
import type { ActivityRule, Schedule } from "../../src/domain/plan/shift.ts";
import { checkSchedule } from "../../src/scheduling/check/check-schedule.ts";
import { optimiseShifts } from "../../src/scheduling/optimise-shifts.ts";
import type { ShiftsInput } from "../../src/scheduling/problem/shift-block.ts";
import { group, humps, input, requirement, rest, settings, template } from "./small-plans.ts";

/** Training, meetings and coaching: who sits when, and that the queues notice least. */
async function scheduleFor(task: ShiftsInput): Promise<Schedule> {
  const outcome = await optimiseShifts(task);
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.issues));
  expect(checkSchedule({ ...task, ...task.settings }, outcome.value)).toEqual([]);
  return outcome.value;
}

const training: ActivityRule = {
  id: "product",
  name: "New product",
  kind: "training",
  lengthMinutes: 60,
  sessions: 3,
  peopleTogether: 4,
  groupIds: [],
  weekdays: [1, 2, 3, 4, 5],
  fromMinute: 540,
  toMinute: 1020,
};
const meal = rest("meal", 30, 210, 300);
const task = input({
  requirement: requirement({ Voice: humps(12) }, 2, 15),
  templates: [
    template("day", { breaks: [meal], minimumWorkMinutes: 60 }),
    template("part", { lengthsMinutes: [240] }),
  ],
});
const withActivities = (...activities: ActivityRule[]): ShiftsInput => ({
  ...task,
  settings: { ...settings, activities },
});
const sessionsOf = ({ shifts }: Schedule, id: string) =>
  shifts.flatMap((shift) =>
    shift.activities
      .filter(({ ruleId }) => ruleId === id)
      .map((activity) => ({ shiftId: shift.id, groupId: shift.groupId, ...activity })),
  );

describe("activities", () => {
  test("every session is held by as many as it needs, inside its window, and everybody in it is paid", async () => {
    const schedule = await scheduleFor(withActivities(training));
    const seats = sessionsOf(schedule, "product");
    expect(seats).toHaveLength(12);
    for (const session of [1, 2, 3]) {
      const held = seats.filter((seat) => seat.session === session);
      expect(new Set(held.map(({ startMinute }) => startMinute)).size).toBe(1);
      expect(new Set(held.map(({ shiftId }) => shiftId)).size).toBe(4);
    }
    expect(seats.every(({ paid }) => paid)).toBe(true);
  });

  test("others come in for them: hardly shorter than without, for some more hours", async () => {
    const without = await scheduleFor(task);
    const schedule = await scheduleFor(withActivities(training));
    expect(schedule.understaffedHours).toBeLessThan(without.understaffedHours + 6);
    expect(schedule.paidHours).toBeGreaterThan(without.paidHours + 6);
    expect(schedule.bound).toBeLessThan(schedule.objective);
  });

  test("in the quietest hour: a lull at noon takes the meeting of the whole crew", async () => {
    const asked = (minute: number) =>
      minute >= 480 && minute < 960 ? (minute >= 660 && minute < 720 ? 2 : 8) : 0;
    const meeting: ActivityRule = {
      ...training,
      id: "team",
      kind: "meeting",
      sessions: 1,
      peopleTogether: 6,
      fromMinute: 480,
      toMinute: 960,
    };
    const lull = input({
      requirement: requirement({ Voice: asked }),
      templates: [template("day", { earliestStartMinute: 480, latestStartMinute: 480 })],
      settings: { ...settings, activities: [meeting] },
    });
    const schedule = await scheduleFor(lull);
    const [first] = sessionsOf(schedule, "team");
    expect(localTimeOf(schedule.grid, first.startMinute / 30).minuteOfDay).toBe(660);
    expect(schedule).toMatchObject({ understaffedHours: 0, overstaffedHours: 0 });
  });

  test("only the groups that are meant take part, in pairs", async () => {
    const coaching: ActivityRule = {
      ...training,
      id: "coach",
      kind: "coaching",
      lengthMinutes: 30,
      sessions: 4,
      peopleTogether: 2,
      groupIds: ["new"],
    };
    const two = { ...withActivities(coaching), groups: [group("old", "Voice"), group("new", "Voice")] };
    const some = {
      ...two,
      templates: [...task.templates, template("newcomers", { groupIds: ["new"], minimumCount: 4 })],
    };
    const schedule = await scheduleFor(some);
    const seats = sessionsOf(schedule, "coach");
    expect(seats).toHaveLength(8);
    expect(new Set(seats.map(({ groupId }) => groupId))).toEqual(new Set(["new"]));
  });

  test("what finds no room is said, and the rest is held all the same", async () => {
    const night = { ...training, id: "night", name: "At night", fromMinute: 0, toMinute: 120 };
    const outcome = await optimiseShifts(withActivities(training, night));
    expect(outcome.issues).toEqual([
      {
        code: "shifts.activityNotPlaced",
        severity: "warning",
        values: { activity: "At night", missing: 3, sessions: 3 },
      },
    ]);
    if (outcome.ok) expect(sessionsOf(outcome.value, "product")).toHaveLength(12);
  });

  test("a pinned shift keeps its seat, and the session is filled around it", async () => {
    const before = await scheduleFor(withActivities(training));
    const seat = sessionsOf(before, "product")[0];
    const pinned = before.shifts.filter(({ id }) => id === seat.shiftId).map((s) => ({ ...s, pinned: true }));
    const schedule = await scheduleFor({ ...withActivities(training), pinned });
    const held = sessionsOf(schedule, "product").filter(({ session }) => session === seat.session);
    expect(held).toHaveLength(4);
    expect(new Set(held.map(({ startMinute }) => startMinute))).toEqual(new Set([seat.startMinute]));
    expect(schedule.shifts.find(({ id }) => id === seat.shiftId)).toEqual(pinned[0]);
  });

  test("the checker finds a session that is too small, too late or nobody's", async () => {
    const rules = { ...withActivities(training), ...settings, activities: [training] };
    const schedule = await scheduleFor(withActivities(training));
    const broken = (change: Partial<ActivityRule>) =>
      checkSchedule({ ...rules, activities: [{ ...training, ...change }] }, schedule).map(({ rule }) => rule);
    expect(broken({ peopleTogether: 5 })).toContain("activity");
    expect(broken({ fromMinute: 1020, toMinute: 1100 })).toContain("activity");
    expect(broken({ lengthMinutes: 45 })).toContain("activity");
    expect(broken({ sessions: 2 })).toContain("activity");
    expect(broken({ groupIds: ["others"] })).toContain("activity");
    expect(checkSchedule({ ...rules, activities: [] }, schedule).map(({ rule }) => rule)).toContain(
      "activity",
    );
  });

  test("breaks alone move around the sessions there are, which stay to the minute", async () => {
    const asked = withActivities(training);
    const present = await scheduleFor(asked);
    const better = await scheduleFor({ ...asked, present, breaksOnly: true });
    const seats = ({ shifts }: Schedule) =>
      shifts.filter(({ activities }) => activities.some(({ ruleId }) => ruleId !== undefined));
    expect(seats(present)).toHaveLength(12);
    expect(seats(better)).toHaveLength(12);
    expect(seats(better)).toEqual(expect.arrayContaining(seats(present)));
    expect(better.objective).toBeLessThanOrEqual(present.objective * (1 + settings.gap));
  });
});
