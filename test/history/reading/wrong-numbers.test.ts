import { describe, expect, test } from "vitest";
import { epochDay } from "../../../src/domain/calendar/clock.ts";
import { randomStream } from "../../../src/numerics/random.ts";
import { judgeNewcomerFile, type Verdict } from "./judge-newcomer-file.ts";
import {
  byDay,
  byHour,
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
  merged,
  type NewcomerFile,
  noon,
} from "./newcomer-folder.ts";

/**
 * Kinds of files that were once read wrong without a word, each with variations that would break a mend of the single case.
 * Nothing of them may be read wrong; where a file can be read in two ways, the right one is among the answers.
 */
const chance = randomStream(11, "wrong numbers");
const rows = halfHours(chance);
const hours = byHour(rows);
const days = byDay(rows);
const contacts = contactsOf(halfHours(chance, { level: 4 }), chance);
type Contact = (typeof contacts)[number];
const logged = contacts.map(({ second, ...one }) => ({
  ...one,
  minute: Math.floor(second / 1800) * 30,
  count: 1,
}));

type Case = readonly [name: string, verdict: Verdict, file: NewcomerFile];

function counts(
  name: string,
  verdict: Verdict,
  header: string,
  line: (row: HalfHour, at: number) => string,
  options: Parameters<typeof fileOf>[4] & { of?: readonly HalfHour[] } = {},
): Case {
  const { of = rows, ...rest } = options;
  return [name, verdict, fileOf(name, "en", rows, [header, ...of.map(line)], rest)];
}

function log(
  name: string,
  verdict: Verdict,
  header: string,
  line: (contact: Contact, at: number) => string,
  hasAht = false,
): Case {
  return [name, verdict, fileOf(name, "en", logged, [header, ...contacts.map(line)], { hasAht })];
}

const tail = (row: HalfHour) => `${row.count},${row.ahtSeconds}`;
const end = (row: HalfHour) => clock(row.minute + 30);
const moment = (one: Contact) => `${one.date} ${clockSeconds(one.second)}`;
const serial = (row: HalfHour) => epochDay(row.date) + 25_569;
const months = "Jan Feb Mar Apr May Jun Jul Aug Sept. Okt. Nov. Dez.".split(" ");

