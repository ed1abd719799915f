import "./schema-without-eval.ts";
import { z } from "zod";

/** Share of contacts that must be answered in time, and the other promises that hold at once. */
export const serviceGoalSchema = z.object({
  /** 0–1; null when only the other goals count. */
  serviceLevel: z.number().min(0).max(1).nullable(),
  answerWithinSeconds: z.number().min(0),
  /** Denominator of the service level; always shown beside the number. */
  serviceLevelRule: z.enum(["offered", "answered", "shortAbandonsExcluded"]),
  maxAsaSeconds: z.number().positive().nullable(),
  maxAbandonment: z.number().min(0).max(1).nullable(),
  maxOccupancy: z.number().gt(0).max(1).nullable(),
});
export type ServiceGoal = z.infer<typeof serviceGoalSchema>;
export type ServiceLevelRule = ServiceGoal["serviceLevelRule"];

/** One weekday's opening, clock minutes, half-open; 1440 is midnight at the end of the day. */
export const openingHoursSchema = z.object({
  weekday: z.number().int().min(1).max(7),
  openMinute: z.number().int().min(0).max(1439),
  closeMinute: z.number().int().min(1).max(1440),
});
export type OpeningHours = z.infer<typeof openingHoursSchema>;

/** Customers of a queue who are not treated like the others. */
export const customerClassSchema = z.object({
  name: z.string().min(1),
  /** Of the queue's contacts, 0–1. */
  share: z.number().min(0).max(1),
  /** Strict priority: lower is served first; ordinary customers have 0. */
  level: z.number().int().min(-9).max(9),
  /** Waiting they are credited with on arrival. */
  creditSeconds: z.number().min(0).max(36_000),
});
export type CustomerClass = z.infer<typeof customerClassSchema>;

/**
 * Who has waited so long is offered to be called back, once. Who accepts no longer waits on the line or gives up; the
 * call-back takes as long as the contact would have, and is counted by itself: neither answered nor abandoned.
 */
export const callbackSchema = z.object({
  afterSeconds: z.number().min(0).max(36_000),
  /** 0–1. */
  acceptShare: z.number().min(0).max(1),
  /** `inTurn`: the customer keeps the place in line; `quietTime`: called when nobody waits whom the agent serves. */
  when: z.enum(["inTurn", "quietTime"]),
});
export type CallbackOffer = z.infer<typeof callbackSchema>;

/** A share of served contacts goes on to another queue, as a contact of that queue. */
export const transferSchema = z.object({
  queueId: z.string().min(1),
  /** Of contacts served here, 0–1. */
  share: z.number().min(0).max(1),
  /** Mean handle time there; null: as that queue's own contacts. */
  ahtSeconds: z.number().positive().max(86_400).nullable(),
});
export type Transfer = z.infer<typeof transferSchema>;

/** A stream of contacts with one service goal. */
export const queueSchema = z.object({
  id: z.string().min(1),
  name: z.string().min(1),
  /** `deferred`: e-mail, tickets, social media: work with a deadline instead of somebody waiting. */
  channel: z.enum(["voice", "chat", "deferred"]),
  goal: serviceGoalSchema,
  /** Mean time a contact would wait before abandoning; null: nobody abandons (Erlang C). */
  patienceSeconds: z.number().positive().nullable(),
  /** Mean handle time where the history has none. */
  defaultAhtSeconds: z.number().positive().nullable(),
  /** Chat: contacts one agent serves at once, and how much longer each takes with 1, 2, … in parallel (first entry 1). */
  concurrency: z
    .object({ maxContacts: z.number().int().min(1).max(10), slowdown: z.array(z.number().min(1)).min(1) })
    .nullable(),
  /** null: open whenever the history was open. */
  openingHours: z.array(openingHoursSchema).nullable(),
  /** Least agents on queue in an open interval. */
  minimumAgents: z.number().min(0),
  /** Deferred channel. */
  deferred: z
    .object({
      /** Opening time within which a contact must be done. */
      withinMinutes: z.number().positive(),
      /** Contacts that wait when the plan begins. */
      backlogContacts: z.number().min(0),
      /** Share of the idle time of queues served by the same groups in which this work is done. Absent: none. */
      gapShare: z.number().min(0).max(1).optional(),
      /** A contact that cannot wait interrupts the work, which goes on later where it was left. Absent: it is finished first. */
      interruptible: z.boolean().optional(),
    })
    .optional(),
  /**
   * Contacts offered to self-service first; of those it keeps a share, and hands the rest over a while later, with a
   * handle time so many times as long.
   */
  selfService: z
    .object({
      offeredShare: z.number().min(0).max(1),
      containedShare: z.number().min(0).max(1),
      handoverMinutes: z.number().min(0),
      handoverAhtFactor: z.number().positive(),
    })
    .optional(),
  /** Share of those who gave up who call again, on average so long after; absent: nobody. */
  redial: z.object({ share: z.number().min(0).max(1), afterMinutes: z.number().positive() }).optional(),
  /** Contacts that may wait at once; the next is blocked. Absent: no limit. Only the simulation knows of it. */
  waitingPlaces: z.number().int().min(0).max(100_000).optional(),
  /** Customers told apart in the simulation; whom the shares leave is an ordinary customer (level 0, no credit). Absent: nobody. */
  customers: z.array(customerClassSchema).max(5).optional(),
  /** Call-back on request, in the simulation. Absent: not offered. */
  callback: callbackSchema.optional(),
  /** Where contacts go on to after being served, in the simulation; the shares sum to at most 1. Absent: nowhere. */
  transfers: z.array(transferSchema).max(20).optional(),
  /** What a handled contact brings, and what it costs beside agents' pay, in the plan's currency. Absent: not reckoned with. */
  money: z.object({ revenuePerContact: z.number().min(0), costPerContact: z.number().min(0) }).optional(),
  /** Whom a freed agent of several queues takes first: lower goes first. Absent: 0, deferred queues last. */
  priority: z.number().int().min(0).max(99).optional(),
});
export type Queue = z.infer<typeof queueSchema>;

/** Agents who can serve the same queues. A flexible group serves several and is counted once. */
export const agentGroupSchema = z.object({
  id: z.string().min(1),
  name: z.string().min(1),
  queueIds: z.array(z.string()).min(1),
  /** Queues the group helps out with once a contact has waited so long, after its own. Absent: none. */
  overflow: z.array(z.object({ queueId: z.string(), afterSeconds: z.number().min(0) })).optional(),
});
export type AgentGroup = z.infer<typeof agentGroupSchema>;

/** Paid time in which an agent is not available; breaks inside shifts are placed, not shrinkage. */
export const shrinkageItemSchema = z.object({
  id: z.string().min(1),
  name: z.string().min(1),
  /** 0–1 of scheduled time. Items multiply: available = Π (1 − share). */
  share: z.number().min(0).lt(1),
  planned: z.boolean(),
  /** null: every day. */
  weekdays: z.array(z.number().int().min(1).max(7)).nullable(),
  /** Clock minutes, half-open; null: the whole day. */
  fromMinute: z.number().int().min(0).max(1439).nullable(),
  toMinute: z.number().int().min(1).max(1440).nullable(),
});
export type ShrinkageItem = z.infer<typeof shrinkageItemSchema>;
