import { type DayRange, intervalsOfDays } from "../../domain/calendar/ranges.ts";
import { fail, type OnProgress, type Outcome, succeed } from "../../domain/outcome.ts";
import type { Change } from "../../domain/plan/scenario.ts";
import type { QueueForecast } from "../../domain/results/demand.ts";
import type { SimulationResult } from "../../domain/results/simulation.ts";
import { quantile } from "../../numerics/distribution.ts";
import { randomStream } from "../../numerics/random.ts";
import { simulateContacts } from "../../simulating/simulate-contacts.ts";
import { applyChanges } from "../changes/apply-changes.ts";
import type { ScenarioInputs } from "../changes/scenario-inputs.ts";

/** What may turn out otherwise than planned. */
export const uncertainties = ["volume", "handleTime", "absence", "patience"] as const;
export type Uncertainty = (typeof uncertainties)[number];

export interface RobustnessInput extends ScenarioInputs {
  readonly changes: readonly Change[];
  readonly days: DayRange;
  /** Futures that are drawn. */
  readonly paths: number;
  /**
   * Standard deviation ÷ mean of what the forecast does not know the spread of, over the whole period: handle times,
   * the share of agents who are absent, patience. 0: they are as planned.
   */
  readonly deviations: Readonly<Record<Exclude<Uncertainty, "volume">, number>>;
}

/** An interval that often misses its goal. */
export interface WeakInterval {
  readonly queueId: string;
  readonly intervalIndex: number;
  /** Share of paths in which the interval misses the queue's service level, 0–1. */
  readonly missed: number;
}

export interface Robustness {
  readonly paths: number;
  /** Service level of the days as planned, all queues that have a goal. */
  readonly planned: number;
  /** The same per path, sorted. */
  readonly serviceLevels: Float64Array;
  /** By what share the variance over the paths falls when one of them is certain, 0–1; the greatest first. */
  readonly shares: readonly { readonly of: Uncertainty; readonly share: number }[];
  /** Most often missed first. */
  readonly weakest: readonly WeakInterval[];
}

/** Runs of each path: all on the same customers, so that few will do. */
const replicationsOfPath = 4;
const weakestKept = 50;

/**
 * The plan's shifts in drawn futures. A path draws how far contacts are off, by the forecast's own spread (a factor per
 * day and queue, and one per interval), and how far handle times, absence and patience are off over the whole period;
 * each future is then simulated.
 *
 * All paths meet the same customers, as far as these are the same: what differs between them is the future alone, and the
 * chance of single contacts is not counted a second time. Without any uncertainty every path is the plan's own simulated
 * figure. Which uncertainty matters is measured by making one after the other certain in the same draws.
 *
 * Assumes gamma factors, independent of each other. Fractions are 0–1; same seed, same paths.
 *
 * Errors: those of a change as `compareScenarios` lists them, those of `simulateContacts`, and `robustness.noGoal` when
 * no queue has a service level to miss.
 *
 * @example
 * const deviations = { handleTime: 0.05, absence: 0.2, patience: 0.2 };
 * const outcome = await demandRobustness({ ...base, changes: [], days: { first: 0, end: 1 }, paths: 40, deviations });
 * if (outcome.ok) quantileOfSorted(outcome.value.serviceLevels, 0.1); // nine paths in ten do at least as well
 */
export async function demandRobustness(
  input: RobustnessInput,
  onProgress?: OnProgress<Robustness>,
): Promise<Outcome<Robustness>> {
  const changed = applyChanges(input, input.changes);
  if (!changed.ok) return changed;
  const inputs = changed.value;
  const goals = new Map(
    inputs.plan.queues.flatMap(({ id, goal }) =>
      goal.serviceLevel === null ? [] : [[id, goal.serviceLevel] as const],
    ),
  );
  if (goals.size === 0) return fail({ code: "robustness.noGoal", severity: "error" });
  const drawn = uncertainties.filter((of) => of === "volume" || input.deviations[of] > 0);
  const total = input.paths * (1 + drawn.length) + 2;
  let completed = 0;
  async function simulated(of: ScenarioInputs, replications: number): Promise<Outcome<SimulationResult>> {
    const outcome = await simulateContacts({ ...of, days: input.days, replications });
    completed++;
    onProgress?.({ phase: "paths", completed, total });
    return outcome;
  }
  const certain = withoutSpread(inputs);
  const planned = await simulated(certain, inputs.plan.simulation.replications);
  if (!planned.ok) return planned;
  const atRest = await simulated(certain, replicationsOfPath);
  if (!atRest.ok) return atRest;
  // Few replications serve for differences; the plan's own figure comes from all of them.
  const offset = levelOf(planned.value, goals) - levelOf(atRest.value, goals);
  const levels = {
    all: new Float64Array(input.paths),
    without: drawn.map(() => new Float64Array(input.paths)),
  };
  const misses = new Map<string, Float64Array>();
  for (let path = 0; path < input.paths; path++) {
    const whole = await simulated(futureOf(inputs, input, path, null), replicationsOfPath);
    if (!whole.ok) return whole;
    levels.all[path] = levelOf(whole.value, goals) + offset;
    countMisses(whole.value, goals, misses);
    for (const [at, of] of drawn.entries()) {
      if (drawn.length === 1) break;
      const without = await simulated(futureOf(inputs, input, path, of), replicationsOfPath);
      if (!without.ok) return without;
      levels.without[at][path] = levelOf(without.value, goals);
    }
  }
  const variance = varianceOf(levels.all);
  const shareOf = (at: number) =>
    drawn.length === 1 ? 1 : Math.min(1, Math.max(0, 1 - varianceOf(levels.without[at]) / variance));
  return succeed({
    paths: input.paths,
    planned: levelOf(planned.value, goals),
    serviceLevels: levels.all.sort(),
    shares:
      variance > 1e-12
        ? drawn.map((of, at) => ({ of, share: shareOf(at) })).sort((a, b) => b.share - a.share)
        : [],
    weakest: weakestOf(misses, input),
  });
}

