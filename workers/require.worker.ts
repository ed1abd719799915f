import { expose } from "comlink";
import { compareMethods } from "../src/staffing/compare-methods.ts";
import { type RequirementInput, requireAgents } from "../src/staffing/require-agents.ts";

/** Makes the requirement, and follows the true queue under each method, off the page's thread. */
const worker = { requireAgents, compareMethods: async (input: RequirementInput) => compareMethods(input) };
expose(worker);
export type RequireWorker = typeof worker;
