import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type { PlanDocument } from "../../src/domain/plan/plan.ts";
import type { SchedulingSettings } from "../../src/domain/plan/scheduling-settings.ts";
import type { Shift } from "../../src/domain/plan/shift.ts";
import { paidHoursOf } from "../../src/domain/plan/wages.ts";
import { readPlanFile } from "../../src/files/plan-file.ts";
import { rosterStage } from "../../src/stages/roster.ts";
import { scheduleStage } from "../../src/stages/schedule.ts";
import { simulationStage } from "../../src/stages/simulation.ts";
import type { Stage } from "../../src/stages/stage.ts";

/**
 * What it is worth that the shift stage knows the people: `npm run bench:open-shifts`. The sample plan's shifts are made
 * without its people, with them, and with them at the hours that were worked without; each is rostered and simulated
 * with the same customers.
 */
const sample = sampleChain();

console.log(
  "shifts made | shifts | paid hours | cost, bound | open | worked hours | queue: service level ± half-width | CPU s",
);
const before = await rowFor("without people", { withoutPeople: true });
await rowFor("with people", {});
await rowFor("with people, at the hours worked without", { budgetHours: before.workedHours });

async function rowFor(name: string, scheduling: Partial<SchedulingSettings>) {
  const began = process.cpuUsage();
  const plan = { ...sample.plan, scheduling: { ...sample.plan.scheduling, ...scheduling } };
  let document: PlanDocument = {
    ...sample,
    plan,
    results: { ...sample.results, schedule: null, roster: null },
  };
  const schedule = await resultOf(scheduleStage, document);
  document = withResult(document, "schedule", schedule);
  const roster = await resultOf(rosterStage, document);
  document = withResult(document, "roster", roster);
  const { queues } = await resultOf(simulationStage, document);
  const workedHours = hours(roster.assignments.map(({ shift }) => shift));
  const service = queues.map(({ queueId, total }) => {
    const { mean, halfWidth } = total.serviceLevel;
    const percent = (share: number) => (100 * share).toFixed(2);
    return `${queueId}: ${percent(mean[0])} ± ${percent(halfWidth[0])} %`;
  });
  console.log(
    [
      name,
      schedule.shifts.length,
      schedule.paidHours,
      `${schedule.objective.toFixed(0)}, ${schedule.bound.toFixed(0)}`,
      roster.unassigned.length,
      workedHours,
      service.join(", "),
      (process.cpuUsage(began).user / 1e6).toFixed(0),
    ].join(" | "),
  );
  return { workedHours };
}

async function resultOf<Name extends "schedule" | "roster" | "simulation", Input extends object, Result>(
  stage: Stage<Name, Input, Result>,
  document: PlanDocument,
): Promise<Result> {
  const outcome = await stage.run(stage.read(document)!);
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.issues));
  return outcome.value;
}

function withResult(document: PlanDocument, stage: "schedule" | "roster", value: object): PlanDocument {
  const made = { value, madeAt: "", inputKey: "" };
  return { ...document, results: { ...document.results, [stage]: made } } as PlanDocument;
}

function hours(shifts: readonly Shift[]): number {
  return shifts.reduce((sum, shift) => sum + paidHoursOf(shift), 0);
}

function sampleChain(): PlanDocument {
  const root = resolve(import.meta.dirname, "../..");
  const folder = mkdtempSync(join(tmpdir(), "open-shifts-bench-"));
  try {
    const file = join(folder, "plan.json");
    const arguments_ = ["tsx", "src/cli/shiftwright.ts", "plan", "sample-data/history.csv"];
    spawnSync("npx", [...arguments_, "--plan", "sample-data/plan.json", "--plan-file", file], { cwd: root });
    const outcome = readPlanFile(readFileSync(file));
    if (!outcome.ok) throw new Error(JSON.stringify(outcome.issues));
    return outcome.value;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
