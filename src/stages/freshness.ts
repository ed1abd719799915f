import { fingerprint, rememberFingerprint } from "../domain/fingerprint.ts";
import { memoizeByKey, memoizeByObject } from "../domain/memo.ts";
import type { PlanDocument, StageName } from "../domain/plan/plan.ts";
import { stageNamed, stageOrder } from "./chain.ts";
import { inputKey, type StageSources } from "./stage.ts";

/** What a stage's result would be made from now, as one short text; null while something it needs has not been made. */
export function stageInputKey(stage: StageName, document: StageSources): string | null {
  return inputKey(stageNamed(stage), document);
}

/** Stages whose results this one reads, directly or through others, in order. */
export function stagesBefore(stage: StageName, document: StageSources): readonly StageName[] {
  const direct = stageNamed(stage).after(document);
  return stageOrder.filter(
    (other) => direct.includes(other) || direct.some((name) => stagesBefore(name, document).includes(other)),
  );
}

export type Freshness = "none" | "stale" | "fresh";

/** `none` not made yet; `stale` something it read, or a stage before it, has changed since; `fresh` otherwise. */
export function stageFreshness(stage: StageName, document: PlanDocument): Freshness {
  return freshnessIn(document)(stage);
}

const freshnessIn = memoizeByObject((document: PlanDocument) =>
  memoizeByKey(stageOrder.length, (stage: StageName): Freshness => {
    const result = document.results[stage];
    if (result === null) return "none";
    if (result.inputKey !== stageInputKey(stage, document)) return "stale";
    const before = stagesBefore(stage, document);
    return before.every((other) => stageFreshness(other, document) === "fresh") ? "fresh" : "stale";
  }),
);

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
