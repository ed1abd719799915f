import type { Roster } from "../domain/plan/roster.ts";
import { agentShares } from "./agent-shares.ts";
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
  roster: Pick<Roster, "assignments" | "unassigned" | "violations">,
): RosterFigures {
  const shares = agentShares(plan, roster.assignments);
  const total = plan.source.shifts.length;
  const { need, underPrice } = plan.problem.cover;
  const asked = need.reduce((sum, value, cell) => sum + value * underPrice[cell], 0);
  const short = roster.violations.reduce(
    (sum, { rule, penalty }) => sum + (rule === "coverShort" ? (penalty ?? 0) : 0),
    0,
  );
  return {
    wishes: shares.reduce((sum, { wishes }) => sum + wishes, 0),
    wishesGranted: shares.reduce((sum, { wishesGranted }) => sum + wishesGranted, 0),
    coverShare: plan.source.requirement
      ? 1 - (asked === 0 ? 0 : short / asked)
      : 1 - (total === 0 ? 0 : roster.unassigned.length / total),
    hardViolations: roster.violations.filter(({ penalty }) => penalty === null).length,
  };
}
