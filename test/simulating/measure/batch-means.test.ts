import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readSimulationProblem } from "../../../src/files/simulation-problem.ts";
import { steadyQueue } from "../../../src/queueing/steady/steady-queue.ts";
import { compileBareProblem } from "../../../src/simulating/compile/compile-bare-problem.ts";
import { batchMeans } from "../../../src/simulating/measure/batch-means.ts";

/** Two hundred contacts of three minutes an hour, in hours after a warm-up of twenty. */
const text = (hours: number, agents: number, patience: number | null) =>
  JSON.stringify({
    intervalMinutes: 60,
    intervals: 20 + hours,
    intervalsPerDay: 20 + hours,
    warmUpIntervals: 20,
    queues: [{ id: "calls", arrivalsPerHour: 200, handleTime: 180, patience, answerWithinSeconds: 20 }],
    groups: [{ id: "team", staffing: agents, serves: ["calls"] }],
  });

function problem(hours: number, agents: number, patience: number | null, seed = 1) {
  const bare = readSimulationProblem(text(hours, agents, patience));
  if (!bare.ok) throw new Error(JSON.stringify(bare.issues));
  const compiled = compileBareProblem(bare.value, seed);
  if (!compiled.ok) throw new Error(JSON.stringify(compiled.issues));
  return compiled.value;
}

const load = { arrivalsPerSecond: 200 / 3600, ahtSeconds: 180, answerWithinSeconds: 20 };

test("the exact service level and abandonment lie as far off as the half-widths say, on twenty runs", () => {
  const exact = steadyQueue({ ...load, patienceSeconds: 300 }, 13);
  let level = 0;
  let abandoned = 0;
  const runs = 20;
  for (let seed = 1; seed <= runs; seed++) {
    const { batches, intervalsPerBatch, queues } = batchMeans(problem(503, 13, 300, seed), 20);
    expect([batches, intervalsPerBatch]).toEqual([20, 25]);
    const [{ total }] = queues;
    // Student's factor with 19 degrees of freedom makes a standard error of the half-width.
    const z2 = (mean: number, half: number, truth: number) => ((mean - truth) / (half / 2.093)) ** 2;
    const { serviceLevel, abandonmentRate } = total;
    level += z2(serviceLevel.mean[0], serviceLevel.halfWidth[0], exact.serviceLevelOffered) / runs;
    abandoned += z2(abandonmentRate.mean[0], abandonmentRate.halfWidth[0], exact.abandonmentRate) / runs;
    expect(total.offered.mean[0]).toBeGreaterThan(4_850);
    expect(total.offered.mean[0]).toBeLessThan(5_150);
    expect(total.occupancy.mean[0]).toBeCloseTo(exact.occupancy ?? 0, 1);
  }
  // Mean of twenty z²: 1 ± 0.32.
  expect(level).toBeGreaterThan(0.3);
  expect(level).toBeLessThan(2);
  expect(abandoned).toBeGreaterThan(0.3);
  expect(abandoned).toBeLessThan(2);
});

test("batches that are too short are betrayed by their correlation", () => {
  const busy = problem(1000, 11, null);
  // Of independent batches it is 0 ± 1 ÷ √batches: five of those above here, less than three off below.
  expect(batchMeans(busy, 1000).queues[0].correlation).toBeGreaterThan(5 / Math.sqrt(1000));
  const long = batchMeans(problem(2000, 13, 300), 40).queues[0].correlation;
  expect(Math.abs(long)).toBeLessThan(3 / Math.sqrt(40));
  expect(() => batchMeans(busy, 1)).toThrow(RangeError);
  expect(() => batchMeans(busy, 1001)).toThrow(RangeError);
});

const root = join(import.meta.dirname, "../../..");
function shiftwright(args: readonly string[], input: string) {
  const tsx = join(root, "node_modules/.bin/tsx");
  return spawnSync(tsx, [join(root, "src/cli/shiftwright.ts"), ...args], { input, encoding: "utf8" });
}

test("the command line says the same, and refuses what cannot be cut", () => {
  const given = text(400, 13, 300);
  const json = JSON.parse(shiftwright(["simulate", "-", "--batches", "8", "--json"], given).stdout);
  const own = batchMeans(problem(400, 13, 300), 8);
  expect(json).toMatchObject({ batches: 8, intervalsPerBatch: 50, contacts: own.contacts });
  const level = own.queues[0].total.serviceLevel;
  expect(json.queues[0].total.serviceLevel).toEqual({ mean: level.mean[0], halfWidth: level.halfWidth[0] });
  expect(json.queues[0].correlation).toBe(own.queues[0].correlation);
  const short = shiftwright(["simulate", "-", "--batches", "500"], given);
  expect(short.status).toBe(1);
  expect(short.stderr).toContain("simulate.tooFewIntervals");
});
