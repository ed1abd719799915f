import { bisect } from "../numerics/bisect.ts";
import {
  leastAgents,
  likelyAgents,
  type ServiceTargets,
  targetSlack,
  targetsOutOfReach,
} from "./steady/required-agents.ts";
import {
  checkLoad,
  idleService,
  type QueueLoad,
  type QueueService,
  queueWithFullRate,
} from "./steady/steady-queue.ts";

/** How many contacts one agent serves at once, and what that does to each. */
export interface Concurrency {
  /** Slots per agent, 1 to 10. */
  readonly maxContacts: number;
  /** Factor ≥ 1 on the handle time of each contact with 1, 2, … in parallel; the last entry holds beyond the list. */
  readonly slowdown: readonly number[];
}

export interface ChatService extends QueueService {
  /** Mean number of contacts in hand, over all agents. */
  readonly meanConcurrency: number;
}

/**
 * A chat queue in its steady state: each new contact goes to the agent with the fewest.
 *
 * Small teams are worked out exactly, over how many agents have 0, 1, 2, … contacts. Larger ones take the contacts in
 * hand to be spread as evenly as can be, so that their number alone says how fast they are finished: what least-loaded
 * routing comes close to (for one agent it is the same thing).
 * Fractional `agents` are read off the line between the whole numbers beside them.
 * `occupancy` is the share of agents with at least one contact.
 *
 * Throws RangeError for a load that is no queue (`checkLoad`) and for fewer than no agents.
 *
 * @example
 * chatQueue({ arrivalsPerSecond: 200 / 3600, ahtSeconds: 180, patienceSeconds: null, answerWithinSeconds: 20 },
 *   { maxContacts: 1, slowdown: [1] }, 14).serviceLevelOffered // 0.888, as of a voice queue: one contact at a time
 */
export function chatQueue(load: QueueLoad, concurrency: Concurrency, agents: number): ChatService {
  checkLoad(load);
  if (!(agents >= 0 && agents < Infinity)) throw new RangeError(`agents must be 0 or more, got ${agents}`);
  if (load.arrivalsPerSecond * load.ahtSeconds === 0) return { ...idleService, meanConcurrency: 0 };
  const whole = Math.floor(agents);
  const below = wholeTeam(load, concurrency, whole);
  if (whole === agents) return below;
  const above = wholeTeam(load, concurrency, whole + 1);
  return between(below, above, agents - whole);
}

/** Contacts that an agent with so many in parallel finishes in one plain handle time. */
function levelRate({ slowdown }: Concurrency, parallel: number): number {
  return parallel / slowdown[Math.min(parallel, slowdown.length) - 1];
}

/** Teams with so many ways to share out their contacts are small enough for the exact chain. */
const exactStates = 36;

function wholeTeam(load: QueueLoad, concurrency: Concurrency, agents: number): ChatService {
  let ways = 1;
  for (let slot = 1; slot <= concurrency.maxContacts; slot++) ways *= (agents + slot) / slot;
  return ways <= exactStates && agents > 1
    ? exactTeam(load, concurrency, agents)
    : evenlySpread(load, concurrency, agents);
}

/** The states of a small team and the moves between them: the same for every load. */
interface TeamChain {
  readonly size: number;
  /** Per state, fewest contacts first: contacts in hand, and agents with at least one. */
  readonly inHand: Int32Array;
  readonly busy: Int32Array;
  /** Per state: where the next contact leads; the last state is full. */
  readonly arrival: Int32Array;
  /** A contact ends: from, to, how many agents of that level, and the level. Four entries each. */
  readonly endings: Int32Array;
  /** Per state: the first one with at most one contact fewer. No move, direct or through fuller states, crosses it. */
  readonly neighbour: Int32Array;
  /** Room for the rates from state to state, row by row; whoever works a load out fills it anew. */
  readonly rates: Float64Array;
}

const knownChains = new Map<string, TeamChain>();

