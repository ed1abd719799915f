import { fail, type Issue, type Outcome, succeed } from "../../domain/outcome.ts";
import type { BareProblem, TimeDistribution } from "../../domain/results/simulation-problem.ts";
import { type Distribution, distributionMean } from "../../numerics/distribution.ts";
import { awayWindows, queueUnderEvents, type TimedEvent } from "./compile-events.ts";
import { noAgents, type PresentQueue, type SimulationProblem } from "./problem.ts";

/**
 * A bare problem as the engine's arrays. Fails with `simulate.seriesLength` (a series with another number of values
 * than there are intervals), `simulate.unknownQueue` (a group serves a queue that is not there), `simulate.classShares`
 * (shares of a queue's classes do not sum to 1), `simulate.transferShares` (they sum to more), `simulate.unknownGroup`,
 * `simulate.repeatedName`, `simulate.presentCallbacks` (callbacks owed by a queue that offers none) or
 * `simulate.presentInterval` (a present state that begins after the end).
 */
export function compileBareProblem(bare: BareProblem, seed: number): Outcome<SimulationProblem> {
  const { intervals, intervalMinutes } = bare;
  const intervalSeconds = intervalMinutes * 60;
  const issues: Issue[] = [];
  const issue = (code: string, values: Issue["values"]) => issues.push({ code, severity: "error", values });
  function series(value: number | readonly number[], factor: number, name: string): Float64Array {
    if (typeof value === "number") return new Float64Array(intervals).fill(value * factor);
    if (value.length !== intervals) {
      issue("simulate.seriesLength", { series: name, expected: intervals, found: value.length });
    }
    return Float64Array.from({ length: intervals }, (_, k) => (value[k] ?? 0) * factor);
  }
  for (const [kind, names] of [
    ["queue", bare.queues.map((queue) => queue.id)],
    ["group", bare.groups.map((group) => group.id)],
  ] as const) {
    const repeated = names.find((name, index) => names.indexOf(name) !== index);
    if (repeated !== undefined) issue("simulate.repeatedName", { kind, name: repeated });
  }
  const queueIndex = new Map(bare.queues.map((queue, index) => [queue.id, index]));
  const queues = bare.queues.map((queue) => {
    if (Math.abs(queue.classes.reduce((sum, { share }) => sum + share, 0) - 1) > 1e-9) {
      issue("simulate.classShares", { queue: queue.id });
    }
    if (queue.transfers.reduce((sum, { share }) => sum + share, 0) > 1 + 1e-9) {
      issue("simulate.transferShares", { queue: queue.id });
    }
    const transfers = queue.transfers.flatMap((transfer) => {
      const target = queueIndex.get(transfer.queue);
      if (target === undefined) issue("simulate.unknownQueue", { group: queue.id, queue: transfer.queue });
      return target === undefined ? [] : [{ ...transfer, queue: target }];
    });
    const handleTime = distributionOf(queue.handleTime);
    const meanHandle = distributionMean(handleTime);
    return {
      id: queue.id,
      offered: series(queue.arrivalsPerHour, intervalMinutes / 60, `${queue.id}.arrivalsPerHour`),
      open: new Uint8Array(intervals).fill(1),
      ahtSeconds: new Float64Array(intervals).fill(meanHandle),
      handleTime: scaled(handleTime, 1 / meanHandle),
      patience: queue.patience === null ? null : distributionOf(queue.patience),
      balking: queue.balking,
      dayFactorVariance: queue.dayFactorCv ** 2,
      intervalFactorVariance: null,
      answerWithinSeconds: queue.answerWithinSeconds,
      serviceLevelRule: queue.serviceLevelRule,
      serviceLevelGoal: queue.serviceLevelGoal,
      maxContacts: queue.maxContacts,
      slowdown: queue.slowdown,
      waitingPlaces: queue.waitingPlaces,
      classes: queue.classes,
      redial: queue.redial === null ? null : { ...queue.redial, delay: distributionOf(queue.redial.delay) },
      waitsOvernight: true,
      ...(queue.interruptible && { interruptible: true }),
      ...(queue.doneWithinMinutes !== null && { doneWithinSeconds: queue.doneWithinMinutes * 60 }),
      ...(queue.callback !== null && {
        callback: { ...queue.callback, inTurn: queue.callback.when === "inTurn" },
      }),
      ...(transfers.length > 0 && { transfers }),
    };
  });
  const groups = bare.groups.map((group) => ({
    id: group.id,
    serves: group.serves.flatMap((service, place) => {
      const given =
        typeof service === "string" ? { queue: service, level: 0, preference: 0, afterSeconds: 0 } : service;
      const rule = bare.routing.contact === "skillOrder" ? { ...given, level: place } : given;
      const queue = queueIndex.get(rule.queue);
      if (queue === undefined) issue("simulate.unknownQueue", { group: group.id, queue: rule.queue });
      return queue === undefined ? [] : [{ ...rule, queue }];
    }),
    staffing: Int32Array.from(series(group.staffing, 1, `${group.id}.staffing`)),
  }));
  const named = (ids: readonly string[] | null, known: readonly { readonly id: string }[]) =>
    ids?.find((id) => known.every((one) => one.id !== id));
  const events = bare.events.map((event): TimedEvent => {
    const times = { startSeconds: event.fromMinute * 60, endSeconds: event.toMinute * 60 };
    if (event.kind === "surge" || event.kind === "lateOpening") {
      const unknown = named(event.queues, bare.queues);
      if (unknown !== undefined) issue("simulate.unknownQueue", { group: event.kind, queue: unknown });
      return event.kind === "surge"
        ? { kind: "surge", queueIds: event.queues, factor: event.factor, ...times }
        : { kind: "lateOpening", queueIds: event.queues, ...times };
    }
    const unknown = named(event.groups, bare.groups);
    if (unknown !== undefined) issue("simulate.unknownGroup", { group: unknown });
    return event.kind === "outage"
      ? { kind: "outage", groupIds: event.groups, turnsAway: event.turnsAway, ...times }
      : { kind: "fireDrill", groupIds: event.groups, ...times };
  });
  const { present } = bare;
  for (const { queue, callbackSeconds } of present?.queues ?? []) {
    const named = bare.queues.find(({ id }) => id === queue);
    if (named === undefined) issue("simulate.unknownQueue", { group: "present", queue });
    else if (named.callback === null && callbackSeconds.length > 0)
      issue("simulate.presentCallbacks", { queue });
  }
  if (present !== undefined && present.interval >= intervals)
    issue("simulate.presentInterval", { interval: present.interval, count: intervals });
  if (issues.length > 0) return fail(...issues);
  const perDay = bare.intervalsPerDay ?? intervals;
  const dayOffsets = Array.from({ length: Math.ceil(intervals / perDay) }, (_, day) => day * perDay);
  return succeed({
    intervalSeconds,
    intervalCount: intervals,
    dayOffsets: [...dayOffsets, intervals],
    warmUpIntervals: Math.min(Math.max(bare.warmUpIntervals, present?.interval ?? 0), intervals - 1),
    queues: queues.map((queue, q) => queueUnderEvents(queue, q, events, groups, intervalSeconds)),
    groups,
    agents: noAgents,
    atShiftEnd: bare.atShiftEnd,
    contactRule: bare.routing.contact === "furthestBelowGoal" ? "furthestBelowGoal" : "priority",
    agentRule: bare.routing.agent,
    away: awayWindows(events, groups),
    ...(present && {
      present: {
        interval: present.interval,
        queues: queues.map(({ id }) => present.queues.find(({ queue }) => queue === id) ?? nobodyThere),
      },
    }),
    seed,
  });
}

const nobodyThere: PresentQueue = { waitedSeconds: [], handledSeconds: [], callbackSeconds: [] };

function distributionOf(time: TimeDistribution): Distribution {
  if (typeof time === "number") return { kind: "exponential", mean: time };
  if (time.kind === "empirical") return { ...time, values: [...time.values].sort((a, b) => a - b) };
  return time;
}

function scaled(distribution: Distribution, factor: number): Distribution {
  switch (distribution.kind) {
    case "hyperexponential":
      return { ...distribution, means: distribution.means.map((mean) => mean * factor) };
    case "empirical":
      return { ...distribution, values: distribution.values.map((value) => value * factor) };
    default:
      return { ...distribution, mean: distribution.mean * factor };
  }
}
