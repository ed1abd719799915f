import { weekdayOf } from "../calendar/clock.ts";
import { dateOfDay, type IntervalGrid, intervalAt } from "../calendar/interval-grid.ts";
import type { Activity, BreakRule, Shift, ShiftTemplate } from "./shift.ts";
import { shiftEndMinute } from "./shift-end.ts";

/** Clock minutes at which a template's shifts may start on a day of the grid. */
export function clockStartsOn(grid: IntervalGrid, template: ShiftTemplate, day: number): number[] {
  const { weekdays, earliestStartMinute, latestStartMinute, startStepMinutes } = template;
  const date = dateOfDay(grid, day);
  const starts: number[] = [];
  if (!weekdays.includes(weekdayOf(date))) return starts;
  for (let minute = earliestStartMinute; minute <= latestStartMinute; minute += startStepMinutes)
    if (intervalAt(grid, date, minute) !== null) starts.push(minute);
  return starts;
}

/** Whether a group's agents may work shifts of a template. */
export function mayWork({ groupIds }: Pick<ShiftTemplate, "groupIds">, groupId: string): boolean {
  return groupIds.length === 0 || groupIds.includes(groupId);
}

/** Which shift of a template is wanted. */
export interface WantedShift {
  readonly id: string;
  readonly groupId: string;
  readonly day: number;
  /** On the clock. */
  readonly startMinute: number;
  readonly lengthMinutes: number;
  /** Where in their windows the breaks lie, 0 (as early as can be) to 1 (as late): breaks of several shifts are spread. */
  readonly breaksAt: number;
}

/**
 * One concrete shift of a template, in the order of the template's breaks by their earliest start. Null where the
 * template has no such shift: not on this weekday, at this start or of this length, or its breaks do not fit.
 */
export function shiftOfTemplate(
  grid: IntervalGrid,
  template: ShiftTemplate,
  wanted: WantedShift,
): Shift | null {
  const { id, groupId, day, lengthMinutes } = wanted;
  const date = dateOfDay(grid, day);
  const interval = intervalAt(grid, date, wanted.startMinute);
  if (interval === null || !clockStartsOn(grid, template, day).includes(wanted.startMinute)) return null;
  if (!template.lengthsMinutes.includes(lengthMinutes) || !mayWork(template, groupId)) return null;
  const startMinute = interval * grid.intervalMinutes + (wanted.startMinute % grid.intervalMinutes);
  const endMinute = shiftEndMinute(grid, template, startMinute, lengthMinutes);
  const breaks = placedBreaks(template, endMinute - startMinute, wanted.breaksAt);
  if (breaks === null) return null;
  const activities: Activity[] = [];
  let at = startMinute;
  const work = (until: number) => {
    if (until > at) activities.push({ kind: "work", startMinute: at, endMinute: until, paid: true });
    at = until;
  };
  for (const { rule, start } of breaks) {
    work(startMinute + start);
    at += rule.lengthMinutes;
    activities.push({ kind: rule.kind, startMinute: startMinute + start, endMinute: at, paid: rule.paid });
  }
  work(endMinute);
  return { id, templateId: template.id, groupId, date, startMinute, endMinute, activities, pinned: false };
}

/** Starts of the breaks after the shift's, each inside what its window and its neighbours leave; null: they do not fit. */
function placedBreaks(
  { breaks, minimumWorkMinutes }: ShiftTemplate,
  length: number,
  at: number,
): { rule: BreakRule; start: number }[] | null {
  const order = [...breaks].sort(
    (a, b) => a.earliestMinute - b.earliestMinute || a.latestMinute - b.latestMinute,
  );
  const latest = new Array<number>(order.length);
  let end = length - minimumWorkMinutes;
  for (let index = order.length - 1; index >= 0; index--) {
    latest[index] = Math.min(order[index].latestMinute, end - order[index].lengthMinutes);
    end = latest[index] - minimumWorkMinutes;
  }
  const placed: { rule: BreakRule; start: number }[] = [];
  let free = minimumWorkMinutes;
  for (const [index, rule] of order.entries()) {
    const earliest = Math.max(rule.earliestMinute, free);
    if (latest[index] < earliest) return null;
    const step = 5;
    const start = earliest + Math.floor((at * (latest[index] - earliest)) / step) * step;
    placed.push({ rule, start });
    free = start + rule.lengthMinutes + minimumWorkMinutes;
  }
  return placed;
}
