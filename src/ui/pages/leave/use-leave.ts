import { useEffect, useState } from "react";
import { isAbort } from "../../../app/running/worker-client.ts";
import type { Outcome } from "../../../domain/outcome.ts";
import type { NewLeaveRequest } from "../../../domain/plan/edit-leave.ts";
import { noResults } from "../../../domain/plan/no-results.ts";
import type { PlanDocument } from "../../../domain/plan/plan.ts";
import type { LeaveCost } from "../../../leave/cost-figures.ts";
import type { LeaveLimits } from "../../../leave/leave-limit.ts";
import { useDesk, useSession } from "../../frame/session-context.tsx";
import { costWorker, limitWorker } from "./leave-client.ts";

/** Limits of the plan as it stands: `none` without a requirement, `failed` where the program is at fault, null at first. */
export function useLimits(): LeaveLimits | "none" | "failed" | null {
  const plan = useSession(({ document }) => document.plan);
  const requirement = useSession(({ document }) => document.results.requirement?.value ?? null);
  const roster = useSession(({ document }) => document.results.roster?.value ?? null);
  const [limits, setLimits] = useState<LeaveLimits | "none" | "failed" | null>(null);
  const { agents, groups, contracts, templates, shrinkage, leave } = plan;
  useEffect(() => {
    if (requirement === null) {
      setLimits("none");
      return;
    }
    let isCurrent = true;
    const read = { agents, groups, contracts, templates, shrinkage, leave };
    limitWorker
      .call((worker) => worker.leaveLimits({ plan: read, requirement, roster }))
      .then(
        (value) => isCurrent && setLimits(value),
        (error: unknown) => isCurrent && !isAbort(error) && setLimits("failed"),
      );
    return () => {
      isCurrent = false;
    };
  }, [agents, groups, contracts, templates, shrinkage, leave, requirement, roster]);
  return limits;
}

/** What granting a request would cost, as it was when asked. */
export interface AskedCost {
  readonly key: string;
  readonly outcome: Outcome<LeaveCost>;
}

/** Works out what a request would cost, one at a time; an edit of the plan forgets the answer. */
export function useLeaveCost() {
  const { store, runs } = useDesk();
  const plan = useSession(({ document }) => document.plan);
  const isRunning = useSession(({ jobs }) => jobs.some(({ id }) => id === "leaveCost"));
  const [answer, setAnswer] = useState<(AskedCost & { readonly plan: typeof plan }) | null>(null);
  useEffect(() => () => runs.stop("leaveCost"), [runs]);
  return {
    answer: answer?.plan === plan ? answer : null,
    isRunning,
    ask(key: string, request: NewLeaveRequest & { readonly id?: string }): void {
      const { document } = store.state();
      void runs
        .job("leaveCost", (onProgress, signal) =>
          costWorker.call(
            (worker, listen) => worker.leaveCost({ document: partsFor(document), request }, listen),
            onProgress,
            signal,
          ),
        )
        .then((outcome) => outcome !== null && setAnswer({ key, outcome, plan: document.plan }));
    },
    stop: () => runs.stop("leaveCost"),
  };
}

/** What a cost is worked out from, without the large parts that it does not read. */
function partsFor({ plan, results, past }: PlanDocument): PlanDocument {
  const { forecastSnapshots: _, ...rest } = plan;
  return {
    plan: rest,
    history: null,
    results: { ...results, simulation: null },
    ...(past && { past: past.map((period) => ({ ...period, results: noResults })) }),
  };
}
