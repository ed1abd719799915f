import { describe, expect, test } from "vitest";
import { createIntervalGrid } from "../../src/domain/calendar/interval-grid.ts";
import { contactOutcome } from "../../src/domain/results/simulation.ts";
import { contactTraceCsv } from "../../src/files/contact-trace-csv.ts";
import type { SimulationInput } from "../../src/simulating/compile/simulation-input.ts";
import { createBlockRunner } from "../../src/simulating/measure/replication-blocks.ts";
import { traceContacts } from "../../src/simulating/measure/trace-contacts.ts";
import {
  openSimulation,
  runReplications,
  simulateContacts,
  spreadSimulation,
} from "../../src/simulating/simulate-contacts.ts";
import { singleQueue } from "./single-queue.ts";
import { input } from "./two-queue-plan.ts";

async function simulated(from: SimulationInput) {
  const outcome = await simulateContacts(from);
  if (!outcome.ok) throw new Error(outcome.issues[0].code);
  return { ...outcome.value, seconds: null };
}

describe("a plan, contact by contact", () => {
  test("a constant-rate queue agrees with Erlang A in 200 replications", async () => {
    // NUMBERS.md: 55 agents, load 50, AHT 180 s, patience 120 s.
    const problem = singleQueue(
      { agents: 55, intervals: 16, warmUp: 4 },
      { offeredPerHalfHour: 500, ahtSeconds: 180 },
      { patience: { kind: "exponential", mean: 120 } },
    );
    const run = createBlockRunner(problem, 200);
    const { queues } = await runReplications(problem, 200, [async (block) => run(block)]);
    const { serviceLevel, abandonmentRate } = queues[0].total;
    expect(serviceLevel.halfWidth[0]).toBeLessThan(0.004);
    expect(Math.abs(serviceLevel.mean[0] - 0.93239767)).toBeLessThan(1.5 * serviceLevel.halfWidth[0]);
    expect(Math.abs(abandonmentRate.mean[0] - 0.02414432)).toBeLessThan(1.5 * abandonmentRate.halfWidth[0]);
  });

  test("the result has the same bits on one, two and four lanes, in whatever order blocks end", async () => {
    const from = input();
    const alone = await simulated(from);
    for (const lanes of [2, 4]) {
      const runners = Array.from({ length: lanes }, (_, lane) => {
        const run = openSimulation(from);
        return async (block: number) => {
          await new Promise((resolve) => setTimeout(resolve, ((block * 7 + lane * 3) % 5) * 2));
          return run(block);
        };
      });
      const outcome = await spreadSimulation(from, runners);
      expect(outcome.ok && { ...outcome.value, seconds: null }).toEqual(alone);
    }
  });

  test("contacts come only while the queue is open, and each is answered or gives up", async () => {
    const { queues, contacts } = await simulated(input());
    const voice = queues[0];
    expect(voice.intervals.offered.mean[15]).toBe(0);
    expect(voice.intervals.offered.mean[16]).toBeGreaterThan(40);
    expect(voice.intervals.offered.mean[36]).toBe(0);
    const sum = (queueIndex: number) => {
      const { answered, abandoned, offered } = queues[queueIndex].total;
      expect(answered.mean[0] + abandoned.mean[0]).toBeCloseTo(offered.mean[0], 9);
      return offered.mean[0] * 20;
    };
    expect(sum(0) + sum(1)).toBeCloseTo(contacts, 6);
  });

  test("breaks are off queue: agents on queue per group follow the shifts", async () => {
    const { groups } = await simulated(input());
    const agents = groups[0].agentsOnQueue.mean;
    expect(agents[10]).toBe(0);
    expect(agents[17]).toBeCloseTo(8, 6);
    // 11:00: two of the eight are on break; finishing a contact keeps them a little longer.
    expect(agents[22]).toBeGreaterThan(6);
    expect(agents[22]).toBeLessThan(6.5);
  });

  test("handing over empties the break at once; taking no more contacts early leaves fewer late", async () => {
    const at = async (atShiftEnd: "finishContact" | "handOver" | "stopTakingContacts") => {
      const { simulation } = input().plan;
      return (await simulated(input({ simulation: { ...simulation, atShiftEnd } }))).groups[0].agentsOnQueue
        .mean[22];
    };
    const [finish, hand, stop] = [
      await at("finishContact"),
      await at("handOver"),
      await at("stopTakingContacts"),
    ];
    expect(hand).toBeCloseTo(6, 6);
    expect(finish).toBeGreaterThan(stop);
    expect(stop).toBeGreaterThan(6);
  });

  test("shrinkage takes its share of agents, planned in turns and unplanned by chance", async () => {
    const item = { id: "s", name: "s", share: 0.25, weekdays: null, fromMinute: null, toMinute: null };
    const { simulation } = input().plan;
    const settings = { ...simulation, atShiftEnd: "handOver" as const, replications: 400 };
    const planned = await simulated(input({ simulation: settings, shrinkage: [{ ...item, planned: true }] }));
    const unplanned = await simulated(
      input({ simulation: settings, shrinkage: [{ ...item, planned: false }] }),
    );
    // Eight agents, a quarter away: exactly two in turns, two on average when drawn.
    expect(planned.groups[0].agentsOnQueue.mean[18]).toBeCloseTo(6, 6);
    expect(planned.groups[0].agentsOnQueue.halfWidth[18]).toBeLessThan(1e-6);
    const drawn = unplanned.groups[0].agentsOnQueue;
    expect(Math.abs(drawn.mean[18] - 6)).toBeLessThan(1.6 * drawn.halfWidth[18]);
    expect(drawn.halfWidth[18]).toBeGreaterThan(0.05);
  });

  test("with uncertain demand the day's volume varies as the forecast says", async () => {
    const { simulation } = input().plan;
    const from = input({ simulation: { ...simulation, replications: 400, uncertainDemand: true } });
    const { queues } = await simulated(from);
    const { offered } = queues[0].replicationDays;
    const mean = offered.reduce((a, b) => a + b, 0) / offered.length;
    const variance = offered.reduce((a, b) => a + (b - mean) ** 2, 0) / (offered.length - 1);
    // 20 intervals of 50: Poisson 1,000, dispersion 20 · 0.02 · 50², day factor 0.01 · 1000².
    expect(mean).toBeGreaterThan(980);
    expect(mean).toBeLessThan(1020);
    expect(variance).toBeGreaterThan(10_000);
    expect(variance).toBeLessThan(14_500);
  });

  test("a partial result stands for the replications it has", async () => {
    const { simulation } = input().plan;
    const from = input({ simulation: { ...simulation, replications: 1500 } });
    const partials: number[] = [];
    await simulateContacts(from, ({ partial, completed }) => {
      if (partial === undefined) return;
      expect(partial.replications).toBe(completed);
      expect(partial.queues[0].replicationDays.offered).toHaveLength(completed * 2);
      partials.push(completed);
    });
    expect(partials.length).toBeGreaterThan(0);
  });

  test("stops by itself when every day is known well enough, at the same replication on any lanes", async () => {
    const { simulation } = input().plan;
    const from = input({ simulation: { ...simulation, replications: 2000, halfWidth: 0.015 } });
    const alone = await simulated(from);
    expect(alone.replications).toBeGreaterThanOrEqual(10);
    expect(alone.replications).toBeLessThan(1000);
    for (const { days } of alone.queues) {
      for (const half of days.serviceLevel.halfWidth) expect(half).toBeLessThanOrEqual(0.015);
    }
    const lanes = Array.from({ length: 3 }, () => {
      const run = openSimulation(from);
      return async (block: number) => run(block);
    });
    const outcome = await spreadSimulation(from, lanes);
    expect(outcome.ok && { ...outcome.value, seconds: null }).toEqual(alone);
    // A number that is asked for is kept to.
    expect((await simulated({ ...from, replications: 12 })).replications).toBe(12);
  });

  test("a trace tells every contact once, served by one who was on queue and does one thing at a time", () => {
    const from = input({
      shrinkage: [
        { id: "s", name: "s", share: 0.2, planned: false, weekdays: null, fromMinute: null, toMinute: null },
      ],
    });
    const outcome = traceContacts(from, 1, 3);
    if (!outcome.ok) throw new Error(outcome.issues[0].code);
    const trace = outcome.value;
    expect(trace.arrival.length).toBeGreaterThan(1000);
    expect(trace.agents.some((agent) => agent.work.length === 0)).toBe(true);
    const busyUntil = new Float64Array(trace.agents.length);
    for (let k = 0; k < trace.arrival.length; k++) {
      if (k > 0) expect(trace.arrival[k] >= trace.arrival[k - 1]).toBe(true);
      expect(trace.outcome[k]).toBeGreaterThan(0);
      if (trace.outcome[k] !== contactOutcome.answered) {
        expect(trace.agent[k]).toBeNull();
        expect(trace.answered[k]).toBeNull();
        continue;
      }
      const agent = trace.agent[k];
      const at = trace.answered[k];
      const end = trace.ended[k];
      if (agent === null || at === null || end === null)
        throw new Error(`contact ${k} lacks what answered has`);
      const { work, groupId } = trace.agents[agent];
      expect(work.some((start, edge) => edge % 2 === 0 && start <= at && at <= work[edge + 1])).toBe(true);
      // Only chats are held two at a time.
      if (groupId !== "voice") continue;
      expect(at).toBeGreaterThanOrEqual(busyUntil[agent] - 1e-6);
      busyUntil[agent] = end;
    }
    const again = traceContacts(from, 1, 3);
    expect(again.ok && again.value).toEqual(trace);
    const lines = contactTraceCsv(trace).trim().split("\n");
    expect(lines).toHaveLength(trace.arrival.length + 1);
    expect(lines[1]).toMatch(/^1,(Voice|Chat),2026-11-03T08:0\d:\d\d\+01:00,/);
  });

  test("says why there is nothing to simulate", async () => {
    const from = input();
    const codes = async (other: SimulationInput) =>
      (await simulateContacts(other)).issues.map((issue) => issue.code);
    expect(await codes({ ...from, schedule: null })).toEqual(["simulate.noShifts"]);
    expect(await codes({ ...from, forecast: { ...from.forecast, queues: [] } })).toEqual([
      "simulate.noForecast",
      "simulate.noForecast",
    ]);
    expect(await codes({ ...from, days: { first: 1, end: 6 } })).toEqual(["simulate.badDays"]);
    expect(await codes({ ...from, plan: { ...from.plan, groups: from.plan.groups.slice(1) } })).toEqual([
      "simulate.unknownGroup",
    ]);
    const other = createIntervalGrid("UTC", 30, "2026-11-02", 2);
    expect(await codes({ ...from, forecast: { ...from.forecast, grid: other } })).toEqual([
      "simulate.gridsDiffer",
    ]);
  });
});
