import type { Issue } from "../../domain/outcome.ts";
import { type ClockReading, type TimeForm, timeForms } from "../../files/clock-cells.ts";
import type { ColumnUse } from "./layouts.ts";
import type { GivenReading, Question } from "./questions.ts";
import { isTotalWord } from "./read-header.ts";
import { type Column, timeFormsOf } from "./recognise-moments.ts";

/** Columns that make several rows of one time and queue, beside those that are known to. */
export interface RowSplit {
  readonly dimensions: readonly number[];
  readonly questions: readonly Question[];
  readonly notes: readonly Issue[];
}

/** So few repetitions are slips of the export; they are refused row by row. */
const slips = 0.02;

/**
 * Why rows of counts repeat their times: a column that splits them (region, agent, language) is found and added up, and a
 * column of numbers may be the time that was looked for. What nothing explains is asked about.
 */
export function splitOfRows(input: {
  readonly columns: readonly Column[];
  readonly uses: readonly ColumnUse[];
  readonly readings: readonly (ClockReading | null)[];
  readonly rows: readonly (readonly string[])[];
  readonly given: GivenReading;
}): RowSplit | null {
  const { columns, uses, readings, rows, given } = input;
  const at = (...roles: readonly ColumnUse["role"][]) =>
    uses.flatMap(({ role }, index) => (roles.includes(role) ? [index] : []));
  const known = at("queue", "channel", "direction", "dimension");
  const [count = -1] = at("offered", "handled");
  const rest = distinctRows(
    readings,
    rows,
    at("start", "date", "time", "queue", "channel", "dimension"),
    count,
  );
  const before = repeatedShare(rest, known);
  const repeated = Math.round(before * rest.length);
  if (before <= slips || repeated < 2 || (before < 0.1 && (repeated < 4 || areOfOneDate(rest, known))))
    return null;
  const freeColumns = columns.filter(({ index }) => uses[index].role === "ignore");
  const words = freeColumns.filter(
    ({ profile }) => profile.numbers === null && profile.kind !== "blank" && profile.distinct > 1,
  );
  const inRows = words.find(({ profile }) => profile.measureNames >= 2);
  if (inRows !== undefined) {
    const values = { column: inRows.header, names: inRows.profile.examples.join(", ") };
    const question: Question = {
      about: "columns",
      code: "import.measuresInRows",
      severity: "error",
      column: inRows.header,
      values,
      choices: [],
    };
    return { dimensions: [], questions: [question], notes: [] };
  }
  const byWords = explain(rest, known, words);
  if (byWords !== null) {
    const values = {
      columns: byWords.map(({ header }) => header).join(", "),
      sample: byWords[0].profile.examples.filter((text) => !isTotalWord(text)).join(", "),
    };
    const dimensions = byWords.map(({ index }) => index);
    if (byWords.length > 1 || given.columns?.some(({ header }) => header === byWords[0].header) === true) {
      const note: Issue = { code: "import.rowsSummed", severity: "info", column: byWords[0].header, values };
      return { dimensions, questions: [], notes: [note] };
    }
    const { header } = byWords[0];
    const question: Question = {
      about: "columns",
      code: "import.rowsSummed",
      // Texts that look like times of day are hardly places or teams.
      severity: areLikeTimes(byWords[0]) ? "error" : "warning",
      column: header,
      values,
      choices: (["dimension", "queue"] as const).map((role) => ({
        name: role,
        given: { columns: [{ role, header }] },
      })),
    };
    return { dimensions, questions: [question], notes: [] };
  }
  if (repeated < 4) return null;
  const numbers = freeColumns.filter(({ profile }) => profile.numbers !== null && profile.distinct > 1);
  const byNumbers = explain(rest, known, [...words, ...numbers]);
  if (given.sumRepeats !== undefined) {
    return { dimensions: (byNumbers ?? []).map(({ index }) => index), questions: [], notes: [] };
  }
  const column = byNumbers?.find(({ profile }) => profile.numbers !== null);
  const asTimes = column === undefined ? [] : timesOfColumn(column, rows);
  const question: Question = {
    about: asTimes.length > 0 ? "columns" : "sumRepeats",
    code: column === undefined ? "import.askRepeats" : "import.askSplit",
    severity: "error",
    ...(column === undefined ? {} : { column: column.header }),
    values: {
      percent: Math.round(before * 100),
      ...(column === undefined ? {} : { sample: column.profile.examples.join(", ") }),
    },
    choices: [
      ...asTimes.map((times) => ({
        name: times,
        given: { times, columns: [{ role: "time" as const, header: column?.header ?? "" }] },
      })),
      { name: "sum", given: { sumRepeats: true } },
      { name: "contact", given: { rows: "contact" as const } },
    ],
  };
  return { dimensions: (byNumbers ?? []).map(({ index }) => index), questions: [question], notes: [] };
}

