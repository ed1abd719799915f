import { fail, type Issue, type Outcome, succeed } from "../../domain/outcome.ts";
import { type DecimalMark, parseNumber } from "../../files/cell-values.ts";
import { type ClockReading, clockReader, type DateOrder } from "../../files/clock-cells.ts";
import { type ColumnUse, type HistoryMapping, type Recognised, recogniseLayout } from "./layouts.ts";
import { bytesOf, type FileSource, recogniseEncoding, sizeOf, splitCells, splitLines } from "./read-rows.ts";

const headBytes = 1 << 18;
const probeBytes = 1 << 16;
const delimiters = ["\t", ";", ",", "|"] as const;

export interface InspectedFile {
  readonly mapping: HistoryMapping;
  /** A few rows of cells, to show beside the columns. */
  readonly firstRows: readonly (readonly string[])[];
}

/**
 * What a history file is, from its first 256 kB and two probes further on: the proposed mapping for `importHistory`,
 * to be shown and corrected. Issues say what could not be settled (`import.ambiguousDateOrder`).
 *
 * Fails with `import.emptyFile`, `import.notText`, `import.workbook` or `import.headerOnly`.
 */
export async function inspectHistory(source: FileSource): Promise<Outcome<InspectedFile>> {
  const table = source.name;
  const size = sizeOf(source);
  const head = await bytesOf(source, 0, Math.min(size, headBytes));
  if (size === 0) return fail({ code: "import.emptyFile", severity: "error", table, line: 1 });
  const kind = recogniseEncoding(head);
  if (!kind.text) {
    return fail({
      code: kind.container === "zip" || kind.container === "xls" ? "import.workbook" : "import.notText",
      severity: "error",
      table,
      line: 1,
      values: { container: kind.container },
    });
  }
  const { encoding } = kind;
  const headLines = completeLines(new TextDecoder(encoding).decode(head), size > head.length);
  if (headLines.every((line) => line.trim() === "")) {
    return fail({ code: "import.emptyFile", severity: "error", table, line: 1 });
  }
  const delimiter = recogniseDelimiter(headLines);
  const width = commonWidth(headLines, delimiter);
  const headRows = headLines.map((line) => splitCells(line, delimiter) ?? line.split(delimiter));
  const headerIndex = findHeader(headRows, width);
  const header = headerIndex === null ? null : trimTrailingEmpty(headRows[headerIndex]);
  const sample = headRows
    .slice(headerIndex === null ? 0 : headerIndex + 1)
    .filter((cells) => fits(cells, width));
  for (const part of [0.5, 1]) {
    if (size <= headBytes + 2 * probeBytes) break;
    const start = Math.floor((size - probeBytes) * part);
    const evenStart = encoding.startsWith("utf-16") ? start - (start % 2) : start;
    const text = new TextDecoder(encoding).decode(await bytesOf(source, evenStart, evenStart + probeBytes));
    for (const line of splitLines(text).slice(1, -1)) {
      const cells = splitCells(line, delimiter);
      if (cells !== null && fits(cells, width)) sample.push(cells);
    }
  }
  if (sample.length === 0) {
    const code = header === null ? "import.noRows" : "import.headerOnly";
    return fail({ code, severity: "error", table, line: headerIndex === null ? 1 : headerIndex + 1 });
  }
  const recognised = recogniseLayout(header, sample) ?? recogniseByContent(header, sample);
  const issues: Issue[] = [];
  const forecast = header?.find((name) => /lower80|upper80|^forecast_/i.test(name));
  if (forecast !== undefined) {
    issues.push({
      code: "import.looksLikeForecast",
      severity: "warning",
      table,
      line: (headerIndex ?? 0) + 1,
      column: forecast,
    });
  }
  const dates = recogniseDateOrder(recognised, sample);
  if (dates.ambiguous) {
    issues.push({
      code: "import.ambiguousDateOrder",
      severity: "warning",
      table,
      line: headerIndex === null ? 1 : headerIndex + 2,
      column: columnOf(recognised, ["start", "date"])?.header,
      values: { order: dates.order },
    });
  }
  const rowMinutes = recogniseRowMinutes(recognised, dates.order, sample);
  const rows = recognised.rows ?? (rowMinutes === 1440 ? "day" : "interval");
  const mapping: HistoryMapping = {
    layout: recognised.layout === "intervals" && rows === "day" ? "dailyReport" : recognised.layout,
    encoding,
    delimiter,
    headerLine: headerIndex === null ? 0 : headerIndex + 1,
    decimal: recogniseDecimal(recognised, sample, delimiter),
    dateOrder: dates.order,
    timeZone: recognised.timeZone,
    rows,
    rowMinutes: rows === "day" ? 1440 : rows === "contact" ? 1 : rowMinutes,
    columns: recognised.columns,
    firstDate: recognised.columns.some(({ role }) => role === "dayNumber") ? "2001-01-01" : null,
    dayStartMinute: 8 * 60,
    dayEndMinute: 18 * 60,
    ...answerTimeOf(recognised.columns),
  };
  return succeed({ mapping, firstRows: sample.slice(0, 4) }, issues);
}

