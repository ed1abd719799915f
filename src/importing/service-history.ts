import { addDays, type LocalDate, type Weekday, weekdayOf } from "../domain/clock.ts";
import { type DemandHistory, intervalState, type QueueHistory } from "../domain/demand.ts";
import { clockSlots, dateOfDay } from "../domain/interval-grid.ts";

/** What a control chart follows, week by week. */
export const serviceMeasures = ["offered", "aht", "abandonment"] as const;
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

interface WeekSums {
  readonly week: LocalDate;
  offered: number;
  handled: number;
  abandoned: number;
  handleSeconds: number;
  openDays: number;
}

/** Mean moving range of two to standard deviation. */
const movingRangeFactor = 1.128;

/**
 * A queue's weeks on a control chart; null where the history does not hold the measure, or fewer than eight full weeks.
 *
 * Offered contacts per open day and AHT by an individuals chart (Shewhart; spread from the mean moving range, so that a
 * change of level does not hide itself). Abandonment by Laney's p′ chart: binomial limits, widened by how much weeks
 * differ beyond chance, because with thousands of calls plain binomial limits call every week special.
 */
export function controlChart(
  history: DemandHistory,
  queueId: string,
  measure: ServiceMeasure,
): ControlChart | null {
  const queue = history.queues.find((one) => one.queueId === queueId);
  if (queue === undefined) return null;
  if (measure === "aht" && (queue.handled === null || queue.handleSeconds === null)) return null;
  if (measure === "abandonment" && queue.abandoned === null) return null;
  const weeks = weekSums(history, queue).filter(({ offered, openDays }) => offered > 0 && openDays >= 3);
  if (weeks.length < 8) return null;
  if (measure === "abandonment") return proportionChart(weeks);
  const values = weeks.map((week) =>
    measure === "offered" ? week.offered / week.openDays : week.handleSeconds / Math.max(1, week.handled),
  );
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

function proportionChart(weeks: readonly WeekSums[]): ControlChart {
  const centre =
    weeks.reduce((sum, { abandoned }) => sum + abandoned, 0) /
    weeks.reduce((sum, { offered }) => sum + offered, 0);
  const chance = weeks.map(({ offered }) => Math.sqrt((centre * (1 - centre)) / offered));
  const values = weeks.map(({ abandoned, offered }) => abandoned / offered);
  const scores = values.map((value, at) => (chance[at] > 0 ? (value - centre) / chance[at] : 0));
  const beyond = Math.max(1, meanRange(scores) / movingRangeFactor);
  const points = weeks.map(({ week }, at) => {
    const lower = Math.max(0, centre - 3 * beyond * chance[at]);
    const upper = Math.min(1, centre + 3 * beyond * chance[at]);
    return { week, value: values[at], lower, upper, signal: values[at] < lower || values[at] > upper };
  });
  return { centre, points };
}

function weekSums(history: DemandHistory, queue: QueueHistory): WeekSums[] {
  const { grid } = history;
  const sums = new Map<LocalDate, WeekSums>();
  for (let day = 0; day < grid.dayCount; day++) {
    const date = dateOfDay(grid, day);
    const week = addDays(date, 1 - weekdayOf(date));
    const sum = sums.get(week) ?? {
      week,
      offered: 0,
      handled: 0,
      abandoned: 0,
      handleSeconds: 0,
      openDays: 0,
    };
    sums.set(week, sum);
    let open = false;
    for (let interval = grid.dayOffsets[day]; interval < grid.dayOffsets[day + 1]; interval++) {
      if (queue.state[interval] !== intervalState.open) continue;
      open = true;
      sum.offered += queue.offered[interval];
      sum.handled += queue.handled?.[interval] ?? 0;
      sum.abandoned += queue.abandoned?.[interval] ?? 0;
      sum.handleSeconds += queue.handleSeconds?.[interval] ?? 0;
    }
    if (open) sum.openDays++;
  }
  return [...sums.values()];
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
  for (const { queueId, state, offered, abandoned } of history.queues) {
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
        if (state[interval] !== intervalState.open) continue;
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
