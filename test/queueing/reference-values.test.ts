import { expect, test } from "vitest";
import { referenceValues } from "../../src/queueing/reference-values.ts";

test.each(
  referenceValues.map((value) => [`${value.group}: ${value.name}, ${value.measure}`, value] as const),
)("%s", (_, { expected, tolerance, compute }) => {
  expect(Math.abs(compute() - expected)).toBeLessThanOrEqual(tolerance);
});
