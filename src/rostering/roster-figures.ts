import { daysBetween } from "../domain/calendar/clock.ts";
import type { Roster } from "../domain/plan/roster.ts";
import type { PlanProblem } from "./problem/problem-from-plan.ts";

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
