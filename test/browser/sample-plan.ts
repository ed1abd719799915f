import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { gunzipSync } from "node:zlib";
import type { Plan, PlanDocument } from "../../src/domain/plan/plan.ts";
import { readPlanFile } from "../../src/files/plan-file.ts";
import { stageInputKey } from "../../src/stages/freshness.ts";

const dist = resolve(import.meta.dirname, "../..", process.env.SHIFTWRIGHT_DIST ?? "dist");

/** The sample plan of the build, every stage filled. */
export function samplePlan(): PlanDocument {
  const outcome = readPlanFile(gunzipSync(readFileSync(resolve(dist, "sample-plan.json.gz"))));
  if (!outcome.ok) throw new Error("the sample plan cannot be read");
  return outcome.value;
}

/** The document with an edited plan, its results still counted as up to date. */
export function withPlan(document: PlanDocument, edit: (plan: Plan) => Plan): PlanDocument {
  const edited = { ...document, plan: edit(document.plan) };
  return withFreshKeys(edited);
}

/** Each result of the document counts as made from what stands in it. */
export function withFreshKeys(document: PlanDocument): PlanDocument {
  let fresh = document;
  for (const stage of ["forecast", "requirement", "schedule", "roster", "simulation"] as const) {
    const made = fresh.results[stage];
    if (made === null) continue;
    const inputKey = stageInputKey(stage, fresh) ?? "";
    fresh = { ...fresh, results: { ...fresh.results, [stage]: { ...made, inputKey } } };
  }
  return fresh;
}

/** The first agents of the sample alone, with the shifts they have: a roster that is solved again in a moment. */
export function withAgents(document: PlanDocument, count: number): PlanDocument {
  const { plan, results } = document;
  if (results.schedule === null || results.roster === null) throw new Error("the sample plan is not filled");
  const agents = plan.agents.slice(0, count);
  const ids = new Set(agents.map(({ id }) => id));
  const assignments = results.roster.value.assignments.filter(({ agentId }) => ids.has(agentId));
  const unassigned = results.roster.value.unassigned.slice(0, count);
  const shifts = [...assignments.map(({ shift }) => shift), ...unassigned];
  return withFreshKeys({
    ...document,
    plan: { ...plan, agents, ledger: plan.ledger?.filter(({ agentId }) => ids.has(agentId)) },
    results: {
      ...results,
      schedule: { ...results.schedule, value: { ...results.schedule.value, shifts } },
      roster: { ...results.roster, value: { ...results.roster.value, assignments, unassigned } },
      simulation: null,
    },
  });
}