function teamChain(agents: number, maxContacts: number): TeamChain {
  const key = `${agents}/${maxContacts}`;
  const known = knownChains.get(key);
  if (known !== undefined) return known;
  const states: number[][] = [];
  const collect = (counts: number[], left: number) => {
    if (counts.length === maxContacts) states.push([...counts, left]);
    else for (let here = left; here >= 0; here--) collect([...counts, here], left - here);
  };
  collect([], agents);
  const contactsOf = (counts: readonly number[]) =>
    counts.reduce((sum, count, level) => sum + count * level, 0);
  states.sort((a, b) => contactsOf(a) - contactsOf(b));
  const place = new Map(states.map((counts, at) => [counts.join(), at]));
  const moved = (counts: readonly number[], from: number, to: number) => {
    const next = [...counts];
    next[from]--;
    next[to]++;
    return place.get(next.join())!;
  };
  const endings: number[] = [];
  const arrival = states.map((counts, at) => {
    for (let level = 1; level <= maxContacts; level++) {
      if (counts[level] > 0) endings.push(at, moved(counts, level, level - 1), counts[level], level);
    }
    const least = counts.findIndex((count) => count > 0);
    return least < maxContacts ? moved(counts, least, least + 1) : at;
  });
  const inHand = Int32Array.from(states, contactsOf);
  const chain: TeamChain = {
    size: states.length,
    inHand,
    neighbour: inHand.map((contacts) => inHand.findIndex((other) => other >= contacts - 1)),
    busy: Int32Array.from(states, (counts) => agents - counts[0]),
    rates: new Float64Array(states.length ** 2),
    arrival: Int32Array.from(arrival),
    endings: Int32Array.from(endings),
  };
  knownChains.set(key, chain);
  return chain;
}

/**
 * The chain of "so many agents have 0, 1, 2, … contacts", without the queue: what happens while contacts wait leads
 * back to "all slots taken", so the shares of the other states among themselves do not depend on it.
 */
function exactTeam(load: QueueLoad, concurrency: Concurrency, agents: number): ChatService {
  const { maxContacts } = concurrency;
  const { size, inHand, busy, arrival, endings, neighbour, rates } = teamChain(agents, maxContacts);
  rates.fill(0);
  for (let from = 0; from < size - 1; from++) rates[from * size + arrival[from]] += load.arrivalsPerSecond;
  for (let at = 0; at < endings.length; at += 4) {
    const rate = (endings[at + 2] * levelRate(concurrency, endings[at + 3])) / load.ahtSeconds;
    rates[endings[at] * size + endings[at + 1]] += rate;
  }
  const share = stationaryShares(rates, neighbour);
  const full = share[size - 1];
  const fullRate = (agents * levelRate(concurrency, maxContacts)) / load.ahtSeconds;
  const service = queueWithFullRate(load, fullRate, 1 / full);
  const free = (1 - service.waitProbability) / (1 - full);
  let occupancy = service.waitProbability;
  let meanConcurrency = service.waitProbability * agents * maxContacts;
  for (let at = 0; at < size - 1; at++) {
    occupancy += (free * share[at] * busy[at]) / agents;
    meanConcurrency += free * share[at] * inHand[at];
  }
  return { ...service, occupancy, meanConcurrency };
}

/**
 * Steady state of a small chain by elimination without subtractions (Grassmann, Taksar & Heyman 1985). Spoils `rates`.
 * @param neighbour per state: the first one it exchanges moves with; all rates before it are zero
 */
function stationaryShares(rates: Float64Array, neighbour: Int32Array): Float64Array {
  const size = neighbour.length;
  for (let n = size - 1; n > 0; n--) {
    const first = neighbour[n];
    let out = 0;
    for (let to = first; to < n; to++) out += rates[n * size + to];
    for (let from = first; from < n; from++) {
      const share = rates[from * size + n] / out;
      rates[from * size + n] = share;
      if (share === 0) continue;
      for (let to = first; to < n; to++)
        if (to !== from) rates[from * size + to] += share * rates[n * size + to];
    }
  }
  const share = new Float64Array(size);
  share[0] = 1;
  let sum = 1;
  for (let n = 1; n < size; n++) {
    for (let from = neighbour[n]; from < n; from++) share[n] += share[from] * rates[from * size + n];
    sum += share[n];
  }
  return share.map((value) => value / sum);
}

