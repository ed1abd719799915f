import type { Weekday } from "../domain/calendar/clock.ts";
import type { ShiftTemplate } from "../domain/plan/shift.ts";

/** The longest shift that may be worked: how long it takes, is paid, and is at work. Minutes. */
export interface UsualShift {
  readonly elapsedMinutes: number;
  readonly paidMinutes: number;
  readonly workMinutes: number;
}

/** Where a plan has no templates yet: eight hours and a half with an unpaid half hour and two paid quarters. */
const withoutTemplates: UsualShift = { elapsedMinutes: 510, paidMinutes: 480, workMinutes: 450 };

/** The longest shift of the templates for a group and weekday, no longer than `mostMinutes`; null: there is none. */
export function usualShift(
  templates: readonly ShiftTemplate[],
  groupId: string | null = null,
  weekday: Weekday | null = null,
  mostMinutes = Infinity,
): UsualShift | null {
  if (templates.length === 0) return withoutTemplates;
  let longest: UsualShift | null = null;
  for (const { groupIds, weekdays, lengthsMinutes, breaks } of templates) {
    if (groupId !== null && groupIds.length > 0 && !groupIds.includes(groupId)) continue;
    if (weekday !== null && !weekdays.includes(weekday)) continue;
    const minutes = (isMeant: (paid: boolean) => boolean) =>
      breaks.reduce((sum, { paid, lengthMinutes }) => sum + (isMeant(paid) ? lengthMinutes : 0), 0);
    for (const elapsedMinutes of lengthsMinutes)
      if (elapsedMinutes <= mostMinutes && elapsedMinutes > (longest?.elapsedMinutes ?? 0))
        longest = {
          elapsedMinutes,
          paidMinutes: elapsedMinutes - minutes((paid) => !paid),
          workMinutes: elapsedMinutes - minutes(() => true),
        };
  }
  return longest;
}

export function workMinutesOfShift(templates: readonly ShiftTemplate[]): number {
  return (usualShift(templates) ?? withoutTemplates).workMinutes;
}
