import { agentDuty } from "./agents.ts";
import { contactState } from "./contacts.ts";
import type { Floor } from "./floor.ts";
import { clockAt } from "./gauge.ts";
import type { Recorder } from "./recorder.ts";
import type { AgentRule } from "./routing.ts";
import type { Waiting } from "./waiting.ts";

export type Service = ReturnType<typeof createService>;

/** Agents with contacts in hand: one, or several at the pace of their number; work that may be interrupted; work passed on. */
export function createService(floor: Floor, recorder: Recorder, waiting: Waiting, agentFor: AgentRule) {
  const { problem, clock, agents, freeAgents, busyTime, contacts, wheel, gauge } = floor;
  const { serviceFrom, handlingFrom } = gauge;
  const { queues } = problem;
  const { group, handleFactor, duty, load, limit, maxLoad, slotOffset, slotAgent, slotContact } = agents;
  const { interruptions: interrupts, busyTime: ranksByBusy } = floor.uses;
  const { queue: queueOf, handleSeconds, state } = contacts;
  const { listOf, interruptibleFrom } = freeAgents;
  const { now } = clockAt;
  const { taking } = agentDuty;
  const { inService, done } = contactState;
  const maxContacts = Int32Array.from(queues, (queue) => queue.maxContacts);
  const interruptible = Uint8Array.from(queues, (queue) => Number(queue.interruptible === true));

  function start(agent: number, contact: number): void {
    const q = queueOf[contact];
    recorder.served(contact, agent);
    if (interrupts && listOf[agent] >= interruptibleFrom) interrupt(agent);
    state[contact] = inService;
    gauge.up(serviceFrom + q);
    if (listOf[agent] >= 0) freeAgents.leave(agent);
    if (maxContacts[q] > 1) {
      startBeside(agent, contact, q);
      return;
    }
    if (ranksByBusy) busyTime.pass(agent, false);
    gauge.up(handlingFrom + group[agent]);
    limit[agent] = 1;
    load[agent] = 1;
    const slot = slotOffset[agent];
    slotContact[slot] = contact;
    wheel.times[slot] = clock[now] + handleSeconds[contact] * handleFactor[agent];
    wheel.insert(slot);
    if (interrupts) mayBeInterrupted(agent);
  }

  /** A contact of a queue of which an agent holds several goes into a free slot, beside what is in hand. */
  function startBeside(agent: number, contact: number, q: number): void {
    const before = load[agent];
    if (before === 0) {
      if (ranksByBusy) busyTime.pass(agent, false);
      gauge.up(handlingFrom + group[agent]);
      limit[agent] = maxContacts[q];
    } else {
      limit[agent] = Math.min(limit[agent], maxContacts[q]);
      changePace(agent, before, before + 1);
    }
    load[agent] = before + 1;
    let slot = slotOffset[agent];
    while (slotContact[slot] >= 0) slot++;
    slotContact[slot] = contact;
    const seconds = handleSeconds[contact] * handleFactor[agent];
    wheel.times[slot] = clock[now] + seconds * slowdownOf(q, before + 1);
    wheel.insert(slot);
    if (before + 1 < limit[agent] && duty[agent] === taking) becomeFree(agent);
  }

  /** The agent stands in the list of those who can take a contact. */
  function becomeFree(agent: number): void {
    freeAgents.join(agent, group[agent] * maxLoad + load[agent]);
  }

  /** The agent stands in the list of those whom an urgent contact may interrupt, if what is in hand allows it. */
  function mayBeInterrupted(agent: number): void {
    const contact = slotContact[slotOffset[agent]];
    if (duty[agent] !== taking || contact < 0 || interruptible[queueOf[contact]] === 0) return;
    freeAgents.join(agent, interruptibleFrom + group[agent]);
  }

  function interrupt(agent: number): void {
    freeAgents.leave(agent);
    passOn(slotOffset[agent], 1);
  }

  /**
   * What is left of the contact in a slot goes to a free colleague, or to the front of its line.
   * @param slowdown what the number of contacts in hand has made of the agent's pace; 1: nothing
   */
  function passOn(slot: number, slowdown: number): void {
    const contact = slotContact[slot];
    handleSeconds[contact] = (wheel.times[slot] - clock[now]) / (handleFactor[slotAgent[slot]] * slowdown);
    wheel.remove(slot);
    emptySlot(slot);
    const colleague = agentFor(queueOf[contact], Number.POSITIVE_INFINITY);
    if (colleague >= 0) start(colleague, contact);
    else waiting.returnToFront(contact);
  }

  /** All that an agent has in hand is passed on. */
  function passOnAll(agent: number): void {
    for (let slot = slotOffset[agent]; slot < slotOffset[agent + 1]; slot++) {
      const contact = slotContact[slot];
      if (contact < 0) continue;
      const q = queueOf[contact];
      passOn(slot, maxContacts[q] === 1 ? 1 : slowdownOf(q, load[agent]));
    }
  }

  function slowdownOf(q: number, contactsInHand: number): number {
    const { slowdown } = queues[q];
    return slowdown[Math.min(contactsInHand, slowdown.length) - 1];
  }

  /** The contacts in hand go on at once at the pace of another number of them. */
  function changePace(agent: number, before: number, after: number): void {
    for (let slot = slotOffset[agent]; slot < slotOffset[agent + 1]; slot++) {
      const contact = slotContact[slot];
      if (contact < 0) continue;
      const q = queueOf[contact];
      const work = (wheel.times[slot] - clock[now]) / slowdownOf(q, before);
      wheel.remove(slot);
      wheel.times[slot] = clock[now] + work * slowdownOf(q, after);
      wheel.insert(slot);
    }
  }

  /** The contact leaves the slot; the agent is not offered another yet. */
  function emptySlot(slot: number): void {
    const agent = slotAgent[slot];
    gauge.down(serviceFrom + queueOf[slotContact[slot]]);
    slotContact[slot] = -1;
    const left = --load[agent];
    if (left === 0) {
      if (ranksByBusy) busyTime.pass(agent, true);
      gauge.down(handlingFrom + group[agent]);
      limit[agent] = maxLoad;
    } else {
      changePace(agent, left + 1, left);
    }
  }

  /** The contact in a slot is done. */
  function end(slot: number): void {
    const agent = slotAgent[slot];
    const contact = slotContact[slot];
    state[contact] = done;
    recorder.ended(contact);
    if (interrupts && listOf[agent] >= 0) freeAgents.leave(agent);
    emptySlot(slot);
  }

  return { start, end, passOnAll, becomeFree, mayBeInterrupted };
}
