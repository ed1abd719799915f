import type { FilesWorker } from "../../workers/files.worker.ts";
import { createWorkerClient } from "./worker-client.ts";

/** The worker that reads and writes files; started when first needed. */
export const filesWorker = createWorkerClient<FilesWorker>(
  () => new Worker(new URL("../../workers/files.worker.ts", import.meta.url), { type: "module" }),
);
