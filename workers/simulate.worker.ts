import { wrap } from "comlink";
import type { OnProgress } from "../src/domain/outcome.ts";
import type { SimulationResult } from "../src/domain/results/simulation.ts";
import type { SimulationInput } from "../src/simulating/compile/simulation-input.ts";
import { openSimulation, simulateContacts, spreadSimulation } from "../src/simulating/simulate-contacts.ts";
import { serve } from "./serve.ts";

/** Blocks of the input that was opened last. */
let runBlock: ReturnType<typeof openSimulation> | null = null;

const api = {
  simulateContacts,
  async open(input: SimulationInput) {
    runBlock = openSimulation(input);
  },
  async block(block: number) {
    if (runBlock === null) throw new RangeError("no simulation is open");
    return runBlock(block);
  },
  /** The same result, with the blocks run by the workers of this kind at the other ends of `ports`. */
  spread(input: SimulationInput, ports: readonly MessagePort[], onProgress?: OnProgress<SimulationResult>) {
    const lanes = ports.map((port) => {
      const worker = wrap<typeof api>(port);
      let opened: Promise<void> | null = null;
      return async (block: number) => {
        opened ??= worker.open(input);
        await opened;
        return worker.block(block);
      };
    });
    return spreadSimulation(input, lanes, onProgress);
  },
};
export type SimulateWorker = typeof api;
serve(api);
