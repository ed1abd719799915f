import { beforeAll, describe, expect, test } from "vitest";
import type { Schedule, Shift } from "../../../src/domain/plan/shift.ts";
import { checkSchedule } from "../../../src/scheduling/check/check-schedule.ts";
import type { ScheduleRules } from "../../../src/scheduling/check/schedule-rules.ts";
import { optimiseShifts } from "../../../src/scheduling/optimise-shifts.ts";
import { group, humps, input, requirement, rest, template } from "../small-plans.ts";

/** A right schedule, then one thing broken at a time: the checker must name the rule that was broken. */
const task = input({
  requirement: requirement({ Voice: humps(8), Chat: humps(3) }, 2, 15),
  groups: [group("voice", "Voice"), group("chat", "Chat"), group("both", "Voice", "Chat")],
  templates: [
    template("day", {
      groupIds: ["voice", "chat", "both"],
      weekdays: [1, 2],
      breaks: [rest("break", 15, 90, 150), rest("meal", 30, 210, 300)],
      minimumWorkMinutes: 60,
      minimumCount: 1,
      maximumCount: 40,
    }),
  ],
});
const rules: ScheduleRules = { ...task, ...task.settings };
let right: Schedule;

beforeAll(async () => {
  const outcome = await optimiseShifts(task);
  if (!outcome.ok) throw new Error("no schedule to break");
  right = outcome.value;
});

const withFirst = (change: (shift: Shift) => Partial<Shift>): Schedule => ({
  ...right,
  shifts: right.shifts.map((shift, index) => (index === 0 ? { ...shift, ...change(shift) } : shift)),
});
const moved = (shift: Shift, minutes: number): Partial<Shift> => ({
  startMinute: shift.startMinute + minutes,
  endMinute: shift.endMinute + minutes,
  activities: shift.activities.map((a) => ({
    ...a,
    startMinute: a.startMinute + minutes,
    endMinute: a.endMinute + minutes,
  })),
});
const rulesBroken = (schedule: Schedule, under: ScheduleRules = rules) =>
  new Set(checkSchedule(under, schedule).map(({ rule }) => rule));

describe("checkSchedule", () => {
  test("a right schedule has no fault", () => expect(checkSchedule(rules, right)).toEqual([]));

  const cases: [string, () => Schedule, (ScheduleRules | undefined)?][] = [
    ["duplicateId", () => withFirst(() => ({ id: right.shifts[1].id }))],
    ["unknownTemplate", () => withFirst(() => ({ templateId: "nothing" }))],
    ["unknownGroup", () => withFirst(() => ({ groupId: "nobody" }))],
    ["start", () => withFirst((shift) => moved(shift, 15))],
    ["start", () => withFirst((shift) => moved(shift, -600))],
    ["start", () => withFirst(() => ({ date: "2026-11-03" }))],
    ["length", () => withFirst((shift) => ({ endMinute: shift.endMinute + 60 }))],
    ["activities", () => withFirst((shift) => ({ activities: shift.activities.slice(1) }))],
    [
      "breaks",
      () =>
        withFirst((shift) => ({
          activities: shift.activities.map((a) => ({ ...a, kind: "work" as const })),
        })),
    ],
    [
      "breaks",
      () => withFirst((shift) => ({ activities: shift.activities.map((a) => ({ ...a, paid: !a.paid })) })),
    ],
    ["minimumCount", () => ({ ...right, shifts: [] })],
    ["coverage", () => ({ ...right, shifts: right.shifts.slice(1) })],
    [
      "coverage",
      () => ({
        ...right,
        coverage: right.coverage.map((c) => ({ ...c, staffed: c.staffed.map((s) => s + 1) })),
      }),
    ],
    ["coverage", () => ({ ...right, coverage: right.coverage.slice(1) })],
    ["figures", () => ({ ...right, cost: right.cost - 1 })],
    ["figures", () => ({ ...right, paidHours: right.paidHours + 1 })],
    ["figures", () => ({ ...right, understaffedHours: right.understaffedHours - 1 })],
    ["figures", () => ({ ...right, objective: right.objective * 0.99 })],
    ["figures", () => ({ ...right, gap: right.gap / 2 - 0.01 })],
    ["bound", () => ({ ...right, bound: right.objective * 1.1 })],
  ];
  test.each(cases)("names %s", (rule, broken) => expect(rulesBroken(broken())).toContain(rule));

  test("names a break outside its window and work that is too short", () => {
    const early = withFirst((shift) => {
      const [work, pause, ...rests] = shift.activities;
      const at = shift.startMinute + 30;
      return {
        activities: [
          { ...work, endMinute: at },
          { ...pause, startMinute: at, endMinute: at + 15 },
          { ...rests[0], startMinute: at + 15 },
          ...rests.slice(1),
        ],
      };
    });
    expect(rulesBroken(early)).toContain("breakWindow");
    expect(rulesBroken(early)).toContain("minimumWork");
  });

  test("names rules that changed under the schedule", () => {
    const [day] = rules.templates;
    const under = (changes: object) => rulesBroken(right, { ...rules, templates: [{ ...day, ...changes }] });
    expect(under({ weekdays: [2] })).toContain("weekday");
    expect(under({ groupIds: ["chat"] })).toContain("groupNotAllowed");
    expect(under({ maximumCount: 1 })).toContain("maximumCount");
    const pinned = [{ ...right.shifts[0], startMinute: 0 }];
    expect(rulesBroken(right, { ...rules, pinned })).toContain("pinnedMoved");
  });
});
