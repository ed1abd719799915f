import type { Issue } from "../../domain/outcome.ts";
import { foldedText, weekdayOfWord } from "../../files/calendar-words.ts";
import {
  type ClockFormat,
  type ClockReading,
  clockReader,
  type DateForm,
  isRealOffset,
} from "../../files/clock-cells.ts";
import { givenIndices } from "./assign-columns.ts";
import {
  type DateOrderReading,
  isExchangeable,
  isExplicitDate,
  recogniseDateOrder,
  recogniseSwap,
} from "./date-order.ts";
import { type HalfDayReading, halfDayClock, recogniseHalfDay } from "./half-day-clock.ts";
import type { ColumnRole, ColumnUse, HistoryMapping } from "./layouts.ts";
import type { GivenReading, Question } from "./questions.ts";
import { type Column, type Moments, recogniseMoments } from "./recognise-moments.ts";
import { isYearless, rowDates, yearlessClock } from "./row-dates.ts";
import type { TableHead } from "./table-head.ts";

/** How dates and times are to be put together and read. */
export type Dating = Pick<
  HistoryMapping,
  "fillDates" | "swappedDates" | "dateLines" | "weekIsEnd" | "year" | "weeks" | "times" | "opensAt"
>;

/** When the rows of a table are, and how their dates and times are written. */
export interface When {
  readonly moments: Moments;
  readonly dateOrder: DateOrderReading;
  readonly dateColumn: number | null;
  readonly ranges: boolean | null;
  /** What of it the mapping says beside columns, order of dates and ranges. */
  readonly dating: Dating;
  /** Of the rows that stand next to each other. */
  readonly readings: readonly (ClockReading | null)[];
  readonly questions: readonly Question[];
  readonly notes: readonly Issue[];
}