/** The plan with its contacts as forecast: their uncertainty is drawn here, path by path. */
function withoutSpread(inputs: ScenarioInputs): ScenarioInputs {
  const { plan } = inputs;
  return { ...inputs, plan: { ...plan, simulation: { ...plan.simulation, uncertainDemand: false } } };
}

/** One future, in which `certain` is as planned. */
function futureOf(
  inputs: ScenarioInputs,
  { days, deviations }: RobustnessInput,
  path: number,
  certain: Uncertainty | null,
): ScenarioInputs {
  const { plan, forecast } = withoutSpread(inputs);
  const factor = (of: Exclude<Uncertainty, "volume">, name: string) =>
    of === certain
      ? 1
      : gammaFactor(randomStream(plan.seed, "robustness", of, name, path).uniform(), deviations[of] ** 2);
  const absence = factor("absence", "");
  return {
    ...inputs,
    plan: {
      ...plan,
      queues: plan.queues.map((queue) =>
        queue.patienceSeconds === null
          ? queue
          : { ...queue, patienceSeconds: Math.max(1, queue.patienceSeconds * factor("patience", queue.id)) },
      ),
      shrinkage: plan.shrinkage.map((item) =>
        item.planned ? item : { ...item, share: Math.min(0.99, item.share * absence) },
      ),
    },
    forecast: {
      grid: forecast.grid,
      queues: forecast.queues.map((queue) => {
        const longer = factor("handleTime", queue.queueId);
        return {
          ...queue,
          offered:
            certain === "volume"
              ? queue.offered
              : drawnContacts(queue, plan.seed, path, days, forecast.grid.dayOffsets),
          ahtSeconds: longer === 1 ? queue.ahtSeconds : queue.ahtSeconds.map((seconds) => seconds * longer),
        };
      }),
    },
  };
}

/** Mean contacts of each interval in one future. The chance of single contacts is the simulation's. */
function drawnContacts(
  queue: QueueForecast,
  seed: number,
  path: number,
  days: DayRange,
  dayOffsets: readonly number[],
): Float64Array {
  const offered = queue.offered.slice();
  for (let day = days.first; day < days.end; day++) {
    const random = randomStream(seed, "robustness", path, queue.queueId, day);
    const ofDay = gammaFactor(random.uniform(), queue.dayFactorVariance);
    for (let index = dayOffsets[day]; index < dayOffsets[day + 1]; index++) {
      const uniform = random.uniform();
      if (offered[index] > 0) offered[index] *= ofDay * gammaFactor(uniform, queue.dispersion[index]);
    }
  }
  return offered;
}

function gammaFactor(uniform: number, variance: number): number {
  return variance > 0 ? quantile({ kind: "gamma", mean: 1, cv: Math.sqrt(variance) }, uniform) : 1;
}

/** Contacts in time ÷ contacts that count, over the queues that have a goal; 1 where nobody comes. */
function levelOf({ queues }: SimulationResult, goals: ReadonlyMap<string, number>): number {
  let inTime = 0;
  let counted = 0;
  for (const { queueId, replicationDays } of queues) {
    if (!goals.has(queueId)) continue;
    for (const contacts of replicationDays.answeredInTime) inTime += contacts;
    for (const contacts of replicationDays.serviceLevelBase) counted += contacts;
  }
  return counted > 0 ? inTime / counted : 1;
}

function countMisses(
  { queues }: SimulationResult,
  goals: ReadonlyMap<string, number>,
  misses: Map<string, Float64Array>,
): void {
  for (const { queueId, intervals } of queues) {
    const goal = goals.get(queueId);
    if (goal === undefined) continue;
    const { serviceLevel, offered } = intervals;
    const counts = misses.get(queueId) ?? new Float64Array(serviceLevel.mean.length);
    misses.set(queueId, counts);
    for (let at = 0; at < counts.length; at++)
      if (offered.mean[at] > 0 && serviceLevel.mean[at] < goal) counts[at]++;
  }
}

function weakestOf(
  misses: ReadonlyMap<string, Float64Array>,
  { forecast, days, paths }: RobustnessInput,
): WeakInterval[] {
  const { first } = intervalsOfDays(forecast.grid, days);
  return [...misses.entries()]
    .flatMap(([queueId, counts]) =>
      Array.from(counts, (count, at) => ({ queueId, intervalIndex: first + at, missed: count / paths })),
    )
    .filter(({ missed }) => missed > 0)
    .sort((a, b) => b.missed - a.missed)
    .slice(0, weakestKept);
}

function varianceOf(values: Float64Array): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / Math.max(1, values.length - 1);
}
