import "./schema-without-eval.ts";
import { z } from "zod";
import type { LocalDate } from "../calendar/clock.ts";
import type { IntervalGrid } from "../calendar/interval-grid.ts";
import { typing } from "../number-limits.ts";
import type { Reserve } from "../results/simulation.ts";

/** A meal or break that every shift of a template holds once; `split`: the long gap between the halves of a split shift. */
export const breakRuleSchema = z.object({
  id: z.string().min(1),
  kind: z.enum(["break", "meal", "split"]),
  lengthMinutes: z
    .number()
    .int()
    .positive()
    .register(typing, { unit: "minutes", step: 5, least: 5, most: 360 }),
  paid: z.boolean(),
  /** Window of its start, minutes after the shift starts, both ends allowed. */
  earliestMinute: z.number().int().min(0),
  latestMinute: z.number().int().min(0),
});
export type BreakRule = z.infer<typeof breakRuleSchema>;

/** The rule by which concrete shifts may be made. */
export const shiftTemplateSchema = z.object({
  id: z.string().min(1),
  name: z.string().min(1),
  /** Groups that may work it; empty: all. */
  groupIds: z.array(z.string()),
  weekdays: z.array(z.number().int().min(1).max(7)).min(1),
  /** Window of starts, clock minutes, both ends allowed; the shift may run past midnight. */
  earliestStartMinute: z.number().int().min(0).max(1439),
  latestStartMinute: z.number().int().min(0).max(1439),
  startStepMinutes: z.number().int().positive(),
  /** Lengths from start to end, breaks included. */
  lengthsMinutes: z.array(z.number().int().positive()).min(1),
  breaks: z.array(breakRuleSchema),
  /** Least minutes of work between two breaks, and before the first and after the last. */
  minimumWorkMinutes: z.number().int().min(0).register(typing, { unit: "minutes", step: 15, most: 600 }),
  costPerHour: z.number().min(0),
  /** Per day; null: no limit. */
  minimumCount: z.number().int().min(0).nullable(),
  maximumCount: z.number().int().min(0).nullable(),
  /** What a shift keeps when the clock changes during it: its length (so too where absent), or its end on the clock. */
  overClockChange: z.enum(["keepsLength", "keepsEnd"]).optional(),
});
export type ShiftTemplate = z.infer<typeof shiftTemplateSchema>;

/** How the shifts of one person go together in a week; shifts of its templates are then worked in such tours only. */
export const tourRuleSchema = z.object({
  id: z.string().min(1),
  name: z.string().min(1),
  /** A tour keeps to one of these templates, and to one of its lengths. */
  templateIds: z.array(z.string()).min(1),
  /** Days worked from Monday to Sunday; in a week cut by the plan's ends at most as many as are there. */
  daysPerWeek: z.number().int().min(1).max(7),
  /** Days off stand together, Sunday and Monday counting as neighbours. */
  daysOffTogether: z.boolean(),
  /** All starts of a tour lie within so many minutes of each other on the clock. */
  startBandMinutes: z.number().int().min(0).register(typing, { unit: "minutes", step: 15, most: 720 }),
  /** The tour runs over two weeks, counted from the plan's first Monday week, and one of their weekends is off. */
  everySecondWeekendOff: z.boolean().optional(),
});
export type TourRule = z.infer<typeof tourRuleSchema>;

const premiumShareSchema = z.number().min(0).max(10).register(typing, { share: true, step: 0.05 });

/**
 * What is paid on top of a template's cost per hour, as a share of it (0.25: a quarter more). `clock`: for paid time
 * within a window on some weekdays, each minute by its own local time. `overtime`: for the paid time of a shift beyond
 * a length. Premiums that apply together add up.
 */
export const premiumSchema = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("clock"),
    id: z.string().min(1),
    name: z.string().min(1),
    share: premiumShareSchema,
    weekdays: z.array(z.number().int().min(1).max(7)).min(1),
    fromMinute: z.number().int().min(0).max(1439),
    /** At or before `fromMinute`: the window goes over midnight; it applies before midnight and after it on these days. */
    toMinute: z.number().int().min(1).max(1440),
  }),
  z.object({
    kind: z.literal("overtime"),
    id: z.string().min(1),
    name: z.string().min(1),
    share: premiumShareSchema,
    afterMinutes: z.number().int().min(0),
  }),
]);
export type Premium = z.infer<typeof premiumSchema>;

/** Paid time away from the queues that somebody has to find room for: so many sessions, each held once. */
export const activityRuleSchema = z.object({
  id: z.string().min(1),
  name: z.string().min(1),
  kind: z.enum(["training", "meeting", "coaching"]),
  lengthMinutes: z
    .number()
    .int()
    .positive()
    .register(typing, { unit: "minutes", step: 15, least: 15, most: 480 }),
  sessions: z.number().int().min(1).max(500),
  /** Who sits in one session together: 1 alone, 2 a pair. */
  peopleTogether: z.number().int().min(1).max(200),
  /** Groups whose shifts may take part; empty: all. */
  groupIds: z.array(z.string()),
  weekdays: z.array(z.number().int().min(1).max(7)).min(1),
  /** Clock minutes within which a session lies. */
  fromMinute: z.number().int().min(0).max(1439),
  toMinute: z.number().int().min(1).max(1440),
});
export type ActivityRule = z.infer<typeof activityRuleSchema>;

/** One person's week (or two, by its rule) of shifts, not yet anybody's. */
export interface ShiftTour {
  readonly id: string;
  readonly ruleId: string;
  readonly groupId: string;
  readonly shiftIds: readonly string[];
}

