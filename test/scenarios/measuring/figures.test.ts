import { describe, expect, test } from "vitest";
import { ratioDifference, ratioFigure } from "../../../src/scenarios/measuring/figures.ts";

describe("a ratio and its interval", () => {
  test("with a constant denominator it is the mean with Student's interval", () => {
    const figure = ratioFigure({ above: [1, 2, 3, 4, 5], below: [1, 1, 1, 1, 1] });
    // Mean 3, s = √2.5, t(4) = 2.776445: 2.776445 · √(2.5 ÷ 5).
    expect(figure?.value).toBe(3);
    expect(figure?.halfWidth).toBeCloseTo(1.963243, 5);
  });

  test("nothing below the line is null", () => {
    expect(ratioFigure({ above: [0, 0], below: [0, 0] })).toBeNull();
  });

  test("equal sums differ by exactly zero", () => {
    const sums = { above: [3, 5, 4], below: [10, 11, 9] };
    expect(ratioDifference(sums, { above: [3, 5, 4], below: [10, 11, 9] })).toEqual({
      value: 0,
      halfWidth: 0,
    });
  });

  test("what both have in common leaves the difference", () => {
    const base = { above: [10, 30, 20, 40], below: [1, 1, 1, 1] };
    const plusOne = { above: [11, 31, 21, 41], below: [1, 1, 1, 1] };
    const difference = ratioDifference(plusOne, base);
    expect(difference?.value).toBe(1);
    expect(difference?.halfWidth).toBeCloseTo(0, 12);
    expect(ratioFigure(base)?.halfWidth).toBeGreaterThan(10);
  });
});
