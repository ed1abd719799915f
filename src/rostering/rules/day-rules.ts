import { addDays, type LocalDate, weekdayOf } from "../../domain/calendar/clock.ts";
import type { RosteredAgent, Wish } from "../../domain/plan/roster.ts";
import type { TourLimits } from "../problem/roster-problem.ts";
import { noonMinute } from "../problem/shift-kinds.ts";

/** What one day's choice costs or forbids an agent by itself, whatever the other days are. */

/** Hard: the agent's weekly hours hold the whole shift, and no appointment overlaps it. */
export function isAvailable(
  { availability, unavailable }: RosteredAgent,
  date: LocalDate,
  { startMinute, endMinute }: { readonly startMinute: number; readonly endMinute: number },
): boolean {
  const isAway = unavailable?.some((away) => {
    const shift = away.date === date ? 0 : away.date === addDays(date, 1) ? 1440 : null;
    return shift !== null && startMinute < away.toMinute + shift && endMinute > away.fromMinute + shift;
  });
  if (isAway) return false;
  if (availability === undefined) return true;
  const weekday = weekdayOf(date);
  return availability.some(
    (window) =>
      window.weekday === weekday && window.fromMinute <= startMinute && endMinute <= window.toMinute,
  );
}

/** Soft: what a start on the side of noon that the agent likes less costs. */
export function startPreferencePrice({ preferences }: RosteredAgent, startMinute: number): number {
  const liked = preferences?.startTime;
  if (!liked) return 0;
  return (liked.kind === "early") === startMinute < noonMinute ? 0 : liked.weight;
}

/** Soft: what a wish costs on its day when a shift of this template is worked, or none (null). */
export function wishPrice({ kind, templateId, weight }: Wish, worked: string | null): number {
  const isMeant = worked !== null && (templateId === null || worked === templateId);
  return isMeant === (kind === "shiftOff") ? weight : 0;
}

/** No cap of 0 bars the kind. */
export function mayDo({ caps }: TourLimits, kind: number): boolean {
  return !caps.some(({ maximum, kinds }) => maximum === 0 && kinds.includes(kind));
}
