import { bisect } from "../numerics/bisect.ts";
import { busyAgents, type Concurrency, levelRate, paceOf } from "./chat-team.ts";
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

export interface ChatService extends QueueService {
  /** Mean number of contacts in hand, over all agents. */
  readonly meanConcurrency: number;
}

/**
 * A chat queue in its steady state: each new contact goes to the agent with the fewest.
 *
 * The number of contacts in hand is a birth-and-death chain: how fast they are finished follows from how many agents
 * are busy with them on average (`busyAgents`), exactly so with two slots and to a fraction of a point with more.
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

function wholeTeam(load: QueueLoad, concurrency: Concurrency, agents: number): ChatService {
  const { ahtSeconds } = load;
  const offered = load.arrivalsPerSecond * ahtSeconds;
  const slots = agents * concurrency.maxContacts;
  const fullRate = (agents * levelRate(concurrency, concurrency.maxContacts)) / ahtSeconds;
  const busy = agents === 0 ? new Float64Array(1) : busyAgents(concurrency, agents, offered);
  // From "all slots taken" downwards, relative to that state; `scaled` once the weights leave the range.
  let weight = 1;
  let below = 0;
  let busyBelow = 0;
  let inHandBelow = 0;
  let scaled = false;
  for (let n = slots; n > 0; n--) {
    const pace = paceOf(concurrency, n, busy[n]) / offered;
    weight *= pace;
    below += weight;
    busyBelow += weight * busy[n - 1];
    inHandBelow += weight * (n - 1);
    // With no more than one contact each, rates and weights only fall from here on.
    if (n <= agents && pace < 1 && weight < 1e-17 * below) break;
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