/** The 20 of a column named `Service Level (20 Seconds)`. */
function answerTimeOf(columns: readonly ColumnUse[]): Pick<HistoryMapping, "answerWithinSeconds"> {
  const named = columns.find(({ role }) => role === "serviceLevel" || role === "inTime");
  const seconds = /(\d+)\s*s(ec(onds?)?)?\b/i.exec(named?.header ?? "")?.[1];
  return seconds === undefined ? {} : { answerWithinSeconds: Number(seconds) };
}

function completeLines(text: string, cut: boolean): string[] {
  const lines = splitLines(text);
  return cut ? lines.slice(0, -1) : lines;
}

function trimTrailingEmpty(cells: readonly string[]): string[] {
  let end = cells.length;
  while (end > 1 && cells[end - 1].trim() === "") end--;
  return cells.slice(0, end).map((cell) => cell.trim());
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

/** Index of the header: the first full-width line, when none of its cells reads as a number or a date. */
function findHeader(rows: readonly (readonly string[])[], width: number): number | null {
  const index = rows.findIndex((cells) => fits(cells, width) || (width === 1 && cells[0].trim() !== ""));
  if (index === -1) return null;
  const read = clockReader("dmy");
  const looksLikeData = rows[index].some((cell) => {
    const text = cell.trim();
    return (
      /\d/.test(text) &&
      (parseNumber(text, ".") !== null || parseNumber(text, ",") !== null || read(text, null) !== null)
    );
  });
  return looksLikeData ? null : index;
}

/** Headers in words nobody foresaw, or none at all: the first column of dates, then the first of numbers. */
function recogniseByContent(
  header: readonly string[] | null,
  sample: readonly (readonly string[])[],
): Recognised {
  const width = header?.length ?? sample[0].length;
  const some = sample.slice(0, 200);
  const share = (index: number, test: (text: string) => boolean) =>
    some.filter((cells) => test((cells[index] ?? "").trim())).length / some.length;
  const readers = (["ymd", "dmy", "mdy"] as const).map((order) => clockReader(order));
  const isClock = (text: string) =>
    /\D/.test(text) && parseNumber(text, ".") === null && readers.some((read) => read(text, null) !== null);
  const isTime = (text: string) => /^\d{1,2}:\d{2}(:\d{2})?(\s*[ap]m)?$/i.test(text);
  const isCount = (text: string) => parseNumber(text, ".") !== null || parseNumber(text, ",") !== null;
  const columns: ColumnUse[] = [];
  const given = new Set<string>();
  for (let index = 0; index < width; index++) {
    const name = header?.[index] ?? `#${index + 1}`;
    const one = (role: ColumnUse["role"]): ColumnUse => {
      given.add(role);
      return { header: name, role, queueId: null };
    };
    if (!given.has("start") && share(index, isClock) > 0.6) columns.push(one("start"));
    else if (given.has("start") && !given.has("time") && share(index, isTime) > 0.6)
      columns.push(one("time"));
    else if (given.has("start") && !given.has("offered") && share(index, isCount) > 0.6)
      columns.push(one("offered"));
    else columns.push({ header: name, role: "ignore", queueId: null });
  }
  const withDate = given.has("time")
    ? columns.map((column) => (column.role === "start" ? { ...column, role: "date" as const } : column))
    : columns;
  return { layout: "intervals", columns: withDate, rows: null, timeZone: null, dateOrder: null };
}

function columnOf(recognised: Recognised, roles: readonly string[]): ColumnUse | undefined {
  return recognised.columns.find(({ role }) => roles.includes(role));
}

function indexOfRole(columns: readonly ColumnUse[], role: string): number {
  return columns.findIndex((column) => column.role === role);
}

/** Clock readings of a sample under an order of date parts. */
function readClocks(
  recognised: Recognised,
  sample: readonly (readonly string[])[],
  order: DateOrder,
): (ClockReading | null)[] {
  const start = indexOfRole(recognised.columns, "start");
  const date = indexOfRole(recognised.columns, "date");
  const time = indexOfRole(recognised.columns, "time");
  const read = clockReader(order);
  if (start >= 0) return sample.map((cells) => read(cells[start] ?? "", null));
  return sample.map((cells) => read(cells[date] ?? "", time < 0 ? null : (cells[time] ?? "")));
}

/**
 * Day first or month first: the order under which more dates exist; of equals the one that makes the shorter,
 * more even walk through the calendar (1.2., 2.2., 3.2. rather than January, February, March).
 */
function recogniseDateOrder(
  recognised: Recognised,
  sample: readonly (readonly string[])[],
): { order: DateOrder; ambiguous: boolean } {
  if (recognised.dateOrder !== null) return { order: recognised.dateOrder, ambiguous: false };
  if (
    indexOfRole(recognised.columns, "dayNumber") >= 0 &&
    columnOf(recognised, ["start", "date"]) === undefined
  ) {
    return { order: "ymd", ambiguous: false };
  }
  const tries = (["dmy", "mdy", "ymd"] as const).map((order) => {
    const days = readClocks(recognised, sample, order).flatMap((reading) =>
      reading === null ? [] : [reading.day],
    );
    const distinct = new Set(days);
    let travelled = 0;
    for (let index = 1; index < days.length; index++) travelled += Math.abs(days[index] - days[index - 1]);
    return { order, read: days.length, travelled, texts: [...distinct].sort((a, b) => a - b).join() };
  });
  const [dayFirst, monthFirst, yearFirst] = tries;
  if (yearFirst.read >= Math.max(dayFirst.read, monthFirst.read)) return { order: "ymd", ambiguous: false };
  const order = (a: { read: number; travelled: number }, b: { read: number; travelled: number }) =>
    b.read - a.read || a.travelled - b.travelled;
  const better = order(dayFirst, monthFirst) <= 0 ? dayFirst : monthFirst;
  const ambiguous =
    dayFirst.read === monthFirst.read &&
    dayFirst.texts !== monthFirst.texts &&
    Math.min(dayFirst.travelled, monthFirst.travelled) * 2 >=
      Math.max(dayFirst.travelled, monthFirst.travelled);
  return { order: better.order, ambiguous };
}

const durationRoles = new Set(["ahtSeconds", "talkSeconds", "acwSeconds", "waitSeconds", "asaSeconds"]);

/** Which of `.` and `,` marks decimals, by cells that can only be read one way; `;` files from the continent use a comma. */
function recogniseDecimal(
  recognised: Recognised,
  sample: readonly (readonly string[])[],
  delimiter: string,
): DecimalMark {
  let comma = 0;
  let dot = 0;
  for (const [index, column] of recognised.columns.entries()) {
    const counted = ["offered", "handled", "abandoned", "blocked"].includes(column.role);
    if (!counted && !durationRoles.has(column.role) && !column.role.endsWith("TotalSeconds")) continue;
    for (const cells of sample.slice(0, 5000)) {
      const text = (cells[index] ?? "").trim();
      if (/^-?\d{1,3}(\.\d{3})+,\d+$/.test(text) || /^-?\d+,(\d{1,2}|\d{4,})$/.test(text)) comma++;
      else if (/^-?\d{1,3}(,\d{3})+\.\d+$/.test(text) || /^-?\d+\.(\d{1,2}|\d{4,})$/.test(text)) dot++;
      else if (counted && /^\d{1,3}(\.\d{3})+$/.test(text)) comma++;
      else if (counted && /^\d{1,3}(,\d{3})+$/.test(text)) dot++;
    }
  }
  if (comma !== dot) return comma > dot ? "," : ".";
  return delimiter === ";" ? "," : ".";
}

/**
 * The commonest step between two neighbouring times of one day. When every row begins at the same time they are days,
 * or half-hours in a layout that is known to hold intervals.
 */
function recogniseRowMinutes(
  recognised: Recognised,
  order: DateOrder,
  sample: readonly (readonly string[])[],
): number {
  if (recognised.rows === "day" || recognised.rows === "contact") return 1440;
  const duration = indexOfRole(recognised.columns, "duration");
  if (duration >= 0) {
    const lengths = sample
      .map((cells) => minutesOfDuration(cells[duration] ?? ""))
      .filter((length) => length !== null);
    if (lengths.length > 0) return Math.min(...lengths);
  }
  const byDay = new Map<number, Set<number>>();
  for (const reading of readClocks(recognised, sample, order)) {
    if (reading === null) continue;
    const times = byDay.get(reading.day) ?? new Set();
    times.add(Math.floor(reading.secondOfDay / 60));
    byDay.set(reading.day, times);
  }
  const steps = new Map<number, number>();
  for (const times of byDay.values()) {
    const sorted = [...times].sort((a, b) => a - b);
    for (let index = 1; index < sorted.length; index++) {
      const step = sorted[index] - sorted[index - 1];
      steps.set(step, (steps.get(step) ?? 0) + 1);
    }
  }
  if (steps.size === 0) return recognised.rows === "interval" ? 30 : 1440;
  const [commonest] = [...steps].sort((a, b) => b[1] - a[1] || a[0] - b[0])[0];
  return (
    [1, 2, 3, 4, 5, 6, 10, 12, 15, 20, 30, 60, 120, 180, 240]
      .filter((length) => commonest % length === 0)
      .pop() ?? 1
  );
}

/** `15mins`, `30`, `PT15M`, `daily`. */
export function minutesOfDuration(text: string): number | null {
  const bare = text.trim().toLowerCase();
  if (bare === "daily" || bare === "1d" || bare === "day") return 1440;
  const number = /(\d+)/.exec(bare);
  if (number === null) return null;
  const minutes = +number[1] * (/h/.test(bare) ? 60 : 1);
  return minutes >= 1 && minutes <= 1440 ? minutes : null;
}
