import { intervalCount, intervalSeconds } from "../../domain/calendar/interval-grid.ts";
import { type DayRange, type IntervalRange, intervalsOfDays } from "../../domain/calendar/ranges.ts";
import type { Shift } from "../../domain/plan/shift.ts";
import { normalProbability } from "../../numerics/normal.ts";
import { stepsPerInterval } from "../../staffing/agents-on-queue.ts";
import { type ExpectedQueue, expectedService } from "../../staffing/expected-service.ts";
import { availableShare } from "../../staffing/shrinkage.ts";
import { applyChanges } from "../changes/apply-changes.ts";
import { shiftsAtWork } from "../changes/change-people.ts";
import type { ScenarioInputs } from "../changes/scenario-inputs.ts";
import { addWork, agentsOnQueue } from "../measuring/expected-service.ts";
import { expectedTotals } from "../measuring/measured-plan.ts";
import { bought, type Remedy } from "./remedies.ts";

/** What one step of a remedy adds, on its day: agents of groups and contacts of queues, in rows as those of the inputs. */
interface Effect {
  readonly agents: readonly (Float64Array | null)[];
  readonly offered: readonly (Float64Array | null)[];
}

/** Service by formula as remedies are bought, quick enough to be asked thousands of times. */
export interface PromisedService {
  /** Level of each queue over the days, less a little where work is left undone, were `steps` more of a remedy bought. */
  readonly levelsWith: (changes: readonly (readonly [remedy: number, steps: number])[]) => Float64Array;
  /** Buys for good, or gives back. */
  readonly buy: (remedy: number, steps: number) => void;
}

/** Where hundreds are missing no level moves; that less work is left undone still tells that one more helps. */
const overloadWeight = 0.02;

/** A sample of steps from which the effect of one is taken: their breaks are spread. */
export const sampleSteps = 4;

/**
 * Expected service of the queues over some days, with remedies on top of what is there. Effects of several are
 * taken to add up; a remedy is felt on its own day and on the next, where a shift goes over midnight.
 *
 * @param queueIds queues whose levels are wanted
 */
export function promisedService(
  inputs: ScenarioInputs,
  remedies: readonly Remedy[],
  days: DayRange,
  queueIds: readonly string[],
): PromisedService {
  const { forecast, plan } = inputs;
  const { grid } = forecast;
  const parts = stepsPerInterval(grid);
  const agents = agentsOnQueue(inputs).map((group) => ({ ...group, mean: group.mean.slice() }));
  const queues = forecast.queues.map((queue) => ({ ...queue, offered: queue.offered.slice() }));
  const effects = effectsOf(inputs, remedies);
  const working = { grid, queues };

  /** Contacts that count, and of them those in time, per queue: on each of the days. */
  function sumsOn(day: number): Float64Array {
    const range = intervalsOfDays(grid, { first: day, end: day + 1 });
    const expected = expectedService(plan, working, agents, range);
    const sums = new Float64Array(2 * queueIds.length);
    for (const [at, queueId] of queueIds.entries()) {
      const queue = expected.find((one) => one.queueId === queueId);
      if (queue === undefined) continue;
      const { serviceLevel, offered, answered } = expectedTotals(inputs, [queue], range, true);
      const rule = plan.queues.find(({ id }) => id === queueId)?.goal.serviceLevelRule;
      const counted = rule === "answered" ? answered : offered;
      if (!(counted > 0)) continue;
      sums[2 * at] = counted;
      sums[2 * at + 1] = counted * (serviceLevel - overloadWeight * overload(queue, range));
    }
    return sums;
  }

  /** Share of the work for which nobody is there. */
  function overload({ queueId, offered, agents: there }: ExpectedQueue, range: IntervalRange): number {
    const ahtSeconds = queues.find((queue) => queue.queueId === queueId)?.ahtSeconds ?? offered;
    const atOnce = plan.queues.find(({ id }) => id === queueId)?.concurrency?.maxContacts ?? 1;
    let work = 0;
    let missing = 0;
    for (let index = range.first; index < range.end; index++) {
      const load = (offered[index] * ahtSeconds[index]) / intervalSeconds(grid) / atOnce;
      work += load;
      missing += Math.max(0, load - there[index]);
    }
    return work > 0 ? missing / work : 0;
  }

  const sums = new Map<number, Float64Array>();
  for (let day = days.first; day < days.end; day++) sums.set(day, sumsOn(day));

  function add(remedy: number, steps: number): void {
    const { agents: more, offered } = effects[remedy];
    more.forEach((series, row) => {
      if (series === null) return;
      const { mean } = agents[row];
      for (let at = 0; at < mean.length; at++)
        mean[at] = Math.max(0, mean[at] + steps * series[Math.floor(at / parts)]);
    });
    offered.forEach((series, row) => {
      if (series === null) return;
      const contacts = queues[row].offered;
      for (let index = 0; index < series.length; index++)
        contacts[index] = Math.max(0, contacts[index] + steps * series[index]);
    });
  }
  const touched = (remedy: number) =>
    [remedies[remedy].day, remedies[remedy].day + 1].filter(
      (day) => sums.has(day) && isFelt(effects[remedy], day),
    );
  const isFelt = ({ agents: more, offered }: Effect, day: number) =>
    [...more, ...offered].some((series) => {
      if (series === null) return false;
      for (let index = grid.dayOffsets[day]; index < grid.dayOffsets[day + 1]; index++)
        if (series[index] !== 0) return true;
      return false;
    });
  function levels(changed: ReadonlyMap<number, Float64Array>): Float64Array {
    return Float64Array.from(queueIds, (_, at) => {
      let counted = 0;
      let inTime = 0;
      for (const [day, own] of sums) {
        const now = changed.get(day) ?? own;
        counted += now[2 * at];
        inTime += now[2 * at + 1];
      }
      return counted > 0 ? inTime / counted : 1;
    });
  }
  return {
    levelsWith(changes) {
      for (const [remedy, steps] of changes) add(remedy, steps);
      const changed = new Map<number, Float64Array>();
      for (const [remedy] of changes)
        for (const day of touched(remedy)) if (!changed.has(day)) changed.set(day, sumsOn(day));
      for (const [remedy, steps] of changes) add(remedy, -steps);
      return levels(changed);
    },
    buy(remedy, steps) {
      add(remedy, steps);
      for (const day of touched(remedy)) sums.set(day, sumsOn(day));
    },
  };
}

