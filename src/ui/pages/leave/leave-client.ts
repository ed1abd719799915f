import type { LeaveWorker } from "../../../../workers/leave.worker.ts";
import { createWorkerClient } from "../../../app/running/worker-client.ts";

const start = () =>
  new Worker(new URL("../../../../workers/leave.worker.ts", import.meta.url), { type: "module" });

/** One worker for limits, which follow every edit, and one for costs, which Stop ends. */
export const limitWorker = createWorkerClient<LeaveWorker>(start);
export const costWorker = createWorkerClient<LeaveWorker>(start);
