import type { LocalDate } from "../domain/calendar/clock.ts";
import {
  dateOfDay,
  dayOfDate,
  type IntervalGrid,
  intervalCount,
  sameGrid,
} from "../domain/calendar/interval-grid.ts";
import { fail, type Issue, type OnProgress, type Outcome, succeed } from "../domain/outcome.ts";
import type { PastPeriod } from "../domain/plan/plan.ts";
import {
  type DemandForecast,
  type DemandHistory,
  intervalState,
  type QueueForecast,
} from "../domain/results/demand.ts";
import type { Requirement } from "../domain/results/requirement.ts";
import { compareWithActual } from "../forecasting/forecast-accuracy.ts";
import { agentsOfGroups } from "../scenarios/measuring/expected-service.ts";
import { requirementStage } from "../stages/requirement.ts";
import { habitOf, type JudgedQueue, type SeriesError } from "./habits.ts";
import { agentsOfQueues } from "./rostered-agents.ts";
import {
  demandAsItCame,
  demandCauses,
  patternMisfit,
  type QueueCame,
  staffingError,
} from "./staffing-error.ts";

/** One day of a queue: what was planned and what came; null where it is not known. Agent-hours on queue. */
export interface DayReview {
  readonly date: LocalDate;
  readonly forecast: number;
  readonly came: number | null;
  readonly ahtForecastSeconds: number | null;
  readonly ahtCameSeconds: number | null;
  readonly requiredHours: number;
  readonly neededHours: number | null;
  readonly rosteredHours: number | null;
}

export interface QueueReview extends JudgedQueue {
  readonly queueId: string;
  readonly days: readonly DayReview[];
  /** The habit to change, as an issue. */
  readonly habit: Issue;
}

export interface PeriodReview {
  readonly firstDate: LocalDate;
  readonly dayCount: number;
  /** Days of which something is known. */
  readonly knownDays: number;
  /** Days that are left out, in whole or in part, since they are left out of learning. */
  readonly leftOutDays: number;
  readonly queues: readonly QueueReview[];
}

/**
 * What was promised of a period and what came: error of volume and handle time by queue, and the error of staffing by
 * cause (`staffingError`).
 *
 * Intervals count that the forecast holds open and the history knows; what the planner left out of learning, such as an
 * outage, is left out here too. What would have been needed is worked out by the plan's own method and goals. Rostered
 * is the work in shifts after shrinkage, given to queues by `agentsOfQueues`.
 *
 * Errors: `review.noForecast`, `review.otherClock` (the history is in another zone or interval), `review.nothingCame`
 * (no day of the period is known), and those of the requirement.
 *
 * @example
 * const outcome = await reviewPeriod(document.past[0], document.history);
 * if (outcome.ok) console.log(outcome.value.queues.map(({ habit }) => habit.code));
 */
export async function reviewPeriod(
  period: Pick<PastPeriod, "plan" | "results">,
  history: DemandHistory | null,
  onProgress?: OnProgress<PeriodReview>,
): Promise<Outcome<PeriodReview>> {
  const { plan, results } = period;
  const forecast = results.forecast?.value;
  if (forecast === undefined) return fail({ code: "review.noForecast", severity: "error" });
  const { grid } = forecast;
  if (
    history !== null &&
    (history.grid.timeZone !== grid.timeZone || history.grid.intervalMinutes !== grid.intervalMinutes)
  )
    return fail({ code: "review.otherClock", severity: "error" });
  const came = new Map(forecast.queues.map((queue) => [queue.queueId, cameOf(queue, forecast, history)]));
  const knownDays = daysKnown(forecast, came);
  if (knownDays === 0) return fail({ code: "review.nothingCame", severity: "error" });

  const required: Requirement[] = [];
  const combinations = 2 ** demandCauses.length;
  for (let mask = 0; mask < combinations; mask++) {
    const queues = forecast.queues.map((queue) =>
      demandAsItCame(grid, queue, came.get(queue.queueId)!, mask),
    );
    const asItCame = { ...results, forecast: { value: { grid, queues } } };
    const outcome = await requirementStage.run(
      requirementStage.read({ plan, history: null, results: asItCame })!,
    );
    if (!outcome.ok) return outcome;
    required.push(outcome.value);
    onProgress?.({ phase: "review", completed: mask + 1, total: combinations });
  }
  const asPublished = usable(results.requirement?.value ?? null, forecast) ?? required[0];
  const schedule = usable(results.schedule?.value ?? null, forecast);
  const roster = usable(results.roster?.value ?? null, forecast);
  const rostered =
    schedule === null && roster === null
      ? null
      : agentsOfQueues(plan.groups, agentsOfGroups({ plan, forecast, schedule, roster }), asPublished);
  const queues = plan.queues.flatMap(({ id, name }): QueueReview[] => {
    const planned = forecast.queues.find(({ queueId }) => queueId === id);
    const row = required[0].queues.findIndex(({ queueId }) => queueId === id);
    if (planned === undefined || row < 0) return [];
    const agents = required.map((one) => one.queues[row].requiredAgents);
    const asked = asPublished.queues.findIndex(({ queueId }) => queueId === id);
    const staffed = rostered?.[asked] ?? null;
    const published = asPublished.queues[asked]?.requiredAgents ?? agents[0];
    return [queueReview({ id, name }, planned, came.get(id)!, [agents, published, staffed], grid)];
  });
  return succeed({
    firstDate: plan.firstDate,
    dayCount: plan.dayCount,
    knownDays,
    leftOutDays: daysLeftOut(forecast, history),
    queues,
  });
}

