import type { ClockReading } from "../../files/clock-cells.ts";

const halfDay = 43_200;

/** Whether times are of a clock of twelve hours that does not say before or after noon. */
export interface HalfDayReading {
  /** `proven`: their order in the file shows it. `open`: they may be of either clock. */
  readonly certainty: "no" | "proven" | "open";
  /**
   * Minutes after twelve before which a time is in the afternoon: in the middle of the hours that nothing is logged in.
   * null: the clock goes all round, and only the order of rows tells its halves.
   */
  readonly opensAt: number | null;
}

/**
 * Looks for a clock of twelve hours without AM and PM: no time before 1:00 or from 13:00 on, though the day goes over noon.
 * Within a date such times fall once, from 12 to 1, where a clock of 24 hours never falls.
 *
 * @param keys of each reading: rows of one key and date follow each other in time
 */
export function recogniseHalfDay(
  readings: readonly (ClockReading | null)[],
  keys: readonly string[],
  texts: readonly string[],
): HalfDayReading {
  const no: HalfDayReading = { certainty: "no", opensAt: null };
  const timed = readings.flatMap((reading, at) =>
    reading?.hasTime === true
      ? [{ ...reading, text: texts[at] ?? "", key: `${keys[at]}\u0001${reading.day}` }]
      : [],
  );
  const hours = new Set(timed.map(({ secondOfDay }) => Math.floor(secondOfDay / 3600)));
  if (timed.length < 10 || hours.size < 4 || [...hours].some((hour) => hour < 1 || hour > 12)) return no;
  if (texts.some((text) => /\d\s*[ap]\.?\s?(m|$)|[午전후]|\d\s*[öo]/i.test(text))) return no;
  const days = new Map<string, number[]>();
  const words = new Map<string, string[]>();
  for (const { key, secondOfDay, text } of timed) {
    days.set(key, [...(days.get(key) ?? []), secondOfDay]);
    words.set(key, [...(words.get(key) ?? []), text]);
  }
  const falls = (times: readonly number[]) =>
    times.filter((time, at) => at > 0 && time < times[at - 1]).length;
  const lists = [...days.values()].filter((times) => times.length > 2);
  const inOrder = lists.filter((times) => falls(times.map((time) => time % halfDay)) <= 1);
  const fallen = lists.filter((times) => falls(times) > 0);
  const opensAt = middleOfRest(timed.map(({ secondOfDay }) => secondOfDay % halfDay));
  // Sorted as text, 10:00 stands before 1:00, which proves nothing.
  const asText = [...words.values()].filter((list) =>
    list.every((text, at) => at === 0 || text >= list[at - 1]),
  );
  const tellsOrder = opensAt !== null || asText.length * 2 < words.size;
  if (inOrder.length >= lists.length * 0.9 && fallen.length * 2 > lists.length && tellsOrder)
    return { certainty: "proven", opensAt };
  const isRound = hours.has(12) && hours.has(1);
  return isRound ? { certainty: "open", opensAt } : no;
}

/** Minute in the middle of the longest stretch of the clock's face without a time; null: there is none of an hour and a half. */
function middleOfRest(times: readonly number[]): number | null {
  const sorted = [...new Set(times)].sort((a, b) => a - b);
  let best = { length: 0, middle: 0 };
  for (const [at, time] of sorted.entries()) {
    const next = sorted[at + 1] ?? sorted[0] + halfDay;
    if (next - time > best.length) best = { length: next - time, middle: ((next + time) / 2) % halfDay };
  }
  return best.length < 5400 ? null : Math.floor(best.middle / 60);
}

/**
 * Puts readings of such a clock into the morning or the afternoon. Where only their order tells, rows must come in it, and a
 * time that comes after the second half of its date is null.
 */
export function halfDayClock(
  opensAt: number | null,
): (reading: ClockReading, key: string) => ClockReading | null {
  const last = new Map<string, { time: number; isAfternoon: boolean }>();
  return (reading, key) => {
    const time = reading.secondOfDay % halfDay;
    if (opensAt !== null) return { ...reading, secondOfDay: time < opensAt * 60 ? time + halfDay : time };
    const date = `${key}\u0001${reading.day}`;
    const before = last.get(date) ?? { time, isAfternoon: false };
    if (time < before.time && before.isAfternoon) return null;
    const isAfternoon = before.isAfternoon || time < before.time;
    last.set(date, { time, isAfternoon });
    return { ...reading, secondOfDay: isAfternoon ? time + halfDay : time };
  };
}
