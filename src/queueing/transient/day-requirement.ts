import { type ServiceTargets, serviceLevelBy, targetSlack } from "../steady/required-agents.ts";
import { idleService, type QueueService, steadyQueue } from "../steady/steady-queue.ts";
import { type IntervalOutcome, type TransientLoad, transientQueue } from "./transient-queue.ts";
import { leastForRun, runByRun, type TransientRequirement } from "./transient-requirement.ts";

/** Prices tried for one in-time contact before the best staffing found is polished. */
const pricesTried = 14;
/** Agents per day that are tried to be given back, one by one. */
const givenBack = 20;
const missedInARow = 5;

/**
 * Few agents with which the changing queue keeps its targets over each day as a whole: bad intervals are made up for by
 * good ones, as in the service level of a day's report.
 *
 * What an agent buys is weighed by the steady state: an interval gets agents as long as one more brings at least so many
 * contacts into time, the same price in every interval of a day, because otherwise an agent would do more elsewhere. The
 * price is then raised, day by day, as far as the true queue (`transientQueue`) keeps the day's targets, and agents whose
 * loss the day can bear are given back one by one. Never more than with every interval kept (`leastTransientAgents`). A
 * day with a pause in it keeps them on either side.
 * The answer keeps the targets exactly; that no fewer would is not proved.
 *
 * The targets must be in reach (`targetsOutOfReach`).
 * @param atLeast agents that are there in any case, per interval, for instance 1 while open
 * @param near first guess per interval, such as the steady-state requirement
 * @param dayOf day of each interval, rising from 0
 */
export function leastAgentsOverDays(
  load: TransientLoad,
  targets: ServiceTargets,
  atLeast: ArrayLike<number>,
  near: ArrayLike<number>,
  dayOf: ArrayLike<number>,
): TransientRequirement {
  return runByRun(load, atLeast, near, (part, least, guess, first) => {
    const days = guess.map((_, at) => dayOf[first + at] - dayOf[first]);
    return overDaysOfRun(part, targets, least, leastForRun(part, targets, least, guess), days);
  });
}

function overDaysOfRun(
  load: TransientLoad,
  targets: ServiceTargets,
  atLeast: Int32Array,
  kept: TransientRequirement,
  dayOf: Int32Array,
): TransientRequirement {
  const count = dayOf.length;
  const dayCount = dayOf[count - 1] + 1;
  const hasContacts = (index: number) => load.arrivalsPerSecond[index] > 0;
  const gains = Array.from({ length: count }, (_, index) => gainsOf(load, targets, index));
  /** Agents of an interval where an in-time contact is worth one price-th of an agent. */
  const agentsAt = (index: number, price: number) => {
    let agents = kept.agents[index];
    if (!hasContacts(index)) return agents;
    while (gains[index](agents + 1) >= price) agents++;
    while (agents > atLeast[index] && gains[index](agents) < price) agents--;
    return agents;
  };
  const judged = new Map<string, Uint8Array>();
  /** 1 for each day that keeps its targets. */
  const judge = (agents: Int32Array): Uint8Array => {
    const key = agents.join();
    let holds = judged.get(key);
    if (holds === undefined) {
      const outcomes = transientQueue(load, agents);
      holds = Uint8Array.from({ length: dayCount }, (_, day) => {
        const service = serviceOverDay(load, agents, outcomes, dayOf, day);
        return service === null || targetSlack(targets, service) >= 0 ? 1 : 0;
      });
      judged.set(key, holds);
    }
    return holds;
  };
  const agentsOn = (agents: Int32Array, day: number) =>
    agents.reduce((sum, one, index) => (dayOf[index] === day ? sum + one : sum), 0);

  // The price of each day lies between one that keeps its targets and one that does not.
  const best = kept.agents.slice();
  const low = new Float64Array(dayCount);
  const high = new Float64Array(dayCount);
  for (let index = 0; index < count; index++) {
    high[dayOf[index]] = Math.max(high[dayOf[index]], load.arrivalsPerSecond[index] * load.intervalSeconds);
  }
  for (let round = 0; round < pricesTried; round++) {
    const price = low.map((from, day) => (round === 0 ? high[day] / 8 : (from + high[day]) / 2));
    const tried = Int32Array.from({ length: count }, (_, index) => agentsAt(index, price[dayOf[index]]));
    const holds = judge(tried);
    for (let day = 0; day < dayCount; day++) {
      if (holds[day] === 0) {
        high[day] = price[day];
        continue;
      }
      low[day] = price[day];
      if (agentsOn(tried, day) > agentsOn(best, day)) continue;
      for (let index = 0; index < count; index++) if (dayOf[index] === day) best[index] = tried[index];
    }
  }
  // Days taken from different rounds may meet at a midnight that none of them saw.
  const together = judge(best);
  for (let index = 0; index < count; index++) {
    if (together[dayOf[index]] === 0) best[index] = kept.agents[index];
  }
  if (judge(best).includes(0)) return kept;
  giveBack(best, judge, gains, atLeast, dayOf, dayCount);
  return { agents: best, outcomes: transientQueue(load, best) };
}

