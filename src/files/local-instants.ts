import {
  addDays,
  dateOfEpochDay,
  offsetMinutesAt,
  startOfDayEpochSeconds,
} from "../domain/calendar/clock.ts";
import { type ClockReading, clockReader } from "./clock-cells.ts";

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
 *
 * A zone given by its letters is taken as `timeZone`'s own clock where that is the zone meant: CET on a summer's day in
 * Berlin is what the clock on the wall shows, and not an hour later.
 *
 * With `lengthSeconds` the reading is where a stretch of that length begins by the clock: one that begins in skipped time
 * and goes on after it begins with the change (an hour from 02:00 where clocks go from 02:00 to 02:30).
 */
export function localInstants(timeZone: string): (reading: ClockReading, lengthSeconds?: number) => number[] {
  const days = new Map<number, LocalDay>();
  const dayOf = (day: number): LocalDay => {
    const known = days.get(day);
    if (known !== undefined) return known;
    const date = dateOfEpochDay(day);
    const start = startOfDayEpochSeconds(date, timeZone);
    const end = startOfDayEpochSeconds(addDays(date, 1), timeZone);
    const made = {
      start,
      plain: end - start === 86_400 && start + offsetMinutesAt(start, timeZone) * 60 === day * 86_400,
      offsetBefore: offsetMinutesAt(start - 1, timeZone),
      offsetAfter: offsetMinutesAt(end, timeZone),
    };
    days.set(day, made);
    return made;
  };
  return ({ day, secondOfDay, offsetMinutes, zoneOffsets }, lengthSeconds = 0) => {
    const clockSeconds = day * 86_400 + secondOfDay;
    const named = offsetMinutes === null ? null : clockSeconds - offsetMinutes * 60;
    if (named !== null && zoneOffsets === undefined) return [named];
    const local = dayOf(day);
    if (named !== null) {
      const own = [local.offsetBefore, local.offsetAfter].some((offset) => zoneOffsets?.includes(offset));
      if (!own || offsetMinutesAt(named, timeZone) === offsetMinutes) return [named];
    }
    if (local.plain) return [local.start + secondOfDay];
    const offsets = [
      ...new Set([local.offsetBefore, offsetMinutesAt(local.start, timeZone), local.offsetAfter]),
    ];
    const instants = offsets
      .map((offset) => ({ offset, instant: clockSeconds - offset * 60 }))
      .filter(({ offset, instant }) => offsetMinutesAt(instant, timeZone) === offset)
      .map(({ instant }) => instant)
      .sort((a, b) => a - b);
    if (instants.length > 0 || lengthSeconds === 0) return instants;
    const change = changeAfter(clockSeconds - Math.max(...offsets) * 60, timeZone);
    const goesOn = clockSeconds + lengthSeconds > change + offsetMinutesAt(change, timeZone) * 60;
    return goesOn ? [change] : [];
  };
}

/** The first minute after an instant at which the offset is another; clocks change within the hours that follow. */
function changeAfter(instant: number, timeZone: string): number {
  const before = offsetMinutesAt(instant, timeZone);
  let at = instant;
  for (let step = 1; step <= 1440 && offsetMinutesAt(at, timeZone) === before; step++)
    at = instant + step * 60;
  return at;
}

/**
 * Instants that a text such as `2026-11-02T09:00:00+01:00` or `2026-11-02 09:00` (a clock in `timeZone`) names: none
 * where it is no time, two in an hour that comes twice.
 */
export function instantReader(timeZone: string): (text: string) => readonly number[] {
  const clock = clockReader("ymd");
  const instantsOf = localInstants(timeZone);
  return (text) => {
    const reading = clock(text, null);
    return reading === null ? [] : instantsOf(reading);
  };
}
