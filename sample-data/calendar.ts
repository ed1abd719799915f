import { addDays, daysBetween, type LocalDate, weekdayOf } from "../src/domain/calendar/clock.ts";

/** The sample centre's calendar: Munich, Bavarian public holidays, opening hours per weekday. */

export const sampleTimeZone = "Europe/Berlin";
export const sampleIntervalMinutes = 15;
/** 53 weeks of history (the last day is a holiday), and the four weeks after it that are planned. */
export const historyFirstDate: LocalDate = "2025-10-27";
export const historyDayCount = 371;
export const planFirstDate: LocalDate = "2026-11-02";
export const planDayCount = 28;

export interface Opening {
  readonly openMinute: number;
  readonly closeMinute: number;
}

/** Opening hours by ISO weekday, index 0 Monday; null: closed. */
export const voiceWeek: readonly (Opening | null)[] = [
  ...Array.from({ length: 5 }, () => ({ openMinute: 7 * 60, closeMinute: 20 * 60 })),
  { openMinute: 8 * 60, closeMinute: 16 * 60 },
  { openMinute: 10 * 60, closeMinute: 16 * 60 },
];
export const chatWeek: readonly (Opening | null)[] = [
  ...Array.from({ length: 5 }, () => ({ openMinute: 8 * 60, closeMinute: 20 * 60 })),
  { openMinute: 9 * 60, closeMinute: 16 * 60 },
  null,
];

/** Bavarian public holidays of the history; the centre is shut. None falls into the planned weeks. */
const publicHolidays: ReadonlySet<LocalDate> = new Set([
  "2025-11-01",
  "2025-12-25",
  "2025-12-26",
  "2026-01-01",
  "2026-01-06",
  "2026-04-03",
  "2026-04-06",
  "2026-05-01",
  "2026-05-14",
  "2026-05-25",
  "2026-06-04",
  "2026-08-15",
  "2026-10-03",
  "2026-11-01",
]);
/** Open until 14:00. */
const halfDays: ReadonlySet<LocalDate> = new Set(["2025-12-24", "2025-12-31"]);

export function openingOn(week: readonly (Opening | null)[], date: LocalDate): Opening | null {
  if (publicHolidays.has(date)) return null;
  const opening = week[weekdayOf(date) - 1];
  return opening !== null && halfDays.has(date) ? { ...opening, closeMinute: 14 * 60 } : opening;
}

/** True on the first day that is open again after a public holiday. */
export function isAfterHoliday(week: readonly (Opening | null)[], date: LocalDate): boolean {
  for (let before = addDays(date, -1); ; before = addDays(before, -1)) {
    if (publicHolidays.has(before)) return true;
    if (openingOn(week, before) !== null) return false;
  }
}

/** Business day of its month: 1, 2, … from the start and −1, −2, … from the end; null on weekends and holidays. */
export function businessDaysOfMonth(date: LocalDate): { fromStart: number; fromEnd: number } | null {
  if (!isBusinessDay(date)) return null;
  const month = date.slice(0, 7);
  let fromStart = 1;
  let fromEnd = 1;
  for (let day = addDays(date, -1); day.startsWith(month); day = addDays(day, -1))
    fromStart += isBusinessDay(day) ? 1 : 0;
  for (let day = addDays(date, 1); day.startsWith(month); day = addDays(day, 1))
    fromEnd += isBusinessDay(day) ? 1 : 0;
  return { fromStart, fromEnd };
}

function isBusinessDay(date: LocalDate): boolean {
  return weekdayOf(date) <= 5 && !publicHolidays.has(date);
}

/** 0 at the start of the history, 1 a year later. */
export function yearsIntoHistory(date: LocalDate): number {
  return daysBetween(historyFirstDate, date) / 365.25;
}
