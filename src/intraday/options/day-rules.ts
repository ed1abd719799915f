import { dayOfDate } from "../../domain/calendar/interval-grid.ts";
import type { Plan } from "../../domain/plan/plan.ts";
import type { Assignment, Roster } from "../../domain/plan/roster.ts";
import { withRotationDays } from "../../domain/plan/rotation.ts";
import type { Shift } from "../../domain/plan/shift.ts";
import type { Today } from "../../domain/plan/today.ts";
import { toursOf } from "../../rostering/problem/assigned-tours.ts";
import { type PlanProblem, problemFromPlan } from "../../rostering/problem/problem-from-plan.ts";
import { breachesOf, type HardRuleName } from "../../rostering/rules/hard-rules.ts";
import { faultsOfShift } from "../../scheduling/check/check-shift.ts";

/** Whether somebody may work another shift than the roster says: contract, rest, leave and skills by the roster's own rules. */
export interface DayRules {
  /** Shifts that will be asked about. All at once: each new kind of shift makes the rules' problem anew. */
  learn(shifts: readonly Shift[]): void;
  /** Hard rules that the person's roster would newly break with `to` in place of what is there that day. */
  broken(agentId: string, to: Shift): readonly HardRuleName[];
  /** Breaks of `to` lie as well as those of `from`: windows of the template, work between them. */
  breaksFit(from: Shift, to: Shift): boolean;
}

export function dayRules(plan: Plan, roster: Roster): DayRules {
  const { grid, assignments } = roster;
  const { groups, templates, contracts, rotations, priorRoster } = plan;
  const agents = withRotationDays(plan.agents, rotations, grid);
  const source = { grid, shifts: [], groups, templates, contracts, agents };
  const known: Shift[] = assignments.map(({ shift }) => shift);
  let problem: PlanProblem | null = null;
  let tours: ReturnType<typeof toursOf>["tours"] = [];
  /** What each person's roster breaks as it is. */
  const breachesBefore = new Map<number, ReadonlySet<string>>();
  const rowOf = new Map(agents.map(({ id }, row) => [id, row]));

  function ready(): PlanProblem {
    if (problem === null) {
      problem = problemFromPlan(
        { ...source, costPerHourShort: 0, costPerHourOver: 0, ...(priorRoster ? { priorRoster } : {}) },
        known,
      );
      tours = toursOf(problem, assignments).tours;
      breachesBefore.clear();
    }
    return problem;
  }

  return {
    learn(shifts) {
      const unknown = shifts.filter((shift) => problem === null || !problem.knows(shift));
      if (unknown.length === 0) return;
      known.push(...unknown);
      problem = null;
    },
    broken(agentId, to) {
      const plan = ready();
      const row = rowOf.get(agentId);
      const day = dayOfDate(grid, to.date);
      const kind = plan.kindOf(to);
      if (row === undefined || day === null || kind === null)
        throw new RangeError("only people, days and shifts of the plan can be asked about");
      const person = plan.problem.people[row];
      const before =
        breachesBefore.get(row) ??
        new Set(breachesOf(plan.problem, person, tours[row]).map(({ rule, day: on }) => `${rule} ${on}`));
      breachesBefore.set(row, before);
      const changed = tours[row].slice();
      changed[day] = kind;
      const breaches = breachesOf(plan.problem, person, changed);
      return [
        ...new Set(
          breaches.filter(({ rule, day: on }) => !before.has(`${rule} ${on}`)).map(({ rule }) => rule),
        ),
      ];
    },
    breaksFit(from, to) {
      const faults = (shift: Shift) =>
        faultsOfShift(plan, { grid }, shift)
          .map(({ rule }) => rule)
          .sort()
          .join();
      return faults(to) === faults(from) || faults(to) === "";
    },
  };
}

/** Until a minute both shifts are the same. */
export function isSameUntil(from: Shift | null, to: Shift | null, minute: number): boolean {
  const past = (shift: Shift | null) =>
    (shift?.activities ?? [])
      .filter(({ startMinute }) => startMinute < minute)
      .map((activity) => ({ ...activity, endMinute: Math.min(activity.endMinute, minute) }));
  return JSON.stringify(past(from)) === JSON.stringify(past(to));
}

/** Shifts of which some part of the day is still to come, and that may be changed: not pinned, and nobody's who is sick. */
export function changeableShifts(
  { assignments }: Pick<Roster, "assignments">,
  { sick }: Pick<Today, "sick">,
  lineMinute: number,
  endMinute: number,
): Assignment[] {
  const isSick = new Set(sick.map(({ agentId }) => agentId));
  return assignments.filter(
    ({ agentId, pinned, shift }) =>
      !pinned && !isSick.has(agentId) && shift.endMinute > lineMinute && shift.startMinute < endMinute,
  );
}
