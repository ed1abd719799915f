import { daysBetween, type LocalDate, weekdayOf } from "../../domain/calendar/clock.ts";
import type { RosteredAgent, Wish } from "../../domain/plan/roster.ts";
import { dayOff, type Tour, type TourLimits } from "../problem/roster-problem.ts";
import { noonMinute, type PlanShiftKind } from "../problem/shift-kinds.ts";

/** What one day's choice costs or forbids an agent by itself, whatever the other days are. */

/** A shift by its clock, in minutes from the midnight before its start: beyond 1440 it works on the day after too. */
export interface ClockTimes {
  readonly startMinute: number;
  readonly endMinute: number;
}

/** Hard: the agent's weekly hours hold the whole shift, and no appointment overlaps it. */
export function isAvailable(
  { availability, unavailable }: RosteredAgent,
  date: LocalDate,
  { startMinute, endMinute }: ClockTimes,
): boolean {
  const isAway = unavailable?.some((away) => {
    const midnight = daysBetween(date, away.date) * 1440;
    return startMinute < midnight + away.toMinute && endMinute > midnight + away.fromMinute;
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

/**
 * Soft: what a choice costs by a wish. A wish for a shift is met by one that starts on its day. A wish for a day off is
 * broken by each shift that works on it: one that starts then, and one that goes on past midnight from the day before.
 *
 * @param daysAhead from the day of the choice to that of the wish: 0 or 1
 * @param worked null for a day off
 */
export function wishPrice(
  { kind, templateId, weight }: Wish,
  daysAhead: number,
  worked: Pick<PlanShiftKind, "templateId" | "endMinute"> | null,
): number {
  if (daysAhead === 1) {
    const isForDayOff = kind === "shiftOff" && templateId === null;
    return isForDayOff && worked !== null && worked.endMinute > 1440 ? weight : 0;
  }
  const isMeant = worked !== null && (templateId === null || worked.templateId === templateId);
  return isMeant === (kind === "shiftOff") ? weight : 0;
}

/** Days of a period whose choices a wish may price, with how far the wish's day is ahead of them. */
export function daysPricedBy(
  { date }: Wish,
  firstDate: LocalDate,
  dayCount: number,
): { readonly day: number; readonly daysAhead: number }[] {
  const wished = daysBetween(firstDate, date);
  return [0, 1]
    .map((daysAhead) => ({ day: wished - daysAhead, daysAhead }))
    .filter(({ day }) => day >= 0 && day < dayCount);
}

/** Days on which a tour goes against a wish, and what each costs; none: it is granted, or lies outside the period. */
export function wishBreaches(
  wish: Wish,
  { dates, kinds }: { readonly dates: readonly LocalDate[]; readonly kinds: readonly PlanShiftKind[] },
  tour: Tour,
): { readonly day: number; readonly penalty: number }[] {
  return daysPricedBy(wish, dates[0], dates.length)
    .map(({ day, daysAhead }) => ({
      day,
      penalty: wishPrice(wish, daysAhead, tour[day] === dayOff ? null : kinds[tour[day]]),
    }))
    .filter(({ penalty }) => penalty > 0);
}

/** No cap of 0 bars the kind. */
export function mayDo({ caps }: TourLimits, kind: number): boolean {
  return !caps.some(({ maximum, kinds }) => maximum === 0 && kinds.includes(kind));
}
