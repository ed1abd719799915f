import { describe, expect, test } from "vitest";
import { countQuantile } from "../../src/numerics/count-distribution.ts";
import {
  createSampler,
  type Distribution,
  distributionMean,
  quantile,
  regularizedLowerGamma,
} from "../../src/numerics/distribution.ts";
import { fillExponential } from "../../src/numerics/exponential.ts";
import { normalQuantile } from "../../src/numerics/normal.ts";
import { studentFactor95, studentWithin } from "../../src/numerics/student.ts";

describe("quantiles", () => {
  test("of the normal distribution, against published values", () => {
    expect(normalQuantile(0.975)).toBeCloseTo(1.959963984540054, 14);
    expect(normalQuantile(0.25)).toBeCloseTo(-0.6744897501960817, 14);
    expect(normalQuantile(1e-20)).toBeCloseTo(-9.26234008979841, 11);
    expect(() => normalQuantile(1)).toThrow(RangeError);
  });

  test("of Student's distribution: the usual table, and its limit", () => {
    expect(studentFactor95(1)).toBeCloseTo(12.7062047, 6);
    expect(studentFactor95(4)).toBeCloseTo(2.7764451, 6);
    expect(studentFactor95(29)).toBeCloseTo(2.0452296, 6);
    expect(studentFactor95(400)).toBeCloseTo(studentFactor95(401), 4);
    expect(studentFactor95(1e6)).toBeCloseTo(1.96, 3);
    expect(studentWithin(2.0452296, 29)).toBeCloseTo(0.95, 7);
  });

  test("of the gamma distribution: exponential and Erlang shapes in closed form", () => {
    expect(regularizedLowerGamma(1, 2)).toBeCloseTo(1 - Math.exp(-2), 14);
    expect(regularizedLowerGamma(3, 5)).toBeCloseTo(1 - Math.exp(-5) * (1 + 5 + 12.5), 14);
    expect(quantile({ kind: "gamma", mean: 180, cv: 1 }, 0.7)).toBeCloseTo(-180 * Math.log(0.3), 8);
    // A cv of 0.1 has shape 100; its median is about shape − 1/3.
    expect(quantile({ kind: "gamma", mean: 1, cv: 0.1 }, 0.5)).toBeCloseTo(0.9966687, 5);
  });
});

describe("times drawn by a sampler", () => {
  const shapes: [Distribution, number][] = [
    [{ kind: "exponential", mean: 180 }, 1],
    [{ kind: "lognormal", mean: 120, cv: 2 }, 2],
    [{ kind: "gamma", mean: 240, cv: 1.2 }, 1.2],
    [{ kind: "gamma", mean: 240, cv: 0.3 }, 0.3],
    [{ kind: "hyperexponential", shares: [0.4, 0.6], means: [20, 186.667] }, 1.3878],
  ];
  for (const [distribution, cv] of shapes) {
    test(`${distribution.kind} has its mean and spread, and rises with the uniform number`, () => {
      const sample = createSampler(distribution);
      const draws = 400_000;
      let sum = 0;
      let squares = 0;
      let before = 0;
      let falls = 0;
      for (let k = 0; k < draws; k++) {
        const value = sample((k + 0.5) / draws);
        if (value < before) falls++;
        before = value;
        sum += value;
        squares += value * value;
      }
      expect(falls).toBe(0);
      const mean = sum / draws;
      expect(mean / distributionMean(distribution)).toBeCloseTo(1, 3);
      expect(Math.sqrt(squares / draws - mean * mean) / mean / cv).toBeCloseTo(1, 1);
    });
  }

  test("empirical values come back, with nothing beyond them", () => {
    const sample = createSampler({ kind: "empirical", values: [10, 20, 40] });
    expect([sample(0), sample(0.25), sample(0.5), sample(0.999999)]).toEqual([
      10,
      15,
      20,
      expect.closeTo(40, 3),
    ]);
    expect(distributionMean({ kind: "empirical", values: [10, 20, 40] })).toBe(22.5);
  });
});

test("an exponential from 32 bits is −ln of their complement, to the last few digits, and rises all along", () => {
  const words = Uint32Array.from([
    0,
    ...Array.from({ length: 100_000 }, (_, k) => 8 + k * 42_949),
    ...[7, 3, 2, 1, 0].map((last) => 0xffffffff - last),
  ]);
  const values = new Float64Array(words.length);
  fillExponential(words, 0, 1, values);
  let worst = 0;
  let falls = 0;
  words.forEach((word, k) => {
    const exact = -Math.log((0xffffffff - word + 0.5) / 2 ** 32);
    worst = Math.max(worst, Math.abs(values[k] - exact) / Math.max(exact, 1e-3));
    if (k > 0 && values[k] < values[k - 1]) falls++;
  });
  expect(worst).toBeLessThan(1e-12);
  expect(falls).toBe(0);
});

test("exponentials are drawn from every so many words, beginning with the one asked for", () => {
  const every = new Float64Array(6);
  const third = new Float64Array(2);
  const words = Uint32Array.from([5, 6, 7, 8, 9, 10], (k) => k * 400_000_000);
  fillExponential(words, 0, 1, every);
  fillExponential(words, 1, 3, third);
  expect([...third]).toEqual([every[1], every[4]]);
});

describe("counts", () => {
  test("Poisson quantiles against summed probabilities", () => {
    for (const mean of [0.3, 4, 11.9, 57, 400]) {
      let term = Math.exp(-mean);
      let sum = term;
      let count = 0;
      for (const probability of [0.001, 0.2, 0.5, 0.9, 0.999]) {
        while (sum < probability) {
          count++;
          term *= mean / count;
          sum += term;
        }
        expect(countQuantile(mean, 0, probability)).toBe(count);
      }
    }
  });

  test("with dispersion the variance is μ + φμ²", () => {
    for (const [mean, dispersion] of [
      [3, 0.5],
      [40, 0.05],
      [900, 0.01],
      [2, 3],
    ]) {
      const draws = 20_000;
      let sum = 0;
      let squares = 0;
      for (let k = 0; k < draws; k++) {
        const count = countQuantile(mean, dispersion, (k + 0.5) / draws);
        sum += count;
        squares += count * count;
      }
      const average = sum / draws;
      expect(average / mean).toBeCloseTo(1, 2);
      expect((squares / draws - average ** 2) / (mean + dispersion * mean ** 2)).toBeCloseTo(1, 1);
    }
    expect(countQuantile(0, 0, 0.9)).toBe(0);
    expect(() => countQuantile(-1, 0, 0.5)).toThrow(RangeError);
  });
});
