import { addDays, startOfDayEpochSeconds } from "../../../src/domain/calendar/clock.ts";

const remembered = new Map<string, readonly string[]>();

/** Dates of a year on which the clocks of a zone change: days that are not 24 hours long. */
export function clockChanges(zone: string, year: number): readonly string[] {
  const key = `${zone} ${year}`;
  const dates = remembered.get(key) ?? findChanges(zone, year);
  remembered.set(key, dates);
  return dates;
}

function findChanges(zone: string, year: number): readonly string[] {
  const dates: string[] = [];
  // A month at a time, and a month's days only where its length tells of a change.
  for (let month = 1; month <= 12; month++) {
    const first = `${year}-${String(month).padStart(2, "0")}-01`;
    const next = month === 12 ? `${year + 1}-01-01` : `${year}-${String(month + 1).padStart(2, "0")}-01`;
    const days = (Date.parse(next) - Date.parse(first)) / 86_400_000;
    // Two changes that cancel each other out within one month (Ramadan in Morocco) need a look at its middle too.
    const middle = addDays(first, 15);
    const parts = [
      [first, 15],
      [middle, days - 15],
    ] as const;
    for (const [from, length] of parts) {
      const seconds =
        startOfDayEpochSeconds(addDays(from, length), zone) - startOfDayEpochSeconds(from, zone);
      if (seconds === length * 86_400) continue;
      for (let day = 0; day < length; day++) {
        const date = addDays(from, day);
        const long = startOfDayEpochSeconds(addDays(date, 1), zone) - startOfDayEpochSeconds(date, zone);
        if (long !== 86_400) dates.push(date);
      }
    }
  }
  return dates;
}
