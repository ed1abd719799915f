import { daysBetween, type LocalDate } from "../../domain/calendar/clock.ts";
import { dateOfDay, type IntervalGrid, instantOfMinute } from "../../domain/calendar/interval-grid.ts";
import { memoizeByObject } from "../../domain/memo.ts";
import type { Shift } from "../../domain/plan/shift.ts";
import { clockMinuteFrom, endOfDayMinute, isPlainDay, startOfDayMinute } from "./plan-days.ts";
import type { ShiftKind } from "./roster-problem.ts";

/** Shifts that start before this clock minute, or reach as far past midnight, are nights. */
const nightEndMinute = 6 * 60;
/** Other shifts that end after this are lates. */
const lateMinute = 19 * 60;
/** Starts before this are early, the others late. */
export const noonMinute = 12 * 60;

/** Some time between 00:00 and 06:00; clock minutes since the midnight before the start. */
export function isNightShift(startMinute: number, endMinute: number): boolean {
  return startMinute < nightEndMinute || endMinute > 1440;
}

/** Ends in the late evening and is no night. */
export function isLateShift(startMinute: number, endMinute: number): boolean {
  return !isNightShift(startMinute, endMinute) && endMinute > lateMinute;
}

/**
 * The kinds of shift of a plan: shifts of one kind have the same group, template, paid time and clock times, and are as
 * far from the midnights around them. On days on which the clocks change that makes kinds of their own. Where people
 * are wanted by the interval, breaks tell kinds apart too.
 */
export interface ShiftKinds {
  readonly kinds: readonly PlanShiftKind[];
  /** One shift of each kind, from which further ones are cut. */
  readonly samples: readonly Shift[];
  /** Kind of a shift; null for one that is not among them. */
  kindOf(shift: Shift): number | null;
  /** Whether a shift that starts as far from midnight as the kind's would be of that kind on this day too. */
  isSameOn(day: number, kind: number): boolean;
}

/** Clock minutes count from the midnight before the start. */
export interface PlanShiftKind extends ShiftKind {
  readonly templateId: string;
  readonly groupId: string;
  readonly startMinute: number;
  readonly endMinute: number;
  readonly isNight: boolean;
  /** Real minutes from the midnight before to the start, and from the end to the midnight after; below 0 beyond it. */
  readonly afterMidnight: number;
  readonly untilMidnight: number;
}

export function shiftKinds(grid: IntervalGrid, shifts: readonly Shift[], areBreaksTold: boolean): ShiftKinds {
  const described = describedOf(grid);
  const nameOf = (shift: Shift): string => {
    const { kind, breaks } = described(shift);
    return areBreaksTold ? `${kind.id}/${breaks}` : kind.id;
  };
  const kindByName = new Map<string, number>();
  const samples: Shift[] = [];
  for (const shift of shifts) {
    const name = nameOf(shift);
    if (kindByName.has(name)) continue;
    kindByName.set(name, samples.length);
    samples.push(shift);
  }
  return {
    kinds: samples.map((sample) => described(sample).kind),
    samples,
    kindOf: (shift) => kindByName.get(nameOf(shift)) ?? null,
    isSameOn(day, kind) {
      const date = dateOfDay(grid, day);
      const sample = samples[kind];
      if (date === sample.date) return true;
      const kindsDay = daysBetween(grid.firstDate, sample.date);
      const isPlain = (on: number) =>
        isPlainDay(grid, on) && (on + 1 >= grid.dayCount || isPlainDay(grid, on + 1));
      if (isPlain(day) && isPlain(kindsDay)) return true;
      return described(movedShift(grid, sample, date)).kind.id === described(sample).kind.id;
    },
  };
}

/** The shift on another date, as far from midnight as it was. */
function movedShift(grid: IntervalGrid, shift: Shift, date: LocalDate): Shift {
  const offset = startOfDayMinute(grid, date) - startOfDayMinute(grid, shift.date);
  const { startMinute, endMinute } = shift;
  return { ...shift, date, startMinute: startMinute + offset, endMinute: endMinute + offset };
}

/** Paid time of a shift, minutes. */
export function paidMinutes(shift: Shift): number {
  return shift.activities.reduce(
    (sum, activity) => sum + (activity.paid ? activity.endMinute - activity.startMinute : 0),
    0,
  );
}

/** The kind of each shift and where its breaks are, remembered, as a plan's problem is made again at some edits. */
const describedOf = memoizeByObject((grid: IntervalGrid) =>
  memoizeByObject((shift: Shift): { readonly kind: PlanShiftKind; readonly breaks: string } => {
    const { date, groupId, templateId } = shift;
    const realMinutes = (from: number, to: number): number =>
      (instantOfMinute(grid, to) - instantOfMinute(grid, from)) / 60;
    const minutes = paidMinutes(shift);
    const afterMidnight = realMinutes(startOfDayMinute(grid, date), shift.startMinute);
    const untilMidnight = realMinutes(shift.endMinute, endOfDayMinute(grid, date));
    const startMinute = clockMinuteFrom(grid, date, shift.startMinute);
    // The last minute's clock, since the clock of the end may be that of a day which does not begin at 00:00.
    const endMinute = clockMinuteFrom(grid, date, shift.endMinute - 1) + 1;
    const kind: PlanShiftKind = {
      id: [groupId, templateId, afterMidnight, untilMidnight, startMinute, endMinute, minutes].join("/"),
      templateId,
      groupId,
      minutes,
      startMinute,
      endMinute,
      isNight: isNightShift(startMinute, endMinute),
      afterMidnight,
      untilMidnight,
    };
    const breaks = shift.activities
      .filter((activity) => activity.kind !== "work")
      .map(
        (activity) => `${activity.startMinute - shift.startMinute}-${activity.endMinute - shift.startMinute}`,
      );
    return { kind, breaks: breaks.join() };
  }),
);
