import {
  addDays,
  dateOfEpochDay,
  epochDay,
  type LocalDate,
  localTimeAt,
  offsetMinutesAt,
  startOfDayEpochSeconds,
  weekdayOf,
} from "../domain/clock.ts";
import { type DemandHistory, intervalState, type QueueHistory } from "../domain/demand.ts";
import {
  clockSlots,
  createIntervalGrid,
  dateOfDay,
  type IntervalGrid,
  intervalCount,
} from "../domain/interval-grid.ts";
import { fail, type Issue, type OnProgress, type Outcome, succeed } from "../domain/outcome.ts";
import { clockReader, parseDuration, parseNumber } from "./cell-values.ts";
import { inspectHistory, minutesOfDuration } from "./inspect-history.ts";
import type { ColumnRole, HistoryMapping } from "./layouts.ts";
import { type FileSource, readRows, sizeOf, type TextRow } from "./read-rows.ts";
import { type ResolutionTimes, resolutionCollector } from "./resolution-times.ts";

export interface HistoryImportInput {
  readonly source: FileSource;
  /** null: recognise it. Otherwise as proposed by `inspectHistory`, perhaps corrected. */
  readonly mapping: HistoryMapping | null;
  /** Zone and interval of the plan: the grid the history is summed to. */
  readonly timeZone: string;
  readonly intervalMinutes: number;
  /** Name given to contacts of a file that names no queue. */
  readonly queueId: string;
}

/** A stretch of open time the file says nothing about. */
export interface Gap {
  readonly queueId: string;
  readonly date: LocalDate;
  /** First interval of the grid and the number of them. */
  readonly firstInterval: number;
  readonly intervals: number;
}

/** What a file needs from the person before planning can go on. */
export type Lacking = "aht" | "date" | "intraday";

export interface HistoryImport {
  readonly mapping: HistoryMapping;
  readonly history: DemandHistory;
  /** In the order of `history.queues`. */
  readonly channels: readonly ("voice" | "chat" | "deferred")[];
  /** Not blank, header not counted: rowsRead + rowsRefused. */
  readonly rowsInFile: number;
  readonly rowsRead: number;
  /** Each with an issue of its own, or counted by `import.furtherIssues` when there are too many to list. */
  readonly rowsRefused: number;
  readonly firstDate: LocalDate;
  readonly lastDate: LocalDate;
  readonly gaps: readonly Gap[];
  /** Dates between the first and the last on which no queue was open. */
  readonly closedDates: readonly LocalDate[];
  readonly lacking: readonly Lacking[];
  /** Where the file is a log of tickets with the time of their resolution. */
  readonly resolutionTimes: ResolutionTimes | null;
}

/** Issues listed per code; more of the same are counted. */
const listedPerCode = 200;
/** A plan's history longer than this is a mistyped year. */
const maximumDays = 20 * 366;

/**
 * Reads a file of past contacts into a `DemandHistory` on the plan's grid. Any size: rows pass through in blocks.
 *
 * Never stops at a bad row: it is refused with an issue that has its line and column, and
 * rowsRead + rowsRefused = rowsInFile. Rows shorter than the plan's interval are summed; rows that do not nest in it are
 * split in proportion to time (`import.splitRows`). An interval without a row is closed when that weekday and time
 * usually has none, otherwise missing. A day without any row is closed.
 *
 * Fails, apart from what `inspectHistory` says, with `import.noTimeColumn`, `import.noCountColumn`, `import.noRowsRead` and
 * `import.spanTooLong`.
 */
export async function importHistory(
  input: HistoryImportInput,
  onProgress?: OnProgress,
): Promise<Outcome<HistoryImport>> {
  const found: Issue[] = [];
  let { mapping } = input;
  if (mapping === null) {
    const inspected = await inspectHistory(input.source);
    if (!inspected.ok) return inspected;
    mapping = inspected.value.mapping;
    found.push(...inspected.issues);
  } else if (sizeOf(input.source) === 0) {
    return fail({ code: "import.emptyFile", severity: "error", table: input.source.name, line: 1 });
  }
  const issues = issueList(input.source.name, found);
  const lack = lackingColumn(mapping);
  if (lack !== null) {
    issues.add({ code: lack, severity: "error", line: Math.max(1, mapping.headerLine) });
    return fail(...issues.all());
  }
  const reader = rowReader(mapping, input, issues);
  const size = sizeOf(input.source);
  let nextReport = 0;
  for await (const { rows, bytesRead } of readRows(
    input.source,
    mapping.encoding,
    mapping.delimiter,
    mapping.columns.length,
  )) {
    for (const row of rows) if (row.line > mapping.headerLine) reader.read(row);
    const now = performance.now();
    if (onProgress !== undefined && now >= nextReport) {
      onProgress({ phase: "read", completed: bytesRead, total: size });
      nextReport = now + 100;
    }
  }
  if (reader.rowsRead() === 0) {
    issues.add({ code: "import.noRowsRead", severity: "error", line: mapping.headerLine + 1 });
    return fail(...issues.all());
  }
  return gridOf(reader, mapping, input, issues);
}

