import "./schema-without-eval.ts";
import { z } from "zod";
import { isTimeZone, type LocalDate } from "../calendar/clock.ts";
import { typing } from "../number-limits.ts";
import type { DemandForecast, DemandHistory } from "../results/demand.ts";
import type { Requirement } from "../results/requirement.ts";
import {
  atShiftEndSchema,
  latenessSchema,
  routingSchema,
  type SimulationResult,
} from "../results/simulation.ts";
import { stateMeaningsSchema } from "./agent-states.ts";
import { floorEventSchema } from "./floor-event.ts";
import { forecastSettingsSchema, forecastSnapshotSchema } from "./forecast-settings.ts";
import { leaveSchema } from "./leave.ts";
import { meetingSchema } from "./meeting.ts";
import { peopleListHabitsSchema } from "./people-list.ts";
import type { PublishedRoster } from "./published-roster.ts";
import { agentGroupSchema, penaltySchema, queueSchema, shrinkageItemSchema } from "./queue.ts";
import {
  agentSchema,
  contractSchema,
  ledgerEntrySchema,
  priorRosterSchema,
  type Roster,
  rosteringSettingsSchema,
} from "./roster.ts";
import { shiftRotationSchema } from "./rotation.ts";
import { scenarioSchema } from "./scenario.ts";
import { schedulingSettingsSchema } from "./scheduling-settings.ts";
import { type Schedule, shiftTemplateSchema } from "./shift.ts";
import { todaySchema } from "./today.ts";

/** Longest period that is planned at once: 26 weeks. */
export const longestPeriodDays = 182;

/** Version of the document's layout; `importing/plan-file.ts` migrates older ones. */
export const planSchemaVersion = 2;

/**
 * Everything a person decides: the one document they edit, undo and save.
 * What the stages computed from it is `PlanResults`, kept beside it.
 */
