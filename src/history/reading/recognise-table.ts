import type { Issue } from "../../domain/outcome.ts";
import { type ClockReading, clockReader } from "../../files/clock-cells.ts";
import { assignColumns, givenIndices, indexOfHeader, layoutOf } from "./assign-columns.ts";
import { profileColumn } from "./column-profiles.ts";
import { columnsAcross } from "./columns-across.ts";
import { askLegs } from "./contact-legs.ts";
import { askCumulative, askThousands, markCounting } from "./cumulative-counts.ts";
import { type DateOrderReading, recogniseDateOrder } from "./date-order.ts";
import { recogniseDecimal } from "./decimal-mark.ts";
import { doubtfulUnit, type UnitDoubt } from "./handle-time-units.ts";
import { type ColumnRole, type ColumnUse, type HistoryMapping, recogniseLayout } from "./layouts.ts";
import { queuesBesideTotal, type RowSums, sumsAmongRows } from "./parts-of-total.ts";
import type { GivenReading, Question } from "./questions.ts";
import { isTotalWord, readHeader } from "./read-header.ts";
import { type Column, type Moments, recogniseMoments } from "./recognise-moments.ts";
import { type RowKind, recogniseRows } from "./recognise-rows.ts";
import { type Dating, datesAreMerged, orderOfDates, readingsOf, whenOf } from "./recognise-when.ts";
import { weekOfText } from "./row-dates.ts";
import { recogniseRowLengths } from "./row-lengths.ts";
import { splitOfRows } from "./row-split.ts";
import { minutesOfDuration, type RowTiming, timingOf } from "./row-timing.ts";
import type { TableHead } from "./table-head.ts";
import { roleUnnamedColumns } from "./unnamed-columns.ts";

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
  readonly dating: Dating;
  readonly fillQueues?: boolean;
  readonly sums?: RowSums;
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
  const readings = readingsOf(head, { columns: vendor.columns }, { order: dateOrder.order });
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
    dating: {},
    questions: [],
    notes: [],
  };
}

/** Times, dates or weekdays side by side in the header, with counts under them. */
function acrossDraft(head: TableHead, columns: readonly Column[], given: GivenReading): Draft | null {
  if (head.header === null || given.columns !== undefined || given.rows === "contact") return null;
  const across = columnsAcross(head.header);
  const counted = new Set([across.minutes, across.dates, across.weekdays].flatMap((map) => [...map.keys()]));
  const isCount = (index: number) => ["number", "blank"].includes(columns[index].profile.kind);
  if (counted.size === 0 || ![...counted].every(isCount)) return null;
  const others = columns.filter(({ index }) => !counted.has(index));
  const moments = momentsBeside(head, others);
  const at = (...wanted: readonly ColumnRole[]) =>
    [...moments.roles].find(([, role]) => wanted.includes(role))?.[0] ?? null;
  const dateColumn = at("start", "date");
  const timeColumn = at("time") ?? others.find(({ profile }) => profile.kind === "time")?.index ?? null;
  const isDated = dateColumn !== null || at("week", "dayOfMonth") !== null || moments.dateLines;
  if (across.minutes.size > 0 ? !isDated : across.dates.size > 0 && timeColumn === null && isDated)
    return null;
  if (across.weekdays.size > 0 && !isDated) return null;
  const split = others.find(({ name, profile }) => name.concepts.has("queue") && profile.kind === "text");
  const uses = columns.map(({ index, header }): ColumnUse => {
    const use = { header, queueId: null };
    const role = moments.roles.get(index) ?? "ignore";
    if (across.minutes.has(index)) return { ...use, role: "offered", minute: across.minutes.get(index) };
    if (across.dates.has(index)) return { ...use, role: "offered", date: across.dates.get(index) };
    if (across.weekdays.has(index)) return { ...use, role: "offered", weekday: across.weekdays.get(index) };
    if (index === split?.index) return { ...use, role: "queue" };
    if (across.minutes.size > 0 && index === dateColumn) return { ...use, role: "date" };
    if (index === timeColumn && across.minutes.size === 0) return { ...use, role: "time" };
    const isOfDate = ["date", "year", "month", "dayOfMonth", "week", "weekday"].includes(role);
    return { ...use, role: isOfDate && across.dates.size === 0 ? role : "ignore" };
  });
  const dating: Dating = {
    ...(moments.dateLines ? { dateLines: true } : {}),
    ...(moments.weekIsEnd ? { weekIsEnd: true } : {}),
    ...(dateColumn !== null && timeColumn !== null && datesAreMerged(head.rows, dateColumn, timeColumn)
      ? { fillDates: true }
      : {}),
  };
  const lines = moments.dateLines ? head.dateLines.flatMap((line) => line?.text ?? []) : null;
  const dateOrder =
    lines !== null && given.dateOrder === undefined
      ? recogniseDateOrder(lines, "written")
      : orderOfDates(head, across.dates.size > 0 ? null : dateColumn, moments.dates, given);
  const clock = clockReader("ymd");
  const times =
    across.minutes.size > 0 || timeColumn === null
      ? []
      : head.rows.map((cells) => clock("2001-01-01", cells[timeColumn] ?? ""));
  const timing = timingOf(times);
  const daily = across.minutes.size === 0 && timeColumn === null;
  return {
    layout: daily ? "dailyReport" : "intervals",
    uses,
    rows: daily ? "day" : "interval",
    rowMinutes: daily ? 1440 : across.minutes.size > 0 ? across.step : timing.minutes,
    timing: { ...timing, kind: daily ? "dates" : "grid", daysApart: "days" },
    moments: { ...moments, otherTimes: [] },
    timeZone: null,
    dateOrder,
    dateColumn: across.dates.size > 0 ? null : dateColumn,
    ranges: null,
    dating,
    questions: [],
    notes: [],
  };
}

