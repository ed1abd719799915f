import {
  createIntervalGrid,
  type IntervalGrid,
  minuteOfInstant,
} from "../../../domain/calendar/interval-grid.ts";
import type { IntervalRange } from "../../../domain/calendar/ranges.ts";
import type { ForecastSnapshot } from "../../../domain/plan/forecast-settings.ts";
import type { Made, Plan } from "../../../domain/plan/plan.ts";
import type { DemandForecast } from "../../../domain/results/demand.ts";

/** Contacts expected per queue on a grid: a forecast, or a snapshot of one. */
export interface ExpectedContacts {
  readonly grid: IntervalGrid;
  readonly queues: readonly { readonly queueId: string; readonly offered: Float64Array }[];
}

/** The plan with its forecast as it stands kept as a snapshot; three decimals are more than any forecast knows. */
export function withSnapshot(plan: Plan, { value, madeAt }: Made<DemandForecast>, name: string): Plan {
  const kept = plan.forecastSnapshots ?? [];
  const last = kept.reduce((most, { id }) => Math.max(most, Number(id.replace(/\D/g, ""))), 0);
  const { intervalMinutes, firstDate, dayCount } = value.grid;
  const snapshot: ForecastSnapshot = {
    id: `snapshot-${last + 1}`,
    name,
    madeAt,
    intervalMinutes,
    firstDate,
    dayCount,
    queues: value.queues.map(({ queueId, offered }) => ({
      queueId,
      offered: Array.from(offered, (contacts) => Math.round(contacts * 1000) / 1000),
    })),
  };
  return { ...plan, forecastSnapshots: [...kept, snapshot] };
}

export function withoutSnapshot(plan: Plan, id: string): Plan {
  return { ...plan, forecastSnapshots: (plan.forecastSnapshots ?? []).filter((one) => one.id !== id) };
}

export function snapshotContacts(timeZone: string, snapshot: ForecastSnapshot): ExpectedContacts {
  return {
    grid: createIntervalGrid(timeZone, snapshot.intervalMinutes, snapshot.firstDate, snapshot.dayCount),
    queues: snapshot.queues.map(({ queueId, offered }) => ({ queueId, offered: Float64Array.from(offered) })),
  };
}

/** Contacts of one interval of `grid`, over the queues both forecasts have. */
export interface ComparedInterval {
  readonly interval: number;
  readonly before: number;
  readonly after: number;
}

/**
 * Two forecasts in the intervals of `grid` from `first` to `end` that both know, matched by time, so that they may be of
 * different days; intervals in which neither expects anything are left out. Empty when their intervals differ in length.
 *
 * @param queueId null: all queues that both have
 */
export function comparedIntervals(
  grid: IntervalGrid,
  range: IntervalRange,
  before: ExpectedContacts,
  after: ExpectedContacts,
  queueId: string | null,
): ComparedInterval[] {
  const shiftTo = (other: IntervalGrid) =>
    minuteOfInstant(other, grid.startEpochSeconds) / grid.intervalMinutes;
  if ([before, after].some((one) => one.grid.intervalMinutes !== grid.intervalMinutes)) return [];
  const pairs = before.queues.flatMap((one) => {
    const other = after.queues.find((candidate) => candidate.queueId === one.queueId);
    return other === undefined || (queueId !== null && one.queueId !== queueId)
      ? []
      : [[one.offered, other.offered] as const];
  });
  const rows: ComparedInterval[] = [];
  for (let interval = range.first; interval < range.end; interval++) {
    let sums: [number, number] = [0, 0];
    let known = pairs.length > 0;
    for (const [one, other] of pairs) {
      const [x, y] = [one[interval + shiftTo(before.grid)], other[interval + shiftTo(after.grid)]];
      if (x === undefined || y === undefined) known = false;
      else sums = [sums[0] + x, sums[1] + y];
    }
    if (known && sums[0] + sums[1] > 0) rows.push({ interval, before: sums[0], after: sums[1] });
  }
  return rows;
}
