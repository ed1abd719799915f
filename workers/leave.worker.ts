import { leaveCost } from "../src/leave/leave-cost.ts";
import { type LeaveLimitInput, leaveLimits } from "../src/leave/leave-limit.ts";
import { serve } from "./serve.ts";

/** Limits and costs of leave off the page's thread. */
const worker = { leaveCost, leaveLimits: async (input: LeaveLimitInput) => leaveLimits(input) };
serve(worker);
export type LeaveWorker = typeof worker;
