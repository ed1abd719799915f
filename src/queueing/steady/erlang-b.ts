import { scaledUpperGamma } from "../../numerics/gamma.ts";

/**
 * Erlang's loss formula: the share of contacts that find every one of `agents` lines taken, when nobody waits.
 *
 * Poisson arrivals; any handle-time distribution; `agents` may be fractional (the analytic continuation).
 * @param agents lines, ≥ 0
 * @param offeredLoadErlangs arrival rate × mean handle time, ≥ 0
 * Throws RangeError on negative or non-finite input.
 * @example erlangB(10, 8) // 0.121661064253
 */
export function erlangB(agents: number, offeredLoadErlangs: number): number {
  return 1 / inverseErlangB(agents, offeredLoadErlangs);
}

/**
 * 1 ÷ B = 1 + s/a + s(s−1)/a² + …, summed while terms count: O(√s) of them, all positive, so no digits are lost.
 * Fractional s leaves a rest below one line, an incomplete gamma integral (Jagers & Van Doorn 1986).
 * Infinity when B is below the smallest number. Same input as `erlangB`.
 */
export function inverseErlangB(agents: number, offeredLoadErlangs: number): number {
  const s = agents;
  const a = offeredLoadErlangs;
  if (!(s >= 0 && s < Infinity)) throw new RangeError(`agents must be 0 or more, got ${s}`);
  if (!(a >= 0 && a < Infinity)) throw new RangeError(`offeredLoadErlangs must be 0 or more, got ${a}`);
  if (a === 0) return s === 0 ? 1 : Infinity;
  const whole = Math.floor(s);
  let term = 1;
  let sum = 1;
  for (let left = s; left >= 1; left--) {
    const ratio = left / a;
    term *= ratio;
    sum += term;
    if (ratio < 1) {
      // What is left is less than term · ratio ÷ (1 − ratio).
      if (term * ratio < 1e-17 * sum * (1 - ratio)) return sum;
    } else if (sum === Infinity) return Infinity;
  }
  if (whole === s) return sum;
  // The last term stands for 1 ÷ B(fraction) instead of 1.
  const fraction = s - whole;
  return sum - term + term * a * scaledUpperGamma(fraction + 1, a);
}

/** Least whole number of lines that block no more than `blocking` (0–1, above 0) of the contacts. */
export function linesForBlocking(offeredLoadErlangs: number, blocking: number): number {
  if (!(blocking > 0 && blocking <= 1))
    throw new RangeError(`blocking must be above 0, at most 1, got ${blocking}`);
  let low = -1;
  let high = 1;
  while (erlangB(high, offeredLoadErlangs) > blocking) {
    low = high;
    high *= 2;
  }
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (erlangB(middle, offeredLoadErlangs) > blocking) low = middle;
    else high = middle;
  }
  return high;
}
