import { clockSlots, dayOfDate, intervalCount, intervalSeconds } from "../domain/calendar/interval-grid.ts";
import type { IntervalRange } from "../domain/calendar/ranges.ts";
import { openIntervals } from "../domain/calendar/weekly-hours.ts";
import { memoizeByNumbers } from "../domain/memo.ts";
import { demandForAgents } from "../domain/results/agent-demand.ts";
import type { DemandForecast } from "../domain/results/demand.ts";
import {
  type FloorGroup,
  type FloorQueue,
  type FloorService,
  sharedFloor,
} from "../queueing/transient/shared-floor.ts";
import { type GroupAgents, stepsPerInterval } from "./agents-on-queue.ts";
import { type ServedPlan, type Withheld, withheldQueues } from "./formula-limits.ts";

/** What is to be expected of one queue, per interval of the grid; 0 outside of the range and where it is closed. */
export interface ExpectedQueue {
  readonly queueId: string;
  /** Why the formula does not answer for this queue, in these days; null: it does. */
  readonly withheld: Withheld | null;
  readonly offered: Float64Array;
  /** Agents on queue for it: its own, and its part of those it shares. They add up to all agents. */
  readonly agents: Float64Array;
  /** All agents on queue who can serve it, and those who finish a contact past the end of their work. */
  readonly onQueue: Float64Array;
  /** Of these, those past the end of their work. */
  readonly finishing: Float64Array;
  /** By the queue's own rule. */
  readonly serviceLevel: Float64Array;
  /** Contacts that its rule counts, and those of them in time: what service levels of longer stretches are made of. */
  readonly counted: Float64Array;
  readonly inTime: Float64Array;
  readonly asaSeconds: Float64Array;
  readonly abandonmentRate: Float64Array;
  /** Of all agents who can serve it. */
  readonly occupancy: Float64Array;
}

/**
 * The service to be expected of the agents who are really there, shared among their queues as the routing shares them:
 * one reckoning for every place that says what shifts or a roster will give.
 *
 * Assumes what the simulation assumes: Poisson contacts, with the forecast's own uncertainty where the plan asks for it,
 * exponential handle times and patience, shrinkage as chance, breaks and ends of shifts as planned. Queues that the same
 * agents serve are one line; agents of several queues go to whoever has waited longest, after those of one queue.
 *
 * Method: every day is followed in steps of a quarter-hour (`sharedFloor`), waiting carried over. It comes within 2 points
 * of the simulation's service level (`npm run bench:expected-service`), or is withheld: `withheld` says why.
 * Contacts; seconds; shares 0–1. Some two milliseconds for a day of two queues; days on which nothing has changed since
 * they were asked for last are remembered, so that a break that is dragged costs its own day only.
 *
 * @example
 * const agents = sumAgentsOnQueue(plan, forecast);
 * for (const worked of rosteredShifts({ plan, schedule, roster })) agents.add(worked, 1);
 * expectedService(plan, forecast, agents.agents(), { first: 0, end: 96 })[0].serviceLevel[40]; // 0.83
 */
export function expectedService(
  plan: ServedPlan,
  forecast: DemandForecast,
  agents: GroupAgents,
  range: IntervalRange,
): ExpectedQueue[] {
  const { grid } = forecast;
  const count = intervalCount(grid);
  const parts = stepsPerInterval(grid);
  const served = plan.queues.filter(({ id }) => forecast.queues.some(({ queueId }) => queueId === id));
  const floor = floorOf({ ...plan, queues: served }, forecast, agents);
  const results = served.map((queue) => emptyQueue(queue.id, count));
  const warmUp = Math.round(7200 / floor.stepSeconds);
  for (let day = 0; day < grid.dayCount; day++) {
    const [first, end] = [grid.dayOffsets[day], grid.dayOffsets[day + 1]];
    if (end <= range.first || first >= range.end) continue;
    const services = followedDay(dayInNumbers(floor, first * parts, end * parts, warmUp), () =>
      sharedFloor(floor.queues, floor.groups, floor.stepSeconds, first * parts, end * parts, warmUp),
    );
    for (const [q, queue] of served.entries())
      for (let index = Math.max(first, range.first); index < Math.min(end, range.end); index++)
        addUpInterval(results[q], queue, floor, q, services[q], index, first);
  }
  const levels = results.map(({ inTime, counted }) => {
    const all = sum(counted);
    return all > 0 ? sum(inTime) / all : null;
  });
  const withheld = withheldQueues({ ...plan, queues: served }, grid, agents, levels, range);
  return results.map((result, q) => ({ ...result, withheld: withheld[q] }));
}

