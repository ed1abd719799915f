import type { FilesWorker } from "../../../workers/files.worker.ts";
import type { Outcome } from "../../domain/outcome.ts";
import type { PlanDocument } from "../../domain/plan/plan.ts";
import { rememberDigests } from "../../stages/freshness.ts";
import { createWorkerClient } from "./worker-client.ts";

/** The worker that reads and writes files; started when first needed. */
export const filesWorker = createWorkerClient<FilesWorker>(
  () => new Worker(new URL("../../../workers/files.worker.ts", import.meta.url), { type: "module" }),
);

/** The plans of a plan file or backup, unlocked, read, checked (or repaired) and digested off the page's thread. */
export async function readPlans(
  file: Blob,
  passphrase: string | null = null,
  isRepaired = false,
): Promise<Outcome<readonly PlanDocument[]>> {
  const { outcome, digests } = await filesWorker.call((worker) =>
    worker.readPlans(file, passphrase, isRepaired),
  );
  if (outcome.ok)
    for (const [at, document] of outcome.value.entries()) rememberDigests(document, digests[at]);
  return outcome;
}

/** The same for a document the browser kept. */
export async function checkDocument(value: unknown): Promise<Outcome<PlanDocument>> {
  const { outcome, digests } = await filesWorker.call((worker) => worker.readPlanDocument(value));
  if (outcome.ok) rememberDigests(outcome.value, digests);
  return outcome;
}
