import type { Activity, Shift } from "./shift.ts";

/**
 * Hand edits of one shift, minutes since the start of the plan's grid. Each gives a whole shift again, covered by its
 * activities without gaps (work fills what they leave), or null when the edit makes no sense: an end before the start, a
 * break outside the shift or over another one.
 */

/** The shift with other ends. Moved as a whole its breaks go with it; stretched or cut they keep their times. */
export function withTimes(shift: Shift, startMinute: number, endMinute: number): Shift | null {
  const moved = endMinute - startMinute === shift.endMinute - shift.startMinute;
  const by = moved ? startMinute - shift.startMinute : 0;
  const breaks = breaksOf(shift).map((activity) => shifted(activity, by));
  return assembled(shift, startMinute, endMinute, breaks);
}

/** The shift with one of its activities, by index, at another time; without an end it lasts as long as before. */
export function withActivityAt(
  shift: Shift,
  index: number,
  startMinute: number,
  endMinute?: number,
): Shift | null {
  const chosen = shift.activities[index];
  if (chosen === undefined || chosen.kind === "work") return null;
  const others = breaksOf(shift).filter((activity) => activity !== chosen);
  const moved = shifted(chosen, startMinute - chosen.startMinute);
  return assembled(shift, shift.startMinute, shift.endMinute, [
    ...others,
    { ...moved, endMinute: endMinute ?? moved.endMinute },
  ]);
}

/** The shift with one thing more than work in it. */
export function withActivity(shift: Shift, activity: Activity): Shift | null {
  return assembled(shift, shift.startMinute, shift.endMinute, [...breaksOf(shift), activity]);
}

/** The shift with work where one of its activities, by index, was. */
export function withoutActivity(shift: Shift, index: number): Shift | null {
  const chosen = shift.activities[index];
  if (chosen === undefined || chosen.kind === "work") return null;
  return assembled(
    shift,
    shift.startMinute,
    shift.endMinute,
    breaksOf(shift).filter((activity) => activity !== chosen),
  );
}

/**
 * Where a shift falls into two halves of work: an unpaid gap from `startMinute` to `endMinute`, in place of the breaks
 * that lie in it. Null where a break reaches over an end of the gap, or no work stays on one side of it.
 */
export function splitAt(shift: Shift, startMinute: number, endMinute: number): Shift | null {
  const kept = breaksOf(shift).filter(
    (activity) => activity.startMinute < startMinute || activity.endMinute > endMinute,
  );
  const split = assembled(shift, shift.startMinute, shift.endMinute, [
    ...kept,
    { kind: "split", startMinute, endMinute, paid: false },
  ]);
  return split !== null && split.activities[0].kind === "work" && split.activities.at(-1)!.kind === "work"
    ? split
    : null;
}

/**
 * The shift until an earlier or later end, whatever is in the way: work is added or cut, and so is a session; a break at
 * which it would end is no break, so that the end may come to lie before the one asked for.
 */
export function endedAt(shift: Shift, endMinute: number): Shift {
  const cut = shift.activities
    .filter(({ startMinute }) => startMinute < endMinute)
    .map((activity) => ({ ...activity, endMinute: Math.min(activity.endMinute, endMinute) }));
  const last = endMinute > shift.endMinute ? cut.length - 1 : cut.findLastIndex((one) => !isPause(one));
  const kept = cut.slice(0, Math.max(0, last) + 1);
  const end = endMinute > shift.endMinute ? endMinute : kept[kept.length - 1].endMinute;
  return assembled(shift, shift.startMinute, end, kept.filter(isNoWork))!;
}

/** The shift from an earlier or later start on, as `endedAt` ends it. */
export function begunAt(shift: Shift, startMinute: number): Shift {
  const cut = shift.activities
    .filter(({ endMinute }) => endMinute > startMinute)
    .map((activity) => ({ ...activity, startMinute: Math.max(activity.startMinute, startMinute) }));
  const first =
    startMinute < shift.startMinute
      ? 0
      : Math.max(
          0,
          cut.findIndex((one) => !isPause(one)),
        );
  const kept = cut.slice(first);
  const start = startMinute < shift.startMinute ? startMinute : kept[0].startMinute;
  return assembled(shift, start, shift.endMinute, kept.filter(isNoWork))!;
}

/** A break, a meal, or the gap of a split shift. */
export function isPause({ kind }: Activity): boolean {
  return kind === "break" || kind === "meal" || kind === "split";
}

function isNoWork({ kind }: Activity): boolean {
  return kind !== "work";
}

function breaksOf({ activities }: Shift): Activity[] {
  return activities.filter(isNoWork);
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
    if (activity.endMinute <= activity.startMinute) return null;
    if (activity.startMinute > at)
      activities.push({ kind: "work", startMinute: at, endMinute: activity.startMinute, paid: true });
    activities.push(activity);
    at = activity.endMinute;
  }
  if (at < endMinute) activities.push({ kind: "work", startMinute: at, endMinute, paid: true });
  return { ...shift, startMinute, endMinute, activities };
}
