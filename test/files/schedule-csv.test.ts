import { describe, expect, test } from "vitest";
import { createIntervalGrid } from "../../src/domain/calendar/interval-grid.ts";
import type { Plan } from "../../src/domain/plan/plan.ts";
import type { Roster } from "../../src/domain/plan/roster.ts";
import type { Shift } from "../../src/domain/plan/shift.ts";
import { readRosterCsv, scheduleCsv } from "../../src/files/schedule-csv.ts";

/** Three days in Berlin around the 25-hour day. */
const grid = createIntervalGrid("Europe/Berlin", 15, "2026-10-24", 3);

function shift(id: string, date: string, startMinute: number): Shift {
  return {
    id,
    templateId: "early",
    groupId: "voice",
    date,
    startMinute,
    endMinute: startMinute + 480,
    activities: [
      { kind: "work", startMinute, endMinute: startMinute + 240, paid: true },
      { kind: "meal", startMinute: startMinute + 240, endMinute: startMinute + 270, paid: false },
      { kind: "work", startMinute: startMinute + 270, endMinute: startMinute + 480, paid: true },
    ],
    pinned: false,
  };
}

const saturday = shift("s1", "2026-10-24", 420);
const sunday = shift("s2", "2026-10-25", 1440 + 60);
const roster: Roster = {
  grid,
  assignments: [
    { agentId: "a", shift: saturday, pinned: true },
    { agentId: "b", shift: sunday, pinned: false },
  ],
  unassigned: [shift("s3", "2026-10-26", 1500 + 1440)],
  violations: [],
  status: "optimal",
  objective: 0,
  bound: null,
  seconds: null,
};
const agent = {
  team: "",
  groupId: "voice",
  contractId: "c",
  proficiency: 1,
  joined: "2020-01-01",
  daysOff: [],
  wishes: [],
};
const plan = {
  agents: [
    { ...agent, id: "a", name: "Ada, the first" },
    { ...agent, id: "b", name: "Ben" },
  ],
  groups: [{ id: "voice", name: "Voice", queueIds: ["Voice"] }],
  templates: [{ id: "early", name: "Early" }],
} as unknown as Plan;
const text = scheduleCsv(plan, roster);
const read = (edited: string) => readRosterCsv(edited, "roster.csv", plan, roster);

describe("a roster that comes back", () => {
  test("unchanged it is the same, in the repeated hour and with its pin", () => {
    expect(read(text)).toEqual({ ok: true, value: roster.assignments, issues: [] });
    expect(
      read(text.replaceAll("\n", "\r\n").replaceAll(",", ";").replaceAll('"Ada; the first"', "Ada")).issues,
    ).toEqual([]);
  });

  test("another name in a row is another assignment", () => {
    const outcome = read(text.replaceAll(/b,Ben,s2/g, "a,Ada,s2"));
    expect(outcome.ok && outcome.value.map(({ agentId, shift: { id } }) => [agentId, id])).toEqual([
      ["a", "s1"],
      ["a", "s2"],
    ]);
  });

  test("bad rows are named with line and column and take their shift with them", () => {
    const codes = (edited: string) =>
      read(edited).issues.map(({ code, line, column }) => [code, line, column]);
    expect(codes(text.replace("b,Ben,s2", "z,Zoe,s2"))).toEqual([["rosterFile.unknownAgent", 5, "agent_id"]]);
    expect(codes(text.replace("2026-10-24T07:00:00+02:00", "seven"))).toEqual([
      ["rosterFile.unparsableTime", 2, "start"],
    ]);
    expect(codes(text.replace("s1,meal", "s1,siesta"))).toEqual([["rosterFile.badActivity", 3, "activity"]]);
    expect(codes(text.replace("agent_id", "who"))).toEqual([["rosterFile.missingColumn", 1, "agent_id"]]);
    expect(read("").ok).toBe(false);
    expect(codes(text.split("\n")[0])).toEqual([["rosterFile.nothing", undefined, undefined]]);
  });
});
