import { addDays, epochDay, weekdayOf } from "../../../src/domain/calendar/clock.ts";
import { type RandomStream, randomStream } from "../../../src/numerics/random.ts";

/** What came in half an hour of a day to a queue. */
export interface HalfHour {
  readonly queue: string;
  readonly date: string;
  readonly minute: number;
  readonly count: number;
  readonly ahtSeconds: number;
}

/** A file as a newcomer has it, with what is true of it. */
export interface NewcomerFile {
  readonly shape: string;
  readonly language: string;
  readonly text: string;
  readonly bytes?: Uint8Array;
  readonly truth: readonly HalfHour[];
  /** Minutes to which the file tells when contacts came: 30, 60 or 1440. */
  readonly grainMinutes: number;
  /** Queues have names in the file; otherwise all contacts are of one queue. */
  readonly hasQueues: boolean;
  readonly hasAht: boolean;
  /** No reading is right: the file must be refused in words. */
  readonly isHopeless?: boolean;
}

export const firstDate = "2025-09-01";
const dayCount = 42;
export const two = (value: number) => String(value).padStart(2, "0");
export const clock = (minute: number) => `${two(Math.floor(minute / 60))}:${two(minute % 60)}`;
export const clockSeconds = (seconds: number) =>
  `${clock(Math.floor(seconds / 60))}:${two(Math.floor(seconds % 60))}`;
export const noon = (minute: number) => {
  const hour = Math.floor(minute / 60);
  return `${hour % 12 === 0 ? 12 : hour % 12}:${two(minute % 60)} ${hour < 12 ? "AM" : "PM"}`;
};
export const dmy = (date: string, mark = ".") => date.split("-").reverse().join(mark);
export const mdy = (date: string) => `${+date.slice(5, 7)}/${+date.slice(8)}/${date.slice(0, 4)}`;
export const hms = (seconds: number) => {
  const whole = Math.round(seconds);
  return `${Math.floor(whole / 3600)}:${two(Math.floor(whole / 60) % 60)}:${two(whole % 60)}`;
};
export const comma = (value: number, digits = 1) => value.toFixed(digits).replace(".", ",");
/** Central European summer time, in which all dates of the folder lie. */
const utc = (date: string, seconds: number) =>
  new Date((epochDay(date) * 86_400 + seconds - 7200) * 1000).toISOString().slice(0, 19);

function poisson(mean: number, chance: RandomStream): number {
  let count = 0;
  for (let product = chance.uniform(); product > Math.exp(-mean); product *= chance.uniform()) count++;
  return count;
}

/** Six weeks of a queue open from eight to six, busiest on Mondays and before noon. */
export function halfHours(
  chance: RandomStream,
  change: { queue?: string; level?: number; weekdays?: number; from?: number; to?: number } = {},
): HalfHour[] {
  const { queue = "main", level = 14, weekdays = 6, from = 480, to = 1080 } = change;
  const rows: HalfHour[] = [];
  for (let day = 0; day < dayCount; day++) {
    const date = addDays(firstDate, day);
    const weekday = weekdayOf(date);
    if (weekday > weekdays) continue;
    for (let minute = from; minute < to; minute += 30) {
      const mean = level * (weekday === 1 ? 1.3 : 1) * (1.2 - Math.abs(minute - 660) / 900);
      const ahtSeconds = 200 + Math.floor(chance.uniform() * 80);
      rows.push({ queue, date, minute, count: poisson(mean, chance), ahtSeconds });
    }
  }
  return rows;
}

/** Every contact with the second of the day at which it came, in order. */
export function contactsOf(rows: readonly HalfHour[], chance: RandomStream) {
  return rows
    .flatMap((row) =>
      Array.from({ length: row.count }, () => ({
        ...row,
        second: row.minute * 60 + Math.floor(chance.uniform() * 1800),
        talk: row.ahtSeconds,
        wait: Math.floor(chance.uniform() * 60),
        agent: 101 + Math.floor(chance.uniform() * 24),
      })),
    )
    .sort((a, b) => (a.date === b.date ? a.second - b.second : a.date < b.date ? -1 : 1));
}

export const merged = (rows: readonly HalfHour[], key: (row: HalfHour) => string) => {
  const groups = new Map<string, HalfHour[]>();
  for (const row of rows) groups.set(key(row), [...(groups.get(key(row)) ?? []), row]);
  return [...groups.values()].map((group) => {
    const count = group.reduce((sum, row) => sum + row.count, 0);
    const seconds = group.reduce((sum, row) => sum + row.count * row.ahtSeconds, 0);
    return { ...group[0], count, ahtSeconds: count > 0 ? seconds / count : 0 };
  });
};
export const byHour = (rows: readonly HalfHour[]) =>
  merged(rows, ({ queue, date, minute }) => `${queue} ${date} ${Math.floor(minute / 60)}`);
