import { describe, expect, test } from "vitest";
import { addDays, epochDay, weekdayOf } from "../../../src/domain/calendar/clock.ts";
import { importHistory } from "../../../src/history/reading/import-history.ts";
import { randomStream } from "../../../src/numerics/random.ts";
import { judgeNewcomerFile, type Verdict } from "./judge-newcomer-file.ts";
import {
  clock,
  clockSeconds,
  contactsOf,
  dmy,
  fileOf,
  type HalfHour,
  halfHours,
  mdy,
  type NewcomerFile,
} from "./newcomer-folder.ts";

/**
 * Dates, clocks and digits as spreadsheets and systems of other countries leave them, each kind with variations that would
 * break a mend of the single case.
 */
const chance = randomStream(13, "dates and digits");
const rows = halfHours(chance);
const evening = halfHours(chance, { from: 420, to: 1200 });
const round = halfHours(chance, { level: 6, from: 0, to: 1440, weekdays: 7 });
const mornings = halfHours(chance, { from: 480, to: 780 });
const large = rows.map((row) => ({ ...row, count: row.count * 9000 + 17 }));
const queues = ["Sales", "Service"].flatMap((queue) => halfHours(chance, { queue }));
const contacts = contactsOf(halfHours(chance, { level: 4 }), chance);
const logged = contacts.map((one) => ({ ...one, minute: Math.floor(one.second / 1800) * 30, count: 1 }));

type Contact = (typeof contacts)[number];
type Case = readonly [name: string, verdict: Verdict, file: NewcomerFile];
type Options = Parameters<typeof fileOf>[4] & {
  readonly of?: readonly HalfHour[];
  /** Order of the rows in the file, and lines that stand there instead of the rows' own. */
  readonly order?: (rows: readonly HalfHour[]) => readonly HalfHour[];
};

function counts(
  name: string,
  verdict: Verdict,
  header: string,
  line: (row: HalfHour, at: number) => string,
  { of = rows, order = (list) => list, ...rest }: Options = {},
): Case {
  return [name, verdict, fileOf(name, "en", of, [header, ...order(of).map(line)], rest)];
}

function log(
  name: string,
  verdict: Verdict,
  line: (contact: Contact, at: number) => string,
  options: Options = {},
): Case {
  return [name, verdict, fileOf(name, "en", logged, contacts.map(line), options)];
}

const tail = (row: HalfHour) => `${row.count},${row.ahtSeconds}`;
const hopeless = { isHopeless: true, hasAht: false } as const;
const twelve = (minute: number) => {
  const hour = Math.floor(minute / 60) % 12;
  return `${hour === 0 ? 12 : hour}:${clock(minute).slice(3)}`;
};
const asText = (list: readonly HalfHour[]) =>
  [...list].sort((a, b) => (a.date + twelve(a.minute) < b.date + twelve(b.minute) ? -1 : 1));
const day = (row: { date: string }) => +row.date.slice(8);
const exchanged = (row: HalfHour) => `${row.date.slice(0, 5)}${row.date.slice(8)}-${row.date.slice(5, 7)}`;
const monthName = (row: HalfHour) => ["Sep", "Oct"][+row.date.slice(5, 7) - 9];
const moment = (one: Contact, later = 0) => `${one.date} ${clockSeconds(one.second + later)}`;
const isLost = (at: number) => at % 7 === 3;
const answered = logged.map((row, at) => ({ ...row, isLost: isLost(at) }));

const indian = (value: number) => {
  const text = String(value);
  return text.length <= 3 ? text : `${text.slice(0, -3).replace(/\B(?=(\d{2})+$)/g, ",")},${text.slice(-3)}`;
};
const grouped = (value: number, mark: string) => String(value).replace(/\B(?=(\d{3})+$)/g, mark);
const digits = (text: string, zero: number) =>
  text.replace(/\d/g, (digit) => String.fromCharCode(zero + Number(digit)));

