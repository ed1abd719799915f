import { chance, contactState, counted } from "./contacts.ts";
import type { Floor } from "./floor.ts";
import { clockAt } from "./gauge.ts";
import type { Recorder } from "./recorder.ts";

export type Callbacks = ReturnType<typeof createCallbacks>;

/** Callbacks: once its wait is long enough a contact may hang up and be called, in its turn or when nobody else waits. */
export function createCallbacks(floor: Floor, recorder: Recorder) {
  const { problem, clock, contacts, waitingLines, quietLine, gauge } = floor;
  const { waitingFrom, callbackFrom } = gauge;
  const { queue: queueOf, line: lineOf, state, givesUpAt, enqueuedAt } = contacts;
  const { now } = clockAt;

  /** Offers the callback if this is the moment for it. Who accepts awaits it with no patience to lose. */
  function offer(contact: number): void {
    const q = queueOf[contact];
    const { callback } = problem.queues[q];
    if (callback === undefined || state[contact] !== contactState.waiting) return;
    if (contacts.counted[contact] !== counted.nothing) return;
    if (callback.fromSeconds !== undefined && clock[now] < callback.fromSeconds) return;
    if (Math.abs(clock[now] - enqueuedAt[contact] - callback.afterSeconds) > 1e-6) return;
    if (contacts.chanceOf(contact, chance.callback) >= callback.acceptShare) return;
    recorder.acceptedCallback(contact);
    givesUpAt[contact] = Number.POSITIVE_INFINITY;
    gauge.down(waitingFrom + q);
    gauge.up(callbackFrom + q);
    state[contact] = contactState.awaitingCallback;
    if (callback.inTurn) return;
    waitingLines.remove(contact, lineOf[contact]);
    lineOf[contact] = quietLine[q];
    waitingLines.append(contact, quietLine[q]);
  }

  return { offer };
}
