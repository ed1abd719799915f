import { exp, log, log1p } from "./elementary.ts";

/**
 * The gamma function's family, to about 1e-15 relative: what queueing needs for fractional agents and overload.
 * Stirling's series after shifting the argument up (Abramowitz & Stegun 6.1.40, 6.3.18, 6.5.29, 6.5.31).
 */

/** Coefficients B(2k) ÷ (2k(2k − 1)) of Stirling's series. */
const stirling = [
  1 / 12,
  -1 / 360,
  1 / 1260,
  -1 / 1680,
  1 / 1188,
  -691 / 360360,
  1 / 156,
  -3617 / 122400,
] as const;

/** ln Γ(x + 1) − [x ln x − x + ½ ln(2πx)] for x > 0: what Stirling's formula leaves out. */
export function stirlingRemainder(x: number): number {
  if (!(x > 0)) throw new RangeError(`stirlingRemainder needs a positive number, got ${x}`);
  if (x < 12) return logGamma(x + 1) - (x * log(x) - x + 0.5 * log(2 * Math.PI * x));
  const square = x * x;
  let power = x;
  let sum = 0;
  for (const coefficient of stirling) {
    sum += coefficient / power;
    power *= square;
  }
  return sum;
}

/** ln Γ(x), x > 0. Throws RangeError otherwise. */
export function logGamma(x: number): number {
  if (!(x > 0)) throw new RangeError(`logGamma needs a positive number, got ${x}`);
  let shifted = x;
  let product = 1;
  while (shifted < 13) product *= shifted++;
  const below = shifted - 1;
  return (
    below * log(below) - below + 0.5 * log(2 * Math.PI * below) + stirlingRemainder(below) - log(product)
  );
}

/** ψ(x) = d ln Γ(x) ÷ dx, x > 0. */
export function digamma(x: number): number {
  if (!(x > 0)) throw new RangeError(`digamma needs a positive number, got ${x}`);
  let shifted = x;
  let below = 0;
  while (shifted < 12) below += 1 / shifted++;
  const inverse = 1 / (shifted * shifted);
  const series =
    inverse *
    (1 / 12 -
      inverse *
        (1 / 120 -
          inverse *
            (1 / 252 - inverse * (1 / 240 - inverse * (1 / 132 - inverse * (691 / 32760 - inverse / 12))))));
  return log(shifted) - 0.5 / shifted - series - below;
}

/**
 * Upper incomplete gamma function without its leading factor: e^x x^(−a) Γ(a, x), for 1 ≤ a ≤ 2 and x > 0.
 * A continued fraction from x = 1.5 on, below it Γ(a) less the ascending series (which there loses no digits).
 */
export function scaledUpperGamma(a: number, x: number): number {
  if (!(a >= 1 && a <= 2 && x > 0))
    throw new RangeError(`scaledUpperGamma needs 1 ≤ a ≤ 2, x > 0, got ${a}, ${x}`);
  if (x >= 1.5) {
    // Modified Lentz: 1/(x + 1 − a − 1(1 − a)/(x + 3 − a − …)).
    let b = x + 1 - a;
    let c = 1e300;
    let d = 1 / b;
    let fraction = d;
    for (let k = 1; k < 500; k++) {
      const numerator = -k * (k - a);
      b += 2;
      d = 1 / (numerator * d + b);
      c = b + numerator / c;
      const change = c * d;
      fraction *= change;
      if (Math.abs(change - 1) < 1e-16) break;
    }
    return fraction;
  }
  let term = 1 / a;
  let lower = term;
  for (let k = 1; term > 1e-18 * lower; k++) {
    term *= x / (a + k);
    lower += term;
  }
  return exp(logGamma(a) + x - a * log(x)) - lower;
}

/** r − ln(1 + r) without cancellation near 0; r > −1. */
export function excessOverLog(r: number): number {
  if (Math.abs(r) > 0.1) return r - log1p(r);
  // ln(1 + r) = 2 artanh(v), v = r/(2 + r); r − 2v = r v.
  const v = r / (2 + r);
  const square = v * v;
  let sum = 0;
  let power = v * square;
  for (let k = 3; k < 40; k += 2) {
    const add = power / k;
    sum += add;
    if (Math.abs(add) < 1e-19) break;
    power *= square;
  }
  return r * v - 2 * sum;
}
