/**
 * The transient queue by another road, for comparison: uniformisation over all states, hypergeometric weights for
 * leavers, chances of being served in time by a uniformised death chain. Slow, plain, and shares no code.
 */
export interface UniformisedDay {
  readonly intervalSeconds: number;
  readonly arrivalsPerSecond: ArrayLike<number>;
  readonly ahtSeconds: number;
  /** Infinity: nobody abandons. */
  readonly patienceSeconds: number;
  readonly answerWithinSeconds: number;
  readonly agents: ArrayLike<number>;
  /** States 0 … states − 1 are followed. */
  readonly states: number;
}

export interface UniformisedInterval {
  readonly inTime: number;
  readonly wait: number;
  readonly meanWaiting: number;
  readonly occupancy: number;
}

/** Poisson weights 0 … k with mean m, to where they no longer count. */
function poissonWeights(m: number): number[] {
  const last = Math.ceil(m + 9 * Math.sqrt(m) + 25);
  const weights: number[] = [];
  let log = -m;
  for (let k = 0; k <= last; k++) {
    weights.push(Math.exp(log));
    log += Math.log(m / (k + 1));
  }
  return weights;
}

export function uniformisedDay(day: UniformisedDay): UniformisedInterval[] {
  const { states, ahtSeconds, patienceSeconds, intervalSeconds, answerWithinSeconds } = day;
  const mu = 1 / ahtSeconds;
  const theta = 1 / patienceSeconds;
  let p: Float64Array = new Float64Array(states);
  p[0] = 1;
  let before = day.agents[0];
  const result: UniformisedInterval[] = [];
  for (let index = 0; index < day.arrivalsPerSecond.length; index++) {
    const s = day.agents[index];
    const lambda = day.arrivalsPerSecond[index];
    if (s < before) p = withoutLeavers(p, before, s);
    before = s;
    const out = (n: number) => Math.min(n, s) * mu + Math.max(0, n - s) * theta;
    const { end, mean } = uniformised(p, { lambda, out }, intervalSeconds);
    const served = death(new Float64Array(states - s), s * mu, theta, answerWithinSeconds);
    let inTime = 0;
    let wait = 0;
    let meanWaiting = 0;
    let busy = 0;
    for (let n = 0; n < states; n++) {
      inTime += mean[n] * (n < s ? 1 : served[n - s]);
      if (n >= s) wait += mean[n];
      meanWaiting += mean[n] * Math.max(0, n - s);
      busy += mean[n] * Math.min(n, s);
    }
    result.push({ inTime, wait, meanWaiting, occupancy: busy / s });
    p = end;
  }
  return result;
}

export function withoutLeavers(p: Float64Array, staff: number, left: number): Float64Array<ArrayBuffer> {
  const leavers = staff - left;
  const result = new Float64Array(p.length);
  const logs = [0];
  for (let k = 1; k <= staff; k++) logs.push(logs[k - 1] + Math.log(k));
  // In logarithms: of thousands of agents the numbers themselves are beyond what a double holds.
  const choose = (n: number, k: number) =>
    k < 0 || k > n ? Number.NEGATIVE_INFINITY : logs[n] - logs[k] - logs[n - k];
  for (let n = 0; n < p.length; n++) {
    if (n >= staff) {
      result[n - leavers] += p[n];
      continue;
    }
    for (let busy = 0; busy <= Math.min(n, leavers); busy++) {
      const share = Math.exp(choose(n, busy) + choose(staff - n, leavers - busy) - choose(staff, leavers));
      result[n - busy] += p[n] * share;
    }
  }
  return result;
}

/** Distribution after `seconds`, and its mean over them, of a chain with births at `lambda` and deaths at `out(n)`. */
export function uniformised(
  p: Float64Array,
  { lambda, out }: { readonly lambda: number; readonly out: (n: number) => number },
  seconds: number,
): { readonly end: Float64Array; readonly mean: Float64Array } {
  const states = p.length;
  const fastest = lambda + Array.from({ length: states }, (_, n) => out(n)).reduce((a, b) => Math.max(a, b));
  const weights = poissonWeights(fastest * seconds);
  const end = new Float64Array(states);
  const mean = new Float64Array(states);
  const up = lambda / fastest;
  const down = Float64Array.from({ length: states }, (_, n) => out(n) / fastest);
  let tail = 1;
  let term: Float64Array = Float64Array.from(p);
  let next: Float64Array = new Float64Array(states);
  for (const weight of weights) {
    tail -= weight;
    const meanWeight = Math.max(0, tail) / (fastest * seconds);
    if (weight > 1e-17 || meanWeight > 1e-17) {
      for (let n = 0; n < states; n++) {
        end[n] += weight * term[n];
        mean[n] += meanWeight * term[n];
      }
    }
    for (let n = 0; n < states; n++) {
      const above = n < states - 1;
      let value = term[n] * (1 - (above ? up : 0) - down[n]);
      if (n > 0) value += term[n - 1] * up;
      if (above) value += term[n + 1] * down[n + 1];
      next[n] = value;
    }
    [term, next] = [next, term];
  }
  return { end, mean };
}

/**
 * Chance of being answered within `seconds`, by the number ahead, where `later` is the chance from there on: one is
 * answered when all ahead are, by service at `serve` or by giving up at `theta` each.
 */
export function death(later: Float64Array, serve: number, theta: number, seconds: number): Float64Array {
  const positions = later.length;
  const fastest = serve + positions * theta;
  if (fastest * seconds === 0) return later;
  const weights = poissonWeights(fastest * seconds);
  let chance = Float64Array.from(later);
  const result = new Float64Array(positions);
  for (const weight of weights) {
    for (let j = 0; j < positions; j++) result[j] += weight * chance[j];
    const next = new Float64Array(positions);
    for (let j = 0; j < positions; j++) {
      const moves = serve + j * theta;
      next[j] = (moves * (j === 0 ? 1 : chance[j - 1]) + (fastest - moves - theta) * chance[j]) / fastest;
    }
    chance = next;
  }
  return result;
}
