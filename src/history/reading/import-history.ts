import { fail, type Issue, type OnProgress, type Outcome } from "../../domain/outcome.ts";
import { issueList } from "../../files/issue-list.ts";
import { layoutOf } from "./assign-columns.ts";
import { historyOnGrid } from "./history-grid.ts";
import type { HistoryImport, HistoryImportInput } from "./history-import.ts";
import { inspectHistory } from "./inspect-history.ts";
import type { ColumnRole, HistoryMapping } from "./layouts.ts";
import { issueOfQuestion } from "./questions.ts";
import { readRows, sizeOf } from "./read-rows.ts";
import { hasTime } from "./recognise-table.ts";
import { type RowReader, rowReader } from "./row-reader.ts";

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
    const inspected = await inspectHistory(input.source, input.given);
    if (!inspected.ok) return inspected;
    mapping = inspected.value.mapping;
    const { headerLine } = mapping;
    const asked = inspected.value.questions.map((question) =>
      issueOfQuestion(
        question,
        input.source.name,
        question.about === "dateOrder" ? headerLine + 1 : Math.max(1, headerLine),
      ),
    );
    found.push(...inspected.issues, ...asked);
    if (asked.some(({ severity }) => severity === "error")) return fail(...found);
  } else if (sizeOf(input.source) === 0) {
    return fail({ code: "import.emptyFile", severity: "error", table: input.source.name, line: 1 });
  } else if (isToldByColumns(mapping)) {
    mapping = { ...mapping, layout: layoutOf(mapping.columns, mapping.rows) };
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
    for (const row of rows) {
      if (row.line > mapping.headerLine) reader.read(row);
      else reader.preamble(row);
    }
    const now = performance.now();
    if (onProgress !== undefined && now >= nextReport) {
      onProgress({ phase: "read", completed: bytesRead, total: size });
      nextReport = now + 100;
    }
  }
  reader.finish();
  const senseless = senselessReading(reader, input.mapping !== null);
  if (senseless !== null) {
    issues.add(senseless);
    if (senseless.severity === "error") return fail(...issues.all());
  }
  // Rows of which every cell is empty are read, and say nothing.
  if (reader.tally().rowsRead === 0 || isEmpty(reader.table.filled())) {
    issues.add({ code: "import.noRowsRead", severity: "error", line: mapping.headerLine + 1 });
    return fail(...issues.all());
  }
  return historyOnGrid(reader, mapping, input, issues);
}

function isEmpty(list: Iterable<unknown>): boolean {
  return list[Symbol.iterator]().next().done === true;
}

/**
 * What rows refused in numbers say of the reading: times that stand there before with other counts mean that something
 * else splits the rows, and times that cannot be read that another column has them. A mapping that a person made is kept.
 */
function senselessReading(reader: RowReader, isChosen: boolean): Issue | null {
  const { rowsRead, rowsRefused, repeated, unreadTimes: unread } = reader.tally();
  const rows = rowsRead + rowsRefused;
  const severity = isChosen ? "warning" : "error";
  if (repeated >= 5 && repeated > rows * 0.1) {
    const values = { rows, repeated, option: "--repeated-rows sum | --row contact" };
    return { code: "import.mostRepeated", severity, values };
  }
  if (unread < 10 || unread * 3 < rows) return null;
  return { code: "import.mostUndated", severity, values: { rows, unread, option: "--columns start=…" } };
}

/** Layouts that are told by their columns: a corrected column may make another one of it. */
function isToldByColumns({ layout }: HistoryMapping): boolean {
  return ["callLog", "ticketLog", "dailyReport", "intervals"].includes(layout);
}

/** Code of the column without which nothing can be read. */
function lackingColumn(mapping: HistoryMapping): string | null {
  const { columns, rows } = mapping;
  const has = (...roles: readonly ColumnRole[]) => columns.some(({ role }) => roles.includes(role));
  if (!hasTime(mapping)) return "import.noTimeColumn";
  return rows === "contact" || has("offered", "handled") ? null : "import.noCountColumn";
}
