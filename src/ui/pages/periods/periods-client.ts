import type { PeriodsWorker } from "../../../../workers/periods.worker.ts";
import { createWorkerClient } from "../../../app/running/worker-client.ts";

/** The worker that moves plans on and reviews what came of them; started when first needed. */
export const periodsWorker = createWorkerClient<PeriodsWorker>(
  () => new Worker(new URL("../../../../workers/periods.worker.ts", import.meta.url), { type: "module" }),
);
