import { describe, expect, test } from "vitest";
import { withAgentCodes } from "../../../src/domain/plan/agent-codes.ts";
import {
  grantRequest,
  type NewLeaveRequest,
  requestIssues,
  ungrantRequest,
  withoutRequest,
  withRequest,
} from "../../../src/domain/plan/edit-leave.ts";
import { withAgentKey, withoutAgents } from "../../../src/domain/plan/edit-people.ts";
import { type Leave, noLeave } from "../../../src/domain/plan/leave.ts";
import { contractDays, leaveBalance } from "../../../src/domain/plan/leave-balance.ts";
import type { PlanDocument } from "../../../src/domain/plan/plan.ts";
import type { Agent } from "../../../src/domain/plan/roster.ts";
import { staffedPlan } from "../../leave/staffed-plan.ts";

const request: NewLeaveRequest = {
  agentId: "voice-0",
  kind: "holiday",
  fromDate: "2026-11-03",
  toDate: "2026-11-04",
  askedOn: "2026-10-01",
};

/** A week, everybody at work on every day of it. */
const week = staffedPlan({ days: 7 });

function withLeaveOf(leave: Partial<Leave>, more: Partial<Agent> = {}): PlanDocument {
  const agents = week.plan.agents.map((agent) => (agent.id === "voice-0" ? { ...agent, ...more } : agent));
  return { ...week, plan: { ...week.plan, agents, leave: { ...noLeave, ...leave } } };
}

function granting(document: PlanDocument, asked: NewLeaveRequest): PlanDocument {
  const before = withRequest(document, asked);
  const outcome = grantRequest(before, before.plan.leave!.requests.at(-1)!.id);
  if (!outcome.ok) throw new RangeError(outcome.issues[0].code);
  return outcome.value;
}

const codes = (document: PlanDocument, more: Partial<NewLeaveRequest> = {}) =>
  requestIssues(document, { ...request, ...more }).map(({ code }) => code);
const agentOf = ({ plan }: PlanDocument) => plan.agents.find(({ id }) => id === "voice-0")!;
const datesAtWork = ({ results }: PlanDocument) =>
  results
    .roster!.value.assignments.filter(({ agentId }) => agentId === "voice-0")
    .map(({ shift }) => shift.date);

describe("granting", () => {
  test("days become days off that the roster reads, and the shifts on them open", () => {
    const granted = granting(week, request);
    expect(agentOf(granted).daysOff).toEqual(["2026-11-03", "2026-11-04"]);
    expect(datesAtWork(granted)).toEqual([
      "2026-11-02",
      "2026-11-05",
      "2026-11-06",
      "2026-11-07",
      "2026-11-08",
    ]);
    expect(granted.results.roster!.value.unassigned.map(({ date }) => date)).toEqual([
      "2026-11-03",
      "2026-11-04",
    ]);
    expect(granted.plan.leave!.requests[0]).toMatchObject({ id: "leave-1", state: "granted" });
  });

  test("hours become a time away, and the shift that they cut opens", () => {
    const hours = { fromMinute: 540, toMinute: 660 };
    const granted = granting(week, { ...request, toDate: "2026-11-03", hours });
    expect(agentOf(granted)).toMatchObject({ daysOff: [], unavailable: [{ date: "2026-11-03", ...hours }] });
    expect(datesAtWork(granted)).not.toContain("2026-11-03");
    const evening = granting(week, { ...request, hours: { fromMinute: 1080, toMinute: 1200 } });
    expect(datesAtWork(evening)).toHaveLength(7);
  });

  test("a night that ends on the first day off opens too", () => {
    const roster = week.results.roster!;
    const assignments = roster.value.assignments.map((one) =>
      one.agentId === "voice-0" && one.shift.date === "2026-11-02"
        ? { ...one, shift: { ...one.shift, startMinute: 1320, endMinute: 1800 } }
        : one,
    );
    const nights = {
      ...week,
      results: { ...week.results, roster: { ...roster, value: { ...roster.value, assignments } } },
    };
    expect(datesAtWork(granting(nights, request))).not.toContain("2026-11-02");
  });

  test("granting twice is refused", () => {
    const granted = granting(week, request);
    const again = grantRequest(granted, "leave-1");
    expect(again.ok ? [] : again.issues.map(({ code }) => code)).toEqual(["leave.alreadyGranted"]);
    const unknown = grantRequest(granted, "leave-9");
    expect(unknown.ok ? [] : unknown.issues.map(({ code }) => code)).toEqual(["leave.unknownRequest"]);
  });

  test("taking it back gives back what it took, and leaves what was off before or by another request", () => {
    const off = withLeaveOf({}, { daysOff: ["2026-11-03"] });
    const back = ungrantRequest(granting(off, request), "leave-1", "refused");
    expect(agentOf(back).daysOff).toEqual(["2026-11-03"]);
    expect(back.plan.leave!.requests[0]).toMatchObject({ state: "refused" });
    const both = granting(granting(week, request), {
      ...request,
      fromDate: "2026-11-04",
      toDate: "2026-11-05",
    });
    expect(agentOf(withoutRequest(both, "leave-1")).daysOff).toEqual(["2026-11-04", "2026-11-05"]);
    const hours = { fromMinute: 540, toMinute: 660 };
    const hourly = granting(week, { ...request, hours });
    expect(agentOf(ungrantRequest(hourly, "leave-1", "asked")).unavailable).toBeUndefined();
  });
});

