import { expect, test } from "vitest";
import { isoSegments } from "../../../../src/ui/kit/charts/iso-line.ts";

test("on a plane the line stands where the level is, between cells too", () => {
  const values = [0, 1, 2, 0, 1, 2, 0, 1, 2];
  const segments = isoSegments(values, 3, 3, 0.25);
  expect(segments).toHaveLength(2);
  for (const [x1, , x2] of segments) {
    expect(x1).toBeCloseTo(0.25, 12);
    expect(x2).toBeCloseTo(0.25, 12);
  }
});

test("no line without a crossing, nor beside missing values", () => {
  expect(isoSegments([1, 1, 1, 1], 2, 2, 3)).toEqual([]);
  expect(isoSegments([0, 2, null, 2], 2, 2, 1)).toEqual([]);
});

test("a saddle gives two segments", () => {
  expect(isoSegments([1, 0, 0, 1], 2, 2, 0.5)).toHaveLength(2);
});
