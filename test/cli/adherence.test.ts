import { readFileSync, writeFileSync } from "node:fs";
import { beforeAll, expect, test } from "vitest";
import { minuteIso } from "../../src/domain/calendar/interval-grid.ts";
import { withShiftsFreed } from "../../src/domain/plan/edit-people.ts";
import { publishRoster } from "../../src/domain/plan/roster-changes.ts";
import { planFileText, readPlanFile } from "../../src/files/plan-file.ts";
import { staffedPlan } from "../leave/staffed-plan.ts";
import { shiftwrightHere } from "./in-process.ts";
import { scratchFolder } from "./shiftwright.ts";

const scratch = scratchFolder();
const [plan, log, next] = ["plan.json", "log.csv", "next.json"].map((name) => scratch.pathOf(name));
const document = staffedPlan({ days: 2 });
const { grid, assignments } = document.results.roster!.value;

/** Everybody works their first day as planned, but for the last of ten hours, which is "Blue". */
beforeAll(() => {
  writeFileSync(plan, planFileText(document));
  const rows = assignments
    .filter(({ shift }) => shift.date === "2026-11-02")
    .flatMap(({ agentId, shift }) => {
      const iso = (minute: number) => minuteIso(grid, minute);
      const last = shift.endMinute - 60;
      return [
        `${agentId},${iso(shift.startMinute)},${iso(last)},Available`,
        `${agentId},${iso(last)},${iso(shift.endMinute)},Blue`,
      ];
    });
  writeFileSync(log, `agent,start,end,state\n${rows.join("\n")}\n`);
});

const adherence = (...args: string[]) => shiftwrightHere(["adherence", plan, log, ...args]);

test("shiftwright adherence says who was where, what is lost, and which state it does not know", async () => {
  const ended = await adherence();
  expect(ended.status, ended.error).toBe(0);
  expect(ended.error).toContain("(stateLog.unknownState)");
  expect(ended.error).toContain("Blue: away, unknown (600 min)");
  expect(ended.error).toContain("adherence 90.0 %, conformance 90.0 %, shrinkage 10.0 %");
  const rows = ended.output.trim().split("\n");
  expect(rows).toHaveLength(1 + 2 * 10);
  expect(rows[1]).toBe("2026-11-02,voice-0,Agent voice-0,600,90,600,540,90");
  expect((await adherence("--by", "interval")).output.split("\n")[0]).toMatch(/^interval_start,agent_id/);
});

test("shiftwright adherence takes a state for what it is told, and writes the shrinkage that was", async () => {
  const blue = await adherence("--state", "Blue=working", "--json");
  expect(JSON.parse(blue.output)).toMatchObject({ adherence: 1, conformance: 1, shrinkage: 0 });
  const ended = await adherence("--state", "Blue=break", "--out", next);
  expect(ended.status, ended.error).toBe(0);
  const read = readPlanFile(readFileSync(next));
  if (!read.ok) throw new Error("not read");
  const { shrinkage, stateMeanings } = read.value.plan;
  expect(stateMeanings).toEqual([{ state: "Blue", kind: "break" }]);
  expect(1 - shrinkage.reduce((left, { share }) => left * (1 - share), 1)).toBeCloseTo(0.1, 5);
  expect((await adherence("--state", "Blue=gone")).status).toBe(2);
});

test("shiftwright adherence holds the log against a published version, with who was taken off later", async () => {
  const published = publishRoster(document, { publishedAt: "2026-11-01T10:00:00Z", note: "" });
  if (!published.ok) throw new Error("not published");
  const sick = withShiftsFreed(published.value, ({ agentId }) => agentId === "voice-0");
  const path = scratch.pathOf("sick.json");
  writeFileSync(path, planFileText(sick));
  const without = scratch.pathOf("without.csv");
  writeFileSync(without, readFileSync(log, "utf8").replace(/^voice-0,.*\n/gm, ""));
  const as = async (...args: string[]) =>
    JSON.parse(
      (await shiftwrightHere(["adherence", path, without, "--state", "Blue=working", "--json", ...args]))
        .output,
    );
  expect(await as()).toMatchObject({ shrinkage: 0, absentIds: [] });
  expect(await as("--against", "1")).toMatchObject({
    shrinkage: expect.closeTo(0.1, 9),
    absentIds: ["voice-0"],
  });
  const ended = await shiftwrightHere(["adherence", path, without, "--against", "2"]);
  expect([ended.status, ended.error]).toEqual([1, expect.stringContaining("(publish.noVersion)")]);
});

test("shiftwright adherence refuses a log of other days and a plan without a roster", async () => {
  const other = scratch.pathOf("other.csv");
  writeFileSync(other, "agent,start,end,state\nvoice-0,2027-11-02 08:00,2027-11-02 12:00,Available\n");
  const ended = await shiftwrightHere(["adherence", plan, other]);
  expect([ended.status, ended.error]).toEqual([1, expect.stringContaining("(adherence.otherDays)")]);
  const bare = scratch.pathOf("bare.json");
  writeFileSync(bare, planFileText({ ...document, results: { ...document.results, roster: null } }));
  expect((await shiftwrightHere(["adherence", bare, log])).error).toContain("(adherence.noRoster)");
});
