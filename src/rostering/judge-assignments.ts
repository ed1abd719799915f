import type { Assignment, Violation } from "../domain/plan/roster.ts";
import type { Shift } from "../domain/plan/shift.ts";
import { toursOf } from "./problem/assigned-tours.ts";
import { type PresentRoster, presentTours } from "./problem/pins-and-changes.ts";
import type { PlanProblem } from "./problem/problem-from-plan.ts";
import { coverOf, dayOff, type Tour } from "./problem/roster-problem.ts";
import { startPreferencePrice, wishPrice } from "./rules/day-rules.ts";
import { breachesOf } from "./rules/hard-rules.ts";
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
 * `plan` must know the assigned shifts (`problemFromPlan(source, further)`).
 *
 * @param present the roster that this one is to replace, or null where changes cost nothing
 */
export function judgeAssignments(
  plan: PlanProblem,
  assignments: readonly Assignment[],
  present: PresentRoster | null = null,
): Verdict {
  const { problem, source, dates } = plan;
  const { tours, doubled } = toursOf(plan, assignments);
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
    ...startPreferences(plan, tours),
    ...softTours(plan, tours),
    ...(present === null ? [] : changedDays(plan, tours, present)),
    ...coverViolations(plan, tours),
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
function startPreferences(plan: PlanProblem, tours: readonly Tour[]): Violation[] {
  return plan.source.agents.flatMap((agent, person) =>
    agent.preferences?.startTime === undefined
      ? []
      : plan.dates.flatMap((date, day): Violation[] => {
          const kind = tours[person][day];
          const penalty =
            kind === dayOff ? 0 : startPreferencePrice(agent, plan.problem.kinds[kind].startMinute ?? 0);
          return penalty === 0 ? [] : [{ rule: "startPreference", agentId: agent.id, date, penalty }];
        }),
  );
}

/** What no single day says: fairness, rotation, days off together, stable starts, partners. */
function softTours(plan: PlanProblem, tours: readonly Tour[]): Violation[] {
  return plan.problem.people.flatMap((person, index) =>
    softBreachesOf(plan.problem, person, tours[index], tours).map(({ rule, day, penalty }) => ({
      rule,
      agentId: person.id,
      date: day === null ? null : plan.dates[day],
      penalty,
    })),
  );
}

/** Each day on which somebody works another kind of shift than in the present roster, or does not, or does now. */
function changedDays(plan: PlanProblem, tours: readonly Tour[], present: PresentRoster): Violation[] {
  return presentTours(plan, present).flatMap((before, person) =>
    before === null
      ? []
      : plan.dates
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
function coverViolations(plan: PlanProblem, tours: readonly Tour[]): Violation[] {
  const { cover, kinds } = plan.problem;
  const present = coverOf(plan.problem, tours);
  const isCounted = new Uint8Array(cover.need.length);
  return plan.dates.flatMap((date, day) => {
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
