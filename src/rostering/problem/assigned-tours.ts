import { daysBetween, type LocalDate } from "../../domain/calendar/clock.ts";
import type { Assignment } from "../../domain/plan/roster.ts";
import type { Activity, Shift } from "../../domain/plan/shift.ts";
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
  const from = daysBetween(grid.firstDate, model.date);
  const offset =
    (grid.dayOffsets[daysBetween(grid.firstDate, date)] - grid.dayOffsets[from]) * grid.intervalMinutes;
  const move = (activity: Activity): Activity => ({
    ...activity,
    startMinute: activity.startMinute + offset,
    endMinute: activity.endMinute + offset,
  });
  return {
    ...model,
    id,
    date,
    startMinute: model.startMinute + offset,
    endMinute: model.endMinute + offset,
    activities: model.activities.map(move),
    pinned: false,
  };
}
