import { dateOfEpochDay, epochDay } from "../../domain/calendar/clock.ts";
import { foldedText, isWeekdayWord, weekdayOfWord } from "../../files/calendar-words.ts";
import {
  type ClockFormat,
  type ClockReading,
  clockReader,
  dayOfIsoWeek,
  type WeekNumbering,
} from "../../files/clock-cells.ts";
import type { ColumnRole, HistoryMapping } from "./layouts.ts";
import { readHeader } from "./read-header.ts";

/** A date that a line gives for the rows below it; `isEnd`: it is the last of its week. */
export interface LineDate {
  readonly text: string;
  readonly isEnd: boolean;
}

const readers = (["ymd", "dmy", "mdy"] as const).map((order) => clockReader(order));
const yearlessReaders = (["dmy", "mdy"] as const).map((order) => clockReader({ order, year: 2000 }));

/** Whether a text is a date, or a moment, but for its year: `Mon 31 Aug`, `31/08`, `8月31日`. */
export function isYearless(text: string): boolean {
  const bare = text.trim();
  // 31.08 is a number, and 8-9 two hours.
  if (bare.length < 4 || /^[\d.,-]+$/.test(bare.replace(/\.$/, "x"))) return false;
  if (readers.some((read) => read(bare, null) !== null)) return false;
  return yearlessReaders.some((read) => read(bare, null) !== null);
}

/** Words beside a date that make it the date of what follows; "printed", "from" and "to" make it another. */
const dateWords =
  /^(of|for|commencing|beginning|starting|begins|starts|ending|ends|vom|ab|bis|du|del|da|van|am)$/;

function isDateLabel(text: string): boolean {
  const { concepts, rest } = readHeader(text.replace(/[:\s]+$/, ""));
  const ofWeek = concepts.has("week");
  const named = [...concepts].every(
    (concept) =>
      ["date", "day", "week", "weekday"].includes(concept) || (ofWeek && ["start", "end"].includes(concept)),
  );
  const words = foldedText(rest)
    .split(/[^\p{L}]+/u)
    .filter((word) => word !== "");
  return named && words.every((word) => dateWords.test(word) || isWeekdayWord(word));
}

/**
 * The date of a line that holds one for the rows below it, alone (`2026-08-31`), with a word for it (`Date: 8/31/26`, `Week
 * of 31 Aug 2026`) or with the sums of its rows behind it; null: it holds none.
 */
