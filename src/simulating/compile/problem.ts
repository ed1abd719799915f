import type { ServiceLevelRule } from "../../domain/plan/queue.ts";
import type { AgentRule, AtShiftEnd } from "../../domain/results/simulation.ts";
import type { Distribution } from "../../numerics/distribution.ts";

/**
 * What the engine simulates: arrays and indices, no names, no calendar. Times are seconds since the start of the span.
 * A plan is compiled into this once (`compile-plan.ts`), and so is a bare problem (`compile-bare-problem.ts`).
 */
export interface SimulationProblem {
  readonly intervalSeconds: number;
  readonly intervalCount: number;
  /** First interval of each day, and at the end the number of intervals. */
  readonly dayOffsets: readonly number[];
  /** Intervals at the start that days and totals leave out. */
  readonly warmUpIntervals: number;
  readonly queues: readonly QueueProblem[];
  readonly groups: readonly GroupProblem[];
  readonly agents: AgentsProblem;
  readonly atShiftEnd: AtShiftEnd;
  /** Who serves whom; absent: `priority` and `longestIdle`. A group's skill order is in its levels. */
  readonly contactRule?: "priority" | "furthestBelowGoal";
  readonly agentRule?: AgentRule;
  /** Times at which whole groups cannot work. Absent: none. */
  readonly away?: readonly AwayWindow[];
  /** Agents with rosters who start late: with this chance, by an exponential delay. Absent: nobody. */
  readonly lateness?: { readonly share: number; readonly meanSeconds: number };
  /** Contacts of the first so many intervals are known: as many as `offered` says, at random times. Absent: none. */
  readonly countedIntervals?: number;
  /** How the floor stands when the simulation begins, in the midst of a day. Absent: empty, at the start of the span. */
  readonly present?: PresentState;
  readonly seed: number;
}

/** A floor in the midst of a day. What happened before is not simulated. */
export interface PresentState {
  /** First interval simulated, 1 or later. */
  readonly interval: number;
  /** One per queue of the problem. */
  readonly queues: readonly PresentQueue[];
}

/** Contacts of a queue that are there already, each by how long it has been. */
export interface PresentQueue {
  readonly waitedSeconds: readonly number[];
  /** In hand; null: nobody knows for how long. */
  readonly handledSeconds: readonly (number | null)[];
  /** Callbacks owed, by when they were asked for; none where the queue has no callbacks. */
  readonly callbackSeconds: readonly number[];
}

/** Nobody of the groups works from `startSeconds` until `endSeconds`, whatever their shifts say. */
export interface AwayWindow {
  readonly startSeconds: number;
  readonly endSeconds: number;
  readonly groups: readonly number[];
  /** What is in hand goes back to the front of its queue; false: it is dealt with as at any end of work. */
  readonly atOnce: boolean;
}

export interface QueueProblem {
  /** Names the queue's streams of chance, so that two plans share its customers. */
  readonly id: string;
  /** Expected contacts per interval. */
  readonly offered: Float64Array;
  /** 1 where contacts can come. Those still waiting when it closes are lost once nobody who serves them is on duty. */
  readonly open: Uint8Array;
  /** Mean handle time of contacts that arrive in the interval; `handleTime` is its shape, with mean 1. */
  readonly ahtSeconds: Float64Array;
  readonly handleTime: Distribution;
  /** Seconds; null: nobody abandons. */
  readonly patience: Distribution | null;
  /** Share of contacts that leave at once when nobody is idle, 0–1. */
  readonly balking: number;
  /** Variance of the gamma factor (mean 1) that all intervals of a day share. */
  readonly dayFactorVariance: number;
  /** Variance of a further gamma factor of each interval; null: none. */
  readonly intervalFactorVariance: Float64Array | null;
  readonly answerWithinSeconds: number;
  readonly serviceLevelRule: ServiceLevelRule;
  /** Goal on the day's service level, for the risk of missing it; null: none. */
  readonly serviceLevelGoal: number | null;
  /** Contacts one agent serves at once. */
  readonly maxContacts: number;
  /** How much longer each takes with 1, 2, … at once. */
  readonly slowdown: readonly number[];
  /** Waiting contacts beyond which the next is blocked; null: no limit. */
  readonly waitingPlaces: number | null;
  /** Customers told apart: `share` of the queue's contacts (summing to 1), each with its own waiting line. */
  readonly classes: readonly CustomerClass[];
  readonly redial: Redial | null;
  /** The very contacts of a call log, in place of drawn ones. */
  readonly log?: ContactLog;
  /** Deferred work waits through the night; nobody gives up when the queue closes. */
  readonly waitsOvernight: boolean;
  /** Share of each interval's contacts that are there when it begins: they came while the queue was closed. Absent: none. */
  readonly carriedOver?: Float64Array;
  /** Work that a contact of another queue interrupts; it goes on later where it was left. */
  readonly interruptible?: boolean;
  /** In time means done within so many seconds of opening time, instead of answered within `answerWithinSeconds`. */
  readonly doneWithinSeconds?: number;
  readonly callback?: Callback;
  /** Shares of served contacts that go on to another queue; they sum to at most 1. */
  readonly transfers?: readonly QueueTransfer[];
  /** Stretches in which contacts are turned away, `[start, end, start, end, …]` in seconds, rising. */
  readonly turnedAway?: Float64Array;
}