export const byDay = (rows: readonly HalfHour[]) => merged(rows, ({ queue, date }) => `${queue} ${date}`);

/** Forty-odd files of ten languages and the systems that planners have, from one seed. */
export function newcomerFolder(seed: number): NewcomerFile[] {
  return [...vendorFiles(seed), ...languageFiles(seed), ...logFiles(seed), ...oddFiles(seed)];
}

type Options = Partial<Omit<NewcomerFile, "shape" | "language" | "text" | "truth">>;

export function fileOf(
  shape: string,
  language: string,
  truth: readonly HalfHour[],
  lines: readonly string[],
  options: Options = {},
): NewcomerFile {
  const plain = { grainMinutes: 30, hasQueues: false, hasAht: true };
  return { shape, language, text: `${lines.join("\n")}\n`, truth, ...plain, ...options };
}

function vendorFiles(seed: number): NewcomerFile[] {
  const chance = randomStream(seed, "vendors");
  const queues = ["Sales", "Service"].map((queue) => halfHours(chance, { queue }));
  const both = queues.flat().sort((a, b) => (a.date + clock(a.minute) < b.date + clock(b.minute) ? -1 : 1));
  const one = halfHours(chance);
  const named = { hasQueues: true };
  const days = byDay(both);
  return [
    fileOf(
      "Amazon Connect",
      "en",
      both,
      [
        "QueueName,QueueId,ChannelType,TimeStamp,IntervalDuration,IncomingContactVolume,AverageHandleTime,ContactsHandled",
        ...both.map(
          (row) =>
            `${row.queue},q,VOICE,${utc(row.date, row.minute * 60)}Z,30mins,${row.count},${row.ahtSeconds},${row.count}`,
        ),
      ],
      named,
    ),
    fileOf(
      "Genesys Cloud",
      "en",
      both,
      [
        "Interval Start UTC Date,Queue,Media Type,Skill Set,Language,Offered,Interactions Handled,Total Handle Time (Seconds)",
        ...both.map(
          (row) =>
            `${utc(row.date, row.minute * 60)}Z,${row.queue},voice,,en,${row.count},${row.count},${row.count * row.ahtSeconds}`,
        ),
      ],
      named,
    ),
    fileOf(
      "injixo, queues side by side",
      "en",
      both,
      [
        "Timestamp;Offered_Sales;AHT_Sales;Offered_Service;AHT_Service",
        ...queues[0].map((row, at) => {
          const other = queues[1][at];
          return `${row.date} ${clock(row.minute)};${row.count};${row.ahtSeconds};${other.count};${other.ahtSeconds}`;
        }),
      ],
      named,
    ),
    fileOf(
      "Calabrio, no header",
      "en",
      both,
      both.map(
        (row) =>
          `30;${row.date.replaceAll("-", "")};${clock(row.minute)};7;${row.queue};${row.count};0;0;0;${row.count};60;0;${row.count * row.ahtSeconds};0;30;0;4;${row.count};80;0;0`,
      ),
      named,
    ),
    fileOf(
      "Verint, daily, no header",
      "en",
      both,
      days.map((row) => `${row.queue},${mdy(row.date).replaceAll("/", "-")},${row.count},${row.ahtSeconds}`),
      { ...named, grainMinutes: 1440 },
    ),
    fileOf("interval report, month first, 12-hour clock", "en", one, [
      "Call Center Split Report,,,",
      ",,,",
      "Date,Time,ACD Calls Offered,Avg Handle Time",
      ...one.map(
        (row) => `${mdy(row.date)},${noon(row.minute)},${row.count},${hms(row.ahtSeconds).slice(2)}`,
      ),
      `Total,,${one.reduce((sum, { count }) => sum + count, 0)},`,
    ]),
    fileOf(
      "queue report with start and end",
      "en",
      both,
      [
        "Interval Start Time,Interval End Time,CSQ Name,Calls Presented,Calls Handled,Calls Abandoned,Avg Handle Time",
        ...both.map(
          (row) =>
            `${mdy(row.date)} ${noon(row.minute)},${mdy(row.date)} ${noon(row.minute + 30)},${row.queue},${row.count},${row.count},0,${hms(row.ahtSeconds)}`,
        ),
      ],
      named,
    ),
    fileOf(
      "half-hours by skill",
      "en",
      both,
      [
        "DATE,HALF HOUR,SKILL,CALLS count,Average Handle Time",
        ...both.map(
          (row) =>
            `${row.date.replaceAll("-", "/")},${clock(row.minute)},${row.queue},${row.count},${hms(row.ahtSeconds)}`,
        ),
      ],
      named,
    ),
  ];
}

