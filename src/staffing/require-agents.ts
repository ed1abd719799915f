import type { DemandForecast, QueueForecast } from "../domain/demand.ts";
import { intervalCount, intervalSeconds } from "../domain/interval-grid.ts";
import { fail, type Issue, type OnProgress, type Outcome, succeed } from "../domain/outcome.ts";
import type { Plan } from "../domain/plan.ts";
import type { Queue } from "../domain/queue.ts";
import type { QueueRequirement, Requirement } from "../domain/requirement.ts";
import { agentsForGoal, expectService, loadOf } from "./queue-staffing.ts";
import { availableShare, openIntervals } from "./shrinkage.ts";

/** What the requirement is made from. */
export interface RequirementInput {
  readonly plan: Pick<Plan, "queues" | "shrinkage" | "requirement">;
  readonly forecast: DemandForecast;
  /** Intervals to do, half-open; absent: all. The rest of each series stays as in a closed interval. */
  readonly range?: { readonly first: number; readonly end: number };
}

/**
 * Agents on queue per interval and queue so that every queue keeps its goal, and agents to schedule so that as
 * many are left after shrinkage.
 *
 * Issues: `requirement.noForecast` (warning, a queue without one), `requirement.goalOutOfReach` (error),
 * `requirement.outsideOpeningHours` (warning, contacts nobody is there for), `requirement.nothingForecast` (error).
 */
export async function requireAgents(
  input: RequirementInput,
  onProgress?: OnProgress<Requirement>,
): Promise<Outcome<Requirement>> {
  const outcome = requirementOf(input);
  onProgress?.({ phase: "requirement", completed: 1, total: 1 });
  return outcome;
}

/** The same at once, cheap enough to follow a slider: some 10 µs per interval and queue. */
export function requirementOf(input: RequirementInput): Outcome<Requirement> {
  const { plan, forecast } = input;
  const available = availableShare(forecast.grid, plan.shrinkage);
  const issues: Issue[] = [];
  const queues: QueueRequirement[] = [];
  for (const queue of plan.queues) {
    const demand = forecast.queues.find((candidate) => candidate.queueId === queue.id);
    if (demand === undefined) {
      issues.push({ code: "requirement.noForecast", severity: "warning", values: { queue: queue.name } });
      continue;
    }
    const required = requirementOfQueue(input, queue, demand, available, issues);
    if (required !== null) queues.push(required);
  }
  if (issues.some((issue) => issue.severity === "error")) return fail(...issues);
  if (queues.length === 0) {
    return fail(...issues, { code: "requirement.nothingForecast", severity: "error" });
  }
  return succeed({ grid: forecast.grid, queues }, issues);
}

function requirementOfQueue(
  { plan, forecast, range }: RequirementInput,
  queue: Queue,
  demand: QueueForecast,
  available: Float64Array,
  issues: Issue[],
): QueueRequirement | null {
  const count = intervalCount(forecast.grid);
  const seconds = intervalSeconds(forecast.grid);
  const step = plan.requirement.wholeAgents ? 1 : 0;
  const open = openIntervals(forecast.grid, demand.open, queue.openingHours);
  const requirement = {
    queueId: queue.id,
    offered: new Float64Array(count),
    ahtSeconds: demand.ahtSeconds,
    requiredAgents: new Float64Array(count),
    scheduledAgents: new Float64Array(count),
    serviceLevel: new Float64Array(count).fill(1),
    asaSeconds: new Float64Array(count),
    abandonmentRate: new Float64Array(count),
    occupancy: new Float64Array(count),
  };
  let turnedAway = 0;
  let lastLoad = 0;
  let lastAgents = 0;
  const end = range?.end ?? count;
  for (let index = range?.first ?? 0; index < end; index++) {
    if (open[index] === 0) {
      turnedAway += demand.offered[index];
      continue;
    }
    const offered = demand.offered[index];
    const load = loadOf(queue, offered, demand.ahtSeconds[index], seconds);
    const erlangs = load.arrivalsPerSecond * load.ahtSeconds;
    const near = lastLoad > 0 && lastAgents > 1 ? lastAgents + (erlangs - lastLoad) : undefined;
    const needed = agentsForGoal(queue, load, step, near);
    if (needed === null) {
      issues.push(outOfReach(queue));
      return null;
    }
    lastLoad = erlangs;
    lastAgents = needed;
    const agents = Math.max(needed, queue.minimumAgents);
    const service = expectService(queue, load, agents);
    requirement.offered[index] = offered;
    requirement.requiredAgents[index] = agents;
    const scheduled = agents / available[index];
    requirement.scheduledAgents[index] = step === 1 ? Math.ceil(scheduled - 1e-9) : scheduled;
    requirement.serviceLevel[index] = service.serviceLevel;
    requirement.asaSeconds[index] = service.asaSeconds;
    requirement.abandonmentRate[index] = service.abandonmentRate;
    requirement.occupancy[index] = service.occupancy;
  }
  if (turnedAway > 0.5) {
    const values = { queue: queue.name, contacts: Math.round(turnedAway) };
    issues.push({ code: "requirement.outsideOpeningHours", severity: "warning", values });
  }
  return requirement;
}

/** A goal no number of agents reaches, named by the promise that is in the way. */
function outOfReach(queue: Queue): Issue {
  const { goal } = queue;
  const promise = goal.serviceLevel !== null && goal.serviceLevel >= 1 ? "serviceLevel" : "maxAbandonment";
  return { code: "requirement.goalOutOfReach", severity: "error", values: { queue: queue.name, promise } };
}