const kinds: Readonly<Record<string, readonly Case[]>> = {
  "01 ranges of time": [
    counts(
      "dash",
      "right",
      "Date,Time,Calls Offered,AHT",
      (row) => `${row.date},${clock(row.minute)}-${end(row)},${tail(row)}`,
    ),
    counts(
      "dash with blanks",
      "right",
      "Date,Time,Calls,AHT",
      (row) => `${row.date},${clock(row.minute)} - ${end(row)},${tail(row)}`,
    ),
    counts(
      "12-hour clock",
      "right",
      "Date,Interval,Calls,AHT",
      (row) =>
        `${mdy(row.date)},${noon(row.minute).replace(" ", "")}-${noon(row.minute + 30).replace(" ", "")},${tail(row)}`,
    ),
    counts(
      "one column",
      "right",
      "Interval,Calls,AHT",
      (row) => `${row.date} ${clock(row.minute)}-${end(row)},${tail(row)}`,
    ),
    counts(
      "long dash",
      "right",
      "Date,Time,Calls,AHT",
      (row) => `${row.date},${clock(row.minute)}–${end(row)},${tail(row)}`,
    ),
    counts(
      "the word to",
      "right",
      "Date,Time,Calls,AHT",
      (row) => `${row.date},${clock(row.minute)} to ${end(row)},${tail(row)}`,
    ),
    counts(
      "with seconds",
      "right",
      "Date,Time,Calls,AHT",
      (row) => `${row.date},${clock(row.minute)}:00-${end(row)}:00,${tail(row)}`,
    ),
    counts(
      "whole hours, without minutes",
      "right",
      "Date,Hour,Calls,AHT",
      (row) =>
        `${row.date},${row.minute / 60}-${row.minute / 60 + 1},${row.count},${row.ahtSeconds.toFixed(2)}`,
      { of: hours, grainMinutes: 60 },
    ),
    counts(
      "a true offset stays one",
      "right",
      "Date,Time,Calls,AHT",
      (row) => `${row.date},${clock(row.minute)}+02:00,${tail(row)}`,
    ),
  ],
  "04 two-digit years, and the order of dates": [
    counts(
      "day first",
      "right",
      "Date,Time,Calls,AHT",
      (row) => `${dmy(row.date, "/").slice(0, 6)}25,${clock(row.minute)},${tail(row)}`,
    ),
    counts(
      "German",
      "right",
      "Datum;Uhrzeit;Anrufe;AHT",
      (row) => `${dmy(row.date).slice(0, 6)}25;${clock(row.minute)};${row.count};${row.ahtSeconds}`,
    ),
    counts(
      "month first",
      "right",
      "Date,Time,Calls,AHT",
      (row) => `${mdy(row.date).replace("2025", "25")},${clock(row.minute)},${tail(row)}`,
    ),
    counts(
      "year first",
      "right",
      "Date,Time,Calls,AHT",
      (row) => `${row.date.slice(2)},${clock(row.minute)},${tail(row)}`,
    ),
    counts("days only", "right", "Date,Calls", (row) => `${dmy(row.date, "/").slice(0, 6)}25,${row.count}`, {
      of: days,
      grainMinutes: 1440,
      hasAht: false,
    }),
    counts(
      "with time in one",
      "right",
      "Start,Calls,AHT",
      (row) => `${dmy(row.date, "-").slice(0, 6)}25 ${clock(row.minute)},${tail(row)}`,
    ),
    counts(
      "apostrophe years",
      "right",
      "Date,Time,Calls,AHT",
      (row) =>
        `${+row.date.slice(8)} ${months[+row.date.slice(5, 7) - 1].slice(0, 3).replace("Okt", "Oct")} '25,${clock(row.minute)},${tail(row)}`,
    ),
  ],
  "05 logs of contacts": [
    log(
      "agent id",
      "right",
      "Call ID,Call Date,Call Time,Time Answered,Agent ID,Site ID,Call Outcome",
      (one, at) =>
        `${at},${one.date},${clockSeconds(one.second)},${clockSeconds(one.second + one.wait)},${one.agent},3,Answered`,
    ),
    log(
      "extension and duration",
      "right",
      "Start,Extension,Duration",
      (one) => `${moment(one)},${one.agent + 900},${one.talk}`,
      true,
    ),
    log("speed of answer only", "right", "Start,Speed of Answer", (one) => `${moment(one)},${one.wait}`),
    log(
      "extensions that run on",
      "right",
      "Start,Extension",
      (one, at) => `${moment(one)},${1000 + (at % 20)}`,
    ),
    log("satisfaction", "right", "When,Score", (one, at) => `${moment(one)},${1 + (at % 5)}`),
    log(
      "customer number",
      "right",
      "Timestamp,Customer No,Line",
      (one, at) => `${moment(one)},${4400 + (at % 300)},${1 + (at % 3)}`,
    ),
    log(
      "answered yes or no",
      "right",
      "Date,Time,Answered (Y/N),Talk",
      (one) => `${mdy(one.date)},${clockSeconds(one.second)},Y,${hms(one.talk)}`,
      true,
    ),
    log(
      "time of the call as mm:ss beside a moment",
      "right",
      "Date,Time,Agent",
      (one) =>
        `${moment(one)},${Math.floor(one.talk / 60)}:${String(one.talk % 60).padStart(2, "0")},A${one.agent}`,
    ),
    log(
      "minutes only",
      "right",
      "Call Start,Agent",
      (one) => `${one.date} ${clock(Math.floor(one.second / 60))},A${one.agent}`,
    ),
    log(
      "Spanish",
      "right",
      "Inicio de llamada,Agente,Duración (s)",
      (one) => `${moment(one)},${one.agent},${one.talk}`,
      true,
    ),
  ],
  "07 a date and a time under usual names": [
    counts(
      "Interval",
      "right",
      "Date,Interval,Calls Offered,AHT",
      (row) => `${dmy(row.date, "/")},${clock(row.minute)},${tail(row)}`,
    ),
    counts(
      "Interval Start",
      "right",
      "Date,Interval Start,Calls,AHT",
      (row) => `${row.date},${clock(row.minute)},${tail(row)}`,
    ),
    counts(
      "Start Time and End Time",
      "right",
      "Date,Start Time,End Time,Calls,AHT",
      (row) => `${row.date},${clock(row.minute)},${end(row)},${tail(row)}`,
    ),
    counts(
      "whole hours",
      "right",
      "Date,Hour,Calls,AHT",
      (row) => `${row.date},${row.minute / 60},${row.count},${row.ahtSeconds.toFixed(2)}`,
      { of: hours, grainMinutes: 60 },
    ),
    counts(
      "time before date",
      "right",
      "Time,Date,Calls,AHT",
      (row) => `${clock(row.minute)},${row.date},${tail(row)}`,
    ),
    counts(
      "From and To",
      "right",
      "Day,From,To,Calls,AHT",
      (row) => `${row.date},${clock(row.minute)},${end(row)},${tail(row)}`,
    ),
    counts(
      "times without colon",
      "right",
      "Date,Time,Calls,AHT",
      (row) => `${row.date},${clock(row.minute).replace(":", "")},${tail(row)}`,
    ),
    counts(
      "a date with midnight beside a time",
      "right",
      "Date,Time,Calls,AHT",
      (row) => `${row.date} 00:00:00,${clock(row.minute)},${tail(row)}`,
    ),
    counts(
      "year, month, day",
      "right",
      "Year,Month,Day,Time,Calls,AHT",
      (row) => `${row.date.split("-").map(Number).join(",")},${clock(row.minute)},${tail(row)}`,
    ),
    log(
      "Call Date, Call Time, Outcome",
      "right",
      "Call Date,Call Time,Outcome",
      (one) => `${one.date},${clockSeconds(one.second)},answered`,
    ),
  ],
  "10 units and decimal marks": [
    counts(
      "minutes in the header",
      "right",
      "Date,Time,Calls,AHT (min)",
      (row) => `${row.date},${clock(row.minute)},${row.count},${(row.ahtSeconds / 60).toFixed(4)}`,
    ),
    counts(
      "milliseconds in the header",
      "right",
      "Date,Time,Calls,AHT (ms)",
      (row) => `${row.date},${clock(row.minute)},${row.count},${row.ahtSeconds * 1000}`,
    ),
    counts(
      "minutes, not said",
      "asked",
      "Date,Time,Calls,AHT",
      (row) => `${row.date},${clock(row.minute)},${row.count},${(row.ahtSeconds / 60).toFixed(3)}`,
    ),
    counts(
      "milliseconds, not said",
      "asked",
      "Date,Time,Calls,AHT",
      (row) => `${row.date},${clock(row.minute)},${row.count},${row.ahtSeconds * 1000}`,
    ),
    counts(
      "three decimals with a dot among semicolons",
      "right",
      "Datum;Uhrzeit;Anrufe;AHT",
      (row) => `${dmy(row.date)};${clock(row.minute)};${row.count};${row.ahtSeconds}.125`,
    ),
    counts(
      "three decimals with a comma",
      "right",
      "Datum;Uhrzeit;Anrufe;AHT",
      (row) => `${dmy(row.date)};${clock(row.minute)};${row.count};${row.ahtSeconds},125`,
    ),
    counts(
      "hours in the header",
      "right",
      "Date,Time,Calls,AHT in hours",
      (row) => `${row.date},${clock(row.minute)},${row.count},${(row.ahtSeconds / 3600).toFixed(6)}`,
    ),
    counts(
      "minutes and seconds",
      "right",
      "Date,Time,Calls,AHT (mm:ss)",
      (row) => `${row.date},${clock(row.minute)},${row.count},${hms(row.ahtSeconds).slice(2)}`,
    ),
    counts(
      "thousands of seconds with commas in quotes",
      "right",
      "Date,Time,Calls,Total Handle Time",
      (row) =>
        `${row.date},${clock(row.minute)},${row.count},"${(row.count * row.ahtSeconds).toLocaleString("en")}"`,
    ),
    counts(
      "a fraction of a day",
      "asked",
      "Date,Time,Calls,AHT",
      (row) => `${row.date},${clock(row.minute)},${row.count},${(row.ahtSeconds / 86_400).toFixed(8)}`,
    ),
    counts(
      "a total that is called handle time",
      "right",
      "Date,Time,Calls,Handle Time",
      (row) => `${row.date},${clock(row.minute)},${row.count},${row.count * row.ahtSeconds}`,
    ),
  ],
  "11 forms of time of other systems": [
    counts(
      "comma between date and time",
      "right",
      "Interval,Calls,AHT",
      (row) => `"${dmy(row.date, "/")}, ${clock(row.minute)}",${tail(row)}`,
    ),
    counts(
      "the same, month first and 12-hour clock",
      "right",
      "Interval,Calls,AHT",
      (row) => `"${mdy(row.date)}, ${noon(row.minute)}",${tail(row)}`,
    ),
    counts(
      "offset of two digits",
      "right",
      "interval_start,offered,aht_seconds",
      (row) => `${row.date} ${clock(row.minute)}:00+02,${tail(row)}`,
    ),
    counts(
      "zone in letters",
      "right",
      "Start,Calls,AHT",
      (row) => `${row.date} ${clock(row.minute)}:00 CEST,${tail(row)}`,
    ),
    counts(
      "seconds since 1970",
      "right",
      "time,calls,aht",
      (row) => `${epochDay(row.date) * 86_400 + row.minute * 60 - 7200},${tail(row)}`,
    ),
    counts(
      "milliseconds since 1970",
      "right",
      "start,calls,aht",
      (row) => `${epochDay(row.date) * 86_400 + row.minute * 60 - 7200}000,${tail(row)}`,
    ),
    counts(
      "months in words",
      "right",
      "Date,Time,Calls,AHT",
      (row) =>
        `"${row.date.startsWith("2025-09") ? "Sep" : "Oct"} ${+row.date.slice(8)}, 2025",${clock(row.minute)},${tail(row)}`,
    ),
    counts(
      "German months",
      "right",
      "Datum;Uhrzeit;Anrufe;AHT",
      (row) =>
        `${+row.date.slice(8)}. ${months[+row.date.slice(5, 7) - 1]} 2025;${clock(row.minute)};${row.count};${row.ahtSeconds}`,
    ),
    counts(
      "weekdays before dates",
      "right",
      "Date,Time,Calls,AHT",
      (row) =>
        `${["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"][new Date(row.date).getUTCDay()]} ${dmy(row.date, "/")},${clock(row.minute)},${tail(row)}`,
    ),
    counts(
      "serial numbers",
      "right",
      "Date,Time,Calls,AHT",
      (row) => `${serial(row)},${(row.minute / 1440).toFixed(6)},${tail(row)}`,
    ),
    counts(
      "serial days with times",
      "right",
      "Datum;Uhrzeit;Anrufe;AHT",
      (row) => `${serial(row)};${clock(row.minute)};${row.count};${comma(row.ahtSeconds)}`,
    ),
    counts(
      "from and to in one",
      "right",
      "Interval,Calls,AHT",
      (row) => `${row.date}T${clock(row.minute)}/${row.date}T${end(row)},${tail(row)}`,
    ),
    counts(
      "Z",
      "right",
      "Start,Calls,AHT",
      (row) =>
        `${new Date((epochDay(row.date) * 86_400 + row.minute * 60 - 7200) * 1000).toISOString()},${tail(row)}`,
    ),
  ],
  "13 other shapes": [
    counts(
      "minute of the day",
      "right",
      "Date,Minute of day,Calls,AHT",
      (row) => `${row.date},${row.minute},${tail(row)}`,
    ),
    counts(
      "interval number",
      "asked",
      "Date,Interval,Calls,AHT",
      (row) => `${row.date},${row.minute / 30 + 1},${tail(row)}`,
    ),
    counts(
      "minute under a name that nobody knows",
      "asked",
      "Date,Zeta,Calls,AHT",
      (row) => `${row.date},${row.minute},${tail(row)}`,
    ),
    counts(
      "interval end",
      "right",
      "Interval End,Calls,AHT",
      (row) => `${row.date} ${end(row)},${tail(row)}`,
    ),
    counts(
      "end in a column of its own",
      "right",
      "Date,End Time,Calls,AHT",
      (row) => `${row.date},${end(row)},${tail(row)}`,
    ),
    counts(
      "one header unknown",
      "right",
      "Interval (local time),No. of calls offered,Zeta,AHT",
      (row, at) => `${row.date} ${clock(row.minute)},${row.count},${at % 9},${row.ahtSeconds}`,
    ),
    counts("weekly totals", "refused", "Week,Calls", (row) => `${row.date},${row.count}`, {
      of: merged(rows, ({ date }) => String(Math.floor((epochDay(date) + 3) / 7))),
      hasAht: false,
      isHopeless: true,
    }),
    counts(
      "weeks by number",
      "refused",
      "Week,Calls",
      (row) => `2025-W${36 + Math.floor((epochDay(row.date) - epochDay("2025-09-01")) / 7)},${row.count}`,
      {
        of: merged(rows, ({ date }) => String(Math.floor((epochDay(date) + 3) / 7))),
        hasAht: false,
        isHopeless: true,
      },
    ),
    counts("months", "refused", "Month,Calls", (row) => `${row.date.slice(0, 7)}-01,${row.count}`, {
      of: ["2025-05", "2025-06", "2025-07", "2025-08", "2025-09"].map((date) => ({
        ...rows[0],
        date,
        count: 6000 + date.length,
      })),
      hasAht: false,
      isHopeless: true,
    }),
    counts("a total for each day among its hours", "right", "Date,Time,Calls,AHT", (row) =>
      row.minute === 480
        ? `${row.date},Total,${days.find(({ date }) => date === row.date)?.count},240\n${row.date},${clock(row.minute)},${tail(row)}`
        : `${row.date},${clock(row.minute)},${tail(row)}`,
    ),
    counts(
      "no figure for the handle time of no contacts",
      "right",
      "Date,Time,Calls,AHT",
      (row) => `${row.date},${clock(row.minute)},${row.count},${row.count === 0 ? "NaN" : row.ahtSeconds}`,
    ),
  ],
};

for (const [kind, cases] of Object.entries(kinds)) {
  describe(kind, () => {
    test.each(cases)("%s: %s", async (_, expected, file) => {
      const { verdict, because } = await judgeNewcomerFile(file);
      expect(`${verdict} ${verdict === "wrong" ? because : ""}`.trim()).toBe(expected);
    });
  });
}
