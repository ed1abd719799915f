import { type Weekday, weekdayOf } from "../../domain/calendar/clock.ts";
import { clockSlots, dateOfDay } from "../../domain/calendar/interval-grid.ts";
import type { DayRange } from "../../domain/calendar/ranges.ts";
import { type DemandHistory, intervalState } from "../../domain/results/demand.ts";
import { quantileOfSorted } from "../../numerics/order-statistics.ts";

export interface Trend {
  /** Contacts of each day of the grid; null on closed days. */
  readonly totals: readonly (number | null)[];
  /** Contacts of an average open day, as the week around each day has them; null where that week has no open day. */
  readonly level: readonly (number | null)[];
}

/**
 * Day totals and the level beneath them: the totals of the seven days around a day ÷ what their weekdays usually have,
 * so that neither the week's shape nor a holiday in it moves the level.
 */
export function trendOf(history: DemandHistory, queueIds: readonly string[]): Trend {
  const { grid } = history;
  const queues = history.queues.filter(({ queueId }) => queueIds.includes(queueId));
  const totals = Array.from({ length: grid.dayCount }, (_, day) => {
    let total: number | null = null;
    for (const { state, offered } of queues) {
      for (let interval = grid.dayOffsets[day]; interval < grid.dayOffsets[day + 1]; interval++) {
        if (isCounted(state[interval])) total = (total ?? 0) + offered[interval];
      }
    }
    return total;
  });
  const weekdays = totals.map((_, day) => weekdayOf(dateOfDay(grid, day)));
  const known = totals.flatMap((total, day) => (total === null ? [] : [{ total, weekday: weekdays[day] }]));
  const mean = (list: readonly { readonly total: number }[]) =>
    list.reduce((sum, { total }) => sum + total, 0) / Math.max(1, list.length);
  const usual = Array.from({ length: 8 }, (_, weekday) =>
    mean(known.filter((one) => one.weekday === weekday)),
  );
  const overall = mean(known);
  const level = totals.map((_, day) => {
    let came = 0;
    let expected = 0;
    for (let other = Math.max(0, day - 3); other <= Math.min(grid.dayCount - 1, day + 3); other++) {
      const total = totals[other];
      if (total === null) continue;
      came += total;
      expected += usual[weekdays[other]];
    }
    return expected > 0 ? (overall * came) / expected : null;
  });
  return { totals, level };
}

/** What one weekday is like: per clock slot the contacts of the middle date, and of one date in ten from below and above. */
export interface WeekdayProfile {
  readonly weekday: Weekday;
  /** Open dates it was learnt from. */
  readonly dates: number;
  readonly meanTotal: number;
  readonly median: readonly (number | null)[];
  readonly low: readonly (number | null)[];
  readonly high: readonly (number | null)[];
}

/** Profiles of the weekdays that were open in a range of days, Monday first; slots open on less than half of the dates have none. */
export function weekdayProfiles(
  history: DemandHistory,
  queueIds: readonly string[],
  range: DayRange,
): WeekdayProfile[] {
  const { grid } = history;
  const slots = clockSlots(grid);
  const slotCount = 1440 / grid.intervalMinutes;
  const queues = history.queues.filter(({ queueId }) => queueIds.includes(queueId));
  const days = new Map<Weekday, (number | null)[][]>();
  for (let day = range.first; day < range.end; day++) {
    const counts: (number | null)[] = new Array(slotCount).fill(null);
    for (const { state, offered } of queues) {
      for (let interval = grid.dayOffsets[day]; interval < grid.dayOffsets[day + 1]; interval++) {
        if (state[interval] !== intervalState.open) continue;
        counts[slots[interval]] = (counts[slots[interval]] ?? 0) + offered[interval];
      }
    }
    if (counts.every((count) => count === null)) continue;
    const weekday = weekdayOf(dateOfDay(grid, day));
    days.set(weekday, [...(days.get(weekday) ?? []), counts]);
  }
  return [...days]
    .sort(([a], [b]) => a - b)
    .map(([weekday, dates]) => {
      const bySlot = Array.from({ length: slotCount }, (_, slot) => {
        const counts = dates.flatMap((counts) => counts[slot] ?? []).sort((a, b) => a - b);
        return counts.length * 2 > dates.length ? counts : [];
      });
      const at = (share: number) =>
        bySlot.map((counts) => (counts.length === 0 ? null : quantileOfSorted(counts, share)));
      const total = dates.flat().reduce<number>((sum, count) => sum + (count ?? 0), 0);
      return {
        weekday,
        dates: dates.length,
        meanTotal: total / dates.length,
        median: at(0.5),
        low: at(0.1),
        high: at(0.9),
      };
    });
}

function isCounted(state: number): boolean {
  return state === intervalState.open || state === intervalState.excluded;
}