export const activityKinds = ["work", "break", "meal", "split", "training", "meeting", "coaching"] as const;

/** A stretch of a shift. Times are minutes since the start of the plan's grid (physical, so a shift of a 25-hour day is right). */
export interface Activity {
  readonly kind: (typeof activityKinds)[number];
  readonly startMinute: number;
  readonly endMinute: number;
  readonly paid: boolean;
  /** Of which rule a placed activity is, and which of its sessions; absent for work and breaks. */
  readonly ruleId?: string;
  readonly session?: number;
}

/** One concrete shift on one day, not yet anybody's. Activities cover it without gaps, in order. */
export interface Shift {
  readonly id: string;
  readonly templateId: string;
  readonly groupId: string;
  /** Local date on which it starts. */
  readonly date: LocalDate;
  readonly startMinute: number;
  readonly endMinute: number;
  readonly activities: readonly Activity[];
  readonly pinned: boolean;
  /** So many times as long contacts take in it, beside the person's own pace: somebody is still learning. Absent: 1. */
  readonly handleFactor?: number;
}

/** How a solve ended: proved, good enough, out of time, or stopped by the person. */
export type SolveStatus = "optimal" | "gapReached" | "timeLimit" | "stopped";

/** Over what a queue's goals must hold in the simulation. */
export type GoalSpan = "interval" | "day" | "period";

/** A queue's goal over a span, and what the simulation said of it. */
export interface JudgedGoal {
  readonly queueId: string;
  readonly kind: "serviceLevel" | "abandonment" | "asa" | "occupancy";
  /** Least service level, most abandonment or occupancy (0–1), most seconds. */
  readonly goal: number;
  readonly value: number;
  /** Half-width of the value's 95 % interval, in its unit; null: not known, as of plans that an earlier version judged. */
  readonly halfWidth: number | null;
  /** As a share, of a wait of the goal; 0 or less: kept. */
  readonly missedBy: number;
  /** Intervals of the grid [firstInterval, endInterval). */
  readonly firstInterval: number;
  readonly endInterval: number;
}

/** What the simulation says of shifts that were made to keep the goals in it; its customers had no part in making them. */
export interface ScheduleJudgement {
  readonly span: GoalSpan;
  /** Share of days on which each day's service level holds; null: on average. */
  readonly confidence: number | null;
  /** Agents kept free that belong to these shifts, where others than the plan's make them cheaper. Absent: the plan's. */
  readonly reserves?: readonly Reserve[];
  readonly goals: readonly JudgedGoal[];
  /** A goal counts as kept when it is missed by no more than this: what chance does to so many replications. */
  readonly keptWithin: number;
  readonly replications: number;
  /** No shifts that keep the goals cost less: the handling itself at the cheapest pay, as if nobody ever waited for work. */
  readonly leastWorkCost: number;
  /** The same of the shifts that cover the requirement, from which the search went out. */
  readonly covering: {
    readonly cost: number;
    readonly paidHours: number;
    readonly goals: readonly JudgedGoal[];
  };
  /** Round by round: cost, and goals missed. */
  readonly rounds: readonly { readonly cost: number; readonly missed: number }[];
}

/** Shifts without names, and how far from the best possible they are. */
export interface Schedule {
  readonly grid: IntervalGrid;
  readonly shifts: readonly Shift[];
  readonly coverage: readonly QueueCoverage[];
  readonly status: SolveStatus;
  /** Cost of shifts plus penalties for under- and overstaffing and for changes, in the plan's currency. */
  readonly objective: number;
  /** No schedule under the same rules can cost less. */
  readonly bound: number;
  /** (objective − bound) ÷ objective, 0 when both are 0. */
  readonly gap: number;
  /** Wages and their premiums only. */
  readonly cost: number;
  readonly paidHours: number;
  /** Agent-hours short and over, summed over queues. */
  readonly understaffedHours: number;
  readonly overstaffedHours: number;
  /** Price of the hours short where depth or place weighs in it; absent: hours × price. */
  readonly shortCost?: number;
  /**
   * What it costs that the plan has the people it has, as far as the linear programs can tell: price, and agent-hours
   * short that would not be with as many people of every skill as shifts want. Absent: shifts were made without people.
   */
  readonly people?: { readonly cost: number; readonly understaffedHours: number };
  /** Shifts dropped and added against the schedule before it, and their price; absent: changes were free. */
  readonly changes?: { readonly count: number; readonly cost: number };
  readonly solver: string;
  /** Wall time; null where bytes must repeat. */
  readonly seconds: number | null;
  /** Which shifts make one person's week; absent when the plan has no tour rules. */
  readonly tours?: readonly ShiftTour[];
  /** Absent: the shifts cover the requirement, and nothing was simulated. */
  readonly judgement?: ScheduleJudgement;
}

/** What a plan gets for so many paid hours. */
export interface HoursPoint {
  readonly paidHours: number;
  readonly cost: number;
  readonly understaffedHours: number;
  readonly overstaffedHours: number;
  readonly coverage: readonly QueueCoverage[];
}

/** Agents in work per interval assigned to one queue; a flexible agent is split, never counted twice. */
export interface QueueCoverage {
  readonly queueId: string;
  /** Scheduled agents asked for (after shrinkage). */
  readonly asked: Float64Array;
  /** Agents the shifts put to work, before shrinkage takes its part. */
  readonly staffed: Float64Array;
}
