import type { Issue } from "../../domain/outcome.ts";
import {
  type ClockFormat,
  type ClockReading,
  clockReader,
  type DateForm,
  isRealOffset,
} from "../../files/clock-cells.ts";
import { assignColumns, givenIndices, indexOfHeader, layoutOf } from "./assign-columns.ts";
import { profileColumn } from "./column-profiles.ts";
import { columnsAcross } from "./columns-across.ts";
import { askLegs } from "./contact-legs.ts";
import { askCumulative, askThousands } from "./cumulative-counts.ts";
import { type DateOrderReading, isExplicitDate, recogniseDateOrder, recogniseSwap } from "./date-order.ts";
import { recogniseDecimal } from "./decimal-mark.ts";
import { type HalfDayReading, halfDayClock, recogniseHalfDay } from "./half-day-clock.ts";
import { doubtfulUnit, type UnitDoubt } from "./handle-time-units.ts";
import { type ColumnRole, type ColumnUse, type HistoryMapping, recogniseLayout } from "./layouts.ts";
import { queuesBesideTotal } from "./parts-of-total.ts";
import type { GivenReading, Question } from "./questions.ts";
import { isTotalWord, readHeader } from "./read-header.ts";
import { type Column, type Moments, recogniseMoments } from "./recognise-moments.ts";
import { type RowKind, recogniseRows } from "./recognise-rows.ts";
import { recogniseRowLengths } from "./row-lengths.ts";
import { splitOfRows } from "./row-split.ts";
import { minutesOfDuration, type RowTiming, timingOf } from "./row-timing.ts";
import { roleUnnamedColumns } from "./unnamed-columns.ts";

/** A table of text as it is in a file's head, to be understood. */
export interface TableHead {
  /** null where there is none. */
  readonly header: readonly string[] | null;
  readonly rows: readonly (readonly string[])[];
  /** So many of the rows, from the first, stand next to each other in the file. */
  readonly neighbours: number;
  readonly delimiter: string;
  /** All different dates of the file; null: those of the rows. */
  readonly dateTexts: readonly string[] | null;
}

/** What a table was recognised as. */
export interface RecognisedTable {
  readonly mapping: Omit<HistoryMapping, "encoding" | "delimiter" | "headerLine">;
  readonly questions: readonly Question[];
  /** Guesses and their evidence; without table and line. */
  readonly notes: readonly Issue[];
  readonly dateOrder: DateOrderReading;
  /** Column whose texts tell the order of dates; null: none. */
  readonly dateColumn: number | null;
  /** Whether a column is called so, or is `#3` of three or more. */
  known(header: string): boolean;
}

/** What is settled before decimals, units and questions are. */
interface Draft {
  readonly layout: HistoryMapping["layout"];
  readonly uses: readonly ColumnUse[];
  readonly rows: HistoryMapping["rows"];
  readonly rowMinutes: number;
  readonly timing: RowTiming;
  readonly moments: Moments | null;
  readonly timeZone: string | null;
  readonly dateOrder: DateOrderReading;
  readonly dateColumn: number | null;
  readonly ranges: boolean | null;
  readonly fillDates: boolean;
  readonly swapped?: boolean;
  readonly halfDay?: HalfDayReading;
  readonly questions: readonly Question[];
  readonly notes: readonly Issue[];
}

/**
 * Understands a table: what its columns are for, what a row is, and how dates, times and numbers are written. What is given
 * stands; names come before contents, and a guess by contents is noted with its evidence, or asked about where it makes
 * sense in two ways. One column that nobody knows changes nothing about the others.
 */
export function recogniseTable(head: TableHead, given: GivenReading): RecognisedTable {
  const { header, rows } = head;
  const width = header?.length ?? Math.max(...rows.slice(0, 50).map((cells) => cells.length));
  const columns = Array.from({ length: width }, (_, index): Column => {
    const name = (header?.[index] ?? "").trim();
    return {
      index,
      header: name === "" ? `#${index + 1}` : name,
      name: readHeader(name),
      profile: profileColumn(rows, index),
    };
  });
  const isFree = given.columns !== undefined || given.rows !== undefined;
  const draft =
    (isFree ? null : vendorDraft(head, given)) ??
    acrossDraft(head, columns, given) ??
    freeDraft(head, columns, given);
  return finished(head, draft, given);
}

