import { parseDuration, parseNumber } from "../../files/cell-values.ts";
import type { ContactFate } from "./contact-fates.ts";
import type { ColumnRole, ColumnUse, HistoryMapping } from "./layouts.ts";
import type { Refusal } from "./row-refusal.ts";
import type { ColumnTime } from "./row-times.ts";

/** What is summed per interval. */
export const measures = [
  "offered",
  "handled",
  "abandoned",
  "handleSeconds",
  "waitSeconds",
  "inTime",
  "redials",
] as const;
export type Measure = (typeof measures)[number];

/** Where the mapping does not say, contacts are in time that waited so long at most. */
export const customaryAnswerSeconds = 20;

/** What a row says of one queue; `waited` only of a contact whose wait is known. */
export type RowValues = Record<Measure, number> & { readonly waited?: number };

/** What a logged contact counts as by how it ended; null: it never reached the queue and is not demand. */
export function withFate(values: RowValues, fate: ContactFate): RowValues | null {
  if (fate === "elsewhere") return null;
  if (fate === "answered") return { ...values, handled: values.offered, abandoned: 0 };
  // Somebody who hung up without having waited left in the voice menu.
  if (values.waited === 0) return null;
  return { ...values, handled: 0, abandoned: values.offered, handleSeconds: 0, waitSeconds: 0, inTime: 0 };
}

/** Columns whose numbers are read, in the order in which a row's faults are named: amounts and shares, and times. */
const amounts = ["offered", "handled", "abandoned", "blocked"] as const;
const durations = [
  "ahtSeconds",
  "talkSeconds",
  "holdSeconds",
  "acwSeconds",
  "handleTotalSeconds",
  "talkTotalSeconds",
  "acwTotalSeconds",
  "waitSeconds",
  "asaSeconds",
  "waitTotalSeconds",
] as const;
const services = ["serviceLevel", "inTime"] as const;
type NumberRole = (typeof amounts | typeof durations | typeof services)[number];

/** Numbers of one queue in one row, by role; absent where there is no column or the cell is empty. */
type RowNumbers = Partial<Record<NumberRole, number>>;

/** A column of numbers of one queue. */
interface NumberColumn {
  readonly role: NumberRole;
  readonly index: number;
  /** A number, or a duration in seconds. */
  parse(text: string): number | null;
  /** An empty cell is a fault. */
  readonly required: boolean;
}

/** Reads the numbers of one queue out of a row. */
export interface MeasureGroup {
  /** null: the row's queue column, or the default queue. */
  readonly queueId: string | null;
  readonly measures: ReadonlySet<Measure>;
  /** Measures whose counts run on from row to row. */
  readonly running?: ReadonlySet<Measure>;
  /** Where the columns themselves say the time of the day or the date; absent: the row does. */
  readonly at?: ColumnTime;
  /** Contacts offered, however little else of the row can be read; null: no number of them can be. */
  contacts(cells: readonly string[]): number | null;
  /** null: the row says nothing of this queue. */
  read(cells: readonly string[]): RowValues | Refusal | null;
}

/** One reader of numbers per queue that a row speaks of: one for most layouts, several where queues stand side by side. */
export function measureGroups(mapping: HistoryMapping, defaultQueue: string): MeasureGroup[] {
  const across = mapping.columns.filter(
    ({ minute, date, weekday }) => minute !== undefined || date !== undefined || weekday !== undefined,
  );
  if (across.length > 0) return across.map((column) => acrossGroup(mapping, column));
  const names = new Set(
    mapping.columns
      .filter(({ role }) => role === "offered" || role === "handled")
      .map(({ queueId }) => queueId),
  );
  if (names.size === 0) names.add(null);
  return [...names].map((name) => measureGroup(mapping, name, names.size > 1 || name !== null, defaultQueue));
}

