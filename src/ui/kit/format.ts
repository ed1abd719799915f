import { addDays, epochDay, type LocalDate, type Weekday } from "../../domain/calendar/clock.ts";

/**
 * Numbers, times and dates as people read them: the only file where a fraction becomes per cent.
 * A missing value (null or not finite) is an em dash everywhere.
 */
export interface Format {
  readonly locale: string;
  /** `1,240`; `digits` after the point, none unless told. */
  number(value: number | null, digits?: number): string;
  /** `+3.2`, `−1`, `0`. */
  signed(value: number | null, digits?: number): string;
  /** `81.2 %` for 0.812. */
  percent(fraction: number | null, digits?: number): string;
  /** `+30 %` for 0.3. */
  signedPercent(fraction: number | null, digits?: number): string;
  /** Handle times: `4:12` for 252 seconds, `1:04:12` past the hour. */
  duration(seconds: number | null): string;
  /** Waits and run times: `23 s`, `0.4 s` below ten, `3 min 20 s` past two minutes. */
  wait(seconds: number | null): string;
  /** `1,240 h`. */
  hours(hours: number | null, digits?: number): string;
  /** `+12 h`, `−3 h`, `0 h`. */
  signedHours(hours: number | null, digits?: number): string;
  /** `€41,220`, without cents unless told. */
  money(amount: number | null, currency: string, digits?: number): string;
  /** `+€41`, `−€3`, `€0`. */
  signedMoney(amount: number | null, currency: string, digits?: number): string;
  /** `± 0.8`, to stand after the number it belongs to. */
  plusMinus(halfWidth: number | null, digits?: number): string;
  /** Clock time of a minute of the day: `07:30`. */
  time(minuteOfDay: number | null): string;
  /** `Mon 2 Nov`, `Monday 2 November 2026`, `2 Nov`, `November 2026`, `2 Nov 2026`. */
  date(date: LocalDate | null, style?: DateStyle): string;
  /** `2–8 Nov 2026`, both ends included. */
  dateRange(first: LocalDate, last: LocalDate): string;
  weekday(weekday: Weekday, style?: "short" | "long" | "narrow"): string;
  /** Clock time of an ISO instant on this computer: `14:02`; with the date when that is another day than `now`. */
  instant(iso: string | null, now?: Date): string;
  /** `240 MB`. */
  bytes(count: number): string;
  /** `Mon, Tue and Fri`. */
  list(items: readonly string[]): string;
}

export type DateStyle = "weekdayDay" | "long" | "day" | "month" | "full";

export const missing = "—";

const dateStyles: Readonly<Record<DateStyle, Intl.DateTimeFormatOptions>> = {
  weekdayDay: { weekday: "short", day: "numeric", month: "short" },
  long: { weekday: "long", day: "numeric", month: "long", year: "numeric" },
  day: { day: "numeric", month: "short" },
  month: { month: "long", year: "numeric" },
  full: { day: "numeric", month: "short", year: "numeric" },
};

/** Every form a date takes: making a formatter costs a hundred times more than using it. */
const dateOptions = {
  ...dateStyles,
  range: dateStyles.full,
  short: { weekday: "short" },
  narrow: { weekday: "narrow" },
  // A weekday alone, spelled out.
  longWeekday: { weekday: "long" },
} as const satisfies Readonly<Record<string, Intl.DateTimeFormatOptions>>;

const formats = new Map<string, Format>();

/** The formats of a language: `en` writes dates the day-first way, `zh-CN` as is usual there. Remembered per locale. */
export function formatFor(language: string): Format {
  let format = formats.get(language);
  if (format === undefined) {
    format = createFormat(language === "en" ? "en-GB" : language);
    formats.set(language, format);
  }
  return format;
}

