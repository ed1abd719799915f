import type { DayWorker } from "../../../../workers/day.worker.ts";
import { createWorkerClient } from "../../../app/running/worker-client.ts";

/** Requires and simulates the rest of a day; Stop ends it. */
export const dayWorker = createWorkerClient<DayWorker>(
  () => new Worker(new URL("../../../../workers/day.worker.ts", import.meta.url), { type: "module" }),
);