/** What a spreadsheet of the other order makes of dates written with `mark`, shown again in one form. */
const inOneForm = ({ date }: HalfHour, mark: string, dayFirst: boolean) => {
  const [month, day] = date.split("-").slice(1).map(Number);
  const isDayFirst = day > 12 ? dayFirst : !dayFirst;
  return `${isDayFirst ? day : month}${mark}${isDayFirst ? month : day}${mark}${date.slice(0, 4)}`;
};

const kinds: Readonly<Record<string, readonly Case[]>> = {
  "dates up to the 12th exchanged, all in one form": [
    counts("month first", "right", "Date,Time,Calls,AHT", (row) =>
      [inOneForm(row, "/", false), clock(row.minute), tail(row)].join(),
    ),
    counts("day first", "right", "Date,Time,Calls,AHT", (row) =>
      [inOneForm(row, ".", true), clock(row.minute), tail(row)].join(),
    ),
    counts("in one with the time", "right", "Start,Calls,AHT", (row) =>
      [`${inOneForm(row, "/", true)} ${clock(row.minute)}`, tail(row)].join(),
    ),
    counts("not exchanged, day first", "right", "Date,Time,Calls,AHT", (row) =>
      [dmy(row.date, "/"), clock(row.minute), tail(row)].join(),
    ),
    counts(
      "not exchanged, one day in ten",
      "right",
      "Date,Time,Calls,AHT",
      (row) => [mdy(row.date), clock(row.minute), tail(row)].join(),
      { of: rows.filter(({ date }) => epochDay(date) % 10 === 3) },
    ),
  ],
  "month first with days that no month has, from the first row on": [
    ...[2, 4].map((digitsOfYear) =>
      counts(
        `a year of ${digitsOfYear} digits`,
        "right",
        "Interval,Calls,AHT",
        (row) =>
          `${+row.date.slice(5, 7)}/${day(row)}/${row.date.slice(4 - digitsOfYear, 4)} ${clock(row.minute)},${tail(row)}`,
        { of: rows.filter(({ date }) => date >= "2025-09-15") },
      ),
    ),
  ],
  "dates with blanks and halves of the day in other languages": [
    counts("Czech", "right", "Date;Time;Calls;AHT", (row) => {
      const { date, minute } = row;
      return `${day(row)}. ${+date.slice(5, 7)}. ${date.slice(0, 4)};${clock(minute)};${row.count};${row.ahtSeconds}`;
    }),
    ...[
      ["Greek", "π.μ.", "μ.μ."],
      ["Czech", "dop.", "odp."],
      ["Swedish", "fm", "em"],
    ].map(([language, before, after]) =>
      counts(`halves of the day, ${language}`, "right", "Date,Time,Calls,AHT", (row) =>
        [row.date, `${twelve(row.minute)} ${row.minute < 720 ? before : after}`, tail(row)].join(),
      ),
    ),
    counts(
      "halves of the day that nobody knows",
      "refused",
      "Date,Time,Calls,AHT",
      (row) => [row.date, `${twelve(row.minute)} ${row.minute < 720 ? "xq" : "zq"}`, tail(row)].join(),
      hopeless,
    ),
  ],
  "groups of digits": [
    counts(
      "Indian",
      "right",
      "Time,Calls,AHT",
      (row) => `${start(row)},"${indian(row.count)}",${row.ahtSeconds}`,
      {
        of: large,
      },
    ),
    counts(
      "Indian, millions",
      "right",
      "Time,Calls,AHT",
      (row) => `${start(row)},"${indian(row.count)}",200`,
      {
        of: large.map((row) => ({ ...row, count: row.count * 40, ahtSeconds: 200 })),
      },
    ),
    counts(
      "Indian, with decimals in other rows",
      "right",
      "Time,Calls,AHT",
      (row) => `${start(row)},"${indian(row.count)}${row.count < 100_000 ? ".0" : ""}",${row.ahtSeconds}`,
      { of: large },
    ),
    ...["'", "’", "\u2009", "\u202f", "\u00a0", "٬"].map((mark) =>
      counts(
        `grouped by U+${mark.charCodeAt(0).toString(16)}`,
        "right",
        "Time;Calls;AHT",
        (row) => `${start(row)};${grouped(row.count, mark)};${row.ahtSeconds}`,
        { of: large },
      ),
    ),
  ],
  "digits of other scripts": [
    counts("full width", "right", "日付,時間,着信数,AHT", (row) =>
      digits(`${row.date.replaceAll("-", "/")},${clock(row.minute)},${tail(row)}`, 0xff10),
    ),
    counts("full width, with marks of full width", "right", "日付,時間,着信数,AHT", (row) =>
      digits(`${row.date.replaceAll("-", "/")},${clock(row.minute)},${tail(row)}`, 0xff10)
        .replaceAll("/", "／")
        .replaceAll(":", "："),
    ),
    counts("Arabic", "right", "Date;Time;Calls;AHT", (row) =>
      digits(`${dmy(row.date, "/")};${clock(row.minute)};${row.count};${row.ahtSeconds}٫0`, 0x660),
    ),
    counts("Persian", "right", "Date,Time,Calls,AHT", (row) =>
      digits(`${row.date},${clock(row.minute)},${tail(row)}`, 0x6f0),
    ),
    counts("Hindi", "right", "Date,Time,Calls,AHT", (row) =>
      digits(`${row.date},${clock(row.minute)},${tail(row)}`, 0x966),
    ),
  ],
  "notations that are no rows": [
    ["JSON", "refused", fileOf("a.json", "en", rows, [JSON.stringify(rows)], hopeless)],
    [
      "JSON, line by line",
      "refused",
      fileOf(
        "b",
        "en",
        rows,
        rows.map((row) => JSON.stringify(row)),
        hopeless,
      ),
    ],
    [
      "JSON, in an object and indented",
      "refused",
      fileOf("c", "en", rows, [JSON.stringify({ rows }, null, 2)], hopeless),
    ],
    [
      "a web page called .xls",
      "refused",
      fileOf(
        "d.xls",
        "en",
        rows,
        ["<html><table>", ...rows.map(({ date }) => `<tr><td>${date}</td></tr>`)],
        hopeless,
      ),
    ],
    ["XML", "refused", fileOf("e.xml", "en", rows, ["<?xml version='1.0'?>", "<rows>", "</rows>"], hopeless)],
  ],
  "clocks of twelve hours without AM and PM": [
    counts(
      "in order",
      "right",
      "Date,Time,Calls,AHT",
      (row) => `${row.date},${twelve(row.minute)},${tail(row)}`,
    ),
    counts(
      "date and time in one",
      "right",
      "Start,Calls,AHT",
      (row) => `${row.date} ${twelve(row.minute)},${tail(row)}`,
      { of: evening },
    ),
    counts(
      "ranges",
      "right",
      "Date,Interval,Calls,AHT",
      (row) => `${row.date},${twelve(row.minute)}-${twelve(row.minute + 30)},${tail(row)}`,
    ),
    counts(
      "start and end",
      "right",
      "Date,Start,End,Calls,AHT",
      (row) => `${row.date},${twelve(row.minute)},${twelve(row.minute + 30)},${tail(row)}`,
    ),
    counts(
      "open all night",
      "right",
      "Date,Time,Calls,AHT",
      (row) => `${row.date},${twelve(row.minute)},${tail(row)}`,
      { of: round },
    ),
    counts(
      "by queue, from the first date to the last",
      "right",
      "Queue,Date,Time,Calls,AHT",
      (row) => `${row.queue},${row.date},${twelve(row.minute)},${tail(row)}`,
      { of: queues, hasQueues: true },
    ),
    counts(
      "newest first",
      "asked",
      "Date,Time,Calls,AHT",
      (row) => `${row.date},${twelve(row.minute)},${tail(row)}`,
      { order: (list) => [...list].reverse() },
    ),
    counts(
      "sorted as text, closed at night",
      "right",
      "Date,Time,Calls,AHT",
      (row) => `${row.date},${twelve(row.minute)},${tail(row)}`,
      { order: asText },
    ),
    counts(
      "sorted as text, open for twelve hours",
      "refused",
      "Date,Time,Calls,AHT",
      (row) => `${row.date},${twelve(row.minute)},${tail(row)}`,
      { of: halfHours(chance, { from: 360 }), order: asText, ...hopeless },
    ),
    counts(
      "mornings of a clock of 24 hours",
      "right",
      "Date,Time,Calls,AHT",
      (row) => `${row.date},${clock(row.minute)},${tail(row)}`,
      { of: mornings },
    ),
    counts(
      "mornings of a clock of 24 hours, newest first",
      "right",
      "Date,Time,Calls,AHT",
      (row) => `${row.date},${clock(row.minute)},${tail(row)}`,
      { of: mornings, order: (list) => [...list].reverse() },
    ),
    [
      "a log",
      "right",
      fileOf(
        "a log",
        "en",
        logged,
        [
          "Call ID,Date,Time,Talk (s)",
          ...contacts.map((one, at) => {
            const hour = Math.floor(one.second / 3600) % 12 || 12;
            return `${at},${one.date},${hour}:${clockSeconds(one.second).slice(3)},${one.talk}`;
          }),
        ],
        {},
      ),
    ],
  ],
  "dates that a spreadsheet exchanged": [
    counts("year first, others day first", "right", "Date,Time,Calls,AHT", (row) =>
      day(row) <= 12
        ? `${exchanged(row)},${clock(row.minute)},${tail(row)}`
        : `${dmy(row.date, "/")},${clock(row.minute)},${tail(row)}`,
    ),
    counts("in one with the time", "right", "Start,Calls,AHT", (row) =>
      day(row) <= 12
        ? `${exchanged(row)} ${clock(row.minute)}:00,${tail(row)}`
        : `${dmy(row.date, "/")} ${clock(row.minute)},${tail(row)}`,
    ),
    counts("with a midnight of their own", "right", "Date,Time,Calls,AHT", (row) =>
      day(row) <= 12
        ? `${exchanged(row)} 00:00:00,${clock(row.minute)},${tail(row)}`
        : `${dmy(row.date, "/")},${clock(row.minute)},${tail(row)}`,
    ),
    counts(
      "with points",
      "right",
      "Datum;Zeit;Anrufe;AHT",
      (row) =>
        `${day(row) <= 12 ? exchanged(row) : dmy(row.date)};${clock(row.minute)};${tail(row).replace(",", ";")}`,
    ),
    counts(
      "others month first",
      "right",
      "Date,Time,Calls,AHT",
      (row) => `${day(row) <= 12 ? exchanged(row) : mdy(row.date)},${clock(row.minute)},${tail(row)}`,
    ),
    counts(
      "not exchanged: two systems one after the other",
      "right",
      "Date,Time,Calls,AHT",
      (row) => `${row.date < "2025-09-22" ? row.date : dmy(row.date, "/")},${clock(row.minute)},${tail(row)}`,
    ),
    counts("not exchanged: the month in words from October on", "right", "Date,Time,Calls,AHT", (row) =>
      row.date < "2025-10"
        ? `${dmy(row.date, "/")},${clock(row.minute)},${tail(row)}`
        : `${day(row)} ${monthName(row)} 2025,${clock(row.minute)},${tail(row)}`,
    ),
  ],
  "logs without a header": [
    log(
      "call records of Asterisk",
      "right",
      (one, at) =>
        `"","555${at}","800","in","""A"" <555>","SIP/a-${at}","SIP/b","Queue","support","${moment(one)}","${isLost(at) ? "" : moment(one, one.wait)}","${moment(one, one.wait + (isLost(at) ? 0 : one.talk))}",${one.wait + (isLost(at) ? 0 : one.talk)},${isLost(at) ? 0 : one.talk},"${isLost(at) ? "NO ANSWER" : "ANSWERED"}","DOCUMENTATION","${at}.1",""`,
    ),
    log(
      "start, duration, talk and disposition",
      "right",
      (one, at) =>
        `${moment(one)};555${at};${one.wait + (isLost(at) ? 0 : one.talk)};${isLost(at) ? 0 : one.talk};${isLost(at) ? "BUSY" : "ANSWERED"}`,
    ),
    log(
      "talk as a clock duration, outcome in German",
      "right",
      (one, at) =>
        `${at},${dmy(one.date)} ${clockSeconds(one.second)},${isLost(at) ? "verpasst" : "angenommen"},${isLost(at) ? "0:00:00" : clockSeconds(one.talk)}`,
    ),
    log(
      "start and end alone",
      "right",
      (one) => `+4930${one.second},${moment(one)},${moment(one, one.talk)}`,
      { hasAht: false },
    ),
    log(
      "start, answer and end",
      "right",
      (one, at) =>
        `${moment(one)},${isLost(at) ? "" : moment(one, one.wait)},${moment(one, one.wait + one.talk)},${isLost(at) ? "Abandoned" : "Completed"}`,
    ),
    log("start and a name alone", "right", (one) => `${moment(one)},Ann`, { hasAht: false }),
  ],
};

