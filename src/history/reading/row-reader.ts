import { localTimeAt, offsetMinutesAt } from "../../domain/calendar/clock.ts";
import { channelOfName } from "../../files/channel-words.ts";
import type { IssueList } from "../../files/issue-list.ts";
import { type ResolutionTimes, resolutionCollector } from "../review/resolution-times.ts";
import { answerOfText, type ContactFate, fateOfOutcome, isInbound } from "./contact-fates.ts";
import type { ChannelName, HistoryImportInput } from "./history-import.ts";
import type { ColumnRole, HistoryMapping } from "./layouts.ts";
import {
  customaryAnswerSeconds,
  type Measure,
  type MeasureGroup,
  measureGroups,
  type RowValues,
  withFate,
} from "./measure-columns.ts";
import { isTotalWord } from "./read-header.ts";
import type { TextRow } from "./read-rows.ts";
import { redialCounter } from "./redials.ts";
import type { Refusal } from "./row-refusal.ts";
import { isDaily, rowTimes, type When } from "./row-times.ts";
import { minutesOfDuration } from "./row-timing.ts";
import { differenceRows, type RunningRow } from "./running-counts.ts";
import { type Place, type SlotTable, slotSecondsFor, slotTable } from "./slot-table.ts";

/** Contacts of one queue, by what became of their rows. */
export interface QueueTally {
  read: number;
  refused: number;
}

/** What became of all rows that were looked at. */
export interface RowTally {
  readonly rowsRead: number;
  readonly rowsRefused: number;
  /** Rows refused because their time was there before with other counts, or cannot be read. */
  readonly repeated: number;
  readonly unreadTimes: number;
  readonly contacts: ReadonlyMap<string, QueueTally>;
  /** Refused rows without a number of contacts that can be read. */
  readonly rowsWithoutCount: number;
  /** Some row says that nothing came. */
  readonly hasNoughts: boolean;
}

/** Takes rows in and says what became of them. */
export interface RowReader {
  /** A line above the header, which may hold the date of the rows below. */
  preamble(row: TextRow): void;
  read(row: TextRow): void;
  tally(): RowTally;
  /** Once, when all rows are read, before the table is. */
  finish(): void;
  /** Figures by queue and slot; of daily rows one slot is a local day. */
  readonly table: SlotTable;
  channelOf(queueId: string): ChannelName;
  has(measure: Measure): boolean;
  /** Line on which a date (days since 1970) came first; 0: never. */
  firstLineOf(day: number): number;
  resolutionTimes(): ResolutionTimes | null;
}

/** What one row says of one queue, ready to be written. */
interface Written {
  readonly queueId: string;
  readonly place: Place;
  readonly values: RowValues;
}

/** Refusals that are no fault of the row. */
const meant: ReadonlySet<string> = new Set([
  "import.otherDuration",
  "import.notOffered",
  "import.totalRow",
  "import.headerAgain",
]);

/**
 * Reads rows by a mapping. A row is read as a whole before anything of it is written, so that a refused row leaves no
 * trace; its issue has line and column.
 */
