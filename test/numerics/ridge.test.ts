import { describe, expect, test } from "vitest";
import { randomStream } from "../../src/numerics/random.ts";
import { ridge } from "../../src/numerics/ridge.ts";

describe("ridge regression", () => {
  test("one column has the closed form Σwxy ÷ (Σwx² + λ)", () => {
    const x = Float64Array.from([1, 2, 3]);
    const y = Float64Array.from([2, 3, 7]);
    const weights = Float64Array.from([1, 0.5, 2]);
    const expected = (1 * 2 + 0.5 * 2 * 3 + 2 * 3 * 7) / (1 + 0.5 * 4 + 2 * 9 + 0.2);
    expect(ridge(x, 1, y, weights, [0.2])[0]).toBeCloseTo(expected, 12);
  });

  test("with next to no penalty it is least squares", () => {
    const chance = randomStream(2, "ridge");
    const truth = [3, -1, 0.5, 2];
    const rows = Float64Array.from({ length: 40 * 4 }, () => chance.uniform() - 0.5);
    const y = Float64Array.from({ length: 40 }, (_, row) =>
      truth.reduce((sum, b, column) => sum + b * rows[row * 4 + column], 0),
    );
    const b = ridge(rows, 4, y, new Float64Array(40).fill(1), new Float64Array(4).fill(1e-10));
    for (const [column, value] of truth.entries()) expect(b[column]).toBeCloseTo(value, 7);
  });

  test("the answer satisfies the normal equations, also where columns repeat", () => {
    const rows = Float64Array.from([1, 1, 0, 1, 1, 1, 1, 1, 0, 0, 0, 1]);
    const y = Float64Array.from([1, 4, 2, 3]);
    const b = ridge(rows, 3, y, new Float64Array(4).fill(1), [0.3, 0.3, 0.3]);
    expect(b[0]).toBeCloseTo(b[1], 12);
    for (let column = 0; column < 3; column++) {
      let gradient = 0.3 * b[column];
      for (let row = 0; row < 4; row++) {
        const fitted = b[0] * rows[row * 3] + b[1] * rows[row * 3 + 1] + b[2] * rows[row * 3 + 2];
        gradient -= rows[row * 3 + column] * (y[row] - fitted);
      }
      expect(gradient).toBeCloseTo(0, 12);
    }
    expect(() => ridge(rows, 3, y, new Float64Array(4).fill(1), [0.3, 0, 0.3])).toThrow(RangeError);
  });
});
