import type { LocalDate } from "../../domain/calendar/clock.ts";
import { dateOfDay, type IntervalGrid } from "../../domain/calendar/interval-grid.ts";
import type { Activity, Shift, ShiftTemplate } from "../../domain/plan/shift.ts";

/**
 * Shifts and people chosen together: every start and length that a template allows is a kind of shift, and what is to
 * be covered are the required agents per interval.
 *
 * Each queue belongs to the smallest group that serves it, and a candidate is a shift of such a group: an agent of
 * several skills works for one of them at a time. Breaks stand at the beginning, middle or end of their window in turn
 * from start to start, so that not everybody eats at once; to place them better is the shift stage's craft.
 */
export function shiftCandidates(
  grid: IntervalGrid,
  templates: readonly ShiftTemplate[],
  homes: readonly string[],
): Shift[] {
  const day = plainDay(grid);
  const date = dateOfDay(grid, day);
  const midnight = grid.dayOffsets[day] * grid.intervalMinutes;
  return templates.flatMap((template) =>
    homes
      .filter((groupId) => template.groupIds.length === 0 || template.groupIds.includes(groupId))
      .flatMap((groupId) => {
        const starts: number[] = [];
        for (
          let at = template.earliestStartMinute;
          at <= template.latestStartMinute;
          at += template.startStepMinutes
        )
          starts.push(at);
        return starts.flatMap((start, turn) =>
          template.lengthsMinutes.map((length) =>
            candidate(
              template,
              groupId,
              date,
              midnight + start,
              length,
              (turn % 3) / 2,
              grid.intervalMinutes,
            ),
          ),
        );
      }),
  );
}

/** The first day of ordinary length: candidates are cut for it and moved to the other days. */
export function plainDay(grid: IntervalGrid): number {
  const day = Array.from({ length: grid.dayCount }, (_, index) => index).find(
    (index) => (grid.dayOffsets[index + 1] - grid.dayOffsets[index]) * grid.intervalMinutes === 1440,
  );
  return day ?? 0;
}

function candidate(
  template: ShiftTemplate,
  groupId: string,
  date: LocalDate,
  startMinute: number,
  length: number,
  share: number,
  intervalMinutes: number,
): Shift {
  const endMinute = startMinute + length;
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
