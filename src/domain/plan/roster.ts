import "./schema-without-eval.ts";
import { z } from "zod";
import type { LocalDate } from "../calendar/clock.ts";
import type { IntervalGrid } from "../calendar/interval-grid.ts";
import { typing } from "../number-limits.ts";
import type { RotationDay } from "./rotation.ts";
import type { GoalSpan, JudgedGoal, Shift, SolveStatus } from "./shift.ts";

const localDateSchema = z.iso.date();

/**
 * Wish of one agent for one day; `weight` is what leaving it unmet costs. A wish for a day off (no template) is broken
 * by each shift that works on that day, be it the end of a night that began the day before.
 */
export const wishSchema = z.object({
  date: localDateSchema,
  kind: z.enum(["shiftOn", "shiftOff"]),
  /** null: any shift. */
  templateId: z.string().nullable(),
  weight: z.number().positive(),
});
export type Wish = z.infer<typeof wishSchema>;

/** Price of going against somebody's wish or habit. */
export const weightSchema = z.number().positive().register(typing, { least: 0.01 });

/** What an agent likes in general, day after day; each entry says what going against it costs. Absent: no preference. */
export const preferencesSchema = z.object({
  /** Starts before noon, or from noon on; the price of each shift that starts on the other side. */
  startTime: z.object({ kind: z.enum(["early", "late"]), weight: weightSchema }).optional(),
  /** The price of each single day off between two days of work. */
  daysOffTogether: z.object({ weight: weightSchema }).optional(),
  /**
   * With one other agent, priced per day. `sameShifts`: this agent works and the other is not there for half of it;
   * `sameDaysOff`: one is off and the other works; `neverTogether`: both are at work at the same time.
   */
  partner: z
    .object({
      agentId: z.string().min(1),
      kind: z.enum(["sameShifts", "sameDaysOff", "neverTogether"]),
      weight: weightSchema,
    })
    .optional(),
});
export type Preferences = z.infer<typeof preferencesSchema>;

/** A stretch of the day, clock minutes, half-open; an end beyond 1440 is on the next day. */
const dayWindowSchema = z.object({
  fromMinute: z.number().int().min(0).max(1439),
  toMinute: z.number().int().min(1).max(2880),
});

/** At most so many shifts of these templates, together, in the plan's period. */
export const shiftCapSchema = z.object({
  templateIds: z.array(z.string()).min(1),
  maximum: z.number().int().min(0).register(typing, { most: 366 }),
});

/** What an agent has agreed to work. */
export const contractSchema = z.object({
  id: z.string().min(1),
  name: z.string().min(1),
  minimumMinutesPerWeek: z.number().min(0),
  maximumMinutesPerWeek: z.number().positive(),
  maximumConsecutiveDays: z.number().int().positive(),
  minimumConsecutiveDays: z.number().int().min(1),
  minimumConsecutiveDaysOff: z.number().int().min(1),
  /** Weekends with work on Saturday or Sunday (Friday's night is), per period of the plan; null: no limit. */
  maximumWeekends: z.number().int().min(0).nullable(),
  /** Weekends with work in a row, also over the border to the period before; 1: every second is free. Absent: no limit. */
  maximumConsecutiveWeekends: z.number().int().min(1).optional(),
  minimumRestMinutes: z.number().min(0),
  /** Elapsed minutes of one shift. Absent: no limit. */
  maximumMinutesPerDay: z.number().positive().optional(),
  /** Paid minutes in the plan's whole period. Absent: no limit. */
  minimumMinutesPerPeriod: z.number().min(0).optional(),
  maximumMinutesPerPeriod: z.number().positive().optional(),
  /** Night shifts (some time between 00:00 and 06:00) in the plan's period, and in a row. Absent: no limit. */
  maximumNights: z.number().int().min(0).optional(),
  maximumConsecutiveNights: z.number().int().min(1).optional(),
  maximumShifts: z.array(shiftCapSchema).optional(),
  /** A shift of `templateId` may not be followed on the next day by one of `nextTemplateId`. */
  forbiddenSuccessions: z.array(z.object({ templateId: z.string(), nextTemplateId: z.string() })).optional(),
});
export type Contract = z.infer<typeof contractSchema>;

