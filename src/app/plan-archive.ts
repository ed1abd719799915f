import { fail, type Issue, type Outcome, succeed } from "../domain/outcome.ts";
import type { PlanDocument } from "../domain/plan.ts";
import { planFileText } from "../exporting/plan-file.ts";
import { readPlanFile } from "../importing/plan-file.ts";

/**
 * A backup: plan files in one file, `{"format": "shiftwright-backup", "plans": ["…", "…"]}`, each as its own text so
 * that a damaged one does not take the others with it.
 */
export function backupText(documents: readonly PlanDocument[]): string {
  return JSON.stringify({ format: "shiftwright-backup", plans: documents.map(planFileText) });
}

/**
 * The plans of a plan file or of a backup. Fails as `readPlanFile` does; of a backup, plans that cannot be read are
 * left out with their issues, and it fails only when none can.
 */
export function readPlansFile(file: Uint8Array<ArrayBuffer>): Outcome<readonly PlanDocument[]> {
  const texts = backupPlans(file);
  if (texts === null) {
    const outcome = readPlanFile(file);
    return outcome.ok ? succeed([outcome.value], outcome.issues) : outcome;
  }
  const outcomes = texts.map((text) => readPlanFile(new TextEncoder().encode(text)));
  const issues: Issue[] = outcomes.flatMap((outcome, at) =>
    outcome.issues.map((issue) => ({ ...issue, values: { ...issue.values, plan: at + 1 } })),
  );
  const documents = outcomes.flatMap((outcome) => (outcome.ok ? [outcome.value] : []));
  return documents.length === 0 ? fail(...issues) : succeed(documents, issues);
}

/** The plan files in a backup; null when the file is none. Looks at the head first: most files are not. */
function backupPlans(file: Uint8Array<ArrayBuffer>): string[] | null {
  if (!new TextDecoder().decode(file.subarray(0, 64)).includes("shiftwright-backup")) return null;
  try {
    const parsed: unknown = JSON.parse(new TextDecoder().decode(file));
    if (typeof parsed !== "object" || parsed === null || !("plans" in parsed)) return null;
    return Array.isArray(parsed.plans) ? parsed.plans.map(String) : null;
  } catch {
    return null;
  }
}

/** Bytes of a file, gunzipped where it is gzipped (a host may have done that already). Rejects when it is cut off. */
export async function unpackedBytes(file: Blob): Promise<Uint8Array<ArrayBuffer>> {
  const head = new Uint8Array(await file.slice(0, 2).arrayBuffer());
  const gzipped = head[0] === 0x1f && head[1] === 0x8b;
  const plain = gzipped ? file.stream().pipeThrough(new DecompressionStream("gzip")) : file.stream();
  return new Uint8Array(await new Response(plain).arrayBuffer());
}
