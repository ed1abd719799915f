import { foldedText, isWeekdayWord, monthOfWord } from "../../files/calendar-words.ts";
import { parseDuration, parseNumber } from "../../files/cell-values.ts";
import { type ClockReading, clockReader, parseStretch, parseTimeOfDay } from "../../files/clock-cells.ts";
import { answerOfText } from "./contact-fates.ts";
import { readHeader } from "./read-header.ts";

/**
 * What most cells of a column hold. `moment`: date and time in one; `number` includes whole numbers that may be epochs,
 * serial days, hours or minutes; `period`: a week or a month; `weekday`: its name.
 */
export type ContentKind =
  | "moment"
  | "date"
  | "time"
  | "number"
  | "duration"
  | "yesNo"
  | "period"
  | "weekday"
  | "text"
  | "blank";

/** What the cells of a column look like, by a sample of rows. */
export interface ColumnProfile {
  readonly kind: ContentKind;
  /** Share of cells that are not blank. */
  readonly filled: number;
  /** Different texts among the cells looked at, and the number of cells that were not blank. */
  readonly distinct: number;
  readonly cells: number;
  /** Longest, where the cells are times or durations. */
  readonly mostSeconds: number | null;
  readonly numberShare: number;
  /** Of numbers. */
  readonly numbers: NumberProfile | null;
  /** First few different texts, as evidence. */
  readonly examples: readonly string[];
  /** Cells that are themselves names of measures: `Offered`, `AHT` (figures stand below each other, not side by side). */
  readonly measureNames: number;
}

export interface NumberProfile {
  readonly least: number;
  readonly most: number;
  readonly median: number;
  /** All are whole numbers. */
  readonly whole: boolean;
  /** Share of neighbours that go up by one, and that go up. */
  readonly running: number;
  readonly rising: number;
}

const cellsLookedAt = 400;
const timeReader = clockReader("ymd");
const clocks = (["ymd", "dmy", "mdy"] as const).map((order) => clockReader(order));

/** Profile of column `index` of some rows. */
export function profileColumn(rows: readonly (readonly string[])[], index: number): ColumnProfile {
  const some = rows.length <= cellsLookedAt ? rows : everyNth(rows, cellsLookedAt);
  const texts = some.map((cells) => (cells[index] ?? "").trim());
  const filled = texts.filter((text) => text !== "" && text !== "-" && text !== "—");
  const distinct = [...new Set(filled)];
  const counts = new Map<ContentKind, number>();
  for (const text of filled) {
    const kind = kindOfCell(text);
    counts.set(kind, (counts.get(kind) ?? 0) + 1);
  }
  const share = (...kinds: readonly ContentKind[]) =>
    kinds.reduce((sum, kind) => sum + (counts.get(kind) ?? 0), 0) / Math.max(1, filled.length);
  const numbers = share("number") > 0.6 ? numberProfile(rows, index) : null;
  return {
    kind: filled.length === 0 ? "blank" : kindOfShares(share),
    filled: filled.length / Math.max(1, texts.length),
    distinct: distinct.length,
    cells: filled.length,
    numberShare: share("number"),
    mostSeconds: share("time", "duration") > 0.6 ? longest(filled) : null,
    numbers,
    examples: distinct.slice(0, 4),
    measureNames: distinct.length > 40 ? 0 : distinct.filter(isMeasureName).length,
  };
}

function kindOfShares(share: (...kinds: readonly ContentKind[]) => number): ContentKind {
  for (const kind of [
    "number",
    "moment",
    "date",
    "time",
    "duration",
    "yesNo",
    "period",
    "weekday",
  ] as const) {
    if (share(kind) > 0.6) return kind;
  }
  if (share("moment", "date") > 0.6) return "moment";
  // An answered time of 0:03:37 may be a time of day too.
  if (share("time", "duration") > 0.6) return "duration";
  // 240 in some rows and 0:04:00 in others.
  if (share("time", "duration") > 0.05 && share("number", "time", "duration") > 0.9) return "duration";
  return "text";
}

const kinds = new Map<string, ContentKind>();

/** Files repeat the same few thousand texts, and are looked at more than once. */
function kindOfCell(text: string): ContentKind {
  const before = kinds.get(text);
  if (before !== undefined) return before;
  const kind = kindOfText(text);
  if (kinds.size > 20_000) kinds.clear();
  kinds.set(text, kind);
  return kind;
}

