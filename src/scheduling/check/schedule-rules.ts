import {
  addDays,
  daysBetween,
  type LocalDate,
  localTimeAt,
  offsetMinutesAt,
  startOfDayEpochSeconds,
  weekdayOf,
} from "../../domain/calendar/clock.ts";
import { intervalCount, localTimeOf } from "../../domain/calendar/interval-grid.ts";
import type { AgentGroup, Queue } from "../../domain/plan/queue.ts";
import type { SchedulingSettings } from "../../domain/plan/scheduling-settings.ts";
import type {
  ActivityRule,
  Premium,
  Schedule,
  Shift,
  ShiftTemplate,
  TourRule,
} from "../../domain/plan/shift.ts";
import type { Requirement } from "../../domain/results/requirement.ts";
import type { WorkLimit } from "../../domain/results/work-limit.ts";

/** What a schedule is judged by. */
export interface ScheduleRules {
  readonly requirement: Requirement;
  /** For the hard minimums of queues; absent: there are none. */
  readonly queues?: readonly Pick<Queue, "id" | "minimumAgents">[];
  readonly groups: readonly AgentGroup[];
  readonly templates: readonly ShiftTemplate[];
  readonly costPerHourShort: number;
  readonly costPerHourOver: number;
  readonly pinned: readonly Shift[];
  /** Hard minimums by time. */
  readonly minimums?: SchedulingSettings["minimums"];
  readonly tours?: readonly TourRule[];
  readonly premiums?: readonly Premium[];
  readonly shortageSteps?: readonly { readonly beyondShare: number; readonly factor: number }[];
  readonly shortWeights?: readonly { readonly queueId: string; readonly weights: Float64Array }[];
  readonly budgetHours?: number | null;
  /** Price of each shift dropped from, or added to, `present`. */
  readonly changePrice?: number;
  readonly present?: Pick<Schedule, "shifts">;
  /** Only breaks may differ from `present`. */
  readonly breaksOnly?: boolean;
  readonly activities?: readonly ActivityRule[];
  /** What people can work at most; more pinned shifts than that are a person's own. */
  readonly workLimits?: readonly WorkLimit[];
}

/** A rule that does not hold, in stable words; `shiftId` when it is about one shift. */
export interface ScheduleFault {
  readonly rule:
    | "duplicateId"
    | "unknownTemplate"
    | "unknownGroup"
    | "groupNotAllowed"
    | "weekday"
    | "start"
    | "length"
    | "activities"
    | "breaks"
    | "breakWindow"
    | "minimumWork"
    | "activity"
    | "budget"
    | "onlyBreaksMove"
    | "minimumCount"
    | "maximumCount"
    | "people"
    | "minimumAgents"
    | "pinnedMoved"
    | "tour"
    | "coverage"
    | "figures"
    | "bound";
  readonly shiftId: string | null;
  readonly detail: string;
}

/** A time by the clock. */
export interface ClockTime {
  readonly date: LocalDate;
  readonly minute: number;
}

/** Clock time of a minute of the grid, which may lie past its end. */
export function clockTimeOf({ grid }: Pick<Schedule, "grid">, minute: number): ClockTime {
  const interval = Math.floor(minute / grid.intervalMinutes);
  if (interval >= intervalCount(grid)) {
    const epochSeconds = grid.startEpochSeconds + minute * 60;
    const { date, minuteOfDay } = localTimeAt(epochSeconds, offsetMinutesAt(epochSeconds, grid.timeZone));
    return { date, minute: minuteOfDay };
  }
  const { date, minuteOfDay } = localTimeOf(grid, interval);
  return { date, minute: minuteOfDay + (minute - interval * grid.intervalMinutes) };
}

/** Clock time at which something starts; null outside the plan's days. */
export function startTimeOf(schedule: Pick<Schedule, "grid">, minute: number): ClockTime | null {
  const { grid } = schedule;
  return minute >= 0 && minute < intervalCount(grid) * grid.intervalMinutes
    ? clockTimeOf(schedule, minute)
    : null;
}

/** Whether a shift is at work on a Saturday or a Sunday, the end of a Friday night included. */
export function worksAtWeekend(schedule: Schedule, { startMinute, endMinute }: Shift): boolean {
  return [startMinute, endMinute - 1].some((minute) => weekdayOf(clockTimeOf(schedule, minute).date) >= 6);
}

/**
 * Length of a shift as its template counts it: elapsed time, or for templates that keep their end over a clock change
 * the time from start to end by the clock; elapsed too where the clock skips that end.
 */
export function plannedLength(
  { overClockChange }: Pick<ShiftTemplate, "overClockChange">,
  schedule: Pick<Schedule, "grid">,
  { startMinute, endMinute }: Shift,
): number {
  const elapsed = endMinute - startMinute;
  if (overClockChange !== "keepsEnd") return elapsed;
  const start = clockTimeOf(schedule, startMinute);
  const end = clockTimeOf(schedule, endMinute);
  const byClock = 1440 * daysBetween(start.date, end.date) + end.minute - start.minute;
  if (byClock === elapsed) return elapsed;
  const wantedEnd = start.minute + elapsed;
  const wantedDate = addDays(start.date, Math.floor(wantedEnd / 1440));
  return isSkipped(schedule, wantedDate, wantedEnd % 1440) ? elapsed : byClock;
}

/** Whether the clock never shows a time on a date: with neither of the day's two offsets does it. */
function isSkipped({ grid: { timeZone } }: Pick<Schedule, "grid">, date: LocalDate, minute: number): boolean {
  const midnightUtc = daysBetween("1970-01-01", date) * 86_400;
  return [date, addDays(date, 1)].every((day) => {
    const offset = offsetMinutesAt(startOfDayEpochSeconds(day, timeZone), timeZone);
    const epochSeconds = midnightUtc + (minute - offset) * 60;
    return localTimeAt(epochSeconds, offsetMinutesAt(epochSeconds, timeZone)).minuteOfDay !== minute;
  });
}
