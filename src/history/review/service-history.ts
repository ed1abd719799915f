import { addDays, type LocalDate, type Weekday, weekdayOf } from "../../domain/calendar/clock.ts";
import { clockSlots, dateOfDay } from "../../domain/calendar/interval-grid.ts";
import type { IntervalRange } from "../../domain/calendar/ranges.ts";
import {
  type DemandHistory,
  detailOf,
  type HistoryDetail,
  intervalState,
  type QueueHistory,
} from "../../domain/results/demand.ts";

/** What a control chart follows, week by week. */
export const serviceMeasures = ["offered", "aht", "serviceLevel", "asa", "abandonment"] as const;
export type ServiceMeasure = (typeof serviceMeasures)[number];

/** A week's value with the limits that chance keeps within (three standard deviations). */
export interface ControlPoint {
  /** Monday. */
  readonly week: LocalDate;
  readonly value: number;
  readonly lower: number;
  readonly upper: number;
  /** Outside the limits: something changed. */
  readonly signal: boolean;
}

export interface ControlChart {
  readonly centre: number;
  readonly points: readonly ControlPoint[];
}

/** What came in a stretch of a queue's time; null where the history does not say, or not of all of it. */
export interface ServiceSums {
  readonly offered: number;
  readonly handled: number | null;
  readonly abandoned: number | null;
  readonly handleSeconds: number | null;
  readonly waitSeconds: number | null;
  readonly inTime: number | null;
  readonly redials: number | null;
}

/** Sums over the learnt and unlearnt open intervals of [first, end). */
export function serviceSums(queue: QueueHistory, first: number, end: number): ServiceSums {
  let offered = 0;
  for (let interval = first; interval < end; interval++) {
    if (isCounted(queue.state[interval])) offered += queue.offered[interval];
  }
  const sum = (detail: HistoryDetail): number | null => {
    const values = detailOf(queue, detail);
    const unknown = queue.unknown?.[detail];
    if (values === null) return null;
    let total = 0;
    for (let interval = first; interval < end; interval++) {
      if (!isCounted(queue.state[interval])) continue;
      if (unknown?.[interval] === 1) return null;
      total += values[interval];
    }
    return total;
  };
  return {
    offered,
    handled: sum("handled"),
    abandoned: sum("abandoned"),
    handleSeconds: sum("handleSeconds"),
    waitSeconds: sum("waitSeconds"),
    inTime: sum("inTime"),
    redials: sum("redials"),
  };
}

function isCounted(state: number): boolean {
  return state === intervalState.open || state === intervalState.excluded;
}

/** A detail ÷ another (or the offered) over all intervals for which both are known; null where there are none. */
export function overallRatio(
  queue: QueueHistory,
  part: HistoryDetail,
  whole: HistoryDetail | "offered",
): number | null {
  const [parts, wholes] = [
    detailOf(queue, part),
    whole === "offered" ? queue.offered : detailOf(queue, whole),
  ];
  if (parts === null || wholes === null) return null;
  let above = 0;
  let below = 0;
  for (const [interval, state] of queue.state.entries()) {
    if (!isCounted(state) || queue.unknown?.[part]?.[interval] === 1) continue;
    if (whole !== "offered" && queue.unknown?.[whole]?.[interval] === 1) continue;
    above += parts[interval];
    below += wholes[interval];
  }
  return below > 0 ? above / below : null;
}

/** One of the measures of some sums, per contact; null where they cannot say. Offered stays a sum. */
export function measureOf(sums: ServiceSums, measure: ServiceMeasure): number | null {
  const ratio = (part: number | null, whole: number | null) =>
    part === null || whole === null || whole === 0 ? null : part / whole;
  switch (measure) {
    case "offered":
      return sums.offered;
    case "aht":
      return ratio(sums.handleSeconds, sums.handled);
    case "serviceLevel":
      return ratio(sums.inTime, sums.offered);
    case "asa":
      return ratio(sums.waitSeconds, sums.handled);
    case "abandonment":
      return ratio(sums.abandoned, sums.offered);
  }
}

