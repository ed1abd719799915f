import { fingerprint, rememberFingerprint } from "../domain/fingerprint.ts";
import type { Plan, PlanDocument, PlanResults, StageName } from "../domain/plan/plan.ts";
import type { AgentGroup, Queue } from "../domain/plan/queue.ts";

/** The stages that make results, in the order data walks. */
export const stageOrder = ["forecast", "requirement", "schedule", "roster", "simulation"] as const;

/** What a stage reads: parts of the plan, and what was made before it. */
interface StageInputs {
  readonly plan: readonly (keyof Plan)[];
  readonly made: readonly ("history" | StageName)[];
}

/** The one table of who reads what. A new field of `Plan` that a stage uses is added here. */
const stageInputs: Readonly<Record<StageName, StageInputs>> = {
  forecast: {
    plan: ["timeZone", "intervalMinutes", "firstDate", "dayCount", "queues", "forecast", "seed"],
    made: ["history"],
  },
  requirement: { plan: ["queues", "groups", "shrinkage", "requirement"], made: ["forecast"] },
  schedule: { plan: ["queues", "groups", "templates", "scheduling", "seed"], made: ["requirement"] },
  roster: { plan: ["groups", "templates", "scheduling", "contracts", "agents", "seed"], made: ["schedule"] },
  simulation: {
    plan: ["queues", "groups", "shrinkage", "agents", "simulation", "seed"],
    made: ["forecast", "schedule"],
  },
};

/** What was made that a stage reads now: a simulation runs the named shifts of a roster where there is one. */
function madeBefore(stage: StageName, results: PlanResults): readonly ("history" | StageName)[] {
  return stage === "simulation" && results.roster !== null ? ["forecast", "roster"] : stageInputs[stage].made;
}

/** Of a queue, what a stage reads where that is not all: a goal may change without a new forecast. */
const queueFields: Readonly<Partial<Record<StageName, readonly (keyof Queue)[]>>> = {
  forecast: ["id", "channel", "openingHours", "defaultAhtSeconds"],
  schedule: ["id", "minimumAgents"],
};

function readOfQueues(stage: StageName, queues: readonly Queue[]): unknown {
  const fields = queueFields[stage];
  // No stage reads prices, and only the simulation how the floor treats who waits.
  if (stage === "simulation") return queues.map(({ money: _, ...read }) => read);
  if (fields === undefined)
    return queues.map(
      ({ money: _, redial: _r, waitingPlaces: _w, customers: _c, callback: _b, transfers: _t, ...read }) =>
        read,
    );
  return queues.map((queue) => fields.map((field) => queue[field]));
}

/** Only the simulation knows who helps out. */
function readOfGroups(stage: StageName, groups: readonly AgentGroup[]): unknown {
  return stage === "simulation" ? groups : groups.map(({ overflow: _, ...read }) => read);
}

/**
 * How a roster is made, where anything is said about it. The price of changes is like pins no reason to call the
 * present roster outdated. One made straight from the requirement reads that too.
 */
function readOfRostering({ plan, results }: PlanDocument): unknown[] {
  const { changePrice: _, ...read } = plan.rostering ?? { changePrice: 0 };
  const requirement = read.buildFrom === "requirement" ? results.requirement?.value : undefined;
  return [read, plan.ledger, requirement]
    .filter((part) => part !== undefined && Object.keys(part).length > 0)
    .map(fingerprint);
}

/**
 * Fingerprint of everything a stage would read if it ran now, for `Made.inputKey`; null when something it needs has
 * not been made yet. Two documents with the same key give the same result.
 */
export function stageInputKey(stage: StageName, document: PlanDocument): string | null {
  const parts: unknown[] = [stage];
  for (const field of stageInputs[stage].plan) {
    const read =
      field === "queues"
        ? readOfQueues(stage, document.plan.queues)
        : field === "groups"
          ? readOfGroups(stage, document.plan.groups)
          : document.plan[field];
    parts.push(fingerprint(read));
  }
  if (stage === "roster") parts.push(...readOfRostering(document));
  for (const name of madeBefore(stage, document.results)) {
    const value = name === "history" ? document.history : document.results[name]?.value;
    if (value === null || value === undefined) return null;
    parts.push(name, fingerprint(value));
  }
  return fingerprint(parts);
}

/** Stages whose results this one reads, directly or through others, in order. */
export function stagesBefore(stage: StageName, results: PlanResults): readonly StageName[] {
  const direct = madeBefore(stage, results).filter((name) => name !== "history");
  return stageOrder.filter(
    (other) => direct.includes(other) || direct.some((name) => stagesBefore(name, results).includes(other)),
  );
}

export type Freshness = "none" | "stale" | "fresh";

/** A document never changes: what was said of it once holds. */
const known = new WeakMap<PlanDocument, Map<StageName, Freshness>>();

/** `none` not made yet; `stale` something it read, or a stage before it, has changed since; `fresh` otherwise. */
export function stageFreshness(stage: StageName, document: PlanDocument): Freshness {
  let said = known.get(document);
  if (said === undefined) {
    said = new Map();
    known.set(document, said);
  }
  let freshness = said.get(stage);
  if (freshness === undefined) {
    freshness = workOutFreshness(stage, document);
    said.set(stage, freshness);
  }
  return freshness;
}

function workOutFreshness(stage: StageName, document: PlanDocument): Freshness {
  const result = document.results[stage];
  if (result === null) return "none";
  if (result.inputKey !== stageInputKey(stage, document)) return "stale";
  const before = stagesBefore(stage, document.results);
  return before.every((other) => stageFreshness(other, document) === "fresh") ? "fresh" : "stale";
}

/** The large parts of a document: what stages make or read whole. */
function largeParts({ history, results }: PlanDocument): readonly (object | null)[] {
  return [history, ...stageOrder.map((stage) => results[stage]?.value ?? null)];
}

/** Fingerprints of a document's large parts, to be handed over beside it to another thread. */
export function documentDigests(document: PlanDocument): readonly (string | null)[] {
  return largeParts(document).map((part) => (part === null ? null : fingerprint(part)));
}

/** Takes over what `documentDigests` said of the same document on the other thread. */
export function rememberDigests(document: PlanDocument, digests: readonly (string | null)[]): void {
  for (const [at, part] of largeParts(document).entries()) {
    const digest = digests[at];
    if (part !== null && digest !== null) rememberFingerprint(part, digest);
  }
}
