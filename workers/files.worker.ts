import { expose } from "comlink";
import type { ExportName } from "../src/app/export-names.ts";
import { backupText, packedFile, readPlansFile } from "../src/app/plan-archive.ts";
import type { PlanDocument } from "../src/domain/plan.ts";
import { documentDigests } from "../src/domain/staleness.ts";
import { planFileText } from "../src/exporting/plan-file.ts";
import { readPlanDocument } from "../src/importing/plan-document.ts";

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
    (await import("../src/app/plan-exports.ts")).exportCsv(name, document),
};
expose(worker);
export type FilesWorker = typeof worker;
