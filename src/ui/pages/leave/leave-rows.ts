import type { LocalDate } from "../../../domain/calendar/clock.ts";
import { datesOfRequest, type Leave, type LeaveRequest, noLeave } from "../../../domain/plan/leave.ts";
import { contractDays } from "../../../domain/plan/leave-balance.ts";
import type { Plan } from "../../../domain/plan/plan.ts";
import { type Agent, isEmployedOn, type Roster } from "../../../domain/plan/roster.ts";
import type { GroupLimits, LeaveLimits } from "../../../leave/leave-limit.ts";

/** A line of the calendar: what a group may still take, or a person. */
export type LeaveRow =
  | { readonly kind: "limit"; readonly name: string; readonly limits: GroupLimits }
  | { readonly kind: "person"; readonly agent: Agent; readonly days: ReadonlyMap<LocalDate, DayState> };

/** What a day is to a person; `off`: no shift in the roster. Days of work have no entry. */
export type DayState = "away" | "asked" | "hours" | "off" | "notEmployed";

export function leaveRows(
  plan: Plan,
  roster: Roster | null,
  limits: LeaveLimits | null,
  dates: readonly LocalDate[],
): LeaveRow[] {
  const names = new Map(plan.groups.map(({ id, name }) => [id, name]));
  const asked = requestsByAgent(plan.leave ?? noLeave, "asked");
  const worked = new Map<string, Set<LocalDate>>();
  for (const { agentId, shift } of roster?.assignments ?? [])
    worked.set(agentId, (worked.get(agentId) ?? new Set()).add(shift.date));
  return [
    ...(limits?.groups ?? []).map(
      (group): LeaveRow => ({
        kind: "limit",
        name: names.get(group.groupId) ?? group.groupId,
        limits: group,
      }),
    ),
    ...plan.agents.map((agent): LeaveRow => {
      const days = new Map<LocalDate, DayState>();
      const askedDates = new Set((asked.get(agent.id) ?? []).flatMap(datesOfRequest));
      const away = new Set(agent.daysOff);
      const hours = new Set(agent.unavailable?.map(({ date }) => date));
      for (const date of dates) {
        const state = !isEmployedOn(agent, date)
          ? "notEmployed"
          : away.has(date)
            ? "away"
            : askedDates.has(date)
              ? "asked"
              : hours.has(date)
                ? "hours"
                : roster !== null && !worked.get(agent.id)?.has(date)
                  ? "off"
                  : null;
        if (state !== null) days.set(date, state);
      }
      return { kind: "person", agent, days };
    }),
  ];
}

/** Days of leave of one person in a month of a year, as the contract counts them: granted, and asked for besides. */
export function leaveInMonth(
  plan: Plan,
  agent: Agent,
  year: number,
  month: number,
): { readonly away: number; readonly asked: number } {
  const prefix = `${year}-${String(month).padStart(2, "0")}-`;
  const isIn = (date: LocalDate) => date.startsWith(prefix);
  const granted = (plan.leave?.requests ?? []).filter(
    ({ agentId, state, hours, toDate }) =>
      // What was granted before the plan's first day is no longer among the days off.
      agentId === agent.id && state === "granted" && hours === undefined && toDate < plan.firstDate,
  );
  const away = new Set([...agent.daysOff, ...granted.flatMap(datesOfRequest)].filter(isIn));
  const wanted = requestsByAgent(plan.leave ?? noLeave, "asked").get(agent.id) ?? [];
  const all = new Set([...away, ...wanted.flatMap(datesOfRequest).filter(isIn)]);
  const count = contractDays(agent, [...away]);
  return { away: count, asked: contractDays(agent, [...all]) - count };
}

function requestsByAgent(
  { requests }: Leave,
  state: LeaveRequest["state"],
): ReadonlyMap<string, readonly LeaveRequest[]> {
  const byAgent = new Map<string, LeaveRequest[]>();
  for (const request of requests)
    if (request.state === state)
      byAgent.set(request.agentId, [...(byAgent.get(request.agentId) ?? []), request]);
  return byAgent;
}
