import { exp } from "../../numerics/elementary.ts";
import type { StateDistribution } from "./birth-death-step.ts";

/** The distribution of contacts in a queue, kept between the lowest and the highest state that matter. */

/** States whose probability is below this, all together, are left out at either end. */
const negligible = 1e-13;
/** Nobody is there. */
export function emptyState(room: number): { p: Float64Array; low: number; high: number } {
  const p = new Float64Array(room);
  p[0] = 1;
  return { p, low: 0, high: 0 };
}

/** So many are there for certain. */
export function stateOf(contacts: number): { p: Float64Array; low: number; high: number } {
  const p = new Float64Array(contacts + 64);
  p[contacts] = 1;
  return { p, low: contacts, high: contacts };
}

/** The same values with more room. */
export function grown(old: Float64Array, room: number): Float64Array<ArrayBuffer> {
  const fresh = new Float64Array(room);
  fresh.set(old);
  return fresh;
}

/** One of `staff` agents leaves: busy with the odds of the state (then the contact goes too), certainly so when all are. */
export function removeOne(state: { p: Float64Array; low: number; high: number }, staff: number): void {
  const { p, low, high } = state;
  const first = Math.max(0, low - 1);
  if (low > 0) p[low - 1] = 0;
  p[high + 1] = 0;
  for (let n = first; n <= high; n++) {
    const stays = n >= staff ? 0 : 1 - n / staff;
    const comes = n + 1 >= staff ? 1 : (n + 1) / staff;
    p[n] = (n >= low ? p[n] * stays : 0) + (n < high ? p[n + 1] * comes : 0);
  }
  state.low = first;
  while (state.high > state.low && p[state.high] === 0) state.high--;
}

/** Cuts what is negligible at both ends, takes rounding below zero away, and makes the whole 1 again. */
export function trim(state: { p: Float64Array; low: number; high: number }, low: number, high: number): void {
  const { p } = state;
  let sum = 0;
  for (let n = low; n <= high; n++) {
    if (p[n] < 0) p[n] = 0;
    sum += p[n];
  }
  const cut = negligible * sum;
  let tail = 0;
  let from = low;
  while (from < high && tail + p[from] < cut) tail += p[from++];
  tail = 0;
  let to = high;
  while (to > from && tail + p[to] < cut) tail += p[to--];
  sum = 0;
  for (let n = from; n <= to; n++) sum += p[n];
  for (let n = from; n <= to; n++) p[n] /= sum;
  state.low = from;
  state.high = to;
}

/**
 * States that matter during a step: from three starting places, each with as many standard deviations of noise as
 * their own rarity leaves, along the mean-field path. Only a first guess; the caller checks the ends.
 */
export function reachableWindow(
  from: StateDistribution,
  rate: number,
  serve: number,
  leave: number,
  agents: number,
  seconds: number,
  reach: number,
): { low: number; high: number } {
  let low = from.low;
  let high = from.high;
  const widest = 2.5 * reach;
  for (const [tail, deviations] of [
    [0, widest],
    [1e-7, 5.6 * reach],
    [0.5, 7.6 * reach],
  ] as const) {
    const [bottom, top] = quantiles(from, tail);
    high = Math.max(high, extreme(top, 1, deviations));
    low = Math.min(low, extreme(bottom, -1, deviations));
  }
  return { low: Math.max(0, Math.floor(low)), high: Math.ceil(high) + 1 };

  function extreme(start: number, side: 1 | -1, deviations: number): number {
    const pieces = 24;
    const dt = seconds / pieces;
    let place = start;
    let variance = 0;
    let furthest = start;
    for (let piece = 0; piece < pieces; piece++) {
      const below = place < agents;
      const pull = below ? serve : leave;
      const target = below ? rate / serve : pull > 0 ? agents + (rate - agents * serve) / pull : 0;
      const noise = rate + serve * Math.min(place, agents) + leave * Math.max(0, place - agents);
      let moved =
        pull > 0 ? target + (place - target) * exp(-pull * dt) : place + (rate - agents * serve) * dt;
      if (below !== moved < agents) moved = agents;
      place = moved;
      const edge = place + side * 3 * Math.sqrt(variance);
      const weakest =
        edge > agents !== place > agents || side * (edge - agents) > 0 ? Math.min(serve, leave) : serve;
      const fades = exp(-2 * weakest * dt);
      variance = variance * fades + noise * (weakest > 0 ? (1 - fades) / (2 * weakest) : dt);
      const out = deviations * Math.sqrt(variance) + (side > 0 ? (deviations * deviations) / 3 : 0);
      furthest = side > 0 ? Math.max(furthest, place + out) : Math.min(furthest, place - out);
    }
    return furthest;
  }
}

/** States with less than `tail` of the probability below, and above. */
export function quantiles(state: StateDistribution, tail: number): [number, number] {
  const { p, low, high } = state;
  let below = 0;
  let bottom = low;
  while (bottom < high && below + p[bottom] < tail) below += p[bottom++];
  let above = 0;
  let top = high;
  while (top > low && above + p[top] < tail) above += p[top--];
  return [bottom, top];
}
