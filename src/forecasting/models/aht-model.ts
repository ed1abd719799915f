import { daysBetween } from "../../domain/calendar/clock.ts";
import type { IntervalGrid } from "../../domain/calendar/interval-grid.ts";
import type { QueueHistory } from "../../domain/results/demand.ts";
import { exp, log } from "../../numerics/elementary.ts";
import { fitDayModel } from "./day-model.ts";
import { type DayTable, dayTable, tableBetween } from "./day-table.ts";
import type { CalendarFeatures } from "./models.ts";

/** Contacts at which an interval's own AHT weighs as much as the day's. */
const contactsForHalf = 50;

/** Mean handle time of a slot of a future day, seconds. */
export type AhtForecaster = (day: number, openDaysAhead: number, slot: number) => number;

/**
 * AHT of a day by the day model on its logarithm, weighted by contacts, times a time-of-day shape that is drawn hard
 * toward 1 where contacts are few. null when the history holds no handle times to learn from.
 */
export function ahtModel(
  grid: IntervalGrid,
  history: QueueHistory,
  table: DayTable,
  features: CalendarFeatures,
  dayCount: number,
): AhtForecaster | null {
  if (history.handled === null || history.handleSeconds === null) return null;
  const first = daysBetween(grid.firstDate, table.firstDate);
  const likeTable = (values: Float64Array) =>
    tableBetween(dayTable(grid, history, values), first, first + dayCount).counts;
  const handled = likeTable(history.handled);
  const seconds = likeTable(history.handleSeconds);
  const { slotCount } = table;
  const days: number[] = [];
  const logs: number[] = [];
  const weights: number[] = [];
  for (let day = 0; day < dayCount; day++) {
    let contacts = 0;
    let time = 0;
    for (let cell = day * slotCount; cell < (day + 1) * slotCount; cell++) {
      if (table.seen[cell] === 0) continue;
      contacts += handled[cell];
      time += seconds[cell];
    }
    if (contacts <= 0 || time <= 0) continue;
    days.push(day);
    logs.push(log(time / contacts));
    weights.push(contacts / (contacts + contactsForHalf));
  }
  if (days.length === 0) return null;
  const model = fitDayModel(features.weekday, days, Float64Array.from(logs), Float64Array.from(weights));
  const actual = new Float64Array(slotCount);
  const expected = new Float64Array(slotCount);
  const contacts = new Float64Array(slotCount);
  for (const [row, day] of days.entries()) {
    const aht = exp(logs[row]);
    for (let slot = 0; slot < slotCount; slot++) {
      const cell = day * slotCount + slot;
      if (table.seen[cell] === 0) continue;
      actual[slot] += seconds[cell];
      expected[slot] += handled[cell] * aht;
      contacts[slot] += handled[cell];
    }
  }
  const shape = new Float64Array(slotCount).fill(1);
  for (let slot = 0; slot < slotCount; slot++) {
    if (expected[slot] <= 0) continue;
    const own = contacts[slot] / (contacts[slot] + contactsForHalf);
    shape[slot] = 1 + own * (actual[slot] / expected[slot] - 1);
  }
  return (day, openDaysAhead, slot) => exp(model.forecast(day, openDaysAhead)) * shape[slot];
}
