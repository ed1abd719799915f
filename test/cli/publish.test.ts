import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { beforeAll, describe, expect, test } from "vitest";
import { withShiftsFreed } from "../../src/domain/plan/edit-people.ts";
import type { PlanDocument } from "../../src/domain/plan/plan.ts";
import { planFileText, readPlanFile } from "../../src/files/plan-file.ts";
import { personCalendar } from "../files/person-calendar.ts";
import { staffedPlan } from "../leave/staffed-plan.ts";
import { shiftwrightHere } from "./in-process.ts";
import { scratchFolder } from "./shiftwright.ts";

const scratch = scratchFolder();
const document = staffedPlan({ days: 2 });
const [plan, first, edited, second] = ["plan.json", "first.json", "edited.json", "second.json"].map((name) =>
  scratch.pathOf(name),
);
const publish = (...args: string[]) => shiftwrightHere(["publish", ...args]);
const read = (path: string): PlanDocument => {
  const outcome = readPlanFile(readFileSync(path));
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.issues));
  return outcome.value;
};

describe("shiftwright publish", () => {
  beforeAll(() => writeFileSync(plan, planFileText(document)));

  test("writes the plan with its first version, the same bytes each time", async () => {
    const ended = await publish(plan, "--note", "Start", "--at", "2026-11-01T12:00:00+01:00", "--out", first);
    expect(ended.status, ended.error).toBe(0);
    expect(ended.output.trim().split("\n")).toHaveLength(21);
    expect(read(first).published?.versions).toMatchObject([
      {
        note: "Start",
        publishedAt: "2026-11-01T11:00:00.000Z",
        firstDate: "2026-11-02",
        lastDate: "2026-11-03",
      },
    ]);
    const again = scratch.pathOf("again.json");
    await publish(plan, "--note", "Start", "--at", "2026-11-01T11:00:00Z", "--out", again);
    expect(readFileSync(again, "utf8")).toBe(readFileSync(first, "utf8"));
  });

  test("says what changed since, and writes calendars in which it changes", async () => {
    const before = read(first);
    const without = withShiftsFreed(
      before,
      ({ agentId, shift }) => agentId === "voice-0" && shift.date === "2026-11-02",
    );
    writeFileSync(edited, planFileText(without));
    const changes = await publish(edited);
    expect(
      changes.output
        .trim()
        .split("\n")
        .slice(1)
        .map((row) => row.split(",").slice(0, 4)),
    ).toEqual([["2026-11-02", "voice-0", "Agent voice-0", "dropped"]]);
    const [one, two] = [scratch.pathOf("one"), scratch.pathOf("two")];
    const warned = await publish(edited, "--since", "0", "--calendars", one);
    expect(warned.error).toContain("(publish.openChanges)");
    expect(readdirSync(one)).toHaveLength(10);
    const ended = await publish(edited, "--out", second, "--calendars", two);
    expect([ended.status, ended.error]).toEqual([0, ""]);
    expect(readdirSync(two)).toEqual(["agent-voice-0-voice-0-cancelled.ics"]);
    const calendar = personCalendar();
    const file = (path: string) => readFileSync(path, "utf8");
    calendar.open({ events: file(`${one}/agent-voice-0-voice-0.ics`), cancelled: null });
    calendar.open({ events: null, cancelled: file(`${two}/agent-voice-0-voice-0-cancelled.ics`) });
    expect(calendar.shown().map(({ start }) => start.date.toISOString().slice(0, 10))).toEqual([
      "2026-11-03",
    ]);
  });

  test("says who is meant, and refuses what is not there", async () => {
    const json = await publish(edited, "--person", "Agent voice-0", "--json");
    expect(JSON.parse(json.output)).toMatchObject({ since: 1, version: 1, people: [{ agentId: "voice-0" }] });
    expect((await publish(edited, "--person", "agent voice-1")).output.trim().split("\n")).toHaveLength(1);
    const refused = [
      [await publish(edited, "--since", "9"), "publish.noVersion"],
      [await publish(edited, "--person", "Nobody"), "publish.unknownPerson"],
      [await publish(plan, "--calendars", scratch.pathOf("none")), "publish.notPublished"],
    ] as const;
    for (const [ended, code] of refused)
      expect([ended.status, ended.error]).toEqual([1, expect.stringContaining(code)]);
    expect((await publish(plan, "--at", "tomorrow")).status).toBe(2);
    const bare = scratch.pathOf("bare.json");
    writeFileSync(bare, planFileText({ ...document, results: { ...document.results, roster: null } }));
    expect((await publish(bare)).error).toContain("(publish.noRoster)");
  });

  test("publishes what shiftwright roster has just built", async () => {
    const built = scratch.pathOf("built.json");
    const ended = await shiftwrightHere(["roster", plan, "--out", built, "--publish", "Built"]);
    expect(ended.status, ended.error).toBe(0);
    const { published, results } = read(built);
    expect(published?.versions).toMatchObject([{ note: "Built" }]);
    expect(published?.versions[0].changes).toHaveLength(results.roster!.value.assignments.length);
    expect((await publish(built)).output.trim().split("\n")).toHaveLength(1);
    expect((await shiftwrightHere(["roster", plan, "--publish", "Built"])).status).toBe(2);
  });
});