/** A layout known by its header or its shape: only dates, decimals and the length of rows are open. */
function vendorDraft(head: TableHead, given: GivenReading): Draft | null {
  const vendor = recogniseLayout(head.header, head.rows);
  if (vendor === null) return null;
  const at = (role: ColumnRole) => vendor.columns.findIndex((column) => column.role === role);
  const dateColumn = at("start") >= 0 ? at("start") : at("date");
  const dateOrder: DateOrderReading =
    vendor.dateOrder !== null
      ? { order: given.dateOrder ?? vendor.dateOrder, certainty: "proven", other: null }
      : orderOfDates(head, dateColumn, "written", given);
  const readings = readingsOf(head, vendor.columns, { order: dateOrder.order });
  const timing = timingOf(readings);
  const durations = head.rows.flatMap((cells) => minutesOfDuration(cells[at("duration")] ?? "") ?? []);
  const rows = vendor.rows ?? (timing.kind === "dates" ? "day" : "interval");
  const shortest =
    durations.length > 0 ? Math.min(...durations) : timing.kind === "dates" ? 30 : timing.minutes;
  return {
    layout: vendor.layout,
    uses: vendor.columns,
    rows,
    rowMinutes: rows === "day" ? 1440 : rows === "contact" ? 1 : shortest,
    timing,
    moments: null,
    timeZone: vendor.timeZone,
    dateOrder,
    dateColumn,
    ranges: null,
    fillDates: false,
    questions: [],
    notes: [],
  };
}

/** Times or dates side by side in the header, with counts under them. */
function acrossDraft(head: TableHead, columns: readonly Column[], given: GivenReading): Draft | null {
  if (head.header === null || given.columns !== undefined || given.rows === "contact") return null;
  const across = columnsAcross(head.header);
  const counted = new Set([...across.minutes.keys(), ...across.dates.keys()]);
  if (
    counted.size === 0 ||
    ![...counted].every((index) => ["number", "blank"].includes(columns[index].profile.kind))
  )
    return null;
  const others = columns.filter(({ index }) => !counted.has(index));
  const moments = recogniseMoments(others, head.rows, new Map());
  const role = (wanted: readonly ColumnRole[]) =>
    [...moments.roles].find(([, one]) => wanted.includes(one))?.[0] ?? null;
  const dateColumn = role(["start", "date"]);
  const timeColumn = role(["time"]) ?? others.find(({ profile }) => profile.kind === "time")?.index ?? null;
  if (across.minutes.size > 0 ? dateColumn === null : timeColumn === null && dateColumn !== null) return null;
  const split = others.find(({ name, profile }) => name.concepts.has("queue") && profile.kind === "text");
  const uses = columns.map(({ index, header }): ColumnUse => {
    const use = { header, queueId: null };
    if (across.minutes.has(index)) return { ...use, role: "offered", minute: across.minutes.get(index) };
    if (across.dates.has(index)) return { ...use, role: "offered", date: across.dates.get(index) };
    if (index === split?.index) return { ...use, role: "queue" };
    if (across.minutes.size > 0) return { ...use, role: index === dateColumn ? "date" : "ignore" };
    return { ...use, role: index === timeColumn ? "time" : "ignore" };
  });
  const dateOrder = orderOfDates(head, across.minutes.size > 0 ? dateColumn : null, moments.dates, given);
  const clock = clockReader("ymd");
  const times =
    across.minutes.size > 0 || timeColumn === null
      ? []
      : head.rows.map((cells) => clock("2001-01-01", cells[timeColumn] ?? ""));
  const timing = timingOf(times);
  const daily = across.dates.size > 0 && timeColumn === null;
  return {
    layout: daily ? "dailyReport" : "intervals",
    uses,
    rows: daily ? "day" : "interval",
    rowMinutes: daily ? 1440 : across.minutes.size > 0 ? across.step : timing.minutes,
    timing: { ...timing, kind: daily ? "dates" : "grid", daysApart: "days" },
    moments: { ...moments, otherTimes: [] },
    timeZone: null,
    dateOrder,
    dateColumn: across.minutes.size > 0 ? dateColumn : null,
    ranges: null,
    fillDates: false,
    questions: [],
    notes: [],
  };
}

