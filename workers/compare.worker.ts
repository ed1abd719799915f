import { expose } from "comlink";
import { agentBalance } from "../src/scenarios/agent-balance.ts";
import type { ScenarioInputs } from "../src/scenarios/apply-changes.ts";
import type { ComparedDays, TransientInput } from "../src/scenarios/compare-scenarios.ts";
import { transientColumn } from "../src/scenarios/compare-scenarios.ts";
import { bestTrainings } from "../src/scenarios/cross-training.ts";
import { cheapestRemedy } from "../src/scenarios/least-cost.ts";
import { reviewPilot } from "../src/scenarios/pilot.ts";
import { demandRobustness } from "../src/scenarios/robustness.ts";
import { sweepScenarios, tornado } from "../src/scenarios/sweep.ts";

/** What-if work that takes longer than a frame. */
const worker = {
  sweepScenarios,
  tornado,
  cheapestRemedy,
  bestTrainings,
  demandRobustness,
  reviewPilot,
  agentBalance: async (inputs: ScenarioInputs, days: ComparedDays) => agentBalance(inputs, days),
  transientColumn: async (column: TransientInput, days: ComparedDays) => transientColumn(column, days),
};
expose(worker);
export type CompareWorker = typeof worker;
