import { type ClockReading, clockReader, type DateOrder } from "../../files/clock-cells.ts";
import type { Column, Moments } from "./recognise-moments.ts";
import { minutesOfDuration, type RowTiming } from "./row-timing.ts";

/** Wall-clock seconds from a row's start to the end that another of its cells tells, as a moment or a time of day; null: it tells none. */
export function rowLengthReader(order: DateOrder): (start: ClockReading, end: string) => number | null {
  const clock = clockReader(order);
  return (start, end) => {
    const text = end.trim();
    if (text === "") return null;
    const moment = clock(text, null);
    const reading = moment?.hasTime === true ? moment : clock("2001-01-01", text);
    if (reading?.hasTime !== true) return null;
    if (reading !== moment) {
      const seconds = reading.secondOfDay - start.secondOfDay;
      if (seconds > 0) return seconds;
      // 12:30 to 1:00 is half an hour of a clock of twelve hours.
      const isOverTwelve = reading.secondOfDay < 46_800 && seconds >= -43_200 && seconds < -21_600;
      return isOverTwelve && start.secondOfDay % 43_200 < start.secondOfDay
        ? seconds + 43_200
        : seconds + 86_400;
    }
    const shift = (reading.offsetMinutes ?? 0) - (start.offsetMinutes ?? reading.offsetMinutes ?? 0);
    return (reading.day - start.day) * 86_400 + reading.secondOfDay - start.secondOfDay - shift * 60;
  };
}

/** The column that tells how long each row's interval is, and which of some rows are longer than the others: they hold others. */
export interface RowLengths {
  readonly column: number | null;
  readonly role: "endedAt" | "duration";
  readonly isLonger: readonly boolean[];
}

/** Share of rows that must be as long as the steps between them, for a column to be believed. */
const mostRows = 0.6;

/** How long the rows of a file of intervals are: by ranges of time, by when they end, or by a column of lengths. */
export function recogniseRowLengths(input: {
  readonly columns: readonly Column[];
  readonly moments: Moments;
  readonly timing: RowTiming;
  readonly order: DateOrder;
  readonly readings: readonly (ClockReading | null)[];
  readonly rows: readonly (readonly string[])[];
}): RowLengths {
  const { columns, moments, timing, order, readings, rows } = input;
  const usual = timing.minutes * 60;
  const told = (column: number | null, role: RowLengths["role"], lengths: readonly (number | null)[]) => ({
    column,
    role,
    isLonger: lengths.map((seconds) => seconds !== null && seconds > usual),
  });
  const ranges = readings.map((reading) => reading?.lengthSeconds ?? null);
  const none = told(null, "endedAt", ranges);
  if (timing.kind !== "grid") return none;
  // An end may be that of the last second or minute: 08:29:59, 08:29.
  const areOfRows = (lengths: readonly (number | null)[]) =>
    lengths.filter((seconds) => seconds !== null && seconds <= usual && seconds >= usual - 60).length >=
    mostRows * lengths.length;
  const read = rowLengthReader(order);
  for (const [index, role] of moments.roles) {
    if (role !== "endedAt") continue;
    const lengths = readings.map((start, at) => (start === null ? null : read(start, rows[at][index] ?? "")));
    if (areOfRows(lengths)) return told(index, "endedAt", lengths);
  }
  for (const { index, name, profile } of columns) {
    const isNamed = name.concepts.has("interval") || name.concepts.has("duration");
    if (!isNamed || moments.roles.has(index) || profile.distinct > 4) continue;
    const lengths = rows.map((cells) => minutesOfDuration(cells[index] ?? "")).map((one) => one && one * 60);
    if (lengths.filter((seconds) => seconds === usual).length < mostRows * rows.length) continue;
    if (lengths.every((seconds) => seconds === null || seconds % usual === 0))
      return told(index, "duration", lengths);
  }
  return none;
}
