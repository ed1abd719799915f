import { readFileSync, writeFileSync } from "node:fs";
import { beforeAll, describe, expect, test } from "vitest";
import type { PlanDocument } from "../../src/domain/plan/plan.ts";
import { planFileText, readPlanFile } from "../../src/files/plan-file.ts";
import { leaveLimits } from "../../src/leave/leave-limit.ts";
import { staffedPlan } from "../leave/staffed-plan.ts";
import { shiftwrightHere } from "./in-process.ts";
import { scratchFolder } from "./shiftwright.ts";

const scratch = scratchFolder();
const document = staffedPlan({ days: 2 });
let path = "";
beforeAll(() => {
  path = scratch.pathOf("plan.json");
  writeFileSync(path, planFileText(document));
});

const leave = (...args: string[]) => shiftwrightHere(["leave", path, ...args]);

const read = (file: string): PlanDocument => {
  const outcome = readPlanFile(readFileSync(file));
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.issues));
  return outcome.value;
};

describe("shiftwright leave", () => {
  test("prints the limit of each day and group as a table, CSV and JSON", async () => {
    const { plan, results } = document;
    const limits = leaveLimits({
      plan,
      requirement: results.requirement!.value,
      roster: results.roster!.value,
    });
    const { more, short } = limits.groups[0].days[0];
    const csv = await leave("--csv");
    expect(csv.status, csv.error).toBe(0);
    expect(csv.output.split("\n").slice(0, 2)).toEqual([
      "date,group,people,away,more_may_be_off,short,basis",
      `2026-11-02,voice,6,0,${more},${short},roster`,
    ]);
    expect(JSON.parse((await leave("--json")).output)).toEqual(limits);
    expect((await leave()).output.split("\n")[1]).toMatch(
      new RegExp(`^2026-11-02  voice +6 +0 +${more} +${short}  roster$`),
    );
  });

  test("says what granting costs, writes the plan with it, and repeats its bytes", async () => {
    const [one, two] = ["one.json", "two.json"].map((name) => scratch.pathOf(name));
    const grant = ["--grant", "Agent voice-0:2026-11-02", "--replications", "8", "--out"];
    const first = await leave(...grant, one);
    expect(first.status, first.error).toBe(0);
    expect(first.output).toContain("1 shifts open, 10 paid hours");
    await leave(...grant, two);
    expect(readFileSync(one, "utf8")).toBe(readFileSync(two, "utf8"));
    const { plan, results } = read(one);
    expect(plan.agents.find(({ id }) => id === "voice-0")?.daysOff).toEqual(["2026-11-02"]);
    expect(plan.leave?.requests).toMatchObject([{ agentId: "voice-0", state: "granted" }]);
    expect(results.roster?.value.unassigned).toHaveLength(1);
    const again = await shiftwrightHere(["leave", one, ...grant.slice(0, 4)]);
    expect([again.status, again.error]).toEqual([1, expect.stringContaining("(leave.alreadyGranted)")]);
  });

  test("costs as JSON hold the interval of the difference", async () => {
    const { output } = await leave(
      "--grant",
      "voice-0:2026-11-02..2026-11-03",
      "--replications",
      "8",
      "--json",
    );
    const { days, total, replications } = JSON.parse(output);
    expect([days.length, total.length, replications]).toEqual([2, 2, 8]);
    expect(total[0].difference).toEqual({ value: expect.any(Number), halfWidth: expect.any(Number) });
  });

  test("says in a sentence what is wrong", async () => {
    const nobody = await leave("--grant", "Nobody:2026-11-02");
    expect([nobody.status, nobody.output]).toEqual([1, ""]);
    expect(nobody.error).toContain("There is nobody called “Nobody” in the plan.");
    expect((await leave("--grant", "voice-0")).status).toBe(2);
    expect((await leave("--grant", "voice-0:2026-02-30")).status).toBe(2);
    expect((await leave("--out", scratch.pathOf("x.json"))).status).toBe(2);
    expect((await leave("--csv", "--json")).status).toBe(2);
    const bare = scratch.pathOf("bare.json");
    writeFileSync(bare, planFileText({ ...document, results: { ...document.results, requirement: null } }));
    const { error } = await shiftwrightHere(["leave", bare]);
    expect(error).toContain("(leave.noRequirement)");
  });
});