/** Code of the column without which nothing can be read. */
function lackingColumn({ columns, rows }: HistoryMapping): string | null {
  const has = (...roles: readonly ColumnRole[]) => columns.some(({ role }) => roles.includes(role));
  if (!has("start", "date", "dayNumber")) return "import.noTimeColumn";
  return rows === "contact" || has("offered", "handled") ? null : "import.noCountColumn";
}

interface IssueList {
  add(issue: Issue): void;
  all(): Issue[];
}

function issueList(table: string, first: readonly Issue[]): IssueList {
  const listed = [...first];
  const counts = new Map<string, number>();
  return {
    add(issue) {
      const count = (counts.get(issue.code) ?? 0) + 1;
      counts.set(issue.code, count);
      if (count <= listedPerCode) listed.push({ ...issue, table });
    },
    all() {
      const further = [...counts].filter(([, count]) => count > listedPerCode);
      const sums = further.map(
        ([code, count]): Issue => ({
          code: "import.furtherIssues",
          severity: "warning",
          table,
          values: { of: code, count: count - listedPerCode },
        }),
      );
      return [...listed, ...sums];
    },
  };
}

const measures = ["offered", "handled", "abandoned", "handleSeconds"] as const;
type Measure = (typeof measures)[number];

/** Rows of one queue (and of one combination of its further dimensions), 1,440 minutes to a block. */
interface Cells {
  readonly line: Int32Array;
  readonly offered: Float64Array;
  readonly handled: Float64Array;
  readonly abandoned: Float64Array;
  readonly handleSeconds: Float64Array;
}

interface Series {
  readonly queueId: string;
  readonly blocks: Map<number, Cells>;
}

interface RowReader {
  read(row: TextRow): void;
  rowsRead(): number;
  rowsRefused(): number;
  series(): readonly Series[];
  channelOf(queueId: string): "voice" | "chat" | "deferred";
  /** Instant of slot 0 of block 0. */
  baseEpochSeconds(): number;
  readonly slotsPerBlock: number;
  readonly slotSeconds: number;
  has(measure: Measure): boolean;
  firstLineOf(day: number): number;
  resolutionTimes(): ResolutionTimes | null;
}

/** Thrown inside this file only: why the row at hand is refused. */
interface Refusal {
  readonly code: string;
  readonly column: number;
  readonly values?: Readonly<Record<string, string | number>>;
}

