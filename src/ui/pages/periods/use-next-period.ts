import { useEffect, useState } from "react";
import type { Issue } from "../../../domain/outcome.ts";
import type { PlanDocument } from "../../../domain/plan/plan.ts";
import type { DemandHistory } from "../../../domain/results/demand.ts";
import type { NextPeriodOptions } from "../../../periods/next-period.ts";
import type { NextPeriodSummary } from "../../../periods/next-summary.ts";
import { pastWith } from "../../../periods/past-periods.ts";
import { useDesk } from "../../frame/session-context.tsx";
import { periodsWorker } from "./periods-client.ts";

/** The next period as it would be, for the document it was worked out from. */
export interface NextPreview {
  readonly of: PlanDocument;
  /** null: it cannot be planned, `issues` say why. */
  readonly next: { readonly document: PlanDocument; readonly summary: NextPeriodSummary } | null;
  readonly issues: readonly Issue[];
}

/** Works the next period out in a worker whenever something it depends on changes; null meanwhile, and after Stop. */
export function useNextPeriod(
  document: PlanDocument,
  came: DemandHistory | null,
  options: NextPeriodOptions,
): NextPreview | null {
  const { runs } = useDesk();
  const [preview, setPreview] = useState<NextPreview | null>(null);
  const key = JSON.stringify(options);
  // The parts that it reads: a run that ends elsewhere is no reason to begin again.
  const { plan, history, results } = document;
  useEffect(() => {
    let isCurrent = true;
    setPreview(null);
    void runs
      .job("nextPeriod", (_, signal) =>
        periodsWorker.call(
          (worker) =>
            worker.nextPeriod(
              { plan, history, results: { ...results, forecast: null, simulation: null } },
              came,
              JSON.parse(key) as NextPeriodOptions,
            ),
          undefined,
          signal,
        ),
      )
      .then((answer) => {
        if (!isCurrent || answer === null) return;
        const { outcome, summary } = answer;
        const next = outcome.ok && summary !== null ? { document: outcome.value, summary } : null;
        setPreview({ of: document, next, issues: outcome.issues });
      });
    return () => {
      isCurrent = false;
      runs.stop("nextPeriod");
    };
  }, [runs, plan, history, results, came, key]);
  return preview;
}

/** The document moved on, with its period among the past ones. */
export function movedOn(before: PlanDocument, next: PlanDocument): PlanDocument {
  return { ...next, ...pastWith(before, next.plan.firstDate) };
}
