import { clockSlots, dayOfDate, sameGrid } from "../../domain/calendar/interval-grid.ts";
import { openIntervals } from "../../domain/calendar/weekly-hours.ts";
import { fail, type Issue, type Outcome, succeed } from "../../domain/outcome.ts";
import type { FloorEvent } from "../../domain/plan/floor-event.ts";
import type { Plan } from "../../domain/plan/plan.ts";
import type { AgentGroup } from "../../domain/plan/queue.ts";
import { type AgentDemand, demandForAgents } from "../../domain/results/agent-demand.ts";
import type { DemandForecast, QueueForecast } from "../../domain/results/demand.ts";
import type { Distribution } from "../../numerics/distribution.ts";
import {
  compileAgents,
  rosteredShifts,
  type ShiftStates,
  shiftStatesOf,
  shiftsInSpan,
} from "./compile-agents.ts";
import { awayWindows, queueUnderEvents, type TimedEvent } from "./compile-events.ts";
import type { CustomerClass, GroupProblem, QueueProblem, SimulationProblem } from "./problem.ts";
import type { SimulatedQueue, SimulatedSpan, SimulationInput } from "./simulation-input.ts";

/** A plan's problem, with the names of what the engine only numbers. */
export interface CompiledPlan {
  readonly problem: SimulationProblem;
  readonly span: SimulatedSpan;
  readonly agentNames: readonly string[];
  /** Per group and interval of the span, the mean number of agents whose shifts say work, and some other activity. */
  readonly shiftStates: readonly ShiftStates[];
}

/**
 * The plan as the engine's arrays. Fails with `simulate.noShifts`, `simulate.gridsDiffer`, `simulate.noForecast`
 * (a queue the forecast does not hold), `simulate.unknownGroup` (a shift of a group the plan does not hold) or
 * `simulate.badDays` or `simulate.presentInterval` (now is not within the days); warns `simulate.queueUnserved`.
 */
export function compilePlan(input: SimulationInput): Outcome<CompiledPlan> {
  const { plan, forecast, schedule, roster } = input;
  const planned = roster ?? schedule;
  if (planned === null) return fail({ code: "simulate.noShifts", severity: "error" });
  const { grid } = forecast;
  if (!sameGrid(grid, planned.grid)) return fail({ code: "simulate.gridsDiffer", severity: "error" });
  const days = input.days ?? { first: 0, end: grid.dayCount };
  if (!(days.first >= 0 && days.end > days.first && days.end <= grid.dayCount)) {
    return fail({
      code: "simulate.badDays",
      severity: "error",
      values: { first: days.first, count: days.end - days.first },
    });
  }
  const { present } = input;
  if (
    present &&
    !(present.interval > grid.dayOffsets[days.first] && present.interval < grid.dayOffsets[days.end])
  ) {
    return fail({
      code: "simulate.presentInterval",
      severity: "error",
      values: {
        interval: present.interval - grid.dayOffsets[days.first],
        count: grid.dayOffsets[days.end] - grid.dayOffsets[days.first],
      },
    });
  }
  const span: SimulatedSpan = {
    grid,
    firstInterval: grid.dayOffsets[days.first],
    endInterval: grid.dayOffsets[days.end],
  };
  const issues: Issue[] = [];
  const queues: QueueProblem[] = [];
  for (const queue of plan.queues) {
    const since = present?.callbacksFrom?.find(({ queueId }) => queueId === queue.id);
    const callbacksFrom =
      since === undefined ? null : 60 * (since.minute - span.firstInterval * grid.intervalMinutes);
    const compiled = compileQueue(queue, forecast, span, plan.simulation, callbacksFrom);
    if (compiled === null) {
      issues.push({ code: "simulate.noForecast", severity: "error", values: { queue: queue.name } });
      continue;
    }
    queues.push(compiled);
    if (
      compiled.offered.some((offered) => offered > 0) &&
      !plan.groups.some((group) => group.queueIds.includes(queue.id))
    ) {
      issues.push({ code: "simulate.queueUnserved", severity: "warning", values: { queue: queue.name } });
    }
  }
  const shifts = shiftsInSpan(rosteredShifts(input), span);
  const groupIndex = new Map(plan.groups.map((group, index) => [group.id, index]));
  for (const groupId of new Set(shifts.map((shift) => shift.groupId))) {
    if (!groupIndex.has(groupId)) {
      issues.push({ code: "simulate.unknownGroup", severity: "error", values: { group: groupId } });
    }
  }
  if (issues.some((issue) => issue.severity === "error")) return fail(...issues);
  const { dayOffsets } = grid;
  const intervalSeconds = grid.intervalMinutes * 60;
  const groups = compileGroups(plan, queues);
  const { routing, lateness, events = [] } = plan.simulation;
  const timed = events.flatMap((event) => timedEvent(event, span));
  const problem: SimulationProblem = {
    intervalSeconds,
    intervalCount: span.endInterval - span.firstInterval,
    dayOffsets: dayOffsets.slice(days.first, days.end + 1).map((offset) => offset - span.firstInterval),
    warmUpIntervals: present === undefined ? 0 : present.interval - span.firstInterval,
    queues: queues.map((queue, q) =>
      queueUnderEvents(withTransfers(queue, plan.queues[q], queues), q, timed, groups, intervalSeconds),
    ),
    groups,
    agents: compileAgents(
      shifts,
      groupIndex,
      plan.groups.length,
      plan.shrinkage,
      span,
      present?.interval ?? null,
    ),
    atShiftEnd: plan.simulation.atShiftEnd,
    contactRule: routing?.contact === "furthestBelowGoal" ? "furthestBelowGoal" : "priority",
    agentRule: routing?.agent ?? "longestIdle",
    away: awayWindows(timed, groups),
    ...(lateness && { lateness: { share: lateness.share, meanSeconds: lateness.meanMinutes * 60 } }),
    ...(present && { countedIntervals: present.interval - span.firstInterval }),
    ...(present?.queues && {
      present: { interval: present.interval - span.firstInterval, queues: present.queues },
    }),
    seed: plan.seed,
  };
  const agentNames = shifts.map((shift) => shift.name);
  return succeed(
    { problem, span, agentNames, shiftStates: shiftStatesOf(shifts, plan.groups, span) },
    issues,
  );
}

