import type { Activity, Shift } from "../../domain/plan/shift.ts";

/** The shift until an earlier or later end: work is added, or cut; a break that would end it is no break. */
export function withEnd(shift: Shift, endMinute: number): Shift {
  if (endMinute > shift.endMinute) {
    const more: Activity = { kind: "work", startMinute: shift.endMinute, endMinute, paid: true };
    return { ...shift, endMinute, activities: joined([...shift.activities, more]) };
  }
  const activities = shift.activities
    .filter(({ startMinute }) => startMinute < endMinute)
    .map((activity) => ({ ...activity, endMinute: Math.min(activity.endMinute, endMinute) }));
  while (activities.length > 1 && isPause(activities[activities.length - 1])) activities.pop();
  return { ...shift, endMinute: activities[activities.length - 1].endMinute, activities };
}

/** The shift from an earlier or later start on. */
export function withStart(shift: Shift, startMinute: number): Shift {
  if (startMinute < shift.startMinute) {
    const more: Activity = { kind: "work", startMinute, endMinute: shift.startMinute, paid: true };
    return { ...shift, startMinute, activities: joined([more, ...shift.activities]) };
  }
  const activities = shift.activities
    .filter(({ endMinute }) => endMinute > startMinute)
    .map((activity) => ({ ...activity, startMinute: Math.max(activity.startMinute, startMinute) }));
  while (activities.length > 1 && isPause(activities[0])) activities.shift();
  return { ...shift, startMinute: activities[0].startMinute, activities };
}

export function isPause({ kind }: Activity): boolean {
  return kind === "break" || kind === "meal" || kind === "split";
}

function joined(activities: readonly Activity[]): Activity[] {
  return activities.reduce<Activity[]>((pieces, activity) => {
    const last = pieces.at(-1);
    if (last?.kind === "work" && activity.kind === "work")
      pieces[pieces.length - 1] = { ...last, endMinute: activity.endMinute };
    else pieces.push(activity);
    return pieces;
  }, []);
}
