import "./schema-without-eval.ts";
import { z } from "zod";
import type { LocalDate } from "../calendar/clock.ts";
import { dayOfDate, type IntervalGrid, intervalAt } from "../calendar/interval-grid.ts";
import type { IntervalRange } from "../calendar/ranges.ts";
import { callbackSchema } from "./queue.ts";

const count = z.number().min(0);

const fromMinute = z.number().int().min(0).max(1440);

/** What was decided about a queue for the rest of one day, from a clock minute on. The plan of other days stays. */
export const dayMeasureSchema = z.discriminatedUnion("kind", [
  /** Callbacks are offered, on these terms. */
  z.object({ kind: z.literal("callbacks"), queueId: z.string().min(1), fromMinute, offer: callbackSchema }),
  /** The queue is closed: who calls is lost. */
  z.object({ kind: z.literal("closed"), queueId: z.string().min(1), fromMinute }),
  /** Somebody who also serves other queues works for this one alone. */
  z.object({
    kind: z.literal("lent"),
    queueId: z.string().min(1),
    fromMinute,
    agentId: z.string().min(1),
  }),
]);
export type DayMeasure = z.infer<typeof dayMeasureSchema>;

/** The day that is going on: what is known of it now. */
export const todaySchema = z.object({
  date: z.iso.date(),
  /** Clock of the line "now": nothing after it is taken as known. */
  nowMinute: z.number().int().min(0).max(1440),
  /** What came, per queue; `offered` has one value per interval of the date, null where nothing is known. */
  came: z.array(
    z.object({
      queueId: z.string().min(1),
      offered: z.array(count.nullable()),
      handled: count.nullable(),
      handleSeconds: count.nullable(),
    }),
  ),
  /** Who called in sick, and from which minute of the day they are away. */
  sick: z.array(z.object({ agentId: z.string().min(1), fromMinute })),
  /** Absent: none. */
  measures: z.array(dayMeasureSchema).optional(),
});
export type Today = z.infer<typeof todaySchema>;
export type CameToday = Today["came"][number];

/** A day without news: as planned, with nothing known of it. */
export function dayWithoutNews(date: LocalDate, nowMinute: number): Today {
  return { date, nowMinute, came: [], sick: [] };
}

/**
 * A day on other intervals, in minutes: its counts summed to wider ones, where what is not known of a part is not known
 * of the whole; dropped on narrower ones, which they do not tell.
 */
export function todayOnIntervals(today: Today, from: number, to: number): Today {
  if (from === to) return today;
  const factor = to / from;
  if (!Number.isInteger(factor)) return { ...today, came: [] };
  return {
    ...today,
    came: today.came.map((queue) => ({
      ...queue,
      offered: Array.from({ length: Math.ceil(queue.offered.length / factor) }, (_, at) => {
        const parts = queue.offered.slice(at * factor, (at + 1) * factor);
        return parts.reduce<number | null>(
          (sum, part) => (sum === null || part === null ? null : sum + part),
          0,
        );
      }),
    })),
  };
}

/** Where a day lies in a plan's grid. */
export interface TodayOnGrid {
  readonly day: number;
  readonly range: IntervalRange;
  /** First interval that is not over; `range.end` when all are. */
  readonly now: number;
}

/** null where the plan does not hold the date. */
export function todayOnGrid(grid: IntervalGrid, { date, nowMinute }: Today): TodayOnGrid | null {
  const day = dayOfDate(grid, date);
  if (day === null) return null;
  const range = { first: grid.dayOffsets[day], end: grid.dayOffsets[day + 1] };
  return { day, range, now: intervalOf(grid, date, nowMinute, range) };
}

/** Interval of a minute of the day; the end of the day at midnight, and what follows where the clock skips the minute. */
export function intervalOf(
  grid: IntervalGrid,
  date: LocalDate,
  minuteOfDay: number,
  range: IntervalRange,
): number {
  for (let minute = minuteOfDay; minute < 1440; minute += grid.intervalMinutes) {
    const interval = intervalAt(grid, date, minute);
    if (interval !== null) return interval;
  }
  return range.end;
}
