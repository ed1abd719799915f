import { expose } from "comlink";
import type { PlanDocument } from "../src/domain/plan.ts";
import { planFileText } from "../src/exporting/plan-file.ts";
import { readPlanDocument } from "../src/importing/plan-document.ts";
import { readPlanFile } from "../src/importing/plan-file.ts";

/** Reads, checks and writes whole plans off the page's thread. */
const worker = {
  readPlanFile: async (file: Blob) => readPlanFile(new Uint8Array(await file.arrayBuffer())),
  readPlanDocument: async (value: unknown) => readPlanDocument(value),
  planFile: async (document: PlanDocument) =>
    new Blob([planFileText(document)], { type: "application/json" }),
};
expose(worker);
export type PlanFileWorker = typeof worker;
