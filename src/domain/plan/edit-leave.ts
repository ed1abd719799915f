import { daysBetween, type LocalDate } from "../calendar/clock.ts";
import { clockMinuteAt } from "../calendar/interval-grid.ts";
import { fail, type Issue, type Outcome, succeed } from "../outcome.ts";
import { nextId, withShiftsFreed } from "./edit-people.ts";
import {
  datesOfRequest,
  type Leave,
  type LeaveRequest,
  longestLeaveDays,
  noLeave,
  requestsOverlap,
} from "./leave.ts";
import { leaveBalance } from "./leave-balance.ts";
import type { PlanDocument } from "./plan.ts";
import { lastDateOf } from "./plan-period.ts";
import { type Agent, type Assignment, isEmployedOn } from "./roster.ts";

/** A request that is not yet in a plan. */
export type NewLeaveRequest = Omit<LeaveRequest, "id" | "state" | "grantedDates">;

/**
 * What speaks against a request, the gravest first. Errors: `leave.unknownPerson`, `leave.alreadyGranted`,
 * `leave.badRange`, `leave.tooLong`, `leave.badHours`, `leave.outsideEmployment`. Warnings: `leave.outsidePeriod`,
 * `leave.partlyOutside`, `leave.overlaps`, `leave.overdrawn`, `leave.pinnedShifts`. `leave.alreadyOff` (info): on some of its days the person is away already.
 */
export function requestIssues(
  document: PlanDocument,
  request: NewLeaveRequest & { readonly id?: string },
): Issue[] {
  const { plan } = document;
  const agent = plan.agents.find(({ id }) => id === request.agentId);
  const values = {
    person: agent?.name ?? request.agentId,
    from: request.fromDate,
    to: request.toDate,
  };
  const issue = (code: string, severity: Issue["severity"], more: Issue["values"] = {}): Issue => ({
    code: `leave.${code}`,
    severity,
    values: { ...values, ...more },
  });
  if (agent === undefined) return [issue("unknownPerson", "error")];
  const leave = plan.leave ?? noLeave;
  const isGranted = leave.requests.some(({ id, state }) => id === request.id && state === "granted");
  if (isGranted) return [issue("alreadyGranted", "error")];
  if (request.toDate < request.fromDate) return [issue("badRange", "error")];
  const dates = datesOfRequest(request);
  if (dates[dates.length - 1] < request.toDate)
    return [issue("tooLong", "error", { days: longestLeaveDays })];
  if (request.hours !== undefined && request.hours.toMinute <= request.hours.fromMinute)
    return [issue("badHours", "error")];
  const employed = dates.filter((date) => isEmployedOn(agent, date));
  if (employed.length === 0) return [issue("outsideEmployment", "error")];
  const issues: Issue[] = [];
  const inPeriod = dates.filter((date) => date >= plan.firstDate && date <= lastDateOf(plan)).length;
  if (inPeriod === 0) issues.push(issue("outsidePeriod", "warning"));
  else if (inPeriod < dates.length)
    issues.push(issue("partlyOutside", "warning", { count: dates.length - inPeriod }));
  const others = leave.requests.filter(
    (other) =>
      other.id !== request.id &&
      other.state !== "refused" &&
      requestsOverlap(other, { ...request, id: "", state: "asked" }),
  );
  if (others.length > 0) issues.push(issue("overlaps", "warning", { count: others.length }));
  for (const { year, days } of overdraws(document, request))
    issues.push(issue("overdrawn", "warning", { days, year }));
  const pinned = shiftsMet(document, request).filter((one) => one.pinned || one.shift.pinned).length;
  if (pinned > 0) issues.push(issue("pinnedShifts", "warning", { count: pinned }));
  const off = request.hours === undefined ? dates.filter((date) => agent.daysOff.includes(date)).length : 0;
  if (off > 0) issues.push(issue("alreadyOff", "info", { count: off }));
  return issues;
}

/** Years in which a holiday takes more than the balance has, and by how many days. */
function overdraws(
  document: PlanDocument,
  request: NewLeaveRequest & { readonly id?: string },
): { readonly year: number; readonly days: number }[] {
  if (request.kind !== "holiday") return [];
  const leave = document.plan.leave ?? noLeave;
  const granted = leave.requests.filter(({ id, state }) => id !== request.id && state === "granted");
  const alone = withLeave(document, {
    ...leave,
    requests: [...granted, { ...request, id: request.id ?? "", state: "asked" }],
  });
  const years = new Set(datesOfRequest(request).map((date) => Number(date.slice(0, 4))));
  return [...years].flatMap((year) => {
    const { balanceDays, askedDays } = leaveBalance(alone, request.agentId, year);
    const days = balanceDays === null ? 0 : Math.round(10 * (askedDays - balanceDays)) / 10;
    return days > 0 ? [{ year, days }] : [];
  });
}

/** The document with a further request, undecided; its id is new. */
export function withRequest(document: PlanDocument, request: NewLeaveRequest): PlanDocument {
  const leave = document.plan.leave ?? noLeave;
  const added: LeaveRequest = { ...request, id: nextId("leave", leave.requests), state: "asked" };
  return withLeave(document, { ...leave, requests: [...leave.requests, added] });
}

