import { bisect } from "./bisect.ts";
import { cos, exp, log } from "./elementary.ts";
import { logGamma } from "./gamma.ts";

/** Places and weights (summing to 1) that integrate polynomials of degree 2n − 1 exactly. */
export interface QuadratureNodes {
  readonly places: readonly number[];
  readonly weights: readonly number[];
}

/**
 * Gauss nodes of a gamma distribution with mean 1: what to average over for a rate that is not known for sure.
 * Generalised Gauss–Laguerre; roots by counting sign changes (Golub & Welsch 1969 give the same), so never out of order.
 *
 * @param variance of the factor, above 0
 * @param count of nodes, 1 to 40
 */
export function gammaNodes(variance: number, count: number): QuadratureNodes {
  if (!(variance > 0)) throw new RangeError(`variance must be positive, got ${variance}`);
  const shape = 1 / variance;
  const diagonal = (k: number) => 2 * k + shape;
  const beside = (k: number) => Math.sqrt(k * (k + shape - 1));

  /** Eigenvalues of the recurrence's matrix below x. */
  function rootsBelow(x: number): number {
    let below = 0;
    let pivot = 1;
    for (let k = 0; k < count; k++) {
      pivot = diagonal(k) - x - (k === 0 ? 0 : beside(k) ** 2 / pivot);
      if (pivot === 0) pivot = 1e-300;
      if (pivot < 0) below++;
    }
    return below;
  }
  const places: number[] = [];
  const weights: number[] = [];
  for (let root = 0; root < count; root++) {
    const farthest = diagonal(count) + 2 * beside(count) + 1;
    const isBelow = (x: number) => rootsBelow(x) <= root;
    const [low, high] = bisect(isBelow, 0, farthest, { relative: 1e-15, steps: 200 });
    const x = (low + high) / 2;
    let before = 0;
    let value = 1;
    let squares = 1;
    for (let k = 0; k < count - 1; k++) {
      const next = ((x - diagonal(k)) * value - (k === 0 ? 0 : beside(k) * before)) / beside(k + 1);
      before = value;
      value = next;
      squares += next * next;
    }
    places.push(x / shape);
    weights.push(1 / squares);
  }
  return { places, weights };
}

/**
 * Nodes on [0, upTo] for a function that is 0 beyond `upTo` and has a corner there, where Gauss nodes for the whole
 * half-line would converge slowly: sixteen Legendre nodes, weighted with the density. The weights sum to P(factor < upTo).
 */
export function cutGammaNodes(variance: number, upTo: number): QuadratureNodes {
  if (!(variance > 0)) throw new RangeError(`variance must be positive, got ${variance}`);
  const shape = 1 / variance;
  const deviation = Math.sqrt(variance);
  const from = Math.max(0, 1 - 7 * deviation);
  const to = Math.min(upTo, 1 + 9 * deviation);
  if (to <= from) return { places: [], weights: [] };
  const scale = shape * log(shape) - logGamma(shape);
  const places = legendre16.map((node) => from + (to - from) * node.place);
  const weights = legendre16.map((node, at) => {
    const x = places[at];
    return node.weight * (to - from) * exp(scale + (shape - 1) * log(x) - shape * x);
  });
  return { places, weights };
}

/** Gauss–Legendre nodes on (0, 1), found by Newton's method on the polynomial of degree 16. */
const legendre16 = Array.from({ length: 16 }, (_, root) => {
  const degree = 16;
  let x = cos((Math.PI * (root + 0.75)) / (degree + 0.5));
  let slope = 1;
  for (let step = 0; step < 20; step++) {
    let before = 1;
    let value = x;
    for (let k = 2; k <= degree; k++)
      [before, value] = [value, ((2 * k - 1) * x * value - (k - 1) * before) / k];
    slope = (degree * (x * value - before)) / (x * x - 1);
    x -= value / slope;
  }
  return { place: (1 - x) / 2, weight: 1 / ((1 - x * x) * slope * slope) };
});
