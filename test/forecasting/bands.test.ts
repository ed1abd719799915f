import { describe, expect, test } from "vitest";
import { bounds, calibrateDayFactor, calibrateDispersion } from "../../src/forecasting/bands.ts";
import { countQuantile } from "../../src/numerics/count-distribution.ts";
import { normalQuantile } from "../../src/numerics/normal.ts";
import { randomStream } from "../../src/numerics/random.ts";

const probabilities = [0.025, 0.1, 0.9, 0.975];

describe("bounds of a count", () => {
  test("are the exact quantiles for small means and within one count of them for large ones", () => {
    const band = new Float64Array(4);
    for (const mean of [0.2, 3, 17, 39.9, 40, 65, 250, 900]) {
      for (const dispersion of [0, 0.002, 0.01, 0.05]) {
        bounds(mean, dispersion, band);
        for (const [at, probability] of probabilities.entries()) {
          const exact = countQuantile(mean, dispersion, probability);
          expect(Math.abs(band[at] - exact), `${mean} ${dispersion} ${probability}`).toBeLessThanOrEqual(
            mean < 40 ? 0 : 1,
          );
        }
      }
    }
    bounds(0, 0.01, band);
    expect([...band]).toEqual([0, 0, 0, 0]);
  });
});

describe("calibration", () => {
  test("finds the spread that counts were drawn with, and outages do not move it", () => {
    const chance = randomStream(9, "bands");
    const means = Array.from({ length: 4000 }, (_, at) => 100 + (at % 300));
    const actuals = means.map((mean) => countQuantile(mean, 0.01, chance.uniform()));
    expect(calibrateDispersion({ means, actuals })).toBeCloseTo(0.01, 2);
    const clean = calibrateDispersion({ means, actuals });
    const withOutages = calibrateDispersion({
      means,
      actuals: actuals.map((value, at) => (at % 25 === 0 ? 0 : value)),
    });
    expect(Math.abs(withOutages - clean)).toBeLessThan(0.002);
  });

  test("counts no more scattered than Poisson have no dispersion", () => {
    const chance = randomStream(10, "bands");
    const means = Array.from({ length: 2000 }, () => 200);
    expect(
      calibrateDispersion({ means, actuals: means.map((mean) => countQuantile(mean, 0, chance.uniform())) }),
    ).toBeLessThan(0.0008);
  });

  test("the day factor is what day totals scatter together", () => {
    const chance = randomStream(11, "bands");
    const days = Array.from({ length: 600 }, () => {
      const factor = 1 + 0.08 * normalQuantile(chance.uniform());
      let actual = 0;
      for (let slot = 0; slot < 40; slot++) actual += countQuantile(60 * factor, 0, chance.uniform());
      return { mean: 2400, actual, squares: 40 * 3600, dispersion: 0.02 };
    });
    // φ of intervals is given too large on purpose: what is not shared is taken off the sum of squares.
    const factor = calibrateDayFactor(days);
    expect(factor).toBeGreaterThan(0.004);
    expect(factor).toBeLessThan(0.008);
  });
});
