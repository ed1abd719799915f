import "../plan/schema-without-eval.ts";
import { z } from "zod";
import type { IntervalGrid } from "../calendar/interval-grid.ts";
import { shareSchema, typing } from "../number-limits.ts";

/**
 * What an agent does when a shift or break comes during a contact: finish it and then leave; hand it to a colleague
 * (it goes to the front of the queue with what is left of it); or take no new contacts for the last mean handle time
 * of the stretch.
 */
export const atShiftEndSchema = z.enum(["finishContact", "handOver", "stopTakingContacts"]);
export type AtShiftEnd = z.infer<typeof atShiftEndSchema>;

/** Which contact a freed agent of several queues takes; among equals the one that has waited longest. */
export const contactRuleSchema = z.enum([
  /** By the queues' priority. */
  "priority",
  /** By the skill order of the agent's group: its first skill first. */
  "skillOrder",
  /** Of the queue whose service level of the day so far is furthest below its goal. */
  "furthestBelowGoal",
]);
export type ContactRule = z.infer<typeof contactRuleSchema>;

/** Which free agent of the groups that come first for a queue takes a contact. */
export const agentRuleSchema = z.enum([
  /** Who has been free longest. */
  "longestIdle",
  /** Who has been busy for the smallest share of the time on queue so far. */
  "leastBusy",
]);
export type AgentRule = z.infer<typeof agentRuleSchema>;

/** Agents of a group that are kept free of a queue, for its other queues. */
export const reserveSchema = z.object({
  groupId: z.string().min(1),
  queueId: z.string().min(1),
  keepFree: z.number().int().min(1).max(10_000),
});

export type Reserve = z.infer<typeof reserveSchema>;

/** Who serves whom. Absent parts: `priority`, `longestIdle`, nothing kept in reserve. */
export const routingSchema = z.object({
  contact: contactRuleSchema.optional(),
  agent: agentRuleSchema.optional(),
  /** Of a group, its queues from the first skill to the last. Absent: as the group names them. */
  skillOrders: z
    .array(z.object({ groupId: z.string().min(1), queueIds: z.array(z.string()).min(1) }))
    .optional(),
  /** The group takes a contact of the queue only while more than `keepFree` of its agents are free: kept for its other queues. */
  reserves: z.array(reserveSchema).optional(),
});
export type Routing = z.infer<typeof routingSchema>;

/** Agents who come late: drawn for every shift, the delay exponential. */
export const latenessSchema = z.object({
  /** Chance that a shift starts late, 0–1. */
  share: shareSchema(),
  meanMinutes: z.number().positive().max(600).register(typing, { unit: "minutes", least: 0.5 }),
});
export type Lateness = z.infer<typeof latenessSchema>;

/**
 * Mean over replications and half-width of its 95 % interval, per interval or for a span. A ratio of which nothing was
 * measured is 0 ± 0 here: the counts beside it say so, and plan files of every version hold these series.
 */
export interface Estimate {
  readonly mean: Float64Array;
  readonly halfWidth: Float64Array;
}

/** What the simulated floor did, per queue and interval, over all replications. */
export interface SimulationResult {
  readonly grid: IntervalGrid;
  /** Interval of the grid at which the simulated span starts and ends (half-open). */
  readonly firstInterval: number;
  readonly endInterval: number;
  readonly replications: number;
  readonly seed: number;
  readonly queues: readonly QueueSimulation[];
  readonly groups: readonly GroupSimulation[];
  readonly contacts: number;
  /** Wall time; null where bytes must repeat. */
  readonly seconds: number | null;
}

/** Series are aligned to [firstInterval, endInterval); `days` and `total` aggregate the same contacts. */
export interface QueueSimulation {
  readonly queueId: string;
  readonly intervals: QueueMeasures;
  readonly days: QueueMeasures;
  /** One entry: the whole span. */
  readonly total: QueueMeasures;
  /** Share of replications in which a day misses its service level goal, per day. */
  readonly missRisk: Estimate;
  /** How long answered contacts waited. Absent in results of older versions. */
  readonly waitPercentiles?: WaitPercentiles;
  /** What each replication's days summed to: the pairs behind a comparison of two plans on the same customers. */
  readonly replicationDays: ReplicationDays;
}

/** So long at most waited a share of the answered contacts, per day and over the whole span. */
export interface WaitPercentiles {
  /** 0–1, rising. */
  readonly shares: readonly number[];
  /** Entry day · shares + share. */
  readonly days: WaitBounds;
  /** One entry per share. */
  readonly total: WaitBounds;
}

