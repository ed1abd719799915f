import { readFileSync } from "node:fs";
import Papa from "papaparse";
import { expect, test } from "vitest";
import { noResults } from "../../src/domain/plan/no-results.ts";
import type { PlanDocument } from "../../src/domain/plan/plan.ts";
import { planFileText, readPlanFile } from "../../src/files/plan-file.ts";
import { requirementStage } from "../../src/stages/requirement.ts";
import { flatForecast, madeFrom, smallDocument } from "../app/sample-document.ts";
import { lopsided, people } from "../closed-loop/lopsided-roster.ts";
import { agent } from "../rostering/small-plan.ts";
import { template } from "../scheduling/small-plans.ts";
import { scratchFolder, shiftwright } from "./shiftwright.ts";

const scratch = scratchFolder();

/** A day of sixty calls an hour and shifts of four or eight hours. */
async function dayPlan(): Promise<PlanDocument> {
  const small = smallDocument();
  const queue = {
    ...small.plan.queues[0],
    openingHours: [{ weekday: 1, openMinute: 480, closeMinute: 1080 }],
  };
  let document: PlanDocument = {
    ...small,
    plan: {
      ...small.plan,
      dayCount: 1,
      queues: [queue],
      templates: [
        template("day", {
          earliestStartMinute: 480,
          latestStartMinute: 840,
          startStepMinutes: 60,
          lengthsMinutes: [240, 480],
        }),
      ],
      scheduling: { ...small.plan.scheduling, seconds: 1 },
    },
  };
  const forecast = madeFrom("forecast", document, flatForecast(document, 60));
  document = { ...document, results: { ...noResults, forecast } };
  const outcome = await requirementStage.run(requirementStage.read(document)!);
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.issues));
  const requirement = madeFrom("requirement", document, outcome.value);
  return { ...document, results: { ...document.results, requirement } };
}

test("schedule --judge simulation: shifts, goals and a plan that holds both, the same bytes twice", async () => {
  const plan = scratch.file("plan.json", planFileText(await dayPlan()));
  const out = scratch.file("out.json", "");
  const options = ["schedule", plan, "--judge", "simulation", "--effort", "1"];
  const run = shiftwright([...options, "--out", out]);
  expect(run.status, run.error).toBe(0);
  expect(run.error).toMatch(/cost .* beside .* of covering the requirement/);
  expect(run.error).toMatch(/voice serviceLevel: .* fresh replications, 0 of 1 missed/);
  const rows = Papa.parse<Record<string, string>>(run.output, { header: true, skipEmptyLines: true }).data;
  expect(rows.length).toBeGreaterThan(0);
  expect(shiftwright(options).output).toBe(run.output);

  const read = readPlanFile(readFileSync(out));
  if (!read.ok) throw new Error(JSON.stringify(read.issues));
  const kept = read.value.results.schedule?.value;
  expect(kept?.judgement?.goals.map(({ queueId, kind }) => `${queueId} ${kind}`)).toEqual([
    "voice serviceLevel",
  ]);
  expect(kept?.judgement?.rounds.length).toBeGreaterThan(0);

  const goals = JSON.parse(shiftwright([...options, "--goals"]).output);
  expect(goals).toHaveLength(1);
  expect(goals[0].value).toBe(kept?.judgement?.goals[0].value);
});

test.each([
  [["schedule", "plan.json", "--judge", "simulation", "--templates", "t.json"], "--templates"],
  [["schedule", "plan.json", "--judge", "simulation", "--seed", "3"], "--seed"],
  [["schedule", "need.csv", "--templates", "t.json", "--reserves"], "--reserves"],
  [["schedule", "need.csv", "--templates", "t.json", "--out", "p.json"], "--out"],
  [["roster", "plan.json", "--effort", "3"], "--effort"],
])("%j: an option that the judge does not read is refused by name", (line, option) => {
  const run = shiftwright(line);
  expect(run.status).toBe(2);
  expect(run.error).toContain(option);
});

test("schedule --judge simulation: a plan without a requirement is told what it lacks", () => {
  const plan = scratch.file("empty.json", planFileText(smallDocument()));
  const run = shiftwright(["schedule", plan, "--judge", "simulation"]);
  expect(run.status).toBe(1);
  expect(run.error).toContain("requirement");
  const usage = shiftwright(["schedule", plan]);
  expect(usage.status).toBe(2);
  expect(usage.error).toContain("--templates");
});

test("roster --judge simulation: shifts move at the same hours, and the plan written holds what they keep", async () => {
  const agents = Array.from({ length: people }, (_, at) => agent(`a${at}`, { groupId: "all" }));
  const plan = scratch.file("roster.json", planFileText(await lopsided(agents)));
  const out = scratch.file("moved.json", "");
  const options = ["roster", plan, "--judge", "simulation", "--effort", "2"];
  const run = shiftwright([...options, "--out", out]);
  expect(run.status, run.error).toBe(0);
  expect(run.error).toMatch(/shifts moved [1-9]\d* of 50, at the same hours/);
  expect(run.error).toMatch(/voice serviceLevel: .* missed \(before: 7\)/);
  const read = readPlanFile(readFileSync(out));
  if (!read.ok) throw new Error(JSON.stringify(read.issues));
  const judgement = read.value.results.roster?.value.judgement;
  expect(judgement?.goals).toHaveLength(7);
  expect(JSON.parse(shiftwright([...options, "--goals"]).output)[0].value).toBe(judgement?.goals[0].value);
});

test("pooling: what each group is worth to each queue, and what sharing saves", async () => {
  const plan = scratch.file("pooling.json", planFileText(await dayPlan()));
  const run = shiftwright(["pooling", plan, "--effort", "1"]);
  expect(run.status, run.error).toBe(0);
  expect(run.error).toMatch(/2026-11-02: \d+(\.\d+)? agent-hours in shifts cover the requirement/);
  expect(run.output.split("\n")[0]).toBe("group,queue,service_level_gain,half_width");
  expect(JSON.parse(shiftwright(["pooling", plan, "--effort", "1", "--json"]).output).worth).toHaveLength(1);
  const elsewhere = shiftwright(["pooling", plan, "--date", "2027-01-01"]);
  expect(elsewhere.status).toBe(1);
  expect(elsewhere.error).toContain("2027-01-01");
});
