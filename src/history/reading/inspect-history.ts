import { fail, type Issue, type Outcome, succeed } from "../../domain/outcome.ts";
import { parseNumber } from "../../files/cell-values.ts";
import { clockReader } from "../../files/clock-cells.ts";
import { type ContentKind, profileColumn } from "./column-profiles.ts";
import { columnsAcross } from "./columns-across.ts";
import type { HistoryMapping } from "./layouts.ts";
import type { GivenReading, Question } from "./questions.ts";
import { readHeader } from "./read-header.ts";
import { bytesOf, type FileSource, readRows, sizeOf, splitCells, splitLines } from "./read-rows.ts";
import { recogniseTable } from "./recognise-table.ts";
import { dateOfLine, type LineDate } from "./row-dates.ts";
import type { TableHead } from "./table-head.ts";
import { recogniseEncoding, type TextEncodingName, withPlainDigits } from "./text-encoding.ts";

const headBytes = 1 << 18;
const probeBytes = 1 << 16;
const delimiters = ["\t", ";", ",", "|"] as const;

export interface InspectedFile {
  readonly mapping: HistoryMapping;
  /** What the file leaves open; nothing should be taken over before those of severity `error` are answered. */
  readonly questions: readonly Question[];
  /** A few rows of cells, to show beside the columns. */
  readonly firstRows: readonly (readonly string[])[];
}

/** Rows of a file's head and of two places further on, with the header found among them. */
interface Sample {
  readonly header: readonly string[] | null;
  readonly headerLine: number;
  readonly rows: readonly (readonly string[])[];
  readonly neighbours: number;
  readonly dateLines: TableHead["dateLines"];
  readonly years: readonly number[];
  /** The rows are all there are. */
  readonly whole: boolean;
}

/**
 * What a history file is, from its first 256 kB and two probes further on (dates from all of it where these do not prove
 * their order): the proposed mapping for `importHistory`, to be shown and corrected, and the questions that the file leaves
 * open. Issues tell what was guessed by contents, with the evidence (`import.guessedCount`, `import.contactsByTimes`,
 * `import.contactsByRepeats`, `import.rowsSummed`, `import.totalsNotMeans`, `import.timeIsEnd`, `import.guessedTime`).
 *
 * @param given what a person has said of the file; the rest is recognised
 *
 * Fails with `import.emptyFile`, `import.notText`, `import.workbook`, `import.notRows`, `import.queueLog`, `import.headerOnly`, `import.noRows`,
 * `import.noSuchColumn` or `import.looksLikeRequirement`.
 */
export async function inspectHistory(
  source: FileSource,
  given: GivenReading = {},
): Promise<Outcome<InspectedFile>> {
  const table = source.name;
  const size = sizeOf(source);
  const head = await bytesOf(source, 0, Math.min(size, headBytes));
  const wrong = (code: string, line = 1, values?: Issue["values"]) =>
    fail({ code, severity: "error", table, line, ...(values === undefined ? {} : { values }) });
  if (size === 0) return wrong("import.emptyFile");
  const kind = recogniseEncoding(head);
  if (!kind.text) {
    const isWorkbook = kind.container === "zip" || kind.container === "xls";
    return wrong(isWorkbook ? "import.workbook" : "import.notText", 1, { container: kind.container });
  }
  const { encoding } = kind;
  const headText = withPlainDigits(new TextDecoder(encoding).decode(head));
  const notation = notationOf(headText);
  if (notation !== null) return wrong("import.notRows", 1, { notation });
  const headLines = wholeRows(completeLines(headText, size > head.length));
  if (headLines.every((line) => line.trim() === "")) return wrong("import.emptyFile");
  const delimiter = recogniseDelimiter(headLines);
  const sample = await sampleOf(source, headLines, encoding, delimiter);
  const { header, headerLine, rows, neighbours, dateLines, years } = sample;
  if (rows.some((cells) => /^\d{9,10}$/.test(cells[0]) && cells[4] === "ENTERQUEUE"))
    return wrong("import.queueLog", 1);
  if (rows.length === 0)
    return wrong(header === null ? "import.noRows" : "import.headerOnly", Math.max(1, headerLine));
  const tableHead: TableHead = { header, rows, neighbours, delimiter, dateTexts: null, dateLines, years };
  let recognised = recogniseTable(tableHead, given);
  const missing = (given.columns ?? []).find(({ header: name }) => !recognised.known(name));
  if (missing !== undefined)
    return wrong("import.noSuchColumn", Math.max(1, headerLine), { column: missing.header });
  const { dateOrder, dateColumn } = recognised;
  if (dateOrder.certainty !== "proven" && dateColumn !== null && !sample.whole) {
    const width = recognised.mapping.columns.length;
    const dateTexts = await datesOf(source, encoding, delimiter, width, headerLine, dateColumn);
    recognised = recogniseTable({ ...tableHead, dateTexts }, given);
  }
  const mapping: HistoryMapping = { ...recognised.mapping, encoding, delimiter, headerLine };
  const issues = recognised.notes.map((note): Issue => ({ ...note, table, line: Math.max(1, headerLine) }));
  if (header?.some((name) => /^(required|scheduled)_agents$/i.test(name)))
    return wrong("import.looksLikeRequirement", Math.max(1, headerLine));
  const forecast = header?.find((name) => /lower80|upper80|^forecast_/i.test(name));
  if (forecast !== undefined) {
    issues.push({
      code: "import.looksLikeForecast",
      severity: "warning",
      table,
      line: Math.max(1, headerLine),
      column: forecast,
    });
  }
  return succeed({ mapping, questions: recognised.questions, firstRows: rows.slice(0, 4) }, issues);
}

