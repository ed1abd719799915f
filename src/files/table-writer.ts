import Papa from "papaparse";
import { guardedText } from "../domain/formula-guard.ts";

/** null is an empty cell. */
export type CsvCell = string | number | null;

/**
 * A table as CSV: quoted by RFC 4180, lines end in `\n`. The one writer of tables, for the page and the command line.
 *
 * A text that a spreadsheet would run as a formula is guarded (`guardedText`). Numbers are never touched.
 *
 * @param header null: the layout has none
 */
export function csvText(
  header: readonly string[] | null,
  rows: readonly (readonly CsvCell[])[],
  delimiter: "," | ";" = ",",
): string {
  const lines = header === null ? rows : [header, ...rows];
  const data = lines.map((line) => line.map((cell) => (typeof cell === "string" ? guardedText(cell) : cell)));
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

/** A figure for a file: at most six decimals, far below what any of them is known to. */
export function figure(value: number): number | null {
  return Number.isFinite(value) ? Math.round(value * 1e6) / 1e6 : null;
}

/** A figure of a layout that takes two decimals. */
export function toHundredths(value: number): number {
  return Math.round(value * 100) / 100;
}
