import "./schema-without-eval.ts";
import { z } from "zod";
import type { LocalDate, Weekday } from "../calendar/clock.ts";

/** What a column of a list of people can be, beside one queue's levels. */
export const peopleFields = [
  "key",
  "name",
  "firstName",
  "lastName",
  "email",
  "team",
  "site",
  "contract",
  "weeklyHours",
  "skills",
  "speed",
  "firstDay",
  "lastDay",
  "daysNeverWorked",
  "daysWorked",
  "leave",
  "leaveFrom",
  "leaveTo",
] as const;
export type PeopleField = (typeof peopleFields)[number];

/** What a column holds: a field, somebody's level in one queue, or nothing that a plan takes. */
export type ColumnMeaning = PeopleField | `queue:${string}` | "ignored";

export const dateOrders = ["ymd", "dmy", "mdy"] as const;

/** What a person settled about a list of people, kept with the plan for the next list. */
export const peopleListHabitsSchema = z.object({
  /** Columns by their heading, with a `ColumnMeaning`. */
  columns: z.array(z.object({ heading: z.string(), meaning: z.string() })),
  /** Absent: the dates say it. */
  dateOrder: z.enum(dateOrders).optional(),
  /** What the list calls a skill; null: left out. */
  skills: z.array(z.object({ text: z.string(), queueId: z.string().nullable() })),
  /** What the list calls a contract. */
  contracts: z.array(z.object({ text: z.string(), contractId: z.string() })),
});
export type PeopleListHabits = z.infer<typeof peopleListHabitsSchema>;

/** How well somebody serves a queue: as one of their own, only once a contact there has waited, or not. */
export type SkillLevel = "primary" | "secondary" | "none";

/** One person as a list has them. What is absent the list does not say, and stays as it is. */
export interface ListedPerson {
  /** One-based line of the list. */
  readonly line: number;
  readonly key: string;
  readonly name?: string;
  readonly email?: string;
  readonly team?: string;
  readonly site?: string;
  /** As the list calls it. */
  readonly contract?: string;
  readonly weeklyMinutes?: number;
  /** Levels by queue. */
  readonly levels?: ReadonlyMap<string, SkillLevel>;
  /** Whether queues that `levels` does not name are not served; otherwise they stay. */
  readonly levelsAreAll?: boolean;
  /** Factor on handle time. */
  readonly speed?: number;
  readonly joined?: LocalDate;
  /** null: stays. */
  readonly lastDate?: LocalDate | null;
  readonly daysNeverWorked?: readonly Weekday[];
  /** Days of leave, added to those that are there. */
  readonly leave?: readonly LocalDate[];
}
