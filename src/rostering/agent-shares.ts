import { daysBetween } from "../domain/calendar/clock.ts";
import type { Assignment } from "../domain/plan/roster.ts";
import { toursOf } from "./problem/assigned-tours.ts";
import type { PlanProblem } from "./problem/problem-from-plan.ts";
import { dayOff } from "./problem/roster-problem.ts";
import { isLateShift, isNightShift, paidMinutes } from "./problem/shift-kinds.ts";
import { wishPrice } from "./rules/day-rules.ts";

/** What one person got out of a roster. */
export interface AgentShare {
  readonly agentId: string;
  readonly shifts: number;
  readonly paidMinutes: number;
  /** Weekends with at least one shift. */
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
  const { grid } = source;
  const { tours } = toursOf(plan, assignments);
  const shiftsOf = new Map<string, Assignment[]>();
  for (const assignment of assignments) {
    const list = shiftsOf.get(assignment.agentId);
    if (list) list.push(assignment);
    else shiftsOf.set(assignment.agentId, [assignment]);
  }
  return source.agents.map((agent, person) => {
    const tour = tours[person];
    const weekends = new Set<number>();
    for (let day = 0; day < problem.dayCount; day++)
      if (tour[day] !== dayOff && problem.weekendOfDay[day] >= 0) weekends.add(problem.weekendOfDay[day]);
    let minutes = 0;
    let lates = 0;
    let nights = 0;
    let undesired = 0;
    const own = shiftsOf.get(agent.id) ?? [];
    for (const { shift } of own) {
      const midnight = grid.dayOffsets[daysBetween(grid.firstDate, shift.date)] * grid.intervalMinutes;
      minutes += paidMinutes(shift);
      const times = [shift.startMinute - midnight, shift.endMinute - midnight] as const;
      if (isNightShift(...times)) nights++;
      if (isLateShift(...times)) lates++;
      if (source.rostering?.fairness?.undesiredTemplateIds.includes(shift.templateId)) undesired++;
    }
    let wishes = 0;
    let wishesGranted = 0;
    for (const wish of agent.wishes) {
      const day = daysBetween(grid.firstDate, wish.date);
      if (day < 0 || day >= problem.dayCount) continue;
      wishes++;
      const kind = tour[day];
      if (wishPrice(wish, kind === dayOff ? null : plan.samples[kind].templateId) === 0) wishesGranted++;
    }
    return {
      agentId: agent.id,
      shifts: own.length,
      paidMinutes: minutes,
      weekends: weekends.size,
      lates,
      nights,
      undesired,
      wishes,
      wishesGranted,
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
