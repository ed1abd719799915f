import { epochDay, isLocalDate } from "../domain/calendar/clock.ts";

/** Order of the parts of a date written in numbers. Years first is always recognised by itself. */
export type DateOrder = "ymd" | "dmy" | "mdy";
export type DecimalMark = "." | ",";

/** A clock reading; `offsetMinutes` is null where the text does not say how far from UTC it is. */
export interface ClockReading {
  /** Days since 1970-01-01 of the date as written. */
  readonly day: number;
  readonly secondOfDay: number;
  readonly offsetMinutes: number | null;
}

/**
 * Number as a person writes it, or null: `1,234.5` or `1.234,5` by `decimal`; spaces and apostrophes between thousands;
 * `94.01%` is 0.9401. Groups must be groups of three, so `1,5` is not read as 15.
 */
export function parseNumber(text: string, decimal: DecimalMark): number | null {
  const bare = text.trim();
  if (/^[+-]?\d+$/.test(bare)) return Number(bare);
  if (bare.endsWith("%")) {
    const share = parseNumber(bare.slice(0, -1), decimal);
    return share === null ? null : share / 100;
  }
  const normal = bare.replace(/[\s\u00a0\u202f'’](?=\d{3}(\D|$))/g, "");
  const pattern =
    decimal === "."
      ? /^[+-]?(\d+|\d{1,3}(,\d{3})+)?(\.\d*)?(e[+-]?\d+)?$/i
      : /^[+-]?(\d+|\d{1,3}(\.\d{3})+)?(,\d*)?(e[+-]?\d+)?$/i;
  if (!pattern.test(normal) || !/\d/.test(normal)) return null;
  const plain = decimal === "." ? normal.replaceAll(",", "") : normal.replaceAll(".", "").replace(",", ".");
  const value = Number(plain);
  return Number.isFinite(value) ? value : null;
}

/** Duration in seconds: `0:02:14`, `2:14` (minutes and seconds), or a number of seconds. */
export function parseDuration(text: string, decimal: DecimalMark): number | null {
  const bare = text.trim();
  const clock = /^(\d+):([0-5]?\d)(?::([0-5]?\d)(?:[.,](\d+))?)?$/.exec(bare);
  if (clock === null) return parseNumber(bare, decimal);
  if (clock[3] === undefined) return +clock[1] * 60 + +clock[2];
  const fraction = clock[4] === undefined ? 0 : Number(`0.${clock[4]}`);
  return +clock[1] * 3600 + +clock[2] * 60 + +clock[3] + fraction;
}

/** Seconds after midnight: `7:05`, `07:05:30`, `7:05 PM`, `0705`; 24:00 is the end of the day. */
export function parseTimeOfDay(text: string): number | null {
  const parts =
    /^(\d{1,2})[:.h](\d{2})(?:[:.](\d{2})(?:[.,]\d+)?)?\s*([ap])?\.?m?\.?$/i.exec(text) ??
    /^(\d{2})(\d{2})()()$/.exec(text) ??
    /^(\d{1,2})()()\s*([ap])\.?m\.?$/i.exec(text);
  if (parts === null) return null;
  let hour = +parts[1];
  const minute = parts[2] ? +parts[2] : 0;
  const second = parts[3] ? +parts[3] : 0;
  if (parts[4]) {
    if (hour < 1 || hour > 12) return null;
    hour = (hour % 12) + (parts[4].toLowerCase() === "p" ? 12 : 0);
  }
  if (minute > 59 || second > 59 || hour > 24 || (hour === 24 && (minute > 0 || second > 0))) return null;
  return hour * 3600 + minute * 60 + second;
}

const monthNames = "jan feb mar apr may jun jul aug sep oct nov dec".split(" ");

/** Days since 1970-01-01, or null when the text is no date that exists in that order: `31.02.2003` is null. */
export function parseDate(text: string, order: DateOrder): number | null {
  const bare = text.trim();
  const compact = /^(\d{4}|\d{2})(\d{2})(\d{2})$/.exec(bare);
  if (compact !== null) return dayOf(compact[1], compact[2], compact[3]);
  const yearFirst = /^(\d{4})\D(\d{1,2})\D(\d{1,2})日?$/.exec(bare);
  if (yearFirst !== null) return dayOf(yearFirst[1], yearFirst[2], yearFirst[3]);
  const named = /^(\d{1,2})[\s.-]+([a-z]{3})[a-z]*\.?[\s,.-]+(\d{4}|\d{2})$/i.exec(bare);
  if (named !== null) {
    const month = monthNames.indexOf(named[2].toLowerCase()) + 1;
    return month === 0 ? null : dayOf(named[3], String(month), named[1]);
  }
  const parts = /^(\d{1,2})[./-](\d{1,2})[./-](\d{4}|\d{2})$/.exec(bare);
  if (parts === null) return null;
  if (order === "ymd") return parts[3].length === 2 ? dayOf(parts[1], parts[2], parts[3]) : null;
  return order === "dmy" ? dayOf(parts[3], parts[2], parts[1]) : dayOf(parts[3], parts[1], parts[2]);
}

function dayOf(year: string, month: string, day: string): number | null {
  if (year.length === 1) return null;
  const century = year.length === 2 ? (+year < 70 ? "20" : "19") : "";
  const date = `${century}${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
  return isLocalDate(date) ? epochDay(date) : null;
}

/**
 * Reads date and time cells. Files repeat the same few thousand texts a million times, so every part is remembered.
 * A date alone is midnight.
 */
export function clockReader(
  order: DateOrder,
): (dateText: string, timeText: string | null) => ClockReading | null {
  const dates = new Map<string, number | null>();
  const times = new Map<string, TimeReading | null>();
  const remember = <T>(cache: Map<string, T>, text: string, read: (text: string) => T): T => {
    const known = cache.get(text);
    if (known !== undefined) return known;
    const value = read(text);
    if (cache.size > 200_000) cache.clear();
    cache.set(text, value);
    return value;
  };
  const readDate = (text: string) => parseDate(text, order);
  return (dateText, timeText) => {
    let date = dateText.trim();
    let time = timeText === null ? "" : timeText.trim();
    if (timeText === null) {
      const cut = /^(\d[^\sT]*|\d{1,2}[\s-][A-Za-z]+\.?[\s-]\d{2,4})(?:T|\s+)(\d.*)$/.exec(date);
      if (cut !== null) {
        date = cut[1];
        time = cut[2];
      }
    }
    const day = remember(dates, date, readDate);
    if (day === null) return null;
    if (time === "") return { day, secondOfDay: 0, offsetMinutes: null };
    const reading = remember(times, time, readTime);
    if (reading === null) return null;
    return { day, secondOfDay: reading.secondOfDay, offsetMinutes: reading.offsetMinutes };
  };
}

interface TimeReading {
  readonly secondOfDay: number;
  readonly offsetMinutes: number | null;
}

function readTime(text: string): TimeReading | null {
  const zone = /\s*(Z|UTC|([+-])(\d{2}):?(\d{2}))$/i.exec(text);
  const secondOfDay = parseTimeOfDay((zone === null ? text : text.slice(0, zone.index)).trim());
  if (secondOfDay === null) return null;
  if (zone === null) return { secondOfDay, offsetMinutes: null };
  if (zone[2] === undefined) return { secondOfDay, offsetMinutes: 0 };
  return { secondOfDay, offsetMinutes: (zone[2] === "-" ? -1 : 1) * (+zone[3] * 60 + +zone[4]) };
}