export function withLeave(document: PlanDocument, leave: Leave): PlanDocument {
  return { ...document, plan: { ...document.plan, leave } };
}

/**
 * Grants a request: its days become days off of the person (its hours, times away), and shifts that work in that time
 * become open. Errors: those of `requestIssues`, `leave.unknownRequest`.
 */
export function grantRequest(document: PlanDocument, requestId: string): Outcome<PlanDocument> {
  const request = document.plan.leave?.requests.find(({ id }) => id === requestId);
  if (request === undefined)
    return fail({ code: "leave.unknownRequest", severity: "error", values: { request: requestId } });
  const issues = requestIssues(document, request);
  if (issues.some(({ severity }) => severity === "error")) return fail(...issues);
  const met = new Set(shiftsMet(document, request));
  const freed = withShiftsFreed(document, (assignment) => met.has(assignment));
  const grantedDates: string[] = [];
  const agents = freed.plan.agents.map((other) => {
    if (other.id !== request.agentId) return other;
    const dates = datesOfRequest(request).filter((date) => isEmployedOn(other, date));
    const { hours } = request;
    if (hours !== undefined) {
      grantedDates.push(...dates.filter((date) => !isAwayAt(other, date, hours)));
      return {
        ...other,
        unavailable: [...(other.unavailable ?? []), ...grantedDates.map((date) => ({ date, ...hours }))],
      };
    }
    grantedDates.push(...dates.filter((date) => !other.daysOff.includes(date)));
    return { ...other, daysOff: [...other.daysOff, ...grantedDates].sort() };
  });
  const granted = { ...freed, plan: { ...freed.plan, agents } };
  return succeed(withDecision(granted, request, { state: "granted", grantedDates }), issues);
}

/**
 * Refuses a request, or asks it anew. What was granted is taken back: the days it added are days of work again, unless
 * another granted request holds them. Shifts that it opened stay open.
 */
export function ungrantRequest(
  document: PlanDocument,
  requestId: string,
  state: "asked" | "refused",
): PlanDocument {
  const leave = document.plan.leave ?? noLeave;
  const request = leave.requests.find(({ id }) => id === requestId);
  if (request === undefined || request.state === state) return document;
  const back = new Set(request.state === "granted" ? request.grantedDates : []);
  for (const other of leave.requests)
    if (other !== request && other.state === "granted" && other.agentId === request.agentId)
      if (JSON.stringify(other.hours) === JSON.stringify(request.hours))
        for (const date of datesOfRequest(other)) back.delete(date);
  const agents = document.plan.agents.map((agent) => {
    if (agent.id !== request.agentId || back.size === 0) return agent;
    const { hours } = request;
    if (hours === undefined) return { ...agent, daysOff: agent.daysOff.filter((date) => !back.has(date)) };
    const { unavailable = [], ...rest } = agent;
    const left = unavailable.filter(
      ({ date, fromMinute, toMinute }) =>
        !back.has(date) || fromMinute !== hours.fromMinute || toMinute !== hours.toMinute,
    );
    return left.length > 0 ? { ...rest, unavailable: left } : rest;
  });
  const without = { ...document, plan: { ...document.plan, agents } };
  return withDecision(without, request, { state });
}

/** The document without a request; what was granted is taken back. */
export function withoutRequest(document: PlanDocument, requestId: string): PlanDocument {
  const refused = ungrantRequest(document, requestId, "refused");
  const { leave } = refused.plan;
  if (leave === undefined || leave.requests.every(({ id }) => id !== requestId)) return document;
  return withLeave(refused, { ...leave, requests: leave.requests.filter(({ id }) => id !== requestId) });
}

function withDecision(
  document: PlanDocument,
  request: LeaveRequest,
  decision: Pick<LeaveRequest, "state" | "grantedDates">,
): PlanDocument {
  const leave = document.plan.leave ?? noLeave;
  const { grantedDates: _, ...rest } = request;
  return withLeave(document, {
    ...leave,
    requests: leave.requests.map((other) => (other.id === request.id ? { ...rest, ...decision } : other)),
  });
}

/** Shifts of the roster that work in the time asked for, be it the end of a night that began the day before. */
export function shiftsMet(
  { results }: PlanDocument,
  request: Pick<LeaveRequest, "agentId" | "fromDate" | "toDate" | "hours">,
): readonly Assignment[] {
  if (results.roster === null) return [];
  const { grid, assignments } = results.roster.value;
  const { fromMinute, toMinute } = request.hours ?? { fromMinute: 0, toMinute: 1440 };
  const dates = datesOfRequest(request);
  return assignments.filter(({ agentId, shift }) => {
    if (agentId !== request.agentId) return false;
    const start = clockMinuteAt(grid, shift.startMinute);
    const end = start + shift.endMinute - shift.startMinute;
    return dates.some((date) => {
      const midnight = 1440 * daysBetween(shift.date, date);
      return start < midnight + toMinute && end > midnight + fromMinute;
    });
  });
}

function isAwayAt(
  { unavailable = [] }: Agent,
  date: LocalDate,
  { fromMinute, toMinute }: NonNullable<LeaveRequest["hours"]>,
): boolean {
  return unavailable.some(
    (away) => away.date === date && away.fromMinute <= fromMinute && away.toMinute >= toMinute,
  );
}
