import type { RequireWorker } from "../../workers/require.worker.ts";
import { fail } from "../domain/outcome.ts";
import type { StageRunners } from "./runs.ts";
import { createWorkerClient } from "./worker-client.ts";

const requireWorker = createWorkerClient<RequireWorker>(
  () => new Worker(new URL("../../workers/require.worker.ts", import.meta.url), { type: "module" }),
);

/** Each stage in its worker, with the parts of the document it reads. */
export const stageRunners: StageRunners = {
  forecast: async () => fail({ code: "run.inputMissing", severity: "error" }),
  requirement: ({ plan, results }, onProgress, signal) =>
    requireWorker.call(
      (worker, listen) => worker.requireAgents({ plan, forecast: results.forecast!.value }, listen),
      onProgress,
      signal,
    ),
  schedule: async () => fail({ code: "run.inputMissing", severity: "error" }),
  roster: async () => fail({ code: "run.inputMissing", severity: "error" }),
  simulation: async () => fail({ code: "run.inputMissing", severity: "error" }),
};