function kindOfText(text: string): ContentKind {
  if (parseNumber(text, ".") !== null || parseNumber(text, ",") !== null) {
    return /^\d{8}$/.test(text) && clocks[0](text, null) !== null && /^(19|20)/.test(text)
      ? "date"
      : "number";
  }
  if (text.length > 60) return "text";
  if (/\d/.test(text)) {
    if (isPeriod(text)) return "period";
    // 01.09.25 is a date; 08.30.00 a time.
    if (/^\d{1,2}\.\d{1,2}\.(?!00)\d{2}$/.test(text) && firstReading(text) !== null) return "date";
    if (timeReader("2001-01-01", text)?.hasTime === true) return "time";
    if (parseTimeOfDay(text) !== null || parseStretch(text) !== null) return "time";
    if (parseDuration(text, ".") !== null) return "duration";
    const reading = firstReading(text);
    if (reading !== null) return reading.hasTime ? "moment" : "date";
  }
  if (answerOfText(text) !== null) return "yesNo";
  return !/\d/.test(text) && isWeekdayWord(foldedText(text)) ? "weekday" : "text";
}

function firstReading(text: string): ClockReading | null {
  for (const read of clocks) {
    const reading = read(text, null);
    if (reading !== null) return reading;
  }
  return null;
}

/** `2025-09`, `09/2025`, `Sep 2025`, `2025-W36`, `KW 36`, `2025年9月`: a month, a week or a quarter, but no day. */
export function isPeriod(text: string): boolean {
  const folded = foldedText(text).trim();
  if (/^(19|20)\d\d\s?[-/.]?\s?(w|kw|week|wk)\s?-?\d{1,2}$/.test(folded)) return true;
  if (
    /^(w|kw|week|wk|woche|semaine|semana|settimana|hafta|tydzien|q)\s?\.?\s?-?\d{1,2}([\s/.-]+(19|20)\d\d)?$/.test(
      folded,
    )
  )
    return true;
  if (/^(19|20)\d\d\s?[-/.]?\s?q[1-4]$/.test(folded)) return true;
  if (/^(19|20)\d\d[-/.](0?[1-9]|1[0-2])$|^(0?[1-9]|1[0-2])[-/.](19|20)\d\d$/.test(folded)) return true;
  if (/^(19|20)\d\d年(第?\d{1,2}[周週]|\d{1,2}月)$/.test(folded)) return true;
  const words = folded.split(/[\s,.'/-]+/).filter((word) => word !== "" && word !== "de");
  return (
    words.length === 2 &&
    words.some((word) => monthOfWord(word) > 0) &&
    words.some((word) => /^((19|20)\d\d|\d\d)$/.test(word))
  );
}

/** Whether a cell is the name of a measure. */
function isMeasureName(text: string): boolean {
  if (/\d{3}/.test(text) || text.length > 40) return false;
  const { concepts, rest } = readHeader(text);
  const measures = ["offered", "handled", "abandoned", "aht", "asa", "serviceLevel", "talk", "wrap"] as const;
  return rest === "" && measures.some((concept) => concepts.has(concept));
}

function numberProfile(rows: readonly (readonly string[])[], index: number): NumberProfile {
  const values: number[] = [];
  let running = 0;
  let rising = 0;
  for (const cells of rows) {
    const text = (cells[index] ?? "").trim();
    const value = parseNumber(text, ".") ?? parseNumber(text, ",");
    if (value === null) continue;
    const before = values[values.length - 1];
    if (values.length > 0 && value === before + 1) running++;
    if (values.length > 0 && value > before) rising++;
    values.push(value);
  }
  const sorted = Float64Array.from(values).sort();
  return {
    least: sorted[0],
    most: sorted[sorted.length - 1],
    median: sorted[sorted.length >> 1],
    whole: values.every(Number.isInteger),
    running: running / Math.max(1, values.length - 1),
    rising: rising / Math.max(1, values.length - 1),
  };
}

function longest(texts: readonly string[]): number {
  return Math.max(0, ...texts.map((text) => parseTimeOfDay(text) ?? parseDuration(text, ".") ?? 0));
}

function everyNth<T>(list: readonly T[], count: number): T[] {
  return Array.from({ length: count }, (_, at) => list[Math.floor((at * list.length) / count)]);
}
