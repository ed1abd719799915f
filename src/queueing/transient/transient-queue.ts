import type { QueueService } from "../steady/steady-queue.ts";
import { answeredEarlier, createWeights } from "../steady/waiting-fates.ts";
import { createBirthDeathStepper, type StateDistribution } from "./birth-death-step.ts";
import { emptyState, grown, reachableWindow, removeOne, trim } from "./state-window.ts";

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
  /** What stands before the first interval: nobody, or the first interval's own steady state. */
  readonly start: "empty" | "steady";
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

/** States that the mean may travel in one rational step. */
const statesPerStep = 20;

export function createTransientWalk(load: TransientLoad): TransientWalk {
  const stepper = createBirthDeathStepper();
  const patience = load.patienceSeconds ?? Number.POSITIVE_INFINITY;
  const leaveRate = 1 / patience;
  const h = load.intervalSeconds;
  const { answerWithinSeconds: threshold } = load;
  const count = load.arrivalsPerSecond.length;
  const isOpen = (index: number) => load.open === undefined || load.open[index] === 1;

  let state = emptyState(64);
  let stateAgents = 0;
  let begun = false;
  let thinned = emptyState(64);
  let end = new Float64Array(64);
  let mean = new Float64Array(64);
  const weights = createWeights();
  let pending: { low: number; high: number; agents: number } | null = null;

  function makeRoom(highest: number): void {
    if (end.length > highest + 2) return;
    const room = Math.ceil((highest + 2) * 1.5);
    state = { ...state, p: grown(state.p, room) };
    thinned = { ...thinned, p: grown(thinned.p, room) };
    end = new Float64Array(room);
    mean = new Float64Array(room);
  }

  /**
   * Steps `from` by `seconds`. An overloaded queue, or a long one being worked off, travels far: the rational step is
   * good to 1e-15 while the mean moves by 20 states, to 1e-6 at 180, and worthless at 600: a long way goes in parts.
   */
  function advance(from: StateDistribution, rate: number, aht: number, agents: number, seconds: number) {
    const parts = Math.min(400, Math.ceil(travel(from, rate, aht, agents, seconds) / statesPerStep));
    if (parts <= 1) return stepOnce(from, rate, aht, agents, seconds);
    let sum = new Float64Array(0);
    let lowest = Number.POSITIVE_INFINITY;
    let current = from;
    let window = { low: from.low, high: from.high };
    for (let part = 0; part < parts; part++) {
      window = stepOnce(current, rate, aht, agents, seconds / parts);
      if (sum.length < mean.length) sum = grown(sum, mean.length);
      for (let n = window.low; n <= window.high; n++) sum[n] += mean[n] / parts;
      lowest = Math.min(lowest, window.low);
      if (part < parts - 1) {
        current = { p: new Float64Array(end.length), low: window.low, high: window.high };
        current.p.set(end.subarray(window.low, window.high + 1), window.low);
        trim(current, window.low, window.high);
      }
    }
    // States that were left behind on the way up or down count in the mean, not in the end.
    let highest = sum.length - 1;
    while (highest > window.high && sum[highest] === 0) highest--;
    makeRoom(highest);
    end.fill(0, lowest, window.low);
    end.fill(0, window.high + 1, highest + 1);
    mean.set(sum.subarray(lowest, highest + 1), lowest);
    return { low: lowest, high: highest };
  }

  /** How far the mean of the queue may move, in states, where every agent is taken. */
  function travel(
    from: StateDistribution,
    rate: number,
    aht: number,
    agents: number,
    seconds: number,
  ): number {
    const drift = Math.abs(rate - agents / aht);
    const time = leaveRate > 0 ? (1 - Math.exp(-leaveRate * seconds)) / leaveRate : seconds;
    return rate * aht > agents ? drift * time : Math.min(drift * time, Math.max(0, from.high - agents));
  }

  /** One step, widening the window until nothing leans on its ends. */
  function stepOnce(from: StateDistribution, rate: number, aht: number, agents: number, seconds: number) {
    const serve = 1 / aht;
    const death = (n: number) => (n < agents ? n * serve : agents * serve + (n - agents) * leaveRate);
    for (let reach = 1; ; reach *= 2) {
      const { low, high } = reachableWindow(from, rate, serve, leaveRate, agents, seconds, reach);
      makeRoom(high);
      stepper.step(from, rate, death, seconds, low, high, end, mean);
      const leansHigh = end[high] > 1e-13 || mean[high] > 1e-13;
      const leansLow = low > 0 && (end[low] > 1e-13 || mean[low] > 1e-13);
      if ((!leansHigh && !leansLow) || reach > 64) return { low, high };
    }
  }

  /** Takes the leavers out (or just counts the comers) at the border before an interval. */
  function crossBorder(agents: number): void {
    const { p, low, high } = state;
    thinned.low = low;
    thinned.high = high;
    thinned.p.set(p.subarray(low, high + 1), low);
    for (let staff = stateAgents; staff > agents; staff--) removeOne(thinned, staff);
  }

  return {
    attempt(index, agents, following) {
      if (!(agents >= 0) || !Number.isInteger(agents))
        throw new RangeError(`agents must be whole, got ${agents}`);
      if (!isOpen(index)) {
        pending = null;
        return null;
      }
      const rate = load.arrivalsPerSecond[index];
      const aht = load.ahtSeconds[index] > 0 ? load.ahtSeconds[index] : 1e-3;
      if (!begun) {
        state.low = state.high = 0;
        state.p[0] = 1;
        stateAgents = agents;
        const settles = rate > 0 && (patience < Infinity || rate * aht < 0.98 * agents);
        if (load.start === "steady" && index === 0 && settles) {
          thinned.low = thinned.high = 0;
          thinned.p[0] = 1;
          const long =
            60 *
            Math.max(
              aht,
              Math.min(patience, 1e5),
              aht / Math.max(0.02, 1 - (rate * aht) / Math.max(agents, 1)) ** 2,
            );
          const window = advance(thinned, rate, aht, agents, long);
          state.p.set(end.subarray(window.low, window.high + 1), window.low);
          trim(state, window.low, window.high);
        }
      }
      crossBorder(agents);
      const { low, high } = advance(thinned, rate, aht, agents, h);
      pending = { low, high, agents };
      if (rate === 0) return null;
      return measure(index, rate, aht, agents, low, high, following);
    },
    accept() {
      begun = true;
      if (pending === null) {
        stateAgents = 0;
        state.low = state.high = 0;
        state.p[0] = 1;
        return;
      }
      state.p.set(end.subarray(pending.low, pending.high + 1), pending.low);
      trim(state, pending.low, pending.high);
      stateAgents = pending.agents;
    },
  };

  function measure(
    index: number,
    rate: number,
    aht: number,
    agents: number,
    low: number,
    high: number,
    following: ArrayLike<number> | null,
  ): IntervalOutcome {
    weights.fill(agents, aht, patience, threshold, Math.max(0, high - agents) + 1);
    const { served, stillWaiting, waitIfServed, servedEver } = weights;
    let inTime = 0;
    let waits = 0;
    let waiting = 0;
    let busy = 0;
    let late = 0;
    let servedShare = 0;
    let waitServed = 0;
    for (let n = low; n <= high; n++) {
      const share = mean[n];
      if (n < agents) {
        inTime += share;
        busy += share * n;
        servedShare += share;
        continue;
      }
      const ahead = n - agents;
      inTime += share * served[ahead];
      waits += share;
      waiting += share * ahead;
      busy += share * agents;
      late += share * stillWaiting[ahead];
      servedShare += share * servedEver[ahead];
      waitServed += share * waitIfServed[ahead];
    }
    const plain = inTime;
    if (following !== null) inTime += acrossBorder(index, aht, agents, low, high, following);
    const abandonmentRate = patience === Infinity ? 0 : Math.min(1, (waiting * leaveRate) / rate);
    const meanWait = waiting / rate;
    const share = (value: number) => Math.min(1, Math.max(0, value));
    const answered = agents === 0 ? 0 : servedShare;
    return {
      waitProbability: share(waits),
      serviceLevelOffered: share(inTime),
      serviceLevelAnswered: answered > 0 ? share(inTime / answered) : 0,
      serviceLevelShortAbandonsExcluded:
        inTime + late > 0 ? share(inTime / (inTime + late + (plain - inTime))) : 0,
      waitWithinProbability: share(1 - late),
      virtualWaitWithinProbability: share(1 - late * Math.exp(threshold * leaveRate)),
      asaSeconds: answered > 0 ? waitServed / answered : Number.POSITIVE_INFINITY,
      meanWaitSeconds: meanWait,
      meanWaiting: waiting,
      abandonmentRate,
      occupancy: agents === 0 ? 0 : share(busy / agents),
    };
  }

  /**
   * What the next intervals' staffing changes for those who come in the last seconds: two Gauss points on the time
   * of arrival, and for each the chance to be served by its own deadline, followed backwards over the borders.
   * As a change of the share answered in time.
   */
  function acrossBorder(
    index: number,
    aht: number,
    agents: number,
    low: number,
    high: number,
    following: ArrayLike<number>,
  ): number {
    const reach = Math.min(threshold, h);
    let last = index;
    let changes = false;
    while (last + 1 < count && (last - index) * h < threshold && isOpen(last + 1)) {
      last++;
      if (following[last] !== agents || load.ahtSeconds[last] !== aht) changes = true;
    }
    if (!changes || reach === 0 || high < agents) return 0;
    const positions = high - agents + 1;
    const { served } = weights;
    let change = 0;
    const rate = load.arrivalsPerSecond[index];
    const serve = 1 / aht;
    for (const place of gaussPoints) {
      const before = reach * place;
      const chance = servedByDeadline(index, before, last, agents, aht, positions, following);
      for (let n = Math.max(low, agents); n <= high; n++) {
        const ahead = n - agents;
        // The state `before` seconds ahead of the border, by its slope there.
        const out = agents * serve + ahead * leaveRate;
        const inflow =
          (n > low ? rate * end[n - 1] : 0) +
          (n < high
            ? (n + 1 <= agents ? (n + 1) * serve : agents * serve + (n + 1 - agents) * leaveRate) * end[n + 1]
            : 0);
        const there = end[n] - before * (inflow - (rate + out) * end[n]);
        change += 0.5 * Math.max(0, there) * (chance[ahead] - served[ahead]);
      }
    }
    return (change * reach) / h;
  }

  /** Chance of being answered within the threshold for one who comes `before` seconds ahead of the border, by number ahead. */
  function servedByDeadline(
    index: number,
    before: number,
    last: number,
    agents: number,
    aht: number,
    positions: number,
    following: ArrayLike<number>,
  ): Float64Array {
    // Stretches of time from the arrival to the deadline, each with its own staffing.
    const stretches: { seconds: number; agents: number; serve: number }[] = [
      { seconds: before, agents, serve: 1 / aht },
    ];
    let left = threshold - before;
    for (let later = index + 1; left > 1e-9; later++) {
      const seconds = later >= last ? left : Math.min(left, h);
      const known = Math.min(later, last);
      stretches.push({
        seconds,
        agents: following[known],
        serve: 1 / (load.ahtSeconds[known] > 0 ? load.ahtSeconds[known] : 1e-3),
      });
      left -= seconds;
    }
    // Comers at a border pull the queue forward; leavers take nobody from it.
    let chance: Float64Array = new Float64Array(positions);
    for (let at = stretches.length - 1; at >= 0; at--) {
      const { seconds, agents: staff, serve } = stretches[at];
      chance = answeredEarlier(chance, staff * serve, leaveRate, seconds);
      const joined = at === 0 ? 0 : Math.max(0, staff - stretches[at - 1].agents);
      if (joined > 0) {
        const shifted = new Float64Array(positions);
        for (let ahead = 0; ahead < positions; ahead++)
          shifted[ahead] = ahead < joined ? 1 : chance[ahead - joined];
        chance = shifted;
      }
    }
    return chance;
  }
}

/** Nodes of the two-point Gauss rule on (0, 1), weight ½ each. */
const gaussPoints = [0.5 - Math.sqrt(3) / 6, 0.5 + Math.sqrt(3) / 6] as const;
