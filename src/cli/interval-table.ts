import Papa from "papaparse";
import { daysBetween, isLocalDate } from "../domain/calendar/clock.ts";
import {
  createIntervalGrid,
  type IntervalGrid,
  intervalAt,
  intervalCount,
  minuteOfInstant,
} from "../domain/calendar/interval-grid.ts";
import { fail, type Issue, type Outcome, succeed } from "../domain/outcome.ts";

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

interface TableRow {
  readonly line: number;
  readonly queueId: string;
  readonly date: string;
  readonly minuteOfDay: number;
  /** Minutes east of UTC; null when the text has no offset. */
  readonly offsetMinutes: number | null;
  readonly numbers: readonly number[];
}

/**
 * Reads a table as this program writes it: `interval_start` (local ISO time, with offset or without), `queue`, and
 * numbers. Without `timeZone` the grid keeps the offset of the rows, or UTC where they have none.
 *
 * Issues: `table.missingColumn`, `table.unparsableTime`, `table.unparsableNumber`, `table.negativeNumber`,
 * `table.repeatedInterval`, `table.severalOffsets` (say `--time-zone`), `table.noRows`, `table.offGrid`.
 */
export function readIntervalTable(
  text: string,
  table: string,
  required: readonly string[],
  optional: readonly string[],
  timeZone?: string,
): Outcome<IntervalTable> {
  const parsed = Papa.parse<string[]>(text.trim(), { skipEmptyLines: false });
  const header = (parsed.data[0] ?? []).map((name) => name.trim());
  const issues: Issue[] = [];
  const problem = (code: string, line: number, column?: string, values?: Issue["values"]) =>
    issues.push({ code, severity: "error", table, line, column, values });
  for (const column of ["interval_start", "queue", ...required]) {
    if (!header.includes(column)) problem("table.missingColumn", 1, column);
  }
  if (issues.length > 0) return fail(...issues);
  const columns = [...required, ...optional];
  const places = columns.map((column) => header.indexOf(column));
  const rows: TableRow[] = [];
  for (let row = 1; row < parsed.data.length; row++) {
    const cells = parsed.data[row];
    if (cells.length === 1 && cells[0].trim() === "") continue;
    const line = row + 1;
    const timeText = (cells[header.indexOf("interval_start")] ?? "").trim();
    const time = readTime(timeText);
    if (time === null) {
      problem("table.unparsableTime", line, "interval_start", { text: timeText });
      continue;
    }
    const numbers = places.map((place, position) => {
      const cell = (place < 0 ? "" : (cells[place] ?? "")).trim();
      if (cell === "" && position >= required.length) return 0;
      const value = cell === "" ? Number.NaN : Number(cell);
      if (!Number.isFinite(value)) problem("table.unparsableNumber", line, columns[position], { text: cell });
      else if (value < 0) problem("table.negativeNumber", line, columns[position], { text: cell });
      return value;
    });
    rows.push({ line, queueId: (cells[header.indexOf("queue")] ?? "").trim(), ...time, numbers });
  }
  if (rows.length === 0) problem("table.noRows", 1);
  if (issues.length > 0) return fail(...issues);
  const zone = timeZone ?? zoneOfOffsets(rows);
  if (zone === null) return fail({ code: "table.severalOffsets", severity: "error", table });
  return placeRows(rows, columns, zone, table);
}

function placeRows(
  rows: readonly TableRow[],
  columns: readonly string[],
  zone: string,
  table: string,
): Outcome<IntervalTable> {
  const dates = rows.map((row) => row.date).sort();
  const dayCount = daysBetween(dates[0], dates[dates.length - 1]) + 1;
  const grid = createIntervalGrid(zone, smallestStep(rows), dates[0], dayCount);
  const count = intervalCount(grid);
  const issues: Issue[] = [];
  const queues = new Map<string, { present: Uint8Array; series: Float64Array[] }>();
  for (const row of rows) {
    let queue = queues.get(row.queueId);
    if (queue === undefined) {
      queue = { present: new Uint8Array(count), series: columns.map(() => new Float64Array(count)) };
      queues.set(row.queueId, queue);
    }
    const index = indexOfRow(grid, row);
    if (index === null || queue.present[index] === 1) {
      const code = index === null ? "table.offGrid" : "table.repeatedInterval";
      issues.push({ code, severity: "error", table, line: row.line, column: "interval_start" });
      continue;
    }
    queue.present[index] = 1;
    for (let column = 0; column < columns.length; column++) queue.series[column][index] = row.numbers[column];
  }
  if (issues.length > 0) return fail(...issues);
  return succeed({
    grid,
    queues: [...queues].map(([queueId, { present, series }]) => ({
      queueId,
      present,
      values: Object.fromEntries(columns.map((column, position) => [column, series[position]])),
    })),
  });
}

function indexOfRow(grid: IntervalGrid, row: TableRow): number | null {
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
function smallestStep(rows: readonly TableRow[]): number {
  const minutes = [...new Set(rows.map((row) => row.minuteOfDay))].sort((a, b) => a - b);
  let step = 60;
  for (let i = 1; i < minutes.length; i++) step = Math.min(step, minutes[i] - minutes[i - 1]);
  for (const minute of minutes) while (minute % step !== 0 || 60 % step !== 0) step--;
  return step;
}

/** A fixed zone for the one offset of the rows; null when there are several. IANA writes `Etc/GMT-2` for +02:00. */
function zoneOfOffsets(rows: readonly TableRow[]): string | null {
  const offsets = new Set(rows.map((row) => row.offsetMinutes));
  if (offsets.size > 1) return null;
  const [offset] = offsets;
  if (offset === null || offset === 0) return "UTC";
  if (offset % 60 !== 0) return null;
  return `Etc/GMT${offset > 0 ? "-" : "+"}${Math.abs(offset) / 60}`;
}

function readTime(text: string): Pick<TableRow, "date" | "minuteOfDay" | "offsetMinutes"> | null {
  const match = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}):(\d{2})(?::00(?:\.0+)?)?(Z|[+-]\d{2}:\d{2})?$/.exec(text);
  if (match === null || !isLocalDate(match[1]) || +match[2] > 23 || +match[3] > 59) return null;
  const zone = match[4];
  const offsetMinutes =
    zone === undefined
      ? null
      : zone === "Z"
        ? 0
        : (zone[0] === "-" ? -1 : 1) * (+zone.slice(1, 3) * 60 + +zone.slice(4, 6));
  return { date: match[1], minuteOfDay: +match[2] * 60 + +match[3], offsetMinutes };
}
