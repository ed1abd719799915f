import { dateOfEpochDay, epochDay, isLocalDate } from "../domain/calendar/clock.ts";
import { foldedText, isWeekdayWord, monthOfWord } from "./calendar-words.ts";

/** Order of the parts of a date written in numbers. Four-digit years first are always recognised by themselves. */
export type DateOrder = "ymd" | "dmy" | "mdy";

/** How weeks are numbered: by ISO 8601 (from Monday, the first with four days in the year), or from 1 January, Sundays first. */
export type WeekNumbering = "iso" | "us";

/** How dates are given: written, or as a number of seconds, milliseconds (since 1970 UTC) or days (as spreadsheets count). */
export type DateForm = "written" | "epochSeconds" | "epochMilliseconds" | "serial";

/**
 * What a whole number in a time column counts: hours or minutes of the day, `830` for 08:30, seconds, a fraction of the day,
 * or the intervals of the day from 0 or from 1 on. `halfDay`: times of a clock of twelve hours without AM and PM, which are
 * read as they stand here.
 */
export const timeForms = [
  "clock",
  "hour",
  "hour1",
  "minute",
  "second",
  "hhmm",
  "dayFraction",
  "halfHour0",
  "halfHour1",
  "quarterHour0",
  "quarterHour1",
  "halfDay",
] as const;
export type TimeForm = (typeof timeForms)[number];

/** How the clock cells of a file are to be read. */
export interface ClockFormat {
  readonly order: DateOrder;
  /** Absent: written. */
  readonly dates?: DateForm;
  /** Absent: clock. */
  readonly times?: TimeForm;
  /** Whether `08:00-08:30` is a stretch of time (true) or a time with its offset (false). Absent: a stretch unless the offset exists. */
  readonly ranges?: boolean;
  /**
   * Dates with the year first, or the month in words, have day and month exchanged; `sameForm`: so have those of `order` up
   * to the 12th.
   */
  readonly swapped?: boolean | "sameForm";
  /** Year of dates that are written without one. Absent: these are no dates. */
  readonly year?: number;
}

/** A clock reading; `offsetMinutes` is null where the text does not say how far from UTC it is. */
export interface ClockReading {
  /** Days since 1970-01-01 of the date as written. */
  readonly day: number;
  readonly secondOfDay: number;
  readonly offsetMinutes: number | null;
  /** Winter and summer offset of a zone given by its letters (CET), which people write all the year round. */
  readonly zoneOffsets?: readonly number[];
  /** Where the text gives a stretch: how long it is. */
  readonly lengthSeconds?: number;
  /** False for a date alone, which is midnight. */
  readonly hasTime: boolean;
}

interface TimeReading {
  readonly secondOfDay: number;
  readonly offsetMinutes: number | null;
  readonly zoneOffsets?: readonly number[];
  readonly lengthSeconds?: number;
}

const am = "(?:a\\.?\\s?m\\.?|π\\.?\\s?μ\\.?|dop\\.?|fm|上午|午前|오전|oo)";
const pm = "(?:p\\.?\\s?m\\.?|μ\\.?\\s?μ\\.?|odp\\.?|em|下午|午後|오후|os)";
const halfOfDay = new RegExp(`^(?:(${am})|(${pm}))\\s*(.*)$|^(.*?\\d)\\s*(?:(${am}|a)|(${pm}|p))$`);

