import { expose } from "comlink";
import { requireAgents } from "../src/staffing/require-agents.ts";

/** Makes the requirement off the page's thread. */
const worker = { requireAgents };
expose(worker);
export type RequireWorker = typeof worker;
