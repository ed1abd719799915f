import {
  dateOfDay,
  dayOfInterval,
  type IntervalGrid,
  intervalCount,
} from "../domain/calendar/interval-grid.ts";
import type { Issue } from "../domain/outcome.ts";
import type { Schedule, Shift } from "../domain/plan/shift.ts";
import { clockChangeMinutes } from "../domain/plan/shift-end.ts";
import type { ShiftsInput } from "./problem/shift-block.ts";

/**
 * Remarks on shifts during which the clock changes, one for each template and date: where they keep their length they
 * end at another time than usual; where they keep their end they are longer or shorter. Pinned shifts are left out.
 */
export function clockChangeIssues(
  { templates, pinned }: Pick<ShiftsInput, "templates" | "pinned">,
  { grid, shifts }: Pick<Schedule, "grid" | "shifts">,
): Issue[] {
  const pinnedIds = new Set(pinned.map(({ id }) => id));
  return templates.flatMap(({ id, name, overClockChange }): Issue[] => {
    const changes = new Map<string, { readonly minutes: number; shifts: number }>();
    for (const shift of shifts) {
      if (shift.templateId !== id || pinnedIds.has(shift.id)) continue;
      const minutes = clockChangeMinutes(grid, shift.startMinute, shift.endMinute);
      if (minutes === 0) continue;
      const date = dateOfChange(grid, shift);
      const before = changes.get(date) ?? { minutes, shifts: 0 };
      changes.set(date, { ...before, shifts: before.shifts + 1 });
    }
    return [...changes].map(([date, { minutes, shifts }]) => ({
      code: `shifts.overClockChange.${effectOf(overClockChange === "keepsEnd", minutes)}`,
      severity: "info",
      values: { template: name, date, shifts, minutes: Math.abs(minutes) },
    }));
  });
}

function effectOf(keepsEnd: boolean, forwardMinutes: number): string {
  if (keepsEnd) return forwardMinutes > 0 ? "isShorter" : "isLonger";
  return forwardMinutes > 0 ? "endsLater" : "endsEarlier";
}

/** Date of the interval at which the clock has changed. */
function dateOfChange(grid: IntervalGrid, { startMinute, endMinute }: Shift): string {
  let interval = Math.floor(startMinute / grid.intervalMinutes);
  while (
    interval * grid.intervalMinutes < endMinute &&
    clockChangeMinutes(grid, startMinute, interval * grid.intervalMinutes) === 0
  )
    interval++;
  return dateOfDay(grid, dayOfInterval(grid, Math.min(interval, intervalCount(grid) - 1)));
}