function effectsOf(inputs: ScenarioInputs, remedies: readonly Remedy[]): Effect[] {
  const { grid, queues } = inputs.forecast;
  const { groups, shrinkage } = inputs.plan;
  const available = availableShare(grid, shrinkage);
  const before = shiftsAtWork(inputs);
  const known = new Set(before);
  const rowOf = new Map(groups.map(({ id }, row) => [id, row]));
  return remedies.map((remedy) => {
    const steps = Math.min(sampleSteps, remedy.most);
    const applied = applyChanges(inputs, [bought(remedy, steps)]);
    const none = { agents: groups.map(() => null), offered: queues.map(() => null) };
    if (!applied.ok) return none;
    const agents: (Float64Array | null)[] = groups.map(() => null);
    const addShift = (shift: Shift, weight: number) => {
      const row = rowOf.get(shift.groupId);
      if (row === undefined) return;
      const series = agents[row] ?? new Float64Array(intervalCount(grid));
      agents[row] = series;
      addWork(series, shift, grid.intervalMinutes, weight / steps / (shift.handleFactor ?? 1));
    };
    const after = shiftsAtWork(applied.value);
    if (after !== before) {
      const still = new Set(after);
      for (const shift of after) if (!known.has(shift)) addShift(shift, 1);
      for (const shift of before) if (!still.has(shift)) addShift(shift, -1);
    }
    for (const series of agents)
      if (series !== null)
        for (let index = 0; index < series.length; index++) series[index] *= available[index];
    const offered = queues.map((queue, row) => {
      const changed = applied.value.forecast.queues[row].offered;
      return changed === queue.offered
        ? null
        : queue.offered.map((contacts, index) => (changed[index] - contacts) / steps);
    });
    return { agents, offered };
  });
}

/** Standard error of a prediction while few have been checked, and the least that is believed later. */
const firstError = 0.01;
const leastError = 0.002;

/**
 * Least squares of simulated on promised levels, drawn towards "as promised" while little is known; what was simulated
 * near the goal counts most.
 */
export function createPredictor(goal: number) {
  const points: { promised: number; level: number; weight: number }[] = [];
  const errors: number[] = [];
  function line(): { middle: number; height: number; slope: number } {
    if (points.length === 0) return { middle: 0, height: 0, slope: 1 };
    const sum = (value: (point: (typeof points)[number]) => number) =>
      points.reduce((total, point) => total + point.weight * value(point), 0);
    const all = sum(() => 1);
    const middle = sum(({ promised }) => promised) / all;
    const height = sum(({ level }) => level) / all;
    const trust = 1e-3;
    const across = trust + sum(({ promised }) => (promised - middle) ** 2);
    const along = trust + sum(({ promised, level }) => (promised - middle) * (level - height));
    return { middle, height, slope: Math.max(0.1, along / across) };
  }
  function predict(promised: number): number {
    const { middle, height, slope } = line();
    return height + slope * (promised - middle);
  }
  return {
    predict,
    learn(promised: number, level: number): void {
      // The first error is the formula's own bias; those after it tell how good predictions are.
      if (points.length > 0) errors.push(level - predict(promised));
      points.push({ promised, level, weight: 1 / (1 + 20 * Math.abs(level - goal)) });
    },
    /** That a combination reaches the level, as far as predictions have been right so far. */
    chance(promised: number, level: number): number {
      const recent = errors.slice(-12);
      const spread = Math.sqrt(recent.reduce((sum, error) => sum + error * error, 0) / recent.length);
      const error = recent.length < 3 ? firstError : Math.max(leastError, spread);
      return normalProbability((predict(promised) - level) / error);
    },
  };
}
export type Predictor = ReturnType<typeof createPredictor>;
