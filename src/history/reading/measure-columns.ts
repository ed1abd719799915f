import { parseDuration, parseNumber } from "../../files/cell-values.ts";
import type { ColumnRole, HistoryMapping } from "./layouts.ts";

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

/** Why a row is refused: an issue's code, the column it is about, and what its sentence needs. */
export interface Refusal {
  readonly code: string;
  readonly column: number;
  readonly values?: Readonly<Record<string, string | number>>;
}

/** Where the mapping does not say, contacts are in time that waited so long at most. */
export const customaryAnswerSeconds = 20;

/** What a row says of one queue; `waited` only of a contact whose wait is known. */
export type RowValues = Record<Measure, number> & { readonly waited?: number };

/** How a logged contact ended; null: it never reached the queue and is not demand. */
export function fateOf(outcome: string, { waited }: RowValues): Partial<RowValues> | null {
  const text = outcome.trim();
  if (/phantom|test|internal/i.test(text)) return null;
  if (/hang|hung|abandon|lost|missed|no ?answer|aufgelegt|放弃/i.test(text)) {
    // Somebody who hung up without having waited left in the voice menu.
    return waited === 0 ? null : { handled: 0, abandoned: 1, handleSeconds: 0, waitSeconds: 0, inTime: 0 };
  }
  return { handled: 1, abandoned: 0 };
}

/** Columns whose numbers are read, in the order in which a row's faults are named: amounts and shares, and times. */
const amounts = ["offered", "handled", "abandoned", "blocked"] as const;
const durations = [
  "ahtSeconds",
  "talkSeconds",
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
  readonly parse: typeof parseNumber;
  /** An empty cell is a fault. */
  readonly required: boolean;
}

/** Reads the numbers of one queue out of a row. */
export interface MeasureGroup {
  /** null: the row's queue column, or the default queue. */
  readonly queueId: string | null;
  readonly measures: ReadonlySet<Measure>;
  /** null: the row says nothing of this queue. */
  read(cells: readonly string[]): RowValues | Refusal | null;
}

/** One reader of numbers per queue that a row speaks of: one for most layouts, several where queues stand side by side. */
export function measureGroups(mapping: HistoryMapping, defaultQueue: string): MeasureGroup[] {
  const names = new Set(
    mapping.columns
      .filter(({ role }) => role === "offered" || role === "handled")
      .map(({ queueId }) => queueId),
  );
  if (names.size === 0) names.add(null);
  return [...names].map((name) => measureGroup(mapping, name, names.size > 1 || name !== null, defaultQueue));
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
  const required: NumberRole | null = has("offered") ? (isWide ? null : "offered") : "handled";
  const columnsOf = (roles: readonly NumberRole[], parse: typeof parseNumber): NumberColumn[] =>
    roles
      .filter((role) => has(role))
      .map((role) => ({ role, index: indexOf(role), parse, required: role === required }));
  const columns = [
    ...columnsOf(amounts, parseNumber),
    ...columnsOf(durations, parseDuration),
    ...columnsOf(services, parseNumber),
  ];

  const isContact = mapping.rows === "contact";
  const hasTime = has("ahtSeconds", "talkSeconds", "handleTotalSeconds", "talkTotalSeconds");
  const hasWait = isContact ? has("waitSeconds") : has("asaSeconds", "waitTotalSeconds");
  const measured = new Set<Measure>(["offered"]);
  if (has("handled") || hasTime) measured.add("handled");
  if (has("abandoned")) measured.add("abandoned");
  if (hasTime) measured.add("handleSeconds");
  if (hasWait) measured.add("waitSeconds");
  if (isContact ? hasWait : has("inTime", "serviceLevel")) measured.add("inTime");

  const answerSeconds = mapping.answerWithinSeconds ?? customaryAnswerSeconds;
  return {
    queueId: isWide ? (name ?? defaultQueue) : null,
    measures: measured,
    read(cells) {
      const numbers = numbersOf(cells, columns, mapping.decimal);
      if ("code" in numbers) return numbers;
      if (isContact) return contactValues(numbers, answerSeconds);
      return isWide && numbers.offered === undefined ? null : intervalValues(numbers, hasTime);
    },
  };
}

/** The first fault of a row decides. */
function numbersOf(
  cells: readonly string[],
  columns: readonly NumberColumn[],
  decimal: HistoryMapping["decimal"],
): RowNumbers | Refusal {
  const numbers: RowNumbers = {};
  for (const { role, index, parse, required } of columns) {
    const text = cells[index].trim();
    if (text === "" || text === "-" || text === "—") {
      if (required) return { code: "import.emptyNumber", column: index };
      continue;
    }
    const value = parse(text, decimal);
    if (value === null) return { code: "import.notANumber", column: index, values: { text } };
    if (value < 0) return { code: "import.negativeNumber", column: index, values: { text } };
    numbers[role] = value;
  }
  return numbers;
}

function contactValues(row: RowNumbers, answerSeconds: number): RowValues {
  const talk = row.talkSeconds ?? row.talkTotalSeconds ?? row.ahtSeconds ?? 0;
  const handleSeconds = row.handleTotalSeconds ?? talk + (row.acwSeconds ?? row.acwTotalSeconds ?? 0);
  const values = { offered: 1, handled: 1, abandoned: 0, handleSeconds, redials: 0 };
  const waited = row.waitSeconds;
  if (waited === undefined) return { ...values, waitSeconds: 0, inTime: 0 };
  return { ...values, waitSeconds: waited, inTime: waited <= answerSeconds ? 1 : 0, waited };
}

function intervalValues(row: RowNumbers, hasTime: boolean): RowValues {
  const { abandoned = 0, blocked = 0, serviceLevel = 0 } = row;
  const offered = row.offered ?? (row.handled ?? 0) + abandoned + blocked;
  const handled = row.handled ?? Math.max(0, offered - abandoned - blocked);
  const talk = row.talkSeconds;
  const perContact = row.ahtSeconds ?? (talk === undefined ? undefined : talk + (row.acwSeconds ?? 0));
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
