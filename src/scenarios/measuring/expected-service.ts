import { type IntervalGrid, intervalCount, intervalSeconds } from "../../domain/calendar/interval-grid.ts";
import type { IntervalRange } from "../../domain/calendar/ranges.ts";
import { openIntervals } from "../../domain/calendar/weekly-hours.ts";
import { memoizeByObject } from "../../domain/memo.ts";
import type { Plan } from "../../domain/plan/plan.ts";
import type { AgentGroup, Queue } from "../../domain/plan/queue.ts";
import type { Shift } from "../../domain/plan/shift.ts";
import { serviceLevelBy } from "../../queueing/steady/required-agents.ts";
import { transientQueue } from "../../queueing/transient/transient-queue.ts";
import { agentsForGoal, expectService, loadOf } from "../../staffing/queue-staffing.ts";
import { availableShare } from "../../staffing/shrinkage.ts";
import { shiftsAtWork } from "../changes/change-people.ts";
import type { ScenarioInputs } from "../changes/scenario-inputs.ts";
import { neededAgentsTable } from "./needed-agents.ts";

/** What the formulas read besides the agents who are there: cheap to send to a worker, unlike every shift of a roster. */
export type FloorInputs = Pick<ScenarioInputs, "plan" | "forecast">;

/** Agents there per group and interval, after shrinkage. Rows as in `plan.groups`. */
export type GroupAgents = readonly Float64Array[];

/**
 * Agents of each group on queue, on average over each interval: work in shifts × share that shrinkage leaves.
 * It does not depend on demand, so a slider over volume computes it once.
 */
export function agentsOfGroups(inputs: ScenarioInputs): GroupAgents {
  const { plan, forecast } = inputs;
  return addUpAgents(shiftsAtWork(inputs), forecast.grid, plan.groups, plan.shrinkage);
}

const addUpAgents = memoizeByObject(
  (
    shifts: readonly Shift[],
    grid: IntervalGrid,
    groups: readonly AgentGroup[],
    shrinkage: Plan["shrinkage"],
  ): GroupAgents => {
    const count = intervalCount(grid);
    const agents = groups.map(() => new Float64Array(count));
    const rowOf = new Map(groups.map((group, row) => [group.id, row]));
    for (const shift of shifts) {
      const row = rowOf.get(shift.groupId);
      if (row === undefined) continue;
      // Whoever takes longer does less.
      addWork(agents[row], shift, grid.intervalMinutes, 1 / (shift.handleFactor ?? 1));
    }
    const available = availableShare(grid, shrinkage);
    for (const series of agents)
      for (let index = 0; index < count; index++) series[index] *= available[index];
    return agents;
  },
);

/** Adds a shift's work to `series`, `weight` times; −1 takes it away again. */
export function addWork(series: Float64Array, shift: Shift, intervalMinutes: number, weight: number): void {
  for (const activity of shift.activities) {
    if (activity.kind !== "work") continue;
    const first = Math.max(0, Math.floor(activity.startMinute / intervalMinutes));
    const end = Math.min(series.length, Math.ceil(activity.endMinute / intervalMinutes));
    for (let index = first; index < end; index++) {
      const from = Math.max(activity.startMinute, index * intervalMinutes);
      const to = Math.min(activity.endMinute, (index + 1) * intervalMinutes);
      series[index] += (weight * (to - from)) / intervalMinutes;
    }
  }
}

/** What steady-state formulas expect of one queue, per interval of the grid; 0 outside of the range and when closed. */
export interface ExpectedQueue {
  readonly queueId: string;
  readonly agents: Float64Array;
  readonly offered: Float64Array;
  readonly serviceLevel: Float64Array;
  /** Infinity where the queue grows for ever. */
  readonly asaSeconds: Float64Array;
  readonly abandonmentRate: Float64Array;
  readonly occupancy: Float64Array;
}

/**
 * Service of every interval in the steady state (Erlang C or A, chat by its slots), each interval for itself.
 * A flexible group is shared out by what dedicated agents leave undone: first to loads that are not covered, up to
 * load + √load, the rest in proportion to the loads. Some 3 µs per open interval and queue.
 */
