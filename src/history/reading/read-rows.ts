import Papa from "papaparse";
import { type TextEncodingName, withPlainDigits } from "./text-encoding.ts";

/** A file as a browser, a worker or the command line holds it. */
export interface FileSource {
  readonly name: string;
  readonly data: Blob | Uint8Array;
}

/** One line of a delimited file (or several, when a quoted field holds line ends). */
export interface TextRow {
  /** One-based line in the file. */
  readonly line: number;
  readonly cells: readonly string[];
  /** A quote was opened and never closed; `cells` then holds the line as it stands. */
  readonly unclosedQuote: boolean;
}

const blockBytes = 1 << 22;
/** A quoted field longer than this many lines is taken for a stray quote. */
const maximumLinesPerRow = 40;

export function sizeOf(source: FileSource): number {
  return source.data instanceof Uint8Array ? source.data.byteLength : source.data.size;
}

export async function bytesOf(source: FileSource, start: number, end: number): Promise<Uint8Array> {
  if (source.data instanceof Uint8Array) return source.data.subarray(start, end);
  return new Uint8Array(await source.data.slice(start, end).arrayBuffer());
}

/** Lines of a text without their line ends; `\n`, `\r\n` and `\r` may be mixed. */
export function splitLines(text: string): string[] {
  return text.includes("\r") ? text.split(/\r\n|\n|\r/) : text.split("\n");
}

/** Fields of one row by RFC 4180 quoting; null when the quotes do not make one row of it. */
export function splitCells(row: string, delimiter: string): string[] | null {
  if (!row.includes('"')) return row.split(delimiter);
  const { data } = Papa.parse<string[]>(row, { delimiter, newline: "\n" });
  return data.length === 1 ? data[0] : null;
}

/**
 * The rows of a delimited file in blocks of a few megabytes, so that a file of any size passes through little memory.
 * Blank lines are left out but counted in `line`.
 *
 * @param expectedCells a row over several lines counts only when it has this many fields; otherwise its quote was a
 * stray one and the first of its lines stands alone.
 */
export async function* readRows(
  source: FileSource,
  encoding: TextEncodingName,
  delimiter: string,
  expectedCells: number,
): AsyncGenerator<{ readonly rows: TextRow[]; readonly bytesRead: number }> {
  const decoder = new TextDecoder(encoding);
  const size = sizeOf(source);
  let carry = "";
  let line = 1;
  for (let start = 0; start < size; start += blockBytes) {
    const end = Math.min(size, start + blockBytes);
    const last = end === size;
    const decoded = decoder.decode(await bytesOf(source, start, end), { stream: !last });
    const text = carry + withPlainDigits(decoded);
    // A line feed may follow in the next block, so a carriage return at the very end waits for it.
    const lines = splitLines(!last && text.endsWith("\r") ? text.slice(0, -1) : text);
    const keep = last ? lines.length : Math.max(0, lines.length - 1);
    const { rows, used } = rowsOfLines(lines, keep, line, delimiter, expectedCells, last);
    carry = last ? "" : lines.slice(used).join("\n") + (text.endsWith("\r") ? "\r" : "");
    line += used;
    yield { rows, bytesRead: end };
  }
}

function rowsOfLines(
  lines: readonly string[],
  keep: number,
  firstLine: number,
  delimiter: string,
  expectedCells: number,
  last: boolean,
): { rows: TextRow[]; used: number } {
  const rows: TextRow[] = [];
  let index = 0;
  while (index < keep) {
    const text = lines[index];
    const line = firstLine + index;
    if (!text.includes('"')) {
      if (text.trim() !== "") rows.push({ line, cells: text.split(delimiter), unclosedQuote: false });
      index++;
      continue;
    }
    let joined = text;
    let next = index + 1;
    let quotes = countQuotes(text);
    while (quotes % 2 === 1 && next < keep && next - index < maximumLinesPerRow) {
      joined += `\n${lines[next]}`;
      quotes += countQuotes(lines[next]);
      next++;
    }
    if (quotes % 2 === 1 && next === keep && !last && next - index < maximumLinesPerRow) break;
    const cells = splitCells(joined, delimiter);
    const whole =
      quotes % 2 === 0 && cells !== null && (next === index + 1 || cells.length === expectedCells);
    rows.push({ line, cells: whole ? cells : text.split(delimiter), unclosedQuote: !whole });
    index = whole ? next : index + 1;
  }
  return { rows, used: index };
}

function countQuotes(text: string): number {
  let count = 0;
  for (let at = text.indexOf('"'); at !== -1; at = text.indexOf('"', at + 1)) count++;
  return count;
}
