import { fail, type Issue, type Outcome, succeed } from "../domain/outcome.ts";
import type { BareProblem, TimeDistribution } from "../domain/simulation-problem.ts";
import { type Distribution, distributionMean } from "../numerics/distribution.ts";
import { noAgents, type SimulationProblem } from "./problem.ts";

/**
 * A bare problem as the engine's arrays. Fails with `simulate.seriesLength` (a series with another number of values
 * than there are intervals), `simulate.unknownQueue` (a group serves a queue that is not there), `simulate.classShares`
 * (shares of a queue's classes do not sum to 1) or `simulate.repeatedName`.
 */
export function compileBareProblem(bare: BareProblem, seed: number): Outcome<SimulationProblem> {
  const { intervals, intervalMinutes } = bare;
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
    };
  });
  const groups = bare.groups.map((group) => ({
    id: group.id,
    serves: group.serves.flatMap((service) => {
      const rule =
        typeof service === "string" ? { queue: service, level: 0, preference: 0, afterSeconds: 0 } : service;
      const queue = queueIndex.get(rule.queue);
      if (queue === undefined) issue("simulate.unknownQueue", { group: group.id, queue: rule.queue });
      return queue === undefined ? [] : [{ ...rule, queue }];
    }),
    staffing: Int32Array.from(series(group.staffing, 1, `${group.id}.staffing`)),
  }));
  if (issues.length > 0) return fail(...issues);
  const perDay = bare.intervalsPerDay ?? intervals;
  const dayOffsets = Array.from({ length: Math.ceil(intervals / perDay) }, (_, day) => day * perDay);
  return succeed({
    intervalSeconds: intervalMinutes * 60,
    intervalCount: intervals,
    dayOffsets: [...dayOffsets, intervals],
    warmUpIntervals: Math.min(bare.warmUpIntervals, intervals - 1),
    queues,
    groups,
    agents: noAgents,
    atShiftEnd: bare.atShiftEnd,
    seed,
  });
}

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
