import { describe, expect, test } from "vitest";
import { shapleyShares } from "../../src/numerics/shapley.ts";

describe("Shapley shares", () => {
  test("of the glove game and the airport game are the published ones", () => {
    // Two left gloves (causes 0 and 1) and a right one: a pair is worth 1.
    const gloves = shapleyShares(3, (mask) => (mask & 4 && mask & 3 ? 1 : 0));
    for (const [cause, share] of [1 / 6, 1 / 6, 2 / 3].entries())
      expect(gloves[cause]).toBeCloseTo(share, 12);
    // Runways that cost 8, 11, 13 and 18: the longest that somebody needs is built (Littlechild and Owen 1973).
    const costs = [8, 11, 13, 18];
    const airport = shapleyShares(4, (mask) =>
      Math.max(0, ...costs.filter((_, cause) => mask & (1 << cause))),
    );
    for (const [cause, share] of [2, 3, 4, 9].entries()) expect(airport[cause]).toBeCloseTo(share, 12);
  });

  test("sum to the whole, and a cause that changes nothing has none", () => {
    const value = (mask: number) =>
      (mask & 1 ? 3 : 0) + (mask & 2 ? -1 : 0) + ((mask & 3) === 3 ? 0.5 : 0) + 7;
    const shares = shapleyShares(3, value);
    expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(value(7) - value(0), 12);
    expect(shares[2]).toBe(0);
    expect(shapleyShares(2, (mask) => [0, 1, 2, 6][mask])).toEqual([2.5, 3.5]);
  });

  test("are of 1 to 16 causes", () => {
    expect(() => shapleyShares(0, () => 0)).toThrow(RangeError);
    expect(() => shapleyShares(17, () => 0)).toThrow(RangeError);
  });
});
