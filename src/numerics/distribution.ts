import { bisect } from "./bisect.ts";
import { exp, expm1, log, log1p } from "./elementary.ts";
import { logGamma } from "./gamma.ts";
import { normalQuantile } from "./normal.ts";

/** A distribution of positive times or factors, as data. `mean` in the unit of the result; `cv` is standard deviation ÷ mean. */
export type Distribution =
  | { readonly kind: "deterministic"; readonly mean: number }
  | { readonly kind: "exponential"; readonly mean: number }
  | { readonly kind: "lognormal"; readonly mean: number; readonly cv: number }
  | { readonly kind: "gamma"; readonly mean: number; readonly cv: number }
  | {
      readonly kind: "hyperexponential";
      /** Shares sum to 1; each has its own exponential mean. */
      readonly shares: readonly number[];
      readonly means: readonly number[];
    }
  | {
      readonly kind: "empirical";
      /** Observed values in rising order, at least one; drawn with equal chance and linear interpolation between. */
      readonly values: readonly number[];
    };

export function distributionMean(distribution: Distribution): number {
  switch (distribution.kind) {
    case "hyperexponential":
      return distribution.shares.reduce((sum, share, phase) => sum + share * distribution.means[phase], 0);
    case "empirical": {
      const { values } = distribution;
      if (values.length === 1) return values[0];
      let sum = 0;
      for (let k = 1; k < values.length; k++) sum += (values[k - 1] + values[k]) / 2;
      return sum / (values.length - 1);
    }
    default:
      return distribution.mean;
  }
}

/**
 * Value that a share `probability` of draws do not exceed: the inverse transform, which keeps draws of two plans from
 * the same uniform number in step. Exact to about 1e-12 relative.
 *
 * @example quantile({ kind: "exponential", mean: 180 }, 0.5) // 124.77 = 180 ln 2
 */
export function quantile(distribution: Distribution, probability: number): number {
  switch (distribution.kind) {
    case "deterministic":
      return distribution.mean;
    case "exponential":
      return -distribution.mean * log1p(-probability);
    case "lognormal": {
      const variance = log1p(distribution.cv ** 2);
      return distribution.mean * exp(Math.sqrt(variance) * normalQuantile(probability) - variance / 2);
    }
    case "gamma": {
      if (distribution.cv === 0) return distribution.mean;
      const shape = 1 / distribution.cv ** 2;
      const scale = distribution.mean / shape;
      return scale * solveQuantile((x) => regularizedLowerGamma(shape, x), probability, shape);
    }
    case "hyperexponential": {
      const { shares, means } = distribution;
      const cumulative = (x: number) =>
        shares.reduce((sum, share, phase) => sum - share * expm1(-x / means[phase]), 0);
      return solveQuantile(cumulative, probability, distributionMean(distribution));
    }
    case "empirical": {
      const { values } = distribution;
      const place = probability * (values.length - 1);
      const below = Math.floor(place);
      if (below + 1 >= values.length) return values[values.length - 1];
      return values[below] + (place - below) * (values[below + 1] - values[below]);
    }
  }
}

/** The same of draws that are known to exceed `passed`: how long what has lasted so long goes on to last, in all. */
export function quantileBeyond(distribution: Distribution, passed: number, probability: number): number {
  if (passed <= 0) return quantile(distribution, probability);
  if (distribution.kind === "exponential") return passed + quantile(distribution, probability);
  const [, below] = bisect((share) => quantile(distribution, share) < passed, 0, 1, { absolute: 1e-15 });
  if (below >= 1) return passed;
  return Math.max(passed, quantile(distribution, Math.min(1 - 1e-15, below + probability * (1 - below))));
}

/**
 * What is left of a draw that is met at a random moment: a uniform share of a draw of which longer ones are met more
 * often, in proportion to their length.
 * @param length the probability that decides how long the draw is in all
 * @param share the part of it that is left, 0–1
 */