/** Counts of one time of the day, or of one date, in a column of its own; an empty cell says nothing. */
function acrossGroup(mapping: HistoryMapping, column: ColumnUse): MeasureGroup {
  const index = mapping.columns.indexOf(column);
  const { minute, date, weekday } = column;
  const numbers = [numberColumn(mapping, index, null)];
  return {
    queueId: null,
    measures: new Set<Measure>(["offered"]),
    at: {
      ...(minute === undefined ? {} : { minute }),
      ...(date === undefined ? {} : { date }),
      ...(weekday === undefined ? {} : { weekday }),
    },
    contacts: (cells) => contactsOf(cells, numbers),
    read(cells) {
      const row = numbersOf(cells, numbers);
      if ("code" in row) return row;
      return row.offered === undefined ? null : intervalValues(row, false);
    },
  };
}

function numberColumn(mapping: HistoryMapping, index: number, required: NumberRole | null): NumberColumn {
  const { role, unit, counting } = mapping.columns[index];
  const { decimal } = mapping;
  const countOf = (text: string) => {
    const value = parseNumber(text, decimal);
    return value === null || counting !== "thousands" ? value : Math.round(value * 1e9) / 1e6;
  };
  return {
    role: role as NumberRole,
    index,
    parse: role.endsWith("Seconds") ? (text) => parseDuration(text, decimal, unit) : countOf,
    required: role === required,
  };
}

/** @param isWide queues stand side by side: a queue whose cell is empty has no row there */
function measureGroup(
  mapping: HistoryMapping,
  name: string | null,
  isWide: boolean,
  defaultQueue: string,
): MeasureGroup {
  const indexOf = (role: ColumnRole) =>
    mapping.columns.findIndex((column) => column.role === role && column.queueId === name);
  const has = (...roles: readonly ColumnRole[]) => roles.some((role) => indexOf(role) >= 0);
  /** The answered and the abandoned may be given in parts. */
  const indicesOf = (role: ColumnRole) =>
    mapping.columns
      .flatMap((column, index) => (column.role === role && column.queueId === name ? [index] : []))
      .slice(0, role === "handled" || role === "abandoned" ? undefined : 1);
  const required: NumberRole | null = has("offered") ? (isWide ? null : "offered") : "handled";
  const isContact = mapping.rows === "contact";
  const columns = [...amounts, ...durations, ...services]
    .flatMap((role) => indicesOf(role))
    .map((index) => numberColumn(mapping, index, isContact ? null : required));

  const hasFate = has("outcome", "wasAnswered", "wasAbandoned", "answeredAt");
  const hasTime =
    (isContact && has("endedAt")) ||
    has("ahtSeconds", "talkSeconds", "handleTotalSeconds", "talkTotalSeconds");
  const hasWait = isContact ? has("waitSeconds", "answeredAt") : has("asaSeconds", "waitTotalSeconds");
  const measured = new Set<Measure>(["offered"]);
  if (has("handled") || hasTime || (isContact && hasFate)) measured.add("handled");
  if (has("abandoned") || (isContact && hasFate)) measured.add("abandoned");
  if (hasTime) measured.add("handleSeconds");
  if (hasWait) measured.add("waitSeconds");
  if (isContact ? hasWait : has("inTime", "serviceLevel")) measured.add("inTime");

  const answerSeconds = mapping.answerWithinSeconds ?? customaryAnswerSeconds;
  const counts = columns.filter(({ role }) =>
    has("offered") ? role === "offered" : ["handled", "abandoned", "blocked"].includes(role),
  );
  const runs = (role: ColumnRole) => mapping.columns[indexOf(role)]?.counting === "running";
  const running = new Set<Measure>();
  if (has("offered") ? runs("offered") : runs("handled") || runs("abandoned")) running.add("offered");
  if (has("handled") ? runs("handled") : running.has("offered")) running.add("handled");
  if (runs("abandoned")) running.add("abandoned");
  return {
    queueId: isWide ? (name ?? defaultQueue) : null,
    measures: measured,
    running,
    contacts: (cells) =>
      // What a refused row adds to a running count is not known; of queues side by side only the offered are counted.
      running.size > 0 || (isWide && !has("offered"))
        ? null
        : isContact && !has("offered")
          ? 1
          : contactsOf(cells, counts),
    read(cells) {
      const numbers = numbersOf(cells, columns);
      if ("code" in numbers) return numbers;
      if (isContact) return contactValues(numbers, answerSeconds);
      return isWide && numbers.offered === undefined ? null : intervalValues(numbers, hasTime);
    },
  };
}

