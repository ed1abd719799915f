import { InvalidArgumentError } from "commander";
import { isLocalDate, isPlannableDate, isTimeZone } from "../domain/calendar/clock.ts";

/** A finite number, 0 or more. */
export function positive(text: string): number {
  const value = /^\s*\+?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?\s*$/i.test(text) ? Number(text) : Number.NaN;
  if (!(value >= 0 && value < Infinity)) throw new InvalidArgumentError("it must be a number, 0 or more.");
  return value;
}

/** A finite number above 0. */
export function aboveZero(text: string): number {
  const value = positive(text);
  if (value === 0) throw new InvalidArgumentError("it must be a number above 0.");
  return value;
}

/** A fraction, 0 or more and below 1. */
export function shareBelowOne(text: string): number {
  const value = share(text);
  if (value === 1) throw new InvalidArgumentError("it must be a fraction below 1, such as 0.3.");
  return value;
}

/** A fraction, 0 to 1. */
export function share(text: string): number {
  const value = positive(text);
  if (value > 1) throw new InvalidArgumentError("it must be a fraction from 0 to 1, such as 0.8.");
  return value;
}

/** Longest stretch that a plan or a forecast holds, days. */
export const mostDays = 366;

/** How busy agents may be at most, 0.01 to 1, as a queue's goal on the page. */
export function occupancy(text: string): number {
  const value = share(text);
  if (value < 0.01) throw new InvalidArgumentError("it must be a fraction from 0.01 to 1, such as 0.85.");
  return value;
}

/** A whole number, `least` or more, and `most` at most. */
export function wholeFrom(least: number, most = Infinity): (text: string) => number {
  return (text) => {
    const value = /^\s*\d{1,15}\s*$/.test(text) ? Number(text) : Number.NaN;
    if (!(value >= least && value <= most)) {
      const bounds = most === Infinity ? `, ${least} or more` : ` from ${least} to ${most}`;
      throw new InvalidArgumentError(`it must be a whole number${bounds}.`);
    }
    return value;
  };
}

/** A date that histories and plans reach, so that a mistyped year is seen. */
export function localDate(text: string): string {
  if (!isLocalDate(text)) throw new InvalidArgumentError("it must be a date such as 2026-11-02.");
  if (!isPlannableDate(text))
    throw new InvalidArgumentError("it must be a date from 1970-01-01 to 2199-12-31.");
  return text;
}

/** Dates one after the other. */
export function localDates(text: string, before: readonly string[] = []): readonly string[] {
  return [...before, localDate(text)];
}

/** A zone of the IANA list. */
export function timeZone(text: string): string {
  if (!isTimeZone(text)) throw new InvalidArgumentError("it must be an IANA zone such as Europe/Berlin.");
  return text;
}

/** A time of day such as 11:00, as minutes since midnight. */
export function clockMinute(text: string): number {
  const [, hours, minutes] = /^\s*(\d{1,2}):(\d{2})\s*$/.exec(text) ?? [];
  if (hours === undefined || +hours > 23 || +minutes > 59)
    throw new InvalidArgumentError("it must be a time of day such as 11:00.");
  return +hours * 60 + +minutes;
}

/** An instant as ISO 8601 writes it, in UTC. */
export function isoInstant(text: string): string {
  const isInstant = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/.test(text);
  const instant = new Date(text);
  // Date takes 30 February for 2 March.
  if (!isInstant || !isLocalDate(text.slice(0, 10)) || Number.isNaN(instant.getTime()))
    throw new InvalidArgumentError("it must be an instant such as 2026-11-30T12:00:00Z.");
  return instant.toISOString();
}
