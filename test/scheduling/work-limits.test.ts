import { describe, expect, test } from "vitest";
import { dayOfDate } from "../../src/domain/calendar/interval-grid.ts";
import type { Shift } from "../../src/domain/plan/shift.ts";
import { type WorkLimit, weightOfHours } from "../../src/domain/results/work-limit.ts";
import { checkSchedule } from "../../src/scheduling/check/check-schedule.ts";
import { optimiseShifts } from "../../src/scheduling/optimise-shifts.ts";
import { group, input, queue, requirement, rest, template } from "./small-plans.ts";

const days = [0, 1, 2, 3];
const everyShift = [{ fromHours: 0, weight: 1 }];
const longDouble = [
  { fromHours: 0, weight: 1 },
  { fromHours: 8, weight: 2 },
];
const limit = (groupIds: readonly string[], on: readonly number[], maximum: number, weights = everyShift) =>
  ({ groupIds, days: on, weights, maximum }) satisfies WorkLimit;

/** Four days of two queues; who serves both could do everything. */
const open = (minuteOfDay: number) => (minuteOfDay >= 480 && minuteOfDay < 1200 ? 4 : 0);
const plan = input({
  requirement: requirement({ Voice: open, Chat: open }, 4),
  templates: [
    template("long", { lengthsMinutes: [480], breaks: [rest("break", 30, 120, 300)] }),
    template("short", { lengthsMinutes: [240] }),
  ],
  groups: [group("voice", "Voice"), group("chat", "Chat"), group("both", "Voice", "Chat")],
});

function countUnder({ groupIds, days: on, weights }: WorkLimit, shifts: readonly Shift[]): number {
  return shifts
    .filter(
      ({ groupId, date }) =>
        groupIds.includes(groupId) && on.includes(dayOfDate(plan.requirement.grid, date)!),
    )
    .reduce(
      (sum, { startMinute, endMinute }) => sum + weightOfHours(weights, (endMinute - startMinute) / 60),
      0,
    );
}

async function scheduleWithin(workLimits: readonly WorkLimit[], more: Partial<typeof plan> = {}) {
  const outcome = await optimiseShifts({ ...plan, ...more, workLimits });
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.issues));
  return { ...outcome.value, issues: outcome.issues.map(({ code }) => code) };
}

describe("shifts within what people can work", () => {
  test("a limit on several days is dealt out to them and kept, weights counted", async () => {
    const limits = [
      limit(["both"], days, 5),
      limit(["both", "voice"], [1], 6),
      limit(["voice", "chat", "both"], days, 50, longDouble),
    ];
    const schedule = await scheduleWithin(limits);
    for (const one of limits) expect(countUnder(one, schedule.shifts)).toBeLessThanOrEqual(one.maximum);
    expect(checkSchedule({ ...plan, ...plan.settings, workLimits: limits }, schedule)).toEqual([]);
    // Fifty of weights are far from what eight agents for twelve hours want: the people cost something.
    expect(schedule.people?.cost).toBeGreaterThan(100);
    expect(schedule.people?.understaffedHours).toBeGreaterThan(1);
    const without = await scheduleWithin([]);
    expect(schedule.objective).toBeGreaterThan(without.bound);
    expect(schedule.bound).toBeGreaterThan(without.objective);
    expect(schedule.understaffedHours).toBeGreaterThan(without.understaffedHours + 1);
  });

  test("where others can do the work, it costs nothing that few have both skills", async () => {
    const schedule = await scheduleWithin([limit(["both"], days, 0)]);
    expect(schedule.shifts.filter(({ groupId }) => groupId === "both")).toEqual([]);
    expect(schedule.people).toEqual({ cost: 0, understaffedHours: 0 });
    expect(schedule.gap).toBeLessThan(0.03);
  });

  test("a minimum goes before who is there, and that is said", async () => {
    const schedule = await scheduleWithin([limit(["voice", "both"], [2], 0)], {
      queues: [queue("Voice", 2), queue("Chat", 0)],
    });
    expect(schedule.issues).toContain("shifts.tooFewPeople");
    expect(countUnder(limit(["voice", "both"], [2], 0), schedule.shifts)).toBeGreaterThan(0);
  });

  test("pinned shifts count, and stay even where there are too many", async () => {
    const free = await scheduleWithin([]);
    const pinned = free.shifts
      .filter(({ date }) => date === "2026-11-02")
      .map((one) => ({ ...one, pinned: true }));
    const all = limit(["voice", "chat", "both"], days, pinned.length + 4);
    const schedule = await scheduleWithin([all], { pinned });
    expect(countUnder(all, schedule.shifts)).toBeLessThanOrEqual(all.maximum);
    expect(schedule.shifts.filter((one) => one.pinned)).toHaveLength(pinned.length);
    const fewer = await scheduleWithin([{ ...all, maximum: 3 }], { pinned });
    expect(fewer.shifts).toHaveLength(pinned.length);
  });

  test("the checker finds one shift too many", async () => {
    const schedule = await scheduleWithin([]);
    const all = limit(["voice", "chat", "both"], days, schedule.shifts.length - 1);
    const rules = { ...plan, ...plan.settings };
    expect(checkSchedule({ ...rules, workLimits: [all] }, schedule).map(({ rule }) => rule)).toEqual([
      "people",
    ]);
  });
});