function rowReader(mapping: HistoryMapping, input: HistoryImportInput, issues: IssueList): RowReader {
  const timeZone = mapping.timeZone ?? input.timeZone;
  const { columns } = mapping;
  const indexOf = (role: ColumnRole) => columns.findIndex((column) => column.role === role);
  const startColumn = indexOf("start");
  const dateColumn = indexOf("date");
  const timeColumn = indexOf("time");
  const dayNumberColumn = indexOf("dayNumber");
  const queueColumn = indexOf("queue");
  const channelColumn = indexOf("channel");
  const durationColumn = indexOf("duration");
  const outcomeColumn = indexOf("outcome");
  const resolvedColumn = mapping.rows === "contact" ? indexOf("resolved") : -1;
  const resolutions = resolutionCollector();
  const dimensionColumns = columns.flatMap((column, index) => (column.role === "dimension" ? [index] : []));
  const lastNeeded = columns.reduce((last, column, index) => (column.role === "ignore" ? last : index), 0);
  const groups = measureGroups(mapping, input.queueId);
  const daily = mapping.rows === "day";
  const slotSeconds = daily
    ? 86_400
    : (mapping.rows === "contact" ? input.intervalMinutes : mapping.rowMinutes) * 60;
  const slotsPerBlock = Math.max(1, Math.round(86_400 / slotSeconds));
  const clock = clockReader(mapping.dateOrder);
  const allSeries = new Map<string, Series>();
  const channels = new Map<string, "voice" | "chat" | "deferred">();
  const days = new Map<number, { start: number; plain: boolean; before: number; after: number }>();
  const firstLines = new Map<number, number>();
  const present = new Set<Measure>();
  let base: number | null = null;
  let read = 0;
  let refused = 0;

  const localDay = (day: number) => {
    const known = days.get(day);
    if (known !== undefined) return known;
    const date = dateOfEpochDay(day);
    const start = startOfDayEpochSeconds(date, timeZone);
    const end = startOfDayEpochSeconds(addDays(date, 1), timeZone);
    const value = {
      start,
      plain: end - start === 86_400,
      before: offsetMinutesAt(start, timeZone),
      after: offsetMinutesAt(end, timeZone),
    };
    days.set(day, value);
    return value;
  };

  /** Instants that show this clock time: none when the clock skips it, two when it repeats. */
  const instants = (day: number, secondOfDay: number): number[] => {
    const local = localDay(day);
    if (local.plain) return [local.start + secondOfDay];
    const clockSeconds = day * 86_400 + secondOfDay;
    const candidates = [...new Set([local.before, local.after])].map((offset) => ({
      offset,
      instant: clockSeconds - offset * 60,
    }));
    return candidates
      .filter(({ offset, instant }) => offsetMinutesAt(instant, timeZone) === offset)
      .map(({ instant }) => instant)
      .sort((a, b) => a - b);
  };

  /** Seconds from creation to resolution, null while a ticket is open, or the code of what is wrong. */
  const resolutionOf = (text: string, created: number): number | null | string => {
    if (text.trim() === "") return null;
    const reading = clock(text, null);
    if (reading === null) return "import.unparsableDate";
    const instant =
      reading.offsetMinutes === null
        ? instants(reading.day, reading.secondOfDay)[0]
        : reading.day * 86_400 + reading.secondOfDay - reading.offsetMinutes * 60;
    if (instant === undefined) return "import.skippedTime";
    return instant < created ? "import.resolvedBeforeCreated" : instant - created;
  };

  const seriesOf = (queueId: string, dimensions: string): Series => {
    const name = `${queueId}\u0000${dimensions}`;
    let series = allSeries.get(name);
    if (series === undefined) {
      series = { queueId, blocks: new Map() };
      allSeries.set(name, series);
    }
    return series;
  };

  const cellOf = (series: Series, instant: number): { cells: Cells; slot: number } => {
    base ??= daily ? 0 : instant - (((instant % 86_400) + 86_400) % 86_400);
    const position = Math.floor((instant - base) / slotSeconds);
    const block = Math.floor(position / slotsPerBlock);
    let cells = series.blocks.get(block);
    if (cells === undefined) {
      const values = () => new Float64Array(slotsPerBlock);
      cells = {
        line: new Int32Array(slotsPerBlock),
        offered: values(),
        handled: values(),
        abandoned: values(),
        handleSeconds: values(),
      };
      series.blocks.set(block, cells);
    }
    return { cells, slot: position - block * slotsPerBlock };
  };

  const readRow = (row: TextRow): Refusal | null => {
    const { cells } = row;
    if (row.unclosedQuote) return { code: "import.unclosedQuote", column: 0 };
    if (cells.length <= lastNeeded) {
      return {
        code: "import.tooFewFields",
        column: cells.length,
        values: { fields: cells.length, expected: columns.length },
      };
    }
    for (let index = columns.length; index < cells.length; index++) {
      if (cells[index].trim() !== "") {
        return {
          code: "import.tooManyFields",
          column: columns.length - 1,
          values: { fields: cells.length, expected: columns.length },
        };
      }
    }
    if (durationColumn >= 0 && mapping.rows === "interval") {
      const minutes = minutesOfDuration(cells[durationColumn]);
      if (minutes !== mapping.rowMinutes) {
        return {
          code: "import.otherDuration",
          column: durationColumn,
          values: { text: cells[durationColumn], minutes: mapping.rowMinutes },
        };
      }
    }
    // When.
    let candidates: number[];
    let day: number;
    const whenColumn = startColumn >= 0 ? startColumn : dateColumn;
    if (whenColumn < 0) {
      const number = parseNumber(cells[dayNumberColumn], mapping.decimal);
      if (number === null || !Number.isInteger(number) || number < 0) {
        return {
          code: "import.notANumber",
          column: dayNumberColumn,
          values: { text: cells[dayNumberColumn] },
        };
      }
      day = epochDay(mapping.firstDate ?? "2001-01-01") + number - 1;
      candidates = [day * 86_400];
    } else {
      const timeText = startColumn >= 0 || timeColumn < 0 ? null : cells[timeColumn];
      const reading = clock(cells[whenColumn], timeText);
      if (reading === null) {
        const dateFine = timeText !== null && clock(cells[whenColumn], null) !== null;
        const column = dateFine ? timeColumn : whenColumn;
        return {
          code: dateFine ? "import.unparsableTime" : "import.unparsableDate",
          column,
          values: { text: cells[column] },
        };
      }
      day = reading.day;
      if (daily) candidates = [day * 86_400];
      else if (reading.offsetMinutes !== null) {
        candidates = [day * 86_400 + reading.secondOfDay - reading.offsetMinutes * 60];
      } else {
        candidates = instants(day, reading.secondOfDay);
        if (candidates.length === 0) {
          return {
            code: "import.skippedTime",
            column: timeText === null ? whenColumn : timeColumn,
            values: { text: cells[timeText === null ? whenColumn : timeColumn] },
          };
        }
      }
    }
    // Which queue.
    const channel = channelColumn < 0 ? "" : cells[channelColumn].trim();
    const dimensions = dimensionColumns.map((index) => cells[index]).join("\u0001");
    // How many: everything is read before anything is written, so that a refused row leaves no trace.
    const written: { series: Series; cells: Cells; slot: number; values: Record<Measure, number> }[] = [];
    for (const group of groups) {
      const named =
        group.queueId ?? (queueColumn < 0 ? input.queueId : cells[queueColumn].trim() || input.queueId);
      const queueId =
        channelColumn >= 0 && !/^(voice|call|phone|)$/i.test(channel) && group.queueId === null
          ? `${named} ${channel.toLowerCase()}`
          : named;
      const values = group.read(cells);
      if ("code" in values) return values;
      if (mapping.rows === "contact" && outcomeColumn >= 0) {
        const fate = fateOf(cells[outcomeColumn], values);
        if (fate === null)
          return { code: "import.notOffered", column: outcomeColumn, values: { text: cells[outcomeColumn] } };
        Object.assign(values, fate);
      }
      if (values.offered < 0) continue;
      const series = seriesOf(queueId, dimensions);
      if (!channels.has(queueId)) channels.set(queueId, channelName(channel, mapping));
      let place = cellOf(series, candidates[0]);
      if (mapping.rows !== "contact" && place.cells.line[place.slot] !== 0) {
        const second = candidates.length > 1 ? cellOf(series, candidates[1]) : null;
        if (second === null || second.cells.line[second.slot] !== 0) {
          return {
            code: "import.repeatedInterval",
            column: whenColumn < 0 ? dayNumberColumn : whenColumn,
            values: {
              firstLine: place.cells.line[place.slot],
              text: cells[whenColumn < 0 ? dayNumberColumn : whenColumn],
            },
          };
        }
        place = second;
      }
      written.push({ series, ...place, values });
    }
    if (resolvedColumn >= 0) {
      const resolved = resolutionOf(cells[resolvedColumn], candidates[0]);
      if (typeof resolved === "string")
        return { code: resolved, column: resolvedColumn, values: { text: cells[resolvedColumn] } };
      const category = queueColumn < 0 ? input.queueId : cells[queueColumn].trim() || input.queueId;
      const local = localTimeAt(candidates[0], offsetMinutesAt(candidates[0], timeZone));
      resolutions.add(category, Math.floor(local.minuteOfDay / 60), resolved);
    }
    for (const { cells: target, slot, values } of written) {
      target.line[slot] = row.line;
      for (const measure of measures) target[measure][slot] += values[measure];
    }
    if (!firstLines.has(day)) firstLines.set(day, row.line);
    return null;
  };

  for (const group of groups) for (const measure of group.measures) present.add(measure);
  if (outcomeColumn >= 0 && mapping.rows === "contact")
    for (const measure of ["handled", "abandoned"] as const) present.add(measure);

  return {
    read(row) {
      const refusal = readRow(row);
      if (refusal === null) {
        read++;
        return;
      }
      refused++;
      issues.add({
        code: refusal.code,
        severity:
          refusal.code === "import.otherDuration" || refusal.code === "import.notOffered"
            ? "info"
            : "warning",
        line: row.line,
        column: columns[refusal.column]?.header ?? `#${refusal.column + 1}`,
        ...(refusal.values === undefined ? {} : { values: refusal.values }),
      });
    },
    rowsRead: () => read,
    rowsRefused: () => refused,
    series: () => [...allSeries.values()],
    channelOf: (queueId) => channels.get(queueId) ?? "voice",
    baseEpochSeconds: () => base ?? 0,
    slotsPerBlock,
    slotSeconds,
    has: (measure) => present.has(measure),
    firstLineOf: (day) => firstLines.get(day) ?? 0,
    resolutionTimes: () => resolutions.summary(),
  };
}

