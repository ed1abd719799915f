import { mixedUint32, uniformOf } from "../../numerics/random.ts";
import type { SimulationProblem } from "../compile/problem.ts";
import type { ContactTape } from "../draw/contact-tape.ts";

/** Where a contact is. Who awaits a callback has hung up, and is in a line all the same. */
export const contactState = {
  outside: 0,
  waiting: 1,
  inService: 2,
  redialling: 3,
  done: 4,
  awaitingCallback: 5,
} as const;

/** What of a contact has been counted already: when its service begins, it is no longer counted as an answer. */
export const counted = { nothing: 0, answer: 1, callback: 2 } as const;

/** What a contact's own chance decides, besides what it was drawn with. */
export const chance = {
  redial: 1,
  redialDelay: 2,
  redialPatience: 3,
  callback: 4,
  transfer: 5,
  transferHandle: 6,
  transferPatience: 7,
} as const;

/** A contact comes again, as a redial or a transfer, at most so many times. */
export const maxAttempts = 255;

/** What each contact of the replication is like and where it stands, by the contact's number on the tape. */
export interface Contacts {
  readonly key: Uint32Array;
  /** As on the tape to begin with. A transfer, a redial, a callback or a service broken off changes them. */
  readonly queue: Int32Array;
  readonly line: Int32Array;
  readonly interval: Int32Array;
  readonly handleSeconds: Float64Array;
  readonly patienceSeconds: Float64Array;
  /** `contactState` */
  readonly state: Uint8Array;
  /** `counted` */
  readonly counted: Uint8Array;
  /** Times the contact has come again. */
  readonly attempts: Uint8Array;
  readonly enqueuedAt: Float64Array;
  readonly givesUpAt: Float64Array;
  /** Uniform in (0, 1): one of the `chance`s of the contact's present attempt. */
  chanceOf(contact: number, purpose: number): number;
  /** All contacts as the tape has them now. */
  clear(): void;
}

export function createContacts(problem: SimulationProblem, tape: ContactTape): Contacts {
  const { capacity, key } = tape;
  // The tape is not written to. Where nothing changes a contact, it need not be copied either.
  const own = changesContacts(problem)
    ? {
        queue: new Int32Array(capacity),
        line: new Int32Array(capacity),
        interval: new Int32Array(capacity),
        handleSeconds: new Float64Array(capacity),
        patienceSeconds: new Float64Array(capacity),
      }
    : tape;
  const { queue, line, interval, handleSeconds, patienceSeconds } = own;
  const state = new Uint8Array(capacity);
  const countedAs = new Uint8Array(capacity);
  const attempts = new Uint8Array(capacity);

  function chanceOf(contact: number, purpose: number): number {
    return uniformOf(mixedUint32(key[contact], attempts[contact] * 8 + purpose));
  }

  function clear(): void {
    if (own !== tape) {
      queue.set(tape.queue.subarray(0, tape.count));
      line.set(tape.line.subarray(0, tape.count));
      interval.set(tape.interval.subarray(0, tape.count));
      handleSeconds.set(tape.handleSeconds.subarray(0, tape.count));
      patienceSeconds.set(tape.patienceSeconds.subarray(0, tape.count));
    }
    state.fill(contactState.outside);
    countedAs.fill(counted.nothing);
    attempts.fill(0);
  }

  return {
    queue,
    line,
    interval,
    handleSeconds,
    patienceSeconds,
    state,
    counted: countedAs,
    attempts,
    key,
    enqueuedAt: new Float64Array(capacity),
    givesUpAt: new Float64Array(capacity),
    chanceOf,
    clear,
  };
}

/** Whether a contact can come again, go elsewhere, or be left half served. */
function changesContacts({ queues, atShiftEnd, away = [] }: SimulationProblem): boolean {
  return (
    atShiftEnd === "handOver" ||
    away.some(({ atOnce }) => atOnce) ||
    queues.some(
      ({ redial, transfers, callback, interruptible }) =>
        redial !== null || transfers !== undefined || callback !== undefined || interruptible === true,
    )
  );
}
