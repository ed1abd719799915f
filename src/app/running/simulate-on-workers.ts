import { createEndpoint, type Remote, transfer } from "comlink";
import type { SimulateWorker } from "../../../workers/simulate.worker.ts";
import type { OnProgress, Outcome } from "../../domain/outcome.ts";
import type { SimulationResult } from "../../domain/results/simulation.ts";
import type { SimulationInput } from "../../simulating/compile/simulation-input.ts";
import type { WorkerClient } from "./worker-client.ts";

/** A call that ends only by Stop or by the worker's death: watches a worker that answers to another one. */
const untilStopped = () => new Promise<never>(() => {});

/**
 * One worker adds up what the others run in blocks of replications, so that neither this thread nor the result knows
 * how many there were. The workers must not be at anything else. A lane that crashes or is stopped takes the whole run
 * with it.
 */
export async function simulateOnWorkers(
  workers: readonly WorkerClient<SimulateWorker>[],
  input: SimulationInput,
  onProgress: OnProgress<unknown>,
  signal: AbortSignal,
): Promise<Outcome<SimulationResult>> {
  const [coordinator, ...lanes] = workers;
  const ports = await Promise.all(
    lanes.map((lane) =>
      lane.call(
        (worker) => (worker as unknown as Remote<SimulateWorker>)[createEndpoint](),
        undefined,
        signal,
      ),
    ),
  );
  const end = new AbortController();
  const crash = lanes.map((lane) =>
    lane.call(untilStopped, undefined, AbortSignal.any([signal, end.signal])),
  );
  try {
    return await Promise.race([
      coordinator.call(
        (worker, listen) => worker.spread(input, transfer(ports, ports), listen),
        onProgress,
        signal,
      ),
      ...crash,
    ]);
  } finally {
    end.abort();
  }
}
