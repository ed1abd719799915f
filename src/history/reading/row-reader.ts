import { epochDay, localTimeAt, offsetMinutesAt } from "../../domain/calendar/clock.ts";
import { parseNumber } from "../../files/cell-values.ts";
import { clockReader } from "../../files/clock-cells.ts";
import type { IssueList } from "../../files/issue-list.ts";
import { localInstants } from "../../files/local-instants.ts";
import { type ResolutionTimes, resolutionCollector } from "../review/resolution-times.ts";
import type { ChannelName, HistoryImportInput } from "./history-import.ts";
import { minutesOfDuration } from "./inspect-history.ts";
import type { ColumnRole, HistoryMapping } from "./layouts.ts";
import { fateOf, type Measure, measureGroups, type Refusal } from "./measure-columns.ts";
import type { TextRow } from "./read-rows.ts";
import { redialCounter } from "./redials.ts";
import { type Place, type SlotTable, slotSecondsFor, slotTable } from "./slot-table.ts";

/** Takes rows in and says what became of them. */
export interface RowReader {
  read(row: TextRow): void;
  rowsRead(): number;
  rowsRefused(): number;
  /** Once, when all rows are read, before the table is. */
  finish(): void;
  /** Figures by queue and slot; of daily rows one slot is a local day. */
  readonly table: SlotTable;
  channelOf(queueId: string): ChannelName;
  has(measure: Measure): boolean;
  /** Line on which a date (days since 1970) came first; 0: never. */
  firstLineOf(day: number): number;
  resolutionTimes(): ResolutionTimes | null;
}

/** When a row is: instants its clock reading may mean (two in a repeated hour), and its date as written. */
interface When {
  readonly instants: readonly number[];
  readonly day: number;
}

/** What one row says of one queue, ready to be written. */
interface Written {
  readonly place: Place;
  readonly values: Readonly<Record<Measure, number>>;
}

/**
 * Reads rows by a mapping. A row is read as a whole before anything of it is written, so that a refused row leaves no
 * trace; its issue has line and column.
 */
