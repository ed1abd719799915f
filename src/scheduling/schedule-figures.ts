import { intervalCount } from "../domain/calendar/interval-grid.ts";
import type { QueueCoverage, Schedule, Shift } from "../domain/plan/shift.ts";
import { paidHoursOf, wagesOf } from "../domain/plan/wages.ts";
import { relativeGap } from "../optimising/solver.ts";
import { allocateAgents } from "./problem/agent-allocation.ts";
import { blockOfShifts } from "./problem/build-block.ts";
import type { ScheduleTerms } from "./problem/shift-block.ts";
import { shortageCost } from "./problem/staffing-penalty.ts";
import { commonStepOf } from "./problem/template-starts.ts";

/** What the figures of a schedule do not follow from: how it was made. */
type Making = Pick<Schedule, "bound" | "solver" | "seconds" | "changes">;

/** Coverage, cost and gap of concrete shifts, whoever made them. A `bound` above what they cost is cut to that. */
export function scheduleOf(
  terms: ScheduleTerms,
  unsorted: readonly Shift[],
  { bound, solver, seconds, changes }: Making,
): Schedule {
  const { grid } = terms.requirement;
  const shifts = [...unsorted].sort((a, b) => a.startMinute - b.startMinute || (a.id < b.id ? -1 : 1));
  const { coverage, understaffedHours, overstaffedHours, shortCost } = coverageOf(
    terms,
    shifts,
    0,
    grid.dayCount,
  );
  const paidHours = shifts.reduce((sum, shift) => sum + paidHoursOf(shift), 0);
  const cost = wagesIn(terms, shifts);
  const { costPerHourShort, costPerHourOver, gap: enough } = terms.settings;
  const weighed = (terms.settings.shortageSteps ?? []).length > 0 || terms.shortWeights !== undefined;
  const short = weighed ? shortCost : understaffedHours * costPerHourShort;
  const objective = cost + short + overstaffedHours * costPerHourOver + (changes?.cost ?? 0);
  const gap = relativeGap(objective, Math.min(bound, objective));
  return {
    grid,
    shifts,
    coverage,
    status: gap === 0 ? "optimal" : gap <= enough + 1e-9 ? "gapReached" : "timeLimit",
    objective,
    bound: gap === 0 ? objective : bound,
    gap,
    cost,
    paidHours,
    understaffedHours,
    overstaffedHours,
    ...(weighed ? { shortCost } : {}),
    ...(changes === undefined ? {} : { changes }),
    solver,
    seconds,
  };
}

/** The schedule with its shifts changed by hand. The bound stays: it holds for every schedule under the same rules. */
export function reviseSchedule(terms: ScheduleTerms, before: Schedule, shifts: readonly Shift[]): Schedule {
  const revised = scheduleOf(terms, shifts, before);
  const kept = new Set(shifts.map(({ id }) => id));
  const tours = before.tours?.map((tour) => ({
    ...tour,
    shiftIds: tour.shiftIds.filter((id) => kept.has(id)),
  }));
  return {
    ...revised,
    status: revised.status === "timeLimit" ? before.status : revised.status,
    ...(tours === undefined ? {} : { tours: tours.filter(({ shiftIds }) => shiftIds.length > 0) }),
  };
}

/** Agents on queues in some days, and what is missing or too many there. */
export interface DaysCoverage {
  /** Aligned to the whole grid; 0 outside the days. */
  readonly coverage: readonly QueueCoverage[];
  readonly understaffedHours: number;
  readonly overstaffedHours: number;
  /** Price of the hours short. */
  readonly shortCost: number;
}

/** Agents at work per queue in days [firstDay, endDay), each given to one queue so that penalties are least. */
export function coverageOf(
  terms: ScheduleTerms,
  shifts: readonly Shift[],
  firstDay: number,
  endDay: number,
): DaysCoverage {
  const { grid, queues } = terms.requirement;
  const count = intervalCount(grid);
  const slotMinutes = commonStepOf(shifts, grid.intervalMinutes);
  const perInterval = grid.intervalMinutes / slotMinutes;
  const block = blockOfShifts(terms, shifts, firstDay, endDay, slotMinutes);
  const { staff } = allocateAgents(block);
  const coverage = queues.map(({ queueId, scheduledAgents }) => ({
    queueId,
    asked: scheduledAgents.slice(),
    staffed: new Float64Array(count),
  }));
  let understaffedHours = 0;
  let overstaffedHours = 0;
  let shortCost = 0;
  for (let at = 0; at < staff.length; at++) {
    const interval = Math.floor((block.firstSlot + (at % block.slotCount)) / perInterval);
    coverage[Math.floor(at / block.slotCount)].staffed[interval] += staff[at] / perInterval;
    const difference = ((staff[at] - block.demand[at]) * slotMinutes) / 60;
    if (difference < 0) {
      understaffedHours -= difference;
      shortCost += shortageCost(block, at, block.demand[at] - staff[at]);
    } else overstaffedHours += difference;
  }
  return { coverage, understaffedHours, overstaffedHours, shortCost };
}

/** Wages of shifts by the plan's templates and premiums. */
export function wagesIn(
  terms: Pick<ScheduleTerms, "requirement" | "templates" | "settings">,
  shifts: readonly Shift[],
): number {
  return wagesOf(terms.requirement.grid, terms.templates, terms.settings.premiums ?? [], shifts);
}