const weekdayNames = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split(" ");
const german = "Mo Di Mi Do Fr Sa So".split(" ");
const dates = [...new Set(rows.map(({ date }) => date))];
const weekday = (row: { date: string }) => weekdayOf(row.date);
const isoWeek = (row: { date: string }) => 36 + Math.floor((epochDay(row.date) - epochDay("2025-09-01")) / 7);
const monday = (row: { date: string }) => addDays(row.date, 1 - weekday(row));
const cellsOf = (date: string) => rows.filter((row) => row.date === date);
const sumOf = (list: readonly HalfHour[]) => list.reduce((sum, { count }) => sum + count, 0);

/** Blocks of a day's rows, each under lines of its own. */
function blocks(
  name: string,
  verdict: Verdict,
  lines: (date: string, of: readonly HalfHour[], at: number) => readonly string[],
  { first = [], ...options }: Options & { readonly first?: readonly string[] } = {},
): Case {
  const text = dates.flatMap((date, at) => lines(date, cellsOf(date), at));
  return [name, verdict, fileOf(name, "en", rows, [...first, ...text], options)];
}

/** A table for each week, weekdays side by side. */
function weeks(
  name: string,
  heading: (mondayDate: string) => readonly string[],
  line: (minute: number, mondayDate: string, counts: readonly (number | undefined)[]) => string,
  first: readonly string[] = [],
): Case {
  const minutes = [...new Set(rows.map(({ minute }) => minute))];
  const text = [...new Set(rows.map(monday))].flatMap((from) => [
    ...heading(from),
    ...minutes.map((minute) =>
      line(
        minute,
        from,
        weekdayNames.map(
          (_, later) => rows.find((row) => row.date === addDays(from, later) && row.minute === minute)?.count,
        ),
      ),
    ),
  ]);
  return [name, "right", fileOf(name, "en", rows, [...first, ...text], { hasAht: false })];
}