function queueReview(
  { id, name }: { readonly id: string; readonly name: string },
  planned: QueueForecast,
  came: QueueCame,
  [required, published, rostered]: readonly [
    byMask: readonly Float64Array[],
    published: Float64Array,
    rostered: Float64Array | null,
  ],
  grid: IntervalGrid,
): QueueReview {
  const counts = came.isKnown.map((known, index) => (known === 1 && planned.open[index] === 1 ? 1 : 0));
  const accuracy = compareWithActual(
    grid,
    planned,
    Array.from(came.offered, (value, index) => (counts[index] === 1 ? value : null)),
  );
  const sumOver = (series: readonly { readonly forecast: number; readonly actual: number }[]) =>
    series.reduce(
      (sum, day) => ({ forecast: sum.forecast + day.forecast, actual: sum.actual + day.actual }),
      {
        forecast: 0,
        actual: 0,
      },
    );
  const totals = sumOver(accuracy?.days ?? []);
  const review = {
    queueId: id,
    name,
    volume: accuracy && {
      forecast: totals.forecast,
      came: totals.actual,
      wape: accuracy.wape,
      levelWape: accuracy.levelWape,
      bias: accuracy.bias,
    },
    handleTime: handleTimeError(grid, planned, came, counts),
    staffing: accuracy && staffingError(required, rostered, counts, grid.intervalMinutes),
    patternMisfit: accuracy === null ? 0 : patternMisfit(grid, planned, came),
    days: dayReviews(grid, planned, came, counts, [published, required[required.length - 1], rostered]),
  };
  return { ...review, habit: habitOf(review) };
}

/** Days beside each other, planned and come. */
function dayReviews(
  grid: IntervalGrid,
  planned: QueueForecast,
  came: QueueCame,
  counts: Uint8Array,
  [required, needed, rostered]: readonly [
    required: Float64Array,
    needed: Float64Array,
    rostered: Float64Array | null,
  ],
): DayReview[] {
  const hours = grid.intervalMinutes / 60;
  return Array.from({ length: grid.dayCount }, (_, day): DayReview => {
    const sum = (part: (index: number) => number) => {
      let total = 0;
      for (let index = grid.dayOffsets[day]; index < grid.dayOffsets[day + 1]; index++)
        if (planned.open[index] === 1) total += part(index);
      return total;
    };
    const known = sum((index) => counts[index]);
    const ofKnown = (series: Float64Array) => sum((index) => (counts[index] === 1 ? series[index] : 0));
    const forecast = sum((index) => planned.offered[index]);
    const handled = came.handled === null ? 0 : ofKnown(came.handled);
    return {
      date: dateOfDay(grid, day),
      forecast,
      came: known > 0 ? ofKnown(came.offered) : null,
      ahtForecastSeconds:
        forecast > 0 ? sum((index) => planned.offered[index] * planned.ahtSeconds[index]) / forecast : null,
      ahtCameSeconds:
        handled > 0 && came.handleSeconds !== null ? ofKnown(came.handleSeconds) / handled : null,
      requiredHours: hours * sum((index) => required[index]),
      neededHours: known > 0 ? hours * ofKnown(needed) : null,
      rosteredHours: rostered === null ? null : hours * sum((index) => rostered[index]),
    };
  });
}

