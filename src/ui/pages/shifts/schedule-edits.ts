import type { PlanDocument } from "../../../domain/plan/plan.ts";
import type { QueueCoverage, Schedule, Shift } from "../../../domain/plan/shift.ts";
import { expectedTotals } from "../../../scenarios/measuring/measured-plan.ts";
import { coverageOf, type DaysCoverage, reviseSchedule } from "../../../scheduling/schedule-figures.ts";
import { stepsPerInterval } from "../../../staffing/agents-on-queue.ts";
import { expectedService } from "../../../staffing/expected-service.ts";
import { availableShare } from "../../../staffing/shrinkage.ts";
import { scheduleTerms } from "../../../stages/schedule-terms.ts";

/** Shifts of the plan's schedule changed by hand: coverage, cost and gap follow. Unchanged where there is none. */
export function withShifts(
  document: PlanDocument,
  change: (shifts: readonly Shift[]) => readonly Shift[],
): PlanDocument {
  const { schedule, requirement } = document.results;
  if (schedule === null || requirement === null) return document;
  const shifts = change(schedule.value.shifts);
  if (shifts === schedule.value.shifts) return document;
  const value = reviseSchedule(scheduleTerms(document.plan, requirement.value), schedule.value, shifts);
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
  const { requirement } = document.results;
  if (requirement === null) return null;
  const { dayOffsets, intervalMinutes } = schedule.grid;
  const from = dayOffsets[firstDay] * intervalMinutes;
  const to = dayOffsets[endDay] * intervalMinutes;
  const shifts = schedule.shifts
    .map((shift) => (shift.id === changed.id ? changed : shift))
    .filter(({ startMinute, endMinute }) => endMinute > from && startMinute < to);
  return coverageOf(scheduleTerms(document.plan, requirement.value), shifts, firstDay, endDay);
}

/**
 * Share of contacts that so many agents of each queue can be expected to answer in time in some days, each queue with
 * agents of its own; null: nobody calls, or the formula does not answer.
 */
export function expectedLevel(
  { plan, results }: PlanDocument,
  coverage: readonly QueueCoverage[],
  firstDay: number,
  endDay: number,
): number | null {
  if (results.forecast === null) return null;
  const forecast = results.forecast.value;
  const { grid } = forecast;
  const available = availableShare(grid, plan.shrinkage);
  const parts = stepsPerInterval(grid);
  const queues = plan.queues.filter(({ channel }) => channel !== "deferred");
  const agents = queues.map(({ id }) => {
    const staffed =
      coverage.find(({ queueId }) => queueId === id)?.staffed ?? new Float64Array(available.length);
    const mean = Float64Array.from(
      { length: available.length * parts },
      (_, at) => staffed[Math.floor(at / parts)] * available[Math.floor(at / parts)],
    );
    const nothing = new Float64Array(mean.length);
    return { mean, variance: nothing, leaving: nothing, speed: nothing.map(() => 1) };
  });
  const own = { ...plan, queues, groups: queues.map(({ id, name }) => ({ id, name, queueIds: [id] })) };
  const range = { first: grid.dayOffsets[firstDay], end: grid.dayOffsets[endDay] };
  const { serviceLevel } = expectedTotals({ plan }, expectedService(own, forecast, agents, range), range);
  return Number.isNaN(serviceLevel) ? null : serviceLevel;
}

/** Shifts of one schedule that the other has not, both ways, and the dates they are on; null: the same. */
export function shiftsThatDiffer(
  before: Schedule,
  after: Schedule,
): { readonly shifts: number; readonly dates: readonly string[] } | null {
  const textOf = ({ date, templateId, groupId, startMinute, endMinute, activities }: Shift) =>
    JSON.stringify([date, templateId, groupId, startMinute, endMinute, activities]);
  const left = new Map<string, number>();
  for (const shift of before.shifts) left.set(textOf(shift), (left.get(textOf(shift)) ?? 0) + 1);
  const dates = new Set<string>();
  let count = 0;
  for (const shift of after.shifts) {
    const same = left.get(textOf(shift)) ?? 0;
    if (same > 0) left.set(textOf(shift), same - 1);
    else {
      count++;
      dates.add(shift.date);
    }
  }
  for (const shift of before.shifts) {
    const same = left.get(textOf(shift)) ?? 0;
    if (same === 0) continue;
    left.set(textOf(shift), same - 1);
    count++;
    dates.add(shift.date);
  }
  return count === 0 ? null : { shifts: count, dates: [...dates].sort() };
}
