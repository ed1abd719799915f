import { type IntervalGrid, intervalCount } from "../../../domain/calendar/interval-grid.ts";
import type { IntervalRange } from "../../../domain/calendar/ranges.ts";
import type { Plan } from "../../../domain/plan/plan.ts";
import type { AgentGroup, Queue } from "../../../domain/plan/queue.ts";
import type { Roster } from "../../../domain/plan/roster.ts";
import type { Schedule } from "../../../domain/plan/shift.ts";
import type { DemandForecast } from "../../../domain/results/demand.ts";
import type {
  Estimate,
  GroupSimulation,
  QueueSimulation,
  SimulationResult,
} from "../../../domain/results/simulation.ts";
import { expectedOfQueue } from "../../../scenarios/measuring/service-by-stage.ts";
import { type Bottleneck, findBottleneck } from "../../../simulating/measure/bottleneck.ts";
import {
  convergence,
  type DayFigures,
  dayFigures,
  type Figure,
  missShare,
} from "../../../simulating/measure/day-figures.ts";

/** One value per interval of the plan's whole grid; null where there is none. */
export type GridSeries = readonly (number | null)[];

/** An estimate on the plan's whole grid; null where there was nothing to measure or nothing was simulated. */
export interface GridEstimate {
  readonly mean: GridSeries;
  readonly halfWidth: GridSeries;
}

function emptySeries(grid: IntervalGrid): (number | null)[] {
  return new Array(intervalCount(grid)).fill(null);
}

export type MeasureName = "serviceLevel" | "asaSeconds" | "abandonmentRate" | "occupancy" | "waiting";

/** What must be there for a measure to mean something. */
const neededFor: Readonly<Record<MeasureName, "offered" | "answered" | "inService" | null>> = {
  serviceLevel: "offered",
  asaSeconds: "answered",
  abandonmentRate: "offered",
  occupancy: "inService",
  waiting: "offered",
};

/** A measure of one queue by interval, or by day painted over the day's open intervals. */
export function measureOnGrid(
  result: SimulationResult,
  queue: QueueSimulation,
  measure: MeasureName,
  by: "interval" | "day",
): GridEstimate {
  const mean = emptySeries(result.grid);
  const halfWidth = emptySeries(result.grid);
  const needed = neededFor[measure];
  const there = needed === null ? null : queue.intervals[needed].mean;
  const { dayOffsets } = result.grid;
  let day = 0;
  const firstDay = dayOffsets.findLastIndex((offset) => offset <= result.firstInterval);
  const from: Estimate = by === "interval" ? queue.intervals[measure] : queue.days[measure];
  for (let index = result.firstInterval; index < result.endInterval; index++) {
    while (dayOffsets[firstDay + day + 1] <= index) day++;
    const at = index - result.firstInterval;
    if (there !== null && there[at] === 0) continue;
    const place = by === "interval" ? at : day;
    mean[index] = from.mean[place];
    halfWidth[index] = from.halfWidth[place];
  }
  return { mean, halfWidth };
}

/** Service level that the formula expects of the agents who were simulated; null: there is none, or it does not answer. */
export function promisedLevel(
  plan: Plan,
  forecast: DemandForecast,
  made: Schedule | Roster,
  queueId: string,
  range: IntervalRange,
): GridSeries | null {
  const expected = expectedOfQueue(plan, forecast, made, queueId, range);
  if (expected === null || expected.withheld !== null) return null;
  const promise = emptySeries(forecast.grid);
  for (let index = range.first; index < range.end; index++)
    if (expected.offered[index] > 0) promise[index] = expected.serviceLevel[index];
  return promise;
}

/** What the shown days of a queue came to, and how the estimate settled. */
export interface QueueFigures extends DayFigures {
  readonly queueId: string;
  /** Share of replications below the goal; null without a goal. */
  readonly risk: Figure | null;
  readonly settling: ReturnType<typeof convergence>;
}

/** `firstDay` and `dayCount` are days of the plan's grid; clipped to the simulated span. null: nothing of it was simulated. */
export function queueFigures(
  result: SimulationResult,
  queue: QueueSimulation,
  goal: number | null,
  firstDay: number,
  dayCount: number,
): QueueFigures | null {
  const offset = result.grid.dayOffsets.indexOf(result.firstInterval);
  const first = Math.max(0, firstDay - offset);
  const end = Math.min(queue.replicationDays.dayCount, firstDay - offset + dayCount);
  if (end <= first) return null;
  const figures = dayFigures(queue.replicationDays, first, end - first);
  return {
    ...figures,
    queueId: queue.queueId,
    risk: goal === null ? null : missShare(figures.levels, goal),
    settling: convergence(queue.replicationDays, first, end - first),
  };
}

