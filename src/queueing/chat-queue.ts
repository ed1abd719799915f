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

/** Contacts per second that `agents` finish together with `contacts` spread evenly over them. */
export function chatServiceRate(
  concurrency: Concurrency,
  ahtSeconds: number,
  agents: number,
  contacts: number,
): number {
  const { maxContacts, slowdown } = concurrency;
  if (contacts === 0 || agents === 0) return 0;
  const inHand = Math.min(contacts, agents * maxContacts);
  const level = Math.floor(inHand / agents);
  const above = inHand - level * agents;
  const rateAt = (parallel: number) =>
    parallel === 0 ? 0 : parallel / slowdown[Math.min(parallel, slowdown.length) - 1];
  return ((agents - above) * rateAt(level) + above * rateAt(level + 1)) / ahtSeconds;
}

function evenlySpread(load: QueueLoad, concurrency: Concurrency, agents: number): ChatService {
  const { arrivalsPerSecond, ahtSeconds } = load;
  const slots = agents * concurrency.maxContacts;
  const fullRate = chatServiceRate(concurrency, ahtSeconds, agents, slots);
  // From "all slots taken" downwards, relative to that state; `scaled` once the weights leave the range.
  let weight = 1;
  let below = 0;
  let busyBelow = 0;
  let inHandBelow = 0;
  let scaled = false;
  for (let contacts = slots; contacts > 0; contacts--) {
    weight *= chatServiceRate(concurrency, ahtSeconds, agents, contacts) / arrivalsPerSecond;
    below += weight;
    busyBelow += weight * Math.min(1, (contacts - 1) / agents);
    inHandBelow += weight * (contacts - 1);
    if (below > 1e200) {
      weight *= 1e-200;
      below *= 1e-200;
      busyBelow *= 1e-200;
      inHandBelow *= 1e-200;
      scaled = true;
    }
  }
  const service = queueWithFullRate(load, fullRate, scaled ? Infinity : 1 + below);
  const free = 1 - service.waitProbability;
  return {
    ...service,
    occupancy: agents === 0 ? 0 : service.waitProbability + (below > 0 ? (free * busyBelow) / below : 0),
    meanConcurrency: service.waitProbability * slots + (below > 0 ? (free * inHandBelow) / below : 0),
  };
}

function between(low: ChatService, high: ChatService, share: number): ChatService {
  const mixed: Record<string, number> = {};
  for (const key of Object.keys(low) as (keyof ChatService)[]) {
    mixed[key] = low[key] === Infinity ? low[key] : low[key] + share * (high[key] - low[key]);
  }
  return mixed as unknown as ChatService;
}