/** Days of a few plans of four weeks: a plan and its scenarios are looked at side by side. */
const followedDay = memoizeByNumbers<FloorService[]>(200);

/** All that a day depends on, from its warm-up to its end. */
function dayInNumbers(
  { queues, groups, stepSeconds }: ReturnType<typeof floorOf>,
  first: number,
  end: number,
  warmUp: number,
): Float64Array {
  const from = Math.max(0, first - warmUp);
  const settings = [first - from, end - first, stepSeconds, queues.length];
  const series: (Float64Array | Uint8Array)[] = [];
  for (const queue of queues) {
    const { patienceSeconds, answerWithinSeconds, maxContacts, slowdown } = queue;
    settings.push(patienceSeconds ?? -1, answerWithinSeconds, maxContacts, slowdown.length, ...slowdown);
    series.push(queue.arrivalsPerSecond, queue.ahtSeconds, queue.open, queue.rateVariance);
  }
  for (const group of groups) {
    settings.push(group.queues.length, ...group.queues);
    series.push(group.mean, group.variance, group.leaving, group.speed);
  }
  const numbers = new Float64Array(settings.length + series.length * (end - from));
  numbers.set(settings);
  for (const [at, values] of series.entries())
    numbers.set(values.subarray(from, end), settings.length + at * (end - from));
  return numbers;
}

function sum(series: Float64Array): number {
  let total = 0;
  for (const value of series) total += value;
  return total;
}

function emptyQueue(queueId: string, count: number): ExpectedQueue {
  const series = () => new Float64Array(count);
  return {
    queueId,
    withheld: null,
    offered: series(),
    agents: series(),
    onQueue: series(),
    finishing: series(),
    serviceLevel: series(),
    counted: series(),
    inTime: series(),
    asaSeconds: series(),
    abandonmentRate: series(),
    occupancy: series(),
  };
}

/** The plan as arrays per step; deferred work waits for whoever is free and is left out. */
function floorOf(plan: ServedPlan, forecast: DemandForecast, agents: GroupAgents) {
  const { grid } = forecast;
  const parts = stepsPerInterval(grid);
  const seconds = intervalSeconds(grid);
  const count = intervalCount(grid) * parts;
  const queues = plan.queues.map((queue): FloorQueue => {
    const expected = forecast.queues.find(({ queueId }) => queueId === queue.id)!;
    const demand = demandForAgents(queue, expected, grid.intervalMinutes);
    const open = openIntervals(grid, expected.open, queue.openingHours);
    const arrivalsPerSecond = new Float64Array(count);
    const ahtSeconds = new Float64Array(count);
    const openSteps = new Uint8Array(count);
    const variance = new Float64Array(count);
    const surge = surgeFactors(plan, queue.id, forecast);
    for (let at = 0; at < count; at++) {
      const index = Math.floor(at / parts);
      openSteps[at] = queue.channel === "deferred" ? 0 : open[index];
      arrivalsPerSecond[at] =
        openSteps[at] === 0 ? 0 : (demand.offered[index] * (surge?.[index] ?? 1)) / seconds;
      ahtSeconds[at] = demand.ahtSeconds[index];
      if (plan.simulation.uncertainDemand)
        variance[at] = expected.dispersion[index] + expected.dayFactorVariance;
    }
    return {
      arrivalsPerSecond,
      ahtSeconds,
      open: openSteps,
      rateVariance: variance,
      patienceSeconds: queue.patienceSeconds,
      answerWithinSeconds: queue.goal.answerWithinSeconds,
      maxContacts: queue.channel === "chat" ? (queue.concurrency?.maxContacts ?? 1) : 1,
      slowdown: queue.concurrency?.slowdown ?? [1],
    };
  });
  const groups = plan.groups.map(
    ({ queueIds }, row): FloorGroup => ({
      queues: queueIds.flatMap((id) => {
        const q = plan.queues.findIndex((queue) => queue.id === id);
        return q < 0 ? [] : [q];
      }),
      ...agents[row],
    }),
  );
  return { queues, groups, parts, stepSeconds: seconds / parts };
}