describe("what speaks against a request", () => {
  test("nothing, where all is well", () => {
    expect(codes(week)).toEqual([]);
  });

  test.each([
    ["an unknown person", { agentId: "nobody" }, "leave.unknownPerson"],
    ["an end before the start", { toDate: "2026-11-02" }, "leave.badRange"],
    ["more than a year", { toDate: "2028-11-02" }, "leave.tooLong"],
    ["hours that end before they begin", { hours: { fromMinute: 600, toMinute: 540 } }, "leave.badHours"],
    [
      "days before the first day of work",
      { fromDate: "2019-01-01", toDate: "2019-01-02" },
      "leave.outsideEmployment",
    ],
    ["days outside the period", { fromDate: "2026-12-01", toDate: "2026-12-02" }, "leave.outsidePeriod"],
    ["days partly outside", { toDate: "2026-11-10" }, "leave.partlyOutside"],
  ])("%s", (_, more, code) => {
    expect(codes(week, more)).toEqual([code]);
  });

  test("another request of the same days, a day off already, a pinned shift", () => {
    const twice = withRequest(week, request);
    expect(codes(twice)).toEqual(["leave.overlaps"]);
    expect(codes(twice, { agentId: "voice-1" })).toEqual([]);
    expect(codes(ungrantRequest(twice, "leave-1", "refused"))).toEqual([]);
    expect(codes(withLeaveOf({}, { daysOff: ["2026-11-04"] }))).toEqual(["leave.alreadyOff"]);
    const roster = week.results.roster!;
    const assignments = roster.value.assignments.map((one) => ({ ...one, pinned: true }));
    const pinned = {
      ...week,
      results: { ...week.results, roster: { ...roster, value: { ...roster.value, assignments } } },
    };
    expect(codes(pinned)).toEqual(["leave.pinnedShifts"]);
  });

  test("more days than the balance has", () => {
    const allowances = [{ agentId: "voice-0", year: 2026, daysPerYear: 1, carriedOverDays: 0 }];
    const [issue] = requestIssues(withLeaveOf({ allowances }), request);
    expect(issue).toMatchObject({ code: "leave.overdrawn", values: { days: 1, year: 2026 } });
    expect(codes(withLeaveOf({ allowances }), { kind: "unpaid" })).toEqual([]);
    expect(codes(withLeaveOf({ allowances }), { toDate: "2026-11-03" })).toEqual([]);
  });
});

