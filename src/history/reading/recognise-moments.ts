import type { DateForm, TimeForm } from "../../files/clock-cells.ts";
import { clockReader } from "../../files/clock-cells.ts";
import type { ColumnProfile } from "./column-profiles.ts";
import type { HeaderConcept } from "./header-words.ts";
import type { ColumnRole } from "./layouts.ts";
import type { HeaderReading } from "./read-header.ts";
import { weekOfText } from "./row-dates.ts";

/** A column as far as it is understood: its name, and what it holds. */
export interface Column {
  readonly index: number;
  readonly header: string;
  readonly name: HeaderReading;
  readonly profile: ColumnProfile;
}

/** Columns that say when a row was, and how their cells are to be read. */
export interface Moments {
  readonly roles: ReadonlyMap<number, ColumnRole>;
  readonly dates: DateForm;
  readonly times: TimeForm;
  /** Other ways to read the numbers of the time column; empty: no doubt. */
  readonly otherTimes: readonly TimeForm[];
  /** The time given is that at which the interval ends. */
  readonly timeIsEnd: boolean;
  /** Column chosen by what it holds and not by its name. */
  readonly guessed: number | null;
  /** Column of weeks or months, where no column holds days. */
  readonly period: number | null;
  /** Dates stand in lines of their own. */
  readonly dateLines: boolean;
  /** A date that stands for its week is the last of it. */
  readonly weekIsEnd: boolean;
  /** Column of times of day, though none says the date. */
  readonly clock: number | null;
}

/** Concepts that make a clock-like cell a duration. */
const durationConcepts = [
  "talk",
  "hold",
  "wrap",
  "handle",
  "aht",
  "asa",
  "wait",
  "duration",
  "average",
  "total",
  "longest",
] as const satisfies readonly HeaderConcept[];

type Event = "start" | "plain" | "answered" | "end" | "resolved" | "other" | "unnamed";

/** What happened at the moment a column tells of. */
function eventOf({ name: { concepts }, profile }: Column): Event | null {
  const has = (...wanted: readonly HeaderConcept[]) => wanted.some((concept) => concepts.has(concept));
  const clockLike = profile.kind === "moment" || profile.kind === "date";
  if (has("otherMoment", "expected") || has("timeZone")) return "other";
  if (!clockLike && has(...durationConcepts)) return null;
  // A "call time" of never more than two hours is how long calls took.
  if (!clockLike && has("contact") && profile.mostSeconds !== null && profile.mostSeconds < 7200) return null;
  if (has("resolved")) return "resolved";
  if (has("end") && !has("start")) return "end";
  if (has("start", "created")) return "start";
  if (has("handled") && (clockLike || has("time", "moment", "date", "hour"))) return "answered";
  if (has("abandoned") && (clockLike || has("time", "moment", "date"))) return "end";
  if (has("date", "time", "moment", "interval", "hour", "minute", "day")) return "plain";
  if (has("week", "month", "year") && profile.kind !== "number") return "plain";
  if (has("contact", "offered") && clockLike) return "start";
  return profile.kind === "number" ? null : "unnamed";
}

const precedence: readonly Event[] = ["start", "plain", "unnamed", "end"];

/**
 * Which columns say when: a moment in one column, or a date and a time, or parts of a date.
 *
 * @param forced columns that a person named, by `start`, `date` and `time`
 * @param givenTimes what the numbers of the time column count, as a person said
 * @param hasDateLines lines between the rows, or above them, hold dates
 */
