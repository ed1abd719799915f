import { addDays, formatMinuteOfDay, type LocalDate, weekdayOf } from "../src/domain/calendar/clock.ts";
import { type RandomStream, randomStream } from "../src/numerics/random.ts";
import {
  businessDaysOfMonth,
  chatWeek,
  historyDayCount,
  historyFirstDate,
  isAfterHoliday,
  type Opening,
  openingOn,
  sampleIntervalMinutes,
  voiceWeek,
  yearsIntoHistory,
} from "./calendar.ts";

/**
 * A synthetic year of contacts: expected volume = level × weekday × season × place in the month × day after a holiday
 * × time of day; counts are Poisson around that, times a lognormal factor that a whole day shares.
 *
 * Faults are put in on purpose, so that the quality report has something to find: see `faults`.
 */
interface Stream {
  readonly name: string;
  readonly week: readonly (Opening | null)[];
  /** Contacts per interval at the peak of an average weekday. */
  readonly peakContacts: number;
  /** Growth per year, 0.05 is 5 %. */
  readonly growth: number;
  readonly byWeekday: readonly number[];
  /** Humps of the day: clock hour, width in hours, height. */
  readonly humps: readonly (readonly [hour: number, widthHours: number, height: number])[];
  readonly ahtSeconds: number;
  /** Standard deviation of one contact's handle time ÷ its mean. */
  readonly ahtSpread: number;
  readonly abandonment: number;
}

const streams: readonly Stream[] = [
  {
    name: "Voice",
    week: voiceWeek,
    peakContacts: 66,
    growth: 0.05,
    byWeekday: [1.16, 1.04, 0.98, 0.95, 0.9, 0.4, 0.2],
    humps: [
      [10.2, 1.7, 1],
      [14.8, 2.1, 0.86],
      [18.5, 1.4, 0.36],
    ],
    ahtSeconds: 244,
    ahtSpread: 0.8,
    abandonment: 0.034,
  },
  {
    name: "Chat",
    week: chatWeek,
    peakContacts: 17,
    growth: 0.16,
    byWeekday: [1.06, 1.02, 1, 0.99, 0.96, 0.55, 0],
    humps: [
      [11.3, 2.2, 0.82],
      [15.6, 2.4, 0.9],
      [19, 1.5, 0.55],
    ],
    ahtSeconds: 470,
    ahtSpread: 0.7,
    abandonment: 0.048,
  },
];

/** What is wrong with the sample on purpose. */
const faults = {
  /** The export broke off: no voice rows from the first time up to the second. */
  gap: { queue: "Voice", fromDate: "2026-02-17", fromMinute: 660, toDate: "2026-02-18", toMinute: 840 },
  /** The lines were down: almost nothing arrives, and afterwards everybody calls again. */
  outage: { queue: "Voice", date: "2026-06-09", fromMinute: 780, toMinute: 900 },
  /** The rows of this day stand in the file twice. */
  duplicateDate: "2026-04-22",
  /** Invoices went out wrong: a day like no other. */
  surge: { queue: "Voice", date: "2026-09-17", factor: 1.85 },
} as const;

/** The history in the project's own layout, one row per open interval and queue, ordered by time. */
export function sampleHistoryCsv(seed: number): string {
  const lines = ["interval_start,queue,offered,handled,abandoned,aht_seconds"];
  for (let day = 0; day < historyDayCount; day++) {
    const date = addDays(historyFirstDate, day);
    const rows = streams.flatMap((stream) => rowsOfDay(stream, date, seed)).sort(byText);
    lines.push(...rows);
    if (date === faults.duplicateDate) lines.push(...rows);
  }
  return `${lines.join("\n")}\n`;
}

