import { addDays, epochDay, weekdayOf } from "../../../src/domain/calendar/clock.ts";
import { randomStream } from "../../../src/numerics/random.ts";
import {
  byDay,
  clock,
  clockSeconds,
  comma,
  contactsOf,
  dmy,
  fileOf,
  type HalfHour,
  halfHours,
  hms,
  mdy,
  type NewcomerFile,
  noon,
} from "./newcomer-folder.ts";

const ms = (seconds: number) =>
  `${Math.floor(seconds / 60)}:${String(Math.floor(seconds) % 60).padStart(2, "0")}`;
const months = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");
const isLost = (at: number) => at % 9 === 4;
const hopeless = { isHopeless: true, hasAht: false } as const;

/** Exports in the ways that telephone systems and spreadsheets have of their own, from one seed, with what is true of each. */
export function strangeExports(seed: number): NewcomerFile[] {
  return [...reports(seed), ...logs(seed), ...sheets(seed)];
}

/** Interval reports. */
function reports(seed: number): NewcomerFile[] {
  const chance = randomStream(seed, "strange reports");
  const one = halfHours(chance);
  const queues = ["Sales", "Service"].map((queue) => halfHours(chance, { queue }));
  const both = queues[0].flatMap((row, at) => [row, queues[1][at]]);
  const named = { hasQueues: true };
  const days = [...new Set(one.map(({ date }) => date))];
  const of = (date: string) => one.filter((row) => row.date === date);
  const sum = (rows: readonly HalfHour[]) => rows.reduce((all, { count }) => all + count, 0);
  const lost = (row: HalfHour) => row.count >> 3;
  const night = halfHours(chance, { level: 5, from: 0, to: 1440, weekdays: 7 });
  const file = (
    shape: string,
    header: string | readonly string[],
    line: (row: HalfHour, at: number) => string,
    rows: readonly HalfHour[] = one,
    options = {},
  ) => fileOf(shape, "en", rows, [header, rows.map(line)].flat(), options);
  return [
    fileOf(
      "Avaya CMS, a block a day",
      "en",
      one,
      days.flatMap((date) => [
        `Date: ${mdy(date)},,,,,,,`,
        "Split/Skill: Inbound,,,,,,,",
        "Time,Avg Speed Ans,Avg Aban Time,ACD Calls,Avg ACD Time,Avg ACW Time,Aban Calls,Max Delay",
        ...of(date).map(
          (row) =>
            `${noon(row.minute)}-${noon(row.minute + 30)},:12,:45,${row.count - lost(row)},${ms(row.ahtSeconds - 30)},:30,${lost(row)},1:20`,
        ),
        `Totals,:12,:05,${sum(of(date))},3:30,:30,10,1:20`,
        ",,,,,,,",
      ]),
    ),
    file(
      "UCCX, contact service queue activity",
      "CSQ Name,Call Skills,Interval Start Time,Interval End Time,Service Level (sec),Calls Presented,Avg Queue Time,Max Queue Time,Calls Handled,Avg Speed of Answer,Avg Handle Time,Calls Abandoned,Percentage of Service Level Met",
      (row) =>
        `${row.queue},"Skill(5), Other(3)",${mdy(row.date)} ${noon(row.minute)},${mdy(row.date)} ${noon(row.minute + 30)},20,${row.count},00:00:12,00:01:30,${row.count - lost(row)},00:00:11,${hms(row.ahtSeconds)},${lost(row)},80.0`,
      both,
      named,
    ),
    file(
      "PureConnect, workgroup statistics",
      "cName,dIntervalStart,nEnteredAcd,nAnsweredAcd,nAbandonedAcd,tTalkAcd,tAcw",
      (row) =>
        `${row.queue},${row.date} ${clock(row.minute)}:00.000,${row.count},${row.count},0,${row.count * (row.ahtSeconds - 20)},${row.count * 20}`,
      both,
    ),
    file(
      "Genesys Cloud, queue performance",
      "Interval Start,Interval End,Media Type,Queue Name,Offer,Answer,Answer %,Abandon,ASA,Avg Handle,Avg Talk,Avg ACW",
      (row) =>
        `${mdy(row.date)} ${noon(row.minute)},${mdy(row.date)} ${noon(row.minute + 30)},voice,Sales,${row.count},${row.count},1,0,12000,${row.ahtSeconds * 1000},${(row.ahtSeconds - 30) * 1000},30000`,
    ),
    file(
      "NICE CXone, intraday with totals of the day",
      [
        "Contact History - Intraday",
        "",
        "Skill Name,Date,Interval,Contacts Offered,Handled,Abandoned,Avg Handle Time,% In SLA",
      ],
      (row) =>
        `${row.minute === 480 ? `Support,${mdy(row.date)},Total,${sum(of(row.date))},,,,\n` : ""}Support,${mdy(row.date)},${clock(row.minute)} - ${clock(row.minute + 30)},${row.count},${row.count},0,${hms(row.ahtSeconds)},85.0%`,
    ),
    file(
      "Amazon Connect, historical metrics",
      "Queue,StartInterval,EndInterval,Contacts queued,Contacts handled,Contacts abandoned,Average handle time,Average queue answer time,Service level 20 seconds",
      (row) =>
        `Basic,${new Date((epochDay(row.date) * 1440 + row.minute - 120) * 60_000).toISOString()},${new Date((epochDay(row.date) * 1440 + row.minute - 90) * 60_000).toISOString()},${row.count},${row.count},0,${row.ahtSeconds}.4,12.2,85.55%`,
    ),
    file(
      "RingCentral, queue by half-hour in one cell",
      "Queue,Interval,Inbound Calls,Answered,Abandoned,Avg. Handle Time",
      (row) =>
        `Main,"${months[+row.date.slice(5, 7) - 1]} ${+row.date.slice(8)}, ${row.date.slice(0, 4)}, ${noon(row.minute)} - ${noon(row.minute + 30)}",${row.count},${row.count},0,${hms(row.ahtSeconds)}`,
    ),
    file(
      "Teams queues, N/A for no calls",
      "CallQueue,Date,Hour,Total Calls,Abandoned,Avg Call Duration (sec)",
      (row) =>
        `cq_main,${row.date}T00:00:00,${clock(row.minute)},${row.count},0,${row.count === 0 ? "N/A" : row.ahtSeconds}`,
    ),
    file(
      "Mitel, queue by period, blank for nought",
      "Queue;Date;Period;ACD Calls Offered;ACD Calls Handled;Average ACD Handling Time",
      (row) =>
        `P100;${dmy(row.date, "/")};${clock(row.minute)};${row.count};${row.count || ""};${row.count === 0 ? "-" : hms(row.ahtSeconds)}`,
    ),
    file(
      "Freshdesk, comma decimals and points in thousands",
      "Datum;Uhrzeit;Angeboten;Angenommen;AHT",
      (row) =>
        `${dmy(row.date)};${clock(row.minute)};${row.count},0;${row.count},0;${comma(row.ahtSeconds, 2)}`,
    ),
    file(
      "intervals that end at 24:00",
      "Date,From,To,Calls,AHT",
      (row) =>
        `${row.date},${clock(row.minute)},${row.minute === 1410 ? "24:00" : clock(row.minute + 30)},${row.count},${row.ahtSeconds}`,
      night,
    ),
    file(
      "last interval to midnight of the next day",
      "Start,End,Calls,AHT",
      (row) =>
        `${row.date} ${clock(row.minute)},${row.minute === 1410 ? `${addDays(row.date, 1)} 00:00` : `${row.date} ${clock(row.minute + 30)}`},${row.count},${row.ahtSeconds}`,
      night,
    ),
    file(
      "ends given as the last second",
      "Start,End,Calls,AHT",
      (row) =>
        `${row.date} ${clock(row.minute)}:00,${row.date} ${clock(row.minute + 29)}:59,${row.count},${row.ahtSeconds}`,
      night,
    ),
    file(
      "units in a line below the header",
      ["Interval,Calls,AHT", "(local),(#),(sec)"],
      (row) => `${row.date} ${clock(row.minute)},${row.count},${row.ahtSeconds}`,
    ),
    fileOf(
      "two header lines, merged over two columns",
      "en",
      both,
      [
        ",Sales,,Service,",
        "Interval,Offered,AHT,Offered,AHT",
        ...queues[0].map((row, at) => {
          const other = queues[1][at];
          return `${row.date} ${clock(row.minute)},${row.count},${row.ahtSeconds},${other.count},${other.ahtSeconds}`;
        }),
      ],
      named,
    ),
    fileOf(
      "queue in the first of its rows only",
      "en",
      both,
      [
        "Queue,Time,Offered,AHT",
        ...queues.flatMap((rows) =>
          rows.map(
            (row, at) =>
              `${at === 0 ? row.queue : ""},${row.date} ${clock(row.minute)},${row.count},${row.ahtSeconds}`,
          ),
        ),
      ],
      named,
    ),
    fileOf("queue in a line above its rows", "en", both, [
      "Time,Offered,AHT",
      ...queues.flatMap((rows) => [
        `${rows[0].queue},,`,
        ...rows.map((row) => `${row.date} ${clock(row.minute)},${row.count},${row.ahtSeconds}`),
      ]),
    ]),
  ];
}

