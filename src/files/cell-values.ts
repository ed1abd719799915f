export type DecimalMark = "." | ",";

/** Between thousands: blanks of all widths, apostrophes as the Swiss have them, Arabic and full-width commas. */
const groupMark = /[\s'’ʼ´`٬，](?=\d{3}(\D|$))/g;
/** `1,44,000`: Indian groups are of two digits but the last. */
const indianGroups = /^[+-]?\d{1,2}(,\d{2})+,\d{3}(\.\d*)?$/;

/**
 * Number as a person writes it, or null: `1,234.5` or `1.234,5` by `decimal`; `1,44,000` in Indian groups; spaces and
 * apostrophes between thousands; `94.01%` is 0.9401. Other groups must be groups of three, so `1,5` is not read as 15.
 */
export function parseNumber(text: string, decimal: DecimalMark): number | null {
  const bare = text.trim();
  if (/^[+-]?\d{1,15}$/.test(bare)) return Number(bare);
  if (bare.endsWith("%")) {
    const share = parseNumber(bare.slice(0, -1), decimal);
    return share === null ? null : share / 100;
  }
  const normal = bare.replace(groupMark, "").replace("٫", decimal);
  if (decimal === "." && indianGroups.test(normal)) return Number(normal.replaceAll(",", ""));
  const pattern =
    decimal === "."
      ? /^[+-]?(\d+|\d{1,3}(,\d{3})+)?(\.\d*)?(e[+-]?\d+)?$/i
      : /^[+-]?(\d+|\d{1,3}(\.\d{3})+)?(,\d*)?(e[+-]?\d+)?$/i;
  if (!pattern.test(normal) || !/\d/.test(normal)) return null;
  const plain = decimal === "." ? normal.replaceAll(",", "") : normal.replaceAll(".", "").replace(",", ".");
  const value = Number(plain);
  return Number.isFinite(value) ? value : null;
}

/**
 * What the numbers of a duration column count. `hoursMinutes`: `4:30` is four and a half hours, and a number is hours;
 * `minutesAsHours`: `4:30:00` is four and a half minutes, as spreadsheets store `4:30`.
 */
export const durationUnits = [
  "seconds",
  "minutes",
  "hours",
  "milliseconds",
  "days",
  "hoursMinutes",
  "minutesAsHours",
] as const;
export type DurationUnit = (typeof durationUnits)[number];

const secondsPer: Readonly<Record<DurationUnit, number>> = {
  seconds: 1,
  minutes: 60,
  hours: 3600,
  milliseconds: 0.001,
  days: 86_400,
  hoursMinutes: 3600,
  minutesAsHours: 60,
};

const amount = "(\\d+(?:[.,]\\d+)?)";
/** `1h 2m 3s`, `4 min 12 sec`, `PT4M12S`, `4分12秒`. */
const withLetters = new RegExp(
  `^(?:pt)?(?:${amount}\\s*(?:h|hrs?|hours?|std|小时|时|時間|時))?\\.?\\s*` +
    `(?:${amount}\\s*(?:m|mins?|minutes?|minuten|分钟|分鐘|分))?\\.?\\s*` +
    `(?:${amount}\\s*(?:s|secs?|seconds?|sek|sekunden|seg|秒))?\\.?$`,
  "i",
);

/** Duration in seconds: `0:02:14`, `2:14` (minutes and seconds), `:14`, `2m 14s`, or a number of `unit`s. */
export function parseDuration(
  text: string,
  decimal: DecimalMark,
  unit: DurationUnit = "seconds",
): number | null {
  const bare = text.trim();
  const number = parseNumber(bare, decimal);
  if (number !== null) return number * secondsPer[unit];
  const clock = /^(\d{0,6}):([0-5]?\d)(?::([0-5]?\d)(?:[.,](\d+))?)?$/.exec(bare);
  if (clock !== null) {
    if (clock[3] === undefined) {
      const first = unit === "hoursMinutes" || unit === "hours" || unit === "days" ? 3600 : 60;
      return +clock[1] * first + (+clock[2] * first) / 60;
    }
    const fraction = clock[4] === undefined ? 0 : Number(`0.${clock[4]}`);
    const seconds = +clock[1] * 3600 + +clock[2] * 60 + +clock[3] + fraction;
    return unit === "minutesAsHours" ? seconds / 60 : seconds;
  }
  const parts = /\d/.test(bare) ? withLetters.exec(bare) : null;
  if (parts === null) return null;
  const value = (part: string | undefined) => (part === undefined ? 0 : Number(part.replace(",", ".")));
  return value(parts[1]) * 3600 + value(parts[2]) * 60 + value(parts[3]);
}