/** Offered once to whom has waited so long; `inTurn` keeps the place in line, else the callback comes when nobody waits. */
export interface Callback {
  readonly afterSeconds: number;
  readonly acceptShare: number;
  readonly inTurn: boolean;
  /** In time within so many seconds of the offer. Absent: never, since no time is promised. */
  readonly promiseSeconds?: number;
  /** Not offered before this second. Absent: always. */
  readonly fromSeconds?: number;
}

export interface QueueTransfer {
  readonly queue: number;
  readonly share: number;
  /** Mean handle time there; null: as that queue's own contacts. */
  readonly ahtSeconds: number | null;
}

export interface CustomerClass {
  readonly share: number;
  /** Added to a line's place among the queues a group serves; lower is served first. */
  readonly level: number;
  /** Waiting the customer is credited with on arrival. */
  readonly creditSeconds: number;
}

/** Contacts that really came, in order of arrival. Their patience is drawn: of most, a log shows only that they waited. */
export interface ContactLog {
  /** Seconds since the start of the span. */
  readonly arrivalSeconds: Float64Array;
  /** null: not known, drawn from the queue's handle times. */
  readonly handleSeconds: readonly (number | null)[];
  /** Index of the customer's class. */
  readonly classIndex: Uint8Array;
}

/** What follows an abandonment (or a blocking): a share calls again after a delay. */
export interface Redial {
  readonly probability: number;
  readonly delay: Distribution;
}

export interface GroupProblem {
  readonly id: string;
  readonly serves: readonly Service[];
  /** Agents on queue per interval, each as good as the other; empty when agents have rosters. */
  readonly staffing: Int32Array;
}

/** One queue that a group serves. */
export interface Service {
  readonly queue: number;
  /** Which of its queues a freed agent looks at first: lower first; equal: the longest waiting contact. */
  readonly level: number;
  /** Which of a queue's groups gets a contact first: lower first; equal: the agent idle longest. */
  readonly preference: number;
  /** Overflow: the group may take the contact only when it has waited this long. */
  readonly afterSeconds: number;
  /** Reserve: the group takes the contact only while more than so many of its agents are free. Absent: 0. */
  readonly keepFree?: number;
}

/**
 * Agents with rosters. Their work is cut into atoms: stretches within which an absence either takes all or nothing.
 * Atoms are sorted by agent, then start. All arrays of `atoms…` are aligned, as are those of `agent…` and `block…`.
 */
export interface AgentsProblem {
  readonly group: Int32Array;
  /** Factor on handle time. */
  readonly handleFactor: Float64Array;
  /** Names the agent's absence on a day. */
  readonly absenceKey: Int32Array;
  /** Chance of each unplanned absence, at most 30; drawn per agent. */
  readonly absenceShares: readonly number[];
  readonly atomAgent: Int32Array;
  readonly atomStart: Float64Array;
  readonly atomEnd: Float64Array;
  /** Bit k: absence k takes this atom away. */
  readonly atomAbsences: Int32Array;
  /** Planned absence: in each block (a group and at most an hour) a share of the atoms is off queue, in turns. */
  readonly blockShare: Float64Array;
  /** `blockAtoms[blockOffset[b] … blockOffset[b + 1])` are the atoms of block b. */
  readonly blockOffset: Int32Array;
  readonly blockAtoms: Int32Array;
}

/** Agents without rosters: none. */
export const noAgents: AgentsProblem = {
  group: new Int32Array(0),
  handleFactor: new Float64Array(0),
  absenceKey: new Int32Array(0),
  absenceShares: [],
  atomAgent: new Int32Array(0),
  atomStart: new Float64Array(0),
  atomEnd: new Float64Array(0),
  atomAbsences: new Int32Array(0),
  blockShare: new Float64Array(0),
  blockOffset: new Int32Array(1),
  blockAtoms: new Int32Array(0),
};

/** Seconds before the end of work at which agents of a group take no more contacts: the mean handle time of what they serve. */
export function stopLeadSeconds(problem: SimulationProblem, group: GroupProblem): number {
  let load = 0;
  let contacts = 0;
  for (const { queue } of group.serves) {
    const { offered, ahtSeconds } = problem.queues[queue];
    for (let interval = 0; interval < problem.intervalCount; interval++) {
      load += offered[interval] * ahtSeconds[interval];
      contacts += offered[interval];
    }
  }
  return contacts > 0 ? load / contacts : 0;
}
