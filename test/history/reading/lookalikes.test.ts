import { describe, expect, test } from "vitest";
import { importHistory } from "../../../src/history/reading/import-history.ts";
import { randomStream } from "../../../src/numerics/random.ts";
import { judgeNewcomerFile, type Verdict } from "./judge-newcomer-file.ts";
import {
  byDay,
  byHour,
  clock,
  clockSeconds,
  contactsOf,
  fileOf,
  type HalfHour,
  halfHours,
  hms,
  type NewcomerFile,
} from "./newcomer-folder.ts";

/**
 * Files that look like counts of contacts and are something else, in whole or in part: figures of staff, rows and columns
 * that hold others, counts that run on. Each with variations that would break a mend of the single case.
 */
const chance = randomStream(12, "lookalikes");
const rows = halfHours(chance);
const hours = byHour(rows);
const days = byDay(rows);
const sales = halfHours(chance, { queue: "Sales" });
const service = halfHours(chance, { queue: "Service", level: 6 });
const pairs = sales.map((row, at) => [row, service[at]] as const);
const contacts = contactsOf(halfHours(chance, { level: 4 }), chance);

type Contact = (typeof contacts)[number];
type Case = readonly [name: string, verdict: Verdict, file: NewcomerFile];
type Options = Parameters<typeof fileOf>[4];

function counts(
  name: string,
  verdict: Verdict,
  header: string,
  line: (row: HalfHour, at: number) => string,
  options: Options & { of?: readonly HalfHour[] } = {},
): Case {
  const { of = rows, ...rest } = options;
  return [name, verdict, fileOf(name, "en", rows, [header, ...of.map(line)], rest)];
}

function queues(
  name: string,
  verdict: Verdict,
  header: string,
  lines: (one: HalfHour, other: HalfHour) => readonly string[],
  options: Options = {},
): Case {
  const text = pairs.flatMap(([one, other]) => lines(one, other));
  return [
    name,
    verdict,
    fileOf(name, "en", pairs.flat(), [header, ...text], { hasQueues: true, ...options }),
  ];
}

function log(
  name: string,
  header: string,
  line: (contact: Contact, at: number) => string,
  { count = () => 1, verdict = "right" }: { count?: (at: number) => number; verdict?: Verdict } = {},
): Case {
  const truth = contacts.map((one, at) => ({
    ...one,
    minute: Math.floor(one.second / 1800) * 30,
    count: count(at),
  }));
  return [name, verdict, fileOf(name, "en", truth, [header, ...contacts.map(line)])];
}

const moment = (one: Contact) => `${one.date} ${clockSeconds(one.second)}`;
const start = (row: HalfHour) => `${row.date} ${clock(row.minute)}`;
const end = (row: HalfHour, minutes = 30) => `${row.date} ${clock(row.minute + minutes)}`;
const tail = (row: HalfHour) => `${row.count},${row.ahtSeconds}`;
const hopeless = { isHopeless: true, hasAht: false } as const;
const dayOf = (row: HalfHour) => days.find(({ date }) => date === row.date) ?? row;
const hourOf = (row: HalfHour) =>
  hours.find(({ date, minute }) => date === row.date && minute === row.minute) ?? row;

const before = ({ queue, date, minute }: HalfHour) =>
  [...rows, ...sales, ...service].filter(
    (row) => row.queue === queue && row.date === date && row.minute <= minute,
  );
const soFar = (row: HalfHour) => before(row).reduce((sum, { count }) => sum + count, 0);
const secondsSoFar = (row: HalfHour) =>
  before(row).reduce((sum, { count, ahtSeconds }) => sum + count * ahtSeconds, 0);

const asTotal = (one: HalfHour, other: HalfHour) => `${one.count + other.count},230`;