export function rowReader(mapping: HistoryMapping, input: HistoryImportInput, issues: IssueList): RowReader {
  const timeZone = mapping.timeZone ?? input.timeZone;
  const { columns } = mapping;
  const indexOf = (role: ColumnRole) => columns.findIndex((column) => column.role === role);
  const [startColumn, dateColumn, timeColumn] = [indexOf("start"), indexOf("date"), indexOf("time")];
  const [queueColumn, channelColumn, dayNumberColumn] = [
    indexOf("queue"),
    indexOf("channel"),
    indexOf("dayNumber"),
  ];
  const contacts = mapping.rows === "contact";
  const daily = mapping.rows === "day";
  const durationColumn = mapping.rows === "interval" ? indexOf("duration") : -1;
  const outcomeColumn = contacts ? indexOf("outcome") : -1;
  const resolvedColumn = contacts ? indexOf("resolved") : -1;
  const callerColumn = outcomeColumn >= 0 ? indexOf("caller") : -1;
  const whenColumn = startColumn >= 0 ? startColumn : dateColumn >= 0 ? dateColumn : dayNumberColumn;
  const dimensionColumns = columns.flatMap((column, index) => (column.role === "dimension" ? [index] : []));
  const lastNeeded = columns.reduce((last, column, index) => (column.role === "ignore" ? last : index), 0);
  const groups = measureGroups(mapping, input.queueId);
  const slotSeconds = slotSecondsFor((contacts ? input.intervalMinutes : mapping.rowMinutes) * 60);
  const table = slotTable(slotSeconds, contacts ? 0 : ((mapping.rowPhaseMinutes ?? 0) * 60) % slotSeconds);
  const clock = clockReader(mapping.dateOrder);
  const instantsOf = localInstants(timeZone);
  const resolutions = resolutionCollector();
  const redials = redialCounter();
  const channels = new Map<string, ChannelName>();
  const firstLines = new Map<number, number>();
  const present = new Set<Measure>(groups.flatMap((group) => [...group.measures]));
  if (outcomeColumn >= 0) for (const measure of ["handled", "abandoned"] as const) present.add(measure);
  if (callerColumn >= 0) present.add("redials");
  let read = 0;
  let refused = 0;

  /** Too few or too many fields, an open quote, a row of another length. */
  function faultOfFields({ cells, unclosedQuote }: TextRow): Refusal | null {
    if (unclosedQuote) return { code: "import.unclosedQuote", column: 0 };
    const values = { fields: cells.length, expected: columns.length };
    if (cells.length <= lastNeeded) return { code: "import.tooFewFields", column: cells.length, values };
    for (let index = columns.length; index < cells.length; index++) {
      if (cells[index].trim() !== "")
        return { code: "import.tooManyFields", column: columns.length - 1, values };
    }
    if (durationColumn >= 0 && minutesOfDuration(cells[durationColumn]) !== mapping.rowMinutes) {
      const told = { text: cells[durationColumn], minutes: mapping.rowMinutes };
      return { code: "import.otherDuration", column: durationColumn, values: told };
    }
    return null;
  }

  function whenOf(cells: readonly string[]): When | Refusal {
    if (whenColumn === dayNumberColumn) {
      const number = parseNumber(cells[dayNumberColumn], mapping.decimal);
      if (number === null || !Number.isInteger(number) || number < 0)
        return wrong("import.notANumber", dayNumberColumn);
      const day = epochDay(mapping.firstDate ?? "2001-01-01") + number - 1;
      return { day, instants: [day * 86_400] };
    }
    const timeText = startColumn >= 0 || timeColumn < 0 ? null : cells[timeColumn];
    const clockColumn = timeText === null ? whenColumn : timeColumn;
    const reading = clock(cells[whenColumn], timeText);
    if (reading === null) {
      const dateFine = timeText !== null && clock(cells[whenColumn], null) !== null;
      return dateFine
        ? wrong("import.unparsableTime", timeColumn)
        : wrong("import.unparsableDate", whenColumn);
    }
    if (daily) return { day: reading.day, instants: [reading.day * 86_400] };
    const instants = instantsOf(reading, contacts ? 0 : mapping.rowMinutes * 60);
    return instants.length === 0 ? wrong("import.skippedTime", clockColumn) : { day: reading.day, instants };

    function wrong(code: string, column: number): Refusal {
      return { code, column, values: { text: cells[column] } };
    }
  }

  /** Queue a row speaks of: its column's or the file's, with the channel where it is not the telephone. */
  function queueOf(cells: readonly string[], channel: string): string {
    const named = queueColumn < 0 ? input.queueId : cells[queueColumn].trim() || input.queueId;
    return /^(voice|call|phone|)$/i.test(channel) ? named : `${named} ${channel.toLowerCase()}`;
  }

  function countsOf(cells: readonly string[], { instants }: When): Written[] | Refusal {
    const channel = channelColumn < 0 ? "" : cells[channelColumn].trim();
    const dimensions = dimensionColumns.map((index) => cells[index]).join("\u0001");
    const written: Written[] = [];
    for (const group of groups) {
      let values = group.read(cells);
      if (values === null) continue;
      if ("code" in values) return values;
      if (outcomeColumn >= 0) {
        const fate = fateOf(cells[outcomeColumn], values);
        if (fate === null) {
          return { code: "import.notOffered", column: outcomeColumn, values: { text: cells[outcomeColumn] } };
        }
        values = { ...values, ...fate };
      }
      const queueId = group.queueId ?? queueOf(cells, channel);
      if (!channels.has(queueId)) channels.set(queueId, channelName(channel, mapping));
      const places = instants.map((instant) => table.place(queueId, dimensions, instant));
      // Contacts share a slot; rows of counts have it to themselves, and take the second pass of a repeated hour.
      const place = contacts ? places[0] : places.find(({ cells: there, slot }) => there.line[slot] === 0);
      if (place === undefined) {
        const firstLine = places[0].cells.line[places[0].slot];
        return {
          code: "import.repeatedInterval",
          column: whenColumn,
          values: { firstLine, text: cells[whenColumn] },
        };
      }
      written.push({ place, values });
    }
    return written;
  }

  /** Seconds from creation to resolution, null while a ticket is open. */
  function resolutionOf(text: string, created: number): { readonly seconds: number | null } | Refusal {
    if (text.trim() === "") return { seconds: null };
    const reading = clock(text, null);
    const [resolved] = reading === null ? [] : instantsOf(reading);
    if (resolved !== undefined && resolved >= created) return { seconds: resolved - created };
    const code =
      reading === null ? "unparsableDate" : resolved === undefined ? "skippedTime" : "resolvedBeforeCreated";
    return { code: `import.${code}`, column: resolvedColumn, values: { text } };
  }

  function readRow(row: TextRow): Refusal | null {
    const fault = faultOfFields(row);
    if (fault !== null) return fault;
    const when = whenOf(row.cells);
    if ("code" in when) return when;
    const written = countsOf(row.cells, when);
    if ("code" in written) return written;
    if (resolvedColumn >= 0) {
      const resolution = resolutionOf(row.cells[resolvedColumn], when.instants[0]);
      if ("code" in resolution) return resolution;
      const created = localTimeAt(when.instants[0], offsetMinutesAt(when.instants[0], timeZone));
      resolutions.add(queueOf(row.cells, ""), Math.floor(created.minuteOfDay / 60), resolution.seconds);
    }
    for (const { place, values } of written) {
      place.cells.line[place.slot] = row.line;
      for (const measure of present) place.cells[measure][place.slot] += values[measure];
      if (callerColumn >= 0)
        redials.add(row.cells[callerColumn], when.instants[0], values.abandoned > 0, place);
    }
    if (!firstLines.has(when.day)) firstLines.set(when.day, row.line);
    return null;
  }

  return {
    table,
    read(row) {
      const refusal = readRow(row);
      if (refusal === null) {
        read++;
        return;
      }
      refused++;
      const { code, column, values } = refusal;
      issues.add({
        code,
        severity: code === "import.otherDuration" || code === "import.notOffered" ? "info" : "warning",
        line: row.line,
        column: columns[column]?.header ?? `#${column + 1}`,
        ...(values === undefined ? {} : { values }),
      });
    },
    finish: () => redials.count(),
    rowsRead: () => read,
    rowsRefused: () => refused,
    channelOf: (queueId) => channels.get(queueId) ?? "voice",
    has: (measure) => present.has(measure),
    firstLineOf: (day) => firstLines.get(day) ?? 0,
    resolutionTimes: () => resolutions.summary(),
  };
}

function channelName(text: string, mapping: HistoryMapping): ChannelName {
  if (mapping.layout === "ticketLog" || /mail|task|ticket|case|deferred|callback/i.test(text))
    return "deferred";
  return /chat|message|messaging|sms|whatsapp/i.test(text) ? "chat" : "voice";
}