export function rowReader(mapping: HistoryMapping, input: HistoryImportInput, issues: IssueList): RowReader {
  const timeZone = mapping.timeZone ?? input.timeZone;
  const { columns } = mapping;
  const contacts = mapping.rows === "contact";
  const indexOf = (role: ColumnRole) => columns.findIndex((column) => column.role === role);
  const resolvedColumn = contacts ? indexOf("resolved") : -1;
  const times = rowTimes(mapping, timeZone);
  const faults = fieldFaults(mapping);
  const filled = queueFiller(mapping);
  const leftOut = rowsLeftOut(mapping);
  const queues = queueNames(mapping, input.queueId);
  const fates = contacts ? contactFates(mapping, times.other) : null;
  const groups = measureGroups(mapping, input.queueId);
  const isLog = contacts && mapping.rowMinutes === 1;
  const rowMinutes = isDaily(mapping) ? 1440 : isLog ? input.intervalMinutes : mapping.rowMinutes;
  const slotSeconds = slotSecondsFor(rowMinutes * 60);
  const phaseSeconds = contacts ? 0 : ((mapping.rowPhaseMinutes ?? 0) * 60) % slotSeconds;
  const table = slotTable(slotSeconds, phaseSeconds);
  const resolutions = resolutionCollector();
  const redials = redialCounter();
  const callerColumn = contacts && fates?.knows === true ? indexOf("caller") : -1;
  const identify = contacts ? contactIds(indexOf("contactId"), mapping.joinLegs === true) : null;
  const legs = firstLegs(indexOf("contactId"));
  const firstLines = new Map<number, number>();
  const present = new Set<Measure>(groups.flatMap((group) => [...group.measures]));
  if (callerColumn >= 0) present.add("redials");
  const running = new Set<Measure>(groups.flatMap((group) => [...(group.running ?? [])]));
  const runningRows: RunningRow[] = [];
  const tally = rowTally(groups, (cells) => queues.of(cells).queueId, columns, issues);

  /** Contacts share a slot; rows of counts have it to themselves, and take the second pass of a repeated hour. Null: all taken. */
  function placeOf(queueId: string, dimensions: string, instants: readonly number[]): Place | null {
    for (const instant of instants) {
      const place = table.place(queueId, dimensions, instant);
      if (contacts || place.cells.line[place.slot] === 0) return place;
    }
    return null;
  }

  function countsOf(cells: readonly string[], when: When | null): Written[] | Refusal {
    const { queueId: rowQueue, dimensions } = queues.of(cells);
    const written: Written[] = [];
    for (const group of groups) {
      let values: RowValues | Refusal | null = group.read(cells);
      if (values === null) continue;
      if ("code" in values) return values;
      const groupWhen = when ?? times.of(cells, group.at);
      if ("code" in groupWhen) return groupWhen;
      if (fates !== null) {
        values = fates.apply(cells, values, groupWhen);
        if ("code" in values) return values;
      }
      const queueId = group.queueId ?? rowQueue;
      let place = placeOf(queueId, dimensions, groupWhen.instants);
      if (place === null) {
        const taken = table.place(queueId, dimensions, groupWhen.instants[0]);
        if (mapping.sumRepeats !== true) {
          const { cells: there, slot } = taken;
          if (there.offered[slot] !== values.offered) tally.repeated();
          const said = { firstLine: there.line[slot], text: cells[times.whenColumn] };
          return { code: "import.repeatedInterval", column: times.whenColumn, values: said };
        }
        place = taken;
      }
      written.push({ queueId, place, values });
    }
    return written;
  }

  function readRow(row: TextRow): Refusal | null {
    const { cells } = row;
    const fault = faults(row) ?? leftOut(cells);
    if (fault !== null) return fault;
    const when = groups[0].at === undefined ? times.of(cells) : null;
    if (when !== null && "code" in when) return when;
    const sum = when === null ? null : sumOfOthers(when, mapping, timeZone);
    if (sum !== null) return { ...sum, column: times.whenColumn };
    const repeated = when === null ? null : (identify?.(cells, when) ?? null);
    if (repeated !== null) return repeated;
    const written = countsOf(cells, when);
    if ("code" in written) return written;
    if (resolvedColumn >= 0 && when !== null) {
      const resolution = resolutionOf(cells[resolvedColumn], when, times.other);
      if (resolution !== null && "code" in resolution) return { ...resolution, column: resolvedColumn };
      const created = localTimeAt(when.instants[0], offsetMinutesAt(when.instants[0], timeZone));
      const { queueId } = queues.of(cells);
      resolutions.add(queueId, Math.floor(created.minuteOfDay / 60), resolution?.seconds ?? null);
    }
    const first = mapping.joinLegs === true && when !== null ? legs.firstOf(cells, written) : null;
    if (first !== null) {
      first.place.cells.handleSeconds[first.place.slot] += written[0].values.handleSeconds;
      return null;
    }
    for (const { queueId, place, values } of written) {
      place.cells.line[place.slot] = row.line;
      if (running.size > 0 && when !== null) {
        runningRows.push({ ...queues.of(cells), ...when, queueId, instant: when.instants[0], place, values });
        continue;
      }
      for (const measure of present) place.cells[measure][place.slot] += values[measure];
      tally.contacts(queueId, values.offered);
      if (callerColumn >= 0 && when !== null)
        redials.add(cells[callerColumn], when.instants[0], values.abandoned > 0, place);
    }
    if (when !== null && !firstLines.has(when.day)) firstLines.set(when.day, row.line);
    return null;
  }

  return {
    table,
    preamble: ({ cells }) => void times.takeLine(cells),
    read(line) {
      if (times.takeLine(line.cells)) return;
      const row = filled(line);
      const refusal = readRow(row);
      if (refusal === null) tally.read();
      else tally.refuse(row, refusal);
    },
    finish() {
      writeDifferences({ mapping, rows: runningRows, running, present, tally, issues });
      redials.count();
      const repeated = identify?.repeated() ?? 0;
      if (repeated === 0) return;
      const [code, severity] =
        mapping.joinLegs === true
          ? (["import.legsJoined", "info"] as const)
          : (["import.idsRepeat", "warning"] as const);
      issues.add({ code, severity, values: { count: repeated } });
    },
    tally: tally.result,
    channelOf: queues.channelOf,
    has: (measure) => present.has(measure),
    firstLineOf: (day) => firstLines.get(day) ?? 0,
    resolutionTimes: () => resolutions.summary(),
  };
}