interface Keyed {
  readonly time: string;
  readonly cells: readonly string[];
}

/** Rows with a count by their time, each different row once: a row that is there twice as it is was exported twice. */
function distinctRows(
  readings: readonly (ClockReading | null)[],
  rows: readonly (readonly string[])[],
  spoken: readonly number[],
  count: number,
): Keyed[] {
  const seen = new Set<string>();
  return readings.flatMap((reading, at) => {
    const whole = rows[at].join("\u0001");
    const isCounted = count < 0 || /^[\s\d.,']+$/.test(rows[at][count] ?? "");
    if (
      reading === null ||
      !isCounted ||
      seen.has(whole) ||
      spoken.some((index) => isTotalWord(rows[at][index] ?? ""))
    )
      return [];
    seen.add(whole);
    return [{ time: `${reading.day} ${reading.secondOfDay} ${reading.offsetMinutes}`, cells: rows[at] }];
  });
}

/** Whether all repetitions are of one date, as those of the hours that come twice in autumn. */
function areOfOneDate(rows: readonly Keyed[], columns: readonly number[]): boolean {
  const seen = new Set<string>();
  const dates = new Set<string>();
  for (const { time, cells } of rows) {
    const key = [time, ...columns.map((index) => cells[index])].join("\u0001");
    if (seen.has(key)) dates.add(time.split(" ")[0]);
    seen.add(key);
  }
  return dates.size === 1;
}

function repeatedShare(rows: readonly Keyed[], columns: readonly number[]): number {
  const keys = new Set(
    rows.map(({ time, cells }) => [time, ...columns.map((index) => cells[index])].join("\u0001")),
  );
  return 1 - keys.size / Math.max(1, rows.length);
}

/** The fewest of some columns, taken one after the other by what they explain, that leave no repetitions; null: none do. */
function explain(
  rows: readonly Keyed[],
  known: readonly number[],
  columns: readonly Column[],
): Column[] | null {
  const chosen: Column[] = [];
  let share = repeatedShare(rows, known);
  while (share > slips) {
    let best: { column: Column; share: number } | null = null;
    for (const column of columns) {
      if (chosen.includes(column)) continue;
      const left = repeatedShare(rows, [...known, ...chosen.map(({ index }) => index), column.index]);
      if (best === null || left < best.share) best = { column, share: left };
    }
    if (best === null || best.share >= share) return null;
    chosen.push(best.column);
    share = best.share;
  }
  return chosen;
}

function areLikeTimes({ profile }: Column): boolean {
  return profile.examples.every((text) => /(^|\D)\d{1,2}\s?[:.h]\s?\d{2}(\D|$)/i.test(text));
}

/** Forms in which a column of whole numbers may be the time of day. */
function timesOfColumn(column: Column, rows: readonly (readonly string[])[]): TimeForm[] {
  const { numbers } = column.profile;
  if (numbers === null || numbers.least < 0 || numbers.most > 86_400 || column.profile.distinct < 4)
    return [];
  return timeFormsOf(column, rows)
    .filter((form) => form !== "clock" && timeForms.includes(form))
    .slice(0, 3);
}
