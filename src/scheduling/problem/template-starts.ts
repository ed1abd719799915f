import { weekdayOf } from "../../domain/calendar/clock.ts";
import { dateOfDay, type IntervalGrid, intervalAt } from "../../domain/calendar/interval-grid.ts";
import type { BreakRule, Shift, ShiftTemplate } from "../../domain/plan/shift.ts";
import { shiftEndMinute } from "../../domain/plan/shift-end.ts";
import { greatestCommonDivisor } from "../../numerics/greatest-common-divisor.ts";
import { breakOrders } from "./break-placement.ts";
import type { ShiftShape, ShiftsInput } from "./shift-block.ts";

/** A start that a template allows on a day: slot of the plan's grid, shape and group. */
export interface TemplateStart {
  readonly slot: number;
  readonly shape: ShiftShape;
  readonly group: number;
}

/** The finest step that intervals and the templates' starts, lengths and breaks share. */
export function commonSlotMinutes(intervalMinutes: number, templates: readonly ShiftTemplate[]): number {
  let common = intervalMinutes;
  for (const template of templates) {
    const parts = [
      template.earliestStartMinute,
      ...(template.latestStartMinute > template.earliestStartMinute ? [template.startStepMinutes] : []),
      ...template.lengthsMinutes,
      ...template.breaks.flatMap((rule) => [rule.lengthMinutes, rule.earliestMinute]),
    ];
    for (const part of parts) common = greatestCommonDivisor(common, part);
  }
  return common;
}

/** The finest step that a grid and the activities of shifts share. */
export function commonStepOf(shifts: readonly Shift[], stepMinutes: number): number {
  let common = stepMinutes;
  for (const { activities } of shifts)
    for (const { startMinute, endMinute } of activities)
      common = greatestCommonDivisor(greatestCommonDivisor(common, startMinute), endMinute);
  return common;
}

/** A template at each of its lengths into which its breaks fit. */
export function shapesOf(template: ShiftTemplate, index: number, slotMinutes: number): ShiftShape[] {
  return [...new Set(template.lengthsMinutes)].flatMap((minutes) => {
    const length = minutes / slotMinutes;
    return shapeOf(template, index, slotMinutes, { length, plannedLength: length }) ?? [];
  });
}

/** A template at one length; null: its breaks do not fit. */
function shapeOf(
  template: ShiftTemplate,
  index: number,
  slotMinutes: number,
  { length, plannedLength }: Pick<ShiftShape, "length" | "plannedLength">,
): ShiftShape | null {
  const breaks = template.breaks.map((rule, number) => ({
    rule: number,
    length: rule.lengthMinutes / slotMinutes,
    earliest: rule.earliestMinute / slotMinutes,
    latest: Math.floor(rule.latestMinute / slotMinutes),
    paid: rule.paid,
  }));
  const orders = breakOrders(breaks, length, Math.ceil(template.minimumWorkMinutes / slotMinutes));
  if (orders.length === 0) return null;
  const paidHours = (length * slotMinutes - unpaidMinutes(template.breaks)) / 60;
  return { template: index, length, plannedLength, orders, breakCount: breaks.length, paidHours };
}

function unpaidMinutes(breaks: readonly BreakRule[]): number {
  return breaks.reduce((sum, { paid, lengthMinutes }) => sum + (paid ? 0 : lengthMinutes), 0);
}

/** Every start that the templates allow on a day of the grid. */
export function startsOnDay(
  input: Pick<ShiftsInput, "requirement" | "templates" | "groups">,
  shapes: readonly (readonly ShiftShape[])[],
  day: number,
  slotMinutes: number,
): TemplateStart[] {
  const { grid } = input.requirement;
  return input.templates.flatMap((template, index) => {
    const groups = [...input.groups.entries()].filter(
      ([, { id }]) => template.groupIds.length === 0 || template.groupIds.includes(id),
    );
    return startMinutesOn(grid, template, day).flatMap((startMinute) => {
      const shapesThen = shapesAt(grid, template, shapes[index], startMinute, slotMinutes);
      return groups.flatMap(([group]) =>
        shapesThen.map((shape) => ({ slot: startMinute / slotMinutes, shape, group })),
      );
    });
  });
}

/** Minutes of the grid at which a template's shifts may start on a day; a time that the clock skips has none. */
export function startMinutesOn(
  grid: IntervalGrid,
  { weekdays, earliestStartMinute, latestStartMinute, startStepMinutes }: ShiftTemplate,
  day: number,
): number[] {
  const date = dateOfDay(grid, day);
  const starts: number[] = [];
  if (!weekdays.includes(weekdayOf(date))) return starts;
  for (let minute = earliestStartMinute; minute <= latestStartMinute; minute += startStepMinutes) {
    const interval = intervalAt(grid, date, minute);
    if (interval !== null) starts.push(interval * grid.intervalMinutes + (minute % grid.intervalMinutes));
  }
  return starts;
}

/** The shapes as they are from a start on: longer or shorter where the clock changes and the template keeps its end. */
function shapesAt(
  grid: IntervalGrid,
  template: ShiftTemplate,
  shapes: readonly ShiftShape[],
  startMinute: number,
  slotMinutes: number,
): readonly ShiftShape[] {
  if (template.overClockChange !== "keepsEnd") return shapes;
  return shapes.flatMap((shape) => {
    const end = shiftEndMinute(grid, template, startMinute, shape.length * slotMinutes);
    const length = (end - startMinute) / slotMinutes;
    if (length === shape.length) return shape;
    return shapeOf(template, shape.template, slotMinutes, { length, plannedLength: shape.length }) ?? [];
  });
}