/** A person who takes shifts. */
export const agentSchema = z.object({
  /** The key by which other systems know the person, such as an employee number or a login. */
  id: z.string().min(1),
  /** By which published rosters know this person: the id they had first, or one like it where others had that. Absent: `id`. */
  firstId: z.string().min(1).optional(),
  name: z.string().min(1),
  email: z.string().optional(),
  team: z.string(),
  site: z.string().optional(),
  /** The group whose queues this person serves. */
  groupId: z.string().min(1),
  contractId: z.string().min(1),
  /** Factor on handle time: 1 average, 0.9 quicker. */
  proficiency: z.number().positive(),
  /** First day of work; earlier is more senior. Hard: no shift before it. */
  joined: localDateSchema,
  /** Last day of work. Hard: no shift after it. Absent: stays. */
  lastDate: localDateSchema.optional(),
  /** Leave. Hard: no shift that works on such a day, be it the end of a night that began the day before. */
  daysOff: z.array(localDateSchema),
  wishes: z.array(wishSchema),
  preferences: preferencesSchema.optional(),
  /** Hard: when the agent can work at all, per weekday; a weekday without an entry: not. Absent: always. */
  availability: z.array(dayWindowSchema.extend({ weekday: z.number().int().min(1).max(7) })).optional(),
  /** Hard: away for part of a day, such as at an appointment. */
  unavailable: z.array(dayWindowSchema.extend({ date: localDateSchema })).optional(),
  /** Hard: on this weekday, unless off or away, always a shift of this template. */
  fixedShifts: z
    .array(z.object({ weekday: z.number().int().min(1).max(7), templateId: z.string().min(1) }))
    .optional(),
});
export type Agent = z.infer<typeof agentSchema>;

/**
 * Of a person, what making a roster reads: team, site and address are for people, and how quickly somebody works for the
 * simulation.
 */
export type RosteredAgent = Omit<Agent, "proficiency" | "team" | "site" | "email" | "firstId"> & {
  /** Hard, unless off or away: on these days a shift of this template, or none. Absent: in no rotation. */
  readonly rotationDays?: readonly RotationDay[];
};

/** Whether a date lies between somebody's first and last day of work. */
export function isEmployedOn(
  { joined, lastDate }: Pick<Agent, "joined" | "lastDate">,
  date: LocalDate,
): boolean {
  return date >= joined && (lastDate === undefined || date <= lastDate);
}

/** What is to be spread evenly over people. `undesired`: shifts of the templates that the plan calls so. */
export const burdens = ["nights", "weekends", "lates", "undesired"] as const;
export type Burden = (typeof burdens)[number];

/**
 * What one agent has had in earlier periods, carried over so that fairness looks further back than one plan.
 * Counts may be fractions where old periods count less.
 */
export const ledgerEntrySchema = z.object({
  agentId: z.string().min(1),
  nights: z.number().min(0),
  weekends: z.number().min(0),
  lates: z.number().min(0),
  undesired: z.number().min(0),
  wishes: z.number().min(0),
  wishesGranted: z.number().min(0),
});
export type LedgerEntry = z.infer<typeof ledgerEntrySchema>;

/** A shift of the roster before the plan's period, as far as rules that hold across the border read it. */
export const priorShiftSchema = z.object({
  templateId: z.string(),
  /** Local date on which it starts. */
  date: localDateSchema,
  /** Instants, ISO with Z. */
  start: z.iso.datetime(),
  end: z.iso.datetime(),
  paidMinutes: z.number().min(0),
});
export type PriorShift = z.infer<typeof priorShiftSchema>;

/**
 * The last days of the roster before the plan's period. Rest, runs of days, nights and weekends, hours of the week that
 * the border cuts, and forbidden successions read it. Of people and days that are not in it nothing is known, and what
 * is not known satisfies every rule; so does all of it where a day lies between its last and the plan's first.
 */
export const priorRosterSchema = z.object({
  firstDate: localDateSchema,
  lastDate: localDateSchema,
  /** Who is here and has no shift on one of these days was off. Shifts in the order of time, one a day. */
  people: z.array(z.object({ agentId: z.string().min(1), shifts: z.array(priorShiftSchema) })),
});
export type PriorRoster = z.infer<typeof priorRosterSchema>;

/** Prices of uneven burdens, and the templates nobody likes. */
export const fairnessSchema = z.object({
  nights: z.number().min(0),
  weekends: z.number().min(0),
  lates: z.number().min(0),
  undesired: z.number().min(0),
  undesiredTemplateIds: z.array(z.string()),
});

export const stableStartsSchema = z.object({
  weight: weightSchema,
  toleranceMinutes: z.number().min(0).register(typing, { unit: "minutes", whole: true }),
});

