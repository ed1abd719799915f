import { exp, log, log1p } from "./elementary.ts";
import { logGamma } from "./gamma.ts";

/**
 * Smallest k with P(N ≤ k) ≥ `probability`, for a count with variance μ + φμ²: Poisson when the dispersion φ is 0, else
 * negative binomial (a Poisson count whose mean has a gamma factor). Rises with `mean` and with `probability`, so that two plans that draw
 * with the same uniform number get the same customers and a few more. The search starts at the mode: O(standard
 * deviation). Throws RangeError for a negative mean or dispersion.
 *
 * @example countQuantile(4, 0, 0.5) // 4
 */
export function countQuantile(mean: number, dispersion: number, probability: number): number {
  if (!(mean >= 0)) throw new RangeError(`mean must not be negative, got ${mean}`);
  if (!(dispersion >= 0)) throw new RangeError(`dispersion must not be negative, got ${dispersion}`);
  if (mean === 0) return 0;
  const poisson = dispersion < 1e-9;
  const size = poisson ? 0 : 1 / dispersion;
  const odds = poisson ? mean : (dispersion * mean) / (1 + dispersion * mean);
  // P(k) = P(k − 1) · rise(k).
  const rise = (k: number) => (poisson ? odds / k : ((k - 1 + size) * odds) / k);
  const mode = poisson ? Math.floor(mean) : Math.max(0, Math.floor(mean * (1 - dispersion)));
  const logAtMode = poisson
    ? mode * log(mean) - mean - logGamma(mode + 1)
    : logGamma(mode + size) -
      logGamma(size) -
      logGamma(mode + 1) +
      mode * log(odds) -
      size * log1p(dispersion * mean);
  let term = exp(logAtMode);
  let cumulative = 0;
  for (let k = mode, below = term; k >= 0 && below > 1e-18; k--) {
    cumulative += below;
    below /= k === 0 ? Number.POSITIVE_INFINITY : rise(k);
  }
  let count = mode;
  if (cumulative >= probability) {
    while (count > 0 && cumulative - term >= probability) {
      cumulative -= term;
      term /= rise(count);
      count--;
    }
    return count;
  }
  while (cumulative < probability && term > 1e-18) {
    count++;
    term *= rise(count);
    cumulative += term;
  }
  return count;
}
