import type { SimulationProblem } from "../compile/problem.ts";
import type { ContactTape } from "../draw/contact-tape.ts";
import type { Crew } from "../draw/duty-tape.ts";
import { type Agents, createAgents } from "./agents.ts";
import { type BusyTime, createBusyTime } from "./busy-time.ts";
import { type Contacts, createContacts } from "./contacts.ts";
import { createDayLevels, type DayLevels } from "./day-levels.ts";
import { createFreeAgents, type FreeAgents } from "./free-agents.ts";
import { createGauge, type Gauge } from "./gauge.ts";
import { createTimingWheel, type TimingWheel } from "./timing-wheel.ts";
import { createWaitingLines, type Line, linesOf, type WaitingLines } from "./waiting-lines.ts";

/** The simulated floor: all that changes while a replication runs, in typed arrays that are allocated once. */
export interface Floor {
  readonly problem: SimulationProblem;
  /** What of all that a problem can ask for this one does. */
  readonly uses: Uses;
  /** At the places of `clockAt`, in seconds: in an array, because numbers handed from function to function would be boxed. */
  readonly clock: Float64Array;
  readonly agents: Agents;
  readonly freeAgents: FreeAgents;
  /** Kept where the rule asks who has been least busy. */
  readonly busyTime: BusyTime;
  readonly contacts: Contacts;
  readonly lines: readonly Line[];
  /** Per queue the line of callbacks in quiet time, −1: none. */
  readonly quietLine: Int32Array;
  readonly waitingLines: WaitingLines;
  /** Kept where the rule asks which queue is furthest below its goal. */
  readonly dayLevels: DayLevels;
  /** Events to come: node `slot` is the end of service in that slot, node `slotCount + contact` a contact's next moment. */
  readonly wheel: TimingWheel;
  /** How many contacts and agents are where. */
  readonly gauge: Gauge;
  clear(): void;
}

export interface Uses {
  readonly callbacks: boolean;
  readonly interruptions: boolean;
  readonly transfers: boolean;
  readonly turningAway: boolean;
  readonly deadlines: boolean;
  readonly dayLevels: boolean;
  readonly busyTime: boolean;
}

export function createFloor(problem: SimulationProblem, crew: Crew, tape: ContactTape): Floor {
  const { queues, groups } = problem;
  const uses: Uses = {
    callbacks: queues.some((queue) => queue.callback !== undefined),
    interruptions: queues.some((queue) => queue.interruptible === true),
    transfers: queues.some((queue) => queue.transfers !== undefined),
    turningAway: queues.some((queue) => queue.turnedAway !== undefined),
    deadlines: queues.some((queue) => queue.doneWithinSeconds !== undefined),
    dayLevels: problem.contactRule === "furthestBelowGoal",
    busyTime: problem.agentRule === "leastBusy",
  };
  const clock = new Float64Array(2);
  const agents = createAgents(problem, crew);
  const reserves = groups.some(({ serves }) => serves.some(({ keepFree = 0 }) => keepFree > 0));
  const { lines, quietLine } = linesOf(queues);
  const parts = {
    agents,
    freeAgents: createFreeAgents(agents.count, groups.length, agents.maxLoad, reserves, clock),
    busyTime: createBusyTime(uses.busyTime ? agents.count : 0, clock),
    contacts: createContacts(problem, tape),
    waitingLines: createWaitingLines(lines.length, tape.capacity),
    dayLevels: createDayLevels(queues),
    wheel: createWheel(problem, agents.count, agents.slotCount + tape.capacity),
    gauge: createGauge(queues.length, groups.length, clock),
  };
  function clear(): void {
    for (const part of Object.values(parts)) part.clear();
  }
  return { problem, uses, clock, lines, quietLine, ...parts, clear };
}

/**
 * Buckets about a third of the mean gap between ends of service wide, at the load of the busiest interval: timers lie
 * between them.
 */
function createWheel(problem: SimulationProblem, agentCount: number, nodeCount: number): TimingWheel {
  const { queues, intervalCount, intervalSeconds } = problem;
  let peakLoad = 1;
  let work = 0;
  let offered = 0;
  for (let interval = 0; interval < intervalCount; interval++) {
    let load = 0;
    for (const queue of queues) {
      load += (queue.offered[interval] * queue.ahtSeconds[interval]) / intervalSeconds;
      offered += queue.offered[interval];
    }
    work += load * intervalSeconds;
    peakLoad = Math.max(peakLoad, load);
  }
  const busy = Math.max(1, Math.min(peakLoad, agentCount));
  const meanHandle = offered > 0 ? work / offered : intervalSeconds;
  const least = (intervalCount * intervalSeconds) / 2 ** 29;
  const width = Math.max(meanHandle / (3 * busy), least, 1e-6);
  const buckets = 2 ** Math.min(18, Math.max(8, 32 - Math.clz32(Math.ceil(16 * busy) - 1)));
  return createTimingWheel(nodeCount, width, buckets);
}
