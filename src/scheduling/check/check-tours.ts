import { addDays, daysBetween, type LocalDate, weekdayOf } from "../../domain/calendar/clock.ts";
import type { Schedule, Shift, ShiftTour, TourRule } from "../../domain/plan/shift.ts";
import {
  clockTimeOf,
  plannedLength,
  type ScheduleFault,
  type ScheduleRules,
  worksAtWeekend,
} from "./schedule-rules.ts";

/** Each free shift of a tour's template in exactly one tour, and each tour a week (or two) that its rule allows. */
export function faultsOfTours(rules: ScheduleRules, schedule: Schedule): ScheduleFault[] {
  if (rules.breaksOnly === true) return [];
  const tourRules = rules.tours ?? [];
  const faults: ScheduleFault[] = [];
  const tourCount = new Map<string, number>();
  const byId = new Map(schedule.shifts.map((shift) => [shift.id, shift]));
  for (const tour of schedule.tours ?? []) {
    for (const id of tour.shiftIds) tourCount.set(id, (tourCount.get(id) ?? 0) + 1);
    const rule = tourRules.find(({ id }) => id === tour.ruleId);
    const shifts = tour.shiftIds.flatMap((id) => byId.get(id) ?? []);
    const details =
      rule === undefined || shifts.length === 0 || shifts.length !== tour.shiftIds.length
        ? ["unknown rule or shift"]
        : [...faultsOfDays(rule, schedule, shifts), ...faultsOfKind(rules, schedule, rule, tour, shifts)];
    for (const detail of details)
      faults.push({ rule: "tour", shiftId: tour.shiftIds[0] ?? null, detail: `${tour.id}: ${detail}` });
  }
  for (const { id, pinned, templateId } of schedule.shifts) {
    const mustBeInTour = !pinned && tourRules.some(({ templateIds }) => templateIds.includes(templateId));
    const count = tourCount.get(id) ?? 0;
    if (mustBeInTour ? count !== 1 : count > 1)
      faults.push({ rule: "tour", shiftId: id, detail: `in ${count} tours` });
  }
  return faults;
}

/** Days worked a week, days off together, and a weekend off of two. */
function faultsOfDays(rule: TourRule, schedule: Schedule, shifts: readonly Shift[]): string[] {
  const faults: string[] = [];
  const weeks = weeksOf(rule, schedule, shifts[0].date);
  const dates = shifts.map(({ date }) => date);
  if (new Set(dates).size !== dates.length || dates.some((date) => !weeks.flat().includes(date)))
    faults.push(`days ${dates.join()}`);
  let weekends = 0;
  for (const week of weeks) {
    const worked = shifts.filter(({ date }) => week.includes(date));
    if (worked.length !== Math.min(rule.daysPerWeek, week.length))
      faults.push(`${worked.length} days from ${week[0]}`);
    const stretches = week.filter(
      (date, at) => dates.includes(date) && !dates.includes(week[(at + 1) % week.length]),
    ).length;
    if (rule.daysOffTogether && stretches > 1) faults.push("days off apart");
    if (worked.some((shift) => worksAtWeekend(schedule, shift))) weekends++;
  }
  if (rule.everySecondWeekendOff === true && weeks.length === 2 && weekends > 1)
    faults.push("no weekend off");
  return faults;
}

/** Weeks from Monday to Sunday as the plan's ends cut them: one, or two that begin with an even one of the plan. */
function weeksOf(rule: TourRule, { grid }: Schedule, firstDate: LocalDate): LocalDate[][] {
  const lastDate = addDays(grid.firstDate, grid.dayCount - 1);
  const planMonday = addDays(grid.firstDate, 1 - weekdayOf(grid.firstDate));
  const firstWeek = Math.floor(daysBetween(planMonday, firstDate) / 7);
  const isTwoWeeks = rule.everySecondWeekendOff === true;
  const from = isTwoWeeks ? firstWeek - (firstWeek % 2) : firstWeek;
  return (isTwoWeeks ? [from, from + 1] : [from]).flatMap((week) => {
    const monday = addDays(planMonday, 7 * week);
    const dates = Array.from({ length: 7 }, (_, day) => addDays(monday, day));
    const planned = dates.filter((date) => date >= grid.firstDate && date <= lastDate);
    return planned.length > 0 ? [planned] : [];
  });
}

/** One group, one template of the rule at one length, and starts within the band by the clock. */
function faultsOfKind(
  { templates }: ScheduleRules,
  schedule: Schedule,
  rule: TourRule,
  tour: ShiftTour,
  shifts: readonly Shift[],
): string[] {
  const [first] = shifts;
  const faults: string[] = [];
  if (shifts.some((shift) => shift.groupId !== tour.groupId)) faults.push("another group");
  if (!rule.templateIds.includes(first.templateId)) faults.push("not a template of its rule");
  const kind = (shift: Shift) => {
    const template = templates.find(({ id }) => id === shift.templateId);
    return `${shift.templateId} ${template && plannedLength(template, schedule, shift)}`;
  };
  if (shifts.some((shift) => kind(shift) !== kind(first))) faults.push("several kinds of shift");
  const starts = shifts.map(({ startMinute }) => clockTimeOf(schedule, startMinute).minute);
  if (Math.max(...starts) - Math.min(...starts) > rule.startBandMinutes) faults.push("start band");
  return faults;
}
