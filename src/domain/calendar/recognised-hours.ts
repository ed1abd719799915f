import type { OpeningHours } from "../plan/queue.ts";
import type { DemandHistory } from "../results/demand.ts";
import type { Weekday } from "./clock.ts";
import { openingRecord, usualOpening } from "./usual-opening.ts";

/**
 * Usual opening hours of a history, in any of some queues, as a planner would write them down. A day with a pause in it
 * has two entries; weekdays that are usually closed have none.
 */
export function recognisedHours(history: DemandHistory, queueIds: readonly string[]): OpeningHours[] {
  const { intervalMinutes } = history.grid;
  const slotCount = 1440 / intervalMinutes;
  const usual = usualOpening(openingRecord(history, queueIds));
  const hours: OpeningHours[] = [];
  for (let weekday = 1; weekday <= 7; weekday++) {
    if (usual.weekdays[weekday] === 0) continue;
    const times = usual.times.subarray(weekday * slotCount, (weekday + 1) * slotCount);
    for (let open = times.indexOf(1); open >= 0; ) {
      const end = times.indexOf(0, open);
      const close = end < 0 ? slotCount : end;
      hours.push({ weekday, openMinute: open * intervalMinutes, closeMinute: close * intervalMinutes });
      open = times.indexOf(1, close);
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
