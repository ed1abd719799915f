import { describe, expect, test } from "vitest";
import { type DurationUnit, parseDuration, parseNumber } from "../../src/files/cell-values.ts";

describe("numbers", () => {
  test.each([
    ["1,234.5", ".", 1234.5],
    ["1.234,5", ",", 1234.5],
    ["1 234", ".", 1234],
    ["1\u202f234,5", ",", 1234.5],
    ["94.01%", ".", 0.9401],
    ["1,5", ".", null],
    ["1e400", ".", null],
    ["9".repeat(400), ".", null],
    ["NaN", ".", null],
    ["Infinity", ".", null],
  ] as const)("%s with %s is %s", (text, decimal, expected) => {
    expect(parseNumber(text, decimal)).toBe(expected);
  });
});

describe("durations", () => {
  test.each([
    ["0:02:14", "seconds", 134],
    ["2:14", "seconds", 134],
    ["2:14", "hoursMinutes", 8040],
    ["134", "seconds", 134],
    ["4.5", "minutes", 270],
    ["240000", "milliseconds", 240],
    ["0.0027777778", "days", 240.00000192],
    ["4m 12s", "minutes", 252],
    ["PT4M12S", "seconds", 252],
    ["1 h 2 min", "seconds", 3720],
    ["252s", "seconds", 252],
    ["4分12秒", "seconds", 252],
    ["", "seconds", null],
    ["m", "seconds", null],
    ["four", "seconds", null],
    ["9".repeat(400), "seconds", null],
  ] as const satisfies readonly (readonly [string, DurationUnit, number | null])[])(
    "%s in %s is %s s",
    (text, unit, expected) => {
      const seconds = parseDuration(text, ".", unit);
      if (expected === null) expect(seconds).toBeNull();
      else expect(seconds).toBeCloseTo(expected, 9);
    },
  );
});