/** Writes the differences of running counts, and says what they came to. */
function writeDifferences(input: {
  readonly mapping: HistoryMapping;
  readonly rows: readonly RunningRow[];
  readonly running: ReadonlySet<Measure>;
  readonly present: ReadonlySet<Measure>;
  readonly tally: ReturnType<typeof rowTally>;
  readonly issues: IssueList;
}): void {
  const { mapping, rows, running, present, tally, issues } = input;
  if (rows.length === 0) return;
  for (const { place } of rows) place.cells.line[place.slot] = 0;
  const summary = differenceRows(rows, running, mapping.rowMinutes * 60, (row, values) => {
    const { cells, slot } = row.place;
    cells.line[slot] = mapping.headerLine + 1;
    for (const measure of present) cells[measure][slot] += values[measure];
    tally.contacts(row.queueId, values.offered);
  });
  const column = mapping.columns.find(({ counting }) => counting === "running")?.header ?? "";
  const contacts = Math.round(summary.contacts);
  issues.add({ code: "import.runningCounts", severity: "info", column, values: { column, contacts } });
  if (summary.afterHoles === 0) return;
  const values = { count: summary.afterHoles };
  issues.add({ code: "import.runningHoles", severity: "warning", column, values });
}

/** Counts rows and contacts, and says why rows were refused. */
function rowTally(
  groups: readonly MeasureGroup[],
  queueOf: (cells: readonly string[]) => string,
  columns: HistoryMapping["columns"],
  issues: IssueList,
) {
  const tally = {
    rowsRead: 0,
    rowsRefused: 0,
    repeated: 0,
    unreadTimes: 0,
    contacts: new Map<string, QueueTally>(),
    rowsWithoutCount: 0,
    hasNoughts: false,
  };

  function of(queueId: string): QueueTally {
    let queue = tally.contacts.get(queueId);
    if (queue === undefined) {
      queue = { read: 0, refused: 0 };
      tally.contacts.set(queueId, queue);
    }
    return queue;
  }

  /** Contacts a refused row speaks of, however little else of it can be read. */
  function countRefused(cells: readonly string[]): void {
    // A row of blanks tells of nobody, in a log of contacts too.
    const isBlank = cells.every((cell) => cell.trim() === "");
    let isCounted = false;
    for (const group of groups) {
      const count = isBlank ? null : group.contacts(cells);
      if (count === null) continue;
      isCounted = true;
      of(group.queueId ?? queueOf(cells)).refused += count;
    }
    if (!isCounted) tally.rowsWithoutCount++;
  }

  return {
    result: (): RowTally => tally,
    read() {
      tally.rowsRead++;
    },
    contacts(queueId: string, count: number) {
      of(queueId).read += count;
      if (count === 0) tally.hasNoughts = true;
    },
    repeated() {
      tally.repeated++;
    },
    refuse(row: TextRow, refusal: Refusal) {
      tally.rowsRefused++;
      const { column, values } = refusal;
      const code = meaningOf(refusal, row.cells, columns);
      if (code === "import.unparsableDate" || code === "import.unparsableTime") tally.unreadTimes++;
      if (code !== "import.headerAgain") countRefused(row.cells);
      issues.add({
        code,
        severity: meant.has(code) ? "info" : "warning",
        line: row.line,
        column: columns[column]?.header ?? `#${column + 1}`,
        ...(values === undefined ? {} : { values }),
      });
    },
  };
}

