import "./schema-without-eval.ts";
import { z } from "zod";
import type { LocalDate } from "./clock.ts";
import type { IntervalGrid } from "./interval-grid.ts";

/** A meal or break that every shift of a template holds once. */
export const breakRuleSchema = z.object({
  id: z.string().min(1),
  kind: z.enum(["break", "meal"]),
  lengthMinutes: z.number().int().positive(),
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
  minimumWorkMinutes: z.number().int().min(0),
  costPerHour: z.number().min(0),
  /** Per day; null: no limit. */
  minimumCount: z.number().int().min(0).nullable(),
  maximumCount: z.number().int().min(0).nullable(),
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
  startBandMinutes: z.number().int().min(0),
});
export type TourRule = z.infer<typeof tourRuleSchema>;

/** One person's week of shifts, not yet anybody's. */
export interface ShiftTour {
  readonly id: string;
  readonly ruleId: string;
  readonly groupId: string;
  readonly shiftIds: readonly string[];
}

/** A stretch of a shift. Times are minutes since the start of the plan's grid (physical, so a shift of a 25-hour day is right). */
export interface Activity {
  readonly kind: "work" | "break" | "meal" | "training" | "meeting";
  readonly startMinute: number;
  readonly endMinute: number;
  readonly paid: boolean;
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
}

/** How a solve ended: proved, good enough, out of time, or stopped by the person. */
export type SolveStatus = "optimal" | "gapReached" | "timeLimit" | "stopped";

/** Shifts without names, and how far from the best possible they are. */
export interface Schedule {
  readonly grid: IntervalGrid;
  readonly shifts: readonly Shift[];
  readonly coverage: readonly QueueCoverage[];
  readonly status: SolveStatus;
  /** Cost of shifts plus penalties for under- and overstaffing, in the plan's currency. */
  readonly objective: number;
  /** No schedule under the same rules can cost less. */
  readonly bound: number;
  /** (objective − bound) ÷ objective, 0 when both are 0. */
  readonly gap: number;
  /** Wages only. */
  readonly cost: number;
  readonly paidHours: number;
  /** Agent-hours short and over, summed over queues. */
  readonly understaffedHours: number;
  readonly overstaffedHours: number;
  readonly solver: string;
  /** Wall time; null where bytes must repeat. */
  readonly seconds: number | null;
  /** Which shifts make one person's week; absent when the plan has no tour rules. */
  readonly tours?: readonly ShiftTour[];
}

/** Agents in work per interval assigned to one queue; a flexible agent is split, never counted twice. */
export interface QueueCoverage {
  readonly queueId: string;
  /** Scheduled agents asked for (after shrinkage). */
  readonly asked: Float64Array;
  /** Agents the shifts put to work, before shrinkage takes its part. */
  readonly staffed: Float64Array;
}
