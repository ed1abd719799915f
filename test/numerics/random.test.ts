import { expect, test } from "vitest";
import { randomStream, streamState } from "../../src/numerics/random.ts";

test("the same name gives the same numbers, another name others", () => {
  const draw = (...keys: (string | number)[]) => {
    const stream = randomStream(7, ...keys);
    return Array.from({ length: 5 }, () => stream.uniform());
  };
  expect(draw("arrivals", 3)).toEqual(draw("arrivals", 3));
  expect(draw("arrivals", 3)).not.toEqual(draw("arrivals", 4));
  expect(draw("arrivals", 3)).not.toEqual(draw("patience", 3));
});

test("numbers are uniform: mean, variance and lag-one correlation of 200,000", () => {
  const stream = randomStream(1, "uniformity");
  const count = 200_000;
  let sum = 0;
  let squares = 0;
  let products = 0;
  let previous = 0.5;
  for (let i = 0; i < count; i++) {
    const value = stream.uniform();
    sum += value;
    squares += value * value;
    products += (value - 0.5) * (previous - 0.5);
    previous = value;
  }
  expect(sum / count).toBeCloseTo(0.5, 2);
  expect(squares / count - (sum / count) ** 2).toBeCloseTo(1 / 12, 2);
  expect(Math.abs(products / count)).toBeLessThan(4 / 12 / Math.sqrt(count));
});

test("40,000 streams have 40,000 different states", () => {
  const seen = new Set<string>();
  for (let i = 0; i < 40_000; i++) seen.add(streamState(1, ["arrivals", i]).join());
  expect(seen.size).toBe(40_000);
});
