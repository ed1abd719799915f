import { weekdayOf } from "../../domain/calendar/clock.ts";
import type { Shift, ShiftTemplate } from "../../domain/plan/shift.ts";
import type { PlanDays } from "./plan-days.ts";
import type { Cover } from "./roster-problem.ts";
import type { ShiftKinds } from "./shift-kinds.ts";

/** What a plan's people are to cover, and with which shifts. */
export interface PlanCover {
  readonly cover: Cover;
  /** 1 where a kind may be worked on a day, `day * kinds + kind`: by its template's weekdays, or as scheduled. */
  readonly isOpen: Uint8Array;
  /** 1 where the cover counts what is worked: where a kind is open, and where a further shift is. */
  readonly isCounted: Uint8Array;
  /** Day on which a shortage in a cell is felt. */
  readonly dayOfCell: readonly number[];
}

/**
 * The cover that a schedule asks for: one cell for each day and kind of shift that may be worked there, which wants as
 * many people as the schedule has such shifts. A kind may be worked on every weekday of its template, beyond the
 * schedule at `costPerHourOver`, but around a change of the clocks only where it would be the same there.
 *
 * @param further shifts that are worked but not in the schedule: they have a cell that wants nobody, open or not
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
  const isOpen = new Uint8Array(cellsOf.length);
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
  for (const shift of shifts) {
    const day = dayOf(shift.date);
    if (day === null) continue;
    need[cellOf(day, kindOf(shift)!)]++;
    isOpen[day * kindCount + kindOf(shift)!] = 1;
  }
  for (const shift of further) {
    const day = dayOf(shift.date);
    if (day !== null) cellOf(day, kindOf(shift)!);
  }
  const weekdaysOf = new Map(templates.map(({ id, weekdays }) => [id, weekdays]));
  for (const [kind, { templateId }] of samples.entries()) {
    const weekdays = weekdaysOf.get(templateId) ?? [];
    for (const [day, date] of dates.entries()) {
      if (!weekdays.includes(weekdayOf(date)) || !isSameOn(day, kind)) continue;
      cellOf(day, kind);
      isOpen[day * kindCount + kind] = 1;
    }
  }
  const hours = kindOfCell.map((kind) => kinds[kind].minutes / 60);
  return {
    isOpen,
    isCounted: Uint8Array.from(cellsOf, ({ length }) => length),
    dayOfCell,
    cover: {
      need: Float64Array.from(need),
      underPrice: Float64Array.from(hours, (value) => value * costPerHourShort),
      overPrice: Float64Array.from(hours, (value) => value * costPerHourOver),
      cellsOf,
    },
  };
}
