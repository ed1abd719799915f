import { addDays, type LocalDate, weekdayOf } from "../calendar/clock.ts";
import { datesOfRequest, type LeaveAllowance, type LeaveRequest } from "./leave.ts";
import type { PlanDocument } from "./plan.ts";
import { type Agent, isEmployedOn } from "./roster.ts";

/** What somebody has of holiday in a year, in days of their contract. */
export interface LeaveBalance {
  readonly year: number;
  /** Days of the year and those brought along; null: no allowance is known. */
  readonly allowanceDays: number | null;
  /** Granted before the plan's first day, and from it on. */
  readonly takenDays: number;
  readonly plannedDays: number;
  /** Asked for and not decided. */
  readonly askedDays: number;
  /** Allowance less what is granted; below 0: overdrawn; null: no allowance is known. */
  readonly balanceDays: number | null;
}

/** Days of paid time off that stand for a whole week, as the roster's rules count them. */
const workingDaysPerWeek = 5;
/** Of a day of leave by the hour, what counts as the whole day. */
const minutesOfDay = 480;

/**
 * Allowance, granted and asked holiday of one person in a calendar year.
 *
 * Counts as the contract counts work: days that are never worked, and days before the first or after the last of the
 * employment, cost nothing; a week costs at most five days, or as many as somebody can work in it. Hours count as parts
 * of eight. Days away that no request explains (of an imported list, of a click on the roster) are holiday. Past periods
 * count as they were published. Public holidays are days like any other.
 *
 * @example leaveBalance(document, "4711", 2026).balanceDays // 30 + 2 carried over − 5 granted: 27
 */
export function leaveBalance(document: PlanDocument, agentId: string, year: number): LeaveBalance {
  const { plan } = document;
  const agent = plan.agents.find(({ id }) => id === agentId);
  const requests = (plan.leave?.requests ?? []).filter((request) => request.agentId === agentId);
  const isInYear = (date: LocalDate) => date.startsWith(`${year}-`);
  const granted = requests.filter(({ state }) => state === "granted");
  const otherwise = new Set(
    granted.flatMap((request) => (request.kind === "holiday" ? [] : datesOfRequest(request))),
  );
  const away = new Set<LocalDate>(agent?.daysOff ?? []);
  for (const past of document.past ?? [])
    for (const date of past.plan.agents.find(({ id }) => id === agentId)?.daysOff ?? [])
      if (date < plan.firstDate) away.add(date);
  for (const request of granted)
    if (request.kind === "holiday" && request.hours === undefined)
      for (const date of datesOfRequest(request)) if (date < plan.firstDate) away.add(date);
  const days = [...away].filter((date) => isInYear(date) && !otherwise.has(date));
  const count = (dates: readonly LocalDate[]) =>
    agent === undefined ? dates.length : contractDays(agent, dates);
  const hoursOf = (list: readonly LeaveRequest[], isMeant: (date: LocalDate) => boolean) =>
    list
      .filter(({ kind, hours }) => kind === "holiday" && hours !== undefined)
      .reduce((sum, request) => {
        const length = (request.hours?.toMinute ?? 0) - (request.hours?.fromMinute ?? 0);
        const dates = datesOfRequest(request).filter((date) => isInYear(date) && isMeant(date));
        return sum + count(dates) * Math.min(1, length / minutesOfDay);
      }, 0);
  const isPast = (date: LocalDate) => date < plan.firstDate;
  const takenDays = count(days.filter(isPast)) + hoursOf(granted, isPast);
  const plannedDays = count(days) - count(days.filter(isPast)) + hoursOf(granted, (date) => !isPast(date));
  const asked = requests.filter(({ state, kind }) => state === "asked" && kind === "holiday");
  const askedDates = asked
    .filter(({ hours }) => hours === undefined)
    .flatMap(datesOfRequest)
    .filter((date) => isInYear(date) && !away.has(date));
  const askedDays = count([...new Set([...days, ...askedDates])]) - count(days) + hoursOf(asked, () => true);
  const allowanceDays = allowanceOf(plan.leave?.allowances ?? [], agentId, year);
  return {
    year,
    allowanceDays,
    takenDays,
    plannedDays,
    askedDays,
    balanceDays: allowanceDays === null ? null : allowanceDays - takenDays - plannedDays,
  };
}

function allowanceOf(allowances: readonly LeaveAllowance[], agentId: string, year: number): number | null {
  const last = allowances
    .filter((entry) => entry.agentId === agentId && entry.year <= year)
    .reduce<LeaveAllowance | null>(
      (best, entry) => (best === null || entry.year >= best.year ? entry : best),
      null,
    );
  if (last === null) return null;
  return last.daysPerYear + (last.year === year ? last.carriedOverDays : 0);
}

/** How many days of work a set of dates stands for. */
export function contractDays(
  agent: Pick<Agent, "availability" | "joined" | "lastDate">,
  dates: readonly LocalDate[],
): number {
  const weekdays = new Set(agent.availability?.map(({ weekday }) => weekday) ?? [1, 2, 3, 4, 5, 6, 7]);
  const byWeek = new Map<LocalDate, number>();
  for (const date of new Set(dates)) {
    const weekday = weekdayOf(date);
    if (!weekdays.has(weekday) || !isEmployedOn(agent, date)) continue;
    const monday = addDays(date, 1 - weekday);
    byWeek.set(monday, (byWeek.get(monday) ?? 0) + 1);
  }
  const most = Math.min(workingDaysPerWeek, weekdays.size);
  return [...byWeek.values()].reduce((sum, days) => sum + Math.min(most, days), 0);
}
