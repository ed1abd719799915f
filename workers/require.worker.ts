import { compareMethods } from "../src/staffing/compare-methods.ts";
import type { RequirementInput } from "../src/staffing/require-agents.ts";
import { requirementStage } from "../src/stages/requirement.ts";
import { serve } from "./serve.ts";

/** Makes the requirement, and follows the true queue under each method, off the page's thread. */
const worker = {
  run: requirementStage.run,
  compareMethods: async (input: RequirementInput) => compareMethods(input),
};
serve(worker);
export type RequireWorker = typeof worker;
