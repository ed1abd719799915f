import { type Command, InvalidArgumentError, Option } from "commander";
import type { Issue } from "../domain/outcome.ts";
import { durationUnits } from "../files/cell-values.ts";
import { timeForms } from "../files/clock-cells.ts";
import type { HistoryImport } from "../history/reading/history-import.ts";
import { importHistory } from "../history/reading/import-history.ts";
import { columnRoles } from "../history/reading/layouts.ts";
import { type GivenColumn, type GivenReading, shortRole } from "../history/reading/questions.ts";
import { readInput, reportIssues, usable } from "./io.ts";
import { localDate, timeZone, wholeFrom } from "./option-values.ts";

/** Options of every command that reads a history file. */
export interface HistoryOptions {
  readonly intervalMinutes: 15 | 30 | 60;
  readonly timeZone: string;
  readonly queue: string;
  readonly row?: GivenReading["rows"];
  readonly columns?: readonly GivenColumn[];
  readonly dateOrder?: GivenReading["dateOrder"];
  readonly decimal?: GivenReading["decimal"];
  readonly times?: GivenReading["times"];
  readonly handleTimeUnit?: GivenReading["handleTimeUnit"];
  readonly repeatedRows?: "sum" | "refuse";
  readonly swappedDates?: "yes" | "no";
  readonly counts?: GivenReading["counts"];
  readonly year?: number;
  readonly weekNumbers?: GivenReading["weeks"];
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
      new Option("--row <kind>", "what a row of the file is (else recognised)").choices([
        "contact",
        "interval",
        "day",
      ]),
    )
    .option(
      "--columns <uses>",
      "what columns are for, by header or #3: start=Opened,queue=Team,offered=#4 (the rest is recognised)",
      columnUses,
    )
    .addOption(
      new Option("--date-order <order>", "order of dates in numbers (else recognised)").choices([
        "ymd",
        "dmy",
        "mdy",
      ]),
    )
    .addOption(new Option("--decimal <mark>", "decimal mark (else recognised)").choices([".", ","]))
    .addOption(
      new Option("--times <form>", "what whole numbers in the time column count (else recognised)").choices(
        timeForms,
      ),
    )
    .addOption(
      new Option(
        "--handle-time-unit <unit>",
        "unit of handle times (else by header and by what is plausible)",
      ).choices(durationUnits),
    )
    .addOption(
      new Option(
        "--repeated-rows <how>",
        "what to do with rows of the same time and queue (else recognised)",
      ).choices(["sum", "refuse"]),
    )
    .addOption(
      new Option(
        "--swapped-dates <answer>",
        "whether a spreadsheet exchanged day and month of the dates written year first (else recognised)",
      ).choices(["yes", "no"]),
    )
    .addOption(
      new Option("--counts <kind>", "whether counts are each row's, run on, or are thousands").choices([
        "plain",
        "running",
        "thousands",
      ]),
    )
    .option("--year <year>", "year of the first date, where dates have none", wholeFrom(1970, 2199))
    .addOption(
      new Option("--week-numbers <numbering>", "how weeks are numbered (else ISO 8601)").choices([
        "iso",
        "us",
      ]),
    )
    .option("--first-date <date>", "date of day 1 in a file that numbers its days", localDate);
}

/**
 * Reads and understands a history file, or ends the process with status 1 and the reasons: among them the questions that
 * the file leaves open, with the options that answer them.
 */
export async function readHistory(path: string, options: HistoryOptions): Promise<HistoryImport> {
  const source = { name: path === "-" ? "standard input" : path, data: readInput(path) };
  const imported = usable(
    await importHistory({
      source,
      mapping: null,
      given: givenReading(options),
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
          .map(({ header, role }) => `${shortRole(role)}=${header}`)
          .join(", "),
      },
    },
    ...imported.contacts.queues.map(
      ({ queueId, inFile, inHistory, leftOut, refused }): Issue => ({
        code: "import.account",
        severity: "info",
        table: source.name,
        values: {
          queue: queueId,
          inFile: rounded(inFile),
          inHistory: rounded(inHistory),
          leftOut: rounded(leftOut),
          refused: rounded(refused),
        },
      }),
    ),
  ]);
  return imported;
}

function givenReading(options: HistoryOptions): GivenReading {
  const {
    row,
    columns,
    dateOrder,
    decimal,
    times,
    handleTimeUnit,
    repeatedRows,
    swappedDates,
    counts,
    year,
    weekNumbers,
    firstDate,
  } = options;
  return {
    ...(row && { rows: row }),
    ...(columns && { columns }),
    ...(dateOrder && { dateOrder }),
    ...(decimal && { decimal }),
    ...(times && { times }),
    ...(handleTimeUnit && { handleTimeUnit }),
    ...(repeatedRows && { sumRepeats: repeatedRows === "sum" }),
    ...(swappedDates && { swappedDates: swappedDates === "yes" }),
    ...(counts && { counts }),
    ...(year && { year }),
    ...(weekNumbers && { weeks: weekNumbers }),
    ...(firstDate && { firstDate }),
  };
}

/** Tenths: contacts of a file that was spread over intervals are no whole numbers. */
function rounded(contacts: number): number {
  return Math.round(contacts * 10) / 10;
}

/** `start=Opened,offered=#4`; a comma belongs to the header unless another use follows it. */
function columnUses(text: string): readonly GivenColumn[] {
  const roles = columnRoles.map((role) => [shortRole(role), role] as const);
  return text.split(/,(?=\s*[A-Za-z]+=)/).map((part) => {
    const [, name, header] = /^\s*([A-Za-z]*)=(.+)$/.exec(part) ?? [];
    const role = roles.find(([short, role]) => name === short || name === role)?.[1];
    if (header === undefined)
      throw new InvalidArgumentError("it must be uses and headers, such as start=Opened,offered=Calls.");
    if (role === undefined)
      throw new InvalidArgumentError(
        `${name} is no use of a column; there are ${roles.map(([short]) => short).join(", ")}.`,
      );
    return { role, header: header.trim() };
  });
}