export const rotationSchema = z.object({ weight: weightSchema, minimumShifts: z.number().int().positive() });

/** How a roster is made. Every field may be absent: its rule then does not exist. Prices are in the unit of wishes. */
export const rosteringSettingsSchema = z.object({
  /** Price of each day of an agent that differs from the present roster; 0: changes are free. */
  changePrice: z.number().min(0),
  /**
   * Soft: what was carried over plus what this roster gives, less a fair share of it, squared and times this price.
   * 0: not spread. The fair share is in proportion to the contracts' weekly hours among those who can work such shifts.
   */
  fairness: fairnessSchema.optional(),
  /** Soft: each time that a start moves by more than so many minutes from one day of work to the next day. */
  stableStarts: stableStartsSchema.optional(),
  /** Soft: for every queue that an agent could serve and got fewer shifts for, each shift missing. */
  rotation: rotationSchema.optional(),
  /**
   * Shift bidding: wishes are granted before anything else, one of each agent per round, in this order, as long as
   * rules and cover let them. Absent: wishes only have their price.
   */
  selfRostering: z.object({ order: z.enum(["seniority", "lottery"]) }).optional(),
  /** What shifts come from: those of the schedule, or the templates, chosen together with the people. Absent: schedule. */
  buildFrom: z.enum(["schedule", "requirement"]).optional(),
});
export type RosteringSettings = z.infer<typeof rosteringSettingsSchema>;

/** One wish in shift bidding, in the order in which wishes had their turn. */
export interface Award {
  readonly agentId: string;
  /** 1: first in the order of seniority or lottery. */
  readonly rank: number;
  readonly round: number;
  readonly wish: Wish;
  readonly granted: boolean;
  /**
   * Why not: it breaks rules of the agent's own (`rules` names them), the shifts were taken by earlier turns
   * (`takenBy` names those who have them), or too few others would be left that day. null: granted.
   */
  readonly refusal: "ownRules" | "shiftsTaken" | "noSuchShift" | "tooFewLeft" | null;
  /** Names of rules, for `ownRules`. */
  readonly rules: readonly string[];
  /** Agents whose wishes came first, for `shiftsTaken` and `tooFewLeft`. */
  readonly takenBy: readonly string[];
}

/** One shift of one person. */
export interface Assignment {
  readonly agentId: string;
  readonly shift: Shift;
  readonly pinned: boolean;
}

/** A rule broken, by its function's name, with what it costs (null: it is a hard rule). */
export interface Violation {
  readonly rule: string;
  readonly agentId: string | null;
  readonly date: LocalDate | null;
  readonly penalty: number | null;
  /** The last shift before the period without which the rule would hold. Absent: the period alone breaks it. */
  readonly priorShift?: PriorShift;
}

/** What the simulation says of a roster whose shifts were moved in time so that it keeps more goals. */
export interface RosterJudgement {
  readonly span: GoalSpan;
  /** Share of days on which each day's service level holds; null: on average. */
  readonly confidence: number | null;
  readonly goals: readonly JudgedGoal[];
  /** The same of the roster that it was made from. */
  readonly before: readonly JudgedGoal[];
  /** A goal counts as kept when it is missed by no more than this: what chance does to so many replications. */
  readonly keptWithin: number;
  readonly replications: number;
  /** Shifts that are worked at other times than before. */
  readonly moved: number;
}

/** Assignments whose shifts were moved in time, and what fresh customers say of them. */
export interface MovedShifts {
  readonly assignments: readonly Assignment[];
  readonly judgement: RosterJudgement;
}

/** Tours given to named agents. */
export interface Roster {
  readonly grid: IntervalGrid;
  readonly assignments: readonly Assignment[];
  /** Shifts of the schedule nobody could take. */
  readonly unassigned: readonly Shift[];
  readonly violations: readonly Violation[];
  readonly status: SolveStatus;
  readonly objective: number;
  readonly bound: number | null;
  /** Wall time; null where bytes must repeat. */
  readonly seconds: number | null;
  /** The ledger with this roster's counts added: what the next period carries over. Absent in older plan files. */
  readonly ledger?: readonly LedgerEntry[];
  /** Shift bidding: who got what and why. Absent where wishes only had a price. */
  readonly awards?: readonly Award[];
  /** Absent where shifts were not moved by what the simulation says, or somebody has edited them since. */
  readonly judgement?: RosterJudgement;
}
