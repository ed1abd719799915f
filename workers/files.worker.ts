import { expose } from "comlink";
import { backupText, readPlansFile, unpackedBytes } from "../src/app/plan-archive.ts";
import { type ExportName, exportCsv } from "../src/app/plan-exports.ts";
import type { PlanDocument } from "../src/domain/plan.ts";
import { documentDigests } from "../src/domain/staleness.ts";
import { planFileText } from "../src/exporting/plan-file.ts";
import { readPlanDocument } from "../src/importing/plan-document.ts";

/** Reads, checks and writes plans and tables off the page's thread. */
const worker = {
  readPlans: async (file: Blob) => {
    const outcome = readPlansFile(await unpackedBytes(file));
    return { outcome, digests: outcome.ok ? outcome.value.map(documentDigests) : [] };
  },
  readPlanDocument: async (value: unknown) => {
    const outcome = readPlanDocument(value);
    return { outcome, digests: outcome.ok ? documentDigests(outcome.value) : [] };
  },
  planFile: async (document: PlanDocument) =>
    new Blob([planFileText(document)], { type: "application/json" }),
  backupFile: async (documents: readonly PlanDocument[]) =>
    new Blob([backupText(documents)], { type: "application/json" }),
  exportCsv: async (name: ExportName, document: PlanDocument) => exportCsv(name, document),
};
expose(worker);
export type FilesWorker = typeof worker;
