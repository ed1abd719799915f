import type { Issue } from "../../domain/outcome.ts";
import type { DecimalMark, DurationUnit } from "../../files/cell-values.ts";
import type { DateOrder, TimeForm, WeekNumbering } from "../../files/clock-cells.ts";
import type { ColumnRole, HistoryMapping } from "./layouts.ts";

/** What a person has said of a file, before or after being asked; the rest is recognised. */
export interface GivenReading {
  readonly rows?: HistoryMapping["rows"];
  /** Columns by their header, or as `#3`; several may be `offered`, each is then a queue of its own. */
  readonly columns?: readonly GivenColumn[];
  readonly dateOrder?: DateOrder;
  readonly decimal?: DecimalMark;
  readonly times?: TimeForm;
  /** What the numbers of handle times count, whatever their headers say. */
  readonly handleTimeUnit?: DurationUnit;
  readonly sumRepeats?: boolean;
  /** Whether dates with the year first, among dates of another form, have day and month exchanged. */
  readonly swappedDates?: boolean;
  readonly firstDate?: string;
  /** Year of the first date, where dates are written without one. */
  readonly year?: number;
  readonly weeks?: WeekNumbering;
  /** What the counts are: each of its row, running on from row to row, or of thousands. */
  readonly counts?: "plain" | "running" | "thousands";
}

export interface GivenColumn {
  readonly role: ColumnRole;
  readonly header: string;
}

/** What was said before with what was said last; a column has one role, and a role but that of a count one column. */
export function withGiven(before: GivenReading, last: GivenReading): GivenReading {
  const columns = [
    ...(before.columns ?? []).filter(
      ({ role, header }) => !last.columns?.some((column) => column.role === role || column.header === header),
    ),
    ...(last.columns ?? []),
  ];
  return { ...before, ...last, ...(columns.length > 0 ? { columns } : {}) };
}

/** What a question is about: the part of the reading that settles it. */
export type QuestionAbout =
  | "rows"
  | "columns"
  | "dateOrder"
  | "year"
  | "weeks"
  | "decimal"
  | "times"
  | "handleTimeUnit"
  | "sumRepeats";

/** One way to read what can be read in several. */
export interface Choice {
  /** `contact`, `interval`, `dmy` … or the header of a column; words are made on the page. */
  readonly name: string;
  readonly given: GivenReading;
}

/**
 * Something a file leaves open: several readings make sense, and their numbers differ. A `warning` has a likely answer,
 * which is used until another is given; an `error` has none, and nothing is read before it is answered.
 */
export interface Question {
  readonly about: QuestionAbout;
  readonly code: string;
  readonly severity: "error" | "warning";
  readonly column?: string;
  /** The evidence its sentence tells. */
  readonly values: Readonly<Record<string, string | number>>;
  /** Likeliest first; empty where the file cannot be read whatever is said. */
  readonly choices: readonly Choice[];
}

/** What a person may say on the command line, by choice: `--row contact`. */
export function optionOf(given: GivenReading): string {
  const options: string[] = [];
  if (given.rows !== undefined) options.push(`--row ${given.rows}`);
  if (given.columns !== undefined) {
    const list = given.columns.map(({ role, header }) => `${shortRole(role)}=${header}`).join(",");
    options.push(`--columns ${/[\s;&|<>()#]/.test(list) ? JSON.stringify(list) : list}`);
  }
  if (given.dateOrder !== undefined) options.push(`--date-order ${given.dateOrder}`);
  if (given.decimal !== undefined) options.push(`--decimal ${given.decimal}`);
  if (given.times !== undefined) options.push(`--times ${given.times}`);
  if (given.handleTimeUnit !== undefined) options.push(`--handle-time-unit ${given.handleTimeUnit}`);
  if (given.sumRepeats !== undefined) options.push(`--repeated-rows ${given.sumRepeats ? "sum" : "refuse"}`);
  if (given.swappedDates !== undefined) options.push(`--swapped-dates ${given.swappedDates ? "yes" : "no"}`);
  if (given.year !== undefined) options.push(`--year ${given.year}`);
  if (given.weeks !== undefined) options.push(`--week-numbers ${given.weeks}`);
  if (given.counts !== undefined) options.push(`--counts ${given.counts}`);
  return options.join(" ");
}

/** `aht` for `ahtSeconds`: how roles are called where they are typed. */
export function shortRole(role: ColumnRole): string {
  return role.replace(/Seconds$/, "");
}

/** A question as an issue, with the options that answer it. */
export function issueOfQuestion(question: Question, table?: string, line?: number): Issue {
  const { code, severity, column, values, choices } = question;
  const option = choices.map(({ given }) => optionOf(given)).join(" | ");
  return {
    code,
    severity,
    ...(table === undefined ? {} : { table }),
    ...(line === undefined ? {} : { line }),
    ...(column === undefined ? {} : { column }),
    values: option === "" ? values : { ...values, option },
  };
}