function channelName(text: string, mapping: HistoryMapping): "voice" | "chat" | "deferred" {
  if (mapping.layout === "ticketLog" || /mail|task|ticket|case|deferred|callback/i.test(text))
    return "deferred";
  return /chat|message|messaging|sms|whatsapp/i.test(text) ? "chat" : "voice";
}

/** How a logged contact ended; null: it never reached the queue and is not demand. */
function fateOf(
  outcome: string,
  values: Record<Measure, number> & { waitSeconds?: number },
): Partial<Record<Measure, number>> | null {
  const text = outcome.trim();
  if (/phantom|test|internal/i.test(text)) return null;
  if (/hang|hung|abandon|lost|missed|no ?answer|aufgelegt|放弃/i.test(text)) {
    // Somebody who hung up without having waited left in the voice menu.
    return values.waitSeconds === 0 ? null : { handled: 0, abandoned: 1, handleSeconds: 0 };
  }
  return { handled: 1, abandoned: 0 };
}

interface MeasureGroup {
  /** null: the row's queue column, or the default queue. */
  readonly queueId: string | null;
  readonly measures: ReadonlySet<Measure>;
  read(cells: readonly string[]): (Record<Measure, number> & { waitSeconds?: number }) | Refusal;
}

/** One reader of numbers per queue that a row speaks of: one for most layouts, several where queues stand side by side. */
function measureGroups(mapping: HistoryMapping, defaultQueue: string): MeasureGroup[] {
  const names = [
    ...new Set(
      mapping.columns
        .filter(({ role }) => role === "offered" || role === "handled")
        .map(({ queueId }) => queueId),
    ),
  ];
  if (names.length === 0) names.push(null);
  return names.map((name) => {
    const at = (role: ColumnRole) =>
      mapping.columns.findIndex((column) => column.role === role && column.queueId === name);
    const columns = {
      offered: at("offered"),
      handled: at("handled"),
      abandoned: at("abandoned"),
      blocked: at("blocked"),
      aht: at("ahtSeconds"),
      talk: at("talkSeconds"),
      acw: at("acwSeconds"),
      handleTotal: at("handleTotalSeconds"),
      talkTotal: at("talkTotalSeconds"),
      acwTotal: at("acwTotalSeconds"),
      wait: at("waitSeconds"),
    };
    const contact = mapping.rows === "contact";
    const hasTime =
      columns.aht >= 0 || columns.talk >= 0 || columns.handleTotal >= 0 || columns.talkTotal >= 0;
    const measuresHere = new Set<Measure>(["offered"]);
    if (columns.handled >= 0 || hasTime) measuresHere.add("handled");
    if (columns.abandoned >= 0) measuresHere.add("abandoned");
    if (hasTime) measuresHere.add("handleSeconds");
    const wide = names.length > 1 || name !== null;
    return {
      queueId: wide ? (name ?? defaultQueue) : null,
      measures: measuresHere,
      read(cells) {
        let refusal: Refusal | null = null;
        const number = (index: number, duration: boolean, required: boolean): number | null => {
          if (index < 0 || refusal !== null) return null;
          const text = cells[index].trim();
          if (text === "" || text === "-" || text === "—") {
            if (required) refusal = { code: "import.emptyNumber", column: index };
            return null;
          }
          const value = duration ? parseDuration(text, mapping.decimal) : parseNumber(text, mapping.decimal);
          if (value === null) refusal = { code: "import.notANumber", column: index, values: { text } };
          else if (value < 0) refusal = { code: "import.negativeNumber", column: index, values: { text } };
          else return value;
          return null;
        };
        const offeredCell = number(columns.offered, false, !wide);
        const handledCell = number(columns.handled, false, columns.offered < 0);
        const abandoned = number(columns.abandoned, false, false);
        const blocked = number(columns.blocked, false, false);
        const aht = number(columns.aht, true, false);
        const talk = number(columns.talk, true, false);
        const acw = number(columns.acw, true, false);
        const handleTotal = number(columns.handleTotal, true, false);
        const talkTotal = number(columns.talkTotal, true, false);
        const acwTotal = number(columns.acwTotal, true, false);
        const waitSeconds = number(columns.wait, true, false);
        if (refusal !== null) return refusal;
        if (contact) {
          const handleSeconds = handleTotal ?? (talk ?? talkTotal ?? aht ?? 0) + (acw ?? acwTotal ?? 0);
          const values = { offered: 1, handled: 1, abandoned: 0, handleSeconds };
          return waitSeconds === null ? values : { ...values, waitSeconds };
        }
        if (wide && offeredCell === null) return { offered: -1, handled: 0, abandoned: 0, handleSeconds: 0 };
        const offered = offeredCell ?? (handledCell ?? 0) + (abandoned ?? 0) + (blocked ?? 0);
        const handled = handledCell ?? Math.max(0, offered - (abandoned ?? 0) - (blocked ?? 0));
        const perContact = aht ?? (talk === null ? null : talk + (acw ?? 0));
        const total = handleTotal ?? (talkTotal === null ? null : talkTotal + (acwTotal ?? 0));
        return {
          offered,
          handled: total === null && perContact === null && hasTime ? 0 : handled,
          abandoned: abandoned ?? 0,
          handleSeconds: total ?? (perContact ?? 0) * handled,
        };
      },
    };
  });
}

