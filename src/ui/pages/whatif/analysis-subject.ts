import type { Change } from "../../../domain/plan/scenario.ts";
import type { WhatIfComparison, WhatIfDays, WhatIfPlan } from "./whatif.ts";
import type { WhatIfInputs } from "./whatif-analyses.ts";

/** What an analysis is about: the plan with the shown scenario's changes, on the shown days and queue. */
export interface AnalysisSubject {
  readonly base: WhatIfInputs;
  readonly name: string;
  readonly changes: readonly Change[];
  readonly days: WhatIfDays;
  readonly queueId: string | null;
  readonly comparison: WhatIfComparison;
  readonly shown: WhatIfPlan;
}
