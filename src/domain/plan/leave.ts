import "./schema-without-eval.ts";
import { z } from "zod";
import { addDays, daysBetween, type LocalDate } from "../calendar/clock.ts";
import { typing } from "../number-limits.ts";
import type { ShrinkageItem } from "./queue.ts";

/** What somebody is away for; only a holiday counts against the allowance. */
export const leaveKinds = ["holiday", "unpaid", "training", "sick", "other"] as const;
export type LeaveKind = (typeof leaveKinds)[number];

/** Longest leave that can be asked for at once, days. */
export const longestLeaveDays = 366;

/** Leave that somebody asks for, whole days or the same hours of each day, and what became of it. */
export const leaveRequestSchema = z.object({
  id: z.string().min(1),
  agentId: z.string().min(1),
  kind: z.enum(leaveKinds),
  /** First and last day, both included. */
  fromDate: z.iso.date(),
  toDate: z.iso.date(),
  /** Clock minutes, half-open, of every day asked for. Absent: whole days. */
  hours: z
    .object({ fromMinute: z.number().int().min(0).max(1439), toMinute: z.number().int().min(1).max(1440) })
    .optional(),
  /** null: not known. */
  askedOn: z.iso.date().nullable(),
  state: z.enum(["asked", "granted", "refused"]),
  note: z.string().optional(),
  /** Days that granting it added to those somebody is away; they go when it is taken back. */
  grantedDates: z.array(z.iso.date()).optional(),
});
export type LeaveRequest = z.infer<typeof leaveRequestSchema>;

/** Days of holiday, counted as the contract counts days of work. */
export const leaveAllowanceSchema = z.object({
  agentId: z.string().min(1),
  /** Year from which on it holds, until one of a later year. */
  year: z.number().int().min(1970).max(2199),
  daysPerYear: z.number().min(0).max(366).register(typing, { unit: "days", step: 1, digits: 1 }),
  /** Brought along into `year` itself; below 0: overdrawn. */
  carriedOverDays: z.number().min(-366).max(366).register(typing, { unit: "days", step: 1, digits: 1 }),
});
export type LeaveAllowance = z.infer<typeof leaveAllowanceSchema>;

/**
 * Requests for leave and what each person has of it. Granted leave stands in the person's `daysOff` and `unavailable`,
 * which are all that a roster reads; nothing of this is read by a stage.
 */
export const leaveSchema = z.object({
  requests: z.array(leaveRequestSchema),
  allowances: z.array(leaveAllowanceSchema),
  /** Items of shrinkage that stand for leave: left out wherever leave is counted by person. */
  shrinkageIds: z.array(z.string()),
});
export type Leave = z.infer<typeof leaveSchema>;

export const noLeave: Leave = { requests: [], allowances: [], shrinkageIds: [] };

/** The shrinkage that is left where leave is counted by person, so that it is not counted twice. */
export function shrinkageBesideLeave(plan: {
  readonly shrinkage: readonly ShrinkageItem[];
  readonly leave?: Leave;
}): readonly ShrinkageItem[] {
  const ids = plan.leave?.shrinkageIds ?? [];
  return ids.length === 0 ? plan.shrinkage : plan.shrinkage.filter(({ id }) => !ids.includes(id));
}

/** All days of a request, in order; empty where it ends before it begins. */
export function datesOfRequest({ fromDate, toDate }: Pick<LeaveRequest, "fromDate" | "toDate">): LocalDate[] {
  const count = Math.min(longestLeaveDays, daysBetween(fromDate, toDate) + 1);
  return Array.from({ length: Math.max(0, count) }, (_, day) => addDays(fromDate, day));
}

/** Whether two requests of the same person have time in common. */
export function requestsOverlap(a: LeaveRequest, b: LeaveRequest): boolean {
  if (a.agentId !== b.agentId || a.toDate < b.fromDate || b.toDate < a.fromDate) return false;
  if (a.hours === undefined || b.hours === undefined) return true;
  return a.hours.fromMinute < b.hours.toMinute && b.hours.fromMinute < a.hours.toMinute;
}
