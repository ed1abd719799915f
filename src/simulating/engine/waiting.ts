import { contactState } from "./contacts.ts";
import type { Floor } from "./floor.ts";
import { clockAt } from "./gauge.ts";

export type Waiting = ReturnType<typeof createWaiting>;

/** Contacts join their line and leave it; while they wait, a timer knows the next moment at which something may change for them. */
export function createWaiting(floor: Floor) {
  const { problem, clock, contacts, agents, waitingLines, wheel, gauge } = floor;
  const { waitingFrom, callbackFrom } = gauge;
  const { queues, groups } = problem;
  const { queue: queueOf, line: lineOf, state, enqueuedAt, givesUpAt, patienceSeconds } = contacts;
  const { callbacks: offersCallbacks } = floor.uses;
  const { now } = clockAt;
  const { waiting, awaitingCallback } = contactState;
  const firstTimer = agents.slotCount;
  const never = Number.POSITIVE_INFINITY;
  /** Per queue, the waits after which another group may help, in rising order. */
  const overflowWaits = queues.map((_, q) => {
    const waits = groups.flatMap(({ serves }) =>
      serves.filter((s) => s.queue === q && s.afterSeconds > 0).map((s) => s.afterSeconds),
    );
    return [...new Set(waits)].sort((a, b) => a - b);
  });
  const callbackAfter = Float64Array.from(queues, (queue) => queue.callback?.afterSeconds ?? never);

  function join(contact: number): void {
    waitingLines.append(contact, lineOf[contact]);
    state[contact] = waiting;
    gauge.up(waitingFrom + queueOf[contact]);
    givesUpAt[contact] = clock[now] + patienceSeconds[contact];
    setTimer(contact, -1);
  }

  /** Who has waited so long already goes on waiting; when it gives up is known. */
  function resume(contact: number, waitedSeconds: number): void {
    waitingLines.append(contact, lineOf[contact]);
    state[contact] = waiting;
    gauge.up(waitingFrom + queueOf[contact]);
    setTimer(contact, waitedSeconds);
  }

  /** What was begun and broken off goes on before everything else in its line, and nobody hangs up on it. */
  function returnToFront(contact: number): void {
    waitingLines.prepend(contact, lineOf[contact]);
    state[contact] = waiting;
    gauge.up(waitingFrom + queueOf[contact]);
  }

  function leave(contact: number): void {
    const q = queueOf[contact];
    waitingLines.remove(contact, lineOf[contact]);
    if (offersCallbacks && state[contact] === awaitingCallback) gauge.down(callbackFrom + q);
    else gauge.down(waitingFrom + q);
    wheel.remove(firstTimer + contact);
  }

  /**
   * Sets the contact's next moment: it gives up, another group may help, or a callback is offered.
   * @param waited seconds it has waited, and what was due by then is past; −1: it has just come
   */
  function setTimer(contact: number, waited: number): void {
    const q = queueOf[contact];
    let at = givesUpAt[contact];
    const helps = overflowWaits[q];
    for (let k = 0; k < helps.length; k++) {
      if (helps[k] > waited + 1e-9) {
        at = Math.min(at, enqueuedAt[contact] + helps[k]);
        break;
      }
    }
    if (offersCallbacks && callbackAfter[q] > waited + 1e-9 && state[contact] === waiting) {
      at = Math.min(at, enqueuedAt[contact] + callbackAfter[q]);
    }
    if (at === never) return;
    wheel.times[firstTimer + contact] = at;
    wheel.insert(firstTimer + contact);
  }

  return { join, resume, returnToFront, leave, setTimer };
}