function handleTimeError(
  grid: IntervalGrid,
  planned: QueueForecast,
  { handled, handleSeconds }: QueueCame,
  counts: Uint8Array,
): SeriesError | null {
  if (handled === null || handleSeconds === null) return null;
  let contacts = 0;
  let expected = 0;
  let seconds = 0;
  let error = 0;
  let levelError = 0;
  for (let day = 0; day < grid.dayCount; day++) {
    let dayGap = 0;
    for (let index = grid.dayOffsets[day]; index < grid.dayOffsets[day + 1]; index++) {
      if (counts[index] === 0 || handled[index] === 0) continue;
      const gap = handled[index] * planned.ahtSeconds[index] - handleSeconds[index];
      contacts += handled[index];
      expected += handled[index] * planned.ahtSeconds[index];
      seconds += handleSeconds[index];
      error += Math.abs(gap);
      dayGap += gap;
    }
    levelError += Math.abs(dayGap);
  }
  if (contacts === 0 || seconds === 0) return null;
  return {
    forecast: expected / contacts,
    came: seconds / contacts,
    wape: error / seconds,
    levelWape: levelError / seconds,
    bias: (expected - seconds) / seconds,
  };
}

/** What the history knows of a queue on the forecast's days. */
function cameOf(
  { queueId }: QueueForecast,
  { grid }: DemandForecast,
  history: DemandHistory | null,
): QueueCame {
  const count = intervalCount(grid);
  const isKnown = new Uint8Array(count);
  const offered = new Float64Array(count);
  const queue = history?.queues.find((one) => one.queueId === queueId);
  const hasHandleTimes = queue !== undefined && queue.handled !== null && queue.handleSeconds !== null;
  const handled = hasHandleTimes ? new Float64Array(count) : null;
  const handleSeconds = hasHandleTimes ? new Float64Array(count) : null;
  if (history === null || queue === undefined) return { isKnown, offered, handled, handleSeconds };
  for (let day = 0; day < grid.dayCount; day++) {
    const from = dayOfDate(history.grid, dateOfDay(grid, day));
    if (from === null) continue;
    const offset: number = history.grid.dayOffsets[from] - grid.dayOffsets[day];
    for (let index = grid.dayOffsets[day]; index < grid.dayOffsets[day + 1]; index++) {
      const at = index + offset;
      if (queue.state[at] !== intervalState.open) continue;
      isKnown[index] = 1;
      offered[index] = queue.offered[at];
      const isUnknown = queue.unknown?.handled?.[at] === 1 || queue.unknown?.handleSeconds?.[at] === 1;
      if (handled === null || handleSeconds === null || isUnknown) continue;
      handled[index] = queue.handled![at];
      handleSeconds[index] = queue.handleSeconds![at];
    }
  }
  return { isKnown, offered, handled, handleSeconds };
}

function daysLeftOut({ grid, queues }: DemandForecast, history: DemandHistory | null): number {
  return Array.from({ length: grid.dayCount }, (_, day) => dateOfDay(grid, day)).filter((date) => {
    const day = history && dayOfDate(history.grid, date);
    if (history === null || day === null) return false;
    const { dayOffsets } = history.grid;
    return history.queues.some(
      ({ queueId, state }) =>
        queues.some((queue) => queue.queueId === queueId) &&
        state.subarray(dayOffsets[day], dayOffsets[day + 1]).includes(intervalState.excluded),
    );
  }).length;
}

function daysKnown({ grid, queues }: DemandForecast, came: ReadonlyMap<string, QueueCame>): number {
  return Array.from({ length: grid.dayCount }, (_, day) => day).filter((day) =>
    queues.some(({ queueId, open }) => {
      const { isKnown } = came.get(queueId)!;
      for (let index = grid.dayOffsets[day]; index < grid.dayOffsets[day + 1]; index++)
        if (isKnown[index] === 1 && open[index] === 1) return true;
      return false;
    }),
  ).length;
}

/** A result on the forecast's days; null: it was made for others. */
function usable<Result extends { readonly grid: IntervalGrid }>(
  result: Result | null,
  { grid }: DemandForecast,
): Result | null {
  return result !== null && sameGrid(result.grid, grid) ? result : null;
}
