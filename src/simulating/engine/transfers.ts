import { quantile } from "../../numerics/distribution.ts";
import { customerLines } from "../draw/customer-lines.ts";
import { queueCount } from "../measure/tally.ts";
import type { Arrivals } from "./arrivals.ts";
import { chance, counted, maxAttempts } from "./contacts.ts";
import type { Floor } from "./floor.ts";
import { clockAt } from "./gauge.ts";

export type Transfers = ReturnType<typeof createTransfers>;

/** Contacts that go on to another queue when their service ends. */
export function createTransfers(floor: Floor, arrivals: Arrivals) {
  const { problem, clock, contacts } = floor;
  const { queues, intervalCount, intervalSeconds } = problem;
  const { queue: queueOf, line: lineOf, handleSeconds, patienceSeconds } = contacts;
  const { lineOf: customerLine } = customerLines(queues);
  const { now } = clockAt;

  /** A share of those served goes on: the same customer, with work and patience of the other queue. */
  function mayTransfer(contact: number): void {
    const { transfers } = queues[queueOf[contact]];
    if (transfers === undefined || contacts.attempts[contact] === maxAttempts) return;
    let rest = contacts.chanceOf(contact, chance.transfer);
    for (const { queue, share, ahtSeconds } of transfers) {
      rest -= share;
      if (rest >= 0) continue;
      transfer(contact, queue, ahtSeconds);
      return;
    }
  }

  function transfer(contact: number, q: number, ahtSeconds: number | null): void {
    const { open, handleTime, patience, ahtSeconds: ownAht } = queues[q];
    const interval = Math.min(intervalCount - 1, Math.floor(clock[now] / intervalSeconds));
    if (open[interval] === 0) return;
    const length = quantile(handleTime, contacts.chanceOf(contact, chance.transferHandle));
    handleSeconds[contact] = (ahtSeconds ?? ownAht[interval]) * length;
    if (patience === null) patienceSeconds[contact] = Number.POSITIVE_INFINITY;
    queueOf[contact] = q;
    lineOf[contact] = customerLine(q, contacts.key[contact]);
    contacts.counted[contact] = counted.nothing;
    arrivals.comeAgain(contact, queueCount.transferred, chance.transferPatience);
  }

  return { mayTransfer };
}
