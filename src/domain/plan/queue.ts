import "./schema-without-eval.ts";
import { z } from "zod";
import { shareSchema, typing } from "../number-limits.ts";

/** Share of contacts that must be answered in time, and the other promises that hold at once. */
export const serviceGoalSchema = z.object({
  /** 0–1; null when only the other goals count. */
  serviceLevel: shareSchema().nullable(),
  answerWithinSeconds: z
    .number()
    .min(0)
    .register(typing, { unit: "seconds", whole: true, step: 5, most: 86_400 }),
  /** Denominator of the service level; always shown beside the number. */
  serviceLevelRule: z.enum(["offered", "answered", "shortAbandonsExcluded"]),
  maxAsaSeconds: z
    .number()
    .positive()
    .register(typing, { unit: "seconds", least: 0.1, most: 86_400 })
    .nullable(),
  maxAbandonment: shareSchema({ step: 0.005, least: 0.001 }).nullable(),
  maxOccupancy: z.number().gt(0).max(1).register(typing, { share: true, least: 0.01 }).nullable(),
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
  share: shareSchema(),
  /** Strict priority: lower is served first; ordinary customers have 0. */
  level: z.number().int().min(-9).max(9),
  /** Waiting they are credited with on arrival. */
  creditSeconds: z.number().min(0).max(36_000).register(typing, { unit: "seconds", step: 10 }),
});
export type CustomerClass = z.infer<typeof customerClassSchema>;

/**
 * Who has waited so long is offered to be called back, once. Who accepts no longer waits on the line or gives up; the
 * callback takes as long as the contact would have, and is counted by itself: neither answered nor abandoned. For the
 * service level it is served in time where it is made within its promise.
 */
export const callbackSchema = z.object({
  afterSeconds: z.number().min(0).max(36_000).register(typing, { unit: "seconds", step: 10 }),
  /** 0–1. */
  acceptShare: shareSchema({ step: 0.05 }),
  /** `inTurn`: the customer keeps the place in line; `quietTime`: called when nobody waits whom the agent serves. */
  when: z.enum(["inTurn", "quietTime"]),
  /** Promised within so many minutes of the offer. Absent or null: no time is promised, and none is kept. */
  promiseMinutes: z
    .number()
    .positive()
    .max(10_080)
    .register(typing, { unit: "minutes", step: 15, least: 1 })
    .nullish(),
});
export type CallbackOffer = z.infer<typeof callbackSchema>;

/** A share of served contacts goes on to another queue, as a contact of that queue. */
export const transferSchema = z.object({
  queueId: z.string().min(1),
  /** Of contacts served here, 0–1. */
  share: shareSchema(),
  /** Mean handle time there; null: as that queue's own contacts. */
  ahtSeconds: z
    .number()
    .positive()
    .max(86_400)
    .register(typing, { unit: "seconds", step: 10, least: 1 })
    .nullable(),
});
export type Transfer = z.infer<typeof transferSchema>;

/** How much longer each contact takes while an agent serves several at once. */
export const slowdownSchema = z.number().min(1).max(20).register(typing, { unit: "times", step: 0.05 });

export const concurrencySchema = z.object({
  maxContacts: z.number().int().min(1).max(10),
  /** With 1, 2, … contacts in parallel; the first entry is 1. */
  slowdown: z.array(slowdownSchema).min(1).max(10),
});

/** Work with a deadline instead of somebody waiting. */
export const deferredSchema = z.object({
  /** Opening time within which a contact must be done. */
  withinMinutes: z
    .number()
    .positive()
    .register(typing, { unit: "hours", scale: 1 / 60, step: 60, least: 15, most: 60_000 }),
  /** Contacts that wait when the plan begins. */
  backlogContacts: z.number().min(0).register(typing, { most: 1e7 }),
  /** Share of the idle time of queues served by the same groups in which this work is done. Absent: none. */
  gapShare: shareSchema().optional(),
  /** A contact that cannot wait interrupts the work, which goes on later where it was left. Absent: it is finished first. */
  interruptible: z.boolean().optional(),
});

export const selfServiceSchema = z.object({
  offeredShare: shareSchema(),
  containedShare: shareSchema(),
  handoverMinutes: z.number().min(0).register(typing, { unit: "minutes", most: 10_000 }),
  handoverAhtFactor: z
    .number()
    .positive()
    .register(typing, { unit: "times", step: 0.1, least: 0.1, most: 20 }),
});

/** Share of those who gave up who call again, and how long after on average. */
export const redialSchema = z.object({
  share: shareSchema({ step: 0.05 }),
  afterMinutes: z.number().positive().register(typing, { unit: "minutes", least: 0.1, most: 1440 }),
});

