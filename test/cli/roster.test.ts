import Papa from "papaparse";
import { expect, test } from "vitest";
import { noResults } from "../../src/domain/plan/no-results.ts";
import { planFileText } from "../../src/files/plan-file.ts";
import { smallDocument } from "../app/sample-document.ts";
import { made } from "../builders.ts";
import { agent, contract, input, shift, template } from "../rostering/small-plan.ts";
import { scratchFolder, shiftwright } from "./shiftwright.ts";

const scratch = scratchFolder();

/** Ada and Ben, and a shift on each of four days, two of them at the same time. */
const shifts = [shift(0, 8), shift(0, 8), shift(1, 8), shift(2, 8)].map((one, at) => ({
  ...one,
  id: `s${at}`,
}));
const { schedule } = input(shifts, []);
const { plan } = smallDocument();
const document = {
  plan: {
    ...plan,
    intervalMinutes: 15 as const,
    firstDate: "2026-10-19",
    dayCount: 14,
    groups: [{ id: "voice", name: "Voice", queueIds: ["voice"] }],
    templates: [template],
    contracts: [contract],
    agents: [agent("a1", { name: "Ada Berg" }), agent("b2", { name: "Ben Cole" })],
  },
  history: null,
  results: { ...noResults, schedule: made(schedule!) },
};
const planFile = scratch.file("plan.json", planFileText(document));

test("roster: every shift of a plan is given to one agent, the same bytes twice", () => {
  const run = shiftwright(["roster", planFile]);
  expect(run.status, run.error).toBe(0);
  expect(run.error).toContain("hard violations 0, shifts taken 100.0 %");
  const rows = Papa.parse<Record<string, string>>(run.output, { header: true, skipEmptyLines: true }).data;
  const given = new Map(rows.map((row) => [row.shift_id, row.agent_id]));
  expect([...given.keys()].sort()).toEqual(["s0", "s1", "s2", "s3"]);
  // Nobody works two shifts at once.
  expect(given.get("s0")).not.toBe(given.get("s1"));
  expect(shiftwright(["roster", planFile]).output).toBe(run.output);
});

test("roster --explain: who could take an open shift if one thing gave way, and what closes it", () => {
  const away = [
    agent("a1", { name: "Ada Berg", daysOff: ["2026-10-19"] }),
    agent("b2", { name: "Ben Cole" }),
  ];
  const file = scratch.file(
    "away.json",
    planFileText({ ...document, plan: { ...document.plan, agents: away } }),
  );
  const run = shiftwright(["roster", file, "--explain"]);
  expect(run.status, run.error).toBe(0);
  const rows = Papa.parse<Record<string, string>>(run.output, { header: true, skipEmptyLines: true }).data;
  expect(
    rows.map(({ date, queues, cause, if_one_gave_way }) => [date, queues, cause, if_one_gave_way]),
  ).toEqual([["2026-10-19", "voice", "leave", "a1:leave"]]);
  expect(run.error).toContain("leave a1 2026-10-19: closes 1 of 1");
  const coded = shiftwright(["roster", file, "--explain", "--json", "--codes"]);
  expect(coded.output).not.toMatch(/Ada|Ben|"a1"/);
  expect(JSON.parse(coded.output)).toMatchObject({ open: [{ cause: "leave" }], fixes: [{ closes: 1 }] });
});

test("roster: codes in place of names, JSON, and a ledger for the next period", () => {
  const ledger = scratch.pathOf("ledger.csv");
  const run = shiftwright(["roster", planFile, "--codes", "--json", "--ledger-out", ledger]);
  expect(run.status, run.error).toBe(0);
  expect(run.output).not.toMatch(/Ada|Ben|a1|b2/);
  const { assignments, violations } = JSON.parse(run.output);
  expect(assignments).toHaveLength(4);
  expect(violations).toEqual([]);
  const again = shiftwright([
    "roster",
    planFile,
    "--ledger",
    scratch.file("next.csv", "agent_id,weekends\na1,2\n"),
  ]);
  expect(again.status, again.error).toBe(0);
});

test("roster: an instance of the public benchmark, its price worked out by hand", () => {
  // One person, two days; the first day's early shift is wanted by the cover (100 if missing), the second's by nobody.
  const instance = scratch.file(
    "instance.txt",
    `SECTION_HORIZON
7

SECTION_SHIFTS
E,480,

SECTION_STAFF
A,E=7,3360,0,5,1,1,1

SECTION_DAYS_OFF
A,6

SECTION_SHIFT_ON_REQUESTS
A,1,E,3

SECTION_SHIFT_OFF_REQUESTS
A,0,E,2

SECTION_COVER
0,E,1,100,1
1,E,0,100,5
`,
  );
  const run = shiftwright(["roster", instance, "--format", "curtois-qu", "--json"]);
  expect(run.status, run.error).toBe(0);
  // Working day 0 costs 2 instead of 100; not working day 1 costs 3 instead of 5.
  expect(JSON.parse(run.output)).toMatchObject({ status: "optimal", objective: 5, bound: 5 });
});

test("roster: no shifts, no roster, and the code says why", () => {
  const bare = scratch.file("bare.json", planFileText({ ...document, results: noResults }));
  const run = shiftwright(["roster", bare]);
  expect([run.status, run.output]).toEqual([1, ""]);
  expect(run.error).toContain("roster.noShifts");
  expect(shiftwright(["roster", planFile, "--layout", "other"]).status).toBe(2);
});

test("roster --only: one date is given out again, everybody's other days stay", () => {
  const first = scratch.file("first.json", "");
  shiftwright(["roster", planFile, "--out", first]);
  const assigned = (text: string) =>
    JSON.parse(text).assignments.map(
      (one: { agentId: string; shiftId: string }) => `${one.agentId} ${one.shiftId}`,
    );
  const before = assigned(shiftwright(["roster", planFile, "--json"]).output);
  const run = shiftwright(["roster", first, "--only", "2026-10-20", "--json"]);
  expect(run.error).toMatch(/person-days that move: \d+/);
  const held = (list: string[]) => list.filter((one) => !one.endsWith("s2")).sort();
  expect(held(assigned(run.output))).toEqual(held(before));
});
