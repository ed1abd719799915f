import { expose } from "comlink";
import type { PlanDocument } from "../src/domain/plan/plan.ts";
import type { DemandHistory } from "../src/domain/results/demand.ts";
import { type NextPeriodOptions, nextPeriod } from "../src/periods/next-period.ts";
import { summaryOfNext } from "../src/periods/next-summary.ts";
import { reviewPeriod } from "../src/periods/review-period.ts";

/** Moves a plan on to its next period, and reviews past ones, off the page's thread. */
const worker = {
  nextPeriod: async (document: PlanDocument, came: DemandHistory | null, options: NextPeriodOptions) => {
    const outcome = nextPeriod(document, came, options);
    return { outcome, summary: outcome.ok ? summaryOfNext(document, outcome.value) : null };
  },
  reviewPeriod,
};
expose(worker);
export type PeriodsWorker = typeof worker;
