import { expect, test } from "vitest";
import { normalProbability, normalQuantile } from "../../src/numerics/normal.ts";

test("probabilities of the normal distribution: the table's, and what the quantile is the inverse of", () => {
  // Abramowitz & Stegun, table 26.1.
  for (const [x, probability] of [
    [0, 0.5],
    [1, 0.8413447461],
    [1.96, 0.9750021049],
    [-2.5, 0.0062096653],
  ]) {
    expect(normalProbability(x)).toBeCloseTo(probability, 6);
  }
  for (const probability of [0.001, 0.2, 0.5, 0.9, 0.999]) {
    expect(normalProbability(normalQuantile(probability))).toBeCloseTo(probability, 6);
  }
});
