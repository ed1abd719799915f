import { expect, test } from "vitest";
import type { Shift } from "../../../../src/domain/plan/shift.ts";
import { withActivityAt, withTimes } from "../../../../src/ui/pages/shifts/shift-moves.ts";

const shift: Shift = {
  id: "a",
  templateId: "day",
  groupId: "voice",
  date: "2026-11-02",
  startMinute: 480,
  endMinute: 960,
  activities: [
    { kind: "work", startMinute: 480, endMinute: 720, paid: true },
    { kind: "meal", startMinute: 720, endMinute: 750, paid: false },
    { kind: "work", startMinute: 750, endMinute: 960, paid: true },
  ],
  pinned: false,
};
const times = (of: Shift | null) =>
  of?.activities.map(({ startMinute, endMinute }) => [startMinute, endMinute]);

test("a shift moved as a whole takes its breaks along", () => {
  expect(times(withTimes(shift, 510, 990))).toEqual([
    [510, 750],
    [750, 780],
    [780, 990],
  ]);
});

test("a shift stretched or cut keeps its breaks where they are", () => {
  expect(times(withTimes(shift, 480, 1020))).toEqual([
    [480, 720],
    [720, 750],
    [750, 1020],
  ]);
  expect(times(withTimes(shift, 480, 750))).toEqual([
    [480, 720],
    [720, 750],
  ]);
});

test("a break moves inside its shift, and work fills what it leaves", () => {
  expect(times(withActivityAt(shift, 1, 600))).toEqual([
    [480, 600],
    [600, 630],
    [630, 960],
  ]);
});

test("edits that make no sense are refused", () => {
  expect(withTimes(shift, 480, 735)).toBeNull();
  expect(withTimes(shift, 600, 600)).toBeNull();
  expect(withActivityAt(shift, 1, 940)).toBeNull();
  expect(withActivityAt(shift, 0, 600)).toBeNull();
});
