import Papa from "papaparse";

/** A file as a browser, a worker or the command line holds it. */
export interface FileSource {
  readonly name: string;
  readonly data: Blob | Uint8Array;
}

export type TextEncodingName = "utf-8" | "utf-16le" | "utf-16be" | "windows-1252" | "gb18030";

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

/**
 * What the first bytes of a file are: text in an encoding, or something that is not text.
 * `container` names a known non-text format (`zip` is what .xlsx files are).
 */
export function recogniseEncoding(
  head: Uint8Array,
):
  | { readonly text: true; readonly encoding: TextEncodingName }
  | { readonly text: false; readonly container: string } {
  if (head[0] === 0xff && head[1] === 0xfe) return { text: true, encoding: "utf-16le" };
  if (head[0] === 0xfe && head[1] === 0xff) return { text: true, encoding: "utf-16be" };
  const magic: readonly [string, readonly number[]][] = [
    ["zip", [0x50, 0x4b, 0x03, 0x04]],
    ["gzip", [0x1f, 0x8b]],
    ["pdf", [0x25, 0x50, 0x44, 0x46]],
    ["xls", [0xd0, 0xcf, 0x11, 0xe0]],
  ];
  for (const [container, bytes] of magic) {
    if (bytes.every((byte, index) => head[index] === byte)) return { text: false, container };
  }
  let controls = 0;
  for (const byte of head) {
    if (byte === 0) return { text: false, container: "binary" };
    if (byte < 9 || (byte > 13 && byte < 32 && byte !== 26 && byte !== 27)) controls++;
  }
  if (controls > head.length / 50) return { text: false, container: "binary" };
  if (decodes(head, "utf-8")) return { text: true, encoding: "utf-8" };
  if (decodes(head, "gb18030")) {
    const text = new TextDecoder("gb18030").decode(head);
    const foreign = text.match(/\P{ASCII}/gu) ?? [];
    const chinese = text.match(/[\u4e00-\u9fff\u3000-\u303f\uff00-\uffef]/g) ?? [];
    if (chinese.length > foreign.length * 0.9) return { text: true, encoding: "gb18030" };
  }
  return { text: true, encoding: "windows-1252" };
}

/** Whether bytes are valid in an encoding; a character cut off at the end is allowed. */
function decodes(bytes: Uint8Array, encoding: TextEncodingName): boolean {
  try {
    new TextDecoder(encoding, { fatal: true }).decode(bytes, { stream: true });
    return true;
  } catch {
    return false;
  }
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
    const text = carry + decoder.decode(await bytesOf(source, start, end), { stream: !last });
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
