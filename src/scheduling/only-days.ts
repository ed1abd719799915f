import { type Days, isOn } from "../domain/plan/days.ts";
import type { Schedule, Shift } from "../domain/plan/shift.ts";
import type { Requirement } from "../domain/results/requirement.ts";
import type { ScheduleTerms } from "./problem/shift-block.ts";
import { coverageOf, scheduleOf } from "./schedule-figures.ts";

/**
 * Shifts of some days solved again, those of all others held: what `optimiseShifts` is asked.
 *
 * Shifts that begin on other days are pinned, so that limits of templates, hours of people and the budget count them; and
 * there as many agents are asked for as they put to work, so that nothing is added. What it makes is put together by
 * `withDays`, which takes nothing of the other days from it.
 */
export function heldOutside(
  terms: ScheduleTerms,
  shifts: readonly Shift[],
  days: Days,
): { readonly requirement: Requirement; readonly shifts: readonly Shift[] } {
  const { requirement } = terms;
  const { grid } = requirement;
  const { coverage } = coverageOf(terms, shifts, 0, grid.dayCount);
  return {
    requirement: {
      ...requirement,
      queues: requirement.queues.map((queue) => {
        const staffed = coverage.find(({ queueId }) => queueId === queue.queueId)?.staffed;
        const scheduledAgents = queue.scheduledAgents.slice();
        for (let day = 0; day < grid.dayCount; day++) {
          if (days.has(day)) continue;
          for (let index = grid.dayOffsets[day]; index < grid.dayOffsets[day + 1]; index++)
            scheduledAgents[index] = staffed?.[index] ?? 0;
        }
        return { ...queue, scheduledAgents };
      }),
    },
    shifts: shifts.map((shift) => (isOn(grid, shift, days) ? shift : { ...shift, pinned: true })),
  };
}

/**
 * The present schedule with the shifts that `solved` has on some days. All others are the same objects as before. The
 * bound holds for every schedule that leaves those as they are.
 */
export function withDays(
  terms: ScheduleTerms,
  present: readonly Shift[],
  solved: Schedule,
  days: Days,
): Schedule {
  const { grid } = terms.requirement;
  const shifts = [
    ...present.filter((shift) => !isOn(grid, shift, days)),
    ...solved.shifts.filter((shift) => isOn(grid, shift, days)),
  ];
  const { solver, seconds, changes } = solved;
  const revised = scheduleOf(terms, shifts, { bound: 0, solver, seconds, changes });
  const unproved = Math.max(0, solved.objective - solved.bound);
  return scheduleOf(terms, shifts, { bound: revised.objective - unproved, solver, seconds, changes });
}
