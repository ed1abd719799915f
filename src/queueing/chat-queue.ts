import {
  leastAgents,
  likelyAgents,
  type ServiceTargets,
  targetSlack,
  targetsOutOfReach,
} from "./required-agents.ts";
import {
  checkLoad,
  idleService,
  type QueueLoad,
  type QueueService,
  queueWithFullRate,
} from "./steady-queue.ts";

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
 * A chat queue in its steady state: each new contact goes to the agent with the fewest, and contacts in hand are
 * taken to be spread as evenly as can be, so that the number in the system alone says how fast they are finished.
 *
 * Exact for one agent; for several it is the usual approximation of least-loaded routing.
 * Fractional `agents` are read off the line between the whole numbers beside them.
 * `occupancy` is the share of agents with at least one contact.
 */
export function chatQueue(load: QueueLoad, concurrency: Concurrency, agents: number): ChatService {
  checkLoad(load);
  if (!(agents >= 0 && agents < Infinity)) throw new RangeError(`agents must be 0 or more, got ${agents}`);
  if (load.arrivalsPerSecond * load.ahtSeconds === 0) return { ...idleService, meanConcurrency: 0 };
  const whole = Math.floor(agents);
  const below = evenlySpread(load, concurrency, whole);
  if (whole === agents) return below;
  const above = evenlySpread(load, concurrency, whole + 1);
  return between(below, above, agents - whole);
}

/** Contacts that an agent with so many in parallel finishes in one plain handle time. */
function levelRate({ slowdown }: Concurrency, parallel: number): number {
  return parallel / slowdown[Math.min(parallel, slowdown.length) - 1];
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
  const slack = (agents: number) => targetSlack(targets, evenlySpread(load, concurrency, agents));
  const guess = near ?? likelyAgents(load, targets) / concurrency.maxContacts;
  const whole = leastAgents(slack, guess, Math.sqrt(offeredLoad / concurrency.maxContacts), 1);
  if (step === 1 || whole <= 1) return whole;
  const below = evenlySpread(load, concurrency, whole - 1);
  const above = evenlySpread(load, concurrency, whole);
  let low = 0;
  let high = 1;
  while (high - low > 1e-7) {
    const middle = (low + high) / 2;
    if (targetSlack(targets, between(below, above, middle)) >= 0) high = middle;
    else low = middle;
  }
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