/** Reads when rows are, by names and then by contents. */
export function whenOf(head: TableHead, columns: readonly Column[], given: GivenReading): When {
  const { rows, neighbours } = head;
  const forced = givenIndices(columns, given.columns ?? []);
  const forcedMoments = new Map(
    [...forced]
      .filter(([, role]) => ["start", "date", "time"].includes(role))
      .map(([index, role]) => [role, index]),
  );
  const free = columns.filter(
    ({ index }) => !forced.has(index) || forcedMoments.has(forced.get(index) as ColumnRole),
  );
  const recognise = (list: readonly Column[], hasLines = false) =>
    recogniseMoments(list, rows, forcedMoments, given.times, hasLines);
  let moments = recognise(free);
  if (moments.roles.size === 0) moments = recognise(free.map((column) => withYearless(column, rows)));
  if (moments.roles.size === 0 && head.dateLines.some((line) => line !== null))
    moments = recognise(free, true);
  const at = (...wanted: readonly ColumnRole[]) =>
    [...moments.roles].find(([, role]) => wanted.includes(role))?.[0] ?? null;
  const dateColumn = at("start", "date");
  const dates = moments.dateLines
    ? head.dateLines.flatMap((line) => line?.text ?? [])
    : dateColumn === null
      ? []
      : datesIn(head, dateColumn);
  const years = yearsOf(dates, head, given);
  const year = given.year ?? years?.[0];
  const written =
    dates.length === 0 || given.dateOrder !== undefined
      ? orderOfDates(head, null, moments.dates, given)
      : recogniseDateOrder(dates, moments.dates, year);
  const clockColumn = at("time") ?? at("start");
  const clockTexts = clockColumn === null ? [] : rows.map((cells) => cells[clockColumn] ?? "");
  // Where nothing tells, 8/3/26 beside 8:00 AM is the third of August.
  const isAmerican = written.certainty === "open" && written.other === "mdy" && hasHalves(clockTexts);
  const dateOrder: DateOrderReading = isAmerican
    ? { ...written, order: "mdy", other: written.order }
    : written;
  const swap = moments.dates === "written" ? recogniseSwap(dates, dateOrder.order) : "none";
  const isSwapped = given.swappedDates ?? swap === "swapped";
  const swapped = isSwapped && !dates.some(isExplicitDate) ? "sameForm" : isSwapped;
  const momentUses = columns.map(
    ({ index, header }): ColumnUse => ({ header, role: moments.roles.get(index) ?? "ignore", queueId: null }),
  );
  const fillDates = at("date") !== null && datesAreMerged(rows, dateColumn, at("time"));
  const ranges = clockColumn === null ? null : rangesIn(clockTexts);
  const form: ClockFormat = {
    order: dateOrder.order,
    dates: moments.dates,
    times: moments.times,
    swapped,
    ...(year === undefined ? {} : { year }),
    ...(ranges === null ? {} : { ranges }),
  };
  const weeks = questionOfWeeks(columns, moments, rows, given);
  const parts = {
    columns: momentUses,
    fillDates,
    dateLines: moments.dateLines,
    weekIsEnd: moments.weekIsEnd,
    ...(given.weeks === undefined ? {} : { weeks: given.weeks }),
  };
  const plain = readingsOf(head, parts, form);
  const keyColumns = columns.filter(
    ({ name: { concepts }, profile }) =>
      (concepts.has("queue") || concepts.has("channel") || concepts.has("part")) && profile.distinct < 200,
  );
  const keys = rows
    .slice(0, neighbours)
    .map((cells) => keyColumns.map(({ index }) => cells[index] ?? "").join("\u0001"));
  const read = recogniseHalfDay(plain, keys, clockTexts);
  const isGiven = given.times !== undefined;
  const halfDay: HalfDayReading = isGiven
    ? { ...read, certainty: given.times === "halfDay" ? "proven" : "no" }
    : read;
  const clock = halfDay.certainty === "proven" ? halfDayClock(halfDay.opensAt) : null;
  const readings =
    clock === null
      ? plain
      : plain.map((reading, row) => (reading === null ? null : clock(reading, keys[row])));
  const header = clockColumn === null ? "" : columns[clockColumn].header;
  const dateHeader = dateColumn === null ? "" : columns[dateColumn].header;
  return {
    moments,
    dateOrder,
    dateColumn,
    ranges,
    dating: {
      ...(fillDates ? { fillDates } : {}),
      ...(swapped === false ? {} : { swappedDates: swapped }),
      ...(moments.dateLines ? { dateLines: true } : {}),
      ...(moments.weekIsEnd ? { weekIsEnd: true } : {}),
      ...(year === undefined ? {} : { year }),
      ...(given.weeks === undefined ? {} : { weeks: given.weeks }),
      ...(halfDay.certainty === "proven" ? { times: "halfDay" } : {}),
      ...(halfDay.certainty === "proven" && halfDay.opensAt !== null ? { opensAt: halfDay.opensAt } : {}),
    },
    readings,
    questions: [
      ...(years === null || given.year !== undefined ? [] : [questionOfYear(dateHeader, dates, years, head)]),
      ...weeks,
      ...(given.swappedDates === undefined ? questionsOfSwap(swap, dateHeader, dates) : []),
      ...(halfDay.certainty === "open" ? [questionOfHalfDay(header, clockTexts, halfDay)] : []),
    ],
    notes: halfDay.certainty === "proven" && !isGiven ? [noteOfHalfDay(header, clockTexts)] : [],
  };
}

function hasHalves(texts: readonly string[]): boolean {
  return texts.slice(0, 20).some((text) => /\d\s*[ap]m?\b/i.test(text));
}

/** Texts of the dates of a column: those of the whole file where they were gathered. */
function datesIn({ rows, dateTexts }: TableHead, column: number): readonly string[] {
  return dateTexts ?? rows.map((cells) => (cells[column] ?? "").trim()).filter((text) => text !== "");
}

function questionsOfSwap(
  swap: ReturnType<typeof recogniseSwap>,
  column: string,
  dates: readonly string[],
): Question[] {
  if (swap === "none") return [];
  const isOneForm = !dates.some(isExplicitDate);
  const isExchanged = isOneForm ? isExchangeable : isExplicitDate;
  const examples = [dates.find(isExchanged), dates.find((text) => !isExchanged(text))];
  return [
    {
      about: "dateOrder",
      code: isOneForm ? "import.swappedInOneForm" : "import.swappedDates",
      severity: swap === "open" ? "error" : "warning",
      column,
      values: { column, text: examples[0] ?? "", other: examples[1] ?? "" },
      choices: [true, false].map((swappedDates) => ({
        name: swappedDates ? "swapped" : "asWritten",
        given: { swappedDates },
      })),
    },
  ];
}

