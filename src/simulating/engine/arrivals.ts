import { quantile } from "../../numerics/distribution.ts";
import { queueCount } from "../measure/tally.ts";
import { chance, contactState } from "./contacts.ts";
import type { Floor } from "./floor.ts";
import { clockAt } from "./gauge.ts";
import type { Leaving } from "./leaving.ts";
import type { Recorder } from "./recorder.ts";
import type { AgentRule } from "./routing.ts";
import type { Service } from "./service.ts";
import type { Waiting } from "./waiting.ts";

export type Arrivals = ReturnType<typeof createArrivals>;

/** Contacts come, for the first time or again: to an agent, into the line, or away at once. */
export function createArrivals(
  floor: Floor,
  recorder: Recorder,
  waiting: Waiting,
  service: Service,
  leaving: Leaving,
  agentFor: AgentRule,
) {
  const { problem, clock, contacts, gauge } = floor;
  const { waitingFrom } = gauge;
  const { queues, intervalCount, intervalSeconds } = problem;
  const { queue: queueOf, interval: intervalOf, state, enqueuedAt, patienceSeconds, attempts } = contacts;
  const { turningAway: turnsAway } = floor.uses;
  const { now } = clockAt;
  const waitingPlaces = Float64Array.from(queues, (queue) => queue.waitingPlaces ?? Number.POSITIVE_INFINITY);

  function arrive(contact: number): void {
    const q = queueOf[contact];
    enqueuedAt[contact] = clock[now];
    recorder.arrived(contact);
    if (turnsAway && isTurnedAway(q)) {
      leaving.block(contact);
      return;
    }
    const agent = agentFor(q, 0);
    if (agent >= 0) service.start(agent, contact);
    else if (gauge.level[waitingFrom + q] >= waitingPlaces[q]) leaving.block(contact);
    else if (patienceSeconds[contact] === 0) leaving.abandon(contact);
    else waiting.join(contact);
  }

  function isTurnedAway(q: number): boolean {
    const stretches = queues[q].turnedAway;
    if (stretches === undefined) return false;
    let passed = 0;
    while (passed < stretches.length && stretches[passed] <= clock[now]) passed++;
    return passed % 2 === 1;
  }

  function redial(contact: number): void {
    state[contact] = contactState.done;
    comeAgain(contact, queueCount.redialled, chance.redialPatience);
  }

  /**
   * The contact comes once more to its queue, which may be another than before; if that is closed by now, it does not.
   * @param what the count of a queue that it belongs to
   * @param patienceChance the chance that its new patience is drawn from
   */
  function comeAgain(contact: number, what: number, patienceChance: number): void {
    const { patience, open } = queues[queueOf[contact]];
    const interval = Math.floor(clock[now] / intervalSeconds);
    if (interval >= intervalCount || open[interval] === 0) return;
    attempts[contact]++;
    intervalOf[contact] = interval;
    if (patience !== null) {
      patienceSeconds[contact] = quantile(patience, contacts.chanceOf(contact, patienceChance));
    }
    recorder.cameAgain(contact, what);
    arrive(contact);
  }

  return { arrive, redial, comeAgain };
}