describe("allowance and balance", () => {
  const allowances = [{ agentId: "voice-0", year: 2026, daysPerYear: 30, carriedOverDays: 2 }];

  test("days granted are taken off what the year has, past and planned apart", () => {
    const asked = withRequest(withLeaveOf({ allowances }), {
      ...request,
      fromDate: "2026-11-05",
      toDate: "2026-11-05",
    });
    const past = granting(asked, { ...request, fromDate: "2026-07-06", toDate: "2026-07-10" });
    const document = granting(past, request);
    expect(leaveBalance(document, "voice-0", 2026)).toEqual({
      year: 2026,
      allowanceDays: 32,
      takenDays: 5,
      plannedDays: 2,
      askedDays: 1,
      balanceDays: 25,
    });
    // Carried over into its own year alone.
    expect(leaveBalance(document, "voice-0", 2027)).toMatchObject({ allowanceDays: 30, balanceDays: 30 });
    expect(leaveBalance(document, "voice-0", 2025)).toMatchObject({ allowanceDays: null, balanceDays: null });
  });

  test("a week of leave costs five days, and a day that is never worked none", () => {
    const all = [
      "2026-11-02",
      "2026-11-03",
      "2026-11-04",
      "2026-11-05",
      "2026-11-06",
      "2026-11-07",
      "2026-11-08",
    ];
    const agent = { joined: "2020-01-01" };
    expect(contractDays(agent, all)).toBe(5);
    const availability = [1, 2, 3].map((weekday) => ({ weekday, fromMinute: 0, toMinute: 1440 }));
    expect(contractDays({ ...agent, availability }, all)).toBe(3);
    expect(contractDays({ ...agent, lastDate: "2026-11-03" }, all)).toBe(2);
  });

  test("hours are parts of eight, other kinds of leave cost nothing, and days away without a request are holiday", () => {
    const hours = { fromMinute: 540, toMinute: 660 };
    const hourly = granting(withLeaveOf({ allowances }), { ...request, toDate: "2026-11-03", hours });
    expect(leaveBalance(hourly, "voice-0", 2026).balanceDays).toBe(31.75);
    const sick = granting(withLeaveOf({ allowances }), { ...request, kind: "sick" });
    expect(leaveBalance(sick, "voice-0", 2026).balanceDays).toBe(32);
    const listed = withLeaveOf({ allowances }, { daysOff: ["2026-11-03"] });
    expect(leaveBalance(listed, "voice-0", 2026).balanceDays).toBe(31);
  });

  test("a balance may fall below zero, and past periods count as they were published", () => {
    const few = [{ agentId: "voice-0", year: 2026, daysPerYear: 1, carriedOverDays: 0 }];
    expect(
      leaveBalance(granting(withLeaveOf({ allowances: few }), request), "voice-0", 2026).balanceDays,
    ).toBe(-1);
    const before = withLeaveOf({}, { daysOff: ["2026-10-05", "2026-10-06"] });
    const past = [{ plan: before.plan, results: before.results, historyLastDate: null }];
    expect(leaveBalance({ ...withLeaveOf({ allowances }), past }, "voice-0", 2026)).toMatchObject({
      takenDays: 2,
    });
  });
});

describe("people who are renamed or go", () => {
  const leave = {
    requests: [{ ...request, id: "leave-1", state: "asked" as const, note: "my sister's wedding" }],
    allowances: [{ agentId: "voice-0", year: 2026, daysPerYear: 30, carriedOverDays: 0 }],
  };

  test("take their requests and allowance with them", () => {
    const renamed = withAgentKey(withLeaveOf(leave), "voice-0", "4711").plan.leave!;
    expect([renamed.requests[0].agentId, renamed.allowances[0].agentId]).toEqual(["4711", "4711"]);
    const gone = withoutAgents(withLeaveOf(leave), new Set(["voice-0"])).plan.leave!;
    expect([gone.requests, gone.allowances]).toEqual([[], []]);
  });

  test("notes do not leave the house with codes in place of names", () => {
    expect(JSON.stringify(withAgentCodes(withLeaveOf(leave)).plan.leave)).not.toContain("wedding");
  });
});
