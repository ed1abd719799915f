import { scaleLinear } from "d3";
import { describe, expect, test } from "vitest";
import {
  bandPath,
  columnIntervals,
  excessPath,
  linePath,
  type PathScales,
  stepPath,
} from "../../../../src/ui/kit/charts/paths.ts";

function scales(count: number, width: number): PathScales {
  return {
    x: scaleLinear([0, count], [0, width]),
    y: (value) => 100 - value,
    span: { first: 0, end: count },
  };
}

describe("outlines of series", () => {
  test("steps hold each value from the start to the end of its interval and break at a gap", () => {
    expect(stepPath([10, 20, null, 20], scales(4, 40))).toBe("M0,90H10V80H20M30,80H40");
  });

  test("a band closes at a gap and starts again", () => {
    const path = bandPath([0, 0, null, 0], [10, 10, 10, 10], scales(4, 40), true);
    expect(path.match(/M/g)).toHaveLength(2);
    expect(path.match(/Z/g)).toHaveLength(2);
  });

  test("excess draws only where the one is above the other", () => {
    expect(excessPath([5, 5], [5, 3], scales(2, 20))).toBe("M10,95H20V97H10Z");
    expect(excessPath([3, 5], [5, 5], scales(2, 20))).toBe("");
  });

  test("a month on a narrow screen keeps its highest peak", () => {
    const series = new Float64Array(20_000);
    series[12_345] = 77;
    const narrow = scales(20_000, 300);
    expect(columnIntervals(narrow)).toBeGreaterThan(1);
    expect(stepPath(series, narrow)).toContain("V23");
    expect(linePath(series, narrow)).toContain(",23");
  });
});
