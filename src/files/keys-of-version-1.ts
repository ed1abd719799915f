import { fingerprint } from "../domain/fingerprint.ts";
import type { PlanDocument, StageName } from "../domain/plan/plan.ts";

/** A plan as version 1 knew it: overrides had another name. */
type Plan1 = Readonly<Record<string, unknown>> & { readonly queues: readonly Record<string, unknown>[] };

const planParts: Readonly<Record<StageName, readonly string[]>> = {
  forecast: ["timeZone", "intervalMinutes", "firstDate", "dayCount", "queues", "forecast", "seed"],
  requirement: ["queues", "groups", "shrinkage", "requirement"],
  schedule: ["queues", "groups", "templates", "scheduling", "seed"],
  roster: ["groups", "templates", "scheduling", "contracts", "agents", "seed"],
  simulation: ["queues", "groups", "shrinkage", "agents", "simulation", "seed"],
};
const queueFields: Readonly<Partial<Record<StageName, readonly string[]>>> = {
  forecast: ["id", "channel", "openingHours", "defaultAhtSeconds"],
  schedule: ["id", "minimumAgents"],
};
const onlySimulated = ["money", "redial", "waitingPlaces", "customers", "callback", "transfers"];

function without(value: Readonly<Record<string, unknown>>, fields: readonly string[]): unknown {
  return Object.fromEntries(Object.entries(value).filter(([field]) => !fields.includes(field)));
}

function queuesFor(stage: StageName, queues: Plan1["queues"]): unknown {
  const fields = queueFields[stage];
  if (fields !== undefined) return queues.map((queue) => fields.map((field) => queue[field]));
  return queues.map((queue) => without(queue, stage === "simulation" ? ["money"] : onlySimulated));
}

function rosterSettings({ plan, results }: PlanDocument): string[] {
  const { changePrice: _, ...settings } = plan.rostering ?? { changePrice: 0 };
  const requirement = settings.buildFrom === "requirement" ? results.requirement?.value : undefined;
  return [settings, plan.ledger, requirement]
    .filter((part) => part !== undefined && Object.keys(part).length > 0)
    .map(fingerprint);
}

/**
 * The key that version 0.1 gave a result of this document: it tells whether a result of a version-1 file was up to
 * date, so that it still is when the file is opened now. null: something the stage read is not there.
 */
export function keyOfVersion1(stage: StageName, document: PlanDocument): string | null {
  const { overrides, ...forecast } = document.plan.forecast;
  const plan: Plan1 = { ...document.plan, forecast: { ...forecast, overrules: overrides } };
  const parts: unknown[] = [stage];
  for (const field of planParts[stage]) {
    const part =
      field === "queues"
        ? queuesFor(stage, plan.queues)
        : field === "groups" && stage !== "simulation"
          ? document.plan.groups.map((group) => without(group, ["overflow"]))
          : plan[field];
    parts.push(fingerprint(part));
  }
  if (stage === "roster") parts.push(...rosterSettings(document));
  const madeFrom = {
    forecast: ["history"],
    requirement: ["forecast"],
    schedule: ["requirement"],
    roster: ["schedule"],
    simulation: ["forecast", document.results.roster === null ? "schedule" : "roster"],
  } as const;
  for (const name of madeFrom[stage]) {
    const value = name === "history" ? document.history : document.results[name]?.value;
    if (value === null || value === undefined) return null;
    parts.push(name, fingerprint(value));
  }
  return fingerprint(parts);
}
