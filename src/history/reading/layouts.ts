import type { LocalDate } from "../../domain/calendar/clock.ts";
import type { DecimalMark, DurationUnit } from "../../files/cell-values.ts";
import type { DateForm, DateOrder, TimeForm, WeekNumbering } from "../../files/clock-cells.ts";
import type { TextEncodingName } from "./text-encoding.ts";

/** What a column of a file is for. Totals are over the row's contacts; the others are means per contact. */
export const columnRoles = [
  "ignore",
  "start",
  "date",
  "time",
  "dayNumber",
  "year",
  "month",
  "dayOfMonth",
  "week",
  "weekday",
  "queue",
  "channel",
  "dimension",
  "duration",
  "offered",
  "handled",
  "abandoned",
  "blocked",
  "ahtSeconds",
  "talkSeconds",
  "holdSeconds",
  "acwSeconds",
  "handleTotalSeconds",
  "talkTotalSeconds",
  "acwTotalSeconds",
  "waitSeconds",
  "asaSeconds",
  "waitTotalSeconds",
  "serviceLevel",
  "inTime",
  "caller",
  "contactId",
  "direction",
  "outcome",
  "wasAnswered",
  "wasAbandoned",
  "answeredAt",
  "endedAt",
  "resolved",
] as const;
export type ColumnRole = (typeof columnRoles)[number];

export interface ColumnUse {
  /** As in the file; `#3` where there is no header. */
  readonly header: string;
  readonly role: ColumnRole;
  /** Queue the column belongs to, in layouts that hold one column per queue; otherwise null. */
  readonly queueId: string | null;
  /** What the numbers of a duration count. Absent: seconds. */
  readonly unit?: DurationUnit;
  /** Counts that run on from row to row, or of thousands. Absent: plain ones. */
  readonly counting?: "running" | "thousands";
  /** Minute of the day, or date, that the column's counts are of, where times or days stand side by side. */
  readonly minute?: number;
  readonly date?: LocalDate;
  /** Weekday, 1 Monday to 7 Sunday, that the column's counts are of, where those of a row's week stand side by side. */
  readonly weekday?: number;
}

export type LayoutName =
  | "own"
  | "amazonConnect"
  | "genesysCloud"
  | "injixo"
  | "calabrio"
  | "verint"
  | "callLog"
  | "ticketLog"
  | "dailyReport"
  | "intervals";

/** How a file is to be read: recognised, shown, corrected by the person, and used again for the next file of its kind. */
export interface HistoryMapping {
  readonly layout: LayoutName;
  readonly encoding: TextEncodingName;
  readonly delimiter: string;
  /** Line of the header; 0 when there is none. */
  readonly headerLine: number;
  readonly decimal: DecimalMark;
  readonly dateOrder: DateOrder;
  /** How the dates and the times are given. Absent: written, a clock time. */
  readonly dates?: DateForm;
  readonly times?: TimeForm;
  /** Whether `08:00-08:30` is a stretch of time and no offset. Absent: where the offset does not exist. */
  readonly ranges?: boolean;
  /** Of a clock of twelve hours (`times` halfDay): minutes after twelve before which a time is in the afternoon; absent: the order of rows tells. */
  readonly opensAt?: number;
  /**
   * Dates with the year first have day and month exchanged: a spreadsheet took them for dates of the other order. `sameForm`:
   * those up to the 12th have, in the form of all others.
   */
  readonly swappedDates?: boolean | "sameForm";
  /** The time given is that at which an interval ends. */
  readonly timeIsEnd?: boolean;
  /** A blank date is that of the row above. */
  readonly fillDates?: boolean;
  /** A blank queue is that of the row above. */
  readonly fillQueues?: boolean;
  /** Dates stand in lines of their own, each for the rows below it. */
  readonly dateLines?: boolean;
  /** How numbered weeks are counted; absent: by ISO 8601. */
  readonly weeks?: WeekNumbering;
  /** A date that stands for its week is the last of it. */
  readonly weekIsEnd?: boolean;
  /** Year of the first date, where dates are written without one. */
  readonly year?: number;
  /** Zone of clock times that do not name their offset; null: the plan's. */
  readonly timeZone: string | null;
  /** What a row is: counts of an interval, counts of a day, or one contact. */
  readonly rows: "interval" | "day" | "contact";
  /** Length of the interval a row stands for, 1 to 1440. */
  readonly rowMinutes: number;
  /** Minutes after a multiple of `rowMinutes` at which rows start: 30 for hours from half past to half past. Absent: 0. */
  readonly rowPhaseMinutes?: number;
  readonly columns: readonly ColumnUse[];
  /** Date of day number 1, where rows are numbered and not dated. */
  readonly firstDate: string | null;
  /** Clock minutes over which daily totals are spread. */
  readonly dayStartMinute: number;
  readonly dayEndMinute: number;
  /** Whether rows whose queue, region or the like is called "total" are left out, because others are added up already. */
  readonly leaveOutTotals?: boolean;
  /** Texts of dimensions that are sums of the others though they are not called so: `National`. */
  readonly totalParts?: readonly string[];
  /** Rows at midnight are the sums of their days. */
  readonly midnightTotals?: boolean;
  /** Whether rows of the same time and queue are added up instead of refused. */
  readonly sumRepeats?: boolean;
  /** Whether rows with the number of a contact that was there before are legs of it. Absent: contacts of their own. */
  readonly joinLegs?: boolean;
  /** Answered within so many seconds is in time, where the file tells waits or a service level. Absent: 20. */
  readonly answerWithinSeconds?: number;
}

