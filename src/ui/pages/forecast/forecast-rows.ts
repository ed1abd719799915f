import type { VisibleRange } from "../../../app/session/session.ts";
import { dateOfDay, type IntervalGrid } from "../../../domain/calendar/interval-grid.ts";
import type { IntervalRange } from "../../../domain/calendar/ranges.ts";
import type { QueueForecast } from "../../../domain/results/demand.ts";
import { intervalText } from "../../kit/charts/axis-words.ts";
import type { Format } from "../../kit/format.ts";
import { dayForecast } from "./forecast-view.ts";

/** A line of the forecast's table: a day or an interval. */
export interface ForecastRow extends IntervalRange {
  readonly name: string;
  /** Per queue, in the order of the grid's queues. */
  readonly cells: readonly {
    readonly open: boolean;
    readonly offered: number;
    readonly lower80: number;
    readonly upper80: number;
    readonly ahtSeconds: number | null;
    readonly baseline: number | null;
    /** Some of it stands as imported. */
    readonly fromOutside: boolean;
  }[];
}

type Cell = ForecastRow["cells"][number];

/** Every day in sight. */
export function dayRows(
  grid: IntervalGrid,
  queues: readonly QueueForecast[],
  { firstDay, dayCount }: Pick<VisibleRange, "firstDay" | "dayCount">,
  format: Format,
): ForecastRow[] {
  return Array.from({ length: dayCount }, (_, at) => firstDay + at).map((day) => {
    const [first, end] = [grid.dayOffsets[day], grid.dayOffsets[day + 1]];
    const cellOf = (queue: QueueForecast): Cell => ({
      open: queue.open.subarray(first, end).includes(1),
      ...dayForecast(grid, queue, day),
      baseline: queue.baseline?.subarray(first, end).reduce((sum, value) => sum + value, 0) ?? null,
      fromOutside: queue.fromOutside?.subarray(first, end).includes(1) ?? false,
    });
    return { name: format.date(dateOfDay(grid, day), "weekdayDay"), first, end, cells: queues.map(cellOf) };
  });
}

/** The intervals in sight in which one of the queues is open. */
export function intervalRows(
  grid: IntervalGrid,
  queues: readonly QueueForecast[],
  range: IntervalRange,
  format: Format,
): ForecastRow[] {
  return Array.from({ length: range.end - range.first }, (_, at) => range.first + at)
    .filter((interval) => queues.some(({ open }) => open[interval] === 1))
    .map((interval) => ({
      name: intervalText(format, grid, interval),
      first: interval,
      end: interval + 1,
      cells: queues.map((queue) => ({
        open: queue.open[interval] === 1,
        offered: queue.offered[interval],
        lower80: queue.offeredLower80[interval],
        upper80: queue.offeredUpper80[interval],
        ahtSeconds: queue.open[interval] === 1 ? queue.ahtSeconds[interval] : null,
        baseline: queue.baseline?.[interval] ?? null,
        fromOutside: queue.fromOutside?.[interval] === 1,
      })),
    }));
}
