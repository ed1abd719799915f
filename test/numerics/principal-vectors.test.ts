import { expect, test } from "vitest";
import { principalVectors } from "../../src/numerics/principal-vectors.ts";
import { randomStream } from "../../src/numerics/random.ts";

test("a matrix of known singular vectors gives them back, strongest first", () => {
  // Rows are 5·u₁ and 2·u₂ mixed with orthogonal left vectors.
  const u1 = [0.6, 0.8, 0];
  const u2 = [-0.8, 0.6, 0];
  const left = [
    [1, 1],
    [1, -1],
    [1, 1],
    [1, -1],
  ];
  const rows = Float64Array.from(
    left.flatMap(([a, b]) => u1.map((value, at) => 5 * a * value + 2 * b * u2[at])),
  );
  const vectors = principalVectors(rows, 3, 2);
  for (const [k, expected] of [u1, u2].entries()) {
    const product = expected.reduce((sum, value, at) => sum + value * vectors[k * 3 + at], 0);
    expect(Math.abs(product)).toBeCloseTo(1, 9);
  }
});

test("vectors are orthonormal and eigenvectors of the Gram matrix", () => {
  const chance = randomStream(4, "vectors");
  const width = 12;
  const rows = Float64Array.from(
    { length: 50 * width },
    (_, at) => (10 - (at % width)) * (chance.uniform() + 0.2),
  );
  const count = 3;
  const vectors = principalVectors(rows, width, count);
  const times = (k: number) => {
    const result = new Float64Array(width);
    for (let start = 0; start < rows.length; start += width) {
      let product = 0;
      for (let at = 0; at < width; at++) product += rows[start + at] * vectors[k * width + at];
      for (let at = 0; at < width; at++) result[at] += product * rows[start + at];
    }
    return result;
  };
  const dot = (a: ArrayLike<number>, b: ArrayLike<number>) =>
    Array.from(a).reduce((sum, value, at) => sum + value * b[at], 0);
  const vector = (k: number) => vectors.subarray(k * width, (k + 1) * width);
  for (let k = 0; k < count; k++) {
    for (let other = 0; other < count; other++) {
      expect(dot(vector(k), vector(other))).toBeCloseTo(k === other ? 1 : 0, 9);
    }
  }
  // The first is settled to the iteration's own accuracy; the later ones are close.
  const image = times(0);
  const value = dot(image, vector(0));
  for (let at = 0; at < width; at++) expect(image[at] / value).toBeCloseTo(vector(0)[at], 4);
});
