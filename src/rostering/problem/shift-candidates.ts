import type { LocalDate } from "../../domain/calendar/clock.ts";
import { dateOfDay, type IntervalGrid } from "../../domain/calendar/interval-grid.ts";
import type { Activity, Shift, ShiftTemplate } from "../../domain/plan/shift.ts";
import { shiftEndMinute } from "../../domain/plan/shift-end.ts";
import { isPlainDay, minuteAtClock } from "./plan-days.ts";

/**
 * Shifts and people chosen together: every start and length that a template allows is a kind of shift, and what is to
 * be covered are the required agents per interval.
 *
 * Each queue belongs to the smallest group that serves it, and a candidate is a shift of such a group: an agent of
 * several skills works for one of them at a time. Breaks stand at the beginning, middle or end of their window in turn
 * from start to start, so that not everybody eats at once; to place them better is the shift stage's craft.
 *
 * Candidates are cut for one plain day, to be moved to the others, and for each day around a change of the clocks,
 * where the same clock times lie elsewhere. Over the change a shift keeps its length, or its end on the clock where its
 * template says so.
 */
export function shiftCandidates(
  grid: IntervalGrid,
  templates: readonly ShiftTemplate[],
  homes: readonly string[],
): Shift[] {
  return daysToCutFor(grid).flatMap((day) =>
    templates.flatMap((template) =>
      homes
        .filter((groupId) => template.groupIds.length === 0 || template.groupIds.includes(groupId))
        .flatMap((groupId) => candidatesOf(grid, dateOfDay(grid, day), template, groupId)),
    ),
  );
}

/** The first plain day that a plain day follows, and every day that the clocks or those of the day after change. */
function daysToCutFor(grid: IntervalGrid): number[] {
  const days = Array.from({ length: grid.dayCount }, (_, day) => day);
  const isPlain = (day: number) =>
    isPlainDay(grid, day) && (day + 1 === grid.dayCount || isPlainDay(grid, day + 1));
  const plain = days.find(isPlain);
  return [...(plain === undefined ? [] : [plain]), ...days.filter((day) => !isPlain(day))];
}

function candidatesOf(
  grid: IntervalGrid,
  date: LocalDate,
  template: ShiftTemplate,
  groupId: string,
): Shift[] {
  const { earliestStartMinute, latestStartMinute, startStepMinutes, lengthsMinutes } = template;
  const count = Math.floor((latestStartMinute - earliestStartMinute) / startStepMinutes) + 1;
  return Array.from({ length: Math.max(0, count) }, (_, turn) => turn).flatMap((turn) => {
    const start = minuteAtClock(grid, date, earliestStartMinute + turn * startStepMinutes);
    if (start === null) return [];
    return lengthsMinutes.map((length) =>
      candidate(grid, template, groupId, date, start, length, (turn % 3) / 2),
    );
  });
}

/** A shift of a template on a date, at a start of the clock and a length; null where the clock skips that start. */
export function shiftOfTemplate(
  grid: IntervalGrid,
  template: ShiftTemplate,
  groupId: string,
  date: LocalDate,
  { startMinute = template.earliestStartMinute, lengthMinutes = template.lengthsMinutes[0] } = {},
): Shift | null {
  const start = minuteAtClock(grid, date, startMinute);
  return start === null ? null : candidate(grid, template, groupId, date, start, lengthMinutes, 0.5);
}

function candidate(
  grid: IntervalGrid,
  template: ShiftTemplate,
  groupId: string,
  date: LocalDate,
  startMinute: number,
  length: number,
  share: number,
): Shift {
  const { intervalMinutes } = grid;
  const endMinute = shiftEndMinute(grid, template, startMinute, length);
  const pauses = template.breaks
    .map(({ kind, paid, lengthMinutes, earliestMinute, latestMinute }) => {
      const wanted = earliestMinute + share * (latestMinute - earliestMinute);
      const at = Math.min(latestMinute, Math.ceil(wanted / intervalMinutes) * intervalMinutes);
      return { kind, paid, startMinute: startMinute + at, endMinute: startMinute + at + lengthMinutes };
    })
    .filter((pause) => pause.endMinute < endMinute)
    .sort((a, b) => a.startMinute - b.startMinute);
  const activities: Activity[] = [];
  let at = startMinute;
  for (const pause of pauses) {
    if (pause.startMinute < at) continue;
    if (pause.startMinute > at)
      activities.push({ kind: "work", startMinute: at, endMinute: pause.startMinute, paid: true });
    activities.push(pause);
    at = pause.endMinute;
  }
  if (at < endMinute) activities.push({ kind: "work", startMinute: at, endMinute, paid: true });
  const id = `made-${groupId}-${template.id}-${startMinute}-${length}`;
  return { id, templateId: template.id, groupId, date, startMinute, endMinute, activities, pinned: false };
}
