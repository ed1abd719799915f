import Papa from "papaparse";

export type CsvCell = string | number | null;

/**
 * A table as CSV: UTF-8, quoted by RFC 4180, lines end in `\n`; null is an empty cell.
 *
 * A text that a spreadsheet would run as a formula (it starts with `=`, `+`, `-`, `@`, tab or carriage return) gets an
 * apostrophe in front, and so does one that already has apostrophes there, so that one can be taken off again. Numbers
 * are never touched.
 */
export function csvText(header: readonly string[], rows: readonly (readonly CsvCell[])[]): string {
  const data = rows.map((row) => row.map((cell) => (typeof cell === "string" ? withoutFormula(cell) : cell)));
  return `${Papa.unparse({ fields: [...header], data }, { newline: "\n" })}\n`;
}

function withoutFormula(text: string): string {
  return /^'*[=+\-@\t\r]/.test(text) ? `'${text}` : text;
}

/** A figure for a file: at most six decimals, far below what any of them is known to. */
export function figure(value: number): number | null {
  return Number.isFinite(value) ? Math.round(value * 1e6) / 1e6 : null;
}
