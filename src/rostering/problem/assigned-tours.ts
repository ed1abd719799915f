import type { LocalDate } from "../../domain/calendar/clock.ts";
import { dayOfDate, type IntervalGrid, sameGrid } from "../../domain/calendar/interval-grid.ts";
import type { Assignment } from "../../domain/plan/roster.ts";
import type { Activity, Shift } from "../../domain/plan/shift.ts";
import { clockMinuteFrom, minuteAtClock, startOfDayMinute } from "./plan-days.ts";
import type { PlanProblem } from "./problem-from-plan.ts";
import { dayOff, type Tour } from "./roster-problem.ts";

/** Tours that assignments make, and those beyond one a day, which a tour cannot hold. */
export function toursOf(
  plan: PlanProblem,
  assignments: readonly Assignment[],
): { tours: Tour[]; doubled: Assignment[] } {
  const position = new Map(plan.source.agents.map((agent, index) => [agent.id, index]));
  const tours: Tour[] = plan.source.agents.map(() => new Int16Array(plan.problem.dayCount).fill(dayOff));
  const doubled: Assignment[] = [];
  for (const assignment of assignments) {
    const person = position.get(assignment.agentId);
    const day = plan.dayOf(assignment.shift.date);
    if (person === undefined || day === null) continue;
    if (tours[person][day] !== dayOff) doubled.push(assignment);
    else tours[person][day] = knownKind(plan, assignment.shift);
  }
  return { tours, doubled };
}

/** Kind of a shift that the problem must know. */
export function knownKind(plan: PlanProblem, shift: Shift): number {
  const kind = plan.kindOf(shift);
  if (kind === null) throw new RangeError(`shift ${shift.id} is of a kind the problem was made without`);
  return kind;
}

/**
 * Tours as assignments of concrete shifts. Pinned ones keep theirs; the others take the schedule's shifts of their
 * kind in order, and beyond those a copy moved to the day.
 */
export function assignmentsOf(
  plan: PlanProblem,
  tours: readonly Tour[],
  pinned: readonly Assignment[],
): Assignment[] {
  const { source } = plan;
  const pinnedOn = new Map(
    pinned.map((assignment) => [`${assignment.agentId} ${assignment.shift.date}`, assignment]),
  );
  const taken = new Set(pinned.map(({ shift }) => shift.id));
  const waiting = new Map<string, Shift[]>();
  for (const shift of source.shifts) {
    if (taken.has(shift.id)) continue;
    const key = `${shift.date} ${plan.kindOf(shift)}`;
    const list = waiting.get(key);
    if (list) list.push(shift);
    else waiting.set(key, [shift]);
  }
  return source.agents.flatMap((agent, person) =>
    Array.from(tours[person]).flatMap((kind, day): Assignment[] => {
      if (kind === dayOff) return [];
      const date = plan.dates[day];
      const pin = pinnedOn.get(`${agent.id} ${date}`);
      if (pin) return [pin];
      const shift =
        waiting.get(`${date} ${kind}`)?.shift() ??
        copyOfShift(plan, plan.samples[kind], date, agent.id, (id) => taken.has(id));
      return [{ agentId: agent.id, shift, pinned: false }];
    }),
  );
}

/** A further shift like `model` on another day, beyond the schedule, named for the agent who works it first. */
export function copyOfShift(
  plan: PlanProblem,
  model: Shift,
  date: LocalDate,
  agentId: string,
  isTaken: (id: string) => boolean,
): Shift {
  const { grid } = plan.source;
  let id = `extra-${date}-${agentId}`;
  while (isTaken(id)) id += "+";
  return { ...movedShift(model, grid, grid, date), id, pinned: false };
}

/**
 * The assignments of a roster on the grid of another period: those on days that it has too, at the same clock times.
 * The same assignments where the grids are the same.
 */
export function assignmentsOnGrid(
  assignments: readonly Assignment[],
  from: IntervalGrid,
  to: IntervalGrid,
): readonly Assignment[] {
  if (sameGrid(from, to)) return assignments;
  return assignments.flatMap((assignment) =>
    shiftsOnGrid([assignment.shift], from, to).map((shift) => ({ ...assignment, shift })),
  );
}

/** Shifts on the grid of another period: those on days that it has too, at the same clock times. */
export function shiftsOnGrid(
  shifts: readonly Shift[],
  from: IntervalGrid,
  to: IntervalGrid,
): readonly Shift[] {
  if (sameGrid(from, to)) return shifts;
  return shifts
    .filter(({ date }) => dayOfDate(to, date) !== null)
    .map((shift) => movedShift(shift, from, to, shift.date));
}

/**
 * A shift moved to another day or grid. It begins as far from midnight as it did where its clock then shows the same,
 * else at the same clock time; it lasts as long.
 */
export function movedShift(shift: Shift, from: IntervalGrid, to: IntervalGrid, date: LocalDate): Shift {
  const clock = clockMinuteFrom(from, shift.date, shift.startMinute);
  const alike = startOfDayMinute(to, date) + shift.startMinute - startOfDayMinute(from, shift.date);
  const start =
    clockMinuteFrom(to, date, alike) === clock ? alike : (minuteAtClock(to, date, clock) ?? alike);
  const offset = start - shift.startMinute;
  const moved = <Stretch extends Pick<Activity, "startMinute" | "endMinute">>(stretch: Stretch): Stretch => ({
    ...stretch,
    startMinute: stretch.startMinute + offset,
    endMinute: stretch.endMinute + offset,
  });
  return { ...moved(shift), date, activities: shift.activities.map(moved) };
}
