import { addDays, epochDay, type LocalDate, type Weekday, weekdayOf } from "../../domain/calendar/clock.ts";
import { clockSlots, dateOfDay, type IntervalGrid } from "../../domain/calendar/interval-grid.ts";
import { longClosures, usualOpening } from "../../domain/calendar/usual-opening.ts";
import type { OpeningHours } from "../../domain/plan/queue.ts";
import { intervalState, type QueueHistory } from "../../domain/results/demand.ts";

/**
 * One queue's past as days × clock slots, the form all models learn from. The two passes of a repeated hour stand in
 * the same slots as their mean; the hour the clock skips is not there.
 */
export interface DayTable {
  readonly firstDate: LocalDate;
  readonly dayCount: number;
  readonly slotCount: number;
  /** Contacts per day and slot; 0 where `seen` is 0. */
  readonly counts: Float64Array;
  /** 1 where an open interval was observed. */
  readonly seen: Uint8Array;
  /** 1 where the queue was open, whether or not the count is known. */
  readonly open: Uint8Array;
  /** 1 for days with an open slot. */
  readonly dayOpen: Uint8Array;
  readonly weekdays: Uint8Array;
}

/** `values` other than offered (handled contacts, handle seconds) may be tabled the same way. */
export function dayTable(
  grid: IntervalGrid,
  history: QueueHistory,
  values: Float64Array = history.offered,
): DayTable {
  const slotCount = 1440 / grid.intervalMinutes;
  const size = grid.dayCount * slotCount;
  const counts = new Float64Array(size);
  const passes = new Uint8Array(size);
  const open = new Uint8Array(size);
  const dayOpen = new Uint8Array(grid.dayCount);
  const weekdays = new Uint8Array(grid.dayCount);
  const slots = clockSlots(grid);
  for (let day = 0; day < grid.dayCount; day++) {
    weekdays[day] = weekdayOf(dateOfDay(grid, day));
    for (let interval = grid.dayOffsets[day]; interval < grid.dayOffsets[day + 1]; interval++) {
      const state = history.state[interval];
      if (state === intervalState.closed) continue;
      const cell = day * slotCount + slots[interval];
      open[cell] = 1;
      dayOpen[day] = 1;
      if (state !== intervalState.open) continue;
      counts[cell] += values[interval];
      passes[cell]++;
    }
  }
  const seen = new Uint8Array(size);
  for (let cell = 0; cell < size; cell++) {
    if (passes[cell] === 0) continue;
    seen[cell] = 1;
    counts[cell] /= passes[cell];
  }
  return {
    firstDate: grid.firstDate,
    dayCount: grid.dayCount,
    slotCount,
    counts,
    seen,
    open,
    dayOpen,
    weekdays,
  };
}

/** The table as it was known before day `dayCount`. Shares memory with the whole. */
export function tableUntil(table: DayTable, dayCount: number): DayTable {
  return tableBetween(table, 0, dayCount);
}

/** Some days of a table, half-open. Shares memory with the whole. */
export function tableBetween(table: DayTable, first: number, end: number): DayTable {
  const cells = [first * table.slotCount, end * table.slotCount] as const;
  return {
    firstDate: addDays(table.firstDate, first),
    dayCount: end - first,
    slotCount: table.slotCount,
    counts: table.counts.subarray(...cells),
    seen: table.seen.subarray(...cells),
    open: table.open.subarray(...cells),
    dayOpen: table.dayOpen.subarray(first, end),
    weekdays: table.weekdays.subarray(first, end),
  };
}

/** Slots in which a queue is open, per weekday (1 to 7): as the planner says, else as it usually was. */
export function weekdayOpening(table: DayTable, openingHours: readonly OpeningHours[] | null): Uint8Array {
  const { slotCount } = table;
  if (openingHours === null) {
    const { weekdays, times } = usualOpening(table);
    return times.map((open, cell) => open & weekdays[Math.floor(cell / slotCount)]);
  }
  const opening = new Uint8Array(8 * slotCount);
  const length = 1440 / slotCount;
  for (const { weekday, openMinute, closeMinute } of openingHours) {
    for (let slot = 0; slot < slotCount; slot++) {
      if (slot * length >= openMinute && slot * length < closeMinute) opening[weekday * slotCount + slot] = 1;
    }
  }
  return opening;
}

