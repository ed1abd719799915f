import type { DutyTape } from "../draw/duty-tape.ts";
import { presence, presentContacts } from "../draw/present-contacts.ts";
import { contactState, counted } from "./contacts.ts";
import type { DutyChanges } from "./duty-changes.ts";
import type { Floor } from "./floor.ts";
import { clockAt } from "./gauge.ts";
import type { Recorder } from "./recorder.ts";
import type { AgentRule } from "./routing.ts";
import type { Service } from "./service.ts";
import type { Waiting } from "./waiting.ts";

/** A floor on which people are at work already. */
export interface PresentFloor {
  /** Brings everybody to where they stand as the first simulated interval begins; returns how many duty changes are past. */
  stand(): number;
  /** Contacts that are there already: the first on the tape. */
  readonly contactCount: number;
}

/**
 * Agents are on queue as their shifts say. What is in hand goes to those whom the routing would choose first; who is in
 * hand of nobody on queue stands at the front of the line. Of contacts before now only those who wait are counted.
 */
export function createPresentFloor(
  floor: Floor,
  dutyTape: DutyTape,
  recorder: Recorder,
  waiting: Waiting,
  service: Service,
  dutyChanges: DutyChanges,
  agentFor: AgentRule,
): PresentFloor | null {
  const { problem, clock, contacts, waitingLines, quietLine, gauge } = floor;
  if (problem.present === undefined) return null;
  const { now, untilIntervalEnd } = clockAt;
  const { line, state, enqueuedAt, givesUpAt, patienceSeconds } = contacts;
  const start = problem.present.interval * problem.intervalSeconds;
  const present = presentContacts(problem);
  for (const { queue, presence: where } of present) {
    if (where === presence.awaitingCallback && problem.queues[queue].callback === undefined)
      throw new RangeError(`queue ${problem.queues[queue].id} owes callbacks but offers none`);
  }

  function stand(): number {
    clock[now] = start;
    clock[untilIntervalEnd] = problem.intervalSeconds;
    let change = 0;
    for (; change < dutyTape.count && dutyTape.time[change] <= start; change++)
      dutyChanges.change(dutyTape.agent[change], dutyTape.change[change]);
    for (const [contact, one] of present.entries()) place(contact, one.queue, one.presence, one.seconds ?? 0);
    return change;
  }

  function place(contact: number, q: number, where: number, seconds: number): void {
    if (where === presence.awaitingCallback) {
      awaitCallback(contact, q, seconds);
      return;
    }
    const isInHand = where === presence.inHand;
    enqueuedAt[contact] = start - (isInHand ? 0 : seconds);
    if (isInHand) contacts.counted[contact] = counted.answer;
    else recorder.arrived(contact);
    const agent = agentFor(q, isInHand ? Number.POSITIVE_INFINITY : seconds);
    if (agent >= 0) {
      service.start(agent, contact);
    } else if (isInHand) {
      givesUpAt[contact] = Number.POSITIVE_INFINITY;
      waiting.returnToFront(contact);
    } else {
      givesUpAt[contact] = enqueuedAt[contact] + patienceSeconds[contact];
      waiting.resume(contact, seconds);
    }
  }

  function awaitCallback(contact: number, q: number, seconds: number): void {
    enqueuedAt[contact] = start - seconds;
    contacts.counted[contact] = counted.callback;
    givesUpAt[contact] = Number.POSITIVE_INFINITY;
    if (quietLine[q] >= 0) line[contact] = quietLine[q];
    state[contact] = contactState.awaitingCallback;
    waitingLines.append(contact, line[contact]);
    gauge.up(gauge.callbackFrom + q);
    const agent = agentFor(q, seconds);
    if (agent < 0) return;
    waiting.leave(contact);
    service.start(agent, contact);
  }

  return { stand, contactCount: present.length };
}
