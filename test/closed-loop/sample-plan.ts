import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { gunzipSync } from "node:zlib";
import type { PlanDocument } from "../../src/domain/plan/plan.ts";
import { readPlanFile } from "../../src/files/plan-file.ts";
import { closedLoopInput, movedRosterInput } from "../../src/stages/closed-loop.ts";

/** The sample plan as `npm run build:sample` makes it, read for the closed loop. */
export async function samplePlan() {
  const input = await closedLoopInput(sampleDocument(), { span: "day", confidence: null });
  if (input === null) throw new Error("the sample plan has no requirement");
  return input;
}

/** The sample's roster, read for the second stage of the closed loop. */
export async function sampleRoster() {
  const input = await movedRosterInput(sampleDocument(), { span: "day", confidence: null });
  if (input === null) throw new Error("the sample plan has no roster");
  return input;
}

function sampleDocument(): PlanDocument {
  const file = resolve(import.meta.dirname, "../../dist/sample-plan.json.gz");
  if (!existsSync(file)) throw new Error("run `npm run build` first: dist/sample-plan.json.gz is missing");
  const outcome = readPlanFile(gunzipSync(readFileSync(file)));
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.issues));
  return outcome.value;
}
