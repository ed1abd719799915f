import { weekdayOf } from "../../domain/calendar/clock.ts";
import { dateOfDay, intervalAt, intervalCount } from "../../domain/calendar/interval-grid.ts";
import type { Schedule, Shift, ShiftTemplate } from "../../domain/plan/shift.ts";
import { faultsOfActivities } from "./check-activities.ts";
import { faultsOfFigures } from "./check-figures.ts";
import { faultsOfShift } from "./check-shift.ts";
import { faultsOfCoverage, faultsOfMinimums } from "./check-staffing.ts";
import { faultsOfTours } from "./check-tours.ts";
import type { ScheduleFault, ScheduleRules } from "./schedule-rules.ts";

/**
 * An independent judge of schedules. It knows only the rules, the requirement and the finished shifts, and shares no
 * code with the optimiser: everything is read again from activities and clock times, minute by minute where need be.
 *
 * Judged are: every free shift against its template and its breaks; ids; counts a day; hard minimums at every minute;
 * that pinned shifts are untouched; sessions of activities; changes against the present schedule; tours; that no agent
 * is counted twice; and every figure, the bound among them. Pinned shifts may break the rules of their template.
 *
 * @param rules what the optimiser was given: `{ ...input, ...input.settings }`
 * @param schedule what came of it, or of a person's hand
 * @returns all faults; empty when the schedule is right
 * @example checkSchedule({ ...input, ...input.settings }, schedule) // []
 */
export function checkSchedule(rules: ScheduleRules, schedule: Schedule): ScheduleFault[] {
  return [
    ...schedule.shifts
      .filter((shift) => !shift.pinned && !staysAsItWas(rules, shift))
      .flatMap((shift) => faultsOfShift(rules, schedule, shift)),
    ...faultsOfIds(schedule),
    ...faultsOfCounts(rules, schedule),
    ...faultsOfPeople(rules, schedule),
    ...faultsOfPinned(rules, schedule),
    ...faultsOfActivities(rules, schedule),
    ...faultsOfChanges(rules, schedule),
    ...faultsOfTours(rules, schedule),
    ...faultsOfCoverage(rules, schedule),
    ...faultsOfMinimums(rules, schedule),
    ...faultsOfFigures(rules, schedule),
  ];
}

/** Where only breaks may move, what was drawn by hand against the rules may stay just as it was. */
function staysAsItWas(rules: ScheduleRules, shift: Shift): boolean {
  if (rules.breaksOnly !== true) return false;
  const before = rules.present?.shifts.find(({ id }) => id === shift.id);
  return before !== undefined && JSON.stringify(before.activities) === JSON.stringify(shift.activities);
}

function faultsOfIds(schedule: Schedule): ScheduleFault[] {
  const seen = new Set<string>();
  return schedule.shifts.flatMap(({ id }) => {
    if (seen.has(id)) return [{ rule: "duplicateId" as const, shiftId: id, detail: id }];
    seen.add(id);
    return [];
  });
}

