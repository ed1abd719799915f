import type { LocalDate } from "../../domain/calendar/clock.ts";
import { fail, type Issue, type OnProgress, type Outcome } from "../../domain/outcome.ts";
import type { DemandHistory } from "../../domain/results/demand.ts";
import type { ResolutionTimes } from "../review/resolution-times.ts";
import { historyOnGrid } from "./history-grid.ts";
import { inspectHistory } from "./inspect-history.ts";
import { issueList } from "./issue-list.ts";
import type { ColumnRole, HistoryMapping } from "./layouts.ts";
import { type FileSource, readRows, sizeOf } from "./read-rows.ts";
import { rowReader } from "./row-reader.ts";

export interface HistoryImportInput {
  readonly source: FileSource;
  /** null: recognise it. Otherwise as proposed by `inspectHistory`, perhaps corrected. */
  readonly mapping: HistoryMapping | null;
  /** Zone and interval of the plan: the grid the history is summed to. */
  readonly timeZone: string;
  readonly intervalMinutes: number;
  /** Name given to contacts of a file that names no queue. */
  readonly queueId: string;
}

/** A stretch of open time the file says nothing about. */
export interface Gap {
  readonly queueId: string;
  readonly date: LocalDate;
  /** First interval of the grid and the number of them. */
  readonly firstInterval: number;
  readonly intervals: number;
}

/** What a file needs from the person before planning can go on. */
export type Lacking = "aht" | "date" | "intraday";

export interface HistoryImport {
  readonly mapping: HistoryMapping;
  readonly history: DemandHistory;
  /** In the order of `history.queues`. */
  readonly channels: readonly ("voice" | "chat" | "deferred")[];
  /** Not blank, header not counted: rowsRead + rowsRefused. */
  readonly rowsInFile: number;
  readonly rowsRead: number;
  /** Each with an issue of its own, or counted by `import.furtherIssues` when there are too many to list. */
  readonly rowsRefused: number;
  readonly firstDate: LocalDate;
  readonly lastDate: LocalDate;
  readonly gaps: readonly Gap[];
  /** Dates between the first and the last on which no queue was open. */
  readonly closedDates: readonly LocalDate[];
  readonly lacking: readonly Lacking[];
  /** Where the file is a log of tickets with the time of their resolution. */
  readonly resolutionTimes: ResolutionTimes | null;
}

/**
 * Reads a file of past contacts into a `DemandHistory` on the plan's grid. Any size: rows pass through in blocks.
 *
 * Never stops at a bad row: it is refused with an issue that has its line and column, and
 * rowsRead + rowsRefused = rowsInFile. Rows shorter than the plan's interval are summed; rows that do not nest in it are
 * split in proportion to time (`import.splitRows`). An interval without a row is closed when that weekday and time
 * usually has none, otherwise missing. A day without any row is closed.
 *
 * Fails, apart from what `inspectHistory` says, with `import.noTimeColumn`, `import.noCountColumn`, `import.noRowsRead` and
 * `import.spanTooLong`.
 */
export async function importHistory(
  input: HistoryImportInput,
  onProgress?: OnProgress,
): Promise<Outcome<HistoryImport>> {
  const found: Issue[] = [];
  let { mapping } = input;
  if (mapping === null) {
    const inspected = await inspectHistory(input.source);
    if (!inspected.ok) return inspected;
    mapping = inspected.value.mapping;
    found.push(...inspected.issues);
  } else if (sizeOf(input.source) === 0) {
    return fail({ code: "import.emptyFile", severity: "error", table: input.source.name, line: 1 });
  }
  const issues = issueList(input.source.name, found);
  const lack = lackingColumn(mapping);
  if (lack !== null) {
    issues.add({ code: lack, severity: "error", line: Math.max(1, mapping.headerLine) });
    return fail(...issues.all());
  }
  const reader = rowReader(mapping, input, issues);
  const size = sizeOf(input.source);
  let nextReport = 0;
  for await (const { rows, bytesRead } of readRows(
    input.source,
    mapping.encoding,
    mapping.delimiter,
    mapping.columns.length,
  )) {
    for (const row of rows) if (row.line > mapping.headerLine) reader.read(row);
    const now = performance.now();
    if (onProgress !== undefined && now >= nextReport) {
      onProgress({ phase: "read", completed: bytesRead, total: size });
      nextReport = now + 100;
    }
  }
  reader.finish();
  if (reader.rowsRead() === 0) {
    issues.add({ code: "import.noRowsRead", severity: "error", line: mapping.headerLine + 1 });
    return fail(...issues.all());
  }
  return historyOnGrid(reader, mapping, input, issues);
}

/** Code of the column without which nothing can be read. */
function lackingColumn({ columns, rows }: HistoryMapping): string | null {
  const has = (...roles: readonly ColumnRole[]) => columns.some(({ role }) => roles.includes(role));
  if (!has("start", "date", "dayNumber")) return "import.noTimeColumn";
  return rows === "contact" || has("offered", "handled") ? null : "import.noCountColumn";
}
