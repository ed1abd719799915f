import { describe, expect, test } from "vitest";
import { samplePlan } from "../../../../sample-data/plan.ts";
import { createIntervalGrid } from "../../../../src/domain/calendar/interval-grid.ts";
import type { Roster } from "../../../../src/domain/plan/roster.ts";
import { formatFor } from "../../../../src/ui/kit/format.ts";
import { gridLines, matchingRows } from "../../../../src/ui/pages/roster/grid-lines.ts";
import { datesOf, rowMaker } from "../../../../src/ui/pages/roster/roster-rows.ts";
import { type RowPicture, rowHtml } from "../../../../src/ui/pages/roster/row-html.ts";
import { templateLooks } from "../../../../src/ui/pages/roster/shift-words.ts";

const sample = samplePlan();
const grid = createIntervalGrid("Europe/Berlin", 15, "2026-11-02", 7);
const agent = { ...sample.agents[0], daysOff: [], wishes: [] };
const plan = {
  ...sample,
  agents: [
    { ...agent, id: "a", name: '<b onclick="x">Zoë & Co', team: "North" },
    { ...agent, id: "b", name: "Ben", team: "South", daysOff: ["2026-11-04"] },
    { ...agent, id: "c", name: "Cem", team: "North" },
  ],
};
const shift = (id: string, day: number) => ({
  id,
  templateId: plan.templates[0].id,
  groupId: agent.groupId,
  date: `2026-11-0${2 + day}`,
  startMinute: day * 1440 + 420,
  endMinute: day * 1440 + 900,
  activities: [
    { kind: "work" as const, startMinute: day * 1440 + 420, endMinute: day * 1440 + 900, paid: true },
  ],
  pinned: false,
});
const roster: Roster = {
  grid,
  assignments: [
    { agentId: "a", shift: shift("s1", 0), pinned: true },
    { agentId: "b", shift: shift("s2", 1), pinned: false },
    { agentId: "b", shift: shift("s3", 2), pinned: false },
  ],
  unassigned: [],
  violations: [
    { rule: "shiftOffWish", agentId: "b", date: "2026-11-03", penalty: 3 },
    { rule: "availability", agentId: "b", date: "2026-11-04", penalty: null },
  ],
  status: "optimal",
  objective: 3,
  bound: null,
  seconds: null,
};
const choice = { search: "", groupId: "", team: "", sorting: "name" as const };
const picture: RowPicture = {
  id: "g",
  grid,
  first: 0,
  end: 7,
  firstDay: 0,
  dayWidth: 120,
  dates: datesOf(grid),
  dateNames: datesOf(grid),
  looks: templateLooks(plan),
  format: formatFor("en"),
  words: {
    free: "free",
    away: "away",
    pinned: "pinned",
    changed: "changed",
    rule: ({ rule, penalty }) => `${rule} ${penalty ?? "hard"}`,
  },
};

describe("rows", () => {
  test("an edit makes only the rows anew that it touches", () => {
    const make = rowMaker();
    const before = make(plan, roster, null);
    expect(make(plan, { ...roster, assignments: [...roster.assignments] }, null)[1]).toBe(before[1]);
    const after = make(plan, { ...roster, assignments: roster.assignments.slice(0, 2) }, null);
    expect([after[0] === before[0], after[1] === before[1], after[2] === before[2]]).toEqual([
      true,
      false,
      true,
    ]);
    expect([before[1].paidMinutes, after[1].paidMinutes]).toEqual([960, 480]);
  });

  test("a proposal's days that differ are told", () => {
    const proposed = { ...roster, assignments: roster.assignments.slice(0, 2) };
    const changed = rowMaker()(plan, proposed, roster).map(
      ({ cells }) => cells.filter((cell) => cell.isChanged).length,
    );
    expect(changed).toEqual([0, 1, 0]);
  });

  test("under headings by team, or by name; a closed heading keeps its count", () => {
    const rows = rowMaker()(plan, roster, null);
    const shown = matchingRows(rows, plan, null, 0, null, choice);
    const lines = gridLines(shown, "team", new Set(["North"]));
    expect(
      lines.map((line) => (line.kind === "heading" ? `${line.name} ${line.agents}` : line.row.agent.id)),
    ).toEqual(["North 2", "South 1", "b"]);
    const byHours = matchingRows(rows, plan, null, 0, null, { ...choice, sorting: "hours" });
    expect(byHours.map(({ agent: { id } }) => id)).toEqual(["b", "a", "c"]);
    expect(matchingRows(rows, plan, null, 0, null, { ...choice, search: "CEM" })).toHaveLength(1);
  });

  test("what people typed stays text, and broken rules are named with their price, hard ones first", () => {
    const [first, second] = rowMaker()(plan, roster, null).map((row) => rowHtml(row, picture));
    expect(first).not.toContain("<b onclick");
    expect(first).toContain("&lt;b onclick=&quot;x&quot;&gt;Zoë &amp; Co");
    expect(first).toContain("pinned");
    expect(second).toContain("shiftOffWish 3");
    expect(second).toContain("availability hard");
    expect(second.match(/roster-broken/g)).toHaveLength(1);
  });
});