/** Counts of each template a day, on days on which it may start. More pinned ones than allowed are a person's own. */
function faultsOfCounts(rules: ScheduleRules, schedule: Schedule): ScheduleFault[] {
  if (rules.breaksOnly === true) return [];
  const counts = new Map<string, number>();
  for (const { templateId, date } of schedule.shifts) {
    const key = `${templateId} ${date}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  const { grid } = schedule;
  const dates = Array.from({ length: intervalCount(grid) === 0 ? 0 : grid.dayCount }, (_, day) =>
    dateOfDay(grid, day),
  );
  return rules.templates.flatMap((template) =>
    dates.flatMap((date): ScheduleFault[] => {
      if (!mayStartOn(schedule, template, date)) return [];
      const count = counts.get(`${template.id} ${date}`) ?? 0;
      const pinned = rules.pinned.filter((s) => s.templateId === template.id && s.date === date).length;
      if (count < (template.minimumCount ?? 0))
        return [{ rule: "minimumCount", shiftId: null, detail: `${template.id} ${date}: ${count}` }];
      if (count > Math.max(pinned, template.maximumCount ?? Number.POSITIVE_INFINITY))
        return [{ rule: "maximumCount", shiftId: null, detail: `${template.id} ${date}: ${count}` }];
      return [];
    }),
  );
}

/** More shifts than the people can work. */
function faultsOfPeople(rules: ScheduleRules, { grid, shifts }: Schedule): ScheduleFault[] {
  return (rules.workLimits ?? []).flatMap((limit): ScheduleFault[] => {
    const dates = new Set(limit.days.map((day) => dateOfDay(grid, day)));
    const counted = shifts.filter(
      ({ groupId, templateId, date }) =>
        limit.groupIds.includes(groupId) &&
        dates.has(date) &&
        limit.templateIds?.includes(templateId) !== false,
    );
    const weigh = (those: readonly Shift[]) =>
      those.reduce((sum, { activities }) => {
        const paid = activities.filter((activity) => activity.paid);
        const minutes = paid.reduce((all, { startMinute, endMinute }) => all + endMinute - startMinute, 0);
        const steps = limit.weights.filter(({ fromHours }) => minutes >= 60 * fromHours - 1e-6);
        return sum + (steps.at(-1)?.weight ?? 0);
      }, 0);
    const count = weigh(counted);
    const pinned = weigh(counted.filter(({ id }) => rules.pinned.some((pin) => pin.id === id)));
    if (count <= Math.max(pinned, limit.maximum)) return [];
    const detail = `${limit.groupIds.join("+")} from ${dateOfDay(grid, limit.days[0])}: ${count} of ${limit.maximum}`;
    return [{ rule: "people", shiftId: null, detail }];
  });
}

/** Whether a date has a start of the template: not on other weekdays, nor where the clock skips them all. */
function mayStartOn({ grid }: Schedule, template: ShiftTemplate, date: string): boolean {
  if (!template.weekdays.includes(weekdayOf(date))) return false;
  const { earliestStartMinute, latestStartMinute, startStepMinutes } = template;
  for (let minute = earliestStartMinute; minute <= latestStartMinute; minute += startStepMinutes)
    if (intervalAt(grid, date, minute) !== null) return true;
  return false;
}

function faultsOfPinned(rules: ScheduleRules, schedule: Schedule): ScheduleFault[] {
  return rules.pinned.flatMap((pinned): ScheduleFault[] => {
    const now = schedule.shifts.find(({ id }) => id === pinned.id);
    const isSame =
      now !== undefined &&
      now.startMinute === pinned.startMinute &&
      now.endMinute === pinned.endMinute &&
      now.groupId === pinned.groupId &&
      now.templateId === pinned.templateId &&
      JSON.stringify(now.activities) === JSON.stringify(pinned.activities);
    return isSame
      ? []
      : [{ rule: "pinnedMoved", shiftId: pinned.id, detail: "pinned shift changed or gone" }];
  });
}

/** Shifts dropped and added are counted and priced; where only breaks may move there are none. */
function faultsOfChanges(rules: ScheduleRules, schedule: Schedule): ScheduleFault[] {
  const isCounted = rules.breaksOnly === true || (rules.changePrice ?? 0) > 0;
  if (!isCounted || rules.present === undefined) return [];
  const free = (shifts: readonly Shift[]) =>
    shifts
      .filter(({ id }) => !rules.pinned.some((pinned) => pinned.id === id))
      .map((s) => `${s.templateId} ${s.groupId} ${s.startMinute}-${s.endMinute}`);
  const unmatched = free(schedule.shifts);
  let dropped = 0;
  for (const kind of free(rules.present.shifts)) {
    const at = unmatched.indexOf(kind);
    if (at < 0) dropped++;
    else unmatched.splice(at, 1);
  }
  const count = dropped + unmatched.length;
  if (rules.breaksOnly === true)
    return count === 0
      ? []
      : [{ rule: "onlyBreaksMove", shiftId: null, detail: `${count} shifts are not as they were` }];
  const cost = count * (rules.changePrice ?? 0);
  const stated = schedule.changes;
  return stated?.count === count && Math.abs(stated.cost - cost) <= 1e-6 * Math.max(1, cost)
    ? []
    : [{ rule: "figures", shiftId: null, detail: `changes say ${JSON.stringify(stated)}, are ${count}` }];
}