/** One agent of every day is tried at a time, those first whose steady loss is least, until several in a row are missed. */
function giveBack(
  best: Int32Array,
  judge: (agents: Int32Array) => Uint8Array,
  gains: readonly ((agents: number) => number)[],
  atLeast: Int32Array,
  dayOf: Int32Array,
  dayCount: number,
): void {
  const order = Array.from({ length: dayCount }, (_, day) =>
    Array.from(best.keys())
      .filter((index) => dayOf[index] === day && best[index] > atLeast[index])
      .sort((a, b) => gains[a](best[a]) - gains[b](best[b]))
      .slice(0, givenBack),
  );
  for (let turn = 0, missed = 0; turn < givenBack && missed < missedInARow; turn++) {
    const tried = best.slice();
    for (const list of order) if (list[turn] !== undefined) tried[list[turn]]--;
    const holds = judge(tried);
    const spared = best.slice();
    for (const [day, list] of order.entries())
      if (list[turn] !== undefined && holds[day] === 1) spared[list[turn]]--;
    missed = holds.includes(1) ? 0 : missed + 1;
    if (!judge(spared).includes(0)) best.set(spared);
  }
}

/** What the n-th agent of an interval brings, in contacts that keep the targets, by the steady state; remembered. */
function gainsOf(load: TransientLoad, targets: ServiceTargets, index: number): (agents: number) => number {
  const contacts = load.arrivalsPerSecond[index] * load.intervalSeconds;
  const steady = {
    arrivalsPerSecond: load.arrivalsPerSecond[index],
    ahtSeconds: load.ahtSeconds[index],
    patienceSeconds: load.patienceSeconds,
    answerWithinSeconds: load.answerWithinSeconds,
  };
  const worth = new Map<number, number>();
  const worthOf = (agents: number): number => {
    let value = worth.get(agents);
    if (value === undefined) {
      const service = steadyQueue(steady, agents);
      value =
        targets.serviceLevel !== null
          ? serviceLevelBy(targets.serviceLevelRule, service)
          : targets.maxAbandonment !== null && load.patienceSeconds !== null
            ? 1 - service.abandonmentRate
            : 1 / (1 + service.asaSeconds / (targets.maxAsaSeconds ?? 60));
      worth.set(agents, value);
    }
    return value;
  };
  return (agents) => (agents <= 0 ? contacts : contacts * (worthOf(agents) - worthOf(agents - 1)));
}

/**
 * The service of a day's contacts together: levels and abandonment by contacts, ASA by the answered, occupancy by agents.
 * null without contacts; what targets do not speak of is that of an idle queue.
 */
export function serviceOverDay(
  load: TransientLoad,
  agents: ArrayLike<number>,
  outcomes: readonly (IntervalOutcome | null)[],
  dayOf: ArrayLike<number>,
  day: number,
): QueueService | null {
  let offered = 0;
  let answered = 0;
  let notShort = 0;
  let inTime = 0;
  let waited = 0;
  let busy = 0;
  let present = 0;
  for (const [index, outcome] of outcomes.entries()) {
    if (dayOf[index] !== day || outcome === null) continue;
    const contacts = load.arrivalsPerSecond[index];
    const level = outcome.serviceLevelOffered;
    const short = outcome.serviceLevelShortAbandonsExcluded;
    offered += contacts;
    answered += contacts * (1 - outcome.abandonmentRate);
    notShort += short > 0 ? (contacts * level) / short : contacts;
    inTime += contacts * level;
    waited += contacts * (1 - outcome.abandonmentRate) * outcome.asaSeconds;
    busy += agents[index] * outcome.occupancy;
    present += agents[index];
  }
  if (offered === 0) return null;
  return {
    ...idleService,
    serviceLevelOffered: inTime / offered,
    serviceLevelAnswered: answered > 0 ? Math.min(1, inTime / answered) : 0,
    serviceLevelShortAbandonsExcluded: Math.min(1, inTime / notShort),
    asaSeconds: answered > 0 ? waited / answered : Number.POSITIVE_INFINITY,
    abandonmentRate: 1 - answered / offered,
    occupancy: present > 0 ? busy / present : 0,
  };
}
