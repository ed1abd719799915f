import { dateOfEpochDay, daysBetween } from "../domain/calendar/clock.ts";
import {
  createIntervalGrid,
  type IntervalGrid,
  intervalAt,
  intervalCount,
  intervalStartIso,
  minuteOfInstant,
} from "../domain/calendar/interval-grid.ts";
import type { IntervalRange } from "../domain/calendar/ranges.ts";
import { fail, type Outcome, succeed } from "../domain/outcome.ts";
import { clockReader } from "./clock-cells.ts";
import { readTable, type Table, type TableRow } from "./table-reader.ts";
import { type CsvCell, csvText } from "./table-writer.ts";

/**
 * A table with a row per interval and queue, ordered by time and then as the queues are. `interval_start` carries its
 * offset, so that the repeated hour in autumn is two hours.
 *
 * @param columns those after `interval_start` and `queue`
 * @param cells of one row; null: the row is left out
 * @param range absent: the whole grid
 */
export function intervalTableText<Queue extends { readonly queueId: string }>(
  grid: IntervalGrid,
  queues: readonly Queue[],
  columns: readonly string[],
  cells: (queue: Queue, index: number) => readonly CsvCell[] | null,
  range: IntervalRange = { first: 0, end: intervalCount(grid) },
): string {
  const rows: CsvCell[][] = [];
  for (let index = range.first; index < range.end; index++) {
    for (const queue of queues) {
      const rest = cells(queue, index);
      if (rest !== null) rows.push([intervalStartIso(grid, index), queue.queueId, ...rest]);
    }
  }
  return csvText(["interval_start", "queue", ...columns], rows);
}

/** Series of one queue read from a table with one row per interval and queue. */
export interface QueueSeries {
  readonly queueId: string;
  /** 1 where the table has a row. */
  readonly present: Uint8Array;
  /** By column; 0 where there is no row or an optional cell is empty. */
  readonly values: Readonly<Record<string, Float64Array>>;
}

export interface IntervalTable {
  readonly grid: IntervalGrid;
  readonly queues: readonly QueueSeries[];
}

interface IntervalRow {
  readonly row: TableRow;
  readonly queueId: string;
  readonly date: string;
  readonly minuteOfDay: number;
  /** Minutes east of UTC; null when the text has no offset. */
  readonly offsetMinutes: number | null;
  readonly numbers: readonly number[];
}

/**
 * Reads a table as `intervalTableText` writes it, strictly: one faulty row and there is no table. Starts are local, with
 * offset or without; the grid is the days and the step of the rows. Without `timeZone` it keeps the offset of the rows, or
 * UTC where they have none.
 *
 * Issues: `table.missingColumn`, `table.unparsableTime`, `table.unparsableNumber`, `table.negativeNumber`,
 * `table.repeatedInterval`, `table.severalOffsets` (the caller must name the time zone), `table.noRows`, `table.offGrid`.
 */
export function readIntervalTable(
  text: string,
  name: string,
  required: readonly string[],
  optional: readonly string[],
  timeZone?: string,
): Outcome<IntervalTable> {
  const columns = [...required, ...optional];
  const outcome = readTable(text, name, {
    prefix: "table",
    required: ["interval_start", "queue", ...required],
    numbers: columns,
    severity: "error",
  });
  if (!outcome.ok) return outcome;
  const table = outcome.value;
  const clock = clockReader("ymd");
  const rows = table.rows.flatMap((row): IntervalRow[] => {
    const time = clock(row.cell("interval_start"), null);
    if (time === null || time.secondOfDay % 60 !== 0 || time.secondOfDay >= 86_400) {
      row.refuse("unparsableTime", "interval_start");
      return [];
    }
    const numbers = columns.map((column) => {
      const value = row.number(column, "unparsableNumber");
      if (value === null && required.includes(column)) row.refuse("unparsableNumber", column);
      if (value != null && value < 0) row.refuse("negativeNumber", column);
      return value ?? 0;
    });
    const { day, secondOfDay, offsetMinutes } = time;
    const place = { date: dateOfEpochDay(day), minuteOfDay: secondOfDay / 60, offsetMinutes };
    return [{ row, queueId: row.text("queue"), ...place, numbers }];
  });
  if (table.issues().length > 0) return fail(...table.issues());
  const zone = rows.length === 0 ? null : (timeZone ?? zoneOfOffsets(rows));
  if (zone !== null) return placeRows(table, rows, columns, zone);
  return table.failure(rows.length === 0 ? "noRows" : "severalOffsets");
}

function placeRows(
  table: Table,
  rows: readonly IntervalRow[],
  columns: readonly string[],
  zone: string,
): Outcome<IntervalTable> {
  const dates = rows.map((row) => row.date).sort();
  const dayCount = daysBetween(dates[0], dates[dates.length - 1]) + 1;
  const grid = createIntervalGrid(zone, smallestStep(rows), dates[0], dayCount);
  const count = intervalCount(grid);
  const queues = new Map<string, { present: Uint8Array; series: Float64Array[] }>();
  for (const row of rows) {
    let queue = queues.get(row.queueId);
    if (queue === undefined) {
      queue = { present: new Uint8Array(count), series: columns.map(() => new Float64Array(count)) };
      queues.set(row.queueId, queue);
    }
    const index = indexOfRow(grid, row);
    if (index === null || queue.present[index] === 1) {
      row.row.refuse(index === null ? "offGrid" : "repeatedInterval", "interval_start");
      continue;
    }
    queue.present[index] = 1;
    for (let column = 0; column < columns.length; column++) queue.series[column][index] = row.numbers[column];
  }
  if (table.issues().length > 0) return fail(...table.issues());
  return succeed({
    grid,
    queues: [...queues].map(([queueId, { present, series }]) => ({
      queueId,
      present,
      values: Object.fromEntries(columns.map((column, position) => [column, series[position]])),
    })),
  });
}

function indexOfRow(grid: IntervalGrid, row: IntervalRow): number | null {
  if (row.offsetMinutes === null) {
    const index = intervalAt(grid, row.date, row.minuteOfDay);
    return row.minuteOfDay % grid.intervalMinutes === 0 ? index : null;
  }
  const midnight = Date.UTC(+row.date.slice(0, 4), +row.date.slice(5, 7) - 1, +row.date.slice(8, 10)) / 1000;
  const epochSeconds = midnight + (row.minuteOfDay - row.offsetMinutes) * 60;
  const index = minuteOfInstant(grid, epochSeconds) / grid.intervalMinutes;
  return Number.isInteger(index) && index >= 0 && index < intervalCount(grid) ? index : null;
}

/** Minutes between the nearest two different clock times; 60 when there is only one. */
function smallestStep(rows: readonly IntervalRow[]): number {
  const minutes = [...new Set(rows.map((row) => row.minuteOfDay))].sort((a, b) => a - b);
  let step = 60;
  for (let i = 1; i < minutes.length; i++) step = Math.min(step, minutes[i] - minutes[i - 1]);
  for (const minute of minutes) while (minute % step !== 0 || 60 % step !== 0) step--;
  return step;
}

/** A fixed zone for the one offset of the rows; null when there are several. IANA writes `Etc/GMT-2` for +02:00. */
function zoneOfOffsets(rows: readonly IntervalRow[]): string | null {
  const offsets = new Set(rows.map((row) => row.offsetMinutes));
  if (offsets.size > 1) return null;
  const [offset] = offsets;
  if (offset === null || offset === 0) return "UTC";
  if (offset % 60 !== 0) return null;
  return `Etc/GMT${offset > 0 ? "-" : "+"}${Math.abs(offset) / 60}`;
}
