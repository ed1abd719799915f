import type { SimulationProblem } from "../compile/problem.ts";
import { waitBins } from "./wait-bins.ts";

/** What is counted per interval of arrival and queue, in this order within a cell. Times in seconds. */
export const queueCount = {
  offered: 0,
  answered: 1,
  /** Callbacks made within their promise among them. */
  answeredInTime: 2,
  abandoned: 3,
  /** Abandoned within the answer threshold. */
  abandonedShort: 4,
  blocked: 5,
  /** Attempts that are redials; they count as offered too. */
  redialled: 6,
  /** Waiting time of answered contacts, and of those that abandoned. */
  waitAnswered: 7,
  waitAbandoned: 8,
  /** Contact-seconds spent waiting and in service during the interval, whenever the contact arrived. */
  waitingTime: 9,
  serviceTime: 10,
  /** Contacts that came from another queue; they count as offered too. */
  transferred: 11,
  /** Who took the offer of a callback, of those who have been called, and their waiting since they first came. */
  callbackTaken: 12,
  calledBack: 13,
  waitCalledBack: 14,
  /** Callbacks not made yet, integrated over the interval. */
  callbackTime: 15,
} as const;
export const queueCounts = 16;

/** Per interval and group: agent-seconds on queue and handling. */
export const groupCount = { onQueueTime: 0, handlingTime: 1 } as const;
export const groupCounts = 2;

/**
 * One replication's counts: `queues[(interval · queues + queue) · queueCounts + what]`, groups alike, and
 * `waits[(day · queues + queue) · waitBins + bin]`, answered contacts by how long they waited; after the last day those
 * of the warm-up.
 */
export interface Tally {
  readonly queues: Float64Array;
  readonly groups: Float64Array;
  readonly waits: Float64Array;
  contacts: number;
  /** Contacts waiting or in service when everything that can happen has happened. */
  stillThere: number;
}

export function createTally(problem: SimulationProblem): Tally {
  const { intervalCount, queues, groups, dayOffsets } = problem;
  return {
    queues: new Float64Array(intervalCount * queues.length * queueCounts),
    groups: new Float64Array(intervalCount * groups.length * groupCounts),
    waits: new Float64Array(dayOffsets.length * queues.length * waitBins),
    contacts: 0,
    stillThere: 0,
  };
}