function createFormat(locale: string): Format {
  const space = locale.startsWith("zh") ? "" : "\u00a0";
  const numbers = new Map<string, Intl.NumberFormat>();
  function numberFormat(options: Intl.NumberFormatOptions): Intl.NumberFormat {
    const key = JSON.stringify(options);
    let made = numbers.get(key);
    if (made === undefined) {
      made = new Intl.NumberFormat(locale, options);
      numbers.set(key, made);
    }
    return made;
  }
  const dates = new Map<keyof typeof dateOptions, Intl.DateTimeFormat>();
  function dateFormat(style: keyof typeof dateOptions): Intl.DateTimeFormat {
    let made = dates.get(style);
    if (made === undefined) {
      const options = dateOptions[style];
      made = new Intl.DateTimeFormat(locale, { ...options, timeZone: "UTC" });
      dates.set(style, made);
    }
    return made;
  }
  const asDate = (date: LocalDate) => new Date(epochDay(date) * 86_400_000);
  const clock = new Intl.DateTimeFormat(locale, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  const clockAndDay = new Intl.DateTimeFormat(locale, {
    day: "numeric",
    month: "short",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  });

  function number(value: number | null, digits = 0): string {
    if (value === null || !Number.isFinite(value)) return missing;
    const text = numberFormat({ minimumFractionDigits: digits, maximumFractionDigits: digits }).format(value);
    return asMinus(/[1-9]/.test(text) ? text : text.replace("-", ""));
  }
  function signed(value: number | null, digits = 0): string {
    if (value === null || !Number.isFinite(value)) return missing;
    const text = number(value, digits);
    return value > 0 && /[1-9]/.test(text) ? `+${text}` : text;
  }
  function money(amount: number | null, currency: string, digits = 0): string {
    if (amount === null || !Number.isFinite(amount)) return missing;
    const text = numberFormat({
      style: "currency",
      currency,
      currencyDisplay: "narrowSymbol",
      minimumFractionDigits: digits,
      maximumFractionDigits: digits,
    }).format(amount);
    return asMinus(/[1-9]/.test(text) ? text : text.replace("-", ""));
  }
  const inHours = (text: string) =>
    text === missing ? text : `${text}\u00a0${locale.startsWith("zh") ? "小时" : "h"}`;
  const perCent = (text: string) => (text === missing ? text : `${text}${space}%`);

  return {
    locale,
    number,
    signed,
    percent: (fraction, digits = 1) => perCent(number(fraction === null ? null : fraction * 100, digits)),
    signedPercent: (fraction, digits = 0) =>
      perCent(signed(fraction === null ? null : fraction * 100, digits)),
    duration(seconds) {
      if (seconds === null || !Number.isFinite(seconds)) return missing;
      const whole = Math.round(seconds);
      const two = (value: number) => String(value).padStart(2, "0");
      const hours = Math.floor(whole / 3600);
      const minutes = Math.floor((whole % 3600) / 60);
      return hours > 0 ? `${hours}:${two(minutes)}:${two(whole % 60)}` : `${minutes}:${two(whole % 60)}`;
    },
    wait(seconds) {
      if (seconds === null || !Number.isFinite(seconds)) return missing;
      const zh = locale.startsWith("zh");
      const unit = (text: string, short: string, chinese: string) => `${text}\u00a0${zh ? chinese : short}`;
      if (seconds > 0 && seconds < 9.95) return unit(number(seconds, 1), "s", "秒");
      if (seconds < 120) return unit(number(seconds), "s", "秒");
      const whole = Math.round(seconds);
      const minutes = unit(number(Math.floor(whole / 60)), "min", "分");
      return `${minutes}${zh ? "" : " "}${unit(number(whole % 60), "s", "秒")}`;
    },
    hours: (value, digits = 0) => inHours(number(value, digits)),
    signedHours: (value, digits = 0) => inHours(signed(value, digits)),
    money,
    signedMoney(amount, currency, digits = 0) {
      const text = money(amount, currency, digits);
      return amount !== null && amount > 0 && /[1-9]/.test(text) ? `+${text}` : text;
    },
    plusMinus(halfWidth, digits = 0) {
      const text = number(halfWidth, digits);
      return text === missing ? text : `±\u00a0${text}`;
    },
    time(minuteOfDay) {
      if (minuteOfDay === null || !Number.isFinite(minuteOfDay)) return missing;
      const two = (value: number) => String(value).padStart(2, "0");
      return `${two(Math.floor(minuteOfDay / 60))}:${two(Math.floor(minuteOfDay % 60))}`;
    },
    date(date, style = "weekdayDay") {
      if (date === null) return missing;
      return dateFormat(style).format(asDate(date)).replaceAll(",", "");
    },
    dateRange(first, last) {
      if (first === last) return dateFormat("weekdayDay").format(asDate(first)).replaceAll(",", "");
      if (locale.startsWith("zh")) return chineseRange(first, last);
      return dateFormat("range").formatRange(asDate(first), asDate(last)).replaceAll("\u2009", "");
    },
    weekday(weekday, style = "short") {
      const monday = "2024-01-01";
      return dateFormat(style === "long" ? "longWeekday" : style).format(
        asDate(addDays(monday, weekday - 1)),
      );
    },
    instant(iso, now) {
      if (iso === null) return missing;
      const when = new Date(iso);
      if (Number.isNaN(when.getTime())) return missing;
      return now === undefined || when.toDateString() === now.toDateString()
        ? clock.format(when)
        : clockAndDay.format(when);
    },
    bytes(count) {
      const steps = ["B", "kB", "MB", "GB"];
      let size = count;
      let step = 0;
      while (size >= 1000 && step < steps.length - 1) {
        size /= 1000;
        step++;
      }
      return `${number(size, size < 10 && step > 0 ? 1 : 0)}\u00a0${steps[step]}`;
    },
    list: (items) => new Intl.ListFormat(locale, { style: "long", type: "conjunction" }).format(items),
  };
}

/** The true minus sign, which is as wide as the plus. */
function asMinus(text: string): string {
  return text.replace("-", "−");
}

/** `2026年11月2日–8日`: the browser's own form of a range falls back on slashes in Chinese. */
function chineseRange(first: LocalDate, last: LocalDate): string {
  const [year, month, day] = last.split("-").map(Number);
  const [firstYear, firstMonth, firstDay] = first.split("-").map(Number);
  const parts = [
    year === firstYear ? "" : `${year}年`,
    year === firstYear && month === firstMonth ? "" : `${month}月`,
  ];
  return `${firstYear}年${firstMonth}月${firstDay}日–${parts.join("")}${day}日`;
}
