import { expose } from "comlink";
import { leaveCost } from "../src/leave/leave-cost.ts";
import { type LeaveLimitInput, leaveLimits } from "../src/leave/leave-limit.ts";

/** Limits and costs of leave off the page's thread. */
const worker = { leaveCost, leaveLimits: async (input: LeaveLimitInput) => leaveLimits(input) };
expose(worker);
export type LeaveWorker = typeof worker;