/** When the rows of a table are, and how their dates and times are written. */
interface When {
  readonly moments: Moments;
  readonly dateOrder: DateOrderReading;
  readonly dateColumn: number | null;
  readonly ranges: boolean | null;
  readonly fillDates: boolean;
  readonly swapped: boolean;
  readonly halfDay: HalfDayReading;
  /** Of the rows that stand next to each other. */
  readonly readings: readonly (ClockReading | null)[];
  readonly questions: readonly Question[];
  readonly notes: readonly Issue[];
}

/** Reads when rows are, by names and then by contents. */
function whenOf(head: TableHead, columns: readonly Column[], given: GivenReading): When {
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
  const moments = recogniseMoments(free, rows, forcedMoments, given.times);
  const at = (...wanted: readonly ColumnRole[]) =>
    [...moments.roles].find(([, role]) => wanted.includes(role))?.[0] ?? null;
  const dateColumn = at("start", "date");
  const dateOrder = orderOfDates(head, dateColumn, moments.dates, given);
  const dates = dateColumn === null ? [] : datesIn(head, dateColumn);
  const swap = moments.dates === "written" ? recogniseSwap(dates, dateOrder.order) : "none";
  const swapped = given.swappedDates ?? swap === "swapped";
  const momentUses = columns.map(
    ({ index, header }): ColumnUse => ({ header, role: moments.roles.get(index) ?? "ignore", queueId: null }),
  );
  const fillDates = at("date") !== null && datesAreMerged(rows, dateColumn, at("time"));
  const clockColumn = at("time") ?? at("start");
  const clockTexts = clockColumn === null ? [] : rows.map((cells) => cells[clockColumn] ?? "");
  const ranges = clockColumn === null ? null : rangesIn(clockTexts);
  const form = { order: dateOrder.order, dates: moments.dates, times: moments.times, swapped };
  const format = ranges === null ? form : { ...form, ranges };
  const plain = readingsOf(head, momentUses, format, fillDates);
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
    fillDates,
    swapped,
    halfDay,
    readings,
    questions: [
      ...(given.swappedDates === undefined ? questionsOfSwap(swap, dateHeader, dates) : []),
      ...(halfDay.certainty === "open" ? [questionOfHalfDay(header, clockTexts, halfDay)] : []),
    ],
    notes: halfDay.certainty === "proven" && !isGiven ? [noteOfHalfDay(header, clockTexts)] : [],
  };
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
  const examples = [dates.find(isExplicitDate), dates.find((text) => !isExplicitDate(text))];
  return [
    {
      about: "dateOrder",
      code: "import.swappedDates",
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

/** Any other table: names first, then contents. */
function freeDraft(head: TableHead, columns: readonly Column[], given: GivenReading): Draft {
  const { rows } = head;
  const forced = givenIndices(columns, given.columns ?? []);
  const when = whenOf(head, columns, given);
  const { moments, dateOrder, dateColumn, ranges, fillDates, readings } = when;
  const free = columns.filter(
    ({ index }) => !forced.has(index) || ["start", "date", "time"].includes(forced.get(index) ?? ""),
  );
  const timing = timingOf(readings);
  const lengths = recogniseRowLengths({
    columns: free,
    moments,
    timing,
    order: dateOrder.order,
    readings,
    rows: rows.slice(0, head.neighbours),
  });
  const isShort = (_: unknown, at: number) => !lengths.isLonger[at];
  const neighbours = rows.slice(0, head.neighbours).filter(isShort);
  const shortReadings = readings.filter(isShort);
  const wide = given.columns === undefined ? queuesBesideTotal(columns, moments.roles, neighbours) : null;
  const said = wide === null ? given : { ...given, columns: asQueues(wide.queues) };
  const kind = recogniseRows({
    columns: free,
    moments: moments.roles,
    timing,
    readings: shortReadings,
    rows: neighbours,
    given: said,
  });
  const { uses, questions, notes } = assignColumns({
    columns,
    moments: moments.roles,
    kind,
    rows: neighbours,
    given: said,
  });
  if (head.header === null && kind.rows === "contact") {
    const roles = new Map(uses.map(({ role }, index) => [index, role]));
    notes.push(...roleUnnamedColumns(columns, roles, neighbours, dateOrder.order));
    for (const [index, role] of roles) uses[index] = { ...uses[index], role };
  }
  if (wide !== null) {
    const queues = wide.queues.map(({ header }) => header).join(", ");
    const { header } = wide.total;
    const values = { column: header, columns: queues, option: `--columns "offered=${header}"` };
    notes.push({ code: "import.totalColumn", severity: "info", column: header, values });
  }
  if (lengths.column !== null && kind.rows === "interval" && uses[lengths.column].role === "ignore")
    uses[lengths.column] = { ...uses[lengths.column], role: lengths.role };
  if (kind.question !== null) questions.unshift(kind.question);
  const split =
    kind.rows === "contact"
      ? null
      : splitOfRows({ columns, uses, readings: shortReadings, rows: neighbours, given });
  for (const index of split?.dimensions ?? []) uses[index] = { ...uses[index], role: "dimension" };
  const legs =
    kind.rows === "contact" && given.columns === undefined
      ? askLegs(columns, shortReadings, neighbours)
      : null;
  if (legs !== null) questions.push(legs);
  const cumulative =
    kind.rows === "contact"
      ? null
      : askCumulative({
          columns,
          uses,
          readings: shortReadings,
          rows: neighbours,
          named: new Set(forced.keys()),
        });
  if (cumulative !== null) {
    // What else would be asked of the count is beside the point.
    const others = questions.filter(({ code }) => !["import.noCountColumn", "import.askRows"].includes(code));
    questions.splice(0, questions.length, cumulative, ...others);
  }
  const thousands = kind.rows === "contact" ? null : askThousands(columns, uses, new Set(forced.keys()));
  if (thousands !== null) questions.push(thousands);
  const daily = timing.kind === "dates";
  return {
    layout: layoutOf(uses, kind.rows),
    uses,
    rows: kind.rows,
    rowMinutes:
      kind.rows === "day" || (kind.rows === "contact" && daily)
        ? 1440
        : kind.rows === "contact"
          ? contactMinutes(timing, readings)
          : daily
            ? 30
            : timing.minutes,
    timing,
    moments,
    timeZone: isUtcByName(columns, moments) ? "UTC" : null,
    dateOrder,
    dateColumn,
    ranges,
    fillDates,
    swapped: when.swapped,
    halfDay: when.halfDay,
    questions: [...when.questions, ...questions, ...(split?.questions ?? [])],
    notes: [...when.notes, ...contactNotes(kind, neighbours, dateColumn), ...notes, ...(split?.notes ?? [])],
  };
}

function asQueues(columns: readonly Column[]): GivenReading["columns"] {
  return columns.map(({ header }) => ({ role: "offered", header }));
}

/** Contacts whose times are all full hours or half-hours may have come at any time of these. */
function contactMinutes(timing: RowTiming, readings: readonly (ClockReading | null)[]): number {
  const isRounded = timing.kind === "grid" && timing.minutes >= 10 && readings.length >= 30;
  return isRounded ? timing.minutes : 1;
}

/** Whether a header says that times are UTC: `Start Time (GMT)`. `GMT+1` is another zone, and is left to the plan's. */
function isUtcByName(columns: readonly Column[], { roles }: Moments): boolean {
  return columns.some(({ index, header }) => {
    const isMoment = ["start", "date", "time"].includes(roles.get(index) ?? "");
    return isMoment && /(^|[^a-z])(utc|gmt|zulu)(?![a-z]|\s*[-+−]\s*\d)/i.test(header);
  });
}

/** Dates that are given once for all rows of a day, as merged cells of a spreadsheet come out. */
function datesAreMerged(
  rows: readonly (readonly string[])[],
  date: number | null,
  time: number | null,
): boolean {
  if (date === null || time === null) return false;
  const timed = rows.filter((cells) => (cells[time] ?? "").trim() !== "");
  const blank = timed.filter((cells) => (cells[date] ?? "").trim() === "");
  return blank.length * 2 > timed.length && (timed[0]?.[date] ?? "").trim() !== "";
}

function contactNotes(kind: RowKind, rows: readonly (readonly string[])[], column: number | null): Issue[] {
  if (kind.rows !== "contact" || kind.contactsBecause === null || column === null) return [];
  const sample = rows.slice(0, 3).map((cells) => (cells[column] ?? "").trim());
  const code = kind.contactsBecause === "scattered" ? "import.contactsByTimes" : "import.contactsByRepeats";
  return [
    { code, severity: "info", values: { sample: sample.join(", "), option: "--row interval | --row day" } },
  ];
}

function orderOfDates(
  head: TableHead,
  column: number | null,
  form: DateForm,
  given: GivenReading,
): DateOrderReading {
  if (given.dateOrder !== undefined) return { order: given.dateOrder, certainty: "proven", other: null };
  if (column === null || column < 0) return { order: "ymd", certainty: "proven", other: null };
  return recogniseDateOrder(datesIn(head, column), form);
}

/** Readings of the neighbouring rows, by the columns that say when. */
function readingsOf(
  { rows, neighbours }: TableHead,
  uses: readonly ColumnUse[],
  format: ClockFormat,
  fillDates = false,
): (ClockReading | null)[] {
  const at = (role: ColumnRole) => uses.findIndex((use) => use.role === role);
  const [start, date, time] = [at("start"), at("date"), at("time")];
  const parts = [at("year"), at("month"), at("dayOfMonth")];
  const read = clockReader(format);
  let last = "";
  return rows.slice(0, neighbours).map((cells) => {
    if (start >= 0) return read(cells[start] ?? "", null);
    const own = date >= 0 ? (cells[date] ?? "").trim() : parts.map((index) => cells[index] ?? "").join("-");
    const text = own === "" && fillDates ? last : own;
    last = text;
    return read(text, time < 0 ? null : (cells[time] ?? ""));
  });
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

/** The reading with its questions: decimals, units, dates, times and sums that are not of days. */
function finished(head: TableHead, draft: Draft, given: GivenReading): RecognisedTable {
  const { uses, rows, timing, moments, dateOrder, dateColumn, ranges } = draft;
  const questions = [...draft.questions];
  const notes = [...draft.notes];
  const sample = head.rows.slice(0, 5000);
  const dateHeader = dateColumn === null ? undefined : uses[dateColumn].header;
  const decimal = recogniseDecimal(uses, sample, head.delimiter, rows === "day");
  const mark = given.decimal ?? decimal.mark;
  if (given.decimal === undefined && decimal.doubtful !== null) {
    questions.push({
      about: "decimal",
      code: "import.askDecimal",
      severity: "error",
      column: decimal.doubtful.header,
      values: { column: decimal.doubtful.header, text: decimal.example },
      choices: ([mark, mark === "," ? "." : ","] as const).map((one) => ({
        name: one,
        given: { decimal: one },
      })),
    });
  } else {
    const unit = given.handleTimeUnit === undefined ? doubtfulUnit(uses, sample, rows, mark) : null;
    if (unit !== null) questions.push(questionOfUnit(unit));
  }
  if (dateOrder.certainty === "open" && dateOrder.other !== null) {
    questions.push({
      about: "dateOrder",
      code: "import.ambiguousDateOrder",
      severity: "warning",
      ...(dateHeader === undefined ? {} : { column: dateHeader }),
      values: { order: dateOrder.order },
      choices: [dateOrder.order, dateOrder.other].map((order) => ({
        name: order,
        given: { dateOrder: order },
      })),
    });
  }
  if (moments !== null && moments.otherTimes.length > 0) {
    const time = uses.find(({ role }) => role === "time");
    const index = uses.findIndex(({ role }) => role === "time");
    questions.push({
      about: "times",
      code: "import.askTimes",
      severity: "error",
      ...(time === undefined ? {} : { column: time.header }),
      values: {
        column: time?.header ?? "",
        sample: [...new Set(head.rows.slice(0, 50).map((cells) => cells[index] ?? ""))]
          .slice(0, 4)
          .join(", "),
      },
      choices: [moments.times, ...moments.otherTimes].map((times) => ({ name: times, given: { times } })),
    });
  }
  if (rows === "day" && timing.daysApart !== "days" && given.rows === undefined) {
    questions.push({
      about: "rows",
      code: timing.daysApart === "weeks" ? "import.weeklyTotals" : "import.monthlyTotals",
      severity: "error",
      ...(dateHeader === undefined ? {} : { column: dateHeader }),
      values: {},
      choices: [{ name: "day", given: { rows: "day" } }],
    });
  }
  if (!hasTime(uses)) {
    // Without a time nothing else matters.
    const period = moments?.period ?? null;
    questions.length = 0;
    questions.push({
      about: "columns",
      code: period === null ? "import.noTimeColumn" : "import.periodsOnly",
      severity: "error",
      ...(period === null ? {} : { column: uses[period].header }),
      values: period === null ? {} : { text: (head.rows[0]?.[period] ?? "").trim() },
      choices: [],
    });
  }
  const time = uses.find(({ role }) => role === "time") ?? uses.find(({ role }) => role === "start");
  if (moments?.timeIsEnd === true && rows === "interval") {
    notes.push({
      code: "import.timeIsEnd",
      severity: "info",
      column: time?.header,
      values: { minutes: draft.rowMinutes },
    });
  }
  if (moments !== null && moments.guessed !== null && head.header !== null) {
    const { header } = uses[moments.guessed];
    const sampleText = head.rows.slice(0, 2).map((cells) => cells[moments.guessed ?? 0] ?? "");
    notes.push({
      code: "import.guessedTime",
      severity: "info",
      column: header,
      values: { column: header, sample: sampleText.join(", ") },
    });
  }
  const isTimed = moments !== null && rows === "interval";
  const mapping: RecognisedTable["mapping"] = {
    layout: draft.layout,
    decimal: mark,
    dateOrder: dateOrder.order,
    timeZone: draft.timeZone,
    rows,
    rowMinutes: draft.rowMinutes,
    ...(isTimed && timing.phaseMinutes > 0 ? { rowPhaseMinutes: timing.phaseMinutes } : {}),
    ...(moments === null || moments.dates === "written" ? {} : { dates: moments.dates }),
    ...(moments === null || moments.times === "clock" ? {} : { times: moments.times }),
    ...(ranges === null ? {} : { ranges }),
    ...(moments?.timeIsEnd === true && rows === "interval" ? { timeIsEnd: true } : {}),
    ...(draft.fillDates ? { fillDates: true } : {}),
    ...(draft.swapped === true ? { swappedDates: true } : {}),
    ...(draft.halfDay?.certainty === "proven"
      ? {
          times: "halfDay" as const,
          ...(draft.halfDay.opensAt === null ? {} : { opensAt: draft.halfDay.opensAt }),
        }
      : {}),
    ...(rows !== "contact" && hasTotalsBesideParts(uses, sample) ? { leaveOutTotals: true } : {}),
    ...(given.sumRepeats === true ? { sumRepeats: true } : {}),
    ...(given.columns?.some(({ role }) => role === "contactId") ? { joinLegs: true } : {}),
    columns: uses,
    firstDate: uses.some(({ role }) => role === "dayNumber") ? (given.firstDate ?? "2001-01-01") : null,
    dayStartMinute: 8 * 60,
    dayEndMinute: 18 * 60,
    ...answerTimeOf(uses),
  };
  const known = (header: string) => indexOfHeader(uses, header) !== null;
  return { mapping, questions, notes, dateOrder, dateColumn, known };
}

/** Whether rows, or their columns, say when they were. */
export function hasTime(uses: readonly ColumnUse[]): boolean {
  return uses.some(
    ({ role, date }) => ["start", "date", "dayNumber", "dayOfMonth"].includes(role) || date !== undefined,
  );
}

/** Whether some column that splits rows has both totals and parts in it. */
function hasTotalsBesideParts(uses: readonly ColumnUse[], rows: readonly (readonly string[])[]): boolean {
  return uses.some(({ role }, index) => {
    if (role !== "queue" && role !== "dimension") return false;
    const texts = [...new Set(rows.map((cells) => (cells[index] ?? "").trim()))].filter(
      (text) => text !== "",
    );
    const totals = texts.filter(isTotalWord).length;
    return totals > 0 && totals < texts.length;
  });
}

function questionOfUnit({ column, meanSeconds, example, units }: UnitDoubt): Question {
  return {
    about: "handleTimeUnit",
    code: "import.askHandleTimeUnit",
    severity: "error",
    column: column.header,
    values: { column: column.header, text: example, seconds: Math.round(meanSeconds * 10) / 10 },
    choices: units.map((unit) => ({ name: unit, given: { handleTimeUnit: unit } })),
  };
}

/** The 20 of a column named `Service Level (20 Seconds)`. */
function answerTimeOf(columns: readonly ColumnUse[]): Pick<HistoryMapping, "answerWithinSeconds"> {
  const named = columns.find(({ role }) => role === "serviceLevel" || role === "inTime");
  const seconds = /(\d+)\s*s(ec(onds?)?)?\b/i.exec(named?.header ?? "")?.[1];
  return seconds === undefined ? {} : { answerWithinSeconds: Number(seconds) };
}
