import type { Activity, Shift } from "../../../domain/plan/shift.ts";

/**
 * Hand edits of one shift. Each gives a whole shift again (work fills what breaks leave), or null when the edit makes no
 * sense. Pin the shift to keep the edit through the next optimisation.
 */

/** The shift with other ends. Moved as a whole its breaks go with it; stretched or cut they keep their times. */
export function withTimes(shift: Shift, startMinute: number, endMinute: number): Shift | null {
  const moved = endMinute - startMinute === shift.endMinute - shift.startMinute;
  const by = moved ? startMinute - shift.startMinute : 0;
  const breaks = breaksOf(shift).map((activity) => shifted(activity, by));
  return assembled(shift, startMinute, endMinute, breaks);
}

/** The shift with one of its activities, by index, starting elsewhere. */
export function withActivityAt(shift: Shift, index: number, startMinute: number): Shift | null {
  const chosen = shift.activities[index];
  if (chosen === undefined || chosen.kind === "work") return null;
  const others = breaksOf(shift).filter((activity) => activity !== chosen);
  return assembled(shift, shift.startMinute, shift.endMinute, [
    ...others,
    shifted(chosen, startMinute - chosen.startMinute),
  ]);
}

function breaksOf({ activities }: Shift): Activity[] {
  return activities.filter(({ kind }) => kind !== "work");
}

function shifted(activity: Activity, by: number): Activity {
  return { ...activity, startMinute: activity.startMinute + by, endMinute: activity.endMinute + by };
}

function assembled(
  shift: Shift,
  startMinute: number,
  endMinute: number,
  breaks: readonly Activity[],
): Shift | null {
  if (endMinute <= startMinute) return null;
  const activities: Activity[] = [];
  let at = startMinute;
  for (const activity of [...breaks].sort((a, b) => a.startMinute - b.startMinute)) {
    if (activity.startMinute < at || activity.endMinute > endMinute) return null;
    if (activity.startMinute > at)
      activities.push({ kind: "work", startMinute: at, endMinute: activity.startMinute, paid: true });
    activities.push(activity);
    at = activity.endMinute;
  }
  if (at < endMinute) activities.push({ kind: "work", startMinute: at, endMinute, paid: true });
  return { ...shift, startMinute, endMinute, activities };
}
