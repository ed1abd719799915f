import { expose } from "comlink";
import type { PlanDocument } from "../src/domain/plan/plan.ts";
import type { ExportName } from "../src/files/export-names.ts";
import { backupText, packedFile, readPlansFile } from "../src/files/plan-archive.ts";
import { readPlanDocument } from "../src/files/plan-document.ts";
import { planFileText } from "../src/files/plan-file.ts";
import { documentDigests } from "../src/stages/freshness.ts";

/** Reads, checks and writes plans and tables off the page's thread. */
const worker = {
  readPlans: async (file: Blob) => {
    const outcome = await readPlansFile(file);
    return { outcome, digests: outcome.ok ? outcome.value.map(documentDigests) : [] };
  },
  readPlanDocument: async (value: unknown) => {
    const outcome = readPlanDocument(value);
    return { outcome, digests: outcome.ok ? documentDigests(outcome.value) : [] };
  },
  planFile: async (document: PlanDocument) => packedFile(planFileText(document)),
  backupFile: async (documents: readonly PlanDocument[]) => packedFile(backupText(documents)),
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
expose(worker);
export type FilesWorker = typeof worker;