export function expectedService(
  inputs: FloorInputs,
  groupAgents: GroupAgents,
  range: IntervalRange,
): ExpectedQueue[] {
  const { plan, forecast } = inputs;
  const count = intervalCount(forecast.grid);
  const seconds = intervalSeconds(forecast.grid);
  const queues = plan.queues.flatMap((queue) => {
    const demand = forecast.queues.find(({ queueId }) => queueId === queue.id);
    return demand === undefined ? [] : [{ queue, demand }];
  });
  const agents = shareOut(
    plan,
    queues.map(({ queue, demand }) => ({ queue, offered: demand.offered, ahtSeconds: demand.ahtSeconds })),
    groupAgents,
    range,
    seconds,
  );
  return queues.map(({ queue, demand }, at) => {
    const open = openIntervals(forecast.grid, demand.open, queue.openingHours);
    const expected: ExpectedQueue = {
      queueId: queue.id,
      agents: agents[at],
      offered: new Float64Array(count),
      serviceLevel: new Float64Array(count),
      asaSeconds: new Float64Array(count),
      abandonmentRate: new Float64Array(count),
      occupancy: new Float64Array(count),
    };
    for (let index = range.first; index < range.end; index++) {
      if (open[index] === 0) continue;
      const load = loadOf(queue, demand.offered[index], demand.ahtSeconds[index], seconds);
      const service = expectService(queue, load, agents[at][index]);
      expected.offered[index] = demand.offered[index];
      expected.serviceLevel[index] = service.serviceLevel;
      expected.asaSeconds[index] = service.asaSeconds;
      expected.abandonmentRate[index] = service.abandonmentRate;
      expected.occupancy[index] = service.occupancy;
    }
    return expected;
  });
}

/**
 * The same with waiting carried from interval to interval: voice queues by the exact transient queue, which knows an
 * overloaded hour's aftermath. A fraction of an agent is read off the line between the whole numbers beside it. Chat
 * and deferred queues keep their steady state. About 5 ms per queue and day at 30 agents.
 */
export function transientService(
  inputs: FloorInputs,
  groupAgents: GroupAgents,
  range: IntervalRange,
): ExpectedQueue[] {
  const { plan, forecast } = inputs;
  const { grid } = forecast;
  const seconds = intervalSeconds(grid);
  return expectedService(inputs, groupAgents, range).map((steady) => {
    const queue = plan.queues.find(({ id }) => id === steady.queueId);
    const demand = forecast.queues.find(({ queueId }) => queueId === steady.queueId);
    if (queue === undefined || demand === undefined || queue.channel !== "voice") return steady;
    const part = (series: Float64Array) => series.slice(range.first, range.end);
    const load = {
      arrivalsPerSecond: part(steady.offered).map((contacts) => contacts / seconds),
      intervalSeconds: seconds,
      ahtSeconds: part(demand.ahtSeconds).map((aht) => (aht > 0 ? aht : 1)),
      patienceSeconds: queue.patienceSeconds,
      answerWithinSeconds: queue.goal.answerWithinSeconds,
      open: openIntervals(grid, demand.open, queue.openingHours).slice(range.first, range.end),
      start: "empty" as const,
    };
    const agents = part(steady.agents);
    const low = transientQueue(
      load,
      agents.map((count) => Math.floor(count + 1e-9)),
    );
    const high = transientQueue(
      load,
      agents.map((count) => Math.ceil(count - 1e-9)),
    );
    const exact = {
      ...steady,
      serviceLevel: new Float64Array(steady.serviceLevel.length),
      asaSeconds: new Float64Array(steady.asaSeconds.length),
      abandonmentRate: new Float64Array(steady.abandonmentRate.length),
      occupancy: new Float64Array(steady.occupancy.length),
    };
    for (let at = 0; at < agents.length; at++) {
      const below = low[at];
      const above = high[at];
      if (below === null || above === null) continue;
      const weight = agents[at] - Math.floor(agents[at] + 1e-9);
      const between = (a: number, b: number) => (weight <= 0 ? a : a + (b - a) * weight);
      const index = range.first + at;
      const rule = queue.goal.serviceLevelRule;
      exact.serviceLevel[index] = between(serviceLevelBy(rule, below), serviceLevelBy(rule, above));
      exact.asaSeconds[index] = between(below.asaSeconds, above.asaSeconds);
      exact.abandonmentRate[index] = between(below.abandonmentRate, above.abandonmentRate);
      exact.occupancy[index] = between(below.occupancy, above.occupancy);
    }
    return exact;
  });
}