export function dateOfLine(cells: readonly string[]): LineDate | null {
  const filled = cells.map((cell) => cell.trim()).filter((cell) => cell !== "");
  if (filled.length === 0 || filled[0].length > 60) return null;
  const [first, second = "", ...others] = filled;
  const isDate = (text: string) =>
    readers.some((read) => read(text, null)?.hasTime === false) ||
    yearlessReaders.some((read) => read(text, null)?.hasTime === false && isYearless(text));
  const areSums = (rest: readonly string[]) => rest.every((text) => /^[-\d.,:%'\s\u00a0\u202f]+$/.test(text));
  const areWords = (rest: readonly string[]) => rest.every((text) => isWeekdayWord(foldedText(text)));
  const isBare = !/^\d{1,8}$/.test(first) || /^(19|20)\d{6}$/.test(first);
  if (isBare && isDate(first) && (areSums(filled.slice(1)) || areWords(filled.slice(1))))
    return { text: first, isEnd: false };
  const isEnd = (label: string) => /\bend|bis\b|fin\b|结束|末/i.test(label);
  if (second !== "" && !/\d/.test(first) && isDateLabel(first) && isDate(second) && areWords(others))
    return { text: second, isEnd: isEnd(first) };
  if (!(areSums(filled.slice(1)) || areWords(filled.slice(1)))) return null;
  for (const cut of first.matchAll(/(?<=\D)[:\s]+/g)) {
    const [label, text] = [first.slice(0, cut.index), first.slice(cut.index + cut[0].length)];
    if (/\d/.test(label)) return null;
    if (isDate(text) && isDateLabel(label)) return { text, isEnd: isEnd(label) };
  }
  return null;
}

/** Year and number of a week: `2026-W36`, `KW 36/2026`, `202636`, or `36` where the year is elsewhere. */
export function weekOfText(text: string): { readonly year: number | null; readonly week: number } | null {
  const bare = foldedText(text).trim();
  const match =
    /^((?:19|20)\d\d)\D{0,8}?(\d{1,2})$/.exec(bare) ??
    /^\D{0,8}?(\d{1,2})(?:\D{1,3}((?:19|20)\d\d))?$/.exec(bare);
  if (match === null) return null;
  const isYearFirst = match[1].length === 4;
  const [year, week] = isYearFirst ? [match[1], match[2]] : [match[2], match[1]];
  return +week < 1 || +week > 53 ? null : { year: year === undefined ? null : +year, week: +week };
}

const weekdayOfDay = (day: number) => ((((day + 3) % 7) + 7) % 7) + 1;

/** Days since 1970 of a weekday (1 Monday to 7 Sunday) of a numbered week. */
export function dayOfWeek(year: number, week: number, weekday: number, numbering: WeekNumbering): number {
  if (numbering === "iso") return dayOfIsoWeek(year, week, weekday);
  const first = epochDay(`${year}-01-01`);
  return first - (weekdayOfDay(first) % 7) + (week - 1) * 7 + (weekday % 7);
}

/** 1 to 7 for the name of a weekday, or its number by ISO 8601; 0: it is neither. */
function weekdayOfCell(text: string): number {
  return /^[1-7]$/.test(text.trim()) ? +text : weekdayOfWord(foldedText(text).trim());
}

/**
 * The dates of rows in the order of a file: of a column, of the row or the line above, of year, month and day or year, week
 * and weekday in columns of their own.
 */
export function rowDates(
  mapping: Pick<HistoryMapping, "columns" | "fillDates" | "dateLines" | "weeks" | "weekIsEnd">,
): {
  /** Whether a line gives the date of the rows below it; it is theirs from then on. */
  takeLine(cells: readonly string[]): boolean;
  /** The date of a row as text; empty: it has none. */
  textOf(cells: readonly string[]): string;
  /** The day that a row means where its date is that of a week; null: the weekday cannot be read. */
  dayIn(day: number, cells: readonly string[], weekday: number | undefined): number | null;
} {
  const { columns, weeks = "iso" } = mapping;
  const indexOf = (role: ColumnRole) => columns.findIndex((column) => column.role === role);
  const date = indexOf("start") >= 0 ? indexOf("start") : indexOf("date");
  const [year, week, weekday] = [indexOf("year"), indexOf("week"), indexOf("weekday")];
  const parts = [year, indexOf("month"), indexOf("dayOfMonth")];
  let last: LineDate = { text: "", isEnd: mapping.weekIsEnd === true };

  function textOfWeek(cells: readonly string[]): string {
    const told = weekOfText(cells[week] ?? "");
    const inYear = told?.year ?? (year < 0 ? Number.NaN : Number(cells[year]));
    const day = weekday < 0 ? 1 : weekdayOfCell(cells[weekday] ?? "");
    if (told === null || !(inYear > 1969 && inYear < 2200) || day === 0) return cells[week] ?? "";
    return dateOfEpochDay(dayOfWeek(inYear, told.week, day, weeks));
  }

  return {
    takeLine(cells) {
      const found = mapping.dateLines === true ? dateOfLine(cells) : null;
      if (found !== null) last = found;
      return found !== null;
    },
    textOf(cells) {
      if (mapping.dateLines === true) return last.text;
      if (date < 0 && week >= 0) return textOfWeek(cells);
      if (date < 0) return parts.map((index) => (cells[index] ?? "").trim().padStart(2, "0")).join("-");
      const text = cells[date] ?? "";
      if (mapping.fillDates !== true) return text;
      if (text.trim() !== "") last = { ...last, text };
      return last.text;
    },
    dayIn(day, cells, across) {
      const isOfWeek = weekday >= 0 && week < 0;
      if (across === undefined && !isOfWeek) return day;
      const wanted = across ?? weekdayOfCell(cells[weekday] ?? "");
      if (wanted === 0) return null;
      const later = (wanted - weekdayOfDay(day) + 7) % 7;
      return last.isEnd && later > 0 ? day + later - 7 : day + later;
    },
  };
}

/** Half a year: a date without its year belongs to the one in which it is nearer than that to the date before it. */
const halfYear = 183;

/** Reads clock cells; where dates have no year, the first is of `format.year` and each of the year that brings it nearest to the one before. */
export function yearlessClock(format: ClockFormat): ReturnType<typeof clockReader> {
  const { year } = format;
  const plain = clockReader(format);
  if (year === undefined) return plain;
  const clocks = new Map<number, ReturnType<typeof clockReader>>([[year, plain]]);
  const clockOf = (one: number) => {
    const clock = clocks.get(one) ?? clockReader({ ...format, year: one });
    clocks.set(one, clock);
    return clock;
  };
  let [current, last] = [year, Number.NaN];
  return (dateText, timeText) => {
    let reading: ClockReading | null = clockOf(current)(dateText, timeText);
    for (const step of [1, -1]) {
      if (reading === null || !(Math.abs(reading.day - last) > halfYear)) break;
      const other = clockOf(current + step)(dateText, timeText);
      if (other !== null && Math.abs(other.day - last) < Math.abs(reading.day - last)) {
        reading = other;
        current += step;
      }
    }
    if (reading !== null) last = reading.day;
    return reading;
  };
}
