import type { DecimalMark } from "../../files/cell-values.ts";
import type { DateOrder } from "../../files/clock-cells.ts";
import type { TextEncodingName } from "./read-rows.ts";

/** What a column of a file is for. Totals are over the row's contacts; the others are means per contact. */
export const columnRoles = [
  "ignore",
  "start",
  "date",
  "time",
  "dayNumber",
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
  "outcome",
  "resolved",
] as const;
export type ColumnRole = (typeof columnRoles)[number];

export interface ColumnUse {
  /** As in the file; `#3` where there is no header. */
  readonly header: string;
  readonly role: ColumnRole;
  /** Queue the column belongs to, in layouts that hold one column per queue; otherwise null. */
  readonly queueId: string | null;
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
 * The layout of a file by its header (or by the shape of its first rows where it has none), and what each column is for.
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
  if (has("intervalstartutcdate", "queue", "offered")) {
    return {
      layout: "genesysCloud",
      columns: fixed(genesysRoles),
      rows: "interval",
      timeZone: "UTC",
      dateOrder: null,
    };
  }
  if (has("intervalstart", "queue", "offered")) {
    return { layout: "own", columns: byName(header), rows: "interval", ...plain };
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
  if (keys[0] === "timestamp" && keys.slice(1).some((name) => name.startsWith("offered"))) {
    return { layout: "injixo", columns: wideByQueue(header), rows: "interval", ...plain };
  }
  const columns = byName(header);
  const roles = new Set(columns.map((column) => column.role));
  const dated = roles.has("start") || roles.has("date") || roles.has("dayNumber");
  if (!dated) return null;
  if (roles.has("resolved") && !roles.has("offered")) {
    return { layout: "ticketLog", columns, rows: "contact", ...plain };
  }
  if (!roles.has("offered") && !roles.has("handled") && (roles.has("outcome") || roles.has("waitSeconds"))) {
    return { layout: "callLog", columns, rows: "contact", ...plain };
  }
  if (!roles.has("offered") && !(roles.has("handled") && roles.has("abandoned"))) return null;
  const daily =
    !roles.has("time") && (roles.has("dayNumber") || (roles.has("date") && roles.has("talkSeconds")));
  return daily
    ? { layout: "dailyReport", columns, rows: "day", ...plain }
    : { layout: "intervals", columns, rows: null, ...plain };
}

/** `Offered_x;AHT_x` per queue x, or `Offered;AHT` for the only queue. */
function wideByQueue(header: readonly string[]): ColumnUse[] {
  return header.map((name, index) => {
    if (index === 0) return { header: name, role: "start", queueId: null };
    const parts = /^(offered|aht|handled|abandoned)(?:[_\s-]+(.+))?$/i.exec(name.trim());
    if (parts === null) return { header: name, role: "ignore", queueId: null };
    const measure = parts[1].toLowerCase();
    const role = measure === "aht" ? "ahtSeconds" : (measure as ColumnRole);
    return { header: name, role, queueId: parts[2] ?? null };
  });
}

/** What columns are usually called, best guess first; each role is given once, to the first column that fits. */
const namesOfRoles: readonly (readonly [ColumnRole, RegExp])[] = [
  [
    "resolved",
    /^(resolved|closed|solved|completed)(at|on|date|time|datetime|timestamp)*$|^(gelöst|erledigt|解决时间|关闭时间)/,
  ],
  [
    "start",
    /^(intervalstart|starttime|datetime|timestamp|periodstart|startdatetime|dateandtime|arrival|arrived|arrivaltime|created|createdat|createdon|opened|openedat|callstart|calltime|datumuhrzeit|zeitstempel|horodatage|fechahora|日期时间|时间戳|开始时间|创建时间|进线时间)/,
  ],
  ["start", /^(interval|period)$/],
  ["date", /^(date|day|datum|tag|fecha|日期)$|^(call|start|interval|report)date$/],
  ["time", /^(time|uhrzeit|zeit|heure|hora|hour|时间|时段|starttime|intervaltime|timeofday)$/],
  ["dayNumber", /^(index|daynumber|dayno|day#)$/],
  [
    "queue",
    /^(queue|queuename|skill|skillname|skillgroup|split|callgroup|service|warteschlange|gruppe|file|cola|队列|技能组|category|type)$/,
  ],
  ["channel", /^(channel|channeltype|mediatype|media|kanal|canal|渠道)$/],
  ["duration", /^(intervalduration|durationminutes|intervalminutes)$/],
  [
    "offered",
    /^(offered|offeredcalls|callsoffered|incomingcalls|incoming|callsincoming|inbound|volume|calls|callvolume|contacts|contactsoffered|received|arrivals|incomingcontactvolume|anrufe|angebotene|angeboten|appels|llamadas|来电量|呼入量|呼入|进线量|接入量)/,
  ],
  [
    "handled",
    /^(handled|answered|answeredcalls|callsanswered|callshandled|contactshandled|accepted|angenommen|beantwortet|traités|接听量|接起量|应答量|接通量)/,
  ],
  [
    "abandoned",
    /^(abandoned|abandonedcalls|callsabandoned|abandons|lost|lostcalls|verloren|aufgelegt|abandonnés|放弃量|呼损|放弃)$/,
  ],
  ["blocked", /^(blocked|blockedcalls|busy|rejected|拥塞量)$/],
  [
    "handleTotalSeconds",
    /^(totalhandletime|handletimetotal|handleseconds|totalhandleseconds|handledurationtotal)/,
  ],
  [
    "ahtSeconds",
    /^(aht|ahtseconds|ahts|ahtsec|averagehandletime|avghandletime|averagehandlingtime|handletime|handlingtime|bearbeitungszeit|dmt|平均处理时长|平均处理时间)/,
  ],
  [
    "talkSeconds",
    /^(talkduration|talktime|avgtalktime|averagetalktime|att|talk|gesprächszeit|通话时长|平均通话时长)/,
  ],
  [
    "acwSeconds",
    /^(avg|average|mean)?(acw|aftercallwork|aftercontactwork|wrapup|wraptime)|^(nachbearbeitung|话后时长|平均话后)/,
  ],
  [
    "asaSeconds",
    /^(asa|asaseconds|averagespeedofanswer|avgspeedofanswer|averageanswerspeed|answerspeedavg|answerspeed|avganswertime|平均应答时长|平均应答速度)/,
  ],
  [
    "serviceLevel",
    /^(servicelevel|servicegrade|sla?)(within)?(\d+)?(s|sec|seconds)?(pct|%)?$|^(服务水平|接通及时率)/,
  ],
  ["inTime", /^(answeredintime|answeredwithinsl|answeredwithinthreshold|withinsl|intime)$/],
  [
    "caller",
    /^(caller|callerid|callernumber|customer|customerid|customernumber|ani|cli|clid|phonenumber|fromnumber|anrufer|kundennummer|主叫号码|客户编号|客户号)$/,
  ],
  ["waitSeconds", /^(wait|waitseconds|waittime|queuetime|qtime|queueseconds|等待时长)$/],
  ["outcome", /^(outcome|disposition|result|status|结果|状态)$/],
];

function byName(header: readonly string[]): ColumnUse[] {
  const roles = new Map<number, ColumnRole>();
  const given = new Set<ColumnRole>();
  for (const [role, pattern] of namesOfRoles) {
    if (given.has(role)) continue;
    const index = header.findIndex((name, at) => !roles.has(at) && pattern.test(key(name)));
    if (index === -1) continue;
    roles.set(index, role);
    given.add(role);
  }
  return header.map((name, index) => ({ header: name, role: roles.get(index) ?? "ignore", queueId: null }));
}
