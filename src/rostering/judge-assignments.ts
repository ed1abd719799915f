import type { Assignment, Violation } from "../domain/plan/roster.ts";
import type { Shift } from "../domain/plan/shift.ts";
import { toursOf } from "./problem/assigned-tours.ts";
import { lastPriorShift } from "./problem/days-before.ts";
import { type PresentRoster, presentTours } from "./problem/pins-and-changes.ts";
import type { PlanProblem } from "./problem/problem-from-plan.ts";
import { coverOf, dayOff, type Person, type Tour } from "./problem/roster-problem.ts";
import { startPreferencePrice, wishBreaches } from "./rules/day-rules.ts";
import { breachesOf, type HardRuleName, hardRules } from "./rules/hard-rules.ts";
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
      hard.push({
        rule,
        agentId: person.id,
        date: dates[day],
        penalty: null,
        ...priorShiftBehind(plan, person, tours[index], rule, day),
      });
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

/** The former shift without which a rule would hold. */
function priorShiftBehind(
  { problem, source, dates }: PlanProblem,
  person: Person,
  tour: Tour,
  rule: HardRuleName,
  day: number,
): Pick<Violation, "priorShift"> {
  if (!person.limits.before || !source.priorRoster) return {};
  const { before: _, ...limits } = person.limits;
  if (hardRules[rule](problem, { ...person, limits }, tour).includes(day)) return {};
  const priorShift = lastPriorShift(source.priorRoster, person.id, dates[0]);
  return priorShift ? { priorShift } : {};
}

function wishesNotGranted(plan: PlanProblem, tours: readonly Tour[]): Violation[] {
  return plan.source.agents.flatMap((agent, person) =>
    agent.wishes.flatMap((wish) =>
      wishBreaches(wish, plan, tours[person]).map(({ day, penalty }) => ({
        rule: wish.kind === "shiftOn" ? "shiftOnWish" : "shiftOffWish",
        agentId: agent.id,
        date: plan.dates[day],
        penalty,
      })),
    ),
  );
}

/** Shifts that start on the side of noon that somebody likes less. */
function startPreferences(plan: PlanProblem, tours: readonly Tour[]): Violation[] {
  return plan.source.agents.flatMap((agent, person) =>
    agent.preferences?.startTime === undefined
      ? []
      : plan.dates.flatMap((date, day): Violation[] => {
          const kind = tours[person][day];
          const penalty = kind === dayOff ? 0 : startPreferencePrice(agent, plan.kinds[kind].startMinute);
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
function coverViolations({ problem, dates, dayOfCell }: PlanProblem, tours: readonly Tour[]): Violation[] {
  const { need, underPrice, overPrice } = problem.cover;
  const present = coverOf(problem, tours);
  const short = new Float64Array(dates.length);
  const over = new Float64Array(dates.length);
  for (const [cell, day] of dayOfCell.entries()) {
    const missing = need[cell] - present[cell];
    if (missing > 0) short[day] += missing * underPrice[cell];
    else over[day] -= missing * overPrice[cell];
  }
  return dates.flatMap((date, day): Violation[] => [
    ...(short[day] > 0 ? [{ rule: "coverShort", agentId: null, date, penalty: short[day] }] : []),
    ...(over[day] > 0 ? [{ rule: "coverOver", agentId: null, date, penalty: over[day] }] : []),
  ]);
}