/** Seconds after midnight: `7:05`, `07:05:30`, `7:05 PM`, `0705`, `7h05`, `7 Uhr`, `7時5分`; 24:00 is the end of the day. */
export function parseTimeOfDay(text: string): number | null {
  const plain = /^(\d{1,2}):(\d{2})(?::(\d{2}))?$/.exec(text);
  if (plain !== null) return secondsOf(plain[1], plain[2], plain[3] ?? "", null);
  let bare = foldedText(text).trim();
  let half: "am" | "pm" | null = null;
  const halves = halfOfDay.exec(bare);
  if (halves !== null) {
    half = halves[1] !== undefined || halves[5] !== undefined ? "am" : "pm";
    bare = (halves[3] ?? halves[4]).trim();
  }
  bare = bare.replace(/^(godz|saat)\.?\s*/, "").replace(/\s*(uhr|hrs?|hours?|godz\.?|std\.?)\.?$/, "");
  const parts =
    /^(\d{1,2})\s?[:h時时点點시]\s?(\d{1,2})(?:\s?[:.分m'′분]\s?(\d{2})(?:[.,]\d+)?)?\s?[分秒s"″분]?$/.exec(
      bare,
    ) ??
    /^(\d{1,2})\.(\d{2})(?:\.(\d{2}))?$/.exec(bare) ??
    /^(\d{1,2})\s?[h時时点點시整]+()()$/.exec(bare) ??
    /^(\d{2})(\d{2})(\d{2})?(?:[.,]\d+)?h?$/.exec(bare) ??
    (half !== null || bare !== foldedText(text).trim() ? /^(\d{1,2})()()$/.exec(bare) : null);
  return parts === null ? null : secondsOf(parts[1], parts[2], parts[3] ?? "", half);
}

function secondsOf(
  hourText: string,
  minuteText: string,
  secondText: string,
  half: "am" | "pm" | null,
): number | null {
  let hour = +hourText;
  const [minute, second] = [+minuteText, +secondText];
  // 13:00 PM and 0:30 AM are written too, and mean what they say without the letters.
  if (half !== null && hour <= 12) hour = (hour % 12) + (half === "pm" ? 12 : 0);
  else if (half === "am" && hour > 12) return null;
  if (minute > 59 || second > 59 || hour > 24 || (hour === 24 && (minute > 0 || second > 0))) return null;
  return hour * 3600 + minute * 60 + second;
}

/** Days since 1970-01-01, or null when the text is no date that exists in that order: `31.02.2003` is null. */
export function parseDate(text: string, order: DateOrder): number | null {
  const bare = text.trim();
  const yearFirst = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$/.exec(bare);
  if (yearFirst !== null) return dayOf(yearFirst[1], yearFirst[2], yearFirst[3]);
  const parts = /^(\d{1,2})[./-](\d{1,2})[./-](\d{4}|\d{2})$/.exec(bare);
  if (parts !== null) return dayInOrder(parts[1], parts[2], parts[3], order);
  const week = /^(\d{4})-?w(\d{2})-?([1-7])$/i.exec(bare);
  if (week !== null) return +week[2] < 1 || +week[2] > 53 ? null : dayOfIsoWeek(+week[1], +week[2], +week[3]);
  if (/^\d{8}$/.test(bare)) {
    return (
      dayOf(bare.slice(0, 4), bare.slice(4, 6), bare.slice(6)) ??
      dayInOrder(bare.slice(0, 2), bare.slice(2, 4), bare.slice(4), order)
    );
  }
  if (/^\d{6}$/.test(bare)) return dayInOrder(bare.slice(0, 2), bare.slice(2, 4), bare.slice(4), order);
  return /\p{Nd}/u.test(bare) ? dateInWords(foldedText(bare).trim(), order) : null;
}

/** `2026-W36-1` is the Monday of the week that 3 September 2026 is in; the first week of a year is that of 4 January. */
export function dayOfIsoWeek(year: number, week: number, weekday: number): number {
  const fourth = epochDay(`${year}-01-04`);
  return fourth - ((fourth + 3) % 7) + (week - 1) * 7 + weekday - 1;
}

function dayInOrder(a: string, b: string, c: string, order: DateOrder): number | null {
  if (order === "ymd") return c.length === 2 ? dayOf(a, b, c) : null;
  return order === "dmy" ? dayOf(c, b, a) : dayOf(c, a, b);
}

/** Dates with words in them: `Mon 01/09/2025`, `1. Okt. 2025`, `Sep 1st, 2025`, `1 de septiembre de 2025`, `2025年9月1日(月)`. */
function dateInWords(folded: string, order: DateOrder): number | null {
  const yearFirst = /^(\d{4})\s*[-/.年년]\s*(\d{1,2})\s*[-/.月월]\s*(\d{1,2})\s*[.日号號일]?$/.exec(folded);
  if (yearFirst !== null) return dayOf(yearFirst[1], yearFirst[2], yearFirst[3]);
  const spaced = /^(\d{1,2})\s*[./\s-]\s*(\d{1,2})\s*[./\s-]\s*(\d{4}|\d{2})\.?$/.exec(folded);
  if (spaced !== null) return dayInOrder(spaced[1], spaced[2], spaced[3], order);
  const words = folded
    .split(/[\s,.\-/']+/)
    .filter((word) => word !== "" && !/^(de|of|del|do|the|den|der|le|el|il|am)$/.test(word))
    .map((word) => word.replace(/^(\d{1,2})(st|nd|rd|th|er|e|ο|º|ª|o|a)$/, "$1"));
  const months = words.map(monthOfWord);
  const month = months.findLast((number, at) => number > 0 && (!isWeekdayWord(words[at]) || at > 0)) ?? 0;
  const at = months.lastIndexOf(month);
  const others = words.filter((word, index) => index !== at && !isWeekdayWord(word));
  if (month > 0 && others.length === 2 && others.every((word) => /^\d{1,4}$/.test(word))) {
    const [a, b] = others;
    const [year, day] = a.length === 4 || (order === "ymd" && b.length < 3) ? [a, b] : [b, a];
    return dayOf(year, String(month), day);
  }
  const led = /^(\p{L}{1,})\.?,?\s*(\d.*)$/u.exec(folded);
  if (led !== null && isWeekdayWord(led[1])) return parseDate(led[2], order);
  const trailed = /^(\d.*?)[\s,]*[(（]?\s*(\p{L}+)\.?\s*[)）]?$/u.exec(folded);
  if (trailed !== null && isWeekdayWord(trailed[2])) {
    // The 日 of 2025年9月1日 is both the day of the month and a Sunday.
    const bare = trailed[1].trim();
    return bare === folded ? null : parseDate(bare, order);
  }
  return null;
}

/** A year in which contact centres have kept records, or will. */
function dayOf(year: string, month: string, day: string): number | null {
  if (year.length !== 2 && year.length !== 4) return null;
  const century = year.length === 2 ? (+year < 70 ? "20" : "19") : "";
  const whole = `${century}${year}`;
  if (+whole < 1900 || +whole > 2400) return null;
  const date = `${whole}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
  return isLocalDate(date) ? epochDay(date) : null;
}

/** Offsets in winter and summer of zones that systems write as letters; those that mean several places are not here. */
const zoneLetters: Readonly<Record<string, readonly number[]>> = {
  wet: [0, 60],
  west: [60, 0],
  bst: [60, 0],
  cet: [60, 120],
  cest: [120, 60],
  mez: [60, 120],
  mesz: [120, 60],
  eet: [120, 180],
  eest: [180, 120],
  msk: [180],
  est: [-300, -240],
  edt: [-240, -300],
  et: [-300, -240],
  cst: [-360, -300],
  cdt: [-300, -360],
  ct: [-360, -300],
  mst: [-420, -360],
  mdt: [-360, -420],
  mt: [-420, -360],
  pst: [-480, -420],
  pdt: [-420, -480],
  pt: [-480, -420],
  akst: [-540, -480],
  akdt: [-480, -540],
  hst: [-600],
  brt: [-180],
  art: [-180],
  sast: [120],
  gst: [240],
  pkt: [300],
  ist: [330],
  npt: [345],
  ict: [420],
  wib: [420],
  sgt: [480],
  hkt: [480],
  awst: [480],
  jst: [540],
  kst: [540],
  acst: [570, 630],
  acdt: [630, 570],
  aest: [600, 660],
  aedt: [660, 600],
  nzst: [720, 780],
  nzdt: [780, 720],
};

const quarterOffsets = new Set([-570, -210, -150, 210, 270, 330, 345, 390, 525, 570, 630, 690, 765, 825]);

/** Whether any place on earth is so many minutes from UTC. */
export function isRealOffset(minutes: number): boolean {
  if (minutes < -720 || minutes > 840) return false;
  return minutes % 60 === 0 || quarterOffsets.has(minutes);
}

const between =
  "\\s*(?:-|–|—|−|~|〜|→|=>|\\.{2,}|/|\\b(?:to|bis|until|till|a|al|ate|tot|do|ile)\\b|至|到|から)\\s*";
const stretchPattern = new RegExp(
  `^(?:from|von|de|od|da|das|van)?\\s*(\\D{0,3}\\d.*?)${between}(\\D{0,3}\\d.*?)$`,
);

/** The two ends of `08:00 - 08:30`, `8-9`, `8:00–8:30 AM`, `[08:00, 08:30)`; null when the text is no stretch of time. */
export function parseStretch(text: string): { readonly from: number; readonly to: number } | null {
  let folded = foldedText(text).trim();
  if (/^[([].*,/.test(folded)) folded = folded.replace(",", " - ");
  folded = folded.replace(/^[([]|[)\]]$/g, "");
  const ends = stretchPattern.exec(folded);
  if (ends === null) return null;
  const end = (part: string) =>
    parseTimeOfDay(part) ?? (/^\d{1,2}$/.test(part) && +part <= 24 ? +part * 3600 : null);
  const to = end(ends[2]);
  let from = end(ends[1]);
  const half = halfOfDay.exec(ends[2]);
  if (half !== null && halfOfDay.exec(ends[1]) === null) {
    // 11:30-12:00 PM begins before noon, 1:00-1:30 PM after it.
    const tries = ["am", "pm"].map((name) => parseTimeOfDay(`${ends[1]}${name}`));
    from = tries.find((one) => one !== null && to !== null && one < to && to - one <= 6 * 3600) ?? from;
  }
  return from === null || to === null ? null : { from, to };
}

function readTime(text: string, ranges: boolean | undefined): TimeReading | null {
  const plain = parseTimeOfDay(text);
  if (plain !== null) return { secondOfDay: plain, offsetMinutes: null };
  const bare = text.replace(/\s*[[(][\p{L}\s/_+-]+[\])]$/u, "").trim();
  const zone = /\s*(?:(z|utc|gmt)|(?:utc|gmt)?\s?([+-])(\d{1,2})(?::?(\d{2}))?|\s([a-z]{2,4}))$/i.exec(bare);
  const offset = zone === null ? null : offsetOf(zone);
  const stretch = parseStretch(bare);
  const mayBeStretch =
    stretch !== null &&
    // 8-9 are two hours; an offset follows a time with minutes.
    (/^\d{1,2} ?[-–] ?\d{1,2}$/.test(bare) ||
      offset?.minutes === undefined ||
      (ranges ?? !isRealOffset(offset.minutes)) ||
      zone?.[2] === undefined);
  if (stretch !== null && mayBeStretch) {
    const lengthSeconds = (((stretch.to - stretch.from) % 86_400) + 86_400) % 86_400;
    // 12:30-1:00 goes over noon, or midnight, of a clock of twelve hours.
    const length = lengthSeconds > 43_200 && stretch.from < 46_800 ? lengthSeconds - 43_200 : lengthSeconds;
    if (length > 21_600 && length !== lengthSeconds) return null;
    if (length > 43_200) return null;
    return {
      secondOfDay: stretch.from,
      offsetMinutes: null,
      ...(length > 0 ? { lengthSeconds: length } : {}),
    };
  }
  if (zone === null || offset === null) return null;
  const secondOfDay = parseTimeOfDay(bare.slice(0, zone.index).trim());
  if (secondOfDay === null || !(offset.minutes >= -840 && offset.minutes <= 840)) return null;
  return {
    secondOfDay,
    offsetMinutes: offset.minutes,
    ...(offset.zoneOffsets === undefined ? {} : { zoneOffsets: offset.zoneOffsets }),
  };
}

/** Offset of a matched zone suffix. */
function offsetOf(zone: RegExpExecArray): { minutes: number; zoneOffsets?: readonly number[] } | null {
  if (zone[1] !== undefined) return { minutes: 0 };
  if (zone[2] !== undefined) {
    const digits = zone[3].length > 2 ? null : +zone[3] * 60 + +(zone[4] ?? 0);
    return digits === null ? null : { minutes: zone[2] === "-" ? -digits : digits };
  }
  const offsets = zoneLetters[zone[5].toLowerCase()];
  return offsets === undefined ? null : { minutes: offsets[0], zoneOffsets: offsets };
}

/** A date without its year: `Mon 31 Aug`, `31/08`, `08-31`, `8月31日`. */
function dateWithin(text: string, order: DateOrder, year: number): number | null {
  if (!/\d/.test(text) || /\d{3}/.test(text)) return null;
  return parseDate(`${text} ${year}`, order) ?? parseDate(`${year}年${text}`, order);
}

/** A date by a file's format. */
function dateIn(text: string, { order, swapped, year: yearOfAll }: ClockFormat): number | null {
  const day =
    parseDate(text, order) ?? (yearOfAll === undefined ? null : dateWithin(text.trim(), order, yearOfAll));
  if (day === null || swapped === undefined || swapped === false) return day;
  const isOfOrder = /^\d{1,2}[./-]\d{1,2}[./-]\d{2,4}$/.test(text.trim());
  if (isOfOrder !== (swapped === "sameForm")) return day;
  const [year, month, dayOfMonth] = dateOfEpochDay(day).split("-");
  if (isOfOrder && +dayOfMonth > 12) return day;
  return dayOf(year, dayOfMonth, month);
}

/** A date and a time in one cell, however they are put together; null when they are not there. */
function readWhole(text: string, format: ClockFormat): (TimeReading & { readonly day: number }) | null {
  const both = (dateText: string, timeText: string) => {
    const day = dateIn(dateText, format);
    const time = day === null ? null : readTime(timeText, format.ranges);
    return day === null || time === null ? null : { day, ...time };
  };
  const whole = text.replace(/[\u00a0\u202f\u3000\s]+/g, " ").trim();
  const digits = /^(\d{8})(\d{4}|\d{6})(?:\.\d+)?$/.exec(whole);
  if (digits !== null) return both(digits[1], digits[2]);
  for (const cut of whole.matchAll(
    /(?<=\d)T(?=\d)|,? (?:at |um |a las |às |om |o )?|(?<=[日号號일)）])(?=.)/giu,
  )) {
    const [before, after] = [whole.slice(0, cut.index).trim(), whole.slice(cut.index + cut[0].length).trim()];
    const reading = both(before, after) ?? both(after, before);
    if (reading !== null) return reading;
  }
  // 2025-09-01T08:00/2025-09-01T08:30 and 01.09.2025 08:00 - 01.09.2025 08:30
  for (const cut of whole.matchAll(/ ?[/–—~～〜] ?| - | to | bis /gi)) {
    const before = whole.slice(0, cut.index);
    if (!before.includes(":") && !/T\d/.test(before)) continue;
    const from = readWhole(before, format);
    if (from === null) continue;
    const rest = whole.slice(cut.index + cut[0].length);
    const to = readWhole(rest, format);
    const minutes = /^PT(\d+)M$/i.exec(rest)?.[1];
    const lengthSeconds =
      minutes !== undefined
        ? +minutes * 60
        : to === null
          ? 0
          : (to.day - from.day) * 86_400 + to.secondOfDay - from.secondOfDay;
    if (to === null && minutes === undefined) continue;
    return { ...from, ...(lengthSeconds > 0 ? { lengthSeconds } : {}) };
  }
  return null;
}

/** A number in a time column by what it counts; null beyond the day. */
function readTimeNumber(value: number, decimals: number, form: TimeForm): number | null {
  const seconds = {
    clock: Number.NaN,
    halfDay: Number.NaN,
    hour: value * 3600,
    hour1: (value - 1) * 3600,
    minute: value * 60,
    second: value,
    hhmm: value % 100 < 60 ? Math.floor(value / 100) * 3600 + (value % 100) * 60 : Number.NaN,
    dayFraction: secondsOfFraction(value, decimals),
    halfHour0: value * 1800,
    halfHour1: (value - 1) * 1800,
    quarterHour0: value * 900,
    quarterHour1: (value - 1) * 900,
  }[form];
  return seconds >= 0 && seconds <= 86_400 ? seconds : null;
}

/** 0.3333 of a day is 08:00: spreadsheets cut their fractions off, so the nearest round time within the error is meant. */
function secondsOfFraction(fraction: number, decimals: number): number {
  const seconds = fraction * 86_400;
  const error = 43_200 * 10 ** -decimals + 0.5;
  for (const step of [1800, 900, 300, 60]) {
    const near = Math.round(seconds / step) * step;
    if (Math.abs(near - seconds) <= error) return near;
  }
  return Math.round(seconds);
}

/** Days from 1899-12-30, from which spreadsheets count, to 1970-01-01. */
const serialOf1970 = 25_569;

function readNumber(text: string, dates: DateForm): ClockReading | null {
  const match = /^(\d+)(?:[.,](\d*))?$/.exec(text.trim());
  if (match === null) return null;
  const value = Number(`${match[1]}.${match[2] ?? 0}`);
  if (dates === "serial") {
    const whole = Math.floor(value);
    const seconds = secondsOfFraction(value - whole, match[2]?.length ?? 0);
    const day = whole - serialOf1970 + (seconds >= 86_400 ? 1 : 0);
    return value > 200_000
      ? null
      : { day, secondOfDay: seconds % 86_400, offsetMinutes: null, hasTime: match[2] !== undefined };
  }
  const seconds = Math.floor(dates === "epochSeconds" ? value : value / 1000);
  if (seconds > 13_000_000_000) return null;
  const day = Math.floor(seconds / 86_400);
  return { day, secondOfDay: seconds - day * 86_400, offsetMinutes: 0, hasTime: true };
}

const cachedTexts = 200_000;

/**
 * Reads date and time cells. Files repeat the same few thousand texts a million times, so every part is remembered.
 * A date alone is midnight; `timeText` null: the first cell holds both. Null when it is no date, or no time.
 */
export function clockReader(
  given: DateOrder | ClockFormat,
): (dateText: string, timeText: string | null) => ClockReading | null {
  const format: ClockFormat = typeof given === "string" ? { order: given } : given;
  const { dates: form = "written", times: timeForm = "clock" } = format;
  const dates = new Map<string, number | null>();
  const times = new Map<string, TimeReading | null>();
  const wholes = new Map<string, (TimeReading & { readonly day: number }) | null>();
  const remember = <T>(cache: Map<string, T>, text: string, read: (text: string) => T): T => {
    const known = cache.get(text);
    if (known !== undefined) return known;
    const value = read(text);
    if (cache.size > cachedTexts) cache.clear();
    cache.set(text, value);
    return value;
  };
  const readDate = (text: string) => dateIn(text, format);
  const readClockTime = (text: string): TimeReading | null => {
    if (timeForm !== "clock" && timeForm !== "halfDay") {
      const number = /^(\d+)(?:[.,](\d*))?$/.exec(text);
      if (number !== null) {
        const value = Number(`${number[1]}.${number[2] ?? 0}`);
        const secondOfDay = readTimeNumber(value, number[2]?.length ?? 0, timeForm);
        return secondOfDay === null ? null : { secondOfDay, offsetMinutes: null };
      }
    }
    return readTime(text, format.ranges);
  };
  const readBoth = (text: string) => readWhole(text, format);
  return (dateText, timeText) => {
    let date = dateText.trim();
    let time = timeText === null ? "" : timeText.trim();
    if (form !== "written") {
      const reading = readNumber(date, form);
      if (reading === null || timeText === null || time === "") return reading;
      const apart = remember(times, time, readClockTime);
      return apart === null ? null : { ...apart, day: reading.day, hasTime: true };
    }
    if (timeText === null) {
      const cut = /^(\d[^\sT]*)[T ]+(\d.*)$/.exec(date);
      if (cut !== null) {
        date = cut[1];
        time = cut[2];
      }
    }
    const day = remember(dates, date, readDate);
    const reading = day === null || time === "" ? null : remember(times, time, readClockTime);
    if (day !== null && time === "") return { day, secondOfDay: 0, offsetMinutes: null, hasTime: false };
    if (day !== null && reading !== null) {
      if (reading.lengthSeconds === undefined && reading.zoneOffsets === undefined) {
        const { secondOfDay, offsetMinutes } = reading;
        return { day, secondOfDay, offsetMinutes, hasTime: true };
      }
      return { ...reading, day, hasTime: true };
    }
    if (timeText !== null) {
      // Spreadsheets write a date of its own as 2025-09-01 00:00, and a time of its own as 1899-12-30 08:00.
      const dateWhole = day === null ? remember(wholes, date, readBoth) : null;
      const dayThere = day ?? (dateWhole !== null && dateWhole.secondOfDay === 0 ? dateWhole.day : null);
      const bareTime = time.replace(
        /^(?:(?:1899|1900|1904)-\d\d-\d\d|\d\d?[./]\d\d?[./](?:1899|1900|1904))[T ]/,
        "",
      );
      const clock = time === "" ? null : (reading ?? remember(times, bareTime, readClockTime));
      if (dayThere === null || (time !== "" && clock === null)) return null;
      if (clock === null) return { day: dayThere, secondOfDay: 0, offsetMinutes: null, hasTime: false };
      return { ...clock, day: dayThere, hasTime: true };
    }
    // 5. 5. 2025 is a date with blanks in it.
    const spaced = remember(dates, dateText.trim(), readDate);
    if (spaced !== null) return { day: spaced, secondOfDay: 0, offsetMinutes: null, hasTime: false };
    const whole = remember(wholes, dateText, readBoth);
    return whole === null ? null : { ...whole, hasTime: true };
  };
}