/** Contacts the forecast expects in a range. */
export function expectedContacts(
  forecast: DemandForecast,
  queueId: string | null,
  range: IntervalRange,
): number {
  let contacts = 0;
  for (const queue of forecast.queues) {
    if (queueId !== null && queue.queueId !== queueId) continue;
    for (let index = range.first; index < range.end; index++) contacts += queue.offered[index];
  }
  return contacts;
}

/** Where most contacts are missing to a goal in the period shown, and who could have helped. */
export function bottleneckIn(
  result: SimulationResult,
  queues: readonly Queue[],
  groups: readonly AgentGroup[],
  range: IntervalRange,
): Bottleneck | null {
  return findBottleneck(result, queues, groups, range);
}

/** Agents of a group on the plan's whole grid; null where nobody is there. `free` and `handling` make up `onQueue`. */
export interface AgentStates {
  readonly inShift: GridSeries;
  readonly working: GridSeries;
  readonly onQueue: GridSeries;
  readonly handling: GridSeries;
  readonly handlingHalf: GridSeries;
  readonly free: GridSeries;
}

/** null: the result is of a version that did not tell them apart. */
export function statesOnGrid(result: SimulationResult, group: GroupSimulation): AgentStates | null {
  const { working, otherwise, handling, available, agentsOnQueue } = group;
  if (!working || !otherwise || !handling || !available) return null;
  const states = {
    inShift: emptySeries(result.grid),
    working: emptySeries(result.grid),
    onQueue: emptySeries(result.grid),
    handling: emptySeries(result.grid),
    handlingHalf: emptySeries(result.grid),
    free: emptySeries(result.grid),
  };
  for (let index = result.firstInterval; index < result.endInterval; index++) {
    const at = index - result.firstInterval;
    const inShift = working[at] + otherwise[at];
    if (inShift === 0 && agentsOnQueue.mean[at] === 0) continue;
    states.inShift[index] = inShift;
    states.working[index] = working[at];
    states.onQueue[index] = agentsOnQueue.mean[at];
    states.handling[index] = handling.mean[at];
    states.handlingHalf[index] = handling.halfWidth[at];
    states.free[index] = available.mean[at];
  }
  return states;
}

/** What became of a queue's contacts over some days beyond being answered; counts with half-widths, null: none at all. */
export interface FollowUpFigures {
  readonly blocked: Figure | null;
  readonly redialled: Figure | null;
  readonly transferred: Figure | null;
  readonly callbacks: Figure | null;
  /** Mean time until the callback, of those called. */
  readonly callbackDelaySeconds: Figure | null;
}

/** Days are drawn apart from each other, so the squares of their half-widths add up. */
export function followUpFigures(
  result: SimulationResult,
  { days }: QueueSimulation,
  firstDay: number,
  dayCount: number,
): FollowUpFigures {
  const offset = result.grid.dayOffsets.indexOf(result.firstInterval);
  const first = Math.max(0, firstDay - offset);
  const end = Math.min(days.offered.mean.length, firstDay - offset + dayCount);
  const total = (of: Estimate | undefined): Figure | null => {
    let mean = 0;
    let squares = 0;
    for (let day = first; day < end; day++) {
      mean += of?.mean[day] ?? 0;
      squares += (of?.halfWidth[day] ?? 0) ** 2;
    }
    return mean > 0 ? { mean, halfWidth: Math.sqrt(squares) } : null;
  };
  const { followUps } = days;
  const callbacks = total(followUps?.callbacks);
  let delay = 0;
  let squares = 0;
  for (let day = first; day < end && callbacks !== null && followUps !== undefined; day++) {
    const share = followUps.callbacks.mean[day] / (callbacks.mean ?? 1);
    delay += share * followUps.callbackDelaySeconds.mean[day];
    squares += (share * followUps.callbackDelaySeconds.halfWidth[day]) ** 2;
  }
  return {
    blocked: total(days.blocked),
    redialled: total(followUps?.redialled),
    transferred: total(followUps?.transferred),
    callbacks,
    callbackDelaySeconds: callbacks === null ? null : { mean: delay, halfWidth: Math.sqrt(squares) },
  };
}
