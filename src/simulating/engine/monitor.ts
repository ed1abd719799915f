import type { Floor } from "./floor.ts";
import { clockAt } from "./gauge.ts";
import type { Recorder } from "./recorder.ts";

/**
 * Is told what happens on the floor as it happens. Contacts keep their number through redials and transfers. Times are
 * seconds since the start of the span.
 */
export interface Monitor {
  cameOnQueue(agent: number, time: number): void;
  leftQueue(agent: number, time: number): void;
  /** From then on past the end of work, with a contact in hand; or no longer. */
  finishes(agent: number, isFinishing: boolean, time: number): void;
  arrived(contact: number, queue: number, time: number): void;
  answered(contact: number, agent: number, time: number): void;
  ended(contact: number, time: number): void;
  abandoned(contact: number, time: number): void;
  blocked(contact: number, time: number): void;
  /** Waits off the line from now on; `answered` when called. */
  acceptedCallback(contact: number, time: number): void;
}

/** A recorder that tells a monitor too. */
export function watched(recorder: Recorder, monitor: Monitor, { clock, contacts }: Floor): Recorder {
  const { now } = clockAt;
  return {
    ...recorder,
    cameOnQueue(agent) {
      recorder.cameOnQueue(agent);
      monitor.cameOnQueue(agent, clock[now]);
    },
    leftQueue(agent) {
      recorder.leftQueue(agent);
      monitor.leftQueue(agent, clock[now]);
    },
    finishes(agent, isFinishing) {
      monitor.finishes(agent, isFinishing, clock[now]);
    },
    arrived(contact) {
      recorder.arrived(contact);
      monitor.arrived(contact, contacts.queue[contact], clock[now]);
    },
    blocked(contact) {
      recorder.blocked(contact);
      monitor.blocked(contact, clock[now]);
    },
    abandoned(contact) {
      recorder.abandoned(contact);
      monitor.abandoned(contact, clock[now]);
    },
    acceptedCallback(contact) {
      recorder.acceptedCallback(contact);
      monitor.acceptedCallback(contact, clock[now]);
    },
    served(contact, agent) {
      recorder.served(contact, agent);
      monitor.answered(contact, agent, clock[now]);
    },
    ended(contact) {
      recorder.ended(contact);
      monitor.ended(contact, clock[now]);
    },
  };
}
