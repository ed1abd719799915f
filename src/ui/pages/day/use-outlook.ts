import { useEffect, useState } from "react";
import type { Outcome } from "../../../domain/outcome.ts";
import type { Plan, PlanDocument, PlanResults } from "../../../domain/plan/plan.ts";
import type { Today } from "../../../domain/plan/today.ts";
import type { DayOutlook } from "../../../intraday/day-outlook.ts";
import { useDesk, useSession } from "../../frame/session-context.tsx";
import { dayWorker } from "./day-client.ts";

const waitMilliseconds = 300;

/** What the rest of a day will be like, worked out again after each edit; null while it is worked out, or was stopped. */
export function useOutlook(today: Today, isWanted: boolean) {
  const { runs } = useDesk();
  const { plan, results } = useSession(({ document }) => document);
  const isRunning = useSession(({ jobs }) => jobs.some(({ id }) => id === "dayOutlook"));
  const [answer, setAnswer] = useState<{
    readonly key: object;
    readonly outcome: Outcome<DayOutlook>;
  } | null>(null);
  const [asked, setAsked] = useState(0);
  useEffect(() => {
    if (!isWanted) return;
    const timer = setTimeout(() => {
      void runs
        .job("dayOutlook", (onProgress, signal) =>
          dayWorker.call(
            (worker, listen) => worker.dayOutlook(partsForDay(plan, results), today, listen),
            onProgress,
            signal,
          ),
        )
        .then((outcome) => outcome !== null && setAnswer({ key: today, outcome }));
    }, waitMilliseconds);
    return () => {
      clearTimeout(timer);
      runs.stop("dayOutlook");
    };
  }, [plan, results, today, isWanted, asked, runs]);
  return {
    outcome: answer?.key === today ? answer.outcome : null,
    isRunning,
    again: () => setAsked((count) => count + 1),
  };
}

/** What is read of a document, without the large parts that are not. */
export function partsForDay(plan: Plan, results: PlanResults): PlanDocument {
  const { forecastSnapshots: _, ...rest } = plan;
  return { plan: rest, history: null, results: { ...results, simulation: null, requirement: null } };
}
