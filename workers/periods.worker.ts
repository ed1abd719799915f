import { measureAdherence } from "../src/adherence/measure-adherence.ts";
import { succeed } from "../src/domain/outcome.ts";
import type { Plan, PlanDocument } from "../src/domain/plan/plan.ts";
import type { Roster } from "../src/domain/plan/roster.ts";
import type { DemandHistory } from "../src/domain/results/demand.ts";
import { readStateLog } from "../src/files/state-log.ts";
import { type NextPeriodOptions, nextPeriod } from "../src/periods/next-period.ts";
import { summaryOfNext } from "../src/periods/next-summary.ts";
import { reviewPeriod } from "../src/periods/review-period.ts";
import { serve } from "./serve.ts";

/** Moves a plan on to its next period, and reviews past ones, off the page's thread. */
const worker = {
  nextPeriod: async (document: PlanDocument, came: DemandHistory | null, options: NextPeriodOptions) => {
    const outcome = nextPeriod(document, came, options);
    return { outcome, summary: outcome.ok ? summaryOfNext(document, outcome.value) : null };
  },
  reviewPeriod,
  /** The log stays in the worker: only what it comes to goes back. */
  adherence: async (
    plan: Pick<Plan, "agents" | "timeZone" | "shrinkage" | "leave" | "stateMeanings">,
    roster: Pick<Roster, "grid" | "assignments">,
    { name, text }: { readonly name: string; readonly text: string },
  ) => {
    const log = readStateLog(text, name, plan, { meanings: plan.stateMeanings });
    if (!log.ok) return log;
    const { meanings } = log.value;
    return succeed({ meanings, measured: measureAdherence(plan, roster, log.value) }, log.issues);
  },
};
serve(worker);
export type PeriodsWorker = typeof worker;
