import type { PlanDocument } from "../src/domain/plan/plan.ts";
import type { ExportName } from "../src/files/export-names.ts";
import { lockFile, unlockFile } from "../src/files/locked-file.ts";
import { backupText, packedFile, readPlansFile } from "../src/files/plan-archive.ts";
import { readPlanDocument } from "../src/files/plan-document.ts";
import { planFileText } from "../src/files/plan-file.ts";
import { documentDigests } from "../src/stages/freshness.ts";
import { serve } from "./serve.ts";

const lockedOr = async (file: Blob, passphrase: string | null) =>
  passphrase === null ? file : lockFile(file, passphrase);

/** Reads, checks (or repairs) and writes plans and tables off the page's thread. */
const worker = {
  readPlans: async (file: Blob, passphrase: string | null = null, isRepaired = false) => {
    const unlocked = await unlockFile(file, passphrase);
    const outcome = unlocked.ok ? await readPlansFile(unlocked.value, isRepaired) : unlocked;
    return { outcome, digests: outcome.ok ? outcome.value.map(documentDigests) : [] };
  },
  readPlanDocument: async (value: unknown) => {
    const outcome = readPlanDocument(value);
    return { outcome, digests: outcome.ok ? documentDigests(outcome.value) : [] };
  },
  planFile: async (document: PlanDocument, passphrase: string | null) =>
    lockedOr(await packedFile(planFileText(document)), passphrase),
  backupFile: async (documents: readonly PlanDocument[], passphrase: string | null) =>
    lockedOr(await packedFile(backupText(documents)), passphrase),
  // Fetched when a table is wanted: opening a plan does without.
  exportCsv: async (name: ExportName, document: PlanDocument) =>
    (await import("../src/files/plan-exports.ts")).exportCsv(
      name,
      document,
      name === "intervals"
        ? (await import("../src/scenarios/measuring/measured-plan.ts")).serviceOfResults(document)
        : [],
    ),
};
serve(worker);
export type FilesWorker = typeof worker;
