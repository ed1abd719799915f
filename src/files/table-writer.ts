import Papa from "papaparse";

/** null is an empty cell. */
export type CsvCell = string | number | null;

/**
 * A table as CSV: quoted by RFC 4180, lines end in `\n`. The one writer of tables, for the page and the command line.
 *
 * A text that a spreadsheet would run as a formula gets an apostrophe in front, and so does one that already has
 * apostrophes there, so that one can be taken off again (`withoutGuard`). Numbers are never touched.
 *
 * @param header null: the layout has none
 */
export function csvText(
  header: readonly string[] | null,
  rows: readonly (readonly CsvCell[])[],
  delimiter: "," | ";" = ",",
): string {
  const lines = header === null ? rows : [header, ...rows];
  const data = lines.map((line) => line.map((cell) => (typeof cell === "string" ? guarded(cell) : cell)));
  return `${Papa.unparse(data, { delimiter, newline: "\n" })}\n`;
}

/**
 * The same text, once it has been read back and every figure in it is the one that was meant: for layouts that other
 * programs load without anybody looking at them. Throws RangeError otherwise.
 */
export function checkedCsvText(
  header: readonly string[] | null,
  rows: readonly (readonly CsvCell[])[],
  delimiter: "," | ";" = ",",
): string {
  const text = csvText(header, rows, delimiter);
  const { data } = Papa.parse<string[]>(text.slice(0, -1), { delimiter });
  const read = header === null ? data : data.slice(1);
  const isSame = (cell: CsvCell, written: string) =>
    typeof cell === "string" || (cell === null ? written === "" : Number(written) === cell);
  const same =
    rows.length === 0 ||
    (read.length === rows.length &&
      rows.every((row, at) => row.every((cell, column) => isSame(cell, read[at][column]))));
  if (!same) throw new RangeError("the table does not read back as it was written");
  return text;
}

/**
 * Spreadsheets take what begins with `=`, `+`, `-`, `@` (full-width forms too), a tab or a carriage return for a
 * formula, some also behind blanks and invisible characters.
 */
const formula = String.raw`[\s\p{Cc}\p{Cf}]*[=+\-@＝＋－＠]|[\t\r]`;
const needsGuard = new RegExp(`^'*(?:${formula})`, "u");
const hasGuard = new RegExp(`^'(?='*(?:${formula}))`, "u");
const negativeNumber = /^-\d+(\.\d+)?(e[+-]?\d+)?$/i;

function guarded(text: string): string {
  return needsGuard.test(text) && !negativeNumber.test(text) ? `'${text}` : text;
}

/** A text as it was before the guard against formulas was put in front. */
export function withoutGuard(text: string): string {
  return text.replace(hasGuard, "");
}

/** A figure for a file: at most six decimals, far below what any of them is known to. */
export function figure(value: number): number | null {
  return Number.isFinite(value) ? Math.round(value * 1e6) / 1e6 : null;
}

/** A figure of a layout that takes two decimals. */
export function toHundredths(value: number): number {
  return Math.round(value * 100) / 100;
}
