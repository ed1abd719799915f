/**
 * Exponential, logarithm and their kin, the same to the last bit in every browser and in Node.
 *
 * The language leaves the last bits of `Math.exp` and its like open, and they do differ: Node 20 and Chromium 156 answer
 * otherwise for one argument in ten of `Math.exp`, which makes another forecast in the fifteenth digit, and so another
 * schedule. Sums, products, quotients and square roots are rounded alike by the standard, so what is made of them alone
 * is the same everywhere. Engines call these; `test/numerics/elementary.test.ts` reads that none calls the language's.
 *
 * Errors, in units of the last place: below 1 for `log`, 1.2 for `exp`, 2 for `log1p`, 3 for the waves, 5 for the rest.
 */

/** ln 2 in two parts, the first of so few bits that its product with an exponent is exact; likewise π ÷ 2 in three. */
const ln2High = 0.6931471806019545;
const ln2Low = -4.2009150726810846e-11;
const quarterHigh = 1.5707963267341256;
const quarterMiddle = 6.077100509014471e-11;
const quarterLow = -2.508278806334166e-20;

/** Powers of two from 2^−1024, exact. */
const farthest = 1024;
const powersOfTwo = Float64Array.from({ length: 2 * farthest + 1 }, (_, at) => 2 ** (at - farthest));

/**
 * eˣ. With r = x − k ln 2 at most half of ln 2: eʳ = 1 + 2r ÷ (r coth(r/2) − r), and r coth(r/2) = 2 + r²/6 − r⁴/360 + …
 * by the Bernoulli numbers (Abramowitz & Stegun 4.5.67).
 */
export function exp(x: number): number {
  if (!(x < 709.8)) return x > 0 ? Number.POSITIVE_INFINITY : x;
  if (x < -745.2) return 0;
  const k = Math.round(x / Math.LN2);
  const high = x - k * ln2High;
  const low = k * ln2Low;
  const r = high - low;
  const c = r - bernoulliSeries(r * r);
  const mantissa = 1 + (high - (low - (r * c) / (2 - c)));
  const half = k >> 1;
  return mantissa * powersOfTwo[half + farthest] * powersOfTwo[k - half + farthest];
}

/** r coth(r/2) − 2, of r² up to 0.13. */
function bernoulliSeries(square: number): number {
  return (
    square *
    (1 / 6 -
      square *
        (1 / 360 -
          square *
            (1 / 15120 - square * (1 / 604800 - square * (1 / 23950080 - square * (691 / 653837184000))))))
  );
}

/** eˣ − 1, exact also where x is small. */
export function expm1(x: number): number {
  if (Math.abs(x) > 0.34) return exp(x) - 1;
  const c = x - bernoulliSeries(x * x);
  return x + (x * c) / (2 - c);
}

const number = new Float64Array(1);
const halves = new Int32Array(number.buffer);
/** Where the half with sign and exponent lies: the second on every machine that browsers run on today. */
const upper = new Int32Array(Float64Array.of(1).buffer)[1] === 0 ? 0 : 1;

/**
 * ln x; −∞ at 0, NaN below. With x = m 2ᵏ, m between √½ and √2: ln m = 2 artanh s, s = (m − 1) ÷ (m + 1), by its series
 * (Abramowitz & Stegun 4.1.29), written around m − 1, which is exact.
 */
export function log(x: number): number {
  if (!(x > 0 && x < Number.POSITIVE_INFINITY))
    return x === 0 ? Number.NEGATIVE_INFINITY : x > 0 ? x : Number.NaN;
  // A number too small for an exponent of its own.
  if (x < 2.2250738585072014e-308) return log(x * 2 ** 54) - 54 * Math.LN2;
  number[0] = x;
  // The exponent of x ÷ √½, near enough: up by one where the mantissa begins above √2.
  const k = (halves[upper] - 0x3fe6a09e) >> 20;
  const f = x * powersOfTwo[farthest - k] - 1;
  const s = f / (2 + f);
  const square = s * s;
  const fourth = square * square;
  const odd = 2 / 3 + fourth * (2 / 7 + fourth * (2 / 11 + fourth * (2 / 15 + fourth * (2 / 19))));
  const even = 2 / 5 + fourth * (2 / 9 + fourth * (2 / 13 + fourth * (2 / 17 + fourth * (2 / 21))));
  const rest = square * odd + fourth * even;
  return k * ln2High - (s * (f - rest) - k * ln2Low - f);
}

/** ln(1 + x), exact also where x is small: the logarithm of the sum, and what was lost in adding. */
export function log1p(x: number): number {
  const sum = 1 + x;
  if (!(sum > 0 && sum < Number.POSITIVE_INFINITY)) return log(sum);
  return sum === 1 ? x : log(sum) - (sum - 1 - x) / sum;
}

/** base to the power of exponent, base at least 0; its error grows with the logarithm of the result. */
export function pow(base: number, exponent: number): number {
  if (exponent === 0) return 1;
  return exp(exponent * log(base));
}

/** sin x, x in radians and at most a million. */
export function sin(x: number): number {
  return wave(x, 0);
}

/** cos x, x in radians and at most a million. */
export function cos(x: number): number {
  return wave(x, 1);
}

/** sin(x + quarters π/2), by the series of the sine or the cosine within an eighth of a turn. */
function wave(x: number, quarters: number): number {
  if (!(Math.abs(x) <= 1e6)) throw new RangeError(`an angle must be at most a million radians, got ${x}`);
  const turned = Math.round(x / (Math.PI / 2));
  const r = x - turned * quarterHigh - turned * quarterMiddle - turned * quarterLow;
  const quadrant = (turned + quarters) & 3;
  const square = r * r;
  let sum = 0;
  const isCosine = (quadrant & 1) === 1;
  for (let k = isCosine ? 16 : 17; k > 1; k -= 2) sum = (1 - sum) * (square / (k * (k - 1)));
  const value = isCosine ? 1 - sum : r - r * sum;
  return quadrant < 2 ? value : -value;
}

/** arctan x, −π/2 … π/2: the angle halved three times, then its series (Abramowitz & Stegun 4.4.42). */
export function atan(x: number): number {
  if (Math.abs(x) > 1) return Math.sign(x) * (Math.PI / 2) - atan(1 / x);
  let y = x;
  for (let halving = 0; halving < 3; halving++) y /= 1 + Math.sqrt(1 + y * y);
  const square = y * y;
  let sum = 0;
  for (let k = 21; k > 1; k -= 2) sum = square * (1 / k - sum);
  return 8 * (y - y * sum);
}