export function remainderQuantile(distribution: Distribution, length: number, share: number): number {
  switch (distribution.kind) {
    case "deterministic":
      return share * distribution.mean;
    case "exponential":
      return quantile(distribution, length);
    case "lognormal":
      return (
        share * quantile({ ...distribution, mean: distribution.mean * (1 + distribution.cv ** 2) }, length)
      );
    case "gamma": {
      const longer = 1 + distribution.cv ** 2;
      return (
        share *
        quantile(
          { kind: "gamma", mean: distribution.mean * longer, cv: distribution.cv / Math.sqrt(longer) },
          length,
        )
      );
    }
    case "hyperexponential": {
      const { shares, means } = distribution;
      const mean = distributionMean(distribution);
      return quantile({ ...distribution, shares: shares.map((one, k) => (one * means[k]) / mean) }, length);
    }
    case "empirical": {
      const { values } = distribution;
      let rest = length * values.reduce((sum, value) => sum + value, 0);
      const met = values.find((value) => {
        rest -= value;
        return rest <= 0;
      });
      return share * (met ?? values[values.length - 1]);
    }
  }
}

const tableSize = 4096;

/**
 * A quick `quantile` for loops: closed forms as they are, the others from a table of 4,096 steps with linear
 * interpolation, and exact in the last step of either tail, where a straight line would be wrong.
 */
export function createSampler(distribution: Distribution): (uniform: number) => number {
  switch (distribution.kind) {
    case "deterministic": {
      const { mean } = distribution;
      return () => mean;
    }
    case "exponential": {
      const { mean } = distribution;
      return (uniform) => -mean * log(1 - uniform);
    }
    case "empirical":
      return (uniform) => quantile(distribution, uniform);
    default: {
      const table = new Float64Array(tableSize + 1);
      for (let step = 1; step < tableSize; step++) table[step] = quantile(distribution, step / tableSize);
      return (uniform) => {
        const place = uniform * tableSize;
        const step = place | 0;
        if (step === 0 || step >= tableSize - 4) return quantile(distribution, uniform);
        return table[step] + (place - step) * (table[step + 1] - table[step]);
      };
    }
  }
}

/** Root of a rising distribution function on x > 0, bracketed from a guess and bisected. */
function solveQuantile(cumulative: (x: number) => number, probability: number, guess: number): number {
  let low = guess;
  let high = guess;
  while (cumulative(low) > probability && low > 1e-300) low /= 2;
  while (cumulative(high) < probability && high < 1e300) high *= 2;
  const isBelow = (x: number) => cumulative(x) < probability;
  [low, high] = bisect(isBelow, low, high, { relative: 1e-13, steps: 60 });
  return (low + high) / 2;
}

/**
 * P(shape, x) = γ(shape, x) ÷ Γ(shape), the gamma distribution function: series below shape + 1, continued fraction
 * above (Abramowitz & Stegun 6.5.29, 6.5.31). Throws RangeError unless shape > 0.
 */
export function regularizedLowerGamma(shape: number, x: number): number {
  if (!(shape > 0)) throw new RangeError(`shape must be positive, got ${shape}`);
  if (x <= 0) return 0;
  const factor = exp(shape * log(x) - x - logGamma(shape));
  if (x < shape + 1) {
    let term = 1 / shape;
    let sum = term;
    for (let k = 1; term > 1e-17 * sum; k++) {
      term *= x / (shape + k);
      sum += term;
    }
    return Math.min(1, sum * factor);
  }
  let b = x + 1 - shape;
  let c = 1e300;
  let d = 1 / b;
  let fraction = d;
  for (let k = 1; k < 10_000; k++) {
    const numerator = -k * (k - shape);
    b += 2;
    d = 1 / (numerator * d + b);
    c = b + numerator / c;
    const change = c * d;
    fraction *= change;
    if (Math.abs(change - 1) < 1e-15) break;
  }
  return 1 - factor * fraction;
}