const timed = (row: HalfHour) => `${clock(row.minute)},${tail(row)}`;
const newYear = rows.map((row) => ({ ...row, date: addDays(row.date, 105) }));
const inWords = (row: HalfHour) =>
  `${"Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ")[+row.date.slice(5, 7) - 1]} ${day(row)}`;

const dated: Readonly<Record<string, readonly Case[]>> = {
  "dates in lines of their own": [
    blocks("with empty fields behind them", "right", (date, of) => [`${date},,`, ...of.map(timed)], {
      first: ["Interval,Offered,AHT"],
    }),
    blocks("alone", "right", (date, of) => [`${dmy(date, "/")}`, ...of.map(timed), ""], {
      first: ["Interval,Offered,AHT"],
    }),
    blocks(
      "with the day's sums, as a pivot table",
      "right",
      (date, of) => [`${dmy(date, "/")},${sumOf(of)},240`, ...of.map(timed)],
      { first: ["Row Labels,Sum of Calls,AHT"] },
    ),
    blocks("with a word before them, and the header again", "right", (date, of) => [
      `Date: ${mdy(date)},,`,
      "Split: Inbound,,",
      "Time,ACD Calls,Avg ACD Time",
      ...of.map(timed),
      `Totals,${sumOf(of)},240`,
      "",
    ]),
    blocks("with a word in a field of its own", "right", (date, of) => [
      `Datum;${dmy(date)};`,
      "Zeit;Anrufe;AHT",
      ...of.map((row) => timed(row).replaceAll(",", ";")),
    ]),
    blocks(
      "with the weekday",
      "right",
      (date, of) => [`${weekdayNames[weekdayOf(date) - 1]} ${date}`, ...of.map(timed)],
      { first: ["Interval,Offered,AHT"] },
    ),
    blocks("behind the date of the printing", "right", (date, of) => [`${date}`, ...of.map(timed)], {
      first: ["Printed: 2025-10-20", "Interval,Offered,AHT"],
    }),
    [
      "the date of the printing alone",
      "refused",
      fileOf(
        "printed",
        "en",
        rows,
        ["Run date: 2025-10-20", "Interval,Offered,AHT", ...cellsOf(dates[0]).map(timed)],
        hopeless,
      ),
    ],
    [
      "a stretch of dates alone",
      "refused",
      fileOf(
        "from to",
        "en",
        rows,
        ["From: 2025-09-01", "To: 2025-09-30", "Interval,Offered,AHT", ...cellsOf(dates[0]).map(timed)],
        hopeless,
      ),
    ],
  ],
  "weeks with weekdays side by side": [
    weeks(
      "under a line with their Monday",
      (from) => [`Week of ${from}`, "Interval,Mon,Tue,Wed,Thu,Fri,Sat,Sun"],
      (minute, _, of) => `${clock(minute)},${of.join(",")}`,
    ),
    weeks(
      "under a line with their last day",
      (from) => [`Week ending: ${dmy(addDays(from, 6), "/")},,,,,,,`, "Interval,Mon,Tue,Wed,Thu,Fri,Sat,Sun"],
      (minute, _, of) => `${clock(minute)},${of.join(",")}`,
    ),
    weeks(
      "with their Monday in each row",
      () => [],
      (minute, from, of) => `${from},${clock(minute)},${of.join(",")}`,
      ["Week commencing,Time,Mon,Tue,Wed,Thu,Fri,Sat,Sun"],
    ),
    weeks(
      "with their number in each row",
      () => [],
      (minute, from, of) => `2025-W${isoWeek({ date: from })};${clock(minute)};${of.join(";")}`,
      [`Woche;Uhrzeit;${german.join(";")}`],
    ),
    weeks(
      "from Sunday",
      (from) => [`Week beginning ${addDays(from, -1)}`, "Interval,Sun,Mon,Tue,Wed,Thu,Fri,Sat"],
      (minute, _, of) => `${clock(minute)},${[undefined, ...of.slice(0, 6)].join(",")}`,
    ),
  ],
  "weeks and weekdays": [
    counts(
      "year, week and weekday",
      "right",
      "Year,Week,Weekday,Time,Calls,AHT",
      (row) => `2025,${isoWeek(row)},${weekdayNames[weekday(row) - 1]},${timed(row)}`,
    ),
    counts(
      "ISO 8601 in one",
      "right",
      "Start,Calls,AHT",
      (row) => `2025-W${isoWeek(row)}-${weekday(row)}T${timed(row)}`,
    ),
    counts(
      "ISO 8601 with the number of the day",
      "right",
      "Week,Day,Time,Calls,AHT",
      (row) => `2025-W${isoWeek(row)},${weekday(row)},${timed(row)}`,
    ),
    counts(
      "German",
      "right",
      "KW;Jahr;Wochentag;Uhrzeit;Anrufe;AHT",
      (row) => `${isoWeek(row)};2025;${german[weekday(row) - 1]};${timed(row).replaceAll(",", ";")}`,
    ),
    counts(
      "the Monday of the week and the weekday",
      "right",
      "Week commencing,Day,Time,Calls,AHT",
      (row) => `${monday(row)},${weekdayNames[weekday(row) - 1].slice(0, 3)},${timed(row)}`,
    ),
    counts(
      "a week and a time, but no day",
      "refused",
      "Week,Time,Calls",
      (row) => `2025-W${isoWeek(row)},${clock(row.minute)},${row.count}`,
      { of: rows.filter((row) => weekday(row) === 1), ...hopeless },
    ),
    counts(
      "numbers of weekdays of which nobody knows the first",
      "refused",
      "Year,Week,Weekday,Time,Calls",
      (row) => `2025,${isoWeek(row)},${weekday(row)},${clock(row.minute)},${row.count}`,
      hopeless,
    ),
  ],
  "dates without their year": [
    counts(
      "with the weekday",
      "asked",
      "Date,Time,Calls,AHT",
      (row) => `${weekdayNames[weekday(row) - 1].slice(0, 3)} ${day(row)} ${monthName(row)},${timed(row)}`,
    ),
    counts(
      "with a slash",
      "asked",
      "Date,Time,Calls,AHT",
      (row) => `${dmy(row.date, "/").slice(0, 5)},${timed(row)}`,
    ),
    counts(
      "with points",
      "asked",
      "Datum;Zeit;Anrufe;AHT",
      (row) => `${dmy(row.date).slice(0, 6)};${timed(row).replaceAll(",", ";")}`,
    ),
    counts(
      "month first, over the turn of the year",
      "asked",
      "Date,Time,Calls",
      (row) => `${inWords(row)},${clock(row.minute)},${row.count}`,
      { of: newYear, hasAht: false },
    ),
    counts(
      "in one with the time",
      "asked",
      "Start,Calls,AHT",
      (row) => `${day(row)} ${monthName(row)} ${timed(row)}`,
    ),
    counts(
      "Chinese",
      "asked",
      "日期,时间,呼入量,AHT",
      (row) => `${+row.date.slice(5, 7)}月${day(row)}日,${timed(row)}`,
    ),
    [
      "the year in the line above the header",
      "right",
      fileOf("above", "en", rows, [
        "Queue report 2025,,,",
        "Date,Time,Calls,AHT",
        ...rows.map((row) => `${dmy(row.date, "/").slice(0, 5)},${timed(row)}`),
      ]),
    ],
  ],
};

