import { Temporal } from "temporal-polyfill";

/**
 * The only file that does clock arithmetic. Everything else speaks local dates (`2026-11-02`), minutes of the
 * local day, and indices into an `IntervalGrid`.
 */

/** Calendar date in a plan's time zone, `YYYY-MM-DD`. Sorts as text. */
export type LocalDate = string;

/** ISO weekday: 1 Monday … 7 Sunday. */
export type Weekday = 1 | 2 | 3 | 4 | 5 | 6 | 7;

/** True for an existing calendar date written `YYYY-MM-DD` (so not `2003-02-31`). */
export function isLocalDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  try {
    Temporal.PlainDate.from(text, { overflow: "reject" });
    return true;
  } catch {
    return false;
  }
}

/** True for a date that a plan may begin on: from 1970-01-01 to 2199-12-31, so that no year has other than four digits. */
export function isPlannableDate(text: string): boolean {
  return isLocalDate(text) && text >= "1970-01-01" && text <= "2199-12-31";
}

/** True when the runtime knows the IANA zone name, for instance `Europe/Berlin`. */
export function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/** Days since 1970-01-01; proleptic Gregorian, no time zone involved. Throws RangeError on a malformed date. */
export function epochDay(date: LocalDate): number {
  const milliseconds = Date.UTC(+date.slice(0, 4), +date.slice(5, 7) - 1, +date.slice(8, 10));
  if (Number.isNaN(milliseconds)) throw new RangeError(`not a local date: ${date}`);
  return milliseconds / 86_400_000;
}

export function dateOfEpochDay(day: number): LocalDate {
  return new Date(day * 86_400_000).toISOString().slice(0, 10);
}

export function addDays(date: LocalDate, days: number): LocalDate {
  return dateOfEpochDay(epochDay(date) + days);
}

/** Whole days from `from` to `to`; negative when `to` is earlier. */
export function daysBetween(from: LocalDate, to: LocalDate): number {
  return epochDay(to) - epochDay(from);
}

export function weekdayOf(date: LocalDate): Weekday {
  return (((((epochDay(date) + 3) % 7) + 7) % 7) + 1) as Weekday;
}

/** True on Saturdays and Sundays. */
export function isWeekend(date: LocalDate): boolean {
  return weekdayOf(date) >= 6;
}

/** Instant, in seconds since 1970 UTC, at which the local day begins (not always 00:00 on the clock). */
export function startOfDayEpochSeconds(date: LocalDate, timeZone: string): number {
  return Temporal.PlainDate.from(date).toZonedDateTime(timeZone).startOfDay().epochMilliseconds / 1000;
}

/** Offset of local time from UTC at an instant, in minutes east. */
export function offsetMinutesAt(epochSeconds: number, timeZone: string): number {
  const zoned = Temporal.Instant.fromEpochMilliseconds(epochSeconds * 1000).toZonedDateTimeISO(timeZone);
  return zoned.offsetNanoseconds / 60e9;
}

/** Local date and clock minute of an instant whose UTC offset is known. */
export function localTimeAt(
  epochSeconds: number,
  offsetMinutes: number,
): { date: LocalDate; minuteOfDay: number } {
  const localSeconds = epochSeconds + offsetMinutes * 60;
  const day = Math.floor(localSeconds / 86_400);
  return { date: dateOfEpochDay(day), minuteOfDay: Math.floor((localSeconds - day * 86_400) / 60) };
}

/** `+01:00` for 60. */
export function formatOffset(offsetMinutes: number): string {
  const size = Math.abs(offsetMinutes);
  return `${offsetMinutes < 0 ? "-" : "+"}${twoDigits(Math.floor(size / 60))}:${twoDigits(size % 60)}`;
}

/** `07:30` for 450; minutes beyond the day go on counting, so 1500 is `25:00`. */
export function formatMinuteOfDay(minuteOfDay: number): string {
  return `${twoDigits(Math.floor(minuteOfDay / 60))}:${twoDigits(minuteOfDay % 60)}`;
}

function twoDigits(value: number): string {
  return String(value).padStart(2, "0");
}
