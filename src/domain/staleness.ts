import { fingerprint } from "./fingerprint.ts";
import type { Plan, PlanDocument, StageName } from "./plan.ts";

/** The stages that make results, in the order data walks. */
export const stageOrder = ["forecast", "requirement", "schedule", "roster", "simulation"] as const;

/** What a stage reads: parts of the plan, and what was made before it. */
interface StageInputs {
  readonly plan: readonly (keyof Plan)[];
  readonly made: readonly ("history" | StageName)[];
}

/** The one table of who reads what. A new field of `Plan` that a stage uses is added here. */
export const stageInputs: Readonly<Record<StageName, StageInputs>> = {
  forecast: {
    plan: ["timeZone", "intervalMinutes", "firstDate", "dayCount", "queues", "forecast", "seed"],
    made: ["history"],
  },
  requirement: { plan: ["queues", "groups", "shrinkage", "requirement"], made: ["forecast"] },
  schedule: { plan: ["groups", "templates", "scheduling", "seed"], made: ["requirement"] },
  roster: { plan: ["groups", "templates", "contracts", "agents", "seed"], made: ["schedule"] },
  simulation: {
    plan: ["queues", "groups", "shrinkage", "agents", "simulation", "seed"],
    made: ["forecast", "schedule"],
  },
};

/** Of a queue, what a forecast reads: its goal may change without a new forecast. */
function forecastQueues(plan: Plan): readonly string[] {
  return plan.queues.map((queue) =>
    fingerprint([queue.id, queue.channel, fingerprint(queue.openingHours), queue.defaultAhtSeconds]),
  );
}

/**
 * Fingerprint of everything a stage would read if it ran now, for `Made.inputKey`; null when something it needs has
 * not been made yet. Two documents with the same key give the same result.
 */
export function stageInputKey(stage: StageName, document: PlanDocument): string | null {
  const { plan, made } = stageInputs[stage];
  const parts: unknown[] = [stage];
  for (const field of plan) {
    parts.push(
      stage === "forecast" && field === "queues"
        ? forecastQueues(document.plan)
        : fingerprint(document.plan[field]),
    );
  }
  for (const name of made) {
    const value = name === "history" ? document.history : document.results[name]?.value;
    if (value === null || value === undefined) return null;
    parts.push(fingerprint(value));
  }
  return fingerprint(parts);
}

/** Stages whose results this one reads, directly or through others. */
export function stagesBefore(stage: StageName): readonly StageName[] {
  const direct = stageInputs[stage].made.filter((name) => name !== "history");
  return stageOrder.filter(
    (other) => direct.includes(other) || direct.some((name) => stagesBefore(name).includes(other)),
  );
}

/** `none` not made yet; `stale` something it read, or a stage before it, has changed since; `fresh` otherwise. */
export function stageFreshness(stage: StageName, document: PlanDocument): "none" | "stale" | "fresh" {
  const result = document.results[stage];
  if (result === null) return "none";
  if (result.inputKey !== stageInputKey(stage, document)) return "stale";
  return stagesBefore(stage).every((before) => stageFreshness(before, document) === "fresh")
    ? "fresh"
    : "stale";
}
