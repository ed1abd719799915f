import type { DemandForecast } from "../domain/demand.ts";
import { intervalSeconds } from "../domain/interval-grid.ts";
import type { Outcome } from "../domain/outcome.ts";
import type { Plan } from "../domain/plan.ts";
import type { Queue } from "../domain/queue.ts";
import type { QueueRequirement, Requirement } from "../domain/requirement.ts";
import type { Schedule } from "../domain/shift.ts";
import { expectService, type IntervalService, loadOf, serviceByAgents } from "../staffing/queue-staffing.ts";
import { requirementOf } from "../staffing/require-agents.ts";
import { availableShare } from "../staffing/shrinkage.ts";
import { followsSlider } from "./changing-queue.ts";

/** Intervals of a grid, half-open. */
interface Range {
  readonly first: number;
  readonly end: number;
}

/**
 * Requirement of the shown intervals, on the page's own thread: follows a slider. Where the plan asks for a dearer
 * method, this is the stationary one for the mean, and the asked one follows from a worker (`followRequirement`).
 */
export function liveRequirement(plan: Plan, forecast: DemandForecast, range: Range): Outcome<Requirement> {
  return requirementOf({ plan: cheapOf(plan), forecast, range });
}

function cheapOf(plan: Plan): Plan {
  if (followsSlider(plan.requirement)) return plan;
  return { ...plan, requirement: { ...plan.requirement, method: "stationary", spread: "ignored" } };
}

/** Agents required at the ends of the 80 % band of demand, by queue in the order of the plan. */
export function requirementBand(
  plan: Plan,
  forecast: DemandForecast,
  range: Range,
): { readonly lower: Requirement; readonly upper: Requirement } | null {
  const at = (end: "offeredLower80" | "offeredUpper80") =>
    requirementOf({
      plan: cheapOf(plan),
      forecast: {
        ...forecast,
        queues: forecast.queues.map((queue) => ({ ...queue, offered: queue[end] })),
      },
      range,
    });
  const lower = at("offeredLower80");
  const upper = at("offeredUpper80");
  return lower.ok && upper.ok ? { lower: lower.value, upper: upper.value } : null;
}

/** Scheduled agents that shrinkage leaves on a queue, per interval; null while there is no schedule for it. */
export function agentsLeft(plan: Plan, schedule: Schedule | null, queueId: string): Float64Array | null {
  const coverage = schedule?.coverage.find((queue) => queue.queueId === queueId);
  if (schedule === null || coverage === undefined) return null;
  const available = availableShare(schedule.grid, plan.shrinkage);
  return coverage.staffed.map((agents, index) => agents * available[index]);
}

/** Service an interval of a requirement would have with other numbers of agents. */
export function serviceWith(
  queue: Queue,
  requirement: Requirement,
  of: QueueRequirement,
  intervalIndex: number,
  agents: readonly number[],
): readonly (IntervalService & { readonly agents: number })[] {
  const seconds = intervalSeconds(requirement.grid);
  const load = loadOf(queue, of.offered[intervalIndex], of.ahtSeconds[intervalIndex], seconds);
  return serviceByAgents(queue, load, agents);
}

/** Expected service of the agents that are scheduled, where they are known. */
export function scheduledService(
  queue: Queue,
  requirement: Requirement,
  of: QueueRequirement,
  intervalIndex: number,
  agents: number,
): IntervalService {
  const seconds = intervalSeconds(requirement.grid);
  return expectService(
    queue,
    loadOf(queue, of.offered[intervalIndex], of.ahtSeconds[intervalIndex], seconds),
    agents,
  );
}
