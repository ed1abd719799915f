import { expose } from "comlink";
import { compareMethods } from "../src/staffing/compare-methods.ts";
import type { RequirementInput } from "../src/staffing/require-agents.ts";
import { requirementStage } from "../src/stages/requirement.ts";

/** Makes the requirement, and follows the true queue under each method, off the page's thread. */
const worker = {
  run: requirementStage.run,
  compareMethods: async (input: RequirementInput) => compareMethods(input),
};
expose(worker);
export type RequireWorker = typeof worker;