const kinds: Readonly<Record<string, readonly Case[]>> = {
  "rows that are sums though no word says so": [
    ...["National", "North+South", "Country", "9"].map((total) =>
      queues(
        `a region called ${total}`,
        "right",
        "Date,Time,Region,Calls,AHT",
        (one, other) => [
          `${one.date},${clock(one.minute)},${total},${asTotal(one, other)}`,
          `${one.date},${clock(one.minute)},North,${tail(one)}`,
          `${one.date},${clock(one.minute)},South,${tail(other)}`,
        ],
        { hasQueues: false },
      ),
    ),
    queues(
      "regions that are no sums of each other",
      "right",
      "Start,Region,Calls,AHT",
      (one, other) => [`${start(one)},North,${tail(one)}`, `${start(one)},South,${tail(other)}`],
      { hasQueues: false },
    ),
    counts("the day at midnight, above its rows", "right", "Start,Calls,AHT", (row) =>
      row.minute === 480
        ? `${row.date} 00:00,${tail(dayOf(row))}\n${start(row)},${tail(row)}`
        : `${start(row)},${tail(row)}`,
    ),
    counts("the day at midnight, below its rows", "right", "Start,Calls,AHT", (row) =>
      row.minute === 1050
        ? `${start(row)},${tail(row)}\n${row.date} 00:00,${tail(dayOf(row))}`
        : `${start(row)},${tail(row)}`,
    ),
    counts("the day by its date alone", "right", "Start,Calls,AHT", (row) =>
      row.minute === 480
        ? `${row.date},${tail(dayOf(row))}\n${start(row)},${tail(row)}`
        : `${start(row)},${tail(row)}`,
    ),
    queues("the day at midnight of each queue", "right", "Queue,Start,Calls,AHT", (one, other) =>
      [one, other].flatMap((row) => {
        const sum = pairs
          .flat()
          .filter(({ queue, date }) => queue === row.queue && date === row.date)
          .reduce((all, { count }) => all + count, 0);
        const head = row.minute === 480 ? [`${row.queue},${row.date} 00:00,${sum},230`] : [];
        return [...head, `${row.queue},${start(row)},${tail(row)}`];
      }),
    ),
    counts("the day with the date that its rows lack", "right", "Date,Time,Calls,AHT", (row) =>
      row.minute === 480
        ? `${row.date},,${tail(dayOf(row))}\n,${clock(row.minute)},${tail(row)}`
        : `,${clock(row.minute)},${tail(row)}`,
    ),
    queues(
      "queues of one letter beside their sum",
      "right",
      "Start;A;B;Summe",
      (one, other) => [`${start(one)};${one.count};${other.count};${one.count + other.count}`],
      { hasAht: false, hasQueues: false },
    ),
  ],
  "numbers of a log that are neither counts nor times": [
    log(
      "the age of a case in hours",
      "Case Number,Created On,Priority,Case Age (h),Handle time",
      (one, at) => `CAS-${at},${moment(one)},${at % 4},${((at * 7) % 801) / 10},${one.talk}`,
    ),
    log(
      "a wrap-up code",
      "Call Start,Station,Wrap Code,Handle time",
      (one, at) => `${moment(one)},${one.agent},${10 + (at % 6)},${one.talk}`,
    ),
    log(
      "a talk group and a hold reason by number",
      "Call Start,Hold Code,Talk Group ID,Handle time",
      (one, at) => `${moment(one)},${at % 6},${1 + (at % 3)},${one.talk}`,
    ),
    log(
      "one call in eleven with a second leg",
      "Call ID,Start,Leg,Handle time",
      (one, at) =>
        at % 11 === 10
          ? `C${at},${moment(one)},1,${one.talk - 60}\nC${at},${one.date} ${clockSeconds(one.second + 90)},2,60`
          : `C${at},${moment(one)},1,${one.talk}`,
      { verdict: "asked" },
    ),
  ],
  "figures of staff are no log of contacts": [
    counts(
      "scheduled and required",
      "refused",
      "Time,Scheduled Agents,Required Agents",
      (row) => `${start(row)},${row.count},${row.count + 2}`,
      hopeless,
    ),
    counts("headcount", "refused", "Time,Headcount", (row) => `${start(row)},${row.count}`, hopeless),
    counts("a forecast", "refused", "Interval,Forecast", (row) => `${start(row)},${row.count}`, hopeless),
    counts("by day", "refused", "Date,FTE", (row) => `${row.date},${row.count}`, { ...hopeless, of: days }),
    counts(
      "with a number of each row",
      "refused",
      "No,Time,Headcount",
      (row, at) => `${at + 1},${start(row)},${row.count}`,
      hopeless,
    ),
    queues(
      "by queue",
      "refused",
      "Queue,Time,Agents",
      (one, other) => [one, other].map((row) => `${row.queue},${start(row)},${row.count}`),
      hopeless,
    ),
    counts(
      "beside a count without a name",
      "right",
      "Time,Headcount,Zeta",
      (row, at) => `${start(row)},${6 + (at % 4)},${row.count}`,
      { hasAht: false },
    ),
  ],
  "rows that hold other rows are left out": [
    counts("a day by its start and end", "right", "Start,End,Calls,AHT", (row) =>
      row.minute === 480
        ? `${start(row)},${end(row)},${tail(row)}\n${row.date} 00:00,${row.date} 23:59,${tail(dayOf(row))}`
        : `${start(row)},${end(row)},${tail(row)}`,
    ),
    counts("hours among half-hours", "right", "From,To,Calls,AHT", (row) =>
      row.minute % 60 === 0
        ? `${start(row)},${end(row)},${tail(row)}\n${start(row)},${end(row, 60)},${tail(hourOf(row))}`
        : `${start(row)},${end(row)},${tail(row)}`,
    ),
    counts("a day by times of the day", "right", "Date,Start,End,Calls,AHT", (row) =>
      row.minute === 480
        ? `${row.date},08:00,18:00,${tail(dayOf(row))}\n${row.date},${clock(row.minute)},08:30,${tail(row)}`
        : `${row.date},${clock(row.minute)},${clock(row.minute + 30)},${tail(row)}`,
    ),
    counts("a day by a length", "right", "Time,Interval Length,Calls,AHT", (row) =>
      row.minute === 480
        ? `${start(row)},30,${tail(row)}\n${row.date} 00:00,1440,${tail(dayOf(row))}`
        : `${start(row)},30,${tail(row)}`,
    ),
    counts("a day by its range", "right", "Date,Interval,Calls,AHT", (row) =>
      row.minute === 480
        ? `${row.date},08:00-18:00,${tail(dayOf(row))}\n${row.date},08:00-08:30,${tail(row)}`
        : `${row.date},${clock(row.minute)}-${clock(row.minute + 30)},${tail(row)}`,
    ),
  ],
  "a queue that is the sum of all others is left out": ["All Skills", "All queues", "Alles", "Site"].map(
    (total) =>
      queues(total, "right", "Time,Queue,Calls,AHT", (one, other) => [
        `${start(one)},Sales,${tail(one)}`,
        `${start(one)},Service,${tail(other)}`,
        `${start(one)},${total},${one.count + other.count},240`,
      ]),
  ),
  "counts that run on are differenced when a person says so": [
    counts(
      "by their name, with the handle times of the rows",
      "asked",
      "Time,Cumulative Calls,AHT",
      (row) => `${start(row)},${soFar(row)},${row.ahtSeconds}`,
    ),
    counts("German", "asked", "Zeit;Anrufe kumuliert", (row) => `${start(row)};${soFar(row)}`, {
      hasAht: false,
    }),
    counts(
      "by what they hold",
      "asked",
      "Time,Calls,AHT",
      (row) => `${start(row)},${soFar(row)},${row.ahtSeconds}`,
    ),
    counts(
      "with the mean handle time so far",
      "asked",
      "Time,Calls,AHT",
      (row) => `${start(row)},${soFar(row)},${(secondsSoFar(row) / Math.max(1, soFar(row))).toFixed(3)}`,
    ),
    counts(
      "with answered calls that run on too",
      "asked",
      "Time,Offered,Answered,AHT",
      (row) => `${start(row)},${soFar(row)},${soFar(row)},${row.ahtSeconds}`,
    ),
    counts(
      "through the days",
      "asked",
      "Time,Calls,AHT",
      (row) =>
        `${start(row)},${rows.slice(0, rows.indexOf(row) + 1).reduce((sum, { count }) => sum + count, 0)},240`,
      { hasAht: false },
    ),
    counts(
      "newest first",
      "asked",
      "Time,Calls,AHT",
      (row) => `${start(row)},${soFar(row)},${row.ahtSeconds}`,
      { of: [...rows].reverse() },
    ),
    queues("by queue", "asked", "Queue,Time,Calls,AHT", (one, other) =>
      [one, other].map((row) => `${row.queue},${start(row)},${soFar(row)},${row.ahtSeconds}`),
    ),
    counts(
      "beside plain counts",
      "right",
      "Time,Calls Cumulative,Calls,AHT",
      (row) => `${start(row)},${soFar(row)},${tail(row)}`,
    ),
    counts(
      "taken for plain ones by who knows them",
      "asked",
      "Time,Running total,AHT",
      (row) => `${start(row)},${tail(row)}`,
    ),
  ],
  "a header that says UTC": ["Interval Start UTC Date", "Start Time (GMT)", "Datum UTC"].map((header) =>
    counts(
      header,
      "right",
      `${header},Offered,AHT`,
      (row) => `${row.date} ${clock(row.minute - 120)},${tail(row)}`,
    ),
  ),
  "contacts given in parts": [
    counts(
      "ACD and abandoned calls of Avaya",
      "right",
      "Date,Time,ACD Calls,Avg ACD Time,Avg ACW Time,Aban Calls",
      (row) =>
        `${row.date},${clock(row.minute)},${row.count - (row.count >> 3)},${hms(row.ahtSeconds - 30).slice(3)},:30,${row.count >> 3}`,
    ),
    ...[
      ["Answered <= 20s", "Answered > 20s"],
      ["Answered in SL", "Answered outside SL"],
      ["Answered within 20 sec", "Answered after 20 sec"],
    ].map(([within, beyond]) =>
      counts(
        `${within}, ${beyond}`,
        "right",
        `Time,${within},${beyond},AHT`,
        (row) => `${start(row)},${row.count - (row.count >> 2)},${row.count >> 2},${row.ahtSeconds}`,
      ),
    ),
    counts(
      "one of two parts beside all contacts",
      "right",
      "Time,Offered,Answered > 20s,AHT",
      (row) => `${start(row)},${row.count},${row.count >> 2},${row.ahtSeconds}`,
    ),
    counts(
      "three parts",
      "asked",
      "Time,Answered < 20s,Answered 20-60s,Answered > 60s,AHT",
      (row) =>
        `${start(row)},${row.count - 2 * (row.count >> 2)},${row.count >> 2},${row.count >> 2},${row.ahtSeconds}`,
    ),
    counts(
      "one part alone",
      "refused",
      "Time,Answered > 20s,AHT",
      (row) => `${start(row)},${row.count >> 2},${row.ahtSeconds}`,
      hopeless,
    ),
  ],
  "queues side by side under their names": [
    ...["Sales,Service,Total", "Total,Sales,Service"].map((header) =>
      queues(
        `${header} by their sum`,
        "right",
        `Time,${header}`,
        (one, other) => {
          const total = one.count + other.count;
          const parts = [one.count, other.count];
          return [
            `${start(one)},${(header.startsWith("Total") ? [total, ...parts] : [...parts, total]).join(",")}`,
          ];
        },
        { hasAht: false },
      ),
    ),
    queues(
      "without a sum",
      "asked",
      "Time,Sales,Service",
      (one, other) => [`${start(one)},${one.count},${other.count}`],
      { hasAht: false },
    ),
  ],
  "handle times": [
    counts(
      "numbers and clock durations in one column",
      "right",
      "Time,Calls,AHT",
      (row, at) => `${start(row)},${row.count},${at % 3 === 0 ? row.ahtSeconds : hms(row.ahtSeconds)}`,
    ),
    log(
      "the whole duration, the wait and the rest",
      "Time,Call ID,duration (total),duration (in call),waiting time",
      (one, at) => `${moment(one)},${at},${one.talk + one.wait},${one.talk},${one.wait}`,
    ),
    log(
      "nought of the abandoned",
      "Time,Call ID,Call Type,Talk time",
      (one, at) =>
        at % 9 === 4
          ? `${moment(one)},${at},inbound,${one.talk}\n${moment(one)},x${at},inbound,0`
          : `${moment(one)},${at},inbound,${one.talk}`,
      { count: (at) => (at % 9 === 4 ? 2 : 1) },
    ),
    log(
      "a disposition beside a plain yes or no",
      "Time,Call ID,Disposition,Abandoned,Handle time",
      (one, at) => `${moment(one)},${at},Resolved,0,${one.talk}`,
    ),
  ],
  "logs with several rows for a contact": [
    log(
      "legs by the number of the call",
      "Call Time,Call ID,To,Status,Talking",
      (one, at) =>
        `${moment(one)},${at},Queue,Answered,0\n${one.date} ${clockSeconds(one.second + 5)},${at},Ext,Answered,${one.talk}`,
      { verdict: "asked" },
    ),
    log(
      "all rows are contacts, of cases that come again",
      "Created,Case ID,Subject,Handle time",
      (one, at) => `${moment(one)},${at >> 1},x,${one.talk}`,
      { verdict: "asked" },
    ),
    [
      "events of a queue",
      "refused",
      fileOf(
        "events of a queue",
        "en",
        rows,
        contacts.flatMap((_, at) =>
          ["ENTERQUEUE||555|1", "CONNECT|6|x|3", "COMPLETECALLER|6|90|1"].map(
            (event, later) => `${1_756_706_400 + at * 300 + later * 20}|${at}.1|support|NONE|${event}`,
          ),
        ),
        hopeless,
      ),
    ],
  ],
  "counts in thousands are multiplied when a person says so": [
    ...["Calls (in thousands)", "Calls (000s)", "Anrufe in Tsd.", "通话量（千）"].map((header) =>
      counts(
        header,
        "asked",
        `Time,${header},AHT`,
        (row) => `${start(row)},${(row.count / 1000).toFixed(3)},${row.ahtSeconds}`,
      ),
    ),
    counts(
      "with a decimal comma, and answered calls",
      "asked",
      "Zeit;Anrufe (Tsd.);Angenommen (Tsd.);AHT",
      (row) => {
        const count = (row.count / 1000).toFixed(3).replace(".", ",");
        return `${start(row)};${count};${count};${row.ahtSeconds}`;
      },
    ),
  ],
  "line ends in quoted cells": [
    counts(
      "of the header",
      "right",
      '"Start\nTime","Calls\nOffered","Avg Handle\nTime"',
      (row) => `${start(row)},${tail(row)}`,
    ),
    log(
      "of a log",
      "Ticket ID,Subject,Created time,Handle time",
      (one, at) => `${at},"Help, ""me""\nplease",${moment(one)},${one.talk}`,
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

test("queues that have numbers for names stay apart", async () => {
  for (const header of ["Queue No", "Queue ID", "Skill Number"]) {
    const lines = contacts.map((one, at) => `${moment(one)},${at % 3 === 0 ? 301 : 302},${one.agent}`);
    const outcome = await importHistory({
      source: {
        name: "log.csv",
        data: new TextEncoder().encode(`Call Start,${header},Agent\n${lines.join("\n")}\n`),
      },
      mapping: null,
      timeZone: "Europe/Berlin",
      intervalMinutes: 30,
      queueId: "main",
    });
    if (!outcome.ok) throw new Error(outcome.issues[0].code);
    expect(outcome.value.history.queues.map(({ queueId }) => queueId).sort()).toEqual(["301", "302"]);
  }
});

test("contacts logged by the half-hour are spread over its quarters", async () => {
  const lines = contacts.map(
    ({ second, date, talk }, at) => `${at},${date} ${clockSeconds(second - (second % 1800))},Sales,${talk}`,
  );
  const outcome = await importHistory({
    source: {
      name: "log.csv",
      data: new TextEncoder().encode(`Call ID,Interval Start,Queue,Talk (s)\n${lines.join("\n")}\n`),
    },
    mapping: null,
    timeZone: "Europe/Berlin",
    intervalMinutes: 15,
    queueId: "main",
  });
  if (!outcome.ok) throw new Error(outcome.issues[0].code);
  const [{ offered }] = outcome.value.history.queues;
  for (let at = 0; at < offered.length; at += 2) expect(offered[at + 1]).toBe(offered[at]);
  expect(offered.reduce((sum, count) => sum + count, 0)).toBeCloseTo(contacts.length, 6);
});

test("small counts of a thin queue, its noughts left out, run on only by chance", async () => {
  const days = Array.from(
    { length: 56 },
    (_, day) => `${day < 30 ? "09" : "10"}-${String(1 + (day % 30)).padStart(2, "0")}`,
  );
  const lines = days.flatMap((date, day) => {
    const counts = day % 20 === 4 ? [1, 1, 1, 1, 2] : day % 3 === 0 ? [1] : [1, 1];
    return counts.map((count, at) => `2025-${date}T${String(9 + at).padStart(2, "0")}:15:00,${count},240`);
  });
  const outcome = await importHistory({
    source: {
      name: "thin.csv",
      data: new TextEncoder().encode(`start,offered,aht_seconds\n${lines.join("\n")}\n`),
    },
    mapping: null,
    timeZone: "UTC",
    intervalMinutes: 15,
    queueId: "main",
  });
  expect(outcome.ok ? [] : outcome.issues.map(({ code }) => code)).toEqual([]);
});
