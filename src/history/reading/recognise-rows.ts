import type { ClockReading } from "../../files/clock-cells.ts";
import type { ColumnRole, HistoryMapping } from "./layouts.ts";
import { isNamedLikeQueue } from "./parts-of-total.ts";
import type { Choice, GivenReading, Question } from "./questions.ts";
import { isRunningNumber, mayBeCounts, type NamedRole, roleByName } from "./recognise-measures.ts";
import type { Column } from "./recognise-moments.ts";
import type { RowTiming } from "./row-timing.ts";

/** What a row is, and the column that was taken for the count by what it holds. */
export interface RowKind {
  readonly rows: HistoryMapping["rows"];
  /** Column of contacts offered where no name says so. */
  readonly guessedCount: Column | null;
  /** Why rows are contacts, where their names do not say: an example of times on no grid, or of many at one time. */
  readonly contactsBecause: "scattered" | "repeated" | null;
  /** Times come more than once, or are on no grid. */
  readonly timesRepeat: boolean;
  /** Columns that only a log of contacts has: outcome, caller, agent … */
  readonly logSigns: number;
  readonly question: Question | null;
}

/** Roles by column for counts or for contacts; a role may have several claimants. */
export function rolesByName(
  columns: readonly Column[],
  taken: ReadonlySet<number>,
  contacts: boolean,
  timesRepeat: boolean,
) {
  const roles = new Map<number, NamedRole>();
  for (const column of columns) {
    const role = taken.has(column.index) ? null : roleByName(column, contacts, timesRepeat);
    if (role !== null) roles.set(column.index, role);
  }
  return roles;
}

const logRoles: ReadonlySet<ColumnRole> = new Set([
  "outcome",
  "contactId",
  "caller",
  "direction",
  "wasAnswered",
  "wasAbandoned",
]);

/** Below this share, rows of one time are slips, or the hour that comes twice in autumn. */
const fewRepeats = 0.02;
/** Above this share, rows are no counts of a time each. */
const manyRepeats = 0.1;

/**
 * Whether a row is a contact, an interval or a day: by the names of its columns, by whether rows lie on a grid of time, and
 * by whether what would be the counts makes sense. A question where names, times and numbers leave two answers.
 */
export function recogniseRows(input: {
  readonly columns: readonly Column[];
  readonly moments: ReadonlyMap<number, ColumnRole>;
  readonly timing: RowTiming;
  readonly readings: readonly (ClockReading | null)[];
  readonly rows: readonly (readonly string[])[];
  readonly given: GivenReading;
}): RowKind {
  const { columns, moments, timing, given } = input;
  const repeated = shareRepeated(columns, moments, input.readings, input.rows);
  const timesRepeat = timing.kind === "scattered" || repeated > manyRepeats;
  const givenRoles = new Map((given.columns ?? []).map(({ role, header }) => [header, role]));
  const taken = new Set(moments.keys());
  const named = rolesByName(columns, taken, false, timesRepeat);
  const offered = [...named.values()].filter(({ role }) => role === "offered");
  const strength = Math.max(0, ...offered.map((one) => one.strength));
  const handled = [...named].some(
    ([index, { role }]) =>
      role === "handled" && (columns.find((one) => one.index === index)?.profile.numbers?.most ?? 0) > 1,
  );
  const isGiven = ["offered", "handled"].some((role) =>
    [...givenRoles.values()].includes(role as ColumnRole),
  );
  const namedCounts = strength >= 2 || handled || isGiven;
  const logNames = [...rolesByName(columns, taken, true, timesRepeat).values()].map(({ role }) => role);
  const log = logNames.filter((role) => logRoles.has(role)).length;
  const agents = columns.some(({ name, index }) => name.concepts.has("agent") && !taken.has(index));
  const momentRoles = [...moments.values()];
  const logSigns =
    log +
    (agents ? 1 : 0) +
    momentRoles.filter((role) => role === "resolved" || role === "answeredAt").length;
  const isLog = logNames.includes("contactId") || logNames.includes("caller") || !isSchedule(input);
  const made = (change: Partial<RowKind>): RowKind => ({
    rows: timing.kind === "dates" ? "day" : "interval",
    guessedCount: null,
    contactsBecause: null,
    timesRepeat,
    logSigns,
    question: null,
    ...change,
  });
  if (given.rows === "contact") return made({ rows: "contact" });
  if (given.rows === undefined) {
    if (timing.kind === "scattered")
      return made({ rows: "contact", contactsBecause: logSigns > 1 ? null : "scattered" });
    if (!namedCounts && isLog && logSigns > 0 && (logSigns > 1 || strength === 0))
      return made({ rows: "contact" });
  } else if (namedCounts) return made({ rows: given.rows });
  if (namedCounts) return made({});
  return byContent(input, named, { strength, repeated, isLog }, made);
}

/**
 * Whether rows follow each other like those of a timetable: one at each time (of a queue, a site or a channel), and the times
 * a step apart. Contacts do not come like that: without a number of each, such rows are figures of intervals or of days.
 */
