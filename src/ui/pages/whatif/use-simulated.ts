import { startTransition, useCallback, useEffect, useMemo, useRef, useState } from "react";
import type { Scenario } from "../../../domain/plan/scenario.ts";
import { useDesk } from "../../frame/session-context.tsx";
import { makeShiftsFor, shiftsOf } from "./new-shifts.ts";
import { isSimulated, notTransient, simulateColumns, transientColumns } from "./whatif.ts";

/** Simulates what is compared, a moment after the last change, and says when more is known. */
export function useSimulated(
  columns: Parameters<typeof isSimulated>[0],
  days: Parameters<typeof isSimulated>[1],
) {
  const { runs } = useDesk();
  const [version, setVersion] = useState(0);
  const [stopped, setStopped] = useState<unknown>(null);
  const latest = useRef<unknown>(null);
  /** Drawn in slices, when nothing is being dragged. */
  const tell = useCallback(() => startTransition(() => setVersion((before) => before + 1)), []);
  const waits = !isSimulated(columns, days);
  /** What is asked now: a run that ends for another question says nothing about this one. */
  const asked = useMemo(() => ({ columns, days }), [columns, days]);
  // The transient answer first: it is there long before the simulation. Of more than a week it would not be, and only
  // hold up the simulation.
  useEffect(() => {
    if (!waits || days.end - days.first > 7 || notTransient(columns, days).length === 0) return;
    const controller = new AbortController();
    const timer = setTimeout(() => {
      transientColumns(columns, days, controller.signal).then(
        () => {
          if (!controller.signal.aborted) tell();
        },
        () => undefined,
      );
    }, 25);
    return () => {
      clearTimeout(timer);
      controller.abort();
    };
  }, [columns, days, waits, tell]);
  useEffect(() => {
    latest.current = asked;
    if (!waits || stopped === asked) return;
    const timer = setTimeout(async () => {
      const end = await runs.job("compare", async (onProgress, signal) => ({
        failed: await simulateColumns(asked.columns, asked.days, tell, onProgress, signal),
      }));
      // An answer to what was asked before is kept for when it is asked again, and not drawn.
      if (latest.current !== asked) return;
      tell();
      if (end === null || end.failed !== null) setStopped(asked);
    }, 300);
    return () => {
      clearTimeout(timer);
      // What was asked before must not hold the processors while a lever is dragged.
      runs.stop("compare");
    };
  }, [asked, waits, stopped, runs, tell]);
  return {
    version,
    waits: waits ? (stopped === asked ? "stopped" : "running") : null,
    start: () => setStopped(null),
  } as const;
}

/** Makes shifts for scenarios that ask for their own; the number grows when some have been made. */
export function useNewShifts(
  base: Parameters<typeof makeShiftsFor>[0],
  scenarios: readonly Scenario[],
): number {
  const { runs } = useDesk();
  const [version, setVersion] = useState(0);
  const waits = scenarios.some((scenario) => shiftsOf(base, scenario).waits);
  useEffect(() => {
    if (!waits) return;
    const timer = setTimeout(async () => {
      await runs.job("replan", (onProgress, signal) => makeShiftsFor(base, scenarios, onProgress, signal));
      setVersion((before) => before + 1);
    }, 600);
    return () => clearTimeout(timer);
  }, [base, scenarios, waits, runs]);
  return version;
}
