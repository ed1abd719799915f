import { expect, test } from "vitest";
import {
  begunAt,
  endedAt,
  splitAt,
  withActivity,
  withActivityAt,
  withoutActivity,
  withTimes,
} from "../../../src/domain/plan/edit-shift.ts";
import type { Shift } from "../../../src/domain/plan/shift.ts";

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

test("a meeting is put where work is, and taken out again", () => {
  const met = withActivity(shift, { kind: "meeting", startMinute: 540, endMinute: 570, paid: true });
  expect(times(met)).toEqual([
    [480, 540],
    [540, 570],
    [570, 720],
    [720, 750],
    [750, 960],
  ]);
  expect(withoutActivity(met!, 1)).toEqual(shift);
  expect(withActivity(shift, { kind: "break", startMinute: 735, endMinute: 765, paid: true })).toBeNull();
  expect(withoutActivity(shift, 0)).toBeNull();
});

test("a split takes the place of the breaks that lie in it, and leaves work on both sides", () => {
  expect(times(splitAt(shift, 690, 810))).toEqual([
    [480, 690],
    [690, 810],
    [810, 960],
  ]);
  expect(splitAt(shift, 690, 810)!.activities[1]).toMatchObject({ kind: "split", paid: false });
  expect(splitAt(shift, 735, 800)).toBeNull();
  expect(splitAt(shift, 480, 800)).toBeNull();
  expect(splitAt(shift, 750, 960)).toBeNull();
});

test("ended earlier, a shift loses the break at which it would end, and may end before the time asked for", () => {
  expect(times(endedAt(shift, 840))).toEqual([
    [480, 720],
    [720, 750],
    [750, 840],
  ]);
  // The meal would be its end.
  expect(times(endedAt(shift, 735))).toEqual([[480, 720]]);
  expect(endedAt(shift, 735).endMinute).toBe(720);
  expect(times(endedAt(shift, 1020))).toEqual([
    [480, 720],
    [720, 750],
    [750, 1020],
  ]);
});

test("begun later, it loses the break with which it would begin; begun earlier, it works longer", () => {
  expect(times(begunAt(shift, 735))).toEqual([[750, 960]]);
  expect(begunAt(shift, 735).startMinute).toBe(750);
  expect(times(begunAt(shift, 420))).toEqual([
    [420, 720],
    [720, 750],
    [750, 960],
  ]);
});
