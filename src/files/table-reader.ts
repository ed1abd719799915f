import Papa from "papaparse";
import { withoutGuard } from "../domain/formula-guard.ts";
import { fail, type Issue, type Outcome, succeed } from "../domain/outcome.ts";
import { type DecimalMark, parseNumber } from "./cell-values.ts";
import { issueList } from "./issue-list.ts";

/** What a reader knows of its layout before it sees a file. */
export interface TableLayout {
  /** What the codes of its issues begin with: `wishesFile`. */
  readonly prefix: string;
  /** Columns without which the file means nothing. */
  readonly required: readonly string[];
  /** Columns of numbers: what is in them tells a decimal comma. */
  readonly numbers?: readonly string[];
  /** Other names of columns, with the name meant. */
  readonly aliases?: Readonly<Record<string, string>>;
  /** `error` where one faulty row spoils the file; absent: `warning`, the row is left out and the others count. */
  readonly severity?: "error" | "warning";
}

/** A table read from a text; columns go by their folded names (trimmed, lower case, `_` for blanks). */
export interface Table {
  readonly rows: readonly TableRow[];
  /** Adds an issue about the file as a whole. */
  remark(code: string, severity: Issue["severity"], values?: Issue["values"]): void;
  /** What was wrong: of each kind the first twenty issues of rows and how many more there are; remarks on the whole. */
  issues(): readonly Issue[];
  /** The outcome of a file that is of no use: why, and then its issues. */
  failure(code: string, values?: Issue["values"]): Outcome<never>;
}

export interface TableRow {
  /** One-based line of the file at which the row starts. */
  readonly line: number;
  /** As it was written, without the guard against formulas; "" where there is no such cell. */
  text(column: string): string;
  /** The same without blanks around it. */
  cell(column: string): string;
  /**
   * The number of a cell, with a decimal comma or point as the file has it. null: the cell is empty. undefined: it holds
   * no number, or one that `accepts` turns down, and the row was refused with `code`.
   */
  number(column: string, code: string, accepts?: (value: number) => boolean): number | null | undefined;
  /** Adds an issue about a cell, with the row's line; the cell's text is among its values. */
  refuse(code: string, column: string, values?: Issue["values"]): void;
}

const delimiters = [",", ";", "\t", "|"];
const listedPerCode = 20;
/** Characters among which the whole header is sure to be. */
const headerReach = 20_000;

/**
 * Reads a table that a person may have edited in between: with or without a byte order mark, separated by comma,
 * semicolon, tab or bar (the one that finds most of the required columns), columns in any order and case, numbers with
 * a decimal comma or point. The one reader of tables with a header; what cells mean is for the layout's own file.
 *
 * Fails with `PREFIX.missingColumn` for each required column that is not there.
 *
 * @param name of the file, for its issues
 */
export function readTable(text: string, name: string, layout: TableLayout): Outcome<Table> {
  const body = text.replace(/^\uFEFF/, "").replace(/[\r\n]+$/, "");
  const { delimiter, places } = headerOf(body, layout);
  const missing = layout.required.filter((column) => !places.has(column));
  if (missing.length > 0) {
    const base = { code: `${layout.prefix}.missingColumn`, severity: "error", table: name, line: 1 } as const;
    return fail(...missing.map((column): Issue => ({ ...base, column, values: { column } })));
  }

  const { data } = Papa.parse<string[]>(body, { delimiter });
  const refusals = issueList(name, [], listedPerCode);
  const remarks: Issue[] = [];
  const decimal = decimalMark(
    data.slice(1),
    delimiter,
    (layout.numbers ?? []).flatMap((one) => places.get(one) ?? []),
  );
  let nextLine = 1;
  const rows = data.flatMap((cells, at): TableRow[] => {
    const line = nextLine;
    nextLine += 1 + cells.reduce((sum, cell) => sum + (cell.match(/\r\n|\r|\n/g)?.length ?? 0), 0);
    return at === 0 || cells.every((cell) => cell.trim() === "") ? [] : [tableRow(line, cells)];
  });

  function tableRow(line: number, cells: readonly string[]): TableRow {
    const row: TableRow = {
      line,
      text: (column) => withoutGuard(cells[places.get(column) ?? cells.length] ?? ""),
      cell: (column) => row.text(column).trim(),
      number(column, code, accepts) {
        const written = row.cell(column);
        if (written === "") return null;
        const value = parseNumber(written, decimal);
        if (value !== null && (accepts === undefined || accepts(value))) return value;
        row.refuse(code, column);
        return undefined;
      },
      refuse(code, column, values) {
        refusals.add({
          code: `${layout.prefix}.${code}`,
          severity: layout.severity ?? "warning",
          line,
          column,
          values: { text: row.cell(column), ...values },
        });
      },
    };
    return row;
  }

  const about = (code: string, severity: Issue["severity"], values?: Issue["values"]): Issue => ({
    code: `${layout.prefix}.${code}`,
    severity,
    table: name,
    ...(values && { values }),
  });
  const issues = (): readonly Issue[] => [...refusals.all(), ...remarks];
  return succeed({
    rows,
    remark: (code, severity, values) => remarks.push(about(code, severity, values)),
    issues,
    failure: (code, values) => fail(about(code, "error", values), ...issues()),
  });
}

/** The delimiter under which most of the required columns are found, and the place of each column. */
function headerOf(body: string, { required, aliases }: TableLayout) {
  const placesUnder = (delimiter: string): ReadonlyMap<string, number> => {
    const places = new Map<string, number>();
    const [cells] = Papa.parse<string[]>(body.slice(0, headerReach), { delimiter }).data;
    for (const [place, cell] of (cells ?? []).entries()) {
      const column = withoutGuard(cell).trim().toLowerCase().replace(/\s+/g, "_");
      const meant = aliases?.[column] ?? column;
      if (!places.has(meant)) places.set(meant, place);
    }
    return places;
  };
  const headers = delimiters.map((delimiter) => ({ delimiter, places: placesUnder(delimiter) }));
  const found = ({ places }: (typeof headers)[number]) =>
    required.filter((column) => places.has(column)).length;
  return headers.reduce((best, other) => (found(other) > found(best) ? other : best));
}

/**
 * A point between digits anywhere is a decimal point. Without one, semicolons between cells suggest a decimal comma; other
 * separators only where a comma cannot stand between thousands.
 */
function decimalMark(
  rows: readonly (readonly string[])[],
  delimiter: string,
  places: readonly number[],
): DecimalMark {
  const some = (pattern: RegExp) =>
    rows.some((cells) => places.some((place) => pattern.test(cells[place] ?? "")));
  if (some(/\d\.\d/)) return ".";
  return delimiter === ";" || some(/^\s*[+-]?\d+,(\d{1,2}|\d{4,})\s*$/) ? "," : ".";
}
