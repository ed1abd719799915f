import { quantileBeyond, remainderQuantile } from "../../numerics/distribution.ts";
import { nextUint32, streamState, uniformOf } from "../../numerics/random.ts";
import type { SimulationProblem } from "../compile/problem.ts";
import { type ContactTape, growTape } from "./contact-tape.ts";
import { customerLines } from "./customer-lines.ts";

/** What a contact that is there already is about. */
export const presence = { inHand: 0, waiting: 1, awaitingCallback: 2 } as const;

/** Of one contact that is there when the simulation begins. */
export interface PresentContact {
  readonly queue: number;
  /** One of `presence`. */
  readonly presence: number;
  /** Seconds it has been in hand, waiting or awaiting its callback; null: in hand for nobody knows how long. */
  readonly seconds: number | null;
}

/**
 * Everybody who is there when the simulation begins, in the order of their turn: in hand, then who came first, then who is
 * called back when it is quiet. None without a present state.
 */
export function presentContacts({ present, queues }: SimulationProblem): readonly PresentContact[] {
  if (present === undefined) return [];
  const contacts = present.queues.flatMap(({ handledSeconds, waitedSeconds, callbackSeconds }, queue) => [
    ...handledSeconds.map((seconds) => ({ queue, presence: presence.inHand, seconds })),
    ...waitedSeconds.map((seconds) => ({ queue, presence: presence.waiting, seconds })),
    ...callbackSeconds.map((seconds) => ({ queue, presence: presence.awaitingCallback, seconds })),
  ]);
  function turn({ queue, presence: where }: PresentContact): number {
    const keepsPlace = where === presence.awaitingCallback && queues[queue].callback?.inTurn === true;
    return keepsPlace ? presence.waiting : where;
  }
  return contacts.sort((a, b) => turn(a) - turn(b) || (b.seconds ?? 0) - (a.seconds ?? 0));
}

/**
 * Writes those who are there already at the start of a tape: of who is in hand what is left of the work, of who waits a
 * patience longer than the wait so far.
 */
export function createPresentDraw(
  problem: SimulationProblem,
): (tape: ContactTape, replication: number) => void {
  const { queues, intervalSeconds, seed, present } = problem;
  const contacts = presentContacts(problem);
  const { lineOf } = customerLines(queues);
  if (present === undefined) return () => undefined;
  const now = present.interval * intervalSeconds;

  return (tape, replication) => {
    const streams = queues.map(({ id }) => streamState(seed, ["present", id, replication]));
    if (contacts.length > tape.capacity) growTape(tape, contacts.length);
    for (const [contact, { queue: q, presence: where, seconds }] of contacts.entries()) {
      const { ahtSeconds, handleTime, patience } = queues[q];
      const chance = () => uniformOf(nextUint32(streams[q]));
      const [first, second, third] = [chance(), chance(), chance()];
      const aht = ahtSeconds[present.interval];
      const isInHand = where === presence.inHand;
      const work = isInHand
        ? seconds === null
          ? remainderQuantile(handleTime, first, second)
          : quantileBeyond(handleTime, seconds / aht, first) - seconds / aht
        : quantileBeyond(handleTime, 0, first);
      const waited = isInHand ? 0 : (seconds ?? 0);
      tape.arrival[contact] = now - waited;
      tape.queue[contact] = q;
      tape.interval[contact] = Math.max(0, Math.ceil((now - waited) / intervalSeconds) - 1);
      tape.handleSeconds[contact] = aht * work;
      tape.patienceSeconds[contact] =
        patience === null ? Number.POSITIVE_INFINITY : quantileBeyond(patience, waited, second);
      tape.key[contact] = Math.floor(third * 2 ** 32);
      tape.line[contact] = lineOf(q, tape.key[contact]);
    }
    tape.count = contacts.length;
  };
}
