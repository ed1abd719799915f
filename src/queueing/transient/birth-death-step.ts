import { rationalExponential } from "../../numerics/rational-exponential.ts";

/** Probabilities of states `low` to `high` (both included); entry n of `p` is state n. */
export interface StateDistribution {
  readonly p: Float64Array;
  low: number;
  high: number;
}

export interface BirthDeathStepper {
  /**
   * One exact step of `seconds` of a birth-and-death chain on states `low` to `high`, which it cannot leave.
   * Writes the distribution at the end into `end` and its mean over the step into `mean`, both from `low` to `high`.
   *
   * @param from distribution at the start; 0 outside of its own range
   * @param birthRate per second, the same in every state
   * @param deathRate per second of state n
   */
  step(
    from: StateDistribution,
    birthRate: number,
    deathRate: (state: number) => number,
    seconds: number,
    low: number,
    high: number,
    end: Float64Array,
    mean: Float64Array,
  ): void;
}

/**
 * Steps by the best rational approximation of e^x: eight complex tridiagonal solves however stiff the rates and
 * however long the step. Pivots need no exchange, since each keeps at least the pole's imaginary part.
 */
export function createBirthDeathStepper(): BirthDeathStepper {
  let death = new Float64Array(0);
  let ratioReal = new Float64Array(0);
  let ratioImaginary = new Float64Array(0);
  let solvedReal = new Float64Array(0);
  let solvedImaginary = new Float64Array(0);

  function makeRoom(states: number): void {
    if (ratioReal.length >= states) return;
    const room = Math.ceil(states * 1.5);
    death = new Float64Array(room + 1);
    ratioReal = new Float64Array(room);
    ratioImaginary = new Float64Array(room);
    solvedReal = new Float64Array(room);
    solvedImaginary = new Float64Array(room);
  }

  return {
    step(from, birthRate, deathRate, seconds, low, high, end, mean) {
      const states = high - low + 1;
      makeRoom(states);
      for (let k = 0; k < states; k++) death[k] = k === 0 ? 0 : deathRate(low + k) * seconds;
      death[states] = 0;
      const birth = birthRate * seconds;
      const { p } = from;
      const { atInfinity, poleReal, poleImaginary, residueReal, residueImaginary } = rationalExponential;
      for (let n = low; n <= high; n++) {
        end[n] = n >= from.low && n <= from.high ? atInfinity * p[n] : 0;
        mean[n] = 0;
      }
      for (let term = 0; term < 8; term++) {
        const tr = poleReal[term];
        const ti = poleImaginary[term];
        let cr = 0;
        let ci = 0;
        let yr = 0;
        let yi = 0;
        for (let k = 0; k < states; k++) {
          const n = low + k;
          const source = n >= from.low && n <= from.high ? p[n] : 0;
          const inflow = k === 0 ? 0 : birth;
          const outflow = (k === states - 1 ? 0 : birth) + death[k];
          const dr = -outflow - tr - inflow * cr;
          const di = -ti - inflow * ci;
          const scale = 1 / (dr * dr + di * di);
          const above = death[k + 1] * scale;
          cr = above * dr;
          ci = -above * di;
          const nr = source - inflow * yr;
          const ni = -inflow * yi;
          yr = (nr * dr + ni * di) * scale;
          yi = (ni * dr - nr * di) * scale;
          ratioReal[k] = cr;
          ratioImaginary[k] = ci;
          solvedReal[k] = yr;
          solvedImaginary[k] = yi;
        }
        const ar = 2 * residueReal[term];
        const ai = 2 * residueImaginary[term];
        const size = 1 / (tr * tr + ti * ti);
        const br = (ar * tr + ai * ti) * size;
        const bi = (ai * tr - ar * ti) * size;
        let xr = 0;
        let xi = 0;
        for (let k = states - 1; k >= 0; k--) {
          const r = solvedReal[k] - ratioReal[k] * xr + ratioImaginary[k] * xi;
          xi = solvedImaginary[k] - ratioReal[k] * xi - ratioImaginary[k] * xr;
          xr = r;
          end[low + k] += ar * xr - ai * xi;
          mean[low + k] += br * xr - bi * xi;
        }
      }
    },
  };
}
