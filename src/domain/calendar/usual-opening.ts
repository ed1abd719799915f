import { type DemandHistory, intervalState } from "../results/demand.ts";
import { weekdayOf } from "./clock.ts";
import { clockSlots, dateOfDay } from "./interval-grid.ts";
import type { DayRange } from "./ranges.ts";

/** When a place was open: days × clock slots (half-hours, say, counted from midnight). */
export interface OpeningRecord {
  readonly dayCount: number;
  readonly slotCount: number;
  /** 1 Monday to 7 Sunday, per day. */
  readonly weekdays: Uint8Array;
  /** 1 where anything of the day was open. */
  readonly dayOpen: Uint8Array;
  /** 1 where the slot was open; entry day · slotCount + slot. */
  readonly open: Uint8Array;
}

/** Which dates are asked; absent: the last six of each weekday in the whole record. */
export interface OpeningWindow {
  /** Days of the record, half-open. */
  readonly first?: number;
  readonly end?: number;
  /** At most so many dates of a weekday, the latest. */
  readonly dates?: number;
}

export interface UsualOpening {
  /** Per weekday (1 to 7): 1 where at least half of its dates were open. */
  readonly weekdays: Uint8Array;
  /** Per weekday and slot: 1 where at least half of the weekday's open dates were open then; entry weekday · slotCount + slot. */
  readonly times: Uint8Array;
}

/** Recent enough to follow a change of hours, and enough that a holiday or two change nothing. */
const customaryDates = 6;

/**
 * When a place is usually open, from when it was: the one answer to this question, for a forecast's days to come, the
 * hours shown to a planner, gaps in a file and days that were closed unexpectedly.
 *
 * A weekday is usually open when at least half of its latest dates were; a time of it, when at least half of its latest
 * *open* dates were, so that a run of holidays does not blur the hours. Half is enough, because with two weeks of
 * history one holiday must not close a weekday for ever, and with hours that were extended three weeks ago the new
 * ones count. Dates in a long closure are not asked: whether a place closed for its holidays, rows are missing or it was
 * not there yet, they say nothing about one weekday.
 */
export function usualOpening(record: OpeningRecord, window: OpeningWindow = {}): UsualOpening {
  const { slotCount } = record;
  const { first = 0, end = record.dayCount, dates = customaryDates } = window;
  const weekdays = new Uint8Array(8);
  const times = new Uint8Array(8 * slotCount);
  const away = new Uint8Array(record.dayCount);
  for (const closure of longClosures(record.dayOpen)) away.fill(1, closure.first, closure.end);
  for (let weekday = 1; weekday <= 7; weekday++) {
    let datesSeen = 0;
    let openDates = 0;
    const openDays: number[] = [];
    for (let day = end - 1; day >= first && openDays.length < dates; day--) {
      if (record.weekdays[day] !== weekday || away[day] === 1) continue;
      if (datesSeen < dates) {
        datesSeen++;
        openDates += record.dayOpen[day];
      }
      if (record.dayOpen[day] === 1) openDays.push(day);
    }
    if (openDates > 0 && openDates * 2 >= datesSeen) weekdays[weekday] = 1;
    for (let slot = 0; slot < slotCount; slot++) {
      let count = 0;
      for (const day of openDays) count += record.open[day * slotCount + slot];
      if (count > 0 && count * 2 >= openDays.length) times[weekday * slotCount + slot] = 1;
    }
  }
  return { weekdays, times };
}

/** A week: shorter closures are days off. */
const leastLongClosure = 7;
/** Closed so many times longer than from one open day to the next. */
const beyondRhythm = 4;

/**
 * Stretches of closed days that the rhythm of a place does not explain: at least a week, and four times the middle
 * distance between open days (so that a place open on the first of a month has none). Before the first open day and after
 * the last too.
 */
export function longClosures(dayOpen: Uint8Array): DayRange[] {
  const openDays: number[] = [];
  for (const [day, open] of dayOpen.entries()) if (open === 1) openDays.push(day);
  if (openDays.length === 0) return [];
  const distances = openDays.slice(1).map((day, index) => day - openDays[index]);
  distances.sort((a, b) => a - b);
  const usual = distances[Math.floor(distances.length / 2)] ?? 1;
  const least = Math.max(leastLongClosure, beyondRhythm * usual);
  return [-1, ...openDays]
    .map((day, index) => ({ first: day + 1, end: openDays[index] ?? dayOpen.length }))
    .filter(({ first, end }) => end - first >= least);
}

/** When any of some queues was open in a history. */
export function openingRecord({ grid, queues }: DemandHistory, queueIds: readonly string[]): OpeningRecord {
  const slotCount = 1440 / grid.intervalMinutes;
  const slots = clockSlots(grid);
  const states = queues.filter(({ queueId }) => queueIds.includes(queueId)).map(({ state }) => state);
  const dayOpen = new Uint8Array(grid.dayCount);
  const open = new Uint8Array(grid.dayCount * slotCount);
  for (let day = 0; day < grid.dayCount; day++) {
    for (let interval = grid.dayOffsets[day]; interval < grid.dayOffsets[day + 1]; interval++) {
      if (states.every((state) => state[interval] === intervalState.closed)) continue;
      dayOpen[day] = 1;
      open[day * slotCount + slots[interval]] = 1;
    }
  }
  const weekdays = Uint8Array.from(dayOpen, (_, day) => weekdayOf(dateOfDay(grid, day)));
  return { dayCount: grid.dayCount, slotCount, weekdays, dayOpen, open };
}
