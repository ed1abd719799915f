import { exp } from "../../numerics/elementary.ts";
import type { QueueService } from "../steady/steady-queue.ts";
import { createWeights } from "../steady/waiting-fates.ts";
import { lateStretches, overPiece, type ServedAhead, servedByDeadline } from "./late-arrivals.ts";
import { createStateSteps } from "./state-steps.ts";
import { emptyState, grown, removeOne, stateOf } from "./state-window.ts";

/**
 * One first-come queue whose arrivals, handle times and agents change from interval to interval: M(t)/M/s(t)+M,
 * followed exactly. Poisson arrivals at a steady rate inside an interval, exponential handling and patience, agents
 * who are all alike. No redials.
 */
export interface TransientLoad {
  readonly intervalSeconds: number;
  /** Per interval: contacts per second, and mean handle time in seconds (positive wherever contacts come). */
  readonly arrivalsPerSecond: Float64Array;
  readonly ahtSeconds: Float64Array;
  /** Mean time a contact would wait before abandoning; null: nobody abandons. */
  readonly patienceSeconds: number | null;
  /** Threshold of the service level, seconds. */
  readonly answerWithinSeconds: number;
  /** 0: closed; the queue is emptied there and begins again empty. Absent: always open. */
  readonly open?: Uint8Array;
  /** What stands before the first interval: nobody, the first interval's own steady state, or so many contacts for certain. */
  readonly start: "empty" | "steady" | { readonly contacts: number };
}

/** What happens in one interval to those who arrive in it; `meanWaiting` and `occupancy` are means over its time. */
export type IntervalOutcome = QueueService;

/**
 * The service each interval really gets from `agents` (whole numbers, per interval). An agent who leaves during a
 * contact finishes it, but takes no other: stepping down by d removes d agents at random, busy or not.
 *
 * Arrivals late in an interval meet the staffing of the next within their threshold: that is part of
 * `serviceLevelOffered`. `asaSeconds` and the other two service levels judge late arrivals as if nothing changed.
 * Null for an interval that is closed or without contacts.
 *
 * Assumes Poisson arrivals and exponential handle times and patience; the distribution of contacts in the system is
 * carried through time by exact steps of its birth-and-death chain (`createBirthDeathStepper`). Throws RangeError for
 * agents that are not whole.
 *
 * @example
 * transientQueue({ arrivalsPerSecond: Float64Array.of(200 / 3600), intervalSeconds: 1800, start: "steady",
 *   ahtSeconds: Float64Array.of(180), patienceSeconds: null, answerWithinSeconds: 20 }, [14])[0]?.serviceLevelOffered
 * // 0.888: what begins in the steady state stays there
 */
export function transientQueue(load: TransientLoad, agents: ArrayLike<number>): (IntervalOutcome | null)[] {
  const walk = createTransientWalk(load);
  const outcomes: (IntervalOutcome | null)[] = [];
  for (let index = 0; index < load.arrivalsPerSecond.length; index++) {
    const tried = walk.attempt(index, agents[index], agents);
    outcomes.push(tried);
    walk.accept();
  }
  return outcomes;
}

/** The queue as it stands at the start of an interval, from which staffings can be tried before one is accepted. */
export interface TransientWalk {
  /**
   * Outcome of interval `index`, the next after the last accepted, with `agents`; null when closed or without contacts.
   * @param following staffing of later intervals, for arrivals that wait across the border; null: stays as it is
   */
  attempt(index: number, agents: number, following: ArrayLike<number> | null): IntervalOutcome | null;
  /** Makes the last attempt what happened. */
  accept(): void;
}

