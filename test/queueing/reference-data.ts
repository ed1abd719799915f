import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";

const folder = resolve(import.meta.dirname, "../../../shared/data/erlang");

/** Rows of a reference table beside the project, by column name; null, said once, where the folder is absent. */
export function referenceRows(file: string): Record<string, string>[] | null {
  const path = resolve(folder, file);
  if (!existsSync(path)) {
    console.warn(`${file}: not here, its rows are not checked`);
    return null;
  }
  const [header, ...lines] = readFileSync(path, "utf8").trim().split(/\r?\n/).map(splitLine);
  return lines.map((cells) => Object.fromEntries(header.map((name, column) => [name, cells[column]])));
}

function splitLine(line: string): string[] {
  return [...line.matchAll(/("(?:[^"]|"")*"|[^,]*)(?:,|$)/g)]
    .map((match) => match[1].replace(/^"|"$/g, ""))
    .slice(0, line.endsWith(",") ? undefined : -1);
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