/** Sums what was read onto the plan's grid, and tells closed from missing. */
function gridOf(
  reader: RowReader,
  mapping: HistoryMapping,
  input: HistoryImportInput,
  issues: IssueList,
): Outcome<HistoryImport> {
  const daily = mapping.rows === "day";
  const series = reader.series();
  let first = Number.POSITIVE_INFINITY;
  let last = Number.NEGATIVE_INFINITY;
  for (const { blocks } of series) {
    for (const [block, cells] of blocks) {
      for (let slot = 0; slot < reader.slotsPerBlock; slot++) {
        if (cells.line[slot] === 0) continue;
        const instant =
          reader.baseEpochSeconds() + (block * reader.slotsPerBlock + slot) * reader.slotSeconds;
        if (instant < first) first = instant;
        if (instant > last) last = instant;
      }
    }
  }
  const dateOf = (instant: number) =>
    daily
      ? dateOfEpochDay(instant / 86_400)
      : localTimeAt(instant, offsetMinutesAt(instant, input.timeZone)).date;
  const firstDate = dateOf(first);
  const lastDate = dateOf(last);
  const dayCount = epochDay(lastDate) - epochDay(firstDate) + 1;
  if (dayCount > maximumDays) {
    const lonely =
      reader.firstLineOf(epochDay(firstDate)) ||
      reader.firstLineOf(epochDay(lastDate)) ||
      mapping.headerLine + 1;
    issues.add({
      code: "import.spanTooLong",
      severity: "error",
      line: lonely,
      values: { firstDate, lastDate },
    });
    return fail(...issues.all());
  }
  const grid = createIntervalGrid(input.timeZone, input.intervalMinutes, firstDate, dayCount);
  const count = intervalCount(grid);
  const length = input.intervalMinutes * 60;
  const sums = new Map<string, Record<Measure, Float64Array> & { covered: Float64Array }>();
  let split = false;
  for (const one of series) {
    let sum = sums.get(one.queueId);
    if (sum === undefined) {
      const values = () => new Float64Array(count);
      sum = {
        offered: values(),
        handled: values(),
        abandoned: values(),
        handleSeconds: values(),
        covered: values(),
      };
      sums.set(one.queueId, sum);
    }
    for (const [block, cells] of one.blocks) {
      for (let slot = 0; slot < reader.slotsPerBlock; slot++) {
        if (cells.line[slot] === 0) continue;
        let from = reader.baseEpochSeconds() + (block * reader.slotsPerBlock + slot) * reader.slotSeconds;
        let to = from + reader.slotSeconds;
        if (daily) {
          const midnight = startOfDayEpochSeconds(dateOfEpochDay(from / 86_400), input.timeZone);
          from = midnight + mapping.dayStartMinute * 60;
          to = midnight + mapping.dayEndMinute * 60;
        }
        from -= grid.startEpochSeconds;
        to -= grid.startEpochSeconds;
        const firstInterval = Math.floor(from / length);
        const lastInterval = Math.ceil(to / length) - 1;
        if (lastInterval > firstInterval) split = true;
        for (let interval = firstInterval; interval <= lastInterval; interval++) {
          if (interval < 0 || interval >= count) continue;
          const overlap = Math.min(to, (interval + 1) * length) - Math.max(from, interval * length);
          const share = overlap / (to - from);
          for (const measure of measures) sum[measure][interval] += cells[measure][slot] * share;
          sum.covered[interval] += overlap;
        }
      }
    }
  }
  if (split) {
    issues.add({
      code: daily ? "import.dailySpread" : "import.splitRows",
      severity: "warning",
      line: mapping.headerLine + 1,
      values: { rowMinutes: mapping.rowMinutes, intervalMinutes: input.intervalMinutes },
    });
  }
  if (mapping.firstDate !== null) {
    issues.add({
      code: "import.dateAssumed",
      severity: "warning",
      line: mapping.headerLine + 1,
      values: { firstDate: mapping.firstDate },
    });
  }
  const queueIds = [...sums.keys()].sort();
  const gaps: Gap[] = [];
  const queues = queueIds.map((queueId): QueueHistory => {
    const sum = sums.get(queueId);
    if (sum === undefined) throw new RangeError(`no sums for ${queueId}`);
    const state = statesOf(grid, sum.offered, sum.covered, mapping.rows === "contact");
    const stray = leaveOutStrayRows(grid, state, sum, length);
    if (stray.intervals > 0) {
      issues.add({
        code: "import.partIntervals",
        severity: "info",
        line: mapping.headerLine + 1,
        values: { queue: queueId, intervals: stray.intervals, contacts: Math.round(stray.contacts) },
      });
    }
    gaps.push(...gapsOf(grid, queueId, state));
    let outside = 0;
    for (let interval = 0; interval < count; interval++) {
      if (state[interval] === intervalState.open) continue;
      outside += sum.offered[interval];
      for (const measure of measures) sum[measure][interval] = 0;
    }
    if (outside > stray.contacts + 0.5) {
      issues.add({
        code: "import.outsideHours",
        severity: "info",
        line: mapping.headerLine + 1,
        values: { queue: queueId, contacts: Math.round(outside - stray.contacts) },
      });
    }
    return {
      queueId,
      state,
      offered: sum.offered,
      handled: reader.has("handled") ? sum.handled : null,
      abandoned: reader.has("abandoned") ? sum.abandoned : null,
      handleSeconds: reader.has("handleSeconds") ? sum.handleSeconds : null,
    };
  });
  const closedDates: LocalDate[] = [];
  for (let day = 0; day < dayCount; day++) {
    const open = queues.some(({ state }) =>
      state
        .subarray(grid.dayOffsets[day], grid.dayOffsets[day + 1])
        .some((one) => one !== intervalState.closed),
    );
    if (!open) closedDates.push(dateOfDay(grid, day));
  }
  const lacking: Lacking[] = [];
  if (!reader.has("handleSeconds")) lacking.push("aht");
  if (mapping.firstDate !== null) lacking.push("date");
  if (daily) lacking.push("intraday");
  return succeed(
    {
      mapping,
      history: { grid, queues },
      channels: queueIds.map((queueId) => reader.channelOf(queueId)),
      rowsInFile: reader.rowsRead() + reader.rowsRefused(),
      rowsRead: reader.rowsRead(),
      rowsRefused: reader.rowsRefused(),
      firstDate,
      lastDate,
      gaps,
      closedDates,
      lacking,
      resolutionTimes: reader.resolutionTimes(),
    },
    issues.all(),
  );
}