/** A date a planner or a calendar names. */
export interface SpecialDay {
  readonly date: LocalDate;
  readonly name: string;
  /** null: closed when days of its kind were closed before. */
  readonly closed: boolean | null;
  /** Factor on the contacts of a day to come; null: what days of the name had before. */
  readonly effect: number | null;
  /** A holiday for some hours: open unless days of its name were closed before. */
  readonly partOfDay?: boolean;
}

/** What is known of every day from the first of the history to the last of the forecast, before any number is seen. */
export interface DayCalendar {
  readonly firstDate: LocalDate;
  readonly dayCount: number;
  readonly weekdays: Uint8Array;
  /** 1: the queue is open on that day. */
  readonly open: Uint8Array;
  /** 1: the day's weekday is usually open. */
  readonly usuallyOpen: Uint8Array;
  /** Name of the special day, or null. */
  readonly names: readonly (string | null)[];
  /** Factor the planner set for a day to come, or null. */
  readonly effects: readonly (number | null)[];
}

/**
 * Extends a table's days by `horizonDays` and a month more (so that the end of a month is known): in the past a day is
 * open when it was, later when its weekday usually is and no special day closes it. A special day without a say of its
 * own is closed when most of the special days in the history were.
 */
export function dayCalendar(
  table: DayTable,
  usual: Uint8Array,
  specialDays: readonly SpecialDay[],
  lastDate: LocalDate,
): DayCalendar {
  const dayCount = Math.max(table.dayCount, epochDay(lastDate) - epochDay(table.firstDate) + 1) + 31;
  const weekdays = new Uint8Array(dayCount);
  const open = new Uint8Array(dayCount);
  const usuallyOpen = new Uint8Array(dayCount);
  const names: (string | null)[] = new Array(dayCount).fill(null);
  const effects: (number | null)[] = new Array(dayCount).fill(null);
  const weekdayOpen = new Uint8Array(8);
  for (let weekday = 1; weekday <= 7; weekday++) {
    const slots = usual.subarray(weekday * table.slotCount, (weekday + 1) * table.slotCount);
    weekdayOpen[weekday] = slots.includes(1) ? 1 : 0;
  }
  const first = epochDay(table.firstDate);
  const closing = new Map<number, boolean | null>();
  const partly = new Set<number>();
  for (const { date, name, closed, effect, partOfDay } of specialDays) {
    const day = epochDay(date) - first;
    if (day < 0 || day >= dayCount) continue;
    names[day] = name;
    closing.set(day, closed);
    if (partOfDay) partly.add(day);
    if (day >= table.dayCount) effects[day] = effect;
  }
  let seenSpecial = 0;
  let seenClosed = 0;
  const seenByName = new Map<string, boolean>();
  const away = new Uint8Array(table.dayCount);
  for (const { first: from, end } of longClosures(table.dayOpen)) away.fill(1, from, end);
  for (let day = 0; day < dayCount; day++) {
    weekdays[day] = weekdayOf(addDays(table.firstDate, day)) as Weekday;
    usuallyOpen[day] = weekdayOpen[weekdays[day]];
    if (day >= table.dayCount) continue;
    open[day] = table.dayOpen[day];
    const name = names[day];
    if (name === null || usuallyOpen[day] === 0) continue;
    // In a long closure every day was closed, whatever its name.
    if (away[day] === 1 && seenByName.has(name)) continue;
    if (!partly.has(day)) {
      seenSpecial++;
      seenClosed += 1 - open[day];
    }
    seenByName.set(name, open[day] === 0);
  }
  for (let day = table.dayCount; day < dayCount; day++) {
    open[day] = usuallyOpen[day];
    const name = names[day];
    if (name === null) continue;
    const closed =
      closing.get(day) ?? seenByName.get(name) ?? (!partly.has(day) && seenClosed * 2 > seenSpecial);
    if (closed) open[day] = 0;
    // A set effect takes the place of the measured one.
    if (effects[day] !== null) names[day] = null;
  }
  return { firstDate: table.firstDate, dayCount, weekdays, open, usuallyOpen, names, effects };
}
