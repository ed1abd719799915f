import { expect, test } from "vitest";
import { bisect } from "../../src/numerics/bisect.ts";

test("a bracket closes around √2 to an absolute or a relative tolerance", () => {
  for (const end of [{ absolute: 1e-12 }, { relative: 1e-12 }]) {
    const [low, high] = bisect((x) => x * x < 2, 0, 4, end);
    expect(low).toBeLessThan(Math.SQRT2);
    expect(high).toBeGreaterThan(Math.SQRT2);
    expect(high - low).toBeLessThan(2e-12);
  }
});

test("a number of steps ends it", () => {
  expect(bisect((x) => x < 1, 0, 8, { steps: 2 })).toEqual([0, 2]);
});

test("an end at which nothing changes stays where it was", () => {
  expect(bisect(() => true, 0, 1, { steps: 60 })[1]).toBe(1);
  expect(bisect(() => false, 0, 1, { steps: 60 })[0]).toBe(0);
});

test("without a tolerance or a number of steps it would not end", () => {
  expect(() => bisect(() => true, 0, 1, {})).toThrow(RangeError);
});