/** Logs of contacts. */
function logs(seed: number): NewcomerFile[] {
  const chance = randomStream(seed, "strange logs");
  const all = contactsOf(halfHours(chance, { level: 4 }), chance);
  const truth = all.map((one, at) => ({ ...one, minute: Math.floor(one.second / 1800) * 30, count: 1, at }));
  // The handle time of those that nobody spoke with does not count; the volume of all does.
  const log = (
    shape: string,
    header: string | readonly string[],
    line: (one: (typeof all)[number], at: number) => string,
    options = {},
  ) => fileOf(shape, "en", truth, [header, all.map(line)].flat(), options);
  const at = (one: (typeof all)[number], later = 0) => `${one.date} ${clockSeconds(one.second + later)}`;
  return [
    log(
      "Five9, call log",
      "CALL ID,TIMESTAMP,CAMPAIGN,CALL TYPE,AGENT,DISPOSITION,ANI,DNIS,CALL TIME,BILL TIME (ROUNDED),QUEUE WAIT TIME,HANDLE TIME,ABANDONED",
      (one, id) =>
        `${3_000_000 + id},"${one.date.replaceAll("-", "/")} ${clockSeconds(one.second)}",Inbound,Inbound,a${one.agent}@x.com,Resolved,555${id},800,${hms(one.talk + one.wait)},${hms(one.talk)},${hms(one.wait)},${hms(one.talk)},0`,
    ),
    log(
      "Talkdesk, calls",
      "Interaction ID,Call Type,Start time,End time,Talkdesk phone number,Customer phone number,Talk time,Ring Groups,Agent Name,In business hours?,Waiting time,Holding Time",
      (one, id) =>
        `${id.toString(16)}ab,inbound,${at(one)},${at(one, one.talk + one.wait)},+1415555,+1650${id},${one.talk},Main,Ann ${one.agent},true,${one.wait},0`,
    ),
    log(
      "3CX, call report",
      "Call Time;Caller ID;Destination;Status;Ringing;Talking;Totals;Reason",
      (one, id) =>
        `${dmy(one.date, "/")} ${clockSeconds(one.second)};+4420${id};Queue 800;Answered;${hms(one.wait)};${hms(one.talk)};${hms(one.talk + one.wait)};Terminated`,
    ),
    log(
      "Aircall, calls",
      "line,date (TZ offset incl.),number timezone,datetime (UTC),country_code,direction,from,to,answered,missed_call_reason,user,duration (total),duration (in call),via,waiting time",
      (one, id) =>
        `Main,${at(one)},Europe/Berlin,${new Date((epochDay(one.date) * 86_400 + one.second - 7200) * 1000).toISOString().slice(0, 19).replace("T", " ")},FR,inbound,336${id},33187654321,Yes,,Ann,${one.talk + one.wait},${one.talk},,${one.wait}`,
    ),
    log(
      "Twilio Flex, conversations",
      "SID,Conversation,Date,Time,Kind,Direction,Queue,Agent,Talk Time,Wrap Up Time,Abandoned",
      (one, id) =>
        `WT${id},c${id},${one.date},${clockSeconds(one.second)},Conversation,Inbound,Everyone,Ann,${one.talk - 20},20,No`,
    ),
    log(
      "Zendesk Talk, calls",
      "Call ID,Call Created - Timestamp,Call direction,Call completion status,Call agent,Call wait time (sec),Call talk time (sec),Calls",
      (one, id) =>
        `${370_000_000 + id},"${months[+one.date.slice(5, 7) - 1]} ${+one.date.slice(8)}, ${one.date.slice(0, 4)} ${noon(Math.floor(one.second / 60)).replace(" ", `:${String(one.second % 60).padStart(2, "0")} `)}",Inbound,Completed,Ann,${one.wait},${one.talk},1`,
    ),
    log(
      "Amazon Connect, contact search",
      "Contact ID,Channel,Initiation method,Queue,Initiation timestamp,Connected to agent timestamp,Disconnect timestamp,Contact duration",
      (one, id) =>
        `aa-${id},Voice,Inbound,Basic,${at(one)},${at(one, one.wait)},${at(one, one.wait + one.talk)},${hms(one.talk + one.wait)}`,
    ),
    log(
      "Finesse, calls with midnight crossed and notes over lines",
      "Call ID,Start,Notes,Talk (s)",
      (one, id) => `${id},${at(one)},"said ""no"",\nthen; yes",${one.talk}`,
    ),
    log(
      "outbound calls among them",
      "Date,Time,Direction,From,Talk (s)",
      (one, id) =>
        `${one.date},${clockSeconds(one.second)},In,+49${id},${one.talk}${isLost(id) ? `\n${one.date},${clockSeconds(one.second)},Out,101,77` : ""}`,
    ),
    log(
      "start and length in a log of minutes",
      "Started;Minutes;Line",
      (one) => `${dmy(one.date)} ${clockSeconds(one.second).slice(0, 5)};${comma(one.talk / 60, 3)};L1`,
      { hasAht: false },
    ),
    log(
      "serial moments of a spreadsheet",
      "Call Start,Caller,Talk (s)",
      (one, id) => `${(epochDay(one.date) + 25_569 + one.second / 86_400).toFixed(8)},+49${id},${one.talk}`,
    ),
  ];
}

