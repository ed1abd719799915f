import type { DemandHistory } from "../src/domain/results/demand.ts";
import { importHistory } from "../src/history/reading/import-history.ts";
import { inspectHistory } from "../src/history/reading/inspect-history.ts";
import { previewReading } from "../src/history/reading/preview-reading.ts";
import { qualityReport, withSuggestions } from "../src/history/review/quality-report.ts";
import { serve } from "./serve.ts";

/** Reads and reviews history off the page's thread. */
const worker = {
  importHistory,
  inspectHistory,
  previewReading,
  qualityReport: async (history: DemandHistory) => qualityReport(history),
  withSuggestions: async (history: DemandHistory) => withSuggestions(history),
};
serve(worker);
export type ImportWorker = typeof worker;
