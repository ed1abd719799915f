import { bisect } from "./bisect.ts";
import { atan } from "./elementary.ts";

/**
 * P(|T| ≤ t) of Student's distribution with a whole number of degrees of freedom: finite trigonometric series
 * (Abramowitz & Stegun 26.7.3 and 26.7.4).
 */
export function studentWithin(t: number, degreesOfFreedom: number): number {
  const tangent = t / Math.sqrt(degreesOfFreedom);
  const cosine = 1 / Math.sqrt(1 + tangent * tangent);
  const sine = tangent * cosine;
  const square = cosine * cosine;
  if (degreesOfFreedom % 2 === 0) {
    let term = 1;
    let sum = 1;
    for (let k = 1; k < degreesOfFreedom / 2; k++) {
      term *= ((2 * k - 1) / (2 * k)) * square;
      sum += term;
    }
    return sine * sum;
  }
  let term = cosine;
  let sum = degreesOfFreedom > 1 ? cosine : 0;
  for (let k = 1; k < (degreesOfFreedom - 1) / 2; k++) {
    term *= ((2 * k) / (2 * k + 1)) * square;
    sum += term;
  }
  return (2 / Math.PI) * (atan(tangent) + sine * sum);
}

/**
 * Half-width factor of a 95 % interval for a mean of `degreesOfFreedom` + 1 independent values: 2.776 at 4, 1.960 in
 * the limit. Throws RangeError below one degree of freedom.
 */
export function studentFactor95(degreesOfFreedom: number): number {
  if (!(Number.isInteger(degreesOfFreedom) && degreesOfFreedom >= 1)) {
    throw new RangeError(`degreesOfFreedom must be a positive whole number, got ${degreesOfFreedom}`);
  }
  if (degreesOfFreedom > 400) {
    // Cornish–Fisher around the normal quantile; the error is below 1e-7 here.
    const z = 1.959963984540054;
    const cube = z * z * z;
    return (
      z +
      (cube + z) / (4 * degreesOfFreedom) +
      (5 * z * z * cube + 16 * cube + 3 * z) / (96 * degreesOfFreedom ** 2)
    );
  }
  const isBelow = (x: number) => studentWithin(x, degreesOfFreedom) < 0.95;
  const [low, high] = bisect(isBelow, 1.9, 13, { absolute: 1e-12 });
  return (low + high) / 2;
}