/** Which columns beside those of counts say when; lines between the rows may. */
function momentsBeside(head: TableHead, others: readonly Column[]): Moments {
  const hasLines = head.dateLines.some((line) => line !== null);
  const moments = recogniseMoments(others, head.rows, new Map(), undefined, hasLines);
  const isDated = [...moments.roles.values()].some((role) => role !== "time");
  const week = others.find(
    ({ name, profile }) =>
      (profile.kind === "period" || name.concepts.has("week")) &&
      profile.examples.every((text) => weekOfText(text)?.year != null),
  );
  // A week alone dates its rows where the weekdays stand side by side.
  if (isDated || moments.dateLines || week === undefined) return moments;
  return { ...moments, roles: new Map([...moments.roles, [week.index, "week"]]) };
}

/** Any other table: names first, then contents. */
function freeDraft(head: TableHead, columns: readonly Column[], given: GivenReading): Draft {
  const { rows } = head;
  const forced = givenIndices(columns, given.columns ?? []);
  const when = whenOf(head, columns, given);
  const { moments, dateOrder, dateColumn, ranges, readings } = when;
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
  const merged = mergedQueues(columns, rows);
  const neighbours = filledDown(rows.slice(0, head.neighbours), merged).filter(isShort);
  const shortReadings = readings.filter(isShort);
  const wide = given.columns === undefined ? queuesBesideTotal(columns, moments.roles, neighbours) : null;
  const isRunning = given.counts === "running" && given.columns === undefined;
  const runningOnly = isRunning
    ? columns.filter(({ name }) => name.concepts.has("cumulative")).slice(0, 1)
    : [];
  const queues = wide?.queues ?? runningOnly;
  const said = queues.length === 0 ? given : { ...given, columns: asQueues(queues) };
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
  const isPlain = kind.rows === "contact" || given.counts !== undefined;
  const cumulative = isPlain
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
  const thousands = isPlain ? null : askThousands(columns, uses, new Set(forced.keys()));
  if (thousands !== null) questions.push(thousands);
  if (kind.rows !== "contact" && (given.counts === "running" || given.counts === "thousands")) {
    const marked = markCounting(given.counts, { columns, uses, readings: shortReadings, rows: neighbours });
    uses.splice(0, uses.length, ...marked);
  }
  const sums =
    kind.rows === "contact" || given.counts !== undefined
      ? null
      : sumsAmongRows({ uses, readings: shortReadings, rows: neighbours });
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
    dating: when.dating,
    fillQueues: merged !== null && uses[merged].role === "queue",
    ...(sums === null ? {} : { sums }),
    questions: [...when.questions, ...questions, ...(split?.questions ?? [])],
    notes: [
      ...when.notes,
      ...contactNotes(kind, neighbours, dateColumn),
      ...notes,
      ...(split?.notes ?? []),
      ...(sums?.notes ?? []),
    ],
  };
}

/** Column of queues that are given once for all their rows, as merged cells of a spreadsheet come out; null: none is. */
function mergedQueues(columns: readonly Column[], rows: readonly (readonly string[])[]): number | null {
  const column = columns.find(
    ({ name, profile }) => name.concepts.has("queue") && profile.kind === "text" && profile.filled < 0.5,
  );
  return column === undefined || (rows[0]?.[column.index] ?? "").trim() === "" ? null : column.index;
}

function filledDown(
  rows: readonly (readonly string[])[],
  column: number | null,
): readonly (readonly string[])[] {
  if (column === null) return rows;
  let last = "";
  return rows.map((cells) => {
    const text = cells[column] ?? "";
    if (text.trim() === "") return cells.with(column, last);
    if (!isTotalWord(text)) last = text;
    return cells;
  });
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

function contactNotes(kind: RowKind, rows: readonly (readonly string[])[], column: number | null): Issue[] {
  if (kind.rows !== "contact" || kind.contactsBecause === null || column === null) return [];
  const sample = rows.slice(0, 3).map((cells) => (cells[column] ?? "").trim());
  const code = kind.contactsBecause === "scattered" ? "import.contactsByTimes" : "import.contactsByRepeats";
  return [
    { code, severity: "info", values: { sample: sample.join(", "), option: "--row interval | --row day" } },
  ];
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
  if (!hasTime({ ...draft.dating, columns: uses })) {
    // Without a time nothing else matters.
    const period = moments?.period ?? null;
    questions.length = 0;
    questions.push({
      about: "columns",
      code:
        period === null
          ? moments?.clock == null
            ? "import.noTimeColumn"
            : "import.timesWithoutDate"
          : moments?.clock == null
            ? "import.periodsOnly"
            : "import.periodsWithTimes",
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
    ...draft.dating,
    ...(draft.fillQueues === true ? { fillQueues: true } : {}),
    ...(rows !== "contact" && hasTotalsBesideParts(uses, sample) ? { leaveOutTotals: true } : {}),
    ...((draft.sums?.totalParts.length ?? 0) > 0 ? { totalParts: draft.sums?.totalParts } : {}),
    ...(draft.sums?.atMidnight === true && rows === "interval" ? { midnightTotals: true } : {}),
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

/** Whether rows, their columns, or lines above them say when they were. */
export function hasTime({ columns, dateLines }: Pick<HistoryMapping, "columns" | "dateLines">): boolean {
  return (
    dateLines === true ||
    columns.some(
      ({ role, date }) =>
        ["start", "date", "dayNumber", "dayOfMonth", "week"].includes(role) || date !== undefined,
    )
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
