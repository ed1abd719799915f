import { quantile } from "../../numerics/distribution.ts";
import { chance, contactState, counted, maxAttempts } from "./contacts.ts";
import type { Floor } from "./floor.ts";
import { clockAt } from "./gauge.ts";
import type { Recorder } from "./recorder.ts";
import type { Waiting } from "./waiting.ts";

export type Leaving = ReturnType<typeof createLeaving>;

/** Contacts that go without having been served: blocked, abandoned, or lost when their queue has closed. Some call again. */
export function createLeaving(floor: Floor, recorder: Recorder, waiting: Waiting) {
  const { problem, clock, agents, contacts, lines, waitingLines, wheel, gauge } = floor;
  const { waitingFrom, onQueueFrom } = gauge;
  const { queues, groups } = problem;
  const { queue: queueOf, state, attempts } = contacts;
  const { now } = clockAt;
  const { waiting: isWaiting, redialling, done } = contactState;
  const firstTimer = agents.slotCount;

  function block(contact: number): void {
    recorder.blocked(contact);
    state[contact] = done;
    mayRedial(contact);
  }

  function abandon(contact: number): void {
    recorder.abandoned(contact);
    state[contact] = done;
    mayRedial(contact);
  }

  /** A share of those who were not served sets a timer to call again. */
  function mayRedial(contact: number): void {
    const { redial } = queues[queueOf[contact]];
    if (redial === null || attempts[contact] === maxAttempts) return;
    if (contacts.chanceOf(contact, chance.redial) >= redial.probability) return;
    state[contact] = redialling;
    const delay = quantile(redial.delay, contacts.chanceOf(contact, chance.redialDelay));
    wheel.times[firstTimer + contact] = clock[now] + delay;
    wheel.insert(firstTimer + contact);
  }

  /** Who waits in a closed queue that nobody serves any more is lost; who was promised a callback is not. */
  function loseAtClosing(interval: number): void {
    for (let q = 0; q < queues.length; q++) {
      const queue = queues[q];
      if (gauge.level[waitingFrom + q] === 0 || queue.open[interval] === 1 || queue.waitsOvernight) continue;
      const isServed = groups.some(
        ({ serves }, g) => gauge.level[onQueueFrom + g] > 0 && serves.some((service) => service.queue === q),
      );
      if (isServed) continue;
      lines.forEach((line, index) => {
        if (line.queue === q) loseLine(index);
      });
    }
  }

  function loseLine(line: number): void {
    for (let contact = waitingLines.head[line]; contact >= 0; ) {
      const behind = waitingLines.next[contact];
      if (state[contact] === isWaiting) {
        waiting.leave(contact);
        if (contacts.counted[contact] === counted.nothing) abandon(contact);
        else state[contact] = done;
      }
      contact = behind;
    }
  }

  return { block, abandon, loseAtClosing };
}