/** Rows that sum others up, or repeat the header, are told from faulty ones. */
function meaningOf({ code }: Refusal, cells: readonly string[], columns: HistoryMapping["columns"]): string {
  // A header that the end of the file cuts off is one still, where any of its names is there.
  const isCut = code === "import.tooFewFields" && cells.some((cell) => cell.trim() !== "");
  if (!isCut && !/unparsable|emptyTime|emptyNumber|notANumber|repeatedInterval/.test(code)) return code;
  const isHeader = cells.every(
    (cell, index) => index >= columns.length || cell.trim() === "" || cell.trim() === columns[index].header,
  );
  if (isHeader) return "import.headerAgain";
  if (!/unparsable|emptyTime/.test(code)) return code;
  const spoken = columns.some(
    ({ role }, index) =>
      ["start", "date", "time", "queue", "dimension", "ignore"].includes(role) &&
      isTotalWord(cells[index] ?? ""),
  );
  return spoken ? "import.totalRow" : code;
}

/** Too few or too many fields, an open quote, a row of another length. */
function fieldFaults(mapping: HistoryMapping): (row: TextRow) => Refusal | null {
  const { columns } = mapping;
  const durationColumn =
    mapping.rows === "interval" ? columns.findIndex(({ role }) => role === "duration") : -1;
  const lastNeeded = columns.reduce((last, column, index) => (column.role === "ignore" ? last : index), 0);
  return ({ cells, unclosedQuote }) => {
    if (unclosedQuote) return { code: "import.unclosedQuote", column: 0 };
    const values = { fields: cells.length, expected: columns.length };
    if (cells.length <= lastNeeded) return { code: "import.tooFewFields", column: cells.length, values };
    for (let index = columns.length; index < cells.length; index++) {
      if (cells[index].trim() !== "")
        return { code: "import.tooManyFields", column: columns.length - 1, values };
    }
    if (durationColumn >= 0 && minutesOfDuration(cells[durationColumn]) !== mapping.rowMinutes) {
      const said = { text: cells[durationColumn], minutes: mapping.rowMinutes };
      return { code: "import.otherDuration", column: durationColumn, values: said };
    }
    return null;
  };
}

/** Why a row holds other rows by its time: it is longer than they are, or stands for its day; null: it holds none. */
function sumOfOthers(
  { lengthSeconds, instants: [instant] }: When,
  { rows, rowMinutes, midnightTotals }: HistoryMapping,
  timeZone: string,
): Omit<Refusal, "column"> | null {
  if (rows === "interval" && (lengthSeconds ?? 0) > rowMinutes * 60) {
    const values = { length: Math.round((lengthSeconds ?? 0) / 60), minutes: rowMinutes };
    return { code: "import.longerRow", values };
  }
  if (midnightTotals !== true) return null;
  const { minuteOfDay } = localTimeAt(instant, offsetMinutesAt(instant, timeZone));
  return minuteOfDay === 0 ? { code: "import.totalRow" } : null;
}

/** Rows that are no demand of their own: calls made from here, and sums of other rows. */
function rowsLeftOut({
  columns,
  leaveOutTotals,
  totalParts = [],
}: HistoryMapping): (cells: readonly string[]) => Refusal | null {
  const direction = columns.findIndex(({ role }) => role === "direction");
  const summed = columns.flatMap(({ role }, index) =>
    (leaveOutTotals === true || totalParts.length > 0) && (role === "queue" || role === "dimension")
      ? [index]
      : [],
  );
  const totals = new Map<string, boolean>();
  return (cells) => {
    if (direction >= 0 && !isInbound(cells[direction])) {
      return { code: "import.notOffered", column: direction, values: { text: cells[direction] } };
    }
    for (const column of summed) {
      const text = cells[column];
      let isTotal = totals.get(text);
      if (isTotal === undefined) {
        isTotal =
          (leaveOutTotals === true && isTotalWord(text)) ||
          (columns[column].role === "dimension" && totalParts.includes((text ?? "").trim()));
        totals.set(text, isTotal);
      }
      if (isTotal) return { code: "import.totalRow", column, values: { text } };
    }
    return null;
  };
}

