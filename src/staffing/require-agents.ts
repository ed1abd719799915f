import {
  dayOfInterval,
  type IntervalGrid,
  intervalCount,
  intervalSeconds,
} from "../domain/calendar/interval-grid.ts";
import type { IntervalRange } from "../domain/calendar/ranges.ts";
import { openIntervals } from "../domain/calendar/weekly-hours.ts";
import { fail, type Issue, type OnProgress, type Outcome, succeed } from "../domain/outcome.ts";
import type { Plan } from "../domain/plan/plan.ts";
import { type AgentDemand, demandForAgents } from "../domain/results/agent-demand.ts";
import type { DemandForecast, QueueForecast } from "../domain/results/demand.ts";
import type { QueueRequirement, Requirement } from "../domain/results/requirement.ts";
import { quantile } from "../numerics/distribution.ts";
import { serviceLevelBy, targetsOutOfReach } from "../queueing/steady/required-agents.ts";
import type { QueueService } from "../queueing/steady/steady-queue.ts";
import { leastAgentsOverDays } from "../queueing/transient/day-requirement.ts";
import { laggedLoad } from "../queueing/transient/lagged-load.ts";
import type { TransientLoad } from "../queueing/transient/transient-queue.ts";
import { leastTransientAgents } from "../queueing/transient/transient-requirement.ts";
import { spreadDeferrable } from "./deferrable-work.ts";
import {
  agentsForExpected,
  agentsForGoal,
  expectService,
  type IntervalService,
  loadOf,
} from "./queue-staffing.ts";
import { availableShare, type ShrinkingTime } from "./shrinkage.ts";
import type { StaffedGroup, StaffedQueue } from "./staffed-queue.ts";

/** What the requirement is made from. */
export interface RequirementInput {
  readonly plan: Pick<Plan, "requirement"> & {
    readonly shrinkage: readonly ShrinkingTime[];
    readonly queues: readonly StaffedQueue[];
    readonly groups?: readonly StaffedGroup[];
  };
  readonly forecast: DemandForecast;
  /** Intervals to do, half-open; absent: all. The rest of each series stays as in a closed interval. */
  readonly range?: IntervalRange;
}

/**
 * Agents on queue per interval and queue so that every queue keeps its goal, and agents to schedule so that as
 * many are left after shrinkage: scheduled = required ÷ (1 − shrinkage).
 *
 * Assumes Poisson arrivals and exponential handle times and patience. By the plan's method each interval is in its
 * steady state (Erlang C, Erlang A where customers abandon, chat by its slots), or waiting is carried over between
 * intervals; back-office work is spread over the time until its deadline. Agents are numbers of people, times seconds,
 * fractions 0–1; closed intervals need nobody.
 *
 * Issues: `requirement.noForecast` (warning, a queue without one), `requirement.goalOutOfReach` (error),
 * `requirement.outsideOpeningHours` (warning, contacts nobody is there for), `requirement.undone` (warning, deferrable
 * work with no open interval left), `requirement.nothingForecast` (error).
 *
 * @example
 * const outcome = await requireAgents({ plan, forecast }); // 200 calls an hour of 180 s, 80 % in 20 s
 * if (outcome.ok) outcome.value.queues[0].requiredAgents[20]; // 14
 */
export async function requireAgents(
  input: RequirementInput,
  onProgress?: OnProgress<Requirement>,
): Promise<Outcome<Requirement>> {
  const { queues } = input.plan;
  return requirementOf(input, (completed) =>
    onProgress?.({ phase: "requirement", completed, total: queues.length }),
  );
}

/**
 * The same at once. With the stationary method and the spread ignored it is cheap enough to follow a slider: some
 * 10 µs per interval and queue; the transient method takes some 100 µs, the expected service 1 ms.
 */