/** What a handled contact brings, and what it costs beside agents' pay, in the plan's currency. */
export const contactMoneySchema = z.object({
  revenuePerContact: z.number().min(0).register(typing, { step: 0.1, most: 1e6 }),
  costPerContact: z.number().min(0).register(typing, { step: 0.1, most: 1e6 }),
});

/** So much for each day, week (from Monday) or month in which a queue's service level is below a share. */
export const penaltySchema = z.object({
  queueId: z.string().min(1),
  below: shareSchema(),
  per: z.enum(["day", "week", "month"]),
  /** In the plan's currency; null: nobody has said yet, so that what it comes to is unknown. */
  amount: z.number().min(0).register(typing, { step: 100, most: 1e9 }).nullable(),
});
export type Penalty = z.infer<typeof penaltySchema>;

/** A stream of contacts with one service goal. */
export const queueSchema = z.object({
  id: z.string().min(1),
  name: z.string().min(1),
  /** `deferred`: e-mail, tickets, social media: work with a deadline instead of somebody waiting. */
  channel: z.enum(["voice", "chat", "deferred"]),
  goal: serviceGoalSchema,
  /** Mean time a contact would wait before abandoning; null: nobody abandons (Erlang C). */
  patienceSeconds: z
    .number()
    .positive()
    .max(1_000_000)
    .register(typing, { unit: "seconds", step: 5, digits: 0, least: 1 })
    .nullable(),
  /** Mean handle time where the history has none. */
  defaultAhtSeconds: z
    .number()
    .positive()
    .max(1_000_000)
    .register(typing, { unit: "seconds", least: 1 })
    .nullable(),
  /** Chat: contacts one agent serves at once, and how much longer each takes with 1, 2, … in parallel (first entry 1). */
  concurrency: concurrencySchema.nullable(),
  /** null: open whenever the history was open. */
  openingHours: z.array(openingHoursSchema).nullable(),
  /** Least agents on queue in an open interval. */
  minimumAgents: z.number().min(0).max(100_000),
  /** Deferred channel. */
  deferred: deferredSchema.optional(),
  /**
   * Contacts offered to self-service first; of those it keeps a share, and hands the rest over a while later, with a
   * handle time so many times as long.
   */
  selfService: selfServiceSchema.optional(),
  /** Share of those who gave up who call again, on average so long after; absent: nobody. */
  redial: redialSchema.optional(),
  /** Contacts that may wait at once; the next is blocked. Absent: no limit. Only the simulation knows of it. */
  waitingPlaces: z.number().int().min(0).max(100_000).optional(),
  /** Customers told apart in the simulation; whom the shares leave is an ordinary customer (level 0, no credit). Absent: nobody. */
  customers: z.array(customerClassSchema).max(5).optional(),
  /** Callback on request, in the simulation. Absent: not offered. */
  callback: callbackSchema.optional(),
  /** Where contacts go on to after being served, in the simulation; the shares sum to at most 1. Absent: nowhere. */
  transfers: z.array(transferSchema).max(20).optional(),
  /** What a handled contact brings, and what it costs beside agents' pay, in the plan's currency. Absent: not reckoned with. */
  money: contactMoneySchema.optional(),
  /** Whom a freed agent of several queues takes first: lower goes first. Absent: 0, deferred queues last. */
  priority: z.number().int().min(0).max(99).optional(),
});
export type Queue = z.infer<typeof queueSchema>;

/** A queue that a group helps out with once a contact has waited so long, after its own. */
export const overflowSchema = z.object({
  queueId: z.string(),
  afterSeconds: z.number().min(0).register(typing, { unit: "seconds", step: 5, most: 3600 }),
});

/** Agents who can serve the same queues. A flexible group serves several and is counted once. */
export const agentGroupSchema = z.object({
  id: z.string().min(1),
  name: z.string().min(1),
  queueIds: z.array(z.string()).min(1),
  /** Queues the group helps out with once a contact has waited so long, after its own. Absent: none. */
  overflow: z.array(overflowSchema).optional(),
});
export type AgentGroup = z.infer<typeof agentGroupSchema>;

/** Paid time in which an agent is not available; breaks inside shifts are placed, not shrinkage. */
export const shrinkageItemSchema = z.object({
  id: z.string().min(1),
  name: z.string().min(1),
  /** 0–1 of scheduled time. Items multiply: available = Π (1 − share). */
  share: z.number().min(0).lt(1).register(typing, { share: true, step: 0.005, most: 0.99 }),
  planned: z.boolean(),
  /** null: every day. */
  weekdays: z.array(z.number().int().min(1).max(7)).nullable(),
  /** Clock minutes, half-open; null: the whole day. */
  fromMinute: z.number().int().min(0).max(1439).nullable(),
  toMinute: z.number().int().min(1).max(1440).nullable(),
});
export type ShrinkageItem = z.infer<typeof shrinkageItemSchema>;