/** An event of a day that is simulated, in seconds; others are left out. */
function timedEvent(event: FloorEvent, span: SimulatedSpan): TimedEvent[] {
  const at = (minute: number) => secondsAt(span, event.date, minute);
  const startSeconds = at(event.kind === "lateOpening" ? 0 : event.fromMinute);
  const endSeconds = at(event.toMinute);
  return startSeconds === null || endSeconds === null ? [] : [{ ...event, startSeconds, endSeconds }];
}

/** A clock minute of a day in seconds since the start of the span; null: the day is not in it. */
function secondsAt(
  { grid, firstInterval, endInterval }: SimulatedSpan,
  date: string,
  minute: number,
): number | null {
  const day = dayOfDate(grid, date);
  if (day === null) return null;
  const first = grid.dayOffsets[day];
  const end = grid.dayOffsets[day + 1];
  if (first < firstInterval || end > endInterval) return null;
  const slots = clockSlots(grid);
  const { intervalMinutes } = grid;
  let interval = first;
  while (interval < end && (slots[interval] + 1) * intervalMinutes <= minute) interval++;
  const into = interval === end ? 0 : Math.max(0, minute - slots[interval] * intervalMinutes);
  return ((interval - firstInterval) * intervalMinutes + into) * 60;
}

function compileQueue(
  queue: SimulatedQueue,
  forecast: DemandForecast,
  span: SimulatedSpan,
  settings: Plan["simulation"],
  callbacksFrom: number | null,
): QueueProblem | null {
  const expected = forecast.queues.find((candidate) => candidate.queueId === queue.id);
  if (expected === undefined) return null;
  const part = (series: Float64Array) => series.slice(span.firstInterval, span.endInterval);
  const open = openIntervals(span.grid, expected.open, queue.openingHours);
  const demand = demandWhileOpen(queue, expected, open, span.grid.intervalMinutes);
  const deferred = queue.channel === "deferred";
  return {
    id: queue.id,
    offered: part(demand.offered),
    open: open.slice(span.firstInterval, span.endInterval),
    ahtSeconds: part(demand.ahtSeconds),
    handleTime: handleTimeShape(settings.handleTimeCv),
    patience:
      queue.patienceSeconds === null || deferred
        ? null
        : { kind: "exponential", mean: queue.patienceSeconds },
    balking: 0,
    dayFactorVariance: settings.uncertainDemand ? expected.dayFactorVariance : 0,
    intervalFactorVariance: settings.uncertainDemand ? part(expected.dispersion) : null,
    answerWithinSeconds: queue.goal.answerWithinSeconds,
    serviceLevelRule: queue.goal.serviceLevelRule,
    serviceLevelGoal: queue.goal.serviceLevel,
    maxContacts: queue.concurrency?.maxContacts ?? 1,
    slowdown: queue.concurrency?.slowdown ?? [1],
    waitingPlaces: queue.waitingPlaces ?? null,
    classes: customerClasses(queue),
    redial:
      queue.redial === undefined
        ? null
        : {
            probability: queue.redial.share,
            delay: { kind: "exponential", mean: queue.redial.afterMinutes * 60 },
          },
    waitsOvernight: deferred,
    ...(deferred && {
      carriedOver: part(demand.carriedOver),
      interruptible: queue.deferred?.interruptible ?? false,
      ...(queue.deferred && { doneWithinSeconds: queue.deferred.withinMinutes * 60 }),
    }),
    ...(queue.callback &&
      !deferred && {
        callback: {
          afterSeconds: queue.callback.afterSeconds,
          acceptShare: queue.callback.acceptShare,
          inTurn: queue.callback.when === "inTurn",
          ...(queue.callback.promiseMinutes && { promiseSeconds: queue.callback.promiseMinutes * 60 }),
          ...(callbacksFrom !== null && { fromSeconds: callbacksFrom }),
        },
      }),
  };
}