export function requirementOf(
  input: RequirementInput,
  onQueue?: (completed: number) => void,
): Outcome<Requirement> {
  const { plan, forecast } = input;
  const available = availableShare(forecast.grid, plan.shrinkage);
  const issues: Issue[] = [];
  const made = new Map<string, QueueRequirement>();
  const count = intervalCount(forecast.grid);
  const others = new Float64Array(count);
  const idle = new Map<string, Float64Array>();
  // Deferrable work last: it goes into the gaps of the others.
  const order = [...plan.queues].sort(
    (a, b) => Number(a.channel === "deferred") - Number(b.channel === "deferred"),
  );
  for (const queue of order) {
    const demand = forecast.queues.find((candidate) => candidate.queueId === queue.id);
    if (demand === undefined) {
      issues.push({ code: "requirement.noForecast", severity: "warning", values: { queue: queue.name } });
      continue;
    }
    const context = contextOf(input, queue, demand, available, issues);
    const required =
      queue.channel === "deferred"
        ? deferredQueue(context, others, gapsFor(queue, plan.groups ?? [], idle))
        : waitingQueue(context);
    if (required === null) continue;
    if (queue.channel !== "deferred") idle.set(queue.id, idleAgents(required));
    made.set(queue.id, required);
    for (let index = 0; index < count; index++) others[index] += required.requiredAgents[index];
    onQueue?.(made.size);
  }
  if (issues.some((issue) => issue.severity === "error")) return fail(...issues);
  if (made.size === 0) {
    return fail(...issues, { code: "requirement.nothingForecast", severity: "error" });
  }
  const queues = plan.queues.flatMap((queue) => made.get(queue.id) ?? []);
  return succeed({ grid: forecast.grid, queues }, issues);
}

/** Agents on queue who wait for a contact, on average. */
function idleAgents(required: QueueRequirement): Float64Array {
  return required.requiredAgents.map((agents, index) => agents * Math.max(0, 1 - required.occupancy[index]));
}

/** The idle agents of those queues that some group serves together with this one. */
function gapsFor(
  queue: StaffedQueue,
  groups: readonly StaffedGroup[],
  idle: ReadonlyMap<string, Float64Array>,
): readonly Float64Array[] {
  if ((queue.deferred?.gapShare ?? 0) === 0) return [];
  const together = groups.filter(({ queueIds }) => queueIds.includes(queue.id));
  return [...idle].flatMap(([queueId, agents]) =>
    together.some(({ queueIds }) => queueIds.includes(queueId)) ? [agents] : [],
  );
}

/** One queue with everything its requirement is made from. */
interface QueueContext {
  readonly queue: StaffedQueue;
  readonly settings: Plan["requirement"];
  readonly grid: IntervalGrid;
  readonly first: number;
  readonly end: number;
  readonly open: Uint8Array;
  /** Contacts for agents, after self-service, and scaled up where a risk of missing is chosen. */
  readonly demand: AgentDemand;
  /** cv² of the arrival rate, per interval. */
  readonly variance: (intervalIndex: number) => number;
  readonly available: Float64Array;
  readonly issues: Issue[];
}

function contextOf(
  { plan, forecast, range }: RequirementInput,
  queue: StaffedQueue,
  forecastOfQueue: QueueForecast,
  available: Float64Array,
  issues: Issue[],
): QueueContext {
  const { grid } = forecast;
  const open = openIntervals(grid, forecastOfQueue.open, queue.openingHours);
  const demand = demandForAgents(queue, forecastOfQueue, grid.intervalMinutes);
  const first = range?.first ?? 0;
  const end = range?.end ?? intervalCount(grid);
  const variance = (index: number) => forecastOfQueue.dispersion[index] + forecastOfQueue.dayFactorVariance;
  let turnedAway = 0;
  for (let index = first; index < end; index++) if (open[index] === 0) turnedAway += demand.offered[index];
  if (turnedAway > 0.5 && queue.channel !== "deferred") {
    const values = { queue: queue.name, contacts: Math.round(turnedAway) };
    issues.push({ code: "requirement.outsideOpeningHours", severity: "warning", values });
  }
  const { spread, missRisk } = plan.requirement;
  const offered =
    spread === "missRisk"
      ? demand.offered.map((mean, index) => mean * rateFactor(variance(index), missRisk))
      : demand.offered;
  return {
    queue,
    settings: plan.requirement,
    grid,
    first,
    end,
    open,
    demand: { offered, ahtSeconds: demand.ahtSeconds },
    variance,
    available,
    issues,
  };
}

const knownFactors = new Map<string, number>();

/** By how much demand is to be scaled so that it is exceeded with probability `risk` only. */
function rateFactor(variance: number, risk: number): number {
  if (variance === 0) return 1;
  const key = `${variance}/${risk}`;
  let factor = knownFactors.get(key);
  if (factor === undefined) {
    factor = quantile({ kind: "gamma", mean: 1, cv: Math.sqrt(variance) }, 1 - risk);
    if (knownFactors.size > 5000) knownFactors.clear();
    knownFactors.set(key, factor);
  }
  return factor;
}