export function recogniseMoments(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  forced: ReadonlyMap<ColumnRole, number>,
  givenTimes?: TimeForm,
  hasDateLines = false,
): Moments {
  const forcedIndices = new Set(forced.values());
  const told = columns.map((column) => (forcedIndices.has(column.index) ? "start" : eventOf(column)));
  const forms = columns.map((column, at) => dateFormOf(column, told[at], rows));
  // Numbers say when only where they can be nothing else.
  const events = told.map((event, at) => event ?? (isEpoch(forms[at]) ? "unnamed" : null));
  const best = (fits: (column: Column, at: number) => boolean, order = precedence) => {
    for (const event of order) {
      const found = columns.find((column, at) => events[at] === event && fits(column, at));
      if (found !== undefined) return { column: found, event };
    }
    return null;
  };
  const isWhole = (column: Column, at: number) =>
    (column.profile.kind === "moment" && !allMidnight(rows, column.index)) || forms[at]?.whole === true;
  const isDate = ({ profile, index }: Column, at: number) =>
    profile.kind === "date" ||
    (profile.kind === "moment" && allMidnight(rows, index)) ||
    forms[at]?.whole === false;
  const isClock = ({ profile }: Column, at: number) =>
    profile.kind === "time" || (profile.kind === "duration" && events[at] !== "unnamed");
  const isNumber = (column: Column, at: number) =>
    column.profile.kind === "number" && forms[at] === null && isTimeNumber(column);
  const named = (role: ColumnRole) => {
    const column = columns.find(({ index }) => index === forced.get(role));
    return column === undefined ? null : { column, event: "start" as const };
  };
  const recognised = forced.size === 0 || (forced.size === 1 && forced.has("time"));
  const whole = recognised && !forced.has("time") ? best(isWhole) : named("start");
  const date = recognised ? best(isDate) : named("date");
  const anyTime = best(isClock, ["start", "plain"]) ?? best(isNumber) ?? best(isClock);
  const time = forced.has("time") ? named("time") : forced.has("start") ? null : anyTime;
  const roles = new Map<number, ColumnRole>();
  const made = (change: Partial<Moments>): Moments => ({
    roles,
    dates: "written",
    times: "clock",
    otherTimes: [],
    timeIsEnd: false,
    guessed: null,
    period: null,
    dateLines: false,
    weekIsEnd: false,
    clock: null,
    ...change,
  });
  const formsOf = (column: Column): Pick<Moments, "times" | "otherTimes"> => {
    if (givenTimes !== undefined) return { times: givenTimes, otherTimes: [] };
    const [times = "clock", ...otherTimes] =
      column.profile.kind === "number" ? timeFormsOf(column, rows) : [];
    return { times, otherTimes };
  };
  for (const [at, event] of events.entries()) {
    const { profile } = columns[at];
    if (event === "resolved" && (profile.kind === "moment" || profile.kind === "date"))
      roles.set(columns[at].index, "resolved");
    if (event === "answered" && (profile.kind === "moment" || profile.kind === "time"))
      roles.set(columns[at].index, "answeredAt");
    if (event === "end" && (profile.kind === "moment" || profile.kind === "time"))
      roles.set(columns[at].index, "endedAt");
  }
  const rank = (found: typeof whole) =>
    found === null ? precedence.length : precedence.indexOf(found.event);
  const apart = date !== null && time !== null && time.column !== date.column;
  if (whole !== null && !(apart && Math.max(rank(date), rank(time)) < rank(whole))) {
    roles.set(whole.column.index, "start");
    return made({
      dates: forms[columns.indexOf(whole.column)]?.form ?? "written",
      timeIsEnd: whole.event === "end",
      guessed: whole.event === "unnamed" ? whole.column.index : null,
    });
  }
  if (date !== null) {
    roles.set(date.column.index, "date");
    const dates = forms[columns.indexOf(date.column)]?.form ?? "written";
    const guessed = date.event === "unnamed" ? date.column.index : null;
    const { concepts } = date.column.name;
    const weekday = columns.find(({ profile }) => profile.kind === "weekday");
    // The date of a week and the name of a day are a date together.
    if (concepts.has("week") && weekday !== undefined) roles.set(weekday.index, "weekday");
    const weekIsEnd = concepts.has("week") && concepts.has("end");
    if (time === null) return made({ dates, guessed, weekIsEnd });
    roles.set(time.column.index, "time");
    return made({ dates, ...formsOf(time.column), timeIsEnd: time.event === "end", guessed, weekIsEnd });
  }
  const parts = partsOfDate(columns) ?? partsOfWeek(columns);
  if (parts !== null) {
    for (const [index, role] of parts) roles.set(index, role);
    if (time === null || parts.has(time.column.index)) return made({});
    roles.set(time.column.index, "time");
    return made({ ...formsOf(time.column), timeIsEnd: time.event === "end" });
  }
  const numbered = columns.find(
    ({ header, profile }) =>
      /^(index|day ?(number|no\.?|#)|day_?(number|no))$/i.test(header.trim()) &&
      (profile.numbers?.running ?? 0) > 0.5,
  );
  if (numbered !== undefined) {
    roles.set(numbered.index, "dayNumber");
    return made({});
  }
  if (hasDateLines && time !== null) {
    roles.set(time.column.index, "time");
    return made({ ...formsOf(time.column), timeIsEnd: time.event === "end", dateLines: true });
  }
  const period = columns.find(({ profile }) => profile.kind === "period");
  return made({ period: period?.index ?? null, clock: time?.column.index ?? null });
}

/** Year, month and day in columns of their own. */
function partsOfDate(columns: readonly Column[]): Map<number, ColumnRole> | null {
  const find = (concept: HeaderConcept, least: number, most: number) =>
    columns.find(
      ({ name: { concepts }, profile: { numbers } }) =>
        concepts.has(concept) && numbers?.whole && numbers.least >= least && numbers.most <= most,
    );
  const year = find("year", 1990, 2100);
  const month = find("month", 1, 12);
  const day = find("day", 1, 31);
  if (year === undefined || month === undefined || day === undefined) return null;
  return new Map<number, ColumnRole>([
    [year.index, "year"],
    [month.index, "month"],
    [day.index, "dayOfMonth"],
  ]);
}

/**
 * Week and weekday in columns of their own, the year in a third or in that of the week. Numbers of weekdays are believed beside
 * weeks as ISO 8601 writes them (`2026-W36`) only: elsewhere 1 may be Monday or Sunday.
 */
function partsOfWeek(columns: readonly Column[]): Map<number, ColumnRole> | null {
  const areWeeks = ({ name: { concepts }, profile: { kind, examples, numbers } }: Column) => {
    if (kind !== "period" && !(concepts.has("week") && numbers?.whole === true)) return false;
    const isNamed =
      concepts.has("week") || examples.every((text) => /w|周|週|sem|sett|hafta|tydz/i.test(text));
    return isNamed && examples.every((text) => weekOfText(text) !== null);
  };
  const week = columns.find(areWeeks);
  if (week === undefined) return null;
  const { examples } = week.profile;
  const isIso = examples.every((text) => /^\d{4}-?W\d\d$/i.test(text.trim()));
  const weekday = columns.find(
    ({ name: { concepts }, profile: { kind, numbers } }) =>
      kind === "weekday" ||
      (isIso &&
        (concepts.has("weekday") || concepts.has("day")) &&
        numbers?.whole === true &&
        numbers.least >= 1 &&
        numbers.most <= 7),
  );
  const year = columns.find(
    ({ name: { concepts }, profile: { numbers } }) =>
      concepts.has("year") && numbers?.whole === true && numbers.least >= 1990 && numbers.most <= 2100,
  );
  const hasYear = year !== undefined || examples.every((text) => weekOfText(text)?.year !== null);
  if (weekday === undefined || !hasYear) return null;
  return new Map<number, ColumnRole>([
    ...(year === undefined ? [] : [[year.index, "year"] as const]),
    [week.index, "week"],
    [weekday.index, "weekday"],
  ]);
}

/** Numbers that are dates: epochs, serial days, six digits; `whole` when they hold the time too. */
function dateFormOf(
  { index, profile, name: { concepts } }: Column,
  event: Event | null,
  rows: readonly (readonly string[])[],
): { readonly form: DateForm; readonly whole: boolean } | null {
  const { numbers } = profile;
  if (numbers === null || event === "other") return null;
  const namedAsDate = ["date", "moment", "start", "created", "end"].some((name) =>
    concepts.has(name as HeaderConcept),
  );
  if (numbers.least >= 8e8 && numbers.most <= 4e9 && (event !== null || numbers.most - numbers.least < 4e8)) {
    return profile.distinct > 1 || event !== null ? { form: "epochSeconds", whole: true } : null;
  }
  if (numbers.least >= 8e11 && numbers.most <= 4e12) return { form: "epochMilliseconds", whole: true };
  const serial = numbers.least >= 25_570 && numbers.most <= 73_050 && numbers.most - numbers.least < 7400;
  if (
    serial &&
    (namedAsDate ||
      concepts.has("interval") ||
      concepts.has("time") ||
      (concepts.size === 0 && !numbers.whole))
  )
    return { form: "serial", whole: !numbers.whole };
  if (namedAsDate || concepts.has("day")) {
    const texts = rows.slice(0, 200).map((cells) => (cells[index] ?? "").trim());
    const readers = (["ymd", "dmy", "mdy"] as const).map((order) => clockReader(order));
    const six = texts.every(
      (text) => text === "" || (/^\d{6}$/.test(text) && readers.some((read) => read(text, null) !== null)),
    );
    if (six) return { form: "written", whole: false };
  }
  return null;
}

function isEpoch(form: ReturnType<typeof dateFormOf>): boolean {
  return form?.form === "epochSeconds" || form?.form === "epochMilliseconds";
}

/** A moment column whose times are all midnight is a date that a spreadsheet wrote in full. */
function allMidnight(rows: readonly (readonly string[])[], index: number): boolean {
  return rows.every((cells) => {
    const text = (cells[index] ?? "").trim();
    return (
      text === "" || isBareDate(text) || /[T ]0?0:00(:00(\.0+)?)?( ?am)?$|[T ]12:00(:00)? ?am$/i.test(text)
    );
  });
}

const readers = (["ymd", "dmy", "mdy"] as const).map((order) => clockReader(order));

function isBareDate(text: string): boolean {
  return readers.some((read) => read(text, null)?.hasTime === false);
}

function isTimeNumber({ name: { concepts }, profile: { numbers } }: Column): boolean {
  if (numbers === null || numbers.least < 0 || numbers.most > 86_400) return false;
  if (
    ["contact", "offered", "handled", "abandoned", "count"].some((name) =>
      concepts.has(name as HeaderConcept),
    )
  )
    return false;
  const named = ["time", "hour", "minute", "interval", "start"].some((name) =>
    concepts.has(name as HeaderConcept),
  );
  return named && numbers.least !== numbers.most;
}

/**
 * What the whole numbers of a time column may count, likeliest first; more than one where the file does not tell, none when
 * they are written clock times with a full stop (`8.30`).
 */
export function timeFormsOf(
  { index, name: { concepts } }: Column,
  rows: readonly (readonly string[])[],
): readonly TimeForm[] {
  const texts = rows.map((cells) => (cells[index] ?? "").trim()).filter((text) => text !== "");
  if (texts.every((text) => /^\d{1,2}\.[0-5]\d$/.test(text))) return ["clock"];
  const numbers = texts
    .map((text) => Number(text.replace(",", ".")))
    .filter((value) => Number.isFinite(value));
  const values = [...new Set(numbers)].sort((a, b) => a - b);
  if (values.length === 0) return ["clock"];
  const [least, most] = [values[0], values[values.length - 1]];
  if (!values.every(Number.isInteger)) return most <= 1 ? ["dayFraction"] : ["clock"];
  if (texts.every((text) => /^\d{4}$/.test(text)) && values.every((value) => value % 100 < 60))
    return ["hhmm"];
  if (most > 1440) return values.every((value) => value % 100 < 60) && most <= 2400 ? ["hhmm"] : ["second"];
  if (most > 96) {
    const asClock = values.every((value) => value % 100 < 60)
      ? evenness(values.map((value) => Math.floor(value / 100) * 60 + (value % 100)))
      : 0;
    return asClock >= evenness(values) && asClock > 0 ? ["hhmm"] : ["minute"];
  }
  const full = values.length === most - least + 1;
  if (least === 1 && most === 24) return ["hour1"];
  if (full && least === 0 && most === 47) return ["halfHour0"];
  if (full && least === 1 && most === 48) return ["halfHour1"];
  if (full && least === 0 && most === 95) return ["quarterHour0"];
  if (full && least === 1 && most === 96) return ["quarterHour1"];
  if (most <= 23 && (concepts.has("hour") || concepts.has("time") || !concepts.has("interval")))
    return ["hour"];
  const candidates: TimeForm[] = [];
  if (most <= 23) candidates.push("hour");
  if (least >= 1 && most <= 48) candidates.push("halfHour1");
  if (most <= 47) candidates.push("halfHour0");
  if (least >= 1) candidates.push("quarterHour1");
  if (most <= 95) candidates.push("quarterHour0");
  return candidates;
}

/** Share of the commonest step between sorted values. */
function evenness(values: readonly number[]): number {
  const steps = new Map<number, number>();
  for (let at = 1; at < values.length; at++) {
    const step = values[at] - values[at - 1];
    steps.set(step, (steps.get(step) ?? 0) + 1);
  }
  return Math.max(0, ...steps.values()) / Math.max(1, values.length - 1);
}
