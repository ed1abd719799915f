import fc from "fast-check";
import { expect, test } from "vitest";
import {
  median,
  nearestRank,
  quantileOfSorted,
  robustDeviation,
} from "../../src/numerics/order-statistics.ts";

// The sample of R's help page of quantile(), x <- c(1, 2, 4, 7, 11, 16), computed there with type = 7 and type = 1.
const sample = [1, 2, 4, 7, 11, 16];

test("the median of an even number is the mean of the middle two", () => {
  expect(median([5, 1, 3])).toBe(3);
  expect(median([4, 1, 3, 2])).toBe(2.5);
  expect(median(Float64Array.of(10, 9))).toBe(9.5);
});

test("the median leaves the order of its values alone", () => {
  const values = [3, 1, 2];
  median(values);
  expect(values).toEqual([3, 1, 2]);
});

test("an interpolated quantile is type 7 of Hyndman and Fan", () => {
  const at = [0, 0.1, 0.25, 0.5, 0.75, 0.9, 1].map((share) => quantileOfSorted(sample, share));
  const right = [1, 1.5, 2.5, 5.5, 10, 13.5, 16];
  for (const [place, value] of at.entries()) expect(value).toBeCloseTo(right[place], 12);
});

test("a nearest rank is type 1 of Hyndman and Fan", () => {
  expect([0.1, 0.25, 0.5, 0.75, 0.9, 1].map((share) => nearestRank(sample, share))).toEqual([
    1, 2, 4, 11, 16, 16,
  ]);
});

test("the robust deviation is the median absolute deviation times 1.4826", () => {
  expect(robustDeviation([1, 1, 2, 2, 4, 6, 9], 2)).toBeCloseTo(1.4826, 12);
  expect(robustDeviation([10, 10, 10, 1000], 10)).toBe(0);
});

test("no statistic of no values", () => {
  for (const statistic of [
    median,
    (values: number[]) => quantileOfSorted(values, 0.5),
    (values: number[]) => nearestRank(values, 0.5),
    (values: number[]) => robustDeviation(values, 0),
  ])
    expect(() => statistic([])).toThrow(RangeError);
});

test("for any sample the quantile at one half is the median, and quantiles rise", () => {
  const values = fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 40 });
  fc.assert(
    fc.property(values, fc.double({ min: 0, max: 1, noNaN: true }), (list, share) => {
      const sorted = Float64Array.from(list).sort();
      expect(quantileOfSorted(sorted, 0.5)).toBeCloseTo(median(list), 6);
      expect(quantileOfSorted(sorted, share)).toBeGreaterThanOrEqual(sorted[0]);
      expect(quantileOfSorted(sorted, share)).toBeLessThanOrEqual(sorted[sorted.length - 1]);
      expect(list).toContain(nearestRank(sorted, Math.max(share, 1e-9)));
    }),
  );
});
