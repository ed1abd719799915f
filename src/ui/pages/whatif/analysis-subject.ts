import type { DayRange } from "../../../domain/calendar/ranges.ts";
import type { Change } from "../../../domain/plan/scenario.ts";
import type { WhatIfComparison, WhatIfPlan } from "./whatif.ts";
import type { WhatIfInputs } from "./whatif-analyses.ts";

/** What an analysis is about: the plan with the shown scenario's changes, on the shown days and queue. */
export interface AnalysisSubject {
  readonly base: WhatIfInputs;
  readonly name: string;
  readonly changes: readonly Change[];
  readonly days: DayRange;
  readonly queueId: string | null;
  readonly comparison: WhatIfComparison;
  readonly shown: WhatIfPlan;
}
