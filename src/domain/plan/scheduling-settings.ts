import "./schema-without-eval.ts";
import { z } from "zod";
import { typing } from "../number-limits.ts";
import { activityRuleSchema, premiumSchema, tourRuleSchema } from "./shift.ts";

/** Beyond this share of the agents asked for, each further missing one costs so many times the price of an hour short. */
export const shortageStepSchema = z.object({
  beyondShare: z.number().min(0).lt(1).register(typing, { share: true, step: 0.05, most: 0.99 }),
  factor: z.number().min(1).register(typing, { step: 0.5, most: 100 }),
});

/** Least agents on a queue at certain times. */
export const staffingMinimumSchema = z.object({
  queueId: z.string(),
  weekdays: z.array(z.number().int().min(1).max(7)).min(1),
  fromMinute: z.number().int().min(0).max(1439),
  /** At or before `fromMinute`: until then on the next day. */
  toMinute: z.number().int().min(1).max(1440),
  agents: z.number().int().min(0),
});

/** Over what the simulation must keep the goals, and on what share of days a day's service level must hold. */
export const keepGoalsSchema = z.object({
  span: z.enum(["interval", "day", "period"]),
  /** 0–1; null: on average. */
  confidence: z.number().min(0.5).max(0.99).register(typing, { share: true, step: 0.05 }).nullable(),
  /** Agents that groups keep free for other queues may change with the shifts. Absent: they stay as they are. */
  reservesMayChange: z.boolean().optional(),
});

/** How shifts are made of a requirement: prices, limits and who solves. */
export const schedulingSettingsSchema = z.object({
  solver: z.enum(["auto", "highs", "javascript-lp-solver"]),
  seconds: z.number().positive().register(typing, { unit: "seconds", whole: true, least: 1, most: 3600 }),
  /** Stop when the gap is this small, 0–1. */
  gap: z.number().min(0).register(typing, { share: true, step: 0.001, digits: 2, most: 1 }),
  /** Price of one agent-hour short and over, in the plan's currency. */
  costPerHourShort: z.number().min(0),
  costPerHourOver: z.number().min(0),
  /**
   * Where more than this share of the agents asked for is missing, each further one costs so many times the price of an
   * hour short: shortage is then spread instead of heaped. Factors rise with the shares. Absent: every hour costs alike.
   */
  shortageSteps: z.array(shortageStepSchema).optional(),
  /** Weigh shortage by what a missing agent costs in service level there. Absent: alike everywhere. */
  weighByService: z.boolean().optional(),
  /** Least agents on a queue at certain times, beyond the queue's own minimum; hard wherever agents are required. */
  minimums: z.array(staffingMinimumSchema).optional(),
  /** Weeks that one person can work; absent or empty: every shift stands by itself. */
  tours: z.array(tourRuleSchema).optional(),
  /** What is paid on top of a template's cost per hour. */
  premiums: z.array(premiumSchema).optional(),
  /** At most so many paid hours in the whole plan, pinned shifts included. Absent or null: no limit. */
  budgetHours: z.number().positive().register(typing, { digits: 1, least: 1 }).nullable().optional(),
  /** Shifts are made as if there were people enough, whoever the plan has. Absent: no shift that nobody could work. */
  withoutPeople: z.boolean().optional(),
  /** Price of each shift that is dropped from, or added to, the present schedule when it is made again. Absent: free. */
  changePrice: z.number().min(0).optional(),
  /** Optimise makes the cheapest shifts whose simulation keeps the goals. Absent: shifts that cover the requirement. */
  keepGoals: keepGoalsSchema.optional(),
  /** Training, meetings and coaching, placed into the shifts where they cost least. */
  activities: z.array(activityRuleSchema).optional(),
});
export type SchedulingSettings = z.infer<typeof schedulingSettingsSchema>;
