import type { DayWorker } from "../../../../workers/day.worker.ts";
import { createWorkerClient } from "../../../app/running/worker-client.ts";

const start = () =>
  new Worker(new URL("../../../../workers/day.worker.ts", import.meta.url), { type: "module" });

/** Requires and simulates the rest of a day; Stop ends it. */
export const dayWorker = createWorkerClient<DayWorker>(start);

/** Looks for what can be done about it, beside the other: stopping one leaves the other alone. */
export const optionsWorker = createWorkerClient<DayWorker>(start);
