import type { PlanDocument } from "../domain/plan.ts";
import type { Schedule, Shift } from "../domain/shift.ts";
import { coverageOf, type DaysCoverage, reviseSchedule } from "../scheduling/schedule-of-shifts.ts";

/** Shifts of the plan's schedule changed by hand: coverage, cost and gap follow. Unchanged where there is none. */
export function withShifts(
  document: PlanDocument,
  change: (shifts: readonly Shift[]) => readonly Shift[],
): PlanDocument {
  const { schedule, requirement } = document.results;
  if (schedule === null || requirement === null) return document;
  const shifts = change(schedule.value.shifts);
  if (shifts === schedule.value.shifts) return document;
  const value = reviseSchedule(termsOf(document), schedule.value, shifts);
  return { ...document, results: { ...document.results, schedule: { ...schedule, value } } };
}

/** Coverage of some days with other shifts, quick enough to follow a drag; null without a requirement. */
export function coverageWith(
  document: PlanDocument,
  schedule: Schedule,
  changed: Shift,
  firstDay: number,
  endDay: number,
): DaysCoverage | null {
  if (document.results.requirement === null) return null;
  const { dayOffsets, intervalMinutes } = schedule.grid;
  const from = dayOffsets[firstDay] * intervalMinutes;
  const to = dayOffsets[endDay] * intervalMinutes;
  const shifts = schedule.shifts
    .map((shift) => (shift.id === changed.id ? changed : shift))
    .filter(({ startMinute, endMinute }) => endMinute > from && startMinute < to);
  return coverageOf(termsOf(document), shifts, firstDay, endDay);
}

function termsOf({ plan, results }: PlanDocument) {
  return {
    requirement: results.requirement!.value,
    queues: plan.queues,
    groups: plan.groups,
    templates: plan.templates,
    settings: plan.scheduling,
  };
}