/** Sheets that people keep. */
function sheets(seed: number): NewcomerFile[] {
  const chance = randomStream(seed, "strange sheets");
  const one = halfHours(chance);
  const days = byDay(one);
  const dates = [...new Set(one.map(({ date }) => date))];
  const minutes = [...new Set(one.map(({ minute }) => minute))];
  const at = (date: string, minute: number) =>
    one.find((row) => row.date === date && row.minute === minute)?.count ?? 0;
  const total = (date: string) => days.find((row) => row.date === date)?.count ?? 0;
  const monday = (date: string) => addDays(date, 1 - weekdayOf(date));
  const plain = { hasAht: false };
  const daily = { hasAht: false, grainMinutes: 1440 };
  const medium = one.map((row) => ({ ...row, count: row.count * 97 }));
  return [
    fileOf(
      "dates across, times down, totals at both ends",
      "en",
      one,
      [
        `Interval,${dates.map((date) => dmy(date, "/")).join(",")},Total`,
        ...minutes.map(
          (minute) =>
            `${clock(minute)},${dates.map((date) => at(date, minute)).join(",")},${dates.reduce((sum, date) => sum + at(date, minute), 0)}`,
        ),
        `Total,${dates.map(total).join(",")},1`,
      ],
      plain,
    ),
    fileOf(
      "ranges of time across with the sum of the day",
      "en",
      one,
      [
        `Date,Day,${minutes.map((minute) => `${clock(minute)}-${clock(minute + 30)}`).join(",")},Total`,
        ...dates.map(
          (date) => `${mdy(date)},x,${minutes.map((minute) => at(date, minute)).join(",")},${total(date)}`,
        ),
      ],
      plain,
    ),
    fileOf(
      "hours across from 1 to 24",
      "en",
      one,
      [
        `Date;${Array.from({ length: 24 }, (_, hour) => hour + 1).join(";")}`,
        ...dates.map(
          (date) =>
            `${dmy(date)};${Array.from({ length: 24 }, (_, hour) => at(date, hour * 60) + at(date, hour * 60 + 30)).join(";")}`,
        ),
      ],
      { ...plain, grainMinutes: 60 },
    ),
    fileOf(
      "weekdays across, a row for each week, daily",
      "en",
      one,
      [
        "Week commencing,Mon,Tue,Wed,Thu,Fri,Sat,Sun,Total",
        ...[...new Set(dates.map(monday))].map(
          (from) =>
            `${dmy(from, "/")},${[0, 1, 2, 3, 4, 5].map((later) => total(addDays(from, later))).join(",")},,1`,
        ),
      ],
      daily,
    ),
    fileOf(
      "daily, with weekday, notes and the sum of each week",
      "en",
      one,
      [
        "Date,Weekday,Calls,Notes",
        ...dates.map(
          (date, index) =>
            `${weekdayOf(date) === 1 && index > 0 ? "Week total,,999,\n" : ""}${dmy(date, "/")},x,${total(date)},"a, b"`,
        ),
      ],
      daily,
    ),
    fileOf(
      "a pivot table: dates with sums, times below them",
      "en",
      one,
      [
        "Row Labels,Sum of Offered",
        ...dates.flatMap((date) => [
          `${dmy(date, "/")},${total(date)}`,
          ...minutes.map((minute) => `${clock(minute)},${at(date, minute)}`),
        ]),
        `Grand Total,${dates.reduce((sum, date) => sum + total(date), 0)}`,
      ],
      plain,
    ),
    fileOf("thousands with blanks, decimals with commas", "fr", medium, [
      "Date;Heure;Appels reçus;DMT (s)",
      ...medium.map(
        (row) =>
          `${dmy(row.date, "/")};${clock(row.minute)};${String(row.count).replace(/\B(?=(\d{3})+$)/g, "\u202f")};${comma(row.ahtSeconds)}`,
      ),
    ]),
    fileOf("the count of last year beside it", "en", one, [
      "Time,Calls LY,Calls,Var %,AHT",
      ...one.map(
        (row) => `${row.date} ${clock(row.minute)},${row.count * 2},${row.count},-50%,${row.ahtSeconds}`,
      ),
    ]),
    fileOf(
      "averages by weekday and hour, without dates",
      "en",
      one,
      [
        "Weekday,Hour,Calls",
        ...["Mon", "Tue", "Wed"].flatMap((day) => minutes.map((minute) => `${day},${clock(minute)},12`)),
      ],
      hopeless,
    ),
    fileOf(
      "quarters of the year",
      "en",
      one,
      ["Quarter,Calls", "2024-Q1,5000", "2024-Q2,5100", "2024-Q3,5200"],
      hopeless,
    ),
    fileOf("twice the same rows", "en", one, [
      "Time,Calls,AHT",
      ...[...one, ...one.slice(0, 200)].map(
        (row) => `${row.date} ${clock(row.minute)},${row.count},${row.ahtSeconds}`,
      ),
    ]),
  ];
}
