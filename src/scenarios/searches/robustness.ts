import { type DayRange, intervalsOfDays } from "../../domain/calendar/ranges.ts";
import { fail, type OnProgress, type Outcome, succeed } from "../../domain/outcome.ts";
import type { Change } from "../../domain/plan/scenario.ts";
import type { QueueForecast } from "../../domain/results/demand.ts";
import { countQuantile } from "../../numerics/count-distribution.ts";
import { quantile } from "../../numerics/distribution.ts";
import { randomStream } from "../../numerics/random.ts";
import { expectService, loadOf } from "../../staffing/queue-staffing.ts";
import { applyChanges } from "../changes/apply-changes.ts";
import type { ScenarioInputs } from "../changes/scenario-inputs.ts";
import { agentsOfGroups, expectedService } from "../measuring/expected-service.ts";

export interface RobustnessInput extends ScenarioInputs {
  readonly changes: readonly Change[];
  readonly days: DayRange;
  /** Demand paths drawn from the forecast's own spread. */
  readonly paths: number;
}

/** An interval that often misses its goal, and what help there would buy. */
export interface WeakInterval {
  readonly queueId: string;
  readonly intervalIndex: number;
  /** Share of paths in which the interval misses the queue's service level, 0–1. */
  readonly missed: number;
  /** Contacts more answered in time, on average over the paths, if one more agent were there for an hour. */
  readonly gainPerAgentHour: number;
}

export interface Robustness {
  readonly paths: number;
  /** Service level over the compared days per path, all queues that have a goal, sorted. */
  readonly serviceLevels: Float64Array;
  /** Most often missed first. */
  readonly weakest: readonly WeakInterval[];
}

const weakestKept = 50;

/**
 * The plan's shifts under drawn demand: every path draws a factor per day and queue (gamma) and a count per interval
 * (negative binomial about it), by the forecast's own spread, and asks the steady-state formulas interval by interval.
 *
 * Assumes that intervals are in their steady state and that queues vary apart from each other. Fractions are 0–1;
 * same seed, same paths.
 *
 * Errors: those of a change as `compareScenarios` lists them, and `robustness.noGoal` when no queue has a service level
 * to miss.
 *
 * @example
 * const outcome = await demandRobustness({ ...base, changes: [], days: { first: 0, end: 1 }, paths: 200 });
 * if (outcome.ok) quantileOfSorted(outcome.value.serviceLevels, 0.1); // nine paths in ten do at least as well
 */
export async function demandRobustness(
  input: RobustnessInput,
  onProgress?: OnProgress<Robustness>,
): Promise<Outcome<Robustness>> {
  const changed = applyChanges(input, input.changes);
  if (!changed.ok) return changed;
  const inputs = changed.value;
  const { plan, forecast } = inputs;
  const { grid } = forecast;
  const goals = new Map(
    plan.queues.flatMap(({ id, goal }) => (goal.serviceLevel === null ? [] : [[id, goal.serviceLevel]])),
  );
  if (goals.size === 0) return fail({ code: "robustness.noGoal", severity: "error" });
  const range = intervalsOfDays(grid, input.days);
  const seconds = grid.intervalMinutes * 60;
  const groupAgents = agentsOfGroups(inputs);
  const count = range.end - range.first;
  const missed = new Map([...goals.keys()].map((id) => [id, new Float64Array(count)]));
  const gained = new Map([...goals.keys()].map((id) => [id, new Float64Array(count)]));
  const serviceLevels = new Float64Array(input.paths);
  for (let path = 0; path < input.paths; path++) {
    const drawn = forecast.queues.map((queue) =>
      drawPath(queue, plan.seed, path, input.days, grid.dayOffsets),
    );
    const expected = expectedService({ ...inputs, forecast: { grid, queues: drawn } }, groupAgents, range);
    let inTime = 0;
    let contacts = 0;
    for (const service of expected) {
      const goal = goals.get(service.queueId);
      const queue = plan.queues.find(({ id }) => id === service.queueId);
      const demand = drawn.find(({ queueId }) => queueId === service.queueId);
      if (goal === undefined || queue === undefined || demand === undefined) continue;
      for (let at = 0; at < count; at++) {
        const index = range.first + at;
        const offered = service.offered[index];
        if (offered === 0) continue;
        contacts += offered;
        inTime += offered * service.serviceLevel[index];
        if (service.serviceLevel[index] >= goal) continue;
        (missed.get(service.queueId) as Float64Array)[at]++;
        const load = loadOf(queue, offered, demand.ahtSeconds[index], seconds);
        const helped = expectService(queue, load, service.agents[index] + 1).serviceLevel;
        (gained.get(service.queueId) as Float64Array)[at] +=
          offered * (helped - service.serviceLevel[index]) * (3600 / seconds);
      }
    }
    serviceLevels[path] = contacts > 0 ? inTime / contacts : 1;
    if (path % 10 === 9) onProgress?.({ phase: "paths", completed: path + 1, total: input.paths });
  }
  const weakest = [...missed.entries()]
    .flatMap(([queueId, shares]) =>
      Array.from(shares, (misses, at) => ({
        queueId,
        intervalIndex: range.first + at,
        missed: misses / input.paths,
        gainPerAgentHour: (gained.get(queueId) as Float64Array)[at] / input.paths,
      })),
    )
    .filter((interval) => interval.missed > 0)
    .sort((a, b) => b.missed - a.missed || b.gainPerAgentHour - a.gainPerAgentHour)
    .slice(0, weakestKept);
  return succeed({ paths: input.paths, serviceLevels: serviceLevels.sort(), weakest });
}

function drawPath(
  queue: QueueForecast,
  seed: number,
  path: number,
  days: DayRange,
  dayOffsets: readonly number[],
): QueueForecast {
  const offered = queue.offered.slice();
  for (let day = days.first; day < days.end; day++) {
    const random = randomStream(seed, "robustness", path, queue.queueId, day);
    const variance = queue.dayFactorVariance;
    const uniform = random.uniform();
    const factor = variance > 0 ? quantile({ kind: "gamma", mean: 1, cv: Math.sqrt(variance) }, uniform) : 1;
    for (let index = dayOffsets[day]; index < dayOffsets[day + 1]; index++) {
      const draw = random.uniform();
      if (queue.offered[index] > 0) {
        offered[index] = countQuantile(queue.offered[index] * factor, queue.dispersion[index], draw);
      }
    }
  }
  return { ...queue, offered };
}
