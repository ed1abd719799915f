import type { OpeningHours } from "../plan/queue.ts";
import { type DemandHistory, intervalState } from "../results/demand.ts";
import { type Weekday, weekdayOf } from "./clock.ts";
import { clockSlots, dateOfDay } from "./interval-grid.ts";

/** Weeks at the end of a history that say when a place is open. */
const weeksRead = 8;

/**
 * Opening hours as a history's last eight weeks show them: times at which most of the open dates of a weekday were open,
 * in any of the queues asked about; weekdays that were closed on most of their dates have none. A day with a pause in it
 * has two entries.
 */
export function recognisedHours(history: DemandHistory, queueIds: readonly string[]): OpeningHours[] {
  const { grid } = history;
  const slots = clockSlots(grid);
  const slotCount = 1440 / grid.intervalMinutes;
  const queues = history.queues.filter(({ queueId }) => queueIds.includes(queueId));
  const dates = new Uint16Array(8);
  const openDates = new Uint16Array(8);
  const times = new Uint16Array(8 * slotCount);
  for (let day = Math.max(0, grid.dayCount - 7 * weeksRead); day < grid.dayCount; day++) {
    const weekday = weekdayOf(dateOfDay(grid, day));
    const seen = new Uint8Array(slotCount);
    for (let interval = grid.dayOffsets[day]; interval < grid.dayOffsets[day + 1]; interval++) {
      if (queues.some(({ state }) => state[interval] !== intervalState.closed)) seen[slots[interval]] = 1;
    }
    dates[weekday]++;
    if (!seen.includes(1)) continue;
    openDates[weekday]++;
    for (let slot = 0; slot < slotCount; slot++) times[weekday * slotCount + slot] += seen[slot];
  }
  const hours: OpeningHours[] = [];
  for (let weekday = 1; weekday <= 7; weekday++) {
    if (openDates[weekday] * 2 <= dates[weekday]) continue;
    const isOpen = (slot: number) =>
      slot < slotCount && times[weekday * slotCount + slot] * 2 > openDates[weekday];
    for (let slot = 0, first = -1; slot <= slotCount; slot++) {
      if (isOpen(slot) && first < 0) first = slot;
      if (isOpen(slot) || first < 0) continue;
      const [openMinute, closeMinute] = [first * grid.intervalMinutes, slot * grid.intervalMinutes];
      hours.push({ weekday, openMinute, closeMinute });
      first = -1;
    }
  }
  return hours;
}

/** Weekdays with the same hours, told together: Monday to Friday 07:00–20:00. In order of the first of them. */
export function hoursTogether(
  hours: readonly OpeningHours[],
): { readonly weekdays: readonly Weekday[]; readonly spans: readonly OpeningHours[] }[] {
  const alike = new Map<string, { weekdays: Weekday[]; spans: OpeningHours[] }>();
  for (let weekday = 1 as Weekday; weekday <= 7; weekday++) {
    const spans = hours.filter((one) => one.weekday === weekday);
    if (spans.length === 0) continue;
    const key = spans.map(({ openMinute, closeMinute }) => `${openMinute}-${closeMinute}`).join();
    const known = alike.get(key);
    if (known === undefined) alike.set(key, { weekdays: [weekday as Weekday], spans });
    else known.weekdays.push(weekday as Weekday);
  }
  return [...alike.values()];
}
