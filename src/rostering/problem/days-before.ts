import {
  addDays,
  daysBetween,
  epochDay,
  type LocalDate,
  localTimeAt,
  offsetMinutesAt,
  weekdayOf,
} from "../../domain/calendar/clock.ts";
import {
  type Contract,
  isEmployedOn,
  type PriorRoster,
  type PriorShift,
  type RosteredAgent,
} from "../../domain/plan/roster.ts";
import type { PlanDays } from "./plan-days.ts";
import type { DaysBefore } from "./roster-problem.ts";
import { isNightShift, type ShiftKinds } from "./shift-kinds.ts";

/** What is known of one person's days before the period. */
export interface KnownDays {
  /** Known days of the week that the border cuts, and what was worked on them. */
  readonly weekDates: readonly LocalDate[];
  readonly weekMinutes: number;
  /** What they mean under a contract; undefined where that is nothing, so that limits stay shared. */
  meaningFor(contract: Contract, agent: RosteredAgent): DaysBefore | undefined;
}

/** What a former roster says of the days before a period; null where it does not reach the day before. */
export function priorDays(
  { firstDate, lastDate, people }: PriorRoster,
  days: PlanDays,
  shifts: ShiftKinds,
): { knownOf(agent: RosteredAgent): KnownDays | null } | null {
  const begin = days.dates[0];
  const dayCount = daysBetween(firstDate, begin);
  if (dayCount <= 0 || addDays(lastDate, 1) < begin) return null;
  /** Latest first. */
  const dates = Array.from({ length: dayCount }, (_, back) => addDays(begin, -1 - back));
  const shiftsOf = new Map(people.map((person) => [person.agentId, person.shifts]));
  return {
    knownOf({ id }) {
      const own = shiftsOf.get(id);
      if (!own) return null;
      const on = new Map(own.map((shift) => [shift.date, shift]));
      const weekDates = dates.filter((date) => weekOf(date) === weekOf(begin)).reverse();
      const weekMinutes = weekDates.reduce((sum, date) => sum + (on.get(date)?.paidMinutes ?? 0), 0);
      return {
        weekDates,
        weekMinutes,
        meaningFor: (contract, agent) => meaningOf(dates, on, weekMinutes, contract, agent, days, shifts),
      };
    },
  };
}

function meaningOf(
  dates: readonly LocalDate[],
  on: ReadonlyMap<LocalDate, PriorShift>,
  weekMinutes: number,
  contract: Contract,
  agent: RosteredAgent,
  { grid }: PlanDays,
  shifts: ShiftKinds,
): DaysBefore | undefined {
  const { minimumConsecutiveDays, minimumConsecutiveDaysOff } = contract;
  const runWhere = (belongs: (date: LocalDate) => boolean): number => {
    const end = dates.findIndex((date) => !belongs(date));
    return end < 0 ? dates.length : end;
  };
  const isLeave = (date: LocalDate | undefined) =>
    date !== undefined && (agent.daysOff.includes(date) || !isEmployedOn(agent, date));
  const workRun = runWhere((date) => on.has(date));
  const offRun = runWhere((date) => !on.has(date));
  // A run that reaches the first known day may have begun before it.
  const isEnoughOff = offRun === dates.length || dates.slice(0, offRun).some(isLeave);
  const mayEnd =
    minimumConsecutiveDays === 1 ||
    workRun >= minimumConsecutiveDays ||
    workRun === dates.length ||
    isLeave(dates[workRun]);
  const isNight = (date: LocalDate): boolean => {
    const shift = on.get(date);
    if (!shift) return false;
    const { startMinute, endMinute } = clockTimesOf(shift, grid.timeZone);
    return isNightShift(startMinute, endMinute);
  };
  const last = on.get(dates[0]);
  const mayStart = shifts.kinds.map(
    (kind, index) =>
      !last ||
      ((grid.startEpochSeconds - secondsOf(last.end)) / 60 + kind.afterMidnight >=
        contract.minimumRestMinutes &&
        !(contract.forbiddenSuccessions ?? []).some(
          ({ templateId, nextTemplateId }) =>
            templateId === last.templateId && nextTemplateId === shifts.samples[index].templateId,
        )),
  );
  const before: DaysBefore = {
    workRun,
    mayEnd,
    offRun: isEnoughOff ? minimumConsecutiveDaysOff : Math.min(offRun, minimumConsecutiveDaysOff),
    nightRun: contract.maximumConsecutiveNights === undefined ? 0 : runWhere(isNight),
    ...(contract.maximumConsecutiveWeekends === undefined
      ? { weekendRun: 0, isWeekendWorked: false }
      : weekendsBefore([...on.values()], dates, grid.firstDate, grid.timeZone)),
    weekMinutes,
    mayStart,
  };
  const says =
    workRun > 0 ||
    !mayEnd ||
    before.offRun < minimumConsecutiveDaysOff ||
    before.nightRun + before.weekendRun + weekMinutes > 0;
  return says ? before : undefined;
}

/** Worked weekends in a row up to the last that has begun, and whether it goes on in the period. */
function weekendsBefore(
  shifts: readonly PriorShift[],
  dates: readonly LocalDate[],
  begin: LocalDate,
  timeZone: string,
): Pick<DaysBefore, "weekendRun" | "isWeekendWorked"> {
  const worked = new Set(
    shifts
      .filter((shift) => {
        const weekday = weekdayOf(shift.date);
        const reaches = weekday === 5 && clockTimesOf(shift, timeZone).endMinute > 1440;
        return dates.includes(shift.date) && (weekday >= 6 || reaches);
      })
      .map(({ date }) => weekOf(date)),
  );
  const current = weekOf(begin);
  const isWeekendWorked = worked.has(current);
  let weekendRun = 0;
  while (worked.has(current - weekendRun - (isWeekendWorked ? 0 : 1))) weekendRun++;
  return { weekendRun, isWeekendWorked };
}

/** The last former shift that a rule broken in the period also speaks of; undefined: there is none. */
export function lastPriorShift(
  prior: PriorRoster,
  agentId: string,
  begin: LocalDate,
): PriorShift | undefined {
  return prior.people
    .find((person) => person.agentId === agentId)
    ?.shifts.findLast(({ date }) => date < begin);
}

/** Clock minutes from the midnight with which the shift's date begins. */
function clockTimesOf({ date, start, end }: PriorShift, timeZone: string) {
  const clockMinute = (seconds: number): number => {
    const local = localTimeAt(seconds, offsetMinutesAt(seconds, timeZone));
    return daysBetween(date, local.date) * 1440 + local.minuteOfDay;
  };
  // The last minute's clock, as for shifts of the period.
  return { startMinute: clockMinute(secondsOf(start)), endMinute: clockMinute(secondsOf(end) - 60) + 1 };
}

function secondsOf(instant: string): number {
  return Date.parse(instant) / 1000;
}

/** Number of the week of a date; weeks begin on Monday. */
function weekOf(date: LocalDate): number {
  return Math.floor((epochDay(date) + 3) / 7);
}
