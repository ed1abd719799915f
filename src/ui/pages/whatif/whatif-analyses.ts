import type { CompareWorker } from "../../../../workers/compare.worker.ts";
import { createWorkerClient } from "../../../app/running/worker-client.ts";
import type { OnProgress } from "../../../domain/outcome.ts";

/** Questions about one scenario, answered in the compare worker. Types under the names that pages use. */

type Question = Exclude<keyof CompareWorker, "agentBalance">;
type InputOf<Name extends Question> = Parameters<CompareWorker[Name]>[0];
type AnswerOf<Name extends Question> = ReturnType<CompareWorker[Name]>;

const compareWorker = createWorkerClient<CompareWorker>(
  () => new Worker(new URL("../../../../workers/compare.worker.ts", import.meta.url), { type: "module" }),
);

/** Asks the compare worker by the name of its function. Rejects as worker calls do. */
export function ask<Name extends Question>(
  name: Name,
  input: InputOf<Name>,
  onProgress: OnProgress<unknown>,
  signal: AbortSignal,
): AnswerOf<Name> {
  return compareWorker.call(
    (worker, listen) =>
      (worker[name] as (input: InputOf<Name>, onProgress: OnProgress<unknown>) => Promise<unknown>)(
        input,
        listen,
      ),
    onProgress,
    signal,
  ) as AnswerOf<Name>;
}
