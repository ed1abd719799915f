import { daysBetween, weekdayOf } from "../../domain/calendar/clock.ts";
import type { Shift, ShiftTemplate } from "../../domain/plan/shift.ts";
import { isPlainDay, type PlanDays } from "./plan-days.ts";
import type { Cover } from "./roster-problem.ts";
import type { ShiftKinds } from "./shift-kinds.ts";

/**
 * The cover that a schedule asks for: one cell for each day and kind of shift that may be worked there, which wants as
 * many people as the schedule has such shifts. A kind may be worked on every weekday of its template, beyond the
 * schedule at `costPerHourOver`, but on a day on which the clocks change only where a shift shows how.
 *
 * @param further shifts that are worked but not in the schedule: they have a cell that wants nobody
 */
export function scheduleCover(
  { dates, grid, dayOf }: PlanDays,
  { kinds, samples, kindOf }: ShiftKinds,
  shifts: readonly Shift[],
  further: readonly Shift[],
  templates: readonly ShiftTemplate[],
  costPerHourShort: number,
  costPerHourOver: number,
): Cover {
  const kindCount = kinds.length;
  const cellsOf: number[][] = Array.from({ length: dates.length * kindCount }, () => []);
  const need: number[] = [];
  const kindOfCell: number[] = [];
  const cellOf = (day: number, kind: number): number => {
    const cells = cellsOf[day * kindCount + kind];
    if (cells.length === 0) {
      cells.push(need.length);
      need.push(0);
      kindOfCell.push(kind);
    }
    return cells[0];
  };
  const cellOfShift = (shift: Shift): number | null => {
    const day = dayOf(shift.date);
    return day === null ? null : cellOf(day, kindOf(shift)!);
  };
  for (const shift of shifts) {
    const cell = cellOfShift(shift);
    if (cell !== null) need[cell]++;
  }
  for (const shift of further) cellOfShift(shift);
  const weekdaysOf = new Map(templates.map(({ id, weekdays }) => [id, weekdays]));
  for (const [kind, { date, templateId }] of samples.entries()) {
    if (!isPlainDay(grid, daysBetween(grid.firstDate, date))) continue;
    const weekdays = weekdaysOf.get(templateId) ?? [];
    for (const [day, on] of dates.entries())
      if (isPlainDay(grid, day) && weekdays.includes(weekdayOf(on))) cellOf(day, kind);
  }
  const hours = kindOfCell.map((kind) => kinds[kind].minutes / 60);
  return {
    need: Float64Array.from(need),
    underPrice: Float64Array.from(hours, (value) => value * costPerHourShort),
    overPrice: Float64Array.from(hours, (value) => value * costPerHourOver),
    cellsOf,
  };
}