/** A stretch of a queue's past: its sums, from and to interval (half-open). */
export interface ServiceRow extends ServiceSums, IntervalRange {
  readonly queueId: string;
}

/** What came and what came of it, by week, day or interval, oldest first; stretches without an open interval are left out. */
export function serviceRows(
  history: DemandHistory,
  queueId: string,
  by: "week" | "day" | "interval",
): ServiceRow[] {
  const { grid } = history;
  const queue = history.queues.find((one) => one.queueId === queueId);
  if (queue === undefined) return [];
  const edges: number[] = [];
  if (by === "interval") {
    for (let interval = 0; interval <= grid.dayOffsets[grid.dayCount]; interval++) edges.push(interval);
  } else {
    const monday = (8 - weekdayOf(grid.firstDate)) % 7;
    if (by === "week" && monday > 0) edges.push(0);
    for (let day = by === "week" ? monday : 0; day < grid.dayCount; day += by === "week" ? 7 : 1)
      edges.push(grid.dayOffsets[day]);
    edges.push(grid.dayOffsets[grid.dayCount]);
  }
  return edges.slice(1).flatMap((end, at) => {
    const first = edges[at];
    const open = queue.state.subarray(first, end).some(isCounted);
    return open ? [{ queueId, first, end, ...serviceSums(queue, first, end) }] : [];
  });
}

interface Week extends ServiceSums {
  readonly week: LocalDate;
  readonly openDays: number;
}

/** Mean moving range of two to standard deviation. */
const movingRangeFactor = 1.128;

/**
 * A queue's weeks on a control chart; null where the history does not hold the measure, or fewer than eight full weeks.
 *
 * Offered contacts per open day, AHT and ASA by an individuals chart (Shewhart; spread from the mean moving range, so that a
 * change of level does not hide itself). Service level and abandonment by Laney's p′ chart: binomial limits, widened by how much weeks
 * differ beyond chance, because with thousands of calls plain binomial limits call every week special.
 */
export function controlChart(
  history: DemandHistory,
  queueId: string,
  measure: ServiceMeasure,
): ControlChart | null {
  const queue = history.queues.find((one) => one.queueId === queueId);
  if (queue === undefined) return null;
  const weeks = weekSums(history, queue).flatMap((week) => {
    const value = measure === "offered" ? week.offered / week.openDays : measureOf(week, measure);
    return week.offered > 0 && week.openDays >= 3 && value !== null ? [{ ...week, value }] : [];
  });
  if (weeks.length < 8) return null;
  if (measure === "abandonment" || measure === "serviceLevel") return proportionChart(weeks);
  const values = weeks.map(({ value }) => value);
  const centre = mean(values);
  const deviation = meanRange(values) / movingRangeFactor;
  const lower = Math.max(0, centre - 3 * deviation);
  const upper = centre + 3 * deviation;
  const points = weeks.map(({ week }, at) => ({
    week,
    value: values[at],
    lower,
    upper,
    signal: values[at] < lower || values[at] > upper,
  }));
  return { centre, points };
}

function proportionChart(
  weeks: readonly { readonly week: LocalDate; readonly offered: number; readonly value: number }[],
): ControlChart {
  const centre =
    weeks.reduce((sum, { value, offered }) => sum + value * offered, 0) /
    weeks.reduce((sum, { offered }) => sum + offered, 0);
  const chance = weeks.map(({ offered }) => Math.sqrt((centre * (1 - centre)) / offered));
  const values = weeks.map(({ value }) => value);
  const scores = values.map((value, at) => (chance[at] > 0 ? (value - centre) / chance[at] : 0));
  const beyond = Math.max(1, meanRange(scores) / movingRangeFactor);
  const points = weeks.map(({ week }, at) => {
    const lower = Math.max(0, centre - 3 * beyond * chance[at]);
    const upper = Math.min(1, centre + 3 * beyond * chance[at]);
    return { week, value: values[at], lower, upper, signal: values[at] < lower || values[at] > upper };
  });
  return { centre, points };
}