function questionOfHalfDay(column: string, texts: readonly string[], { opensAt }: HalfDayReading): Question {
  const forms = opensAt === null ? (["clock"] as const) : (["halfDay", "clock"] as const);
  return {
    about: "times",
    code: "import.askHalfDay",
    severity: "error",
    column,
    values: { column, sample: [...new Set(texts)].slice(0, 4).join(", ") },
    choices: forms.map((times) => ({ name: times, given: { times } })),
  };
}

function noteOfHalfDay(column: string, texts: readonly string[]): Issue {
  const fall = texts.findIndex(
    (text, at) => at > 0 && /(^|\D)12:/.test(texts[at - 1]) && /(^|\s)0?1:/.test(text),
  );
  const sample = texts.slice(Math.max(0, fall - 1), Math.max(0, fall - 1) + 2).join(", ");
  return {
    code: "import.halfDayClock",
    severity: "info",
    column,
    values: { column, sample, option: "--times clock" },
  };
}

export function orderOfDates(
  head: TableHead,
  column: number | null,
  form: DateForm,
  given: GivenReading,
): DateOrderReading {
  if (given.dateOrder !== undefined) return { order: given.dateOrder, certainty: "proven", other: null };
  if (column === null || column < 0) return { order: "ymd", certainty: "proven", other: null };
  return recogniseDateOrder(datesIn(head, column), form);
}

/** Readings of the neighbouring rows, by the columns, or the lines above them, that say when. */
export function readingsOf(
  { rows, neighbours, dateLines }: Pick<TableHead, "rows" | "neighbours" | "dateLines">,
  parts: Parameters<typeof rowDates>[0],
  format: ClockFormat,
): (ClockReading | null)[] {
  const at = (role: ColumnRole) => parts.columns.findIndex((use) => use.role === role);
  const [start, time] = [at("start"), at("time")];
  const dates = rowDates(parts);
  const read = yearlessClock(format);
  return rows.slice(0, neighbours).map((cells, row) => {
    const line = dateLines[row];
    if (line !== null && line !== undefined) dates.takeLine([line.text]);
    const reading = read(dates.textOf(cells), start >= 0 || time < 0 ? null : (cells[time] ?? ""));
    const day = reading === null ? null : dates.dayIn(reading.day, cells, undefined);
    return reading === null || day === null ? null : { ...reading, day };
  });
}

/** A column of dates without a year as one of dates; others as they are. */
function withYearless(column: Column, rows: readonly (readonly string[])[]): Column {
  const { kind } = column.profile;
  if (kind !== "text" && kind !== "period" && kind !== "time") return column;
  const texts = rows
    .slice(0, 300)
    .map((cells) => (cells[column.index] ?? "").trim())
    .filter((text) => text !== "");
  if (texts.length === 0 || texts.filter(isYearless).length < texts.length * 0.9) return column;
  // 8/9 may be an hour; 31/08 is none.
  const isHour = (text: string) => +text.split("/")[1] === +text.split("/")[0] + 1;
  if (kind === "time" && !texts.some((text) => /^\d{1,2}\/\d{1,2}$/.test(text) && !isHour(text)))
    return column;
  // Aug 25 may be a month of 2025; days are many to a month.
  const months = new Set(texts.map((text) => text.replace(/\d+/g, "")));
  if (kind === "period" && new Set(texts).size < months.size * 3) return column;
  const isMoment = texts.filter((text) => /\d:\d\d/.test(text)).length * 2 > texts.length;
  return { ...column, profile: { ...column.profile, kind: isMoment ? "moment" : "date" } };
}

