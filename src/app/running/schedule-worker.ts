import type { ScheduleWorker } from "../../../workers/schedule.worker.ts";
import { createWorkerClient } from "./worker-client.ts";

/** The one worker that makes shifts, moves breaks and prices hours: one thing at a time. */
export const scheduleWorker = createWorkerClient<ScheduleWorker>(
  () => new Worker(new URL("../../../workers/schedule.worker.ts", import.meta.url), { type: "module" }),
);
