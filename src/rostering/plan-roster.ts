import { daysBetween, type LocalDate } from "../domain/calendar/clock.ts";
import { dateOfDay } from "../domain/calendar/interval-grid.ts";
import type { Assignment, Roster, Violation } from "../domain/plan/roster.ts";
import type { Activity, Shift } from "../domain/plan/shift.ts";
import { type PlanProblem, type PresentRoster, presentTours, toursOf } from "./problem/plan-problem.ts";
import { coverOf, dayOff, type Tour } from "./problem/roster-problem.ts";
import { startPreferencePrice, wishPrice } from "./rules/day-rules.ts";
import { breachesOf } from "./rules/rules.ts";
import { softBreachesOf } from "./rules/soft-rules.ts";

/** What is wrong with a roster of a plan, and what it costs. */
export interface Verdict {
  readonly violations: readonly Violation[];
  /** Sum of the penalties. */
  readonly objective: number;
  readonly unassigned: readonly Shift[];
}

/**
 * Judges any assignments, made by the solver or by hand: hard rules first, then wishes, changes, then cover.
 * `plan` must know the assigned shifts (`planProblem(source, further)`).
 *
 * @param present the roster that this one is to replace, or null where changes cost nothing
 */
export function judgeAssignments(
  plan: PlanProblem,
  assignments: readonly Assignment[],
  present: PresentRoster | null = null,
): Verdict {
  const { problem, source } = plan;
  const { tours, doubled } = toursOf(plan, assignments);
  const dates = Array.from({ length: problem.dayCount }, (_, day) => dateOfDay(source.grid, day));
  const hard: Violation[] = doubled.map(({ agentId, shift }) => ({
    rule: "oneShiftAtATime",
    agentId,
    date: shift.date,
    penalty: null,
  }));
  for (const [index, person] of problem.people.entries()) {
    for (const { rule, day } of breachesOf(problem, person, tours[index]))
      hard.push({ rule, agentId: person.id, date: dates[day], penalty: null });
  }
  const soft = [
    ...wishesNotGranted(plan, tours),
    ...startPreferences(plan, tours, dates),
    ...softTours(plan, tours, dates),
    ...(present === null ? [] : changedDay(plan, tours, dates, present)),
    ...coverViolations(plan, tours, dates),
  ];
  const assigned = new Set(assignments.map(({ shift }) => shift.id));
  return {
    violations: [...hard, ...soft],
    objective: soft.reduce((sum, violation) => sum + (violation.penalty ?? 0), 0),
    unassigned: source.shifts.filter((shift) => !assigned.has(shift.id)),
  };
}

function wishesNotGranted(plan: PlanProblem, tours: readonly Tour[]): Violation[] {
  return plan.source.agents.flatMap((agent, person) =>
    agent.wishes.flatMap((wish): Violation[] => {
      const day = plan.dayOf(wish.date);
      if (day === null) return [];
      const kind = tours[person][day];
      if (wishPrice(wish, kind === dayOff ? null : plan.samples[kind].templateId) === 0) return [];
      const rule = wish.kind === "shiftOn" ? "shiftOnWish" : "shiftOffWish";
      return [{ rule, agentId: agent.id, date: wish.date, penalty: wish.weight }];
    }),
  );
}

/** Shifts that start on the side of noon that somebody likes less. */
function startPreferences(
  plan: PlanProblem,
  tours: readonly Tour[],
  dates: readonly LocalDate[],
): Violation[] {
  return plan.source.agents.flatMap((agent, person) =>
    agent.preferences?.startTime === undefined
      ? []
      : dates.flatMap((date, day): Violation[] => {
          const kind = tours[person][day];
          const penalty =
            kind === dayOff ? 0 : startPreferencePrice(agent, plan.problem.kinds[kind].startMinute ?? 0);
          return penalty === 0 ? [] : [{ rule: "startPreference", agentId: agent.id, date, penalty }];
        }),
  );
}

/** What no single day says: fairness, rotation, days off together, stable starts, partners. */
function softTours(plan: PlanProblem, tours: readonly Tour[], dates: readonly LocalDate[]): Violation[] {
  return plan.problem.people.flatMap((person, index) =>
    softBreachesOf(plan.problem, person, tours[index], tours).map(({ rule, day, penalty }) => ({
      rule,
      agentId: person.id,
      date: day === null ? null : dates[day],
      penalty,
    })),
  );
}

/** Each day on which somebody works another kind of shift than in the present roster, or does not, or does now. */
export function changedDay(
  plan: PlanProblem,
  tours: readonly Tour[],
  dates: readonly LocalDate[],
  present: PresentRoster,
): Violation[] {
  return presentTours(plan, present).flatMap((before, person) =>
    before === null
      ? []
      : dates
          .filter((_, day) => tours[person][day] !== before[day])
          .map((date) => ({
            rule: "changedDay",
            agentId: plan.source.agents[person].id,
            date,
            penalty: present.changePrice,
          })),
  );
}

/** Per day one entry for what is short and one for what is over. */
function coverViolations(
  plan: PlanProblem,
  tours: readonly Tour[],
  dates: readonly LocalDate[],
): Violation[] {
  const { cover, kinds } = plan.problem;
  const present = coverOf(plan.problem, tours);
  const isCounted = new Uint8Array(cover.need.length);
  return dates.flatMap((date, day) => {
    let short = 0;
    let over = 0;
    for (let kind = 0; kind < kinds.length; kind++) {
      for (const cell of cover.cellsOf[day * kinds.length + kind]) {
        if (isCounted[cell]) continue;
        isCounted[cell] = 1;
        const missing = cover.need[cell] - present[cell];
        if (missing > 0) short += missing * cover.underPrice[cell];
        else over -= missing * cover.overPrice[cell];
      }
    }
    const violations: Violation[] = [];
    if (short > 0) violations.push({ rule: "coverShort", agentId: null, date, penalty: short });
    if (over > 0) violations.push({ rule: "coverOver", agentId: null, date, penalty: over });
    return violations;
  });
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
      const date = dateOfDay(source.grid, day);
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

/** Figures that a roster is judged by beside its price. */
export interface RosterFigures {
  readonly wishes: number;
  readonly wishesGranted: number;
  /** Share of the schedule's shifts that somebody took, or of the required hours that are covered, 0–1. */
  readonly coverShare: number;
  readonly hardViolations: number;
}

export function rosterFigures(
  plan: PlanProblem,
  roster: Pick<Roster, "unassigned" | "violations">,
): RosterFigures {
  const wishes = plan.source.agents.reduce((sum, agent) => {
    const inside = agent.wishes.filter((wish) => {
      const day = daysBetween(plan.source.grid.firstDate, wish.date);
      return day >= 0 && day < plan.problem.dayCount;
    });
    return sum + inside.length;
  }, 0);
  const refused = roster.violations.filter(
    ({ rule }) => rule === "shiftOnWish" || rule === "shiftOffWish",
  ).length;
  const total = plan.source.shifts.length;
  const { need, underPrice } = plan.problem.cover;
  const asked = need.reduce((sum, value, cell) => sum + value * underPrice[cell], 0);
  const short = roster.violations.reduce(
    (sum, { rule, penalty }) => sum + (rule === "coverShort" ? (penalty ?? 0) : 0),
    0,
  );
  return {
    wishes,
    wishesGranted: wishes - refused,
    coverShare: plan.source.requirement
      ? 1 - (asked === 0 ? 0 : short / asked)
      : 1 - (total === 0 ? 0 : roster.unassigned.length / total),
    hardViolations: roster.violations.filter(({ penalty }) => penalty === null).length,
  };
}