function languageFiles(seed: number): NewcomerFile[] {
  const chance = randomStream(seed, "languages");
  const rows = () => halfHours(chance);
  const table = (
    shape: string,
    language: string,
    header: string,
    line: (row: HalfHour) => string,
    options?: Options,
  ) => {
    const truth = rows();
    return fileOf(shape, language, truth, [header, ...truth.map(line)], options);
  };
  const wide = rows();
  const times = [...new Set(wide.map(({ minute }) => minute))];
  const polish = rows();
  const polishText = [
    "Data;Godzina;Połączenia przychodzące;Średni czas obsługi (s)",
    ...polish.map(
      (row) => `${dmy(row.date)};${clock(row.minute)};${row.count};${comma(row.ahtSeconds + 0.5)}`,
    ),
  ];
  return [
    table(
      "counts and handle time",
      "de",
      "Datum;Uhrzeit;Angebotene Anrufe;Angenommene Anrufe;Ø Bearbeitungszeit (Sek.)",
      (row) => `${dmy(row.date)};${clock(row.minute)};${row.count};${row.count};${comma(row.ahtSeconds)}`,
    ),
    table(
      "ranges of time",
      "de",
      "Datum;Zeitraum;Anrufe;AHT",
      (row) =>
        `${dmy(row.date)};${clock(row.minute)}-${clock(row.minute + 30)};${row.count};${row.ahtSeconds}`,
    ),
    fileOf(
      "times side by side",
      "de",
      wide,
      [
        `Datum;${times.map(clock).join(";")}`,
        ...[...new Set(wide.map(({ date }) => date))].map(
          (date) =>
            `${dmy(date)};${times.map((minute) => wide.find((row) => row.date === date && row.minute === minute)?.count).join(";")}`,
        ),
      ],
      { hasAht: false },
    ),
    table(
      "ranges with h, times as h:mm:ss",
      "fr",
      "Date;Tranche horaire;Appels reçus;Appels traités;DMT",
      (row) =>
        `${dmy(row.date, "/")};${clock(row.minute).replace(":", "h")} - ${clock(row.minute + 30).replace(":", "h")};${row.count};${row.count};${hms(row.ahtSeconds)}`,
    ),
    table(
      "handle time in minutes, unit not said",
      "es",
      "Fecha,Hora,Llamadas recibidas,Llamadas atendidas,TMO",
      (row) =>
        `${dmy(row.date, "/")},${clock(row.minute)},${row.count},${row.count},${(row.ahtSeconds / 60).toFixed(3)}`,
    ),
    table(
      "handle time in seconds",
      "pt",
      "Data;Hora;Chamadas recebidas;Chamadas atendidas;TMA (s)",
      (row) => `${dmy(row.date, "/")};${clock(row.minute)};${row.count};${row.count};${row.ahtSeconds}`,
    ),
    table(
      "mean duration",
      "it",
      "Data;Ora;Chiamate in arrivo;Chiamate risposte;Durata media (sec)",
      (row) =>
        `${dmy(row.date, "/")};${clock(row.minute).replace(":", ".")};${row.count};${row.count};${comma(row.ahtSeconds)}`,
    ),
    table(
      "dates with dashes",
      "nl",
      "Datum;Tijd;Aangeboden oproepen;Gem. afhandeltijd",
      (row) => `${dmy(row.date, "-")};${clock(row.minute)};${row.count};${hms(row.ahtSeconds)}`,
    ),
    fileOf(
      "UTF-16",
      "pl",
      polish.map((row) => ({ ...row, ahtSeconds: row.ahtSeconds + 0.5 })),
      polishText,
      {
        bytes: utf16(`${polishText.join("\r\n")}\r\n`),
      },
    ),
    table(
      "time and date in one",
      "tr",
      "Tarih Saat;Gelen çağrı;Ortalama işlem süresi (sn)",
      (row) => `${dmy(row.date)} ${clock(row.minute)};${row.count};${row.ahtSeconds}`,
    ),
    table(
      "counts and handle time",
      "zh",
      "日期,时段,呼入量,接通量,平均处理时长(秒)",
      (row) =>
        `${row.date.replaceAll("-", "/")},${clock(row.minute)}-${clock(row.minute + 30)},${row.count},${row.count},${row.ahtSeconds}`,
    ),
    table("dates with signs", "ja", "日付,時間帯,着信数,応答数,平均処理時間(秒)", (row) => {
      const [year, month, day] = row.date.split("-").map(Number);
      return `${year}年${month}月${day}日,${clock(row.minute)}～${clock(row.minute + 30)},${row.count},${row.count},${row.ahtSeconds}`;
    }),
  ];
}