export function createTransientWalk(load: TransientLoad): TransientWalk {
  const { intervalSeconds, answerWithinSeconds: threshold } = load;
  const patience = load.patienceSeconds ?? Number.POSITIVE_INFINITY;
  const leaveRate = 1 / patience;
  const count = load.arrivalsPerSecond.length;
  const isOpen = (index: number) => load.open === undefined || load.open[index] === 1;
  const ahtOf = (index: number) => (load.ahtSeconds[index] > 0 ? load.ahtSeconds[index] : 1e-3);
  const steps = createStateSteps(leaveRate);
  const weights = createWeights();

  /** The queue at the end of the last accepted interval, and the agents it then had; null: nothing accepted yet. */
  let accepted: { readonly state: ReturnType<typeof emptyState>; readonly agents: number } | null = null;
  let pending: { readonly agents: number } | null = null;

  /** Where an interval begins: what the last one left, less those who go home at the border. */
  function begin(index: number, agents: number): void {
    if (accepted === null) {
      steps.begin(
        typeof load.start === "string" || index > 0 ? emptyState(64) : stateOf(load.start.contacts),
      );
      if (load.start === "steady" && index === 0) settle(index, agents);
      return;
    }
    const { p, low, high } = accepted.state;
    const state = { p: grown(p, Math.max(p.length, high + 2)), low, high };
    for (let staff = accepted.agents; staff > agents; staff--) removeOne(state, staff);
    steps.begin(state);
  }

  /** Goes on until the first interval's own steady state is reached, where there is one. */
  function settle(index: number, agents: number): void {
    const arrivalsPerSecond = load.arrivalsPerSecond[index];
    const ahtSeconds = ahtOf(index);
    const offeredLoad = arrivalsPerSecond * ahtSeconds;
    if (arrivalsPerSecond === 0 || (patience === Infinity && offeredLoad >= 0.98 * agents)) return;
    const slack = Math.max(0.02, 1 - offeredLoad / Math.max(agents, 1));
    const seconds = 60 * Math.max(ahtSeconds, Math.min(patience, 1e5), ahtSeconds / slack ** 2);
    steps.advance({ arrivalsPerSecond, ahtSeconds, agents }, seconds);
    steps.begin({ ...steps.state, p: steps.state.p.slice() });
  }

  /** Staffing after interval `index` as far as a late arrival's deadline reaches; empty where it stays as it is. */
  function stretchAhead(index: number, agents: number, following: ArrayLike<number>): ServedAhead[] {
    const ahead: ServedAhead[] = [];
    for (let at = index + 1; at < count && (at - index - 1) * intervalSeconds < threshold; at++) {
      if (!isOpen(at)) break;
      ahead.push({ agents: following[at], ahtSeconds: ahtOf(at) });
    }
    const stays = ahead.every((one) => one.agents === agents && one.ahtSeconds === ahtOf(index));
    return stays ? [] : ahead;
  }

  /**
   * Goes through the interval. Answers how much more, or less, of its contacts are answered in time because the last
   * of them meet the staffing of the next intervals.
   */
  function pass(index: number, agents: number, following: ArrayLike<number> | null): number {
    const stretch = { arrivalsPerSecond: load.arrivalsPerSecond[index], ahtSeconds: ahtOf(index), agents };
    const ahead = following === null ? [] : stretchAhead(index, agents, following);
    if (ahead.length === 0) {
      steps.advance(stretch, intervalSeconds);
      return 0;
    }
    const quickest = Math.max(...[stretch, ...ahead].map((one) => one.agents / one.ahtSeconds));
    const cuts = lateStretches(intervalSeconds, threshold, quickest, 1 / stretch.ahtSeconds + leaveRate);
    steps.advance(stretch, intervalSeconds - cuts[0]);
    const gain = (before: number, positions: number) => {
      weights.fill(agents, stretch.ahtSeconds, patience, threshold, positions);
      const chance = servedByDeadline(
        stretch,
        before,
        ahead,
        intervalSeconds,
        threshold,
        leaveRate,
        positions,
      );
      for (let at = 0; at < positions; at++) chance[at] -= weights.served[at];
      return chance;
    };
    let change = 0;
    let start = steps.snapshot(stretch, agents);
    for (let at = 1; at < cuts.length; at++) {
      steps.advance(stretch, cuts[at - 1] - cuts[at]);
      const end = steps.snapshot(stretch, agents);
      change += overPiece(cuts[at - 1], cuts[at], start, end, gain);
      start = end;
    }
    return change / intervalSeconds;
  }

  return {
    attempt(index, agents, following) {
      if (!(agents >= 0) || !Number.isInteger(agents))
        throw new RangeError(`agents must be whole, got ${agents}`);
      if (!isOpen(index)) {
        pending = null;
        return null;
      }
      begin(index, agents);
      const change = pass(index, agents, following);
      pending = { agents };
      const rate = load.arrivalsPerSecond[index];
      if (rate === 0) return null;
      weights.fill(agents, ahtOf(index), patience, threshold, Math.max(0, steps.spentHigh - agents) + 1);
      return outcomeOf(steps, weights, { rate, agents, leaveRate, threshold, intervalSeconds }, change);
    },
    accept() {
      if (pending === null) accepted = { state: emptyState(64), agents: 0 };
      else {
        const { p, low, high } = steps.state;
        accepted = { state: { p: p.slice(0, high + 1), low, high }, agents: pending.agents };
      }
    },
  };
}

interface Circumstances {
  readonly rate: number;
  readonly agents: number;
  readonly leaveRate: number;
  readonly threshold: number;
  readonly intervalSeconds: number;
}

/**
 * What those who come in an interval meet, from the time spent in each state: Poisson arrivals see time averages.
 * @param change of the share answered in time, by the staffing beyond the border
 */
function outcomeOf(
  { spent, spentLow, spentHigh }: ReturnType<typeof createStateSteps>,
  { served, stillWaiting, waitIfServed, servedEver }: ReturnType<typeof createWeights>,
  { rate, agents, leaveRate, threshold, intervalSeconds }: Circumstances,
  change: number,
): IntervalOutcome {
  let whole = 0;
  let plain = 0;
  let waits = 0;
  let waiting = 0;
  let busy = 0;
  let late = 0;
  let servedShare = 0;
  let waitServed = 0;
  for (let n = spentLow; n <= spentHigh; n++) {
    const share = spent[n] / intervalSeconds;
    whole += share;
    if (n < agents) {
      plain += share;
      busy += share * n;
      servedShare += share;
      continue;
    }
    const ahead = n - agents;
    plain += share * served[ahead];
    waits += share;
    waiting += share * ahead;
    busy += share * agents;
    late += share * stillWaiting[ahead];
    servedShare += share * servedEver[ahead];
    waitServed += share * waitIfServed[ahead];
  }
  const inTime = Math.min(1, Math.max(0, plain / whole + change));
  const notYet = late / whole;
  const answered = agents === 0 ? 0 : servedShare / whole;
  const share = (value: number) => Math.min(1, Math.max(0, value));
  return {
    waitProbability: share(waits / whole),
    serviceLevelOffered: inTime,
    serviceLevelAnswered: answered > 0 ? share(inTime / answered) : 0,
    serviceLevelShortAbandonsExcluded:
      inTime + notYet > 0 ? share(inTime / (inTime + notYet - (inTime - plain / whole))) : 0,
    waitWithinProbability: share(1 - notYet),
    virtualWaitWithinProbability: share(1 - notYet * exp(threshold * leaveRate)),
    asaSeconds: answered > 0 ? waitServed / whole / answered : Number.POSITIVE_INFINITY,
    meanWaitSeconds: waiting / whole / rate,
    meanWaiting: waiting / whole,
    abandonmentRate: share((waiting / whole) * (leaveRate / rate)),
    occupancy: agents === 0 ? 0 : share(busy / whole / agents),
  };
}
