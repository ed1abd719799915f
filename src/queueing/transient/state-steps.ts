import { exp } from "../../numerics/elementary.ts";
import { createBirthDeathStepper, type StateDistribution } from "./birth-death-step.ts";
import { emptyState, grown, quantiles, reachableWindow, trim } from "./state-window.ts";

/** What holds during a stretch of time: contacts per second, mean handle time, agents on queue. */
export interface Stretch {
  readonly arrivalsPerSecond: number;
  readonly ahtSeconds: number;
  readonly agents: number;
}

/**
 * A queue's distribution of contacts, moved on in time. One rational step is exact to 1e-15 while the queue moves by 20
 * states; from 35 on, those who give up within seconds cost it digits (3e-6 of the mean number waiting in one of 500
 * random queues), and at 600 it is worthless: a long way goes in steps of at most 30 states, and a step whose outcome is
 * no distribution is taken in halves.
 */
export interface StateSteps {
  /** The distribution now; entries outside of `low` to `high` mean nothing. */
  readonly state: { p: Float64Array; low: number; high: number };
  /** Time spent in each state since `begin`, in seconds, from `meanLow` to `meanHigh`. */
  readonly spent: Float64Array;
  readonly spentLow: number;
  readonly spentHigh: number;
  /** Starts from a distribution, with no time spent yet. */
  begin(from: StateDistribution): void;
  /** Moves on by `seconds`. */
  advance(stretch: Stretch, seconds: number): void;
  /** The distribution now, and how quickly each of its shares changes, per second; of states from `first` on. */
  snapshot(stretch: Stretch, first: number): Snapshot;
}

/** Shares of states from some first one on, and their slopes in time. */
export interface Snapshot {
  readonly share: Float64Array;
  readonly slope: Float64Array;
}

const statesPerStep = 30;
/** How far a step's outcome may be from a distribution before it is taken in halves. */
const wrongness = 1e-10;

/** @param leaveRate at which each one who waits gives up, per second; 0: nobody does */
export function createStateSteps(leaveRate: number): StateSteps {
  const stepper = createBirthDeathStepper();
  let state = emptyState(64);
  let end = new Float64Array(64);
  let mean = new Float64Array(64);
  let spent = new Float64Array(64);
  let spentLow = 0;
  let spentHigh = -1;

  function makeRoom(highest: number): void {
    if (end.length > highest + 2) return;
    const room = Math.ceil((highest + 2) * 1.5);
    state = { ...state, p: grown(state.p, room) };
    end = new Float64Array(room);
    mean = new Float64Array(room);
    spent = grown(spent, room);
  }

  /** One rational step, in a window widened until nothing leans on its ends. Writes `end` and `mean`. */
  function step({ arrivalsPerSecond, ahtSeconds, agents }: Stretch, seconds: number) {
    const serve = 1 / ahtSeconds;
    const death = (n: number) => (n < agents ? n * serve : agents * serve + (n - agents) * leaveRate);
    for (let reach = 1; ; reach *= 2) {
      const window = reachableWindow(state, arrivalsPerSecond, serve, leaveRate, agents, seconds, reach);
      const { low, high } = window;
      makeRoom(high);
      stepper.step(state, arrivalsPerSecond, death, seconds, low, high, end, mean);
      const leansHigh = end[high] > 1e-13 || mean[high] > 1e-13;
      const leansLow = low > 0 && (end[low] > 1e-13 || mean[low] > 1e-13);
      if ((!leansHigh && !leansLow) || reach > 64) return window;
    }
  }

  /** Whether `end` is a distribution but for rounding. */
  function isSound(low: number, high: number): boolean {
    let sum = 0;
    let below = 0;
    for (let n = low; n <= high; n++) {
      sum += end[n];
      below = Math.min(below, end[n]);
    }
    return Math.abs(sum - 1) < wrongness && below > -wrongness;
  }

  /** Comings and goings per second, at most: an upper bound of how quickly the queue moves, had at once. */
  function mostMoves({ arrivalsPerSecond, ahtSeconds, agents }: Stretch): number {
    const waiting = Math.max(0, state.high - agents);
    return Math.max(arrivalsPerSecond, Math.min(state.high, agents) / ahtSeconds + waiting * leaveRate);
  }

  function take(low: number, high: number, seconds: number): void {
    if (spentHigh < spentLow) {
      spentLow = low;
      spentHigh = low - 1;
    }
    if (low < spentLow) spent.fill(0, low, spentLow);
    if (high > spentHigh) spent.fill(0, spentHigh + 1, high + 1);
    spentLow = Math.min(spentLow, low);
    spentHigh = Math.max(spentHigh, high);
    for (let n = low; n <= high; n++) {
      if (mean[n] > 0) spent[n] += mean[n] * seconds;
      state.p[n] = end[n];
    }
    trim(state, low, high);
  }

  return {
    get state() {
      return state;
    },
    get spent() {
      return spent;
    },
    get spentLow() {
      return spentLow;
    },
    get spentHigh() {
      return spentHigh;
    },
    begin(from) {
      makeRoom(from.high + 1);
      state.p.set(from.p.subarray(from.low, from.high + 1), from.low);
      state.low = from.low;
      state.high = from.high;
      spentLow = 0;
      spentHigh = -1;
    },
    snapshot({ arrivalsPerSecond, ahtSeconds, agents }, first) {
      const { p, low, high } = state;
      const at = (n: number) => (n < low || n > high ? 0 : p[n]);
      const death = (n: number) => Math.min(n, agents) / ahtSeconds + Math.max(0, n - agents) * leaveRate;
      const length = Math.max(0, high + 2 - first);
      return {
        share: Float64Array.from({ length }, (_, k) => at(first + k)),
        slope: Float64Array.from({ length }, (_, k) => {
          const n = first + k;
          const comes = arrivalsPerSecond * at(n - 1) + death(n + 1) * at(n + 1);
          return comes - (arrivalsPerSecond + death(n)) * at(n);
        }),
      };
    },
    advance(stretch, seconds) {
      let left = seconds;
      while (left > 0) {
        let part = left;
        if (mostMoves(stretch) * part > statesPerStep)
          while (travelled(state, stretch, leaveRate, part) > statesPerStep) part /= 2;
        let window = step(stretch, part);
        while (!isSound(window.low, window.high) && part > seconds * 1e-9) {
          part /= 2;
          window = step(stretch, part);
        }
        take(window.low, window.high, part);
        left -= part;
        if (left < seconds * 1e-12) return;
      }
    },
  };
}

/** How far the queue moves in `seconds`, in states, from the ends of where it now is likely to be, noise left aside. */
function travelled(
  state: StateDistribution,
  { arrivalsPerSecond, ahtSeconds, agents }: Stretch,
  leaveRate: number,
  seconds: number,
): number {
  return Math.max(
    ...quantiles(state, 1e-5).map((start) => {
      const pieces = 12;
      const dt = seconds / pieces;
      let place = start;
      let way = 0;
      for (let piece = 0; piece < pieces; piece++) {
        const isBelow = place < agents;
        const pull = isBelow ? 1 / ahtSeconds : leaveRate;
        const surplus = arrivalsPerSecond - agents / ahtSeconds;
        const target = isBelow ? arrivalsPerSecond * ahtSeconds : agents + surplus / pull;
        let moved = pull > 0 ? target + (place - target) * exp(-pull * dt) : place + surplus * dt;
        if (isBelow !== moved < agents) moved = agents;
        way += Math.abs(moved - place);
        place = moved;
      }
      return way;
    }),
  );
}