export interface Recognised {
  readonly layout: LayoutName;
  readonly columns: readonly ColumnUse[];
  readonly rows: HistoryMapping["rows"] | null;
  readonly timeZone: string | null;
  readonly dateOrder: DateOrder | null;
}

/**
 * A layout whose names mean something of their own, by its header (or by the shape of its first rows where it has none), and
 * what each column is for; null for any other file.
 *
 * @param header null when the file has none
 * @param sample some rows of cells
 */
export function recogniseLayout(
  header: readonly string[] | null,
  sample: readonly (readonly string[])[],
): Recognised | null {
  return header === null ? recogniseShape(sample) : recogniseHeader(header);
}

const calabrioRoles: readonly ColumnRole[] = [
  ["duration", "date", "time", "dimension", "queue", "offered", "dimension"],
  ["abandoned", "ignore", "handled", "waitTotalSeconds", "ignore", "talkTotalSeconds", "acwTotalSeconds"],
  ["ignore", "ignore", "ignore", "inTime"],
].flat() as ColumnRole[];

const calabrioFields = (
  "interval date_from time queue queue_name offd_direct_call_cnt overflow_in_call_cnt aband_call_cnt " +
  "overflow_out_call_cnt answ_call_cnt queued_and_answ_call_dur queued_and_aband_call_dur talking_call_dur wrap_up_dur " +
  "queued_answ_longest_que_dur queued_aband_longest_que_dur avg_avail_member_cnt ans_servicelevel_cnt wait_dur " +
  "aband_short_call_cnt aband_within_sl_cnt"
).split(" ");

function recogniseShape(sample: readonly (readonly string[])[]): Recognised | null {
  const row = sample[0];
  if (row === undefined) return null;
  if (row.length === 21 && /^\d{8}$/.test(row[1]) && /^\d{1,2}:\d{2}$/.test(row[2])) {
    const columns = calabrioFields.map((header, index) => ({
      header,
      role: header === "overflow_in_call_cnt" ? "ignore" : (calabrioRoles[index] ?? "ignore"),
      queueId: null,
    }));
    return { layout: "calabrio", columns, rows: "interval", timeZone: null, dateOrder: "ymd" };
  }
  if (row.length === 4 && sample.every((cells) => /^\d{1,2}-\d{1,2}-\d{4}$/.test(cells[1] ?? ""))) {
    const roles: readonly ColumnRole[] = ["queue", "date", "offered", "ahtSeconds"];
    const columns = roles.map((role, index) => ({
      header: ["queue", "date", "volume", "AHT"][index],
      role,
      queueId: null,
    }));
    return { layout: "verint", columns, rows: "day", timeZone: null, dateOrder: "mdy" };
  }
  return null;
}

/** Letters and digits only, lower case; other scripts stay as they are. */
function key(header: string): string {
  return header.toLowerCase().replace(/[\s_\-./()#:]+/g, "");
}

const amazonRoles: Readonly<Record<string, ColumnRole>> = {
  queuename: "queue",
  queueid: "ignore",
  channeltype: "channel",
  timestamp: "start",
  intervalduration: "duration",
  incomingcontactvolume: "offered",
  averagehandletime: "ahtSeconds",
  contactshandled: "handled",
};
const genesysRoles: Readonly<Record<string, ColumnRole>> = {
  intervalstartutcdate: "start",
  queue: "queue",
  mediatype: "channel",
  skillset: "dimension",
  language: "dimension",
  offered: "offered",
  interactionshandled: "handled",
  totalhandletimeseconds: "handleTotalSeconds",
};
const bankLogRoles: Readonly<Record<string, ColumnRole>> = {
  type: "queue",
  date: "date",
  vruexit: "time",
  qtime: "waitSeconds",
  customerid: "caller",
  outcome: "outcome",
  sertime: "handleTotalSeconds",
};

function recogniseHeader(header: readonly string[]): Recognised | null {
  const keys = header.map(key);
  const has = (...names: readonly string[]) => names.every((name) => keys.includes(name));
  const fixed = (roles: Readonly<Record<string, ColumnRole>>) =>
    header.map((name, index) => ({ header: name, role: roles[keys[index]] ?? "ignore", queueId: null }));
  const plain = { timeZone: null, dateOrder: null };
  if (has("queuename", "timestamp", "intervalduration", "incomingcontactvolume")) {
    return { layout: "amazonConnect", columns: fixed(amazonRoles), rows: "interval", ...plain };
  }
  // With other handle times than the layout knows, the columns are read by what they are called.
  const otherTimes = keys.some((name) => /aht|avg|average|talk|acw/.test(name));
  if (has("intervalstartutcdate", "queue", "offered") && !otherTimes) {
    return {
      layout: "genesysCloud",
      columns: fixed(genesysRoles),
      rows: "interval",
      timeZone: "UTC",
      dateOrder: null,
    };
  }
  if (has("date", "vruexit", "qtime", "outcome", "sertime")) {
    return {
      layout: "callLog",
      columns: fixed(bankLogRoles),
      rows: "contact",
      timeZone: null,
      dateOrder: "ymd",
    };
  }
  return null;
}