interface Need {
  readonly queue: Queue;
  readonly offered: Float64Array;
  readonly ahtSeconds: Float64Array;
}

/** Agents per queue and interval; every group's agents are given away exactly once. */
function shareOut(
  plan: ScenarioInputs["plan"],
  needs: readonly Need[],
  groupAgents: GroupAgents,
  range: IntervalRange,
  seconds: number,
): Float64Array[] {
  const agents = needs.map(() => new Float64Array(groupAgents[0]?.length ?? 0));
  const groups = plan.groups.map((group, row) => ({
    series: groupAgents[row],
    queues: needs.flatMap(({ queue }, at) => (group.queueIds.includes(queue.id) ? [at] : [])),
  }));
  const dedicated = groups.filter(({ queues }) => queues.length === 1);
  const flexible = groups
    .filter(({ queues }) => queues.length > 1)
    .sort((a, b) => a.queues.length - b.queues.length);
  for (const { series, queues } of dedicated) {
    for (let index = range.first; index < range.end; index++) agents[queues[0]][index] += series[index];
  }
  const missing = new Float64Array(needs.length);
  const load = new Float64Array(needs.length);
  for (const { series, queues } of flexible) {
    for (let index = range.first; index < range.end; index++) {
      if (series[index] === 0) continue;
      let allMissing = 0;
      let allLoad = 0;
      for (const at of queues) {
        const { queue, offered, ahtSeconds } = needs[at];
        load[at] = (offered[index] * ahtSeconds[index]) / seconds / (queue.concurrency?.maxContacts ?? 1);
        missing[at] = Math.max(0, load[at] + Math.sqrt(load[at]) - agents[at][index]);
        allMissing += missing[at];
        allLoad += load[at];
      }
      const toMissing = Math.min(series[index], allMissing);
      const rest = series[index] - toMissing;
      for (const at of queues) {
        agents[at][index] +=
          (allMissing > 0 ? (toMissing * missing[at]) / allMissing : 0) +
          (allLoad > 0 ? (rest * load[at]) / allLoad : rest / queues.length);
      }
    }
  }
  return agents;
}

/**
 * Agents on queue that every goal needs, per queue of `expected` and interval; null where no number reaches the goal.
 */
export function neededAgents(
  inputs: ScenarioInputs,
  expected: readonly ExpectedQueue[],
  range: IntervalRange,
): (Float64Array | null)[] {
  const { plan, forecast } = inputs;
  const seconds = intervalSeconds(forecast.grid);
  return expected.map(({ queueId, offered }) => {
    const queue = plan.queues.find(({ id }) => id === queueId);
    const demand = forecast.queues.find((candidate) => candidate.queueId === queueId);
    if (queue === undefined || demand === undefined) return null;
    const table = neededAgentsTable(queue);
    const needed = new Float64Array(offered.length);
    for (let index = range.first; index < range.end; index++) {
      if (offered[index] === 0) continue;
      let goal = table(offered[index] / seconds, demand.ahtSeconds[index]);
      if (goal !== null && plan.requirement.wholeAgents) {
        // The table is good to a few hundredths: close to a whole number only the exact answer will do.
        const close = Math.abs(goal - Math.round(goal)) < 0.05;
        goal = close
          ? agentsForGoal(queue, loadOf(queue, offered[index], demand.ahtSeconds[index], seconds), 1, goal)
          : Math.ceil(goal);
      }
      if (goal === null) return null;
      needed[index] = Math.max(goal, queue.minimumAgents);
    }
    return needed;
  });
}