function emptyRequirement({ queue, demand }: QueueContext): QueueRequirement {
  const count = demand.offered.length;
  return {
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
}

/** Voice and chat: somebody waits on the line. */
function waitingQueue(context: QueueContext): QueueRequirement | null {
  const { queue, settings, grid, first, end, open, demand, issues } = context;
  const seconds = intervalSeconds(grid);
  const step = settings.wholeAgents ? 1 : 0;
  const requirement = emptyRequirement(context);
  const changing = isFollowed(settings.method) && queue.channel === "voice";
  const lagged =
    settings.method === "lagged"
      ? laggedLoad(
          demand.offered.map((contacts) => contacts / seconds),
          demand.ahtSeconds,
          open,
          seconds,
        )
      : null;
  let lastLoad = 0;
  let lastAgents = 0;
  for (let index = first; index < end; index++) {
    if (open[index] === 0) continue;
    const offered = demand.offered[index];
    const aht = demand.ahtSeconds[index];
    const plain = loadOf(queue, offered, aht, seconds);
    const load = lagged === null || aht === 0 ? plain : { ...plain, arrivalsPerSecond: lagged[index] / aht };
    const erlangs = load.arrivalsPerSecond * load.ahtSeconds;
    const near = lastLoad > 0 && lastAgents > 1 ? lastAgents + (erlangs - lastLoad) : undefined;
    const needed =
      settings.spread === "expectedService"
        ? agentsForExpected(queue, load, context.variance(index), step, near)
        : agentsForGoal(queue, load, step, near);
    if (needed === null) {
      issues.push(outOfReach(queue));
      return null;
    }
    lastLoad = erlangs;
    lastAgents = needed;
    const agents = Math.max(needed, queue.minimumAgents);
    requirement.offered[index] = offered;
    if (changing) requirement.requiredAgents[index] = agents;
    else staff(context, requirement, index, agents, expectService(queue, load, agents));
  }
  if (changing) staffChangingQueue(context, requirement);
  return requirement;
}

function staff(
  { settings, available }: QueueContext,
  requirement: QueueRequirement,
  index: number,
  agents: number,
  service: IntervalService,
): void {
  const scheduled = agents / available[index];
  requirement.requiredAgents[index] = agents;
  requirement.scheduledAgents[index] = settings.wholeAgents ? Math.ceil(scheduled - 1e-9) : scheduled;
  requirement.serviceLevel[index] = service.serviceLevel;
  requirement.asaSeconds[index] = service.asaSeconds;
  requirement.abandonmentRate[index] = service.abandonmentRate;
  requirement.occupancy[index] = service.occupancy;
}

/** Methods that follow the true, changing queue. */
export function isFollowed(method: Plan["requirement"]["method"]): boolean {
  return method === "transient" || method === "transientDay";
}

/** Replaces the steady first guess in `requirement` by the least that keeps the goal in the true, changing queue. */
function staffChangingQueue(context: QueueContext, requirement: QueueRequirement): void {
  const { queue, settings, grid, first, end, open } = context;
  if (targetsOutOfReach(loadOf(queue, 1, 1, 1), queue.goal)) return;
  const load = transientLoadOf(context);
  const guess = requirement.requiredAgents.subarray(first, end);
  const atLeast = Float64Array.from(guess, (agents) =>
    Math.ceil(Math.max(queue.minimumAgents, agents > 0 ? 1 : 0)),
  );
  const found =
    settings.method === "transient"
      ? leastTransientAgents(load, queue.goal, atLeast, guess)
      : leastAgentsOverDays(load, queue.goal, atLeast, guess, daysOf(grid, first, end));
  for (let index = first; index < end; index++) {
    if (open[index] === 0) continue;
    const outcome = found.outcomes[index - first];
    staff(context, requirement, index, found.agents[index - first], intervalServiceOf(queue, outcome));
  }
}

/** Day of each interval of a range, from 0. */
export function daysOf(grid: IntervalGrid, first: number, end: number): Int32Array {
  const from = dayOfInterval(grid, first);
  return Int32Array.from({ length: end - first }, (_, at) => dayOfInterval(grid, first + at) - from);
}

function transientLoadOf({ queue, grid, first, end, open, demand }: QueueContext): TransientLoad {
  const seconds = intervalSeconds(grid);
  return {
    intervalSeconds: seconds,
    arrivalsPerSecond: Float64Array.from(
      demand.offered.subarray(first, end),
      (contacts) => contacts / seconds,
    ),
    ahtSeconds: demand.ahtSeconds.subarray(first, end),
    patienceSeconds: queue.patienceSeconds,
    answerWithinSeconds: queue.goal.answerWithinSeconds,
    open: open.subarray(first, end),
    start: "steady",
  };
}

/** An outcome as a requirement shows it; without contacts everything went well. */
export function intervalServiceOf(queue: StaffedQueue, outcome: QueueService | null): IntervalService {
  if (outcome === null) return { serviceLevel: 1, asaSeconds: 0, abandonmentRate: 0, occupancy: 0 };
  return {
    serviceLevel: serviceLevelBy(queue.goal.serviceLevelRule, outcome),
    asaSeconds: outcome.asaSeconds,
    abandonmentRate: outcome.abandonmentRate,
    occupancy: outcome.occupancy,
  };
}

/**
 * The queue of a plan as the transient room wants it, with its opening and what self-service leaves: for following a
 * given staffing. Scaling by a chosen risk is left out: this is what happens on average.
 */
export function changingQueue(input: RequirementInput, queue: StaffedQueue): TransientLoad | null {
  const demand = input.forecast.queues.find((candidate) => candidate.queueId === queue.id);
  if (demand === undefined) return null;
  const plan = { ...input.plan, requirement: { ...input.plan.requirement, spread: "ignored" as const } };
  return transientLoadOf(contextOf({ ...input, plan }, queue, demand, new Float64Array(0), []));
}

/**
 * E-mail, tickets, social media: the work is done before its deadline, where the other queues leave room. What goes
 * into the gaps of others (idle agents per interval) is taken off them and needs nobody more.
 */
function deferredQueue(
  context: QueueContext,
  others: Float64Array,
  gaps: readonly Float64Array[],
): QueueRequirement {
  const { queue, settings, grid, first, end, open, demand, issues } = context;
  const requirement = emptyRequirement(context);
  const hours = grid.intervalMinutes / 60;
  const occupancy = queue.goal.maxOccupancy ?? 1;
  const within = queue.deferred?.withinMinutes ?? grid.intervalMinutes;
  const meanAht = queue.defaultAhtSeconds ?? demand.ahtSeconds.find((aht) => aht > 0) ?? 0;
  const share = queue.deferred?.gapShare ?? 0;
  const gapAgents = gaps.length > 0 ? new Float64Array(demand.offered.length) : undefined;
  const plan = spreadDeferrable(
    {
      arriving: Float64Array.from(
        demand.offered.subarray(first, end),
        (contacts, at) => (contacts * demand.ahtSeconds[first + at]) / 3600 / occupancy,
      ),
      backlog:
        (((queue.deferred?.backlogContacts ?? 0) * meanAht) / 3600 / occupancy) * (first === 0 ? 1 : 0),
      open: open.subarray(first, end),
      withinIntervals: within / grid.intervalMinutes,
      others: others.subarray(first, end),
      // Work in gaps takes its own time only; the asked occupancy is for those who do nothing else.
      gaps: gapAgents
        ?.subarray(first, end)
        .map(
          (_, at) => (gaps.reduce((sum, agents) => sum + agents[first + at], 0) * share * hours) / occupancy,
        ),
    },
    hours,
  );
  if (plan.undone > 1e-9) {
    const values = { queue: queue.name, hours: Math.round(plan.undone * 10) / 10 };
    issues.push({ code: "requirement.undone", severity: "warning", values });
  }
  for (let index = first; index < end; index++) {
    requirement.offered[index] = demand.offered[index];
    if (open[index] === 0) continue;
    const filled = plan.inGaps[index - first] / hours;
    const busy = plan.done[index - first] / hours - filled;
    if (gapAgents !== undefined && filled > 0) {
      gapAgents[index] = filled * occupancy;
      // The next deferred queue finds what is left.
      const idle = gaps.reduce((sum, agents) => sum + agents[index], 0);
      for (const agents of gaps) agents[index] *= 1 - gapAgents[index] / idle;
    }
    const agents = Math.max(settings.wholeAgents ? Math.ceil(busy - 1e-9) : busy, queue.minimumAgents);
    staff(context, requirement, index, agents, {
      serviceLevel: 1,
      asaSeconds: plan.meanDelayIntervals * grid.intervalMinutes * 60,
      abandonmentRate: 0,
      occupancy: agents > 0 ? (busy * occupancy) / agents : 0,
    });
  }
  return gapAgents === undefined ? requirement : { ...requirement, gapAgents };
}

/** A goal no number of agents reaches, named by the promise that is in the way. */
function outOfReach(queue: StaffedQueue): Issue {
  const { goal } = queue;
  const promise = goal.serviceLevel !== null && goal.serviceLevel >= 1 ? "serviceLevel" : "maxAbandonment";
  return { code: "requirement.goalOutOfReach", severity: "error", values: { queue: queue.name, promise } };
}
