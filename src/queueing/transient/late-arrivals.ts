import { exp, expm1, log } from "../../numerics/elementary.ts";
import type { Snapshot } from "./state-steps.ts";

/** A piece lasts no longer than the line moves by so many places, or such a part of a mean handle time or patience. */
const placesPerPiece = 16;
const endsPerPiece = 0.5;
const mostPieces = 64;

/** Agents and handle time of an interval, as one who waits across its border meets them. */
export interface ServedAhead {
  readonly agents: number;
  readonly ahtSeconds: number;
}

/** Nodes and weights of the three-point Gauss–Legendre rule on (0, 1). Source: Abramowitz & Stegun, table 25.4. */
const gauss: readonly (readonly [node: number, weight: number])[] = [
  [0.5 - Math.sqrt(0.15), 5 / 18],
  [0.5, 8 / 18],
  [0.5 + Math.sqrt(0.15), 5 / 18],
];

/**
 * The last arrivals of an interval have a deadline beyond its border. Cuts the time in which they come into pieces, as
 * seconds before the border, earliest first, within which both the queue and what it means for one who comes change
 * smoothly: a piece ends where the deadline crosses a further border, and lasts no longer than the line moves by some
 * places, or than a part of the times in which contacts are handled or give up.
 *
 * @param threshold seconds from arrival to the deadline
 * @param placesPerSecond how quickly the line moves at most
 * @param endsPerSecond how quickly a contact ends, handled or given up
 */
export function lateStretches(
  intervalSeconds: number,
  threshold: number,
  placesPerSecond: number,
  endsPerSecond: number,
): number[] {
  const reach = Math.min(threshold, intervalSeconds);
  const kink = threshold % intervalSeconds;
  const bends = threshold > intervalSeconds && kink > 0 ? [0, kink, reach] : [0, reach];
  const piecesPerSecond = Math.max(placesPerSecond / placesPerPiece, endsPerSecond / endsPerPiece);
  const cuts = [0];
  for (let at = 1; at < bends.length; at++) {
    const length = bends[at] - bends[at - 1];
    const pieces = Math.min(mostPieces, Math.max(1, Math.ceil(length * piecesPerSecond)));
    for (let piece = 1; piece <= pieces; piece++) cuts.push(bends[at - 1] + (length * piece) / pieces);
  }
  return cuts.reverse();
}

/**
 * Integral over the arrivals of one piece: the queue between its ends by cubic interpolation in time, times what
 * `gain` says for a moment, by Gauss's rule.
 *
 * @param from seconds before the border at which the piece begins
 * @param gain what it means to find all agents taken and so many waiting, `before` seconds ahead of the border
 */
export function overPiece(
  from: number,
  until: number,
  start: Snapshot,
  end: Snapshot,
  gain: (before: number, positions: number) => Float64Array,
): number {
  const length = from - until;
  const positions = Math.max(start.share.length, end.share.length);
  let sum = 0;
  for (const [node, weight] of gauss) {
    const gains = gain(from - node * length, positions);
    const rest = 1 - node;
    // Hermite's basis: value and slope at either end.
    const startShare = (1 + 2 * node) * rest * rest;
    const startSlope = node * rest * rest * length;
    const endShare = node * node * (3 - 2 * node);
    const endSlope = node * node * (node - 1) * length;
    let here = 0;
    for (let k = 0; k < positions; k++) {
      const before = k < start.share.length ? startShare * start.share[k] + startSlope * start.slope[k] : 0;
      const after = k < end.share.length ? endShare * end.share[k] + endSlope * end.slope[k] : 0;
      here += (before + after) * gains[k];
    }
    sum += weight * length * here;
  }
  return sum;
}

/**
 * Chance of being answered within the threshold for one who comes `before` seconds ahead of a border and finds every
 * agent taken, by the number ahead. Followed backwards from the deadline over each stretch of its own staffing:
 * comers at a border pull the line forward, leavers take nobody from it.
 *
 * @param now the interval of the arrival
 * @param following the intervals after it; the last goes on
 */
export function servedByDeadline(
  now: ServedAhead,
  before: number,
  following: readonly ServedAhead[],
  intervalSeconds: number,
  threshold: number,
  leaveRate: number,
  positions: number,
): Float64Array {
  const stretches = [{ ...now, seconds: before }];
  let left = threshold - before;
  for (let at = 0; left > 1e-9; at++) {
    const isLast = at >= following.length - 1;
    const seconds = isLast ? left : Math.min(left, intervalSeconds);
    stretches.push({ ...following[Math.min(at, following.length - 1)], seconds });
    left -= seconds;
  }
  const quickest = Math.max(...stretches.map(({ agents, ahtSeconds }) => agents / ahtSeconds));
  const comers = stretches.slice(1).map(({ agents }, at) => Math.max(0, agents - stretches[at].agents));
  const within = clearedIn(quickest, leaveRate, threshold) + comers.reduce((sum, count) => sum + count, 0);
  let chance: Float64Array = new Float64Array(Math.min(positions, within));
  for (let at = stretches.length - 1; at >= 0; at--) {
    const { seconds, agents, ahtSeconds } = stretches[at];
    chance = answeredEarlier(chance, agents / ahtSeconds, leaveRate, seconds);
    const pulled = at === 0 ? 0 : comers[at - 1];
    if (pulled > 0) {
      const former = chance;
      chance = former.map((_, ahead) => (ahead < pulled ? 1 : former[ahead - pulled]));
    }
  }
  // Whoever stands further back is not answered in time.
  const whole = new Float64Array(positions);
  whole.set(chance);
  return whole;
}

/** Places at the front of a line beyond which nobody is answered within `seconds`, but for chances below 1e-14. */
function clearedIn(serveRate: number, leaveRate: number, seconds: number): number {
  const places = leaveRate > 0 ? (serveRate / leaveRate) * expm1(leaveRate * seconds) : serveRate * seconds;
  return Math.ceil(places + 8 * Math.sqrt(places) + 20);
}

/**
 * Chance of being answered by a deadline, `seconds` earlier than where `later` gives it, by the number ahead: with j
 * ahead, agents finish `serveRate` contacts a second, and each one who waits leaves at `leaveRate`. By uniformisation:
 * sums of positive terms, exact however far the line moves.
 */
function answeredEarlier(
  later: Float64Array,
  serveRate: number,
  leaveRate: number,
  seconds: number,
): Float64Array {
  const positions = later.length;
  const fastest = serveRate + positions * leaveRate;
  const steps = fastest * seconds;
  if (steps === 0) return later;
  const moves = Float64Array.from(later, (_, ahead) => (serveRate + ahead * leaveRate) / fastest);
  const stays = moves.map((share) => 1 - share - leaveRate / fastest);
  const chance = Float64Array.from(later);
  const result = new Float64Array(positions);
  const last = Math.ceil(steps + 8 * Math.sqrt(steps) + 12);
  let logWeight = -steps;
  for (let step = 0; step <= last; step++) {
    if (logWeight > -42) {
      const weight = exp(logWeight);
      for (let ahead = 0; ahead < positions; ahead++) result[ahead] += weight * chance[ahead];
    }
    // From the back, so that each still sees its neighbour as it was.
    for (let ahead = positions - 1; ahead > 0; ahead--)
      chance[ahead] = moves[ahead] * chance[ahead - 1] + stays[ahead] * chance[ahead];
    chance[0] = moves[0] + stays[0] * chance[0];
    logWeight += log(steps / (step + 1));
  }
  return result;
}
