import { describe, expect, test } from "vitest";
import type { Progress } from "../../src/domain/outcome.ts";
import type { Schedule, Shift } from "../../src/domain/plan/shift.ts";
import { checkSchedule } from "../../src/scheduling/check/check-schedule.ts";
import { optimiseShifts } from "../../src/scheduling/optimise-shifts.ts";
import type { ShiftsInput } from "../../src/scheduling/problem/shift-block.ts";
import { group, humps, input, queue, requirement, rest, settings, template } from "./small-plans.ts";

async function scheduleFor(task: ShiftsInput): Promise<Schedule> {
  const outcome = await optimiseShifts(task);
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.issues));
  expect(checkSchedule({ ...task, ...task.settings }, outcome.value)).toEqual([]);
  return outcome.value;
}

const full = template("full", {
  lengthsMinutes: [480, 540],
  breaks: [rest("break", 15, 90, 150), rest("meal", 30, 210, 300), rest("break", 15, 360, 450)],
  minimumWorkMinutes: 60,
});
const part = template("part", {
  lengthsMinutes: [240, 360],
  breaks: [rest("break", 15, 90, 180)],
  minimumWorkMinutes: 60,
});

describe("optimiseShifts", () => {
  test("one block of demand that one kind of shift fits is met exactly and proved", async () => {
    const asked = (minute: number) => (minute >= 480 && minute < 960 ? 7 : 0);
    const schedule = await scheduleFor(
      input({ requirement: requirement({ Voice: asked }), templates: [template("day")] }),
    );
    expect(schedule).toMatchObject({ status: "optimal", gap: 0, paidHours: 56, cost: 1120, objective: 1120 });
    expect(schedule.shifts).toHaveLength(7);
  });

  test("the breaks of a crew are spread so that the floor is never short by more than one", async () => {
    const asked = (minute: number) => (minute >= 480 && minute < 960 ? 9 : 0);
    const crew = template("crew", {
      earliestStartMinute: 480,
      latestStartMinute: 480,
      breaks: [rest("break", 30, 60, 390)],
      minimumCount: 10,
      maximumCount: 10,
    });
    const schedule = await scheduleFor(
      input({ requirement: requirement({ Voice: asked }), templates: [crew] }),
    );
    // Ten breaks in twelve half-hours: one at a time leaves nine at work.
    expect(schedule.understaffedHours).toBe(0);
    expect(schedule.status).toBe("optimal");
  });

  test("a day with meals comes within two per cent of its bound, by either solver", async () => {
    const whole = template("whole", { breaks: [rest("meal", 30, 210, 300)], minimumWorkMinutes: 60 });
    const half = template("half", { lengthsMinutes: [240] });
    const task = input({ requirement: requirement({ Voice: humps(24) }), templates: [whole, half] });
    const withHighs = await scheduleFor({ ...task, settings: { ...settings, gap: 0.02 } });
    const withJavascript = await scheduleFor({
      ...task,
      settings: { ...settings, gap: 0.02, solver: "javascript-lp-solver" },
    });
    for (const schedule of [withHighs, withJavascript]) {
      expect(schedule.gap).toBeLessThanOrEqual(0.02);
      expect(schedule.status).toBe("gapReached");
    }
    expect(withJavascript.bound).toBeCloseTo(withHighs.bound, -1);
    expect([withHighs.solver, withJavascript.solver]).toEqual(["highs", "javascript-lp-solver"]);
  });

  test("the same input and seed give the same schedule", async () => {
    const task = input({ requirement: requirement({ Voice: humps(18) }, 2, 15), templates: [full, part] });
    const one = await scheduleFor(task);
    const other = await scheduleFor(task);
    expect({ ...other, seconds: null }).toEqual({ ...one, seconds: null });
  });

  test("a flexible group is split between queues and never counted twice", async () => {
    const morning = (minute: number) => (minute >= 480 && minute < 720 ? 4 : 0);
    const afternoon = (minute: number) => (minute >= 720 && minute < 960 ? 4 : 0);
    const task = input({
      requirement: requirement({ Voice: morning, Chat: afternoon }),
      groups: [group("voice", "Voice"), group("chat", "Chat"), group("both", "Voice", "Chat")],
      templates: [template("day")],
    });
    const schedule = await scheduleFor(task);
    expect(schedule.shifts).toHaveLength(4);
    expect(new Set(schedule.shifts.map(({ groupId }) => groupId))).toEqual(new Set(["both"]));
    expect(schedule).toMatchObject({ status: "optimal", understaffedHours: 0, overstaffedHours: 0 });
  });

  test("pinned shifts stay and the rest is built around them", async () => {
    const asked = (minute: number) => (minute >= 480 && minute < 960 ? 5 : 0);
    const task = input({ requirement: requirement({ Voice: asked }), templates: [template("day")] });
    const pinned: Shift = {
      id: "keep",
      templateId: "day",
      groupId: "Voice agents",
      date: "2026-11-02",
      startMinute: 420,
      endMinute: 900,
      activities: [{ kind: "work", startMinute: 420, endMinute: 900, paid: true }],
      pinned: true,
    };
    const schedule = await scheduleFor({ ...task, pinned: [pinned] });
    expect(schedule.shifts).toHaveLength(5);
    expect(schedule.shifts.find(({ id }) => id === "keep")).toEqual(pinned);
  });

  test("a night shift joins two days, and one on the day the clock goes back lasts as long as paid", async () => {
    const night = template("night", {
      earliestStartMinute: 1320,
      latestStartMinute: 1320,
      lengthsMinutes: [480],
      breaks: [rest("meal", 30, 180, 300)],
    });
    const asked = (minute: number) => (minute >= 1320 || minute < 360 ? 3 : 0);
    const task = input({
      requirement: requirement({ Voice: asked }, 3, 30, "Europe/Berlin", "2026-10-24"),
      templates: [night],
    });
    const schedule = await scheduleFor(task);
    const first = schedule.shifts.find(({ date }) => date === "2026-10-24");
    expect(first?.startMinute).toBe(1320);
    expect(first?.endMinute).toBe(1800);
    expect(schedule.coverage[0].staffed[44]).toBe(3);
  });

  test("progress carries valid schedules from the start", async () => {
    const task = input({ requirement: requirement({ Voice: humps(20) }, 3, 15), templates: [full, part] });
    const seen: Progress<Schedule>[] = [];
    await optimiseShifts({ ...task, settings: { ...settings, gap: 0.001 } }, (progress) =>
      seen.push(progress),
    );
    const partials = seen.flatMap(({ partial }) => (partial === undefined ? [] : [partial]));
    expect(partials.length).toBeGreaterThan(0);
    for (const partial of partials)
      expect(checkSchedule({ ...task, ...settings, gap: 0.001 } as never, partial)).toEqual([]);
    expect(seen.every(({ total }) => total === 3)).toBe(true);
  });

  test("the search improves on the greedy cover, and the bound lies below both", async () => {
    const task = input({ requirement: requirement({ Voice: humps(15) }, 1, 15), templates: [full, part] });
    const covers: Schedule[] = [];
    const outcome = await optimiseShifts(
      { ...task, settings: { ...settings, gap: 0 } },
      ({ phase, partial }) => {
        if (phase === "firstCover" && partial !== undefined) covers.push(partial);
      },
    );
    if (!outcome.ok) throw new Error(JSON.stringify(outcome.issues));
    expect(covers).toHaveLength(1);
    expect(outcome.value.objective).toBeLessThan(0.97 * covers[0].objective);
    expect(outcome.value.gap).toBeLessThan(0.05);
  });

  test("the example of the docstring", async () => {
    const outcome = await optimiseShifts(
      input({
        requirement: requirement({ Voice: (minute) => (minute >= 480 && minute < 960 ? 1 : 0) }),
        templates: [template("day")],
      }),
    );
    const rows = outcome.ok
      ? outcome.value.shifts.map(({ templateId, date, activities }) => [templateId, date, activities.length])
      : [];
    expect(rows).toEqual([["day", "2026-11-02", 1]]);
  });
});