function rowsOfDay(stream: Stream, date: LocalDate, seed: number): string[] {
  const opening = openingOn(stream.week, date);
  if (opening === null) return [];
  const chance = randomStream(seed, "history", stream.name, date);
  const dayLevel = expectedDayLevel(stream, date) * Math.exp(0.035 * normal(chance) - 0.0006125);
  const dayAht = stream.ahtSeconds * (1 + 0.03 * Math.sin(2 * Math.PI * yearsIntoHistory(date)));
  const rows: string[] = [];
  for (let minute = opening.openMinute; minute < opening.closeMinute; minute += sampleIntervalMinutes) {
    const disturbance = disturbanceAt(stream, date, minute);
    const expected = stream.peakContacts * dayLevel * shapeAt(stream, minute) * disturbance.volume;
    const offered = poisson(expected, chance);
    const abandonShare = Math.min(0.6, stream.abandonment * disturbance.abandonment * (0.4 + 0.6 * dayLevel));
    const abandoned = Math.min(offered, poisson(offered * abandonShare, chance));
    const handled = offered - abandoned;
    // Later in the day contacts take a little longer; the mean of few contacts wavers more than that of many.
    const meanAht = dayAht * (1 + 0.008 * (minute / 60 - 13));
    const wobble = handled === 0 ? 0 : (stream.ahtSpread / Math.sqrt(handled)) * normal(chance);
    const aht = handled === 0 ? "" : Math.max(20, meanAht * (1 + Math.max(-0.7, wobble))).toFixed(1);
    if (isInGap(stream, date, minute)) continue;
    rows.push(
      `${date}T${formatMinuteOfDay(minute)}:00,${stream.name},${offered},${handled},${abandoned},${aht}`,
    );
  }
  return rows;
}

function expectedDayLevel(stream: Stream, date: LocalDate): number {
  const years = yearsIntoHistory(date);
  const trend = 1 + stream.growth * years;
  // Busiest in late January, quietest in late July.
  const season = 1 + 0.07 * Math.cos(2 * Math.PI * (years - 0.23));
  const place = businessDaysOfMonth(date);
  const monthStart = place === null ? 0 : [0.13, 0.09, 0.05, 0.02][place.fromStart - 1];
  const monthEnd = place === null ? 0 : [0.07, 0.04][place.fromEnd - 1];
  const month = 1 + (monthStart ?? 0) + (monthEnd ?? 0);
  const rebound = isAfterHoliday(stream.week, date) ? 1.14 : 1;
  return stream.byWeekday[weekdayOf(date) - 1] * trend * season * month * rebound;
}

function shapeAt(stream: Stream, minute: number): number {
  const hour = (minute + sampleIntervalMinutes / 2) / 60;
  const height = stream.humps.reduce(
    (sum, [centre, width, size]) => sum + size * Math.exp(-0.5 * ((hour - centre) / width) ** 2),
    0,
  );
  return 0.06 + 0.94 * height;
}

/** Factors on volume and abandonment where a fault touches the interval. */
function disturbanceAt(
  stream: Stream,
  date: LocalDate,
  minute: number,
): { volume: number; abandonment: number } {
  const { outage, surge } = faults;
  if (stream.name === outage.queue && date === outage.date) {
    if (minute >= outage.fromMinute && minute < outage.toMinute) return { volume: 0.03, abandonment: 12 };
    if (minute >= outage.toMinute && minute < outage.toMinute + 60) return { volume: 1.7, abandonment: 6 };
  }
  if (stream.name === surge.queue && date === surge.date) return { volume: surge.factor, abandonment: 4 };
  return { volume: 1, abandonment: 1 };
}

function isInGap(stream: Stream, date: LocalDate, minute: number): boolean {
  const { queue, fromDate, fromMinute, toDate, toMinute } = faults.gap;
  if (stream.name !== queue) return false;
  const afterStart = date > fromDate || (date === fromDate && minute >= fromMinute);
  const beforeEnd = date < toDate || (date === toDate && minute < toMinute);
  return afterStart && beforeEnd;
}

function byText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Standard normal, Box and Muller. */
function normal(chance: RandomStream): number {
  return Math.sqrt(-2 * Math.log(chance.uniform())) * Math.cos(2 * Math.PI * chance.uniform());
}

/** Poisson count by inversion; the mean stays below 300 here, far from underflow. */
function poisson(mean: number, chance: RandomStream): number {
  let remaining = chance.uniform();
  let probability = Math.exp(-mean);
  let count = 0;
  while (remaining > probability && count < 1000) {
    remaining -= probability;
    count++;
    probability *= mean / count;
  }
  return count;
}