/** Gives rows the queue of the row above where theirs is blank, as merged cells of a spreadsheet come out. */
function queueFiller({ columns, fillQueues }: HistoryMapping): (row: TextRow) => TextRow {
  const column = columns.findIndex(({ role }) => role === "queue");
  if (fillQueues !== true || column < 0) return (row) => row;
  let last = "";
  return (row) => {
    const text = row.cells[column] ?? "";
    if (text.trim() !== "") {
      if (!isTotalWord(text)) last = text;
      return row;
    }
    return { ...row, cells: row.cells.with(column, last) };
  };
}

/** Queue of a row, and what splits its rows of one time. */
interface RowQueue {
  readonly queueId: string;
  readonly dimensions: string;
}

/**
 * Queue a row speaks of: its column's or the file's, with the channel where it is not the telephone; and what splits it
 * further. Without a channel in the row, the queue's name may speak of one.
 */
function queueNames(mapping: HistoryMapping, defaultQueue: string) {
  const { columns } = mapping;
  const indexOf = (role: ColumnRole) => columns.findIndex((column) => column.role === role);
  const [queueColumn, channelColumn] = [indexOf("queue"), indexOf("channel")];
  const dimensionColumns = columns.flatMap(({ role }, index) => (role === "dimension" ? [index] : []));
  const channels = new Map<string, ChannelName>();
  const remembered = new Map<string, RowQueue>();

  function queueOf(queue: string, channel: string): RowQueue {
    const named = queue.trim() || defaultQueue;
    const queueId = /^(voice|call|phone|)$/i.test(channel) ? named : `${named} ${channel.toLowerCase()}`;
    if (!channels.has(queueId)) channels.set(queueId, channelName(channel, named, mapping));
    return { queueId, dimensions: "" };
  }

  return {
    of(cells: readonly string[]): RowQueue {
      const queue = queueColumn < 0 ? "" : (cells[queueColumn] ?? "");
      const channel = channelColumn < 0 ? "" : (cells[channelColumn] ?? "").trim();
      const key = channel === "" ? queue : `${queue}\u0001${channel}`;
      let named = remembered.get(key);
      if (named === undefined) {
        named = queueOf(queue, channel);
        remembered.set(key, named);
      }
      if (dimensionColumns.length === 0) return named;
      return { ...named, dimensions: dimensionColumns.map((index) => cells[index]).join("\u0001") };
    },
    channelOf: (queueId: string) => channels.get(queueId) ?? "voice",
  };
}