/** Contacts times so much in a surge of the plan's floor events; null: there is none. */
function surgeFactors(
  { simulation }: ServedPlan,
  queueId: string,
  { grid }: DemandForecast,
): Float64Array | null {
  let factors: Float64Array | null = null;
  for (const event of simulation.events ?? []) {
    if (event.kind !== "surge" || (event.queueIds !== null && !event.queueIds.includes(queueId))) continue;
    const day = dayOfDate(grid, event.date);
    if (day === null) continue;
    factors ??= new Float64Array(intervalCount(grid)).fill(1);
    const slots = clockSlots(grid);
    for (let index = grid.dayOffsets[day]; index < grid.dayOffsets[day + 1]; index++) {
      const start = slots[index] * grid.intervalMinutes;
      const overlap =
        Math.min(event.toMinute, start + grid.intervalMinutes) - Math.max(event.fromMinute, start);
      factors[index] *= 1 + ((event.factor - 1) * Math.max(0, overlap)) / grid.intervalMinutes;
    }
  }
  return factors;
}

function addUpInterval(
  result: ExpectedQueue,
  queue: ServedPlan["queues"][number],
  { queues, parts, stepSeconds }: ReturnType<typeof floorOf>,
  q: number,
  service: FloorService,
  index: number,
  dayFirst: number,
): void {
  let contacts = 0;
  let counted = 0;
  let inTime = 0;
  let served = 0;
  let waited = 0;
  let busy = 0;
  for (let part = 0; part < parts; part++) {
    const at = (index - dayFirst) * parts + part;
    const rate = queues[q].arrivalsPerSecond[index * parts + part];
    result.agents[index] += service.agents[at] / parts;
    result.onQueue[index] += service.onQueue[at] / parts;
    result.finishing[index] += service.finishing[at] / parts;
    busy += (service.busy[at] + service.finishing[at]) / parts;
    if (rate === 0) continue;
    const { serviceLevelRule } = queue.goal;
    contacts += rate;
    inTime += rate * service.inTime[at];
    served += rate * service.served[at];
    waited += rate * service.waitOfServed[at];
    counted +=
      rate *
      (serviceLevelRule === "offered"
        ? 1
        : serviceLevelRule === "answered"
          ? service.served[at]
          : service.inTime[at] + service.late[at]);
  }
  result.onQueue[index] += result.finishing[index];
  result.occupancy[index] = result.onQueue[index] > 0 ? busy / result.onQueue[index] : 0;
  if (contacts === 0) return;
  const scale = stepSeconds;
  result.offered[index] = contacts * scale;
  result.counted[index] = counted * scale;
  result.inTime[index] = inTime * scale;
  result.serviceLevel[index] = counted > 0 ? Math.min(1, inTime / counted) : 0;
  result.asaSeconds[index] = served > 0 ? waited / served : Number.POSITIVE_INFINITY;
  result.abandonmentRate[index] = Math.min(1, Math.max(0, 1 - served / contacts));
}