/** Those told apart, and the ordinary ones, whom their shares leave. */
function customerClasses({ customers = [] }: SimulatedQueue): CustomerClass[] {
  const told = customers.filter(({ share }) => share > 0);
  const ordinary = 1 - told.reduce((sum, { share }) => sum + share, 0);
  const rest = { share: Math.max(0, ordinary), level: 0, creditSeconds: 0 };
  return [...told.map(({ share, level, creditSeconds }) => ({ share, level, creditSeconds })), rest];
}

/** Transfers to queues that are simulated too. */
function withTransfers(
  compiled: QueueProblem,
  queue: SimulatedQueue,
  queues: readonly QueueProblem[],
): QueueProblem {
  const transfers = (queue.transfers ?? []).flatMap(({ queueId, share, ahtSeconds }) => {
    const target = queues.findIndex(({ id }) => id === queueId);
    return target < 0 || share === 0 ? [] : [{ queue: target, share, ahtSeconds }];
  });
  return transfers.length === 0 ? compiled : { ...compiled, transfers };
}

/**
 * The contacts the requirement staffs for: what self-service leaves, while the queue is open. Who calls a closed line
 * is lost; work with a deadline is there when the next open interval begins, as the backlog is at the plan's first.
 */
function demandWhileOpen(
  queue: SimulatedQueue,
  expected: QueueForecast,
  open: Uint8Array,
  intervalMinutes: number,
): AgentDemand & { readonly carriedOver: Float64Array } {
  const reaching = demandForAgents(queue, expected, intervalMinutes);
  const offered = reaching.offered.slice();
  const ahtSeconds = reaching.ahtSeconds.slice();
  const carriedOver = new Float64Array(offered.length);
  const waits = queue.channel === "deferred";
  let waiting = waits ? (queue.deferred?.backlogContacts ?? 0) : 0;
  let work = waiting * (queue.defaultAhtSeconds ?? ahtSeconds.find((aht) => aht > 0) ?? 0);
  for (let interval = 0; interval < offered.length; interval++) {
    if (open[interval] === 0) {
      if (waits) {
        waiting += offered[interval];
        work += offered[interval] * ahtSeconds[interval];
      }
      offered[interval] = 0;
    } else if (waiting > 0) {
      const own = offered[interval];
      offered[interval] += waiting;
      ahtSeconds[interval] = (own * ahtSeconds[interval] + work) / offered[interval];
      carriedOver[interval] = waiting / offered[interval];
      waiting = 0;
      work = 0;
    }
  }
  return { offered, ahtSeconds, carriedOver };
}

/** Exponential, as Erlang's formulas assume, unless a spread is known: then lognormal, as handle times are in practice. */
function handleTimeShape(cv: number | null): Distribution {
  return cv === null ? { kind: "exponential", mean: 1 } : { kind: "lognormal", mean: 1, cv };
}

/**
 * A contact goes to dedicated agents before flexible ones, and to those who only help out last; of several queues the
 * one with the lower priority number is served first (or the one the group names first, where that is the rule), work
 * with a deadline while nobody waits.
 */
function compileGroups(plan: SimulationInput["plan"], queues: readonly QueueProblem[]): GroupProblem[] {
  const indexOf = new Map(queues.map((queue, index) => [queue.id, index]));
  const levelOf = (index: number) =>
    plan.queues.find(({ id }) => id === queues[index].id)?.priority ?? (queues[index].waitsOvernight ? 1 : 0);
  const { routing } = plan.simulation;
  const bySkill = routing?.contact === "skillOrder";
  /** Place among the group's skills; what it does not name comes last. */
  function placeIn(group: AgentGroup, queueId: string): number {
    const order =
      routing?.skillOrders?.find(({ groupId }) => groupId === group.id)?.queueIds ?? group.queueIds;
    const place = order.indexOf(queueId);
    return place < 0 ? order.length : place;
  }
  const keepFree = (groupId: string, queueId: string) =>
    routing?.reserves?.find((reserve) => reserve.groupId === groupId && reserve.queueId === queueId)
      ?.keepFree;
  return plan.groups.map((group) => ({
    id: group.id,
    serves: [
      ...group.queueIds.map((queueId) => ({ queueId, afterSeconds: 0, preference: group.queueIds.length })),
      ...(group.overflow ?? []).map((help) => ({ ...help, preference: 100 })),
    ].flatMap(({ queueId, afterSeconds, preference }) => {
      const queue = indexOf.get(queueId);
      if (queue === undefined) return [];
      const own = bySkill ? placeIn(group, queueId) : levelOf(queue);
      const level = own + (preference === 100 ? 100 : 0);
      const reserve = keepFree(group.id, queueId);
      return [{ queue, level, preference, afterSeconds, ...(reserve && { keepFree: reserve }) }];
    }),
    staffing: new Int32Array(0),
  }));
}
