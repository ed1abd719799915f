import { epochDay, type LocalDate } from "../../domain/calendar/clock.ts";
import { parseNumber } from "../../files/cell-values.ts";
import { type ClockReading, clockReader } from "../../files/clock-cells.ts";
import { localInstants } from "../../files/local-instants.ts";
import { halfDayClock } from "./half-day-clock.ts";
import type { ColumnRole, HistoryMapping } from "./layouts.ts";
import { rowDates, yearlessClock } from "./row-dates.ts";
import { rowLengthReader } from "./row-lengths.ts";
import type { Refusal } from "./row-refusal.ts";

/** When a row is: instants its clock reading may mean (two in a repeated hour), and its date as written. */
export interface When {
  readonly instants: readonly number[];
  readonly day: number;
  /** How long the row's interval is by its own words, on the clock; null: it does not say. */
  readonly lengthSeconds: number | null;
}

/** Where a column itself says the time of the day, or the date. */
export interface ColumnTime {
  readonly minute?: number;
  readonly date?: LocalDate;
  readonly weekday?: number;
}

/** Whether rows are known by their date alone. */
export function isDaily({ rows, rowMinutes }: HistoryMapping): boolean {
  return rows === "day" || (rows === "contact" && rowMinutes === 1440);
}

/** A day beyond this number is no day that somebody counted to. */
const mostDays = 20_000;

/**
 * Reads when a row is, by a mapping; clock times without an offset are `timeZone`'s. Rows are to come in the order of the
 * file: a date may be that of the row before.
 */