function isSchedule({ columns, moments, timing, readings, rows }: Parameters<typeof recogniseRows>[0]) {
  const parts = columns.filter(({ index, name: { concepts } }) => {
    const isPart = concepts.has("queue") || concepts.has("channel") || concepts.has("part");
    return isPart && !moments.has(index);
  });
  const isEven = timing.kind !== "scattered" && timing.evenness > 0.8;
  return isEven && shareOfSame(readings, rows, parts) < fewRepeats;
}

/** No name says what is counted: the columns of numbers that may be counts, and whether rows repeat their times. */
function byContent(
  { columns, moments, timing, given: { rows: givenRows } }: Parameters<typeof recogniseRows>[0],
  named: ReadonlyMap<number, NamedRole>,
  { strength, repeated, isLog }: { strength: number; repeated: number; isLog: boolean },
  made: (change: Partial<RowKind>) => RowKind,
): RowKind {
  const numeric = columns.filter(({ index, profile }) => !moments.has(index) && profile.numbers !== null);
  const isFree = ({ index }: Column) => [undefined, "offered"].includes(named.get(index)?.role);
  // Where one column is called like a queue, others may be queues too: Sales, Service.
  const besideQueue = numeric.some((column) => isFree(column) && column.name.concepts.has("queue"));
  const free = numeric.filter((column) => isFree(column) || (besideQueue && isNamedLikeQueue(column)));
  const weak = free.filter(
    ({ index, profile }) => named.get(index)?.role === "offered" && !isRunningNumber(profile),
  );
  const plausible = free.filter(({ profile }) => mayBeCounts(profile));
  const asContacts: Choice = { name: "contact", given: { rows: "contact" } };
  const kind = timing.kind === "dates" ? "day" : "interval";
  const asCounts = (column: Column): Choice => ({
    name: column.header,
    given: { rows: kind, columns: [{ role: "offered", header: column.header }] },
  });
  if (weak.length === 1 && strength > 0 && repeated < fewRepeats)
    return made({ rows: givenRows ?? kind, guessedCount: weak[0] });
  const whole = plausible.filter(({ profile }) => profile.numbers?.whole === true);
  const candidates = whole.length === 1 ? whole : plausible;
  if (candidates.length === 0) {
    const ids = columns.some(({ profile }) => isRunningNumber(profile));
    if (givenRows === undefined && isLog && (repeated > manyRepeats || ids))
      return made({ rows: "contact", contactsBecause: "repeated" });
    const question: Question = {
      about: "rows",
      code: "import.noCountColumn",
      severity: "error",
      values: isLog ? {} : { option: "--columns offered=…" },
      choices: isLog ? [asContacts] : [],
    };
    return made({ question });
  }
  if (candidates.length === 1 && repeated < fewRepeats)
    return made({ rows: givenRows ?? kind, guessedCount: candidates[0] });
  const list = candidates.slice(0, 6);
  const question: Question = {
    about: candidates.length === 1 ? "rows" : "columns",
    code: repeated < fewRepeats ? "import.askCount" : "import.askRows",
    severity: "error",
    column: list[0].header,
    values: {
      columns: list.map(({ header }) => header).join(", "),
      sample: list[0].profile.examples.join(", "),
      repeated: Math.round(repeated * 100),
    },
    choices:
      repeated < fewRepeats
        ? [...list.map(asCounts), ...(list.length > 1 ? [asQueues(list, kind)] : []), asContacts]
        : [asContacts, ...list.map(asCounts)],
  };
  return made({ rows: givenRows ?? kind, guessedCount: candidates[0], question });
}

function asQueues(columns: readonly Column[], rows: HistoryMapping["rows"]): Choice {
  return {
    name: columns.map(({ header }) => header).join(", "),
    given: { rows, columns: columns.map(({ header }) => ({ role: "offered" as const, header })) },
  };
}

/** Share of rows whose time was there before, rows that differ in a word not counted. */
function shareRepeated(
  columns: readonly Column[],
  moments: ReadonlyMap<number, ColumnRole>,
  readings: readonly (ClockReading | null)[],
  rows: readonly (readonly string[])[],
): number {
  const words = columns.filter(({ index, profile }) => !moments.has(index) && profile.numbers === null);
  return shareOfSame(readings, rows, words);
}

/** Share of rows whose time was there before with the same cells in some columns. */
function shareOfSame(
  readings: readonly (ClockReading | null)[],
  rows: readonly (readonly string[])[],
  columns: readonly Column[],
): number {
  const seen = new Set<string>();
  let repeated = 0;
  for (const [at, reading] of readings.entries()) {
    if (reading === null) continue;
    const cells = columns.map(({ index }) => rows[at][index] ?? "");
    const key = [reading.day, reading.secondOfDay, ...cells].join("\u0001");
    if (seen.has(key)) repeated++;
    seen.add(key);
  }
  return repeated / Math.max(1, readings.length);
}
