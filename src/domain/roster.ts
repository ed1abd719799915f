import "./schema-without-eval.ts";
import { z } from "zod";
import type { LocalDate } from "./clock.ts";
import type { IntervalGrid } from "./interval-grid.ts";
import type { Shift, SolveStatus } from "./shift.ts";

const localDateSchema = z.iso.date();

/** Wish of one agent for one day; `weight` is what leaving it unmet costs. */
export const wishSchema = z.object({
  date: localDateSchema,
  kind: z.enum(["shiftOn", "shiftOff"]),
  /** null: any shift. */
  templateId: z.string().nullable(),
  weight: z.number().positive(),
});
export type Wish = z.infer<typeof wishSchema>;

/** What an agent has agreed to work. */
export const contractSchema = z.object({
  id: z.string().min(1),
  name: z.string().min(1),
  minimumMinutesPerWeek: z.number().min(0),
  maximumMinutesPerWeek: z.number().positive(),
  maximumConsecutiveDays: z.number().int().positive(),
  minimumConsecutiveDays: z.number().int().min(1),
  minimumConsecutiveDaysOff: z.number().int().min(1),
  /** Per period of the plan; null: no limit. */
  maximumWeekends: z.number().int().min(0).nullable(),
  minimumRestMinutes: z.number().min(0),
});
export type Contract = z.infer<typeof contractSchema>;

/** A person who takes shifts. */
export const agentSchema = z.object({
  id: z.string().min(1),
  name: z.string().min(1),
  team: z.string(),
  /** The group whose queues this person serves. */
  groupId: z.string().min(1),
  contractId: z.string().min(1),
  /** Factor on handle time: 1 average, 0.9 quicker. */
  proficiency: z.number().positive(),
  /** ISO date of joining; earlier is more senior. */
  joined: localDateSchema,
  /** Hard: no shift that day. */
  daysOff: z.array(localDateSchema),
  wishes: z.array(wishSchema),
});
export type Agent = z.infer<typeof agentSchema>;

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
}