/** Waits in seconds with the ends of their 95 % intervals; 0 where nothing was answered. */
export interface WaitBounds {
  readonly seconds: Float64Array;
  readonly low: Float64Array;
  readonly high: Float64Array;
}

/** Sums per replication and day, replication by replication: entry r · dayCount + d. */
export interface ReplicationDays {
  readonly dayCount: number;
  readonly offered: Float64Array;
  readonly answered: Float64Array;
  readonly abandoned: Float64Array;
  /**
   * Answered within the threshold or called back within the promise, and the denominator of the queue's own
   * service-level rule.
   */
  readonly answeredInTime: Float64Array;
  readonly serviceLevelBase: Float64Array;
  /** Of answered contacts. */
  readonly waitSeconds: Float64Array;
  /** Of all agents who can serve the queue: handling, and on queue (handling + available). */
  readonly handlingSeconds: Float64Array;
  readonly onQueueSeconds: Float64Array;
  /** Turned away because the queue was full; callbacks asked for, and made. Absent in results of older versions. */
  readonly blocked?: Float64Array;
  readonly callbacksTaken?: Float64Array;
  readonly calledBack?: Float64Array;
}

export interface QueueMeasures {
  readonly offered: Estimate;
  readonly answered: Estimate;
  readonly abandoned: Estimate;
  /** Turned away because the queue was full. */
  readonly blocked: Estimate;
  /** Ratio estimates by the queue's own service-level rule; contacts are counted where they arrived. */
  readonly serviceLevel: Estimate;
  readonly abandonmentRate: Estimate;
  readonly asaSeconds: Estimate;
  /** Of the agents who can serve the queue: handling ÷ (handling + available). */
  readonly occupancy: Estimate;
  /** Contacts waiting, mean over the time. */
  readonly waiting: Estimate;
  /** Contacts being served, mean over the time. */
  readonly inService: Estimate;
  /** Present where a queue of the plan has redials, transfers or callbacks. */
  readonly followUps?: FollowUpMeasures;
}

/** Contacts that came again, came from elsewhere, or left with a promise. */
export interface FollowUpMeasures {
  /** Of the offered: calls after giving up or being turned away, and contacts from other queues. */
  readonly redialled: Estimate;
  readonly transferred: Estimate;
  /** Took the offer of a callback; of those called, the mean time until then; callbacks still owed, mean over the time. */
  readonly callbacks: Estimate;
  readonly callbackDelaySeconds: Estimate;
  readonly callbacksOwed: Estimate;
}

/** Agents of one group, per interval of the simulated span. */
export interface GroupSimulation {
  readonly groupId: string;
  /** Agents on queue, mean over the time, late finishers included. */
  readonly agentsOnQueue: Estimate;
  readonly occupancy: Estimate;
  /** Of those on queue: with a contact, and free. Absent in results of older versions, as what follows. */
  readonly handling?: Estimate;
  readonly available?: Estimate;
  /** Agents whose shifts say work; what is missing of them on queue is shrinkage, lateness and events. */
  readonly working?: Float64Array;
  /** Agents in a shift at a break, a meal, a meeting or a training. */
  readonly otherwise?: Float64Array;
}

/** What became of a contact; `calledBack`: promised it, and called where `answered` has a time. */
export const contactOutcome = {
  stillThere: 0,
  answered: 1,
  abandoned: 2,
  blocked: 3,
  calledBack: 4,
} as const;

/** Every contact of one simulated day, in order of arrival. Times are seconds since the start of the day. */
export interface ContactTrace {
  readonly grid: IntervalGrid;
  readonly firstInterval: number;
  readonly endInterval: number;
  /** Of all agents: past the end of work, to finish what was in hand, into a break or after the shift. */
  readonly overrunSeconds: number;
  readonly queueIds: readonly string[];
  /** Name and group of each agent, and when the agent was on queue, `[start, end, start, end, …]`; empty: absent. */
  readonly agents: readonly {
    readonly name: string;
    readonly groupId: string;
    readonly work: readonly number[];
  }[];
  readonly queue: Uint8Array;
  readonly arrival: Float64Array;
  /** null: never. */
  readonly answered: readonly (number | null)[];
  /** End of service, or the moment the contact gave up; null: it was still there at the end. */
  readonly ended: readonly (number | null)[];
  /** Index in `agents`; null: nobody. */
  readonly agent: readonly (number | null)[];
  /** `contactOutcome` */
  readonly outcome: Uint8Array;
}
