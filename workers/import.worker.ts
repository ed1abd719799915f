import { expose } from "comlink";
import type { DemandHistory } from "../src/domain/demand.ts";
import { importHistory } from "../src/importing/import-history.ts";
import { inspectHistory } from "../src/importing/inspect-history.ts";
import { qualityReport, withSuggestions } from "../src/importing/quality-report.ts";

/** Reads and reviews history off the page's thread. */
const worker = {
  importHistory,
  inspectHistory,
  qualityReport: async (history: DemandHistory) => qualityReport(history),
  withSuggestions: async (history: DemandHistory) => withSuggestions(history),
};
expose(worker);
export type ImportWorker = typeof worker;
