import { startTransition, useEffect, useRef, useState } from "react";
import type { Scenario } from "../../../domain/plan/scenario.ts";
import { measureScenario, notMeasured } from "./whatif.ts";

/** What is compared on which days. */
interface Compared {
  readonly base: Parameters<typeof notMeasured>[0];
  readonly scenarios: readonly Scenario[];
  readonly days: Parameters<typeof notMeasured>[2];
}

/**
 * What is asked for, or what was shown last while several columns of it are still to be measured, each in a task of its
 * own: other days, or a new forecast. A single column does not wait, and there is always one to begin with, the base.
 */
export function useMeasured<Asked extends Compared>(asked: Asked): Asked {
  const { base, scenarios, days } = asked;
  const shown = useRef<Asked>({ ...asked, scenarios: [] });
  const [done, setDone] = useState<Asked | null>(null);
  const missing = notMeasured(base, [null, ...scenarios], days);
  const isReady = missing.length < 2 || done === asked;
  useEffect(() => {
    if (isReady) {
      shown.current = asked;
      // Measured already while it was drawn: only that it was is noted.
      for (const scenario of notMeasured(asked.base, [null, ...asked.scenarios], asked.days)) {
        measureScenario(asked.base, scenario, asked.days);
      }
      return;
    }
    const left = notMeasured(asked.base, [null, ...asked.scenarios], asked.days);
    let timer = setTimeout(function next() {
      const scenario = left.shift();
      if (scenario === undefined) startTransition(() => setDone(asked));
      else {
        measureScenario(asked.base, scenario, asked.days);
        timer = setTimeout(next);
      }
    });
    return () => clearTimeout(timer);
  }, [asked, isReady]);
  return isReady ? asked : shown.current;
}
