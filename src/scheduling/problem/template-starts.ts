import { weekdayOf } from "../../domain/calendar/clock.ts";
import { dateOfDay, intervalAt } from "../../domain/calendar/interval-grid.ts";
import type { BreakRule, ShiftTemplate } from "../../domain/plan/shift.ts";
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

/** A template at each of its lengths into which its breaks fit. */
export function shapesOf(template: ShiftTemplate, index: number, slotMinutes: number): ShiftShape[] {
  const breaks = template.breaks.map((rule, number) => ({
    rule: number,
    length: rule.lengthMinutes / slotMinutes,
    earliest: rule.earliestMinute / slotMinutes,
    latest: Math.floor(rule.latestMinute / slotMinutes),
    paid: rule.paid,
  }));
  return [...new Set(template.lengthsMinutes)].flatMap((minutes) => {
    const length = minutes / slotMinutes;
    const orders = breakOrders(breaks, length, Math.ceil(template.minimumWorkMinutes / slotMinutes));
    const paidHours = (minutes - unpaidMinutes(template.breaks)) / 60;
    return orders.length === 0
      ? []
      : [{ template: index, length, orders, breakCount: breaks.length, paidHours }];
  });
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
  const date = dateOfDay(grid, day);
  const perInterval = grid.intervalMinutes / slotMinutes;
  const starts: TemplateStart[] = [];
  for (const [index, template] of input.templates.entries()) {
    if (!template.weekdays.includes(weekdayOf(date))) continue;
    for (
      let minute = template.earliestStartMinute;
      minute <= template.latestStartMinute;
      minute += template.startStepMinutes
    ) {
      const interval = intervalAt(grid, date, minute);
      // A time that the clock skips this day has no shift.
      if (interval === null) continue;
      const slot = interval * perInterval + Math.floor((minute % grid.intervalMinutes) / slotMinutes);
      for (const [group, { id }] of input.groups.entries()) {
        if (template.groupIds.length > 0 && !template.groupIds.includes(id)) continue;
        for (const shape of shapes[index]) starts.push({ slot, shape, group });
      }
    }
  }
  return starts;
}
