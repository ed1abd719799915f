import {
  addDays,
  dateOfEpochDay,
  offsetMinutesAt,
  startOfDayEpochSeconds,
} from "../domain/calendar/clock.ts";
import type { ClockReading } from "./cell-values.ts";

interface LocalDay {
  readonly start: number;
  /** 24 hours long: clock time and physical time run alike. */
  readonly plain: boolean;
  readonly offsetBefore: number;
  readonly offsetAfter: number;
}

/**
 * Instants, in seconds since 1970 UTC, at which a clock in `timeZone` shows a reading: none when the clock skips it, two
 * when it repeats. A reading that names its offset has exactly one. Days are remembered: files hold few of them.
 */
export function localInstants(timeZone: string): (reading: ClockReading) => number[] {
  const days = new Map<number, LocalDay>();
  const dayOf = (day: number): LocalDay => {
    const known = days.get(day);
    if (known !== undefined) return known;
    const date = dateOfEpochDay(day);
    const start = startOfDayEpochSeconds(date, timeZone);
    const end = startOfDayEpochSeconds(addDays(date, 1), timeZone);
    const made = {
      start,
      plain: end - start === 86_400,
      offsetBefore: offsetMinutesAt(start, timeZone),
      offsetAfter: offsetMinutesAt(end, timeZone),
    };
    days.set(day, made);
    return made;
  };
  return ({ day, secondOfDay, offsetMinutes }) => {
    const clockSeconds = day * 86_400 + secondOfDay;
    if (offsetMinutes !== null) return [clockSeconds - offsetMinutes * 60];
    const local = dayOf(day);
    if (local.plain) return [local.start + secondOfDay];
    return [...new Set([local.offsetBefore, local.offsetAfter])]
      .map((offset) => ({ offset, instant: clockSeconds - offset * 60 }))
      .filter(({ offset, instant }) => offsetMinutesAt(instant, timeZone) === offset)
      .map(({ instant }) => instant)
      .sort((a, b) => a - b);
  };
}
