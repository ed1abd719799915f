import type { IntervalGrid } from "../../domain/calendar/interval-grid.ts";
import { memoizeByObject } from "../../domain/memo.ts";
import type { Shift } from "../../domain/plan/shift.ts";
import { endOfDayMinute, startOfDayMinute } from "./plan-days.ts";
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

/** The kinds of shift of a plan: shifts that differ in nothing but date and place of breaks are of one kind. */
export interface ShiftKinds {
  readonly kinds: readonly PlanShiftKind[];
  /** One shift of each kind, from which further ones are cut. */
  readonly samples: readonly Shift[];
  /** Kind of a shift by its times, template and group; null for one that is not among them. */
  kindOf(shift: Shift): number | null;
}

/** A kind whose times are known. */
export interface PlanShiftKind extends ShiftKind {
  readonly startMinute: number;
  readonly endMinute: number;
  readonly isNight: boolean;
  /** Real minutes from the midnight before to the start, and from the end to the midnight after; negative beyond it. */
  readonly afterMidnight: number;
  readonly untilMidnight: number;
}

export function shiftKinds(grid: IntervalGrid, shifts: readonly Shift[]): ShiftKinds {
  const kindName = kindNamesOf(grid);
  const kindByName = new Map<string, number>();
  const samples: Shift[] = [];
  for (const shift of shifts) {
    const name = kindName(shift);
    if (kindByName.has(name)) continue;
    kindByName.set(name, samples.length);
    samples.push(shift);
  }
  return {
    kinds: samples.map((sample) => kindOfSample(grid, sample)),
    samples,
    kindOf: (shift) => kindByName.get(kindName(shift)) ?? null,
  };
}

function kindOfSample(grid: IntervalGrid, sample: Shift): PlanShiftKind {
  const startMinute = sample.startMinute - startOfDayMinute(grid, sample.date);
  const endMinute = startMinute + sample.endMinute - sample.startMinute;
  return {
    id: kindNamesOf(grid)(sample),
    minutes: paidMinutes(sample),
    startMinute,
    endMinute,
    isNight: isNightShift(startMinute, endMinute),
    afterMidnight: startMinute,
    untilMidnight: endOfDayMinute(grid, sample.date) - sample.endMinute,
  };
}

/** Paid time of a shift, minutes. */
export function paidMinutes(shift: Shift): number {
  return shift.activities.reduce(
    (sum, activity) => sum + (activity.paid ? activity.endMinute - activity.startMinute : 0),
    0,
  );
}

/** Equal for shifts of one kind. Remembered, as a plan's problem is made again at some edits. */
const kindNamesOf = memoizeByObject((grid: IntervalGrid) =>
  memoizeByObject((shift: Shift): string => {
    const start = shift.startMinute - startOfDayMinute(grid, shift.date);
    const untilMidnight = endOfDayMinute(grid, shift.date) - shift.endMinute;
    return `${shift.groupId}/${shift.templateId}/${start}/${untilMidnight}/${paidMinutes(shift)}`;
  }),
);
