import "../plan/schema-without-eval.ts";
import { z } from "zod";
import { callbackSchema } from "../plan/queue.ts";
import { agentRuleSchema, atShiftEndSchema, contactRuleSchema } from "./simulation.ts";

const positive = z.number().positive();
const atLeastZero = z.number().min(0);
const share = z.number().min(0).max(1);

/** A time in seconds, or the shape of one; a bare number is the mean of an exponential distribution. */
export const timeDistributionSchema = z.union([
  positive,
  z.object({ kind: z.enum(["deterministic", "exponential"]), mean: positive }),
  z.object({ kind: z.enum(["lognormal", "gamma"]), mean: positive, cv: positive }),
  z
    .object({
      kind: z.literal("hyperexponential"),
      shares: z.array(share).min(1),
      means: z.array(positive).min(1),
    })
    .refine(({ shares, means }) => shares.length === means.length, "shares and means differ in number")
    .refine(({ shares }) => Math.abs(shares.reduce((a, b) => a + b, 0) - 1) < 1e-9, "shares must sum to 1"),
  z.object({ kind: z.literal("empirical"), values: z.array(atLeastZero).min(1) }),
]);
export type TimeDistribution = z.infer<typeof timeDistributionSchema>;

const perInterval = (value: z.ZodNumber) => z.union([value, z.array(value).min(1)]);

const names = z.array(z.string()).nullable().default(null);
const stretch = { fromMinute: atLeastZero, toMinute: positive };

/**
 * A simulation without a plan: queues, rates, groups and staffing, as a person writes them down for `simulate`.
 * Series have one value per interval; a single number stands for all of them.
 */
export const simulationProblemSchema = z.object({
  intervalMinutes: positive.max(1440),
  intervals: z.number().int().min(1).max(100_000),
  /** Days are summed up by this many intervals; default: all are one day. */
  intervalsPerDay: z.number().int().min(1).optional(),
  /** Left out of days and totals. */
  warmUpIntervals: z.number().int().min(0).default(0),
  queues: z
    .array(
      z.object({
        id: z.string().min(1),
        arrivalsPerHour: perInterval(atLeastZero),
        handleTime: timeDistributionSchema,
        patience: timeDistributionSchema.nullable().default(null),
        /** Share that leaves at once when nobody is idle. */
        balking: share.lt(1).default(0),
        answerWithinSeconds: atLeastZero.default(20),
        serviceLevelRule: z.enum(["offered", "answered", "shortAbandonsExcluded"]).default("offered"),
        serviceLevelGoal: share.nullable().default(0.8),
        /** Standard deviation of the gamma factor, mean 1, that all of a day's arrivals share. */
        dayFactorCv: atLeastZero.max(3).default(0),
        /** Contacts an agent serves at once, and how much longer each takes with 1, 2, … */
        maxContacts: z.number().int().min(1).max(10).default(1),
        slowdown: z.array(z.number().min(1)).min(1).default([1]),
        /** Contacts that may wait; the next is blocked. */
        waitingPlaces: z.number().int().min(0).nullable().default(null),
        /** Customers told apart. Lower level is served first; credit counts as time already waited. */
        classes: z
          .array(
            z.object({ share, level: z.number().int().default(0), creditSeconds: atLeastZero.default(0) }),
          )
          .min(1)
          .default([{ share: 1, level: 0, creditSeconds: 0 }]),
        /** What follows an abandonment or a blocking. */
        redial: z.object({ probability: share, delay: timeDistributionSchema }).nullable().default(null),
        /** Callback on request. */
        callback: callbackSchema.nullable().default(null),
        /** Shares of served contacts that go on to another queue; mean seconds there, null: as its own contacts. */
        transfers: z
          .array(z.object({ queue: z.string(), share, ahtSeconds: positive.nullable().default(null) }))
          .default([]),
        /** A contact of another queue interrupts the work, which goes on later where it was left. */
        interruptible: z.boolean().default(false),
        /** Then the service level counts contacts done in time, instead of answered within the threshold. */
        doneWithinMinutes: positive.nullable().default(null),
      }),
    )
    .min(1)
    .max(100),
  groups: z
    .array(
      z.object({
        id: z.string().min(1),
        serves: z
          .array(
            z.union([
              z.string(),
              z.object({
                queue: z.string(),
                /** Which queue a freed agent looks at first: lower first; equal: longest waiting. */
                level: z.number().int().default(0),
                /** Which group a contact goes to first: lower first; equal: agent idle longest. */
                preference: z.number().int().default(0),
                /** Overflow: only after the contact has waited this long. */
                afterSeconds: atLeastZero.default(0),
                /** Reserve: only while more than so many of the group's agents are free. */
                keepFree: z.number().int().min(0).default(0),
              }),
            ]),
          )
          .min(1),
        /** Agents on queue. */
        staffing: perInterval(z.number().int().min(0).max(100_000)),
      }),
    )
    .min(1)
    .max(1000),
  /** The floor in the midst of a day: what is there as an interval begins, by how many seconds it has been; see `PresentState`. */
  present: z
    .object({
      interval: z.number().int().min(1),
      queues: z.array(
        z.object({
          queue: z.string(),
          waitedSeconds: z.array(atLeastZero).default([]),
          handledSeconds: z.array(atLeastZero.nullable()).default([]),
          callbackSeconds: z.array(atLeastZero).default([]),
        }),
      ),
    })
    .optional(),
  atShiftEnd: atShiftEndSchema.default("finishContact"),
  /** Who serves whom; `skillOrder`: the order in which groups name what they serve, in place of levels. */
  routing: z
    .object({ contact: contactRuleSchema.default("priority"), agent: agentRuleSchema.default("longestIdle") })
    .default({ contact: "priority", agent: "longestIdle" }),
  /** Minutes since the start. `groups` and `queues` null: all. */
  events: z
    .array(
      z
        .discriminatedUnion("kind", [
          z.object({
            kind: z.literal("outage"),
            groups: names,
            ...stretch,
            turnsAway: z.boolean().default(false),
          }),
          z.object({ kind: z.literal("fireDrill"), groups: names, ...stretch }),
          z.object({ kind: z.literal("surge"), queues: names, ...stretch, factor: atLeastZero.max(20) }),
          z.object({ kind: z.literal("lateOpening"), queues: names, ...stretch }),
        ])
        .refine((event) => event.fromMinute < event.toMinute, "fromMinute must come before toMinute"),
    )
    .default([]),
});
export type BareProblem = z.infer<typeof simulationProblemSchema>;
