import type { DayRange } from "../src/domain/calendar/ranges.ts";
import type { ScenarioInputs } from "../src/scenarios/changes/scenario-inputs.ts";
import { agentBalance } from "../src/scenarios/measuring/agent-balance.ts";
import { bestTrainings } from "../src/scenarios/searches/cross-training.ts";
import { cheapestRemedy } from "../src/scenarios/searches/least-cost.ts";
import { reviewPilot } from "../src/scenarios/searches/pilot.ts";
import { demandRobustness } from "../src/scenarios/searches/robustness.ts";
import { sweepScenarios, tornado } from "../src/scenarios/searches/sweep.ts";
import { waysToGoal } from "../src/scenarios/searches/ways-to-goal.ts";
import { serve } from "./serve.ts";

/** What-if work that takes longer than a frame. */
const worker = {
  sweepScenarios,
  tornado,
  cheapestRemedy,
  bestTrainings,
  waysToGoal,
  demandRobustness,
  reviewPilot,
  agentBalance: async (inputs: ScenarioInputs, days: DayRange) => agentBalance(inputs, days),
};
serve(worker);
export type CompareWorker = typeof worker;