export const planSchema = z.object({
  schemaVersion: z.literal(planSchemaVersion),
  id: z.string().min(1),
  name: z.string().min(1),
  timeZone: z.string().refine(isTimeZone),
  intervalMinutes: z.union([z.literal(15), z.literal(30), z.literal(60)]),
  /** Three letters as ISO 4217 has them: with anything else no browser can write an amount. */
  currency: z.string().regex(/^[A-Za-z]{3}$/),
  /** First day and number of days that are planned. */
  firstDate: z.iso.date(),
  dayCount: z
    .number()
    .int()
    .min(1)
    .max(366)
    .register(typing, { unit: "days", step: 7, most: longestPeriodDays }),
  queues: z.array(queueSchema).min(1),
  groups: z.array(agentGroupSchema).min(1),
  shrinkage: z.array(shrinkageItemSchema),
  forecast: forecastSettingsSchema,
  /** Oldest first; no stage reads them. */
  forecastSnapshots: z.array(forecastSnapshotSchema).optional(),
  requirement: z.object({
    /**
     * How a day becomes intervals: each in its own steady state; with the load lagged behind the arrivals by handle
     * time; or so that the true changing queue keeps the goal in every interval, or over each day as a whole (voice
     * only, whole agents).
     */
    method: z.enum(["stationary", "lagged", "transient", "transientDay"]),
    /** Round each interval and queue up to whole agents; false: fractions stay, and are rounded where shifts are made. */
    wholeAgents: z.boolean(),
    /** What is made of the forecast's spread: nothing; the service to be expected under it; staffing that fails with a chosen risk. */
    spread: z.enum(["ignored", "expectedService", "missRisk"]).default("ignored"),
    /** Risk that demand exceeds what is staffed for, 0–1, where `spread` is `missRisk`. */
    missRisk: z
      .number()
      .gt(0)
      .lt(1)
      .register(typing, { share: true, step: 0.05, least: 0.001, most: 0.999 })
      .default(0.2),
  }),
  templates: z.array(shiftTemplateSchema),
  scheduling: schedulingSettingsSchema,
  contracts: z.array(contractSchema),
  agents: z.array(agentSchema),
  /** How the last list of people was read, so that the next one is read alike. Absent: none was. */
  peopleList: peopleListHabitsSchema.optional(),
  /** Requests for leave and allowances. Absent: none. */
  leave: leaveSchema.optional(),
  /** Absent: changes are free, and none of the further soft rules exists. */
  rostering: rosteringSettingsSchema.optional(),
  /** What agents bring with them from earlier periods; whoever is missing, or all where absent: nothing. */
  ledger: z.array(ledgerEntrySchema).optional(),
  /** The end of the roster before this period, over which its rules hold on. Absent: nothing is known of it. */
  priorRoster: priorRosterSchema.optional(),
  /** Patterns of weeks that people work in turn. Absent: none. */
  rotations: z.array(shiftRotationSchema).max(100).optional(),
  /** Meetings and training of named people or teams. Absent: none. */
  meetings: z.array(meetingSchema).max(200).optional(),
  simulation: z.object({
    replications: z.number().int().min(2).max(100_000).register(typing, { step: 10 }),
    /** What an agent does when a shift or break comes during a contact. */
    atShiftEnd: atShiftEndSchema,
    /** Draw each day's volume from the forecast's own spread, instead of taking its mean as certain. */
    uncertainDemand: z.boolean().default(false),
    /** Standard deviation ÷ mean of handle times, then lognormal; null: exponential, as Erlang's formulas assume. */
    handleTimeCv: z
      .number()
      .positive()
      .max(10)
      .register(typing, { step: 0.1, digits: 2, least: 0.05 })
      .nullable()
      .default(null),
    /** Stop before `replications` when every day's service level is known to within so much, 0–1; null: run them all. */
    halfWidth: z
      .number()
      .positive()
      .max(0.5)
      .register(typing, { share: true, step: 0.005, least: 0.001 })
      .nullable()
      .default(null),
    /** Who serves whom. Absent: by priority, the agent free longest. */
    routing: routingSchema.optional(),
    /** Who comes late. Absent: nobody. */
    lateness: latenessSchema.optional(),
    /** Outages, surges, late openings, fire drills. Absent: none. */
    events: z.array(floorEventSchema).max(100).optional(),
  }),
  scenarios: z.array(scenarioSchema),
  /** The day that is going on; no stage reads it. Absent: no day has been looked at. */
  today: todaySchema.optional(),
  /** What states of a status log mean, where their names do not say it. Absent: nothing was said. */
  stateMeanings: stateMeaningsSchema.optional(),
  /** What a contact is worth that gives up or never gets through, in the plan's currency. Absent: not reckoned with. */
  lostContactValue: z.number().min(0).register(typing, { most: 1e6 }).optional(),
  /** What is to be paid when service falls short, by contract with a client. Absent: nothing, as far as anyone has said. */
  penalties: z.array(penaltySchema).max(50).optional(),
  /** Seed of everything that involves chance. */
  seed: z.number().int().min(0).max(0xffffffff),
});
export type Plan = z.infer<typeof planSchema>;

/** A stage's result, when it was made, and from what. */
export interface Made<T> {
  readonly value: T;
  /** ISO instant. */
  readonly madeAt: string;
  /** Fingerprint of all inputs; when today's differs, the result is stale. */
  readonly inputKey: string;
  /** Of a schedule or roster, what its days were made from; absent: nobody took it down. */
  readonly parts?: MadeParts;
}

/** Fingerprints of what differs from day to day, a key per day, and of all the rest that a result was made from. */
export interface MadeParts {
  readonly rules: string;
  readonly days: readonly string[];
}

/** What the stages made, in the order data walks. null: not run yet. */
export interface PlanResults {
  readonly forecast: Made<DemandForecast> | null;
  readonly requirement: Made<Requirement> | null;
  readonly schedule: Made<Schedule> | null;
  readonly roster: Made<Roster> | null;
  readonly simulation: Made<SimulationResult> | null;
}
export type StageName = keyof PlanResults;

/** A period that was planned before the present one, as it was published. */
export interface PastPeriod {
  readonly plan: Plan;
  /** All but the simulation, which follows from the others. */
  readonly results: PlanResults;
  /** Last day of the history that it was planned from; null: there was none. */
  readonly historyLastDate: LocalDate | null;
}

/** What a plan file holds: reopening it gives the same state. */
export interface PlanDocument {
  readonly plan: Plan;
  readonly history: DemandHistory | null;
  readonly results: PlanResults;
  /** Periods before this one, oldest first; no stage reads them. Absent: none. */
  readonly past?: readonly PastPeriod[];
  /** What people were told of this roster and those before it; no stage reads it. Absent: nothing was published. */
  readonly published?: PublishedRoster;
}
