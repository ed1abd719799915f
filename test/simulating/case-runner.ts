import type { SimulationProblem } from "../../src/simulating/compile/problem.ts";
import { createEngine } from "../../src/simulating/engine/engine.ts";
import {
  createTally,
  groupCount,
  groupCounts,
  queueCount,
  queueCounts,
} from "../../src/simulating/measure/tally.ts";

/** What one replication summed to after its warm-up, by queue and by group. */
export interface Sums {
  readonly queues: readonly Record<keyof typeof queueCount, number>[];
  readonly groups: readonly Record<keyof typeof groupCount, number>[];
  /** Seconds measured. */
  readonly seconds: number;
}

/** A figure of a problem as a ratio of sums, and what it should be. */
export interface Figure {
  readonly label: string;
  readonly exact: number;
  /** Standard error of `exact` itself, where it was measured elsewhere. */
  readonly exactError?: number;
  readonly above: (sums: Sums) => number;
  readonly below: (sums: Sums) => number;
}

export interface Checked {
  readonly label: string;
  readonly exact: number;
  readonly estimate: number;
  readonly standardError: number;
  readonly z: number;
}

/** Runs a problem so often and compares its figures with their exact values. */
export function check(
  problem: SimulationProblem,
  replications: number,
  figures: readonly Figure[],
): Checked[] {
  const engine = createEngine(problem);
  const tally = createTally(problem);
  const all: Sums[] = [];
  for (let replication = 0; replication < replications; replication++) {
    tally.queues.fill(0);
    tally.groups.fill(0);
    engine(replication, tally);
    all.push(sumsOf(problem, tally));
  }
  return figures.map(({ label, exact, exactError = 0, above, below }) => {
    const x = all.map(above);
    const y = all.map(below);
    const total = y.reduce((a, b) => a + b, 0);
    const estimate = x.reduce((a, b) => a + b, 0) / total;
    const squares = x.reduce((sum, value, k) => sum + (value - estimate * y[k]) ** 2, 0);
    const n = replications;
    const standardError = Math.hypot(Math.sqrt(squares / (n * (n - 1))) / (total / n), exactError);
    return { label, exact, estimate, standardError, z: (estimate - exact) / standardError };
  });
}

function sumsOf(problem: SimulationProblem, tally: ReturnType<typeof createTally>): Sums {
  const { queues, groups, intervalCount, warmUpIntervals, intervalSeconds } = problem;
  const sum = (series: Float64Array, stride: number, size: number, at: number) => {
    let total = 0;
    for (let interval = warmUpIntervals; interval < intervalCount; interval++) {
      total += series[(interval * stride + at) * size];
    }
    return total;
  };
  const named = <Name extends string>(names: Record<Name, number>, value: (what: number) => number) =>
    Object.fromEntries(
      (Object.entries(names) as [Name, number][]).map(([name, what]) => [name, value(what)]),
    ) as Record<Name, number>;
  return {
    queues: queues.map((_, q) =>
      named(queueCount, (what) => sum(tally.queues.subarray(what), queues.length, queueCounts, q)),
    ),
    groups: groups.map((_, g) =>
      named(groupCount, (what) => sum(tally.groups.subarray(what), groups.length, groupCounts, g)),
    ),
    seconds: (intervalCount - warmUpIntervals) * intervalSeconds,
  };
}