/** How contacts of a log ended, from the columns that say so, and the times they took. */
function contactFates(mapping: HistoryMapping, instantsOf: (text: string, day: number) => readonly number[]) {
  const { columns } = mapping;
  const at = (role: ColumnRole) => columns.findIndex((column) => column.role === role);
  const [outcome, answered, abandoned] = [at("outcome"), at("wasAnswered"), at("wasAbandoned")];
  const [answeredAt, endedAt] = [at("answeredAt"), at("endedAt")];
  const hasWait = at("waitSeconds") >= 0;
  const hasHandling = ["ahtSeconds", "talkSeconds", "handleTotalSeconds"].some(
    (role) => at(role as ColumnRole) >= 0,
  );
  const answerSeconds = mapping.answerWithinSeconds ?? customaryAnswerSeconds;
  const knows = [outcome, answered, abandoned, answeredAt].some((index) => index >= 0);
  const outcomes = new Map<string, ContactFate>();

  function fateOf(cells: readonly string[]): ContactFate {
    // A plain yes or no comes before a disposition, which agents give to anything.
    if (abandoned >= 0 && answerOfText(cells[abandoned]) === true) return "abandoned";
    if (answered >= 0 && answerOfText(cells[answered]) !== true) return "abandoned";
    if (outcome >= 0) {
      const text = cells[outcome];
      let fate = outcomes.get(text);
      if (fate === undefined) {
        fate = fateOfOutcome(text);
        outcomes.set(text, fate);
      }
      return fate === "abandoned" && answered >= 0 ? "answered" : fate;
    }
    if (answered >= 0 || abandoned >= 0) return "answered";
    return answeredAt >= 0 && cells[answeredAt].trim() === "" ? "abandoned" : "answered";
  }

  /** Seconds to the answer, and from there to the end, by the times in the row. */
  function withTimes(cells: readonly string[], values: RowValues, when: When): RowValues {
    const [start] = when.instants;
    const after = (index: number, from: number): number | null => {
      const [instant] = index < 0 ? [] : instantsOf(cells[index], when.day);
      if (instant === undefined) return null;
      // Past midnight a time of day is the next day's.
      if (instant >= from) return instant;
      const later = instant + 86_400 - from;
      return later >= 0 && later < 43_200 ? instant + 86_400 : null;
    };
    const answer = after(answeredAt, start);
    const end = after(endedAt, answer ?? start);
    let result = values;
    if (!hasWait && answer !== null) {
      const waited = answer - start;
      result = {
        ...result,
        waited,
        waitSeconds: waited,
        inTime: waited <= answerSeconds ? values.offered : 0,
      };
    }
    if (!hasHandling && end !== null) result = { ...result, handleSeconds: end - (answer ?? start) };
    return result;
  }

  return {
    knows,
    apply(cells: readonly string[], values: RowValues, when: When): RowValues | Refusal {
      const timed = answeredAt >= 0 || endedAt >= 0 ? withTimes(cells, values, when) : values;
      if (!knows) return timed;
      const column = Math.max(outcome, 0);
      const elsewhere: Refusal = { code: "import.notOffered", column, values: { text: cells[column] } };
      return withFate(timed, fateOf(cells)) ?? elsewhere;
    },
  };
}

/** Finds contacts that are there twice by their number and time, and counts those whose number comes again at another. */
function contactIds(column: number, areLegs: boolean) {
  if (column < 0) return null;
  const instants = new Map<string, number>();
  let repeated = 0;
  const identify = (cells: readonly string[], when: When): Refusal | null => {
    const id = cells[column].trim();
    if (id === "") return null;
    const before = instants.get(id);
    if (before === undefined) {
      instants.set(id, when.instants[0]);
      return null;
    }
    if (before === when.instants[0] && !areLegs)
      return { code: "import.repeatedContact", column, values: { text: id } };
    repeated++;
    return null;
  };
  return Object.assign(identify, { repeated: () => repeated });
}

/** Where a contact was written whose number comes again; null: it has not been there. */
function firstLegs(column: number) {
  const first = new Map<string, Written>();
  return {
    firstOf(cells: readonly string[], [written]: readonly Written[]): Written | null {
      const id = (cells[column] ?? "").trim();
      const before = first.get(id) ?? null;
      if (before === null && id !== "") first.set(id, written);
      return before;
    },
  };
}

/** Seconds from creation to resolution, null while a ticket is open. */
function resolutionOf(
  text: string,
  when: When,
  instantsOf: (text: string, day: number) => readonly number[],
): { readonly seconds: number } | Refusal | null {
  if (text.trim() === "") return null;
  const [resolved] = instantsOf(text, when.day);
  const [created] = when.instants;
  if (resolved !== undefined && resolved >= created) return { seconds: resolved - created };
  const code = resolved === undefined ? "import.unparsableDate" : "import.resolvedBeforeCreated";
  return { code, column: 0, values: { text } };
}

function channelName(text: string, queue: string, mapping: HistoryMapping): ChannelName {
  if (mapping.layout === "ticketLog" || /mail|task|ticket|case|deferred|callback/i.test(text))
    return "deferred";
  if (text === "") return channelOfName(queue) ?? "voice";
  return /chat|message|messaging|sms|whatsapp/i.test(text) ? "chat" : "voice";
}
