import type { Assignment } from "../domain/plan/roster.ts";
import { knownKind, toursOf } from "./problem/assigned-tours.ts";
import type { PlanProblem } from "./problem/problem-from-plan.ts";
import { weekendOf } from "./problem/roster-problem.ts";
import { isLateShift } from "./problem/shift-kinds.ts";
import { wishBreaches } from "./rules/day-rules.ts";

/** What one person got out of a roster. */
export interface AgentShare {
  readonly agentId: string;
  readonly shifts: number;
  readonly paidMinutes: number;
  /** Weekends with work on Saturday or Sunday, be it the end of Friday's night. */
  readonly weekends: number;
  /** Shifts that end after 19:00, and those that start before 06:00 or reach past midnight. */
  readonly lates: number;
  readonly nights: number;
  /** Shifts of the templates that the plan calls undesired. */
  readonly undesired: number;
  readonly wishes: number;
  readonly wishesGranted: number;
}

/** One entry per agent, in the plan's order. */
export function agentShares(plan: PlanProblem, assignments: readonly Assignment[]): AgentShare[] {
  const { source, problem } = plan;
  const { tours } = toursOf(plan, assignments);
  const assignmentsOfAgent = new Map<string, Assignment[]>();
  for (const assignment of assignments) {
    const list = assignmentsOfAgent.get(assignment.agentId);
    if (list) list.push(assignment);
    else assignmentsOfAgent.set(assignment.agentId, [assignment]);
  }
  return source.agents.map((agent, person) => {
    const tour = tours[person];
    const weekends = new Set<number>();
    for (const [day, kind] of tour.entries()) weekends.add(weekendOf(problem, day, kind));
    weekends.delete(-1);
    const own = assignmentsOfAgent.get(agent.id) ?? [];
    const worked = own.map(({ shift }) => plan.kinds[knownKind(plan, shift)]);
    const undesired = source.rostering?.fairness?.undesiredTemplateIds ?? [];
    const wishes = agent.wishes.filter(({ date }) => plan.dayOf(date) !== null);
    const granted = wishes.filter((wish) => wishBreaches(wish, plan, tour).length === 0);
    return {
      agentId: agent.id,
      shifts: own.length,
      paidMinutes: worked.reduce((sum, { minutes }) => sum + minutes, 0),
      weekends: weekends.size,
      lates: worked.filter(({ startMinute, endMinute }) => isLateShift(startMinute, endMinute)).length,
      nights: worked.filter(({ isNight }) => isNight).length,
      undesired: worked.filter(({ templateId }) => undesired.includes(templateId)).length,
      wishes: wishes.length,
      wishesGranted: granted.length,
    };
  });
}

/** How something is spread over the agents. */
export interface Spread {
  readonly mean: number;
  /** Standard deviation over all agents. */
  readonly deviation: number;
  readonly least: number;
  readonly most: number;
}

/** What a roster is called fair by: counts per agent, and each agent's share of wishes granted, 0–1. */
export interface FairnessFigures {
  readonly weekends: Spread;
  readonly lates: Spread;
  readonly nights: Spread;
  /** Over those who wished for something. */
  readonly wishesGranted: Spread;
}

export function fairnessFigures(shares: readonly AgentShare[]): FairnessFigures {
  return {
    weekends: spreadOf(shares.map(({ weekends }) => weekends)),
    lates: spreadOf(shares.map(({ lates }) => lates)),
    nights: spreadOf(shares.map(({ nights }) => nights)),
    wishesGranted: spreadOf(
      shares.filter(({ wishes }) => wishes > 0).map(({ wishes, wishesGranted }) => wishesGranted / wishes),
    ),
  };
}

/** All zero for nobody. */
function spreadOf(values: readonly number[]): Spread {
  if (values.length === 0) return { mean: 0, deviation: 0, least: 0, most: 0 };
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
  return { mean, deviation: Math.sqrt(variance), least: Math.min(...values), most: Math.max(...values) };
}
