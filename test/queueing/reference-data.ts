import { readFileSync } from "node:fs";
import { join } from "node:path";
import Papa from "papaparse";

/** Rows of a table in `reference/`, by column name. */
export function referenceRows(file: string): Record<string, string>[] {
  const text = readFileSync(join(import.meta.dirname, "reference", file), "utf8");
  return Papa.parse<Record<string, string>>(text, { header: true, skipEmptyLines: true }).data;
}

/** Number of a table, `inf` for infinity. */
export function numberOf(text: string): number {
  return text === "inf" ? Infinity : Number(text);
}

/** The smaller of relative and absolute difference. */
export function difference(got: number, wanted: number): number {
  if (got === wanted) return 0;
  return Math.min(Math.abs(got - wanted), Math.abs(got - wanted) / Math.abs(wanted));
}