/** Weeks of learnt days; what was left out of learning is left out here. */
function weekSums(history: DemandHistory, queue: QueueHistory): Week[] {
  const { grid } = history;
  const learnt = { ...queue, state: queue.state.map((state) => (state === intervalState.open ? state : 0)) };
  return serviceRows({ grid, queues: [learnt] }, queue.queueId, "week").map((row) => {
    let openDays = 0;
    for (let day = 0; day < grid.dayCount; day++) {
      const [first, end] = [grid.dayOffsets[day], grid.dayOffsets[day + 1]];
      if (
        first >= row.first &&
        end <= row.end &&
        learnt.state.subarray(first, end).includes(intervalState.open)
      )
        openDays++;
    }
    const date = dateOfDay(grid, grid.dayOffsets.indexOf(row.first));
    return { ...row, week: addDays(date, 1 - weekdayOf(date)), openDays };
  });
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function meanRange(values: readonly number[]): number {
  return mean(values.slice(1).map((value, at) => Math.abs(value - values[at])));
}

/** An hour of the week in which a queue loses more contacts than it may. */
export interface Bottleneck {
  readonly queueId: string;
  readonly weekday: Weekday;
  /** Clock hour. */
  readonly hour: number;
  readonly offered: number;
  /** Abandoned ÷ offered over all weeks. */
  readonly abandonment: number;
  /** Weeks with this hour open, and those in which it was above the goal. */
  readonly weeks: number;
  readonly weeksAbove: number;
  /** Contacts abandoned beyond the goal, summed over the weeks above it: what the bottleneck cost. */
  readonly lost: number;
}

/**
 * Hours of the week by the contacts they lost beyond a goal for abandonment, worst first. Only hours that were above it
 * over all weeks together; queues whose history does not say what was abandoned are left out.
 *
 * @param goalOf share of offered that may abandon, per queue
 */
export function bottlenecks(history: DemandHistory, goalOf: (queueId: string) => number): Bottleneck[] {
  const { grid } = history;
  const slots = clockSlots(grid);
  const found: Bottleneck[] = [];
  for (const { queueId, state, offered, abandoned, unknown } of history.queues) {
    if (abandoned === null) continue;
    const goal = goalOf(queueId);
    const cells = new Map<
      number,
      { offered: number; abandoned: number; weeks: number; weeksAbove: number; lost: number }
    >();
    for (let day = 0; day < grid.dayCount; day++) {
      const weekday = weekdayOf(dateOfDay(grid, day));
      const hours = new Map<number, { offered: number; abandoned: number }>();
      for (let interval = grid.dayOffsets[day]; interval < grid.dayOffsets[day + 1]; interval++) {
        if (state[interval] !== intervalState.open || unknown?.abandoned?.[interval] === 1) continue;
        const hour = Math.floor((slots[interval] * grid.intervalMinutes) / 60);
        const sum = hours.get(hour) ?? { offered: 0, abandoned: 0 };
        sum.offered += offered[interval];
        sum.abandoned += abandoned[interval];
        hours.set(hour, sum);
      }
      for (const [hour, sum] of hours) {
        if (sum.offered === 0) continue;
        const at = weekday * 24 + hour;
        const cell = cells.get(at) ?? { offered: 0, abandoned: 0, weeks: 0, weeksAbove: 0, lost: 0 };
        cells.set(at, cell);
        cell.offered += sum.offered;
        cell.abandoned += sum.abandoned;
        cell.weeks++;
        const excess = sum.abandoned - goal * sum.offered;
        if (excess <= 0) continue;
        cell.weeksAbove++;
        cell.lost += excess;
      }
    }
    for (const [at, cell] of cells) {
      if (cell.abandoned <= goal * cell.offered) continue;
      found.push({
        queueId,
        weekday: Math.floor(at / 24) as Weekday,
        hour: at % 24,
        offered: cell.offered,
        abandonment: cell.abandoned / cell.offered,
        weeks: cell.weeks,
        weeksAbove: cell.weeksAbove,
        lost: cell.lost,
      });
    }
  }
  return found.sort((a, b) => b.lost - a.lost || a.weekday - b.weekday || a.hour - b.hour);
}
