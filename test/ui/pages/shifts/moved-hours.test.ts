import { describe, expect, test } from "vitest";
import { createIntervalGrid } from "../../../../src/domain/calendar/interval-grid.ts";
import type { Schedule, Shift } from "../../../../src/domain/plan/shift.ts";
import { movedHours } from "../../../../src/ui/pages/shifts/moved-hours.ts";
import { scheduleOf } from "../../../builders.ts";

/** Berlin's autumn change: the Sunday has 25 hours, and the two between 02:00 and 03:00 are one hour of the clock. */
const grid = createIntervalGrid("Europe/Berlin", 15, "2026-10-24", 2);

function schedule(
  ...shifts: readonly (readonly [groupId: string, startMinute: number, endMinute: number, breakAt?: number])[]
): Schedule {
  const made = shifts.map(
    ([groupId, startMinute, endMinute, breakAt], at): Shift => ({
      id: `s${at}`,
      templateId: "t",
      groupId,
      date: "2026-10-24",
      startMinute,
      endMinute,
      activities:
        breakAt === undefined
          ? [{ kind: "work", startMinute, endMinute, paid: true }]
          : [
              { kind: "work", startMinute, endMinute: breakAt, paid: true },
              { kind: "break", startMinute: breakAt, endMinute: breakAt + 30, paid: true },
              { kind: "work", startMinute: breakAt + 30, endMinute, paid: true },
            ],
      pinned: false,
    }),
  );
  return scheduleOf(grid, made);
}

describe("who is there for longer, and who for shorter", () => {
  test("hours at work that moved, by group and two hours of the clock, the largest first", () => {
    const before = schedule(["voice", 480, 720], ["chat", 480, 600]);
    const after = schedule(["voice", 480, 600], ["chat", 480, 600], ["both", 540, 840]);
    expect(movedHours(before, after)).toEqual([
      { groupId: "voice", fromMinute: 600, toMinute: 720, hours: -2 },
      { groupId: "both", fromMinute: 600, toMinute: 720, hours: 2 },
      { groupId: "both", fromMinute: 720, toMinute: 840, hours: 2 },
      { groupId: "both", fromMinute: 480, toMinute: 600, hours: 1 },
    ]);
  });

  test("breaks are not work, and a quarter of an hour is not told", () => {
    const before = schedule(["voice", 480, 600]);
    expect(movedHours(before, schedule(["voice", 480, 600, 510]))).toEqual([
      { groupId: "voice", fromMinute: 480, toMinute: 600, hours: -0.5 },
    ]);
    expect(movedHours(before, schedule(["voice", 495, 600]))).toEqual([]);
  });

  test("the hour that comes twice counts twice under its own name", () => {
    const night = 1440 + 120;
    expect(movedHours(schedule(), schedule(["voice", night, night + 180]))).toEqual([
      { groupId: "voice", fromMinute: 120, toMinute: 240, hours: 3 },
    ]);
  });
});