/** JSON and markup hold tables too, but not in lines and fields; null: neither. */
function notationOf(text: string): string | null {
  if (/^\s*(\[\s*[[{]|\[\s*\]|\{\s*["}])/.test(text)) return "JSON";
  if (/^\s*<(!doctype|html|table|head|meta|style)/i.test(text)) return "HTML";
  return /^\s*<[?a-z]/i.test(text) ? "XML" : null;
}

async function sampleOf(
  source: FileSource,
  headLines: readonly string[],
  encoding: TextEncodingName,
  delimiter: string,
): Promise<Sample> {
  const size = sizeOf(source);
  const width = commonWidth(headLines, delimiter);
  const headRows = headLines.map((line) => splitCells(line, delimiter) ?? line.split(delimiter));
  const headerIndex = findHeader(headRows, width);
  const header =
    headerIndex === null
      ? null
      : withGroups(trimTrailingEmpty(headRows[headerIndex]), headRows[headerIndex - 1] ?? []);
  const rows: (readonly string[])[] = [];
  const dateLines: (LineDate | null)[] = [];
  let dateLine: LineDate | null = null;
  for (const [index, cells] of headRows.entries()) {
    const found: LineDate | null = dateOfLine(cells);
    if (found !== null) dateLine = found;
    if (index <= (headerIndex ?? -1) || !fits(cells, width) || isHeaderAgain(cells, header)) continue;
    rows.push(cells);
    dateLines.push(dateLine);
  }
  const neighbours = rows.length;
  const above = [source.name, ...headLines.slice(0, headerIndex ?? 0)].join(" ");
  const years = [...new Set((above.match(/(?<!\d)20\d\d(?!\d)/g) ?? []).map(Number))];
  for (const part of [0.5, 1]) {
    if (size <= headBytes + 2 * probeBytes) break;
    const start = Math.floor((size - probeBytes) * part);
    const evenStart = encoding.startsWith("utf-16") ? start - (start % 2) : start;
    const bytes = await bytesOf(source, evenStart, evenStart + probeBytes);
    const text = withPlainDigits(new TextDecoder(encoding).decode(bytes));
    for (const line of splitLines(text).slice(1, -1)) {
      const cells = splitCells(line, delimiter);
      if (cells !== null && fits(cells, width)) rows.push(cells);
    }
  }
  return {
    header,
    headerLine: headerIndex === null ? 0 : headerIndex + 1,
    rows,
    neighbours,
    dateLines,
    years,
    whole: size <= headBytes,
  };
}

/** All different dates of a column, without the times behind them. */
async function datesOf(
  source: FileSource,
  encoding: TextEncodingName,
  delimiter: string,
  width: number,
  headerLine: number,
  column: number,
): Promise<string[]> {
  const texts = new Set<string>();
  for await (const { rows } of readRows(source, encoding, delimiter, width)) {
    for (const { line, cells } of rows) {
      if (line > headerLine && cells.length > column)
        texts.add(cells[column].trim().replace(/,?[T ]+\d{1,2}:.*$/, ""));
    }
    if (texts.size > 100_000) break;
  }
  texts.delete("");
  return [...texts];
}

/** A header whose names come again, each with the name above it: `Offered Sales` where Sales spans two columns. */
function withGroups(header: readonly string[], above: readonly string[]): readonly string[] {
  const isRepeated = (name: string) => name !== "" && header.indexOf(name) !== header.lastIndexOf(name);
  const groups = above.slice(0, header.length).filter((cell) => cell.trim() !== "");
  if (!header.some(isRepeated) || groups.length < 2 || groups.some((group) => /\d/.test(group)))
    return header;
  let group = "";
  const named = header.map((name, index) => {
    group = (above[index] ?? "").trim() || group;
    return isRepeated(name) && group !== "" ? `${name} ${group}` : name;
  });
  return new Set(named).size === named.length ? named : header;
}

function isHeaderAgain(cells: readonly string[], header: readonly string[] | null): boolean {
  return (
    header !== null && trimTrailingEmpty(cells).every((cell, index) => cell === "" || cell === header[index])
  );
}

function completeLines(text: string, cut: boolean): string[] {
  const lines = splitLines(text);
  return cut ? lines.slice(0, -1) : lines;
}

/** Lines of a quoted cell that holds line ends, joined where the cell begins; the others are left blank, so that lines keep their numbers. */
function wholeRows(lines: readonly string[]): string[] {
  const rows = [...lines];
  const isOdd = (text: string) => (text.match(/"/g)?.length ?? 0) % 2 === 1;
  for (let at = 0; at < rows.length; at++) {
    if (!isOdd(rows[at]) || !/(^|[,;|\t])\s*"/.test(rows[at])) continue;
    const end = rows.findIndex((text, later) => later > at && later - at <= 10 && isOdd(text));
    if (end < 0) continue;
    rows[at] = rows.slice(at, end + 1).join("\n");
    rows.fill("", at + 1, end + 1);
    at = end;
  }
  return rows;
}

function trimTrailingEmpty(cells: readonly string[]): string[] {
  let end = cells.length;
  while (end > 1 && cells[end - 1].trim() === "") end--;
  return cells.slice(0, end).map((cell) => cell.trim().replace(/\s+/g, " "));
}

function fits(cells: readonly string[], width: number): boolean {
  return cells.length === width || trimTrailingEmpty(cells).length === width;
}

/** The separator by which most lines have the same number of fields; of equals the one that makes more fields. */
function recogniseDelimiter(lines: readonly string[]): string {
  const sample = lines.filter((line) => line.trim() !== "").slice(0, 200);
  let best = { delimiter: ",", score: 0 };
  for (const delimiter of delimiters) {
    const width = commonWidth(sample, delimiter);
    if (width < 2) continue;
    const same =
      sample.filter((line) => fits(splitCells(line, delimiter) ?? [], width)).length / sample.length;
    const score = same > 0.8 ? 1 + width / 1000 + same / 100 : same;
    if (score > best.score) best = { delimiter, score };
  }
  return best.delimiter;
}

function commonWidth(lines: readonly string[], delimiter: string): number {
  const counts = new Map<number, number>();
  for (const line of lines.slice(0, 500)) {
    if (line.trim() === "") continue;
    const width = (splitCells(line, delimiter) ?? []).length;
    counts.set(width, (counts.get(width) ?? 0) + 1);
  }
  let best = 1;
  for (const [width, count] of counts) if (count > (counts.get(best) ?? 0)) best = width;
  return best;
}

/** Lines above the rows that a header is looked for in. */
const headerSearch = 40;

/**
 * Index of the header, null when there is none: above the first row that has a date, a time or a number where the rows below
 * have them, the line with the most words that headers are made of; of equals the nearest.
 */
function findHeader(rows: readonly (readonly string[])[], width: number): number | null {
  const full = rows.flatMap((cells, index) =>
    fits(cells, width) || (width === 1 && cells[0].trim() !== "") ? [index] : [],
  );
  if (full.length === 0) return null;
  const body = full
    .slice(Math.min(full.length - 1, headerSearch >> 1, full.length >> 1))
    .map((index) => rows[index]);
  const kinds = Array.from({ length: width }, (_, column) => profileColumn(body.slice(0, 100), column).kind);
  const columnsOf = (...wanted: readonly ContentKind[]) =>
    kinds.flatMap((kind, column) => (wanted.includes(kind) ? [column] : []));
  const moments = columnsOf("moment", "date", "time");
  const telling = columnsOf("moment", "date", "time", "number");
  const looked = moments.length > 0 ? moments : telling;
  const first = full.findIndex((index) =>
    looked.length === 0
      ? looksLikeData(rows[index])
      : looked.some((column) => looksLikeData([rows[index][column] ?? ""])),
  );
  const above = (first < 0 ? full : full.slice(0, first)).slice(-headerSearch);
  let best: { index: number; words: number } | null = null;
  for (const index of above.reverse()) {
    const cells = rows[index].filter((cell) => cell.trim() !== "");
    if (cells.length * 2 < width && cells.length < 3) continue;
    const across = columnsAcross(rows[index]);
    const words =
      cells.filter((cell) => readHeader(cell).concepts.size > 0).length +
      across.minutes.size +
      across.dates.size +
      across.weekdays.size;
    if (best === null || words > best.words) best = { index, words };
  }
  return best?.index ?? null;
}

const readers = (["dmy", "mdy", "ymd"] as const).map((order) => clockReader(order));

/** Whether some cell is a number, a date or a time. */
function looksLikeData(cells: readonly string[]): boolean {
  return cells.some((cell) => {
    const text = cell.trim();
    if (!/\d/.test(text)) return false;
    return (
      parseNumber(text, ".") !== null ||
      parseNumber(text, ",") !== null ||
      readers.some((read) => read(text, null) !== null) ||
      readers[0]("01.01.2001", text) !== null
    );
  });
}
