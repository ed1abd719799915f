import type { Issue, Outcome } from "../../domain/outcome.ts";
import type { PlanDocument } from "../../domain/plan/plan.ts";
import type { LoadedPlan, Storage } from "./storage.ts";

/** Checks a document and brings it up to the present layout: `readPlanDocument`, usually in a worker. */
export type CheckDocument = (value: unknown) => Promise<Outcome<PlanDocument>>;

export interface StoredPlan {
  /** null: what is stored cannot be read; it is left as it is. */
  readonly document: PlanDocument | null;
  readonly revision: number;
  readonly issues: readonly Issue[];
}

/**
 * A plan from the storage, checked as if it came from a file: an older program may have written it. One that had to be
 * migrated is written back whole, so that no part of an old layout stays behind. null: no such plan.
 */
export async function loadStored(
  storage: Storage,
  id: string,
  check: CheckDocument,
): Promise<StoredPlan | null> {
  const stored = await storage.load(id);
  if (stored === null) return null;
  let outcome: Outcome<PlanDocument>;
  try {
    outcome = await check(stored.document).catch(() => check(stored.document));
  } catch {
    // The worker that checks dies: the plan was written by this program, and is worth more than the check.
    const issue = { code: "storage.unchecked", severity: "warning" } as const;
    return { document: stored.document, revision: stored.revision, issues: [issue] };
  }
  if (!outcome.ok) return { document: null, revision: stored.revision, issues: outcome.issues };
  const { value: document } = outcome;
  const issues = [...lostEdits(stored), ...outcome.issues];
  if (document.plan.schemaVersion === stored.document.plan.schemaVersion) {
    return { document, revision: stored.revision, issues };
  }
  const end = await storage.save(document, null, stored.revision);
  return { document, revision: end.kind === "saved" ? end.revision : stored.revision, issues };
}

function lostEdits({ document, lostEdits: count }: LoadedPlan): readonly Issue[] {
  const values = { plan: document.plan.name, count };
  return count === 0 ? [] : [{ code: "storage.lostEdits", severity: "warning", values }];
}