/** Years that dates without one may be of, those that the file speaks of first; null: the dates have theirs. */
function yearsOf(dates: readonly string[], { years }: TableHead, given: GivenReading): number[] | null {
  if (given.year !== undefined || dates.length === 0 || !isYearless(dates[0])) return null;
  const texts = [...new Set(dates)].slice(0, 60);
  const isRight = (year: number) =>
    texts.every((text) => {
      const word = /\p{L}{2,}/u.exec(text)?.[0] ?? "";
      const weekday = weekdayOfWord(foldedText(word));
      const reading =
        clockReader({ order: "dmy", year })(text, null) ?? clockReader({ order: "mdy", year })(text, null);
      return weekday === 0 || reading === null || weekday === ((reading.day + 3) % 7) + 1;
    });
  const candidates = [...new Set([...years, ...Array.from({ length: 12 }, (_, at) => 2019 + at)])];
  const right = candidates.filter(isRight);
  return right.length > 0 ? right : candidates;
}

function questionOfYear(
  column: string,
  dates: readonly string[],
  candidates: readonly number[],
  { years }: TableHead,
): Question {
  const isLikely = years.length === 1 && candidates[0] === years[0];
  return {
    about: "year",
    code: "import.askYear",
    severity: isLikely ? "warning" : "error",
    column,
    values: { column, sample: [...new Set(dates)].slice(0, 3).join(", "), year: candidates[0] },
    choices: candidates.map((year) => ({ name: String(year), given: { year } })),
  };
}

/** Asks how weeks are numbered where the two ways give other dates. */
function questionOfWeeks(
  columns: readonly Column[],
  { roles }: Moments,
  rows: readonly (readonly string[])[],
  given: GivenReading,
): Question[] {
  const column = columns.find(({ index }) => roles.get(index) === "week");
  if (column === undefined || given.weeks !== undefined) return [];
  if (column.profile.examples.every((text) => /^\d{4}-?W\d\d$/i.test(text.trim()))) return [];
  const uses = columns.map(
    ({ index, header }): ColumnUse => ({ header, role: roles.get(index) ?? "ignore", queueId: null }),
  );
  const [iso, us] = (["iso", "us"] as const).map((weeks) => rowDates({ columns: uses, weeks }));
  const differing = rows.find((cells) => iso.textOf(cells) !== us.textOf(cells));
  if (differing === undefined) return [];
  return [
    {
      about: "weeks",
      code: "import.askWeeks",
      severity: "warning",
      column: column.header,
      values: {
        column: column.header,
        text: differing[column.index] ?? "",
        date: iso.textOf(differing),
        other: us.textOf(differing),
      },
      choices: (["iso", "us"] as const).map((weeks) => ({ name: weeks, given: { weeks } })),
    },
  ];
}

/**
 * Whether `08:00-09:00` in these texts is a stretch of time: offsets from UTC are few and exist, and are not always the same
 * while after the time before them. Null where no text has that form.
 */
function rangesIn(texts: readonly string[]): boolean | null {
  const pairs = texts.flatMap((text) => {
    const match = /(\d{1,2}):?(\d{2})(?::\d{2})?-(\d{1,2}):?(\d{2})$/.exec(text.trim());
    return match === null ? [] : [{ from: +match[1] * 60 + +match[2], to: +match[3] * 60 + +match[4] }];
  });
  if (pairs.length === 0) return null;
  const offsets = new Set(pairs.map(({ to }) => -to));
  if (offsets.size > 3 || [...offsets].some((offset) => !isRealOffset(offset))) return true;
  if (new Set(pairs.map(({ from }) => from)).size < 2) return !/T\d|\d:\d\d:\d\d-/.test(texts[0]);
  return new Set(pairs.map(({ from, to }) => to - from)).size === 1;
}

/** Dates that are given once for all rows of a day, as merged cells of a spreadsheet come out. */
export function datesAreMerged(
  rows: readonly (readonly string[])[],
  date: number | null,
  time: number | null,
): boolean {
  if (date === null || time === null) return false;
  const isDated = (cells: readonly string[]) => (cells[date] ?? "").trim() !== "";
  const isTimed = (cells: readonly string[]) => (cells[time] ?? "").trim() !== "";
  const timed = rows.filter(isTimed);
  const blank = timed.filter((cells) => !isDated(cells));
  // The date may stand on a row of its own, with the sum of its day.
  const first = rows.findIndex(isDated);
  return blank.length * 2 > timed.length && first >= 0 && first <= rows.findIndex(isTimed);
}
