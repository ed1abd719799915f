import { expose } from "comlink";
import { backupText, readPlansFile, unpackedBytes } from "../src/app/plan-archive.ts";
import { type ExportName, exportCsv } from "../src/app/plan-exports.ts";
import type { PlanDocument } from "../src/domain/plan.ts";
import { planFileText } from "../src/exporting/plan-file.ts";
import { readPlanDocument } from "../src/importing/plan-document.ts";

/** Reads, checks and writes plans and tables off the page's thread. */
const worker = {
  readPlans: async (file: Blob) => readPlansFile(await unpackedBytes(file)),
  readPlanDocument: async (value: unknown) => readPlanDocument(value),
  planFile: async (document: PlanDocument) =>
    new Blob([planFileText(document)], { type: "application/json" }),
  backupFile: async (documents: readonly PlanDocument[]) =>
    new Blob([backupText(documents)], { type: "application/json" }),
  exportCsv: async (name: ExportName, document: PlanDocument) => exportCsv(name, document),
};
expose(worker);
export type FilesWorker = typeof worker;