/**
 * Closed, open or missing, per interval.
 *
 * A day without contacts is closed. On the others an interval is open when it has a row; without one it is missing when
 * most days of that weekday have one. Files that write zeros at night: a time of a weekday that has hardly ever seen a
 * contact is closed.
 */
function statesOf(
  grid: IntervalGrid,
  offered: Float64Array,
  covered: Float64Array,
  contacts: boolean,
): Uint8Array {
  const slots = clockSlots(grid);
  const slotCount = 1440 / grid.intervalMinutes;
  const openDays = new Float64Array(8);
  const withRow = new Float64Array(8 * slotCount);
  const withContacts = new Float64Array(8 * slotCount);
  const weekdays = new Uint8Array(grid.dayCount);
  const dayOpen = new Uint8Array(grid.dayCount);
  for (let day = 0; day < grid.dayCount; day++) {
    weekdays[day] = weekdayOf(dateOfDay(grid, day));
    for (let interval = grid.dayOffsets[day]; interval < grid.dayOffsets[day + 1]; interval++) {
      if (offered[interval] > 0) dayOpen[day] = 1;
    }
    if (dayOpen[day] === 0) continue;
    openDays[weekdays[day]]++;
    for (let interval = grid.dayOffsets[day]; interval < grid.dayOffsets[day + 1]; interval++) {
      const cell = weekdays[day] * slotCount + slots[interval];
      if (covered[interval] > 0) withRow[cell]++;
      if (offered[interval] > 0) withContacts[cell]++;
    }
  }
  const state = new Uint8Array(offered.length);
  for (let day = 0; day < grid.dayCount; day++) {
    if (dayOpen[day] === 0) continue;
    const days = openDays[weekdays[day]];
    for (let interval = grid.dayOffsets[day]; interval < grid.dayOffsets[day + 1]; interval++) {
      const cell = weekdays[day] * slotCount + slots[interval];
      const usual = contacts ? withContacts[cell] : withRow[cell];
      const dead = days >= 4 && withContacts[cell] < days * 0.1;
      if (dead || (contacts && usual < days * 0.5 && offered[interval] === 0))
        state[interval] = intervalState.closed;
      else if (covered[interval] > 0 || contacts) state[interval] = intervalState.open;
      else state[interval] = usual >= days * 0.5 ? intervalState.missing : intervalState.closed;
    }
  }
  return state;
}