function start(row: HalfHour): string {
  return `${row.date} ${clock(row.minute)}`;
}

for (const [kind, cases] of Object.entries({ ...kinds, ...dated })) {
  describe(kind, () => {
    test.each(cases)("%s: %s", async (_, expected, file) => {
      const { verdict, because } = await judgeNewcomerFile(file);
      expect(`${verdict} ${verdict === "wrong" ? because : ""}`.trim()).toBe(expected);
    });
  });
}

test("contacts of a log without a header that nobody answered are abandoned", async () => {
  const lines = contacts.map(
    (one, at) =>
      `${moment(one)},555${at},${isLost(at) ? 0 : one.talk},${isLost(at) ? "NO ANSWER" : "ANSWERED"}`,
  );
  const outcome = await importHistory({
    source: { name: "log.csv", data: new TextEncoder().encode(`${lines.join("\n")}\n`) },
    mapping: null,
    timeZone: "Europe/Berlin",
    intervalMinutes: 30,
    queueId: "main",
  });
  if (!outcome.ok) throw new Error(outcome.issues[0].code);
  const [{ abandoned, handled }] = outcome.value.history.queues;
  const sum = (list: Float64Array | null) => list?.reduce((all, count) => all + count, 0);
  expect(sum(abandoned)).toBe(answered.filter((row) => row.isLost).length);
  expect(sum(handled)).toBe(answered.filter((row) => !row.isLost).length);
});