function utf16(text: string): Uint8Array {
  const bytes = new Uint8Array(2 + text.length * 2);
  bytes.set([0xff, 0xfe]);
  for (let at = 0; at < text.length; at++) {
    bytes[2 + at * 2] = text.charCodeAt(at) & 255;
    bytes[3 + at * 2] = text.charCodeAt(at) >> 8;
  }
  return bytes;
}

function logFiles(seed: number): NewcomerFile[] {
  const chance = randomStream(seed, "logs");
  const queues = ["Billing", "Orders"].flatMap((queue) => halfHours(chance, { queue, level: 4 }));
  const all = contactsOf(queues, chance);
  const log = (
    shape: string,
    language: string,
    header: string,
    line: (contact: (typeof all)[number], at: number) => string,
    options: Options = {},
  ) => fileOf(shape, language, queues, [header, ...all.map(line)], { hasQueues: true, ...options });
  const moment = (contact: (typeof all)[number]) => `${contact.date} ${clockSeconds(contact.second)}`;
  return [
    log(
      "exchange with source and extension",
      "en",
      "calldate,clid,src,dst,duration,billsec,disposition",
      (one) =>
        `${moment(one)},${4930_000_000 + one.second},${4930_000_000 + one.second},${one.agent},${one.talk + one.wait},${one.talk},ANSWERED`,
      { hasQueues: false, hasAht: false },
    ),
    log(
      "agents, speed of answer, yes and no",
      "en",
      "Call Id,Agent,Date,Time,Department,Answered (Y/N),Resolved,Speed of answer in seconds,AvgTalkDuration,Satisfaction rating",
      (one, at) =>
        `ID${10_000 + at},Agent ${one.agent},${mdy(one.date)},${clockSeconds(one.second)},${one.queue},Y,${at % 3 ? "Y" : "N"},${one.wait},${hms(one.talk)},${1 + (at % 5)}`,
    ),
    log(
      "agent ids",
      "en",
      "Start,Agent ID,Speed of Answer,Queue,Talk (s)",
      (one) => `${moment(one)},${one.agent},${one.wait},${one.queue},${one.talk}`,
    ),
    log(
      "start and extension only",
      "en",
      "Call Start,Extension",
      (one) => `${moment(one)},${one.agent + 900}`,
      { hasQueues: false, hasAht: false },
    ),
    log(
      "queue, status, duration",
      "fr",
      "Date;Heure d'appel;File;Statut;Durée de conversation (s)",
      (one) => `${dmy(one.date, "/")};${clockSeconds(one.second)};${one.queue};Répondu;${one.talk}`,
    ),
    log(
      "queue and outcome",
      "de",
      "Anrufbeginn;Warteschlange;Ergebnis;Gesprächsdauer",
      (one) => `${dmy(one.date)} ${clockSeconds(one.second)};${one.queue};angenommen;${hms(one.talk)}`,
    ),
    log(
      "queue and outcome",
      "zh",
      "来电时间,队列,结果,通话时长(秒)",
      (one) => `${moment(one)},${one.queue},已接听,${one.talk}`,
    ),
    log(
      "tickets",
      "en",
      "Id,Created at,Group,Subject,Solved at",
      (one, at) =>
        `${7000 + at},${moment(one)},${one.queue},"Question, urgent",${one.date} ${clockSeconds(Math.min(86_399, one.second + 3600))}`,
      { hasAht: false },
    ),
  ];
}

