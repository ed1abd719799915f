import { expose } from "comlink";
import { compareMethods, trueService } from "../src/staffing/compare-methods.ts";
import { requireAgents } from "../src/staffing/require-agents.ts";

/** Makes the requirement, and follows the true queue, off the page's thread. */
const worker = {
  requireAgents,
  compareMethods,
  trueService,
};
expose(worker);
export type RequireWorker = typeof worker;
