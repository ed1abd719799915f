import type { SimulationProblem } from "../../src/simulating/compile/problem.ts";
import { createEngine } from "../../src/simulating/engine/engine.ts";
import { createTally, queueCount, queueCounts } from "../../src/simulating/measure/tally.ts";

/** Service level of the whole span in each replication. */
export function spanLevels(problem: SimulationProblem, replications: number): number[] {
  const run = createEngine(problem);
  const tally = createTally(problem);
  return Array.from({ length: replications }, (_, replication) => {
    tally.queues.fill(0);
    run(replication, tally);
    let inTime = 0;
    let offered = 0;
    for (let cell = 0; cell < tally.queues.length; cell += queueCounts) {
      inTime += tally.queues[cell + queueCount.answeredInTime];
      offered += tally.queues[cell + queueCount.offered];
    }
    return inTime / offered;
  });
}

/** How many times smaller the variance of the difference of two plans is when they face the same customers. */
export function varianceReduction(
  base: SimulationProblem,
  other: SimulationProblem,
  replications: number,
): { readonly ratio: number; readonly difference: number } {
  const first = spanLevels(base, replications);
  const same = spanLevels(other, replications);
  const apart = spanLevels({ ...other, seed: other.seed + 1000 }, replications);
  const differences = same.map((level, k) => level - first[k]);
  return {
    ratio: variance(apart.map((level, k) => level - first[k])) / variance(differences),
    difference: differences.reduce((a, b) => a + b, 0) / replications,
  };
}

function variance(values: readonly number[]): number {
  const mean = values.reduce((a, b) => a + b, 0) / values.length;
  return values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1);
}
