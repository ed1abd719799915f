import { expose } from "comlink";
import type { SimulationInput } from "../src/simulating/compile-plan.ts";
import { openSimulation, simulateContacts } from "../src/simulating/simulate-contacts.ts";

/** Blocks of the input that was opened last. */
let runBlock: ReturnType<typeof openSimulation> | null = null;

const api = {
  simulateContacts,
  open(input: SimulationInput): void {
    runBlock = openSimulation(input);
  },
  block(block: number) {
    if (runBlock === null) throw new RangeError("no simulation is open");
    return runBlock(block);
  },
};
export type SimulateWorker = typeof api;
expose(api);
