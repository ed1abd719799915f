import { intervalSeconds } from "../../../domain/calendar/interval-grid.ts";
import type { IntervalRange } from "../../../domain/calendar/ranges.ts";
import { memoizeByObject } from "../../../domain/memo.ts";
import type { Outcome } from "../../../domain/outcome.ts";
import type { Plan } from "../../../domain/plan/plan.ts";
import type { Queue } from "../../../domain/plan/queue.ts";
import type { Schedule } from "../../../domain/plan/shift.ts";
import type { DemandForecast } from "../../../domain/results/demand.ts";
import type { QueueRequirement, Requirement } from "../../../domain/results/requirement.ts";
import { type IntervalService, loadOf, serviceByAgents } from "../../../staffing/queue-staffing.ts";
import { type RequirementInput, requirementOf } from "../../../staffing/require-agents.ts";
import { availableShare } from "../../../staffing/shrinkage.ts";
import { followsSlider } from "./changing-queue.ts";

/**
 * Requirement of the shown intervals, on the page's own thread: follows a slider. Where the plan asks for a dearer
 * method, this is the stationary one for the mean, and the asked one follows from a worker (`followRequirement`).
 */
export function liveRequirement(
  plan: Plan,
  forecast: DemandForecast,
  range: IntervalRange,
): Outcome<Requirement> {
  return byQueue(cheapOf(plan), forecast, range, "offered");
}

type DemandEnd = "offered" | "offeredLower80" | "offeredUpper80";

/** A queue by itself, remembered for each end of its demand. */
const ofQueue = {
  offered: memoizeByObject(requirementOfQueue("offered")),
  offeredLower80: memoizeByObject(requirementOfQueue("offeredLower80")),
  offeredUpper80: memoizeByObject(requirementOfQueue("offeredUpper80")),
};

function requirementOfQueue(demand: DemandEnd) {
  return (
    queue: Queue,
    shrinkage: Plan["shrinkage"],
    requirement: Plan["requirement"],
    forecast: DemandForecast,
    first: number,
    end: number,
  ) => whole({ queues: [queue], shrinkage, requirement }, forecast, { first, end }, demand);
}

/**
 * Queue by queue, those that an edit did not touch from memory: a slider moves one goal, and the plan keeps the other
 * queues as they are. Deferrable work looks at the others' gaps, so a plan with such a queue is done as a whole.
 */
function byQueue(
  plan: Plan,
  forecast: DemandForecast,
  range: IntervalRange,
  from: DemandEnd,
): Outcome<Requirement> {
  if (plan.queues.some((queue) => queue.channel === "deferred")) return whole(plan, forecast, range, from);
  const parts = plan.queues.map((queue) =>
    ofQueue[from](queue, plan.shrinkage, plan.requirement, forecast, range.first, range.end),
  );
  const issues = parts.flatMap((part) => part.issues);
  const without = (part: Outcome<Requirement>) =>
    !part.ok &&
    part.issues.some((issue) => issue.severity === "error" && issue.code !== "requirement.nothingForecast");
  const made = parts.filter((part) => part.ok);
  if (parts.some(without) || made.length === 0) return { ok: false, issues };
  const queues = made.flatMap((part) => part.value.queues);
  return { ok: true, value: { grid: forecast.grid, queues }, issues };
}

function whole(
  plan: RequirementInput["plan"],
  forecast: DemandForecast,
  range: IntervalRange,
  from: DemandEnd,
): Outcome<Requirement> {
  const queues =
    from === "offered"
      ? forecast.queues
      : forecast.queues.map((queue) => ({ ...queue, offered: queue[from] }));
  return requirementOf({ plan, forecast: { ...forecast, queues }, range });
}

function cheapOf(plan: Plan): Plan {
  const requirement = cheapSettings(plan.requirement);
  return requirement === plan.requirement ? plan : { ...plan, requirement };
}

const cheapSettings = memoizeByObject((settings: Plan["requirement"]): Plan["requirement"] =>
  followsSlider(settings) ? settings : { ...settings, method: "stationary", spread: "ignored" },
);

/** Agents required at the ends of the 80 % band of demand. */
export interface RequirementBand {
  readonly lower: Requirement;
  readonly upper: Requirement;
}

/**
 * The band of the shown intervals, one queue and one end at a time, with the page's thread free in between; null when
 * it cannot be worked out, or as soon as it is not `wanted` any more.
 */
export async function requirementBand(
  plan: Plan,
  forecast: DemandForecast,
  range: IntervalRange,
  wanted: () => boolean,
): Promise<RequirementBand | null> {
  const cheap = cheapOf(plan);
  const ends = ["offeredLower80", "offeredUpper80"] as const;
  const alone = plan.queues.some(({ channel }) => channel === "deferred") ? [] : plan.queues;
  for (const end of ends) {
    for (const queue of alone) {
      await new Promise((resolve) => setTimeout(resolve));
      if (!wanted()) return null;
      byQueue({ ...cheap, queues: [queue] }, forecast, range, end);
    }
  }
  await new Promise((resolve) => setTimeout(resolve));
  if (!wanted()) return null;
  const [lower, upper] = ends.map((end) => byQueue(cheap, forecast, range, end));
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