describe("rules that cannot be met are named", () => {
  const asked = (minute: number) => (minute >= 420 && minute < 960 ? 2 : 0);
  const codesOf = async (task: ShiftsInput) => {
    const outcome = await optimiseShifts(task);
    return [outcome.ok, outcome.issues.map(({ code, values }) => [code, values] as const)] as const;
  };

  test("breaks that do not fit into a shift", async () => {
    const crowded = template("crowded", {
      lengthsMinutes: [240],
      breaks: [rest("meal", 60, 120, 150), rest("break", 30, 120, 150)],
      minimumWorkMinutes: 60,
    });
    expect(
      await codesOf(input({ requirement: requirement({ Voice: asked }), templates: [crowded] })),
    ).toEqual([false, [["shifts.breaksDoNotFit", { template: "crowded", minutes: 240 }]]]);
  });

  test("a minimum where no template reaches, with its time", async () => {
    const task = input({
      requirement: requirement({ Voice: asked }),
      queues: [queue("Voice", 1)],
      templates: [template("late", { earliestStartMinute: 480, latestStartMinute: 540 })],
    });
    expect(await codesOf(task)).toEqual([
      false,
      [["shifts.minimumOutOfReach", { queue: "Voice", date: "2026-11-02", time: "07:00", hours: 2 }]],
    ]);
  });

  test("demand without a hard minimum where no template reaches is a warning", async () => {
    const task = input({
      requirement: requirement({ Voice: asked }),
      templates: [template("late", { earliestStartMinute: 480, latestStartMinute: 540 })],
    });
    expect(await codesOf(task)).toEqual([
      true,
      [["shifts.demandOutOfReach", { queue: "Voice", date: "2026-11-02", time: "07:00", hours: 2 }]],
    ]);
  });

  test("counts and start windows that contradict themselves", async () => {
    const task = input({
      requirement: requirement({ Voice: asked }),
      templates: [
        template("many", { minimumCount: 5, maximumCount: 3 }),
        template("backward", { earliestStartMinute: 600, latestStartMinute: 540 }),
      ],
    });
    const [ok, issues] = await codesOf(task);
    expect(ok).toBe(false);
    expect(issues.map(([code]) => code)).toEqual(["shifts.countsContradict", "shifts.startWindowEmpty"]);
  });

  test("a group or queue that is not there", async () => {
    const task = input({
      requirement: requirement({ Voice: asked }),
      groups: [group("lost", "E-mail")],
      templates: [template("day", { groupIds: ["nobody"] })],
    });
    const [ok, issues] = await codesOf(task);
    expect(ok).toBe(false);
    expect(issues.map(([code]) => code)).toEqual(["shifts.unknownQueue", "shifts.unknownGroup"]);
  });

  test("of many rules, exactly the three that contradict each other, each with its way out", async () => {
    const task = input({
      requirement: requirement({ Voice: (m) => (m >= 420 && m < 1200 ? 6 : 0), Chat: humps(4) }),
      queues: [queue("Voice", 5), queue("Chat", 1)],
      groups: [group("voice", "Voice"), group("chat", "Chat")],
      templates: [
        template("early", {
          groupIds: ["voice"],
          earliestStartMinute: 420,
          latestStartMinute: 450,
          maximumCount: 3,
          breaks: [rest("meal", 30, 240, 270)],
        }),
        template("late", {
          groupIds: ["voice"],
          earliestStartMinute: 480,
          latestStartMinute: 720,
          minimumCount: 2,
          maximumCount: 30,
        }),
        template("chatters", { groupIds: ["chat"], weekdays: [1, 2, 3, 4, 5], maximumCount: 20 }),
      ],
    });
    const [ok, issues] = await codesOf(task);
    expect(ok).toBe(false);
    const [first, ...rules] = issues;
    expect(first).toEqual([
      "shifts.minimumMissed",
      { queue: "Voice", date: "2026-11-02", time: "07:00", minimum: 5, staffed: 3 },
    ]);
    expect(rules.map(([code]) => code).sort()).toEqual([
      "shifts.conflictRule.maximumCount",
      "shifts.conflictRule.minimumAgents",
      "shifts.conflictRule.startWindow",
    ]);
    const about = Object.fromEntries(rules.map(([code, values]) => [code.split(".")[2], values]));
    expect(about.maximumCount).toMatchObject({ template: "early", limit: 3, enough: 5 });
    expect(about.minimumAgents).toMatchObject({ queue: "Voice", limit: 5, enough: 3 });
    expect(about.startWindow).toMatchObject({ template: "late" });
    const costs = rules.map(([, values]) => Number(values?.cost));
    expect(costs).toEqual([...costs].sort((a, b) => a - b));
  });
});

describe("a pinned shift between the slots of the templates", () => {
  test.each([10, 20, 25])("%d minutes late counts by the minute, in the bound as well", async (late) => {
    const night = template("night", { earliestStartMinute: 0, latestStartMinute: 0, lengthsMinutes: [240] });
    const [from, to] = [600 + late, 1080 + late];
    const pinned: Shift = {
      id: "pinned",
      templateId: "night",
      groupId: "Voice agents",
      date: "2026-11-02",
      startMinute: from,
      endMinute: to,
      activities: [{ kind: "work", startMinute: from, endMinute: to, paid: true }],
      pinned: true,
    };
    const schedule = await scheduleFor({
      ...input({
        requirement: requirement({ Voice: (minute) => (minute >= 600 && minute < 1080 ? 1 : 0) }),
        templates: [night],
      }),
      pinned: [pinned],
    });
    // Eight hours at 20, `late` minutes without the agent at 60 an hour, and as long with one too many at 6.
    const price = 160 + (late * 66) / 60;
    expect(schedule.objective).toBeCloseTo(price, 6);
    expect(schedule.bound).toBeLessThanOrEqual(price + 1e-6);
    expect(schedule.bound).toBeGreaterThan(price - 1);
  });
});
