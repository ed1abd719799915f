import { weekdayOf } from "../../domain/calendar/clock.ts";
import type { Shift, ShiftTemplate } from "../../domain/plan/shift.ts";
import type { PlanDays } from "./plan-days.ts";
import type { Cover } from "./roster-problem.ts";
import type { ShiftKinds } from "./shift-kinds.ts";

/** What a plan's people are to cover, and with which shifts. */
export interface PlanCover {
  readonly cover: Cover;
  /** 1 where a kind may be worked on a day, `day * kinds + kind`. */
  readonly isOpen: Uint8Array;
  /** Day on which a shortage in a cell is felt. */
  readonly dayOfCell: readonly number[];
}

/**
 * The cover that a schedule asks for: one cell for each day and kind of shift that may be worked there, which wants as
 * many people as the schedule has such shifts. A kind may be worked on every weekday of its template, beyond the
 * schedule at `costPerHourOver`, but around a change of the clocks only where it would be the same there.
 *
 * @param further shifts that are worked but not in the schedule: they have a cell that wants nobody
 */
export function scheduleCover(
  { dates, dayOf }: PlanDays,
  { kinds, samples, kindOf, isSameOn }: ShiftKinds,
  shifts: readonly Shift[],
  further: readonly Shift[],
  templates: readonly ShiftTemplate[],
  costPerHourShort: number,
  costPerHourOver: number,
): PlanCover {
  const kindCount = kinds.length;
  const cellsOf: number[][] = Array.from({ length: dates.length * kindCount }, () => []);
  const need: number[] = [];
  const kindOfCell: number[] = [];
  const dayOfCell: number[] = [];
  const cellOf = (day: number, kind: number): number => {
    const cells = cellsOf[day * kindCount + kind];
    if (cells.length === 0) {
      cells.push(need.length);
      need.push(0);
      kindOfCell.push(kind);
      dayOfCell.push(day);
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
  for (const [kind, { templateId }] of samples.entries()) {
    const weekdays = weekdaysOf.get(templateId) ?? [];
    for (const [day, date] of dates.entries())
      if (weekdays.includes(weekdayOf(date)) && isSameOn(day, kind)) cellOf(day, kind);
  }
  const hours = kindOfCell.map((kind) => kinds[kind].minutes / 60);
  return {
    isOpen: Uint8Array.from(cellsOf, ({ length }) => (length > 0 ? 1 : 0)),
    dayOfCell,
    cover: {
      need: Float64Array.from(need),
      underPrice: Float64Array.from(hours, (value) => value * costPerHourShort),
      overPrice: Float64Array.from(hours, (value) => value * costPerHourOver),
      cellsOf,
    },
  };
}