/** Sum of the columns that make up the contacts offered, of those that can be read. */
function contactsOf(cells: readonly string[], columns: readonly NumberColumn[]): number | null {
  let sum: number | null = null;
  for (const { index, parse } of columns) {
    const value = parse((cells[index] ?? "").trim());
    if (value !== null && value >= 0 && value <= largest) sum = (sum ?? 0) + value;
  }
  return sum;
}

/** The first fault of a row decides. */
function numbersOf(cells: readonly string[], columns: readonly NumberColumn[]): RowNumbers | Refusal {
  const numbers: RowNumbers = {};
  for (const { role, index, parse, required } of columns) {
    const text = cells[index].trim();
    if (text === "" || text === "-" || text === "—") {
      if (required) return { code: "import.emptyNumber", column: index };
      continue;
    }
    const value = parse(text);
    if (value === null) {
      if (!required && role !== "offered" && isNoNumber(text)) continue;
      return { code: "import.notANumber", column: index, values: { text } };
    }
    if (value < 0) return { code: "import.negativeNumber", column: index, values: { text } };
    if (value > largest) return { code: "import.tooLarge", column: index, values: { text } };
    numbers[role] = (numbers[role] ?? 0) + value;
  }
  return numbers;
}

/** More contacts, or seconds, than any row of any file holds. */
const largest = 1e10;

/** How spreadsheets and databases write that there is no figure: the mean of no contacts, say. */
function isNoNumber(text: string): boolean {
  return /^(nan|n\/?a|null|none|nil|[-+]?inf(inity)?|#(div\/0!|n\/a|value!|num!|null!)|\.|\?|--+|–|k\.?\s?a\.?|s\/d|n\/d)$/i.test(
    text,
  );
}

function contactValues(row: RowNumbers, answerSeconds: number): RowValues {
  const talk = row.talkSeconds ?? row.talkTotalSeconds ?? row.ahtSeconds ?? 0;
  const { holdSeconds = 0, offered = 1 } = row;
  const handleSeconds =
    row.handleTotalSeconds ?? talk + holdSeconds + (row.acwSeconds ?? row.acwTotalSeconds ?? 0);
  // Nobody spoke with a contact whose times are there and nought.
  const times = [row.handleTotalSeconds, row.talkSeconds, row.talkTotalSeconds, row.ahtSeconds];
  const isUnhandled = handleSeconds === 0 && times.some((seconds) => seconds === 0);
  const handled = isUnhandled ? 0 : offered;
  const values = { offered, handled, abandoned: 0, handleSeconds, redials: 0 };
  const waited = row.waitSeconds;
  if (waited === undefined) return { ...values, waitSeconds: 0, inTime: 0 };
  return { ...values, waitSeconds: waited, inTime: waited <= answerSeconds ? 1 : 0, waited };
}

function intervalValues(row: RowNumbers, hasTime: boolean): RowValues {
  const { abandoned = 0, blocked = 0, serviceLevel = 0 } = row;
  const offered = row.offered ?? (row.handled ?? 0) + abandoned + blocked;
  const handled = row.handled ?? Math.max(0, offered - abandoned - blocked);
  const talk = row.talkSeconds;
  const { holdSeconds = 0, acwSeconds = 0 } = row;
  const perContact = row.ahtSeconds ?? (talk === undefined ? undefined : talk + holdSeconds + acwSeconds);
  const talkTotal = row.talkTotalSeconds;
  const total =
    row.handleTotalSeconds ?? (talkTotal === undefined ? undefined : talkTotal + (row.acwTotalSeconds ?? 0));
  return {
    offered,
    handled: total === undefined && perContact === undefined && hasTime ? 0 : handled,
    abandoned,
    handleSeconds: total ?? (perContact ?? 0) * handled,
    waitSeconds: row.waitTotalSeconds ?? (row.asaSeconds ?? 0) * handled,
    // A share is written 0.76, 76 or 76 %; of what, reports do not say: taken as of the offered.
    inTime: Math.min(offered, row.inTime ?? offered * (serviceLevel > 1 ? serviceLevel / 100 : serviceLevel)),
    redials: 0,
  };
}
