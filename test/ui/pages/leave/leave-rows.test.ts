import { expect, test } from "vitest";
import { noLeave } from "../../../../src/domain/plan/leave.ts";
import { leaveInMonth, leaveRows } from "../../../../src/ui/pages/leave/leave-rows.ts";
import { staffedPlan } from "../../../leave/staffed-plan.ts";

const { plan, results } = staffedPlan({ days: 2 });
const asked = {
  id: "leave-1",
  agentId: "voice-0",
  kind: "holiday" as const,
  fromDate: "2026-11-03",
  toDate: "2026-11-03",
  askedOn: null,
  state: "asked" as const,
};
const dates = ["2026-11-02", "2026-11-03"];

test("each day of a person is work, leave, asked for, hours away, free or before the first day", () => {
  const more = [
    { daysOff: ["2026-11-02"] },
    { unavailable: [{ date: "2026-11-02", fromMinute: 540, toMinute: 600 }] },
    { joined: "2026-11-03" },
  ];
  const agents = plan.agents.map((agent, at) => ({ ...agent, ...more[at] }));
  const roster = results.roster!.value;
  const assignments = roster.assignments.filter(
    ({ agentId, shift }) => agentId !== "voice-3" || shift.date === "2026-11-02",
  );
  const leave = { ...noLeave, requests: [asked] };
  const rows = leaveRows({ ...plan, agents, leave }, { ...roster, assignments }, null, dates);
  expect(rows.slice(0, 5).map((row) => (row.kind === "person" ? [...row.days] : null))).toEqual([
    [
      ["2026-11-02", "away"],
      ["2026-11-03", "asked"],
    ],
    [["2026-11-02", "hours"]],
    [["2026-11-02", "notEmployed"]],
    [["2026-11-03", "off"]],
    [],
  ]);
});

test("a month counts what is granted, past or ahead, and beside it what is asked for", () => {
  const past = {
    ...asked,
    id: "leave-2",
    fromDate: "2026-07-06",
    toDate: "2026-07-12",
    state: "granted" as const,
  };
  const [first] = plan.agents;
  const agent = { ...first, daysOff: ["2026-11-02"] };
  const full = { ...plan, leave: { ...noLeave, requests: [asked, past] } };
  expect(leaveInMonth(full, agent, 2026, 11)).toEqual({ away: 1, asked: 1 });
  expect(leaveInMonth(full, agent, 2026, 7)).toEqual({ away: 5, asked: 0 });
});