function evenlySpread(load: QueueLoad, concurrency: Concurrency, agents: number): ChatService {
  const { ahtSeconds } = load;
  const offered = load.arrivalsPerSecond * ahtSeconds;
  const slots = agents * concurrency.maxContacts;
  const fullRate = (agents * levelRate(concurrency, concurrency.maxContacts)) / ahtSeconds;
  // From "all slots taken" downwards, relative to that state; `scaled` once the weights leave the range.
  let weight = 1;
  let below = 0;
  let busyBelow = 0;
  let inHandBelow = 0;
  let scaled = false;
  for (let level = concurrency.maxContacts; level > 0; level--) {
    const perAgent = levelRate(concurrency, level) / offered;
    const perAgentBelow = level === 1 ? 0 : levelRate(concurrency, level - 1) / offered;
    for (let above = agents; above > 0; above--) {
      weight *= above * perAgent + (agents - above) * perAgentBelow;
      below += weight;
      const busy = level > 1 ? agents : above - 1;
      busyBelow += weight * busy;
      inHandBelow += weight * ((level - 1) * agents + above - 1);
      // With no more than one contact each, rates and weights only fall from here on.
      if (level === 1 && weight < 1e-17 * below) break;
      if (below > 1e200) {
        weight *= 1e-200;
        below *= 1e-200;
        busyBelow *= 1e-200;
        inHandBelow *= 1e-200;
        scaled = true;
      }
    }
  }
  const service = queueWithFullRate(load, fullRate, scaled ? Infinity : 1 + below);
  const free = 1 - service.waitProbability;
  return {
    ...service,
    occupancy:
      agents === 0 ? 0 : service.waitProbability + (below > 0 ? (free * busyBelow) / (below * agents) : 0),
    meanConcurrency: service.waitProbability * slots + (below > 0 ? (free * inHandBelow) / below : 0),
  };
}

/** Fewest chat agents that keep every promise, and the fraction of the last one that is needed; see `requiredAgents`. */
export function requiredChatAgents(
  load: QueueLoad,
  targets: ServiceTargets,
  concurrency: Concurrency,
  step: 0 | 1,
  near?: number,
): number | null {
  checkLoad(load);
  const offeredLoad = load.arrivalsPerSecond * load.ahtSeconds;
  if (offeredLoad === 0) return 0;
  if (targetsOutOfReach(load, targets)) return null;
  const slack = (agents: number) => targetSlack(targets, wholeTeam(load, concurrency, agents));
  const guess = near ?? likelyAgents(load, targets) / concurrency.maxContacts;
  const whole = leastAgents(slack, guess, Math.sqrt(offeredLoad / concurrency.maxContacts), 1);
  if (step === 1 || whole <= 1) return whole;
  const below = wholeTeam(load, concurrency, whole - 1);
  const above = wholeTeam(load, concurrency, whole);
  const isBelow = (share: number) => !(targetSlack(targets, between(below, above, share)) >= 0);
  const [, high] = bisect(isBelow, 0, 1, { absolute: 1e-5 });
  return whole - 1 + high;
}

function between(low: ChatService, high: ChatService, share: number): ChatService {
  const mix = (measure: keyof ChatService) =>
    low[measure] === Infinity ? Infinity : low[measure] + share * (high[measure] - low[measure]);
  return {
    waitProbability: mix("waitProbability"),
    serviceLevelOffered: mix("serviceLevelOffered"),
    serviceLevelAnswered: mix("serviceLevelAnswered"),
    serviceLevelShortAbandonsExcluded: mix("serviceLevelShortAbandonsExcluded"),
    waitWithinProbability: mix("waitWithinProbability"),
    virtualWaitWithinProbability: mix("virtualWaitWithinProbability"),
    asaSeconds: mix("asaSeconds"),
    meanWaitSeconds: mix("meanWaitSeconds"),
    meanWaiting: mix("meanWaiting"),
    abandonmentRate: mix("abandonmentRate"),
    occupancy: mix("occupancy"),
    meanConcurrency: mix("meanConcurrency"),
  };
}