/**
 * Files that close with a row at the closing time itself (21:00 of a day that ends at 21:00) leave an interval of which
 * only a small part is covered, day after day. Planning it as a full interval would be wrong, so it is left out and said.
 */
function leaveOutStrayRows(
  grid: IntervalGrid,
  state: Uint8Array,
  sum: { readonly offered: Float64Array; readonly covered: Float64Array },
  length: number,
): { intervals: number; contacts: number } {
  const slots = clockSlots(grid);
  const seen = new Map<number, { part: number; all: number }>();
  for (let interval = 0; interval < state.length; interval++) {
    if (state[interval] !== intervalState.open) continue;
    const slot = seen.get(slots[interval]) ?? { part: 0, all: 0 };
    slot.all++;
    if (sum.covered[interval] > 0 && sum.covered[interval] < length * 0.4) slot.part++;
    seen.set(slots[interval], slot);
  }
  let intervals = 0;
  let contacts = 0;
  for (let interval = 0; interval < state.length; interval++) {
    const slot = seen.get(slots[interval]);
    if (slot === undefined || slot.part < slot.all * 0.9 || state[interval] === intervalState.closed)
      continue;
    if (state[interval] === intervalState.open) {
      intervals++;
      contacts += sum.offered[interval];
    }
    state[interval] = intervalState.closed;
  }
  return { intervals, contacts };
}

function gapsOf(grid: IntervalGrid, queueId: string, state: Uint8Array): Gap[] {
  const gaps: Gap[] = [];
  for (let day = 0; day < grid.dayCount; day++) {
    let start = -1;
    for (let interval = grid.dayOffsets[day]; interval <= grid.dayOffsets[day + 1]; interval++) {
      const missing = interval < grid.dayOffsets[day + 1] && state[interval] === intervalState.missing;
      if (missing && start < 0) start = interval;
      if (!missing && start >= 0) {
        gaps.push({ queueId, date: dateOfDay(grid, day), firstInterval: start, intervals: interval - start });
        start = -1;
      }
    }
  }
  return gaps;
}
