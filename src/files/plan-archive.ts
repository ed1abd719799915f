import { fail, type Issue, type Outcome, succeed } from "../domain/outcome.ts";
import type { PlanDocument } from "../domain/plan/plan.ts";
import { problem, readPlanDocument } from "./plan-document.ts";
import { largestBytes, planFileText, readPlanFile } from "./plan-file.ts";

/**
 * A backup: plan files in one file, `{"format": "shiftwright-backup", "plans": ["…", "…"]}`, each as its own text so
 * that a damaged one does not take the others with it.
 */
export function backupText(documents: readonly PlanDocument[]): string {
  return JSON.stringify({ format: "shiftwright-backup", plans: documents.map(planFileText) });
}

/** A document, or several as a backup, as the gzipped file that is saved. */
export async function packedFile(text: string): Promise<Blob> {
  const packed = new Blob([text]).stream().pipeThrough(new CompressionStream("gzip"));
  return new Blob([await new Response(packed).arrayBuffer()], { type: "application/gzip" });
}

/**
 * The plans of a plan file or of a backup, gzipped or not. Fails as `readPlanFile` does, also where the packing is
 * damaged; of a backup, plans that cannot be read are left out with their issues, and it fails only when none can.
 *
 * @param isRepaired whatever keeps a plan from opening is left out of it
 */
export async function readPlansFile(
  file: Blob,
  isRepaired = false,
): Promise<Outcome<readonly PlanDocument[]>> {
  // Fetched when something is wrong: opening a plan does without.
  const readDocument = isRepaired ? (await import("./repair-plan.ts")).repairedDocument : readPlanDocument;
  let bytes: Uint8Array<ArrayBuffer>;
  try {
    bytes = await unpackedBytes(file);
  } catch (error) {
    if (error instanceof RangeError) {
      return fail(problem("planFile.tooLarge", { bytes: file.size, limit: largestBytes }));
    }
    const cutOff = /trunc|\bend/i.test(error instanceof Error ? error.message : String(error));
    return fail(problem(cutOff ? "planFile.truncated" : "planFile.damaged"));
  }
  const texts = backupPlans(bytes);
  if (texts === null) {
    const outcome = readPlanFile(bytes, readDocument);
    return outcome.ok ? succeed([outcome.value], outcome.issues) : outcome;
  }
  const outcomes = texts.map((text) => readPlanFile(new TextEncoder().encode(text), readDocument));
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

/** Bytes of a file, gunzipped where it is gzipped. Rejects when it is cut off; RangeError when it is too large. */
async function unpackedBytes(file: Blob): Promise<Uint8Array<ArrayBuffer>> {
  const head = new Uint8Array(await file.slice(0, 2).arrayBuffer());
  const gzipped = head[0] === 0x1f && head[1] === 0x8b;
  const plain = gzipped ? file.stream().pipeThrough(new DecompressionStream("gzip")) : file.stream();
  // Read by hand: the reason of a failure would not come through a Response.
  const reader = plain.getReader();
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let length = 0;
  for (let read = await reader.read(); !read.done; read = await reader.read()) {
    chunks.push(read.value);
    length += read.value.length;
    // A few kilobytes can unpack to more than the memory holds.
    if (length > largestBytes) {
      await reader.cancel();
      throw new RangeError("larger than any plan");
    }
  }
  return new Uint8Array(await new Blob(chunks).arrayBuffer());
}