export function rowTimes(
  mapping: HistoryMapping,
  timeZone: string,
): {
  of(cells: readonly string[], at?: ColumnTime): When | Refusal;
  /** Instants of another cell of the row that holds a moment, or a time of the row's day; empty: it holds none. */
  other(text: string, day: number): readonly number[];
  /** Whether a line gives the date of the rows below it, and is no row itself. */
  takeLine(cells: readonly string[]): boolean;
  readonly whenColumn: number;
} {
  const indexOf = (role: ColumnRole) => mapping.columns.findIndex((column) => column.role === role);
  const [start, date, time, number] = [
    indexOf("start"),
    indexOf("date"),
    indexOf("time"),
    indexOf("dayNumber"),
  ];
  const dates = rowDates(mapping);
  const part = indexOf("week") >= 0 ? indexOf("week") : indexOf("dayOfMonth");
  const hasParts = start < 0 && date < 0 && part >= 0;
  const whenColumn = [start, date, part, number, time].find((index) => index >= 0) ?? -1;
  const daily = isDaily(mapping);
  const lengthSeconds = mapping.rows === "interval" ? mapping.rowMinutes * 60 : 0;
  const clock = yearlessClock({
    order: mapping.dateOrder,
    ...(mapping.dates === undefined ? {} : { dates: mapping.dates }),
    ...(mapping.times === undefined ? {} : { times: mapping.times }),
    ...(mapping.ranges === undefined ? {} : { ranges: mapping.ranges }),
    ...(mapping.year === undefined ? {} : { year: mapping.year }),
    ...(mapping.swappedDates === undefined ? {} : { swapped: mapping.swappedDates }),
  });
  const halves = mapping.times === "halfDay" ? halfDayClock(mapping.opensAt ?? null) : null;
  const keyColumns = mapping.columns.flatMap(({ role }, index) =>
    ["queue", "channel", "dimension"].includes(role) ? [index] : [],
  );
  const plainClock = clockReader(mapping.dateOrder);
  const lengthOf = rowLengthReader(mapping.dateOrder);
  const endColumn = mapping.rows === "interval" ? indexOf("endedAt") : -1;
  const instantsOf = localInstants(timeZone);
  let lastEnd = { day: Number.NaN, secondOfDay: 0 };

  const wrong = (code: string, column: number, cells: readonly string[]): Refusal => ({
    code,
    column,
    values: { text: cells[column] },
  });

  function numbered(cells: readonly string[]): When | Refusal {
    const value = parseNumber(cells[number], mapping.decimal);
    if (value === null || !Number.isInteger(value) || value < 0)
      return wrong("import.notANumber", number, cells);
    if (value > mostDays) return wrong("import.unparsableDate", number, cells);
    const day = epochDay(mapping.firstDate ?? "2001-01-01") + value - 1;
    return { day, instants: [day * 86_400], lengthSeconds: null };
  }

  function readingOf(cells: readonly string[], at: ColumnTime | undefined): ClockReading | Refusal {
    if (at?.date !== undefined) {
      const day = epochDay(at.date);
      if (time < 0) return { day, secondOfDay: 0, offsetMinutes: null, hasTime: false };
      const reading = plainClock("2001-01-01", cells[time]);
      return reading === null || !reading.hasTime
        ? wrong("import.unparsableTime", time, cells)
        : { ...reading, day };
    }
    const timeText = start >= 0 || time < 0 ? null : cells[time];
    // A row without a time may still give the rows below it their date.
    const dateText = dates.textOf(cells);
    if (timeText !== null && timeText.trim() === "" && !daily) return wrong("import.emptyTime", time, cells);
    let reading = clock(dateText, timeText);
    if (reading !== null) {
      const day = dates.dayIn(reading.day, cells, at?.weekday);
      reading = day === null ? null : day === reading.day ? reading : { ...reading, day };
    }
    if (reading?.hasTime === true && halves !== null) {
      reading = halves(reading, keyColumns.map((index) => cells[index]).join("\u0001"));
      if (reading === null) return wrong("import.unparsableTime", start >= 0 ? start : time, cells);
    }
    if (reading === null) {
      const dateFine = timeText !== null && clock(dateText, null) !== null;
      return dateFine
        ? wrong("import.unparsableTime", time, cells)
        : wrong("import.unparsableDate", whenColumn, cells);
    }
    if (at?.minute !== undefined) return { ...reading, secondOfDay: at.minute * 60, hasTime: true };
    return mapping.timeIsEnd === true && reading.lengthSeconds === undefined ? startOf(reading) : reading;
  }

  /** Where the time is that of the end; midnight after the last hours of a date is the end of that date. */
  function startOf(reading: ClockReading): ClockReading {
    let { day, secondOfDay } = reading;
    const endsDate =
      start < 0 &&
      secondOfDay === 0 &&
      lastEnd.day === day &&
      lastEnd.secondOfDay >= 86_400 - 2 * lengthSeconds;
    if (endsDate) secondOfDay = 86_400;
    lastEnd = { day, secondOfDay };
    secondOfDay -= lengthSeconds;
    if (secondOfDay < 0) {
      secondOfDay += 86_400;
      day--;
    }
    return { ...reading, day, secondOfDay };
  }

  return {
    whenColumn,
    takeLine: dates.takeLine,
    of(cells, at) {
      const isNumbered = start < 0 && date < 0 && !hasParts && at?.date === undefined;
      if (isNumbered && mapping.dateLines !== true) return numbered(cells);
      const reading = readingOf(cells, at);
      if ("code" in reading) return reading;
      if (daily) return { day: reading.day, instants: [reading.day * 86_400], lengthSeconds: null };
      const instants = instantsOf(reading, lengthSeconds);
      const told =
        reading.lengthSeconds ?? (endColumn < 0 ? null : lengthOf(reading, cells[endColumn] ?? ""));
      if (instants.length > 0) return { day: reading.day, instants, lengthSeconds: told };
      return wrong("import.skippedTime", start < 0 && time >= 0 ? time : whenColumn, cells);
    },
    other(text, day) {
      const bare = text.trim();
      if (bare === "") return [];
      const reading = plainClock(bare, null);
      if (reading !== null) return instantsOf(reading);
      const clockTime = plainClock("2001-01-01", bare);
      return clockTime === null || !clockTime.hasTime ? [] : instantsOf({ ...clockTime, day });
    },
  };
}
