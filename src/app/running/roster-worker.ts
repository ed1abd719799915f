import type { RosterWorker } from "../../../workers/roster.worker.ts";
import { createWorkerClient } from "./worker-client.ts";

/** The one worker that makes rosters and says why shifts are open: one thing at a time. */
export const rosterWorker = createWorkerClient<RosterWorker>(
  () => new Worker(new URL("../../../workers/roster.worker.ts", import.meta.url), { type: "module" }),
);
