import { addDays, type LocalDate } from "../domain/calendar/clock.ts";
import { dateOfDay, instantOfMinute } from "../domain/calendar/interval-grid.ts";
import type { PriorRoster, PriorShift, Roster } from "../domain/plan/roster.ts";
import { paidMinutes } from "../rostering/problem/shift-kinds.ts";

/** So far back rules look: the longest runs of days, and four weekends. */
export const priorDayCount = 28;

/**
 * The last four weeks before a period, as a roster has them and, before its first day, the end of the roster that was
 * before it. Of several shifts of one day the last counts.
 */
export function priorRosterOf(
  roster: Pick<Roster, "grid" | "assignments">,
  before: PriorRoster | undefined,
  agentIds: readonly string[],
  firstDate: LocalDate,
): PriorRoster {
  const { grid, assignments } = roster;
  const lastOfRoster = dateOfDay(grid, grid.dayCount - 1);
  const lastDate = lastOfRoster < firstDate ? lastOfRoster : addDays(firstDate, -1);
  const adjoins = before !== undefined && addDays(before.lastDate, 1) >= grid.firstDate;
  const knownFrom = adjoins && before.firstDate < grid.firstDate ? before.firstDate : grid.firstDate;
  const earliest = addDays(firstDate, -priorDayCount);
  const begin = knownFrom > earliest ? knownFrom : earliest;
  const instant = (minute: number) => new Date(instantOfMinute(grid, minute) * 1000).toISOString();
  const shiftsOf = new Map(agentIds.map((agentId) => [agentId, new Map<LocalDate, PriorShift>()]));
  const add = (agentId: string, shift: PriorShift) => {
    const shifts = shiftsOf.get(agentId);
    if (!shifts || shift.date < begin || shift.date > lastDate) return;
    const other = shifts.get(shift.date);
    if (other === undefined || other.end < shift.end) shifts.set(shift.date, shift);
  };
  if (adjoins)
    for (const { agentId, shifts } of before.people)
      for (const shift of shifts) if (shift.date < grid.firstDate) add(agentId, shift);
  for (const { agentId, shift } of assignments)
    add(agentId, {
      templateId: shift.templateId,
      date: shift.date,
      start: instant(shift.startMinute),
      end: instant(shift.endMinute),
      paidMinutes: paidMinutes(shift),
    });
  return {
    firstDate: begin,
    lastDate,
    people: agentIds.map((agentId) => ({
      agentId,
      shifts: [...shiftsOf.get(agentId)!.values()].sort((a, b) => (a.date < b.date ? -1 : 1)),
    })),
  };
}
