import { type Command, InvalidArgumentError, Option } from "commander";
import { isLocalDate, isTimeZone } from "../domain/calendar/clock.ts";
import { fail } from "../domain/outcome.ts";
import type { HistoryImport } from "../history/reading/history-import.ts";
import { importHistory } from "../history/reading/import-history.ts";
import { inspectHistory } from "../history/reading/inspect-history.ts";
import type { HistoryMapping } from "../history/reading/layouts.ts";
import { readInput, reportIssues, usable } from "./io.ts";
import { positive } from "./option-values.ts";

/** Options of every command that reads a history file. */
export interface HistoryOptions {
  readonly intervalMinutes: 15 | 30 | 60;
  readonly timeZone: string;
  readonly queue: string;
  readonly dateOrder?: HistoryMapping["dateOrder"];
  readonly decimal?: HistoryMapping["decimal"];
  readonly firstDate?: string;
}

export function addHistoryOptions(command: Command, intervalMinutes: number): Command {
  return command
    .addOption(
      new Option("--interval-minutes <minutes>", "length of the plan's intervals")
        .choices(["15", "30", "60"])
        .argParser((text) => {
          if (!["15", "30", "60"].includes(text)) throw new InvalidArgumentError("it must be 15, 30 or 60.");
          return +text;
        })
        .default(intervalMinutes),
    )
    .option(
      "--time-zone <zone>",
      "IANA zone of the plan, and of clock times without an offset",
      timeZone,
      "UTC",
    )
    .option("--queue <name>", "queue of contacts whose file names none", "main")
    .addOption(
      new Option("--date-order <order>", "order of dates in numbers (else recognised)").choices([
        "ymd",
        "dmy",
        "mdy",
      ]),
    )
    .addOption(new Option("--decimal <mark>", "decimal mark (else recognised)").choices([".", ","]))
    .option("--first-date <date>", "date of day 1 in a file that numbers its days", localDate);
}

/** Reads and understands a history file, or ends the process with status 1 and the reasons. */
export async function readHistory(path: string, options: HistoryOptions): Promise<HistoryImport> {
  const source = { name: path === "-" ? "standard input" : path, data: bytesOrEnd(path) };
  let mapping: HistoryMapping | null = null;
  if (options.dateOrder !== undefined || options.decimal !== undefined || options.firstDate !== undefined) {
    const { mapping: proposed } = usable(await inspectHistory(source));
    mapping = {
      ...proposed,
      dateOrder: options.dateOrder ?? proposed.dateOrder,
      decimal: options.decimal ?? proposed.decimal,
      firstDate: proposed.firstDate === null ? null : (options.firstDate ?? proposed.firstDate),
    };
  }
  const imported = usable(
    await importHistory({
      source,
      mapping,
      timeZone: options.timeZone,
      intervalMinutes: options.intervalMinutes,
      queueId: options.queue,
    }),
  );
  reportIssues([
    {
      code: "import.understood",
      severity: "info",
      table: source.name,
      values: {
        layout: imported.mapping.layout,
        rowMinutes: imported.mapping.rowMinutes,
        rowsRead: imported.rowsRead,
        rowsRefused: imported.rowsRefused,
        firstDate: imported.firstDate,
        lastDate: imported.lastDate,
        closedDays: imported.closedDates.length,
        gaps: imported.gaps.length,
        columns: imported.mapping.columns
          .filter(({ role }) => role !== "ignore")
          .map(({ header, role }) => `${header}=${role}`)
          .join(","),
      },
    },
  ]);
  return imported;
}

/** The bytes of a file; ends the process with status 1 when there is no such file to read. */
function bytesOrEnd(path: string): Uint8Array {
  try {
    return readInput(path);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return usable(
      fail({ code: "import.unreadableFile", severity: "error", table: path, values: { reason } }),
    );
  }
}

export function localDate(text: string): string {
  if (!isLocalDate(text)) throw new InvalidArgumentError("it must be a date such as 2026-11-02.");
  return text;
}

export function wholeNumber(text: string): number {
  const value = positive(text);
  if (!Number.isInteger(value) || value < 1)
    throw new InvalidArgumentError("it must be a whole number, 1 or more.");
  return value;
}

function timeZone(text: string): string {
  if (!isTimeZone(text)) throw new InvalidArgumentError("it must be an IANA zone such as Europe/Berlin.");
  return text;
}