function oddFiles(seed: number): NewcomerFile[] {
  const chance = randomStream(seed, "odd");
  const one = halfHours(chance);
  const hours = byHour(one);
  const thin = halfHours(chance, { level: 0.6 });
  const wholeDay = halfHours(chance, { from: 0, to: 1440, weekdays: 7 });
  const regions = ["North", "South", "West"].map((queue) => halfHours(chance, { queue, level: 5 }));
  const gappy = one.filter(({ date }) => date < "2025-09-15" || date > "2025-09-28");
  const daily = byDay(one);
  const weeks = merged(one, ({ date }) => String(Math.floor((epochDay(date) - epochDay(firstDate)) / 7)));
  const table = (
    shape: string,
    header: string,
    line: (row: HalfHour) => string,
    options: Options & { rows?: readonly HalfHour[]; truth?: readonly HalfHour[] } = {},
  ) => {
    const { rows = one, truth = rows, ...rest } = options;
    return fileOf(shape, "en", truth, [header, ...rows.map(line)], rest);
  };
  const dated = (row: HalfHour) => `${row.date},${clock(row.minute)}`;
  const seconds = (row: HalfHour) => epochDay(row.date) * 86_400 + row.minute * 60 - 7200;
  return [
    table(
      "two-digit years",
      "Date,Time,Calls,AHT",
      (row) => `${dmy(row.date, "/").slice(0, 6)}25,${clock(row.minute)},${row.count},${row.ahtSeconds}`,
    ),
    table(
      "seconds since 1970",
      "timestamp,offered,aht",
      (row) => `${seconds(row)},${row.count},${row.ahtSeconds}`,
    ),
    table(
      "milliseconds since 1970",
      "ts,contacts,aht_ms",
      (row) => `${seconds(row)}000,${row.count},${row.ahtSeconds * 1000}`,
    ),
    table(
      "serial numbers of a spreadsheet",
      "Date;Calls;AHT (min)",
      (row) =>
        `${comma(epochDay(row.date) + 25_569 + row.minute / 1440, 5)};${row.count};${comma(row.ahtSeconds / 60, 4)}`,
    ),
    table(
      "stretches from and to",
      "Interval,Offered,AHT",
      (row) =>
        `${row.date}T${clock(row.minute)}:00/${row.date}T${clock(row.minute + 30)}:00,${row.count},${row.ahtSeconds}`,
    ),
    table(
      "end of the interval",
      "Interval End,Offered,AHT",
      (row) => `${row.date} ${clock(row.minute + 30)},${row.count},${row.ahtSeconds}`,
    ),
    table(
      "minute of the day",
      "Date,Minute of day,Calls,AHT",
      (row) => `${row.date},${row.minute},${row.count},${row.ahtSeconds}`,
    ),
    table(
      "number of the interval",
      "Date,Interval,Calls,AHT",
      (row) => `${row.date},${row.minute / 30 + 1},${row.count},${row.ahtSeconds}`,
    ),
    table(
      "number of the interval, all day",
      "Date,Interval,Calls,AHT",
      (row) => `${row.date},${row.minute / 30 + 1},${row.count},${row.ahtSeconds}`,
      { rows: wholeDay },
    ),
    table(
      "whole hours",
      "Date,Hour,Calls,AHT",
      (row) => `${row.date},${Math.floor(row.minute / 60)},${row.count},${row.ahtSeconds.toFixed(3)}`,
      { rows: hours, truth: one, grainMinutes: 60 },
    ),
    table(
      "noughts left out",
      "Date,Time,Calls,AHT",
      (row) => `${dated(row)},${row.count},${row.ahtSeconds}`,
      { rows: thin.filter(({ count }) => count > 0) },
    ),
    table(
      "two weeks missing",
      "Date,Time,Calls,AHT",
      (row) => `${dated(row)},${row.count},${row.ahtSeconds}`,
      { rows: gappy },
    ),
    table(
      "a row for each region",
      "Date,Time,Region,Calls,AHT",
      (row) => `${dated(row)},${row.queue},${row.count},${row.ahtSeconds}`,
      { rows: regions.flat() },
    ),
    table(
      "headers that nobody knows beside those one does",
      "Wday,Date,Time,Zeta,Calls,AHT,Remark",
      (row) => `x,${dated(row)},${row.minute % 7},${row.count},${row.ahtSeconds},`,
    ),
    table(
      "counts in a column of no name",
      "When,Figure",
      (row) => `${row.date} ${clock(row.minute)},${row.count}`,
      {
        hasAht: false,
      },
    ),
    table(
      "days",
      "Day,Calls Offered,AHT",
      (row) => `${dmy(row.date, "/")},${row.count},${row.ahtSeconds.toFixed(2)}`,
      { rows: daily, truth: one, grainMinutes: 1440 },
    ),
    table("weekly totals", "Date,Calls", (row) => `${row.date},${row.count}`, {
      rows: weeks,
      hasAht: false,
      isHopeless: true,
    }),
    table("monthly totals", "Month,Calls", (row) => `${row.date.slice(0, 7)},${row.count}`, {
      rows: merged(one, ({ date }) => date.slice(0, 7)),
      hasAht: false,
      isHopeless: true,
    }),
  ];
}
