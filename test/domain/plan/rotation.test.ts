import { describe, expect, test } from "vitest";
import {
  rotationDays,
  rowOfPerson,
  type ShiftRotation,
  shiftRotationSchema,
  weekOfRotation,
  withPersonInRow,
  withRotationDays,
  withWeekCount,
} from "../../../src/domain/plan/rotation.ts";

const shift = { templateId: "early" };
const off = { templateId: null };
const rotation: ShiftRotation = {
  id: "r",
  name: "Three weeks",
  weeks: [
    [shift, shift, shift, shift, shift, off, off],
    [null, null, null, null, null, null, null],
    [off, off, shift, shift, shift, shift, shift],
  ],
  startDate: "2026-11-04",
  people: [
    { agentId: "Ada", offset: 0 },
    { agentId: "Ben", offset: 2 },
  ],
};

describe("a rotation", () => {
  test("goes on week by week, over the border of periods and years, and backwards", () => {
    const weekOn = (date: string, offset = 0) => weekOfRotation(rotation, offset, date);
    // The start is a Wednesday: its whole week is the first.
    expect(
      ["2026-11-02", "2026-11-08", "2026-11-09", "2026-11-16", "2026-11-23"].map((date) => weekOn(date)),
    ).toEqual([0, 0, 1, 2, 0]);
    expect([
      weekOn("2026-11-01"),
      weekOn("2027-01-04"),
      weekOn("2026-11-02", 2),
      weekOn("2026-11-09", 2),
    ]).toEqual([2, 0, 2, 0]);
  });

  test("asks for shifts and days off, and for nothing where nothing is said", () => {
    const days = rotationDays(rotation, 0, { firstDate: "2026-11-06", dayCount: 12 });
    expect(days).toEqual([
      { date: "2026-11-06", templateId: "early" },
      { date: "2026-11-07", templateId: null },
      { date: "2026-11-08", templateId: null },
      { date: "2026-11-16", templateId: null },
      { date: "2026-11-17", templateId: null },
    ]);
  });

  test("is given to its people only, and the first of several counts", () => {
    const people = [{ id: "Ada" }, { id: "Cem" }];
    const period = { firstDate: "2026-11-02", dayCount: 1 };
    const other = { ...rotation, weeks: rotation.weeks.toReversed() };
    const given = withRotationDays(people, [rotation, other], period);
    expect(given).toEqual([
      { id: "Ada", rotationDays: [{ date: "2026-11-02", templateId: "early" }] },
      { id: "Cem" },
    ]);
    expect(withRotationDays(people, undefined, period)).toBe(people);
  });

  test("puts people in a row in the week of a date, and keeps them there when rows come or go", () => {
    const date = "2026-11-16";
    const moved = withPersonInRow(rotation, "Cem", 1, date);
    expect(rowOfPerson(moved, "Cem", date)).toBe(1);
    expect(rowOfPerson(moved, "Cem", "2026-11-23")).toBe(2);
    expect(rowOfPerson(withPersonInRow(moved, "Cem", null, date), "Cem", date)).toBeNull();
    const longer = withWeekCount(moved, 5, date);
    expect(longer.weeks).toHaveLength(5);
    expect(["Ada", "Ben", "Cem"].map((agentId) => rowOfPerson(longer, agentId, date))).toEqual([2, 1, 1]);
    expect(withWeekCount(moved, 2, date).weeks).toEqual(rotation.weeks.slice(0, 2));
    expect(rowOfPerson(withWeekCount(moved, 2, date), "Ada", date)).toBe(0);
  });

  test("has 2 to 53 weeks of seven days", () => {
    const ofWeeks = (count: number) => ({ ...rotation, weeks: Array(count).fill(rotation.weeks[0]) });
    expect([1, 2, 53, 54].map((count) => shiftRotationSchema.safeParse(ofWeeks(count)).success)).toEqual([
      false,
      true,
      true,
      false,
    ]);
    const short = { ...rotation, weeks: [rotation.weeks[0].slice(1), rotation.weeks[1]] };
    expect(shiftRotationSchema.safeParse(short).success).toBe(false);
  });
});
