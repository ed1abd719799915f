import { intervalSeconds } from "../domain/calendar/interval-grid.ts";
import type { Plan } from "../domain/plan/plan.ts";
import type { QueueRequirement } from "../domain/results/requirement.ts";
import { serviceLevelBy, targetSlack } from "../queueing/steady/required-agents.ts";
import { serviceOverDay } from "../queueing/transient/day-requirement.ts";
import { transientQueue } from "../queueing/transient/transient-queue.ts";
import { changingQueue, daysOf, type RequirementInput, requirementOf } from "./require-agents.ts";

/** What a method of requirement asks, and what its staffing truly gives. */
export interface MethodOutcome {
  readonly method: Plan["requirement"]["method"];
  readonly queueId: string;
  /** Whole agents on queue, summed over the range. */
  readonly agentHours: number;
  /** By the queue's rule, of all contacts in the range, in the true changing queue; null without contacts. */
  readonly serviceLevel: number | null;
  /** Intervals that miss a promise of the goal, and intervals with contacts; days likewise. */
  readonly missing: number;
  readonly intervals: number;
  readonly daysMissing: number;
  readonly days: number;
  readonly worstServiceLevel: number | null;
}

/**
 * The methods side by side for every voice queue: whole agents of each, followed through the exact transient queue. That
 * with the goal over the day is the dearest and only there when the plan asks for it. Their difference in agent-hours and in points of service is what a planner chooses by.
 */
export function compareMethods(input: RequirementInput): MethodOutcome[] {
  const rows: MethodOutcome[] = [];
  const hours = intervalSeconds(input.forecast.grid) / 3600;
  const dayGoal = input.plan.requirement.method === "transientDay" ? (["transientDay"] as const) : [];
  for (const method of ["stationary", "lagged", "transient", ...dayGoal] as const) {
    const plan = {
      ...input.plan,
      queues: input.plan.queues.filter((queue) => queue.channel === "voice"),
      requirement: { ...input.plan.requirement, method, wholeAgents: true },
    };
    const outcome = requirementOf({ ...input, plan });
    if (!outcome.ok) continue;
    for (const required of outcome.value.queues)
      rows.push(measured({ ...input, plan }, required, method, hours));
  }
  return rows;
}

function measured(
  input: RequirementInput,
  required: QueueRequirement,
  method: MethodOutcome["method"],
  hours: number,
): MethodOutcome {
  const queue = input.plan.queues.find((candidate) => candidate.id === required.queueId)!;
  const load = changingQueue(input, queue)!;
  const first = input.range?.first ?? 0;
  const agents = Int32Array.from(
    { length: load.arrivalsPerSecond.length },
    (_, at) => required.requiredAgents[first + at],
  );
  let contacts = 0;
  let inTime = 0;
  let missing = 0;
  let intervals = 0;
  let worst: number | null = null;
  const outcomes = transientQueue(load, agents);
  const dayOf = daysOf(input.forecast.grid, first, first + agents.length);
  const dayServices = Array.from({ length: (dayOf.at(-1) ?? -1) + 1 }, (_, day) =>
    serviceOverDay(load, agents, outcomes, dayOf, day),
  ).filter((service) => service !== null);
  for (const [at, outcome] of outcomes.entries()) {
    if (outcome === null) continue;
    const level = serviceLevelBy(queue.goal.serviceLevelRule, outcome);
    contacts += load.arrivalsPerSecond[at];
    inTime += load.arrivalsPerSecond[at] * level;
    intervals++;
    if (targetSlack(queue.goal, outcome) < -1e-9) missing++;
    worst = worst === null ? level : Math.min(worst, level);
  }
  return {
    method,
    queueId: queue.id,
    agentHours: agents.reduce((sum, count) => sum + count, 0) * hours,
    serviceLevel: contacts > 0 ? inTime / contacts : null,
    missing,
    intervals,
    worstServiceLevel: worst,
    days: dayServices.length,
    daysMissing: dayServices.filter((service) => targetSlack(queue.goal, service) < -1e-9).length,
  };
}
