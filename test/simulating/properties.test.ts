import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { noAgents, type QueueProblem, type SimulationProblem } from "../../src/simulating/compile/problem.ts";
import { createContactDraw } from "../../src/simulating/draw/draw-contacts.ts";
import { createCrew, createDutyTape } from "../../src/simulating/draw/draw-duty.ts";
import { createEngine, createEventLoop } from "../../src/simulating/engine/engine.ts";
import { createBlockRunner } from "../../src/simulating/measure/replication-blocks.ts";
import {
  createTally,
  groupCount,
  groupCounts,
  queueCount,
  queueCounts,
} from "../../src/simulating/measure/tally.ts";
import { runReplications } from "../../src/simulating/simulate-contacts.ts";
import { singleQueue } from "./single-queue.ts";

const intervals = 12;

const distribution = fc.oneof(
  fc.constant({ kind: "exponential" as const, mean: 1 }),
  fc.constant({ kind: "deterministic" as const, mean: 1 }),
  fc.double({ min: 0.2, max: 2, noNaN: true }).map((cv) => ({ kind: "lognormal" as const, mean: 1, cv })),
);

const queue = fc.record({
  offered: fc.array(fc.integer({ min: 0, max: 80 }), { minLength: intervals, maxLength: intervals }),
  aht: fc.integer({ min: 20, max: 900 }),
  handleTime: distribution,
  patience: fc.option(fc.integer({ min: 5, max: 1000 })),
  balking: fc.constantFrom(0, 0, 0.3),
  maxContacts: fc.constantFrom(1, 1, 2, 4),
  waitingPlaces: fc.option(fc.integer({ min: 0, max: 20 })),
  credit: fc.constantFrom(0, 90),
  redial: fc.option(
    fc.record({
      probability: fc.double({ min: 0, max: 0.9, noNaN: true }),
      mean: fc.integer({ min: 10, max: 900 }),
    }),
  ),
  dayFactorVariance: fc.constantFrom(0, 0.04),
  waitsOvernight: fc.boolean(),
  callback: fc.option(
    fc.record({
      afterSeconds: fc.constantFrom(0, 20, 120),
      acceptShare: fc.constantFrom(0.3, 1),
      inTurn: fc.boolean(),
    }),
  ),
  transfers: fc.option(fc.record({ queue: fc.nat({ max: 3 }), share: fc.constantFrom(0.2, 0.8) })),
  interruptible: fc.constantFrom(false, false, true),
  doneWithinSeconds: fc.option(fc.constantFrom(600, 7200)),
  turnedAway: fc.option(fc.constantFrom([3000, 4000], [0, 900, 5000, 9000])),
});

const group = fc.record({
  staffing: fc.array(fc.integer({ min: 0, max: 12 }), { minLength: intervals, maxLength: intervals }),
  serves: fc.array(
    fc.record({
      queue: fc.nat({ max: 3 }),
      level: fc.nat({ max: 2 }),
      preference: fc.nat({ max: 2 }),
      afterSeconds: fc.constantFrom(0, 0, 30),
      keepFree: fc.constantFrom(0, 0, 2),
    }),
    { minLength: 1, maxLength: 4 },
  ),
});

const system = fc
  .record({
    queues: fc.array(queue, { minLength: 1, maxLength: 4 }),
    groups: fc.array(group, { minLength: 1, maxLength: 5 }),
    atShiftEnd: fc.constantFrom("finishContact" as const, "handOver" as const, "stopTakingContacts" as const),
    contactRule: fc.constantFrom("priority" as const, "furthestBelowGoal" as const),
    agentRule: fc.constantFrom("longestIdle" as const, "leastBusy" as const),
    away: fc.array(
      fc.record({
        startSeconds: fc.nat({ max: 18_000 }),
        length: fc.integer({ min: 60, max: 4000 }),
        group: fc.nat({ max: 4 }),
        atOnce: fc.boolean(),
      }),
      { maxLength: 3 },
    ),
    seed: fc.nat(),
  })
  .map(({ queues, groups, atShiftEnd, contactRule, agentRule, away, seed }): SimulationProblem => {
    const base = singleQueue({ agents: 1, intervals }, { offeredPerHalfHour: 1, ahtSeconds: 1 });
    return {
      ...base,
      dayOffsets: [0, 6, intervals],
      atShiftEnd,
      contactRule,
      agentRule,
      away: away.map(({ startSeconds, length, group: g, atOnce }) => ({
        startSeconds,
        endSeconds: startSeconds + length,
        groups: [g % groups.length],
        atOnce,
      })),
      seed,
      agents: noAgents,
      queues: queues.map(
        (one, index): QueueProblem => ({
          ...base.queues[0],
          id: `queue ${index}`,
          offered: Float64Array.from(one.offered),
          open: Uint8Array.from(one.offered, (offered) => (offered > 0 ? 1 : 0)),
          ahtSeconds: new Float64Array(intervals).fill(one.aht),
          handleTime: one.handleTime,
          patience: one.patience === null ? null : { kind: "exponential", mean: one.patience },
          balking: one.balking,
          maxContacts: one.maxContacts,
          slowdown: [1, 1.2, 1.5],
          waitingPlaces: one.waitingPlaces,
          classes: [
            { share: 0.3, level: 0, creditSeconds: one.credit },
            { share: 0.7, level: 0, creditSeconds: 0 },
          ],
          redial:
            one.redial === null
              ? null
              : {
                  probability: one.redial.probability,
                  delay: { kind: "exponential", mean: one.redial.mean },
                },
          dayFactorVariance: one.dayFactorVariance,
          waitsOvernight: one.waitsOvernight,
          callback: one.callback ?? undefined,
          transfers:
            one.transfers === null
              ? undefined
              : [{ ...one.transfers, queue: one.transfers.queue % queues.length, ahtSeconds: null }],
          // Work that may be interrupted is done one at a time.
          interruptible: one.interruptible && one.maxContacts === 1,
          doneWithinSeconds: one.doneWithinSeconds ?? undefined,
          turnedAway: one.turnedAway === null ? undefined : Float64Array.from(one.turnedAway),
        }),
      ),
      groups: groups.map(({ staffing, serves }, index) => ({
        id: `group ${index}`,
        staffing: Int32Array.from(staffing),
        // A group serves a queue once.
        serves: [...new Map(serves.map((service) => [service.queue % queues.length, service])).entries()].map(
          ([at, service]) => ({ ...service, queue: at }),
        ),
      })),
    };
  });

function totals(problem: SimulationProblem, replications: number) {
  const run = createEngine(problem);
  const tally = createTally(problem);
  for (let replication = 0; replication < replications; replication++) run(replication, tally);
  const sum = (what: number) => {
    let total = 0;
    for (let at = what; at < tally.queues.length; at += queueCounts) total += tally.queues[at];
    return total;
  };
  return { tally, sum };
}

describe("200 random systems", () => {
  test("offered = answered + abandoned + blocked + promised a callback + still there", () => {
    fc.assert(
      fc.property(system, (problem) => {
        const { tally, sum } = totals(problem, 2);
        // Who is still there waits, or is in service or promised a callback and counted as such.
        const gone =
          sum(queueCount.answered) +
          sum(queueCount.abandoned) +
          sum(queueCount.blocked) +
          sum(queueCount.callbackTaken);
        const offered = sum(queueCount.offered);
        expect(gone).toBeLessThanOrEqual(offered);
        expect(gone + tally.stillThere).toBeGreaterThanOrEqual(offered);
        expect(offered).toBe(tally.contacts + sum(queueCount.redialled) + sum(queueCount.transferred));
        expect(sum(queueCount.calledBack)).toBeLessThanOrEqual(sum(queueCount.callbackTaken));
        // Each answered contact is in one bin of the waits.
        expect(tally.waits.reduce((a, b) => a + b, 0)).toBe(sum(queueCount.answered));
        expect(sum(queueCount.answeredInTime)).toBeLessThanOrEqual(
          sum(queueCount.answered) + sum(queueCount.calledBack),
        );
      }),
      { numRuns: 200, seed: 1 },
    );
  });

  test("Little's law: time spent waiting is contacts waiting, summed over time", () => {
    fc.assert(
      fc.property(
        system.filter(({ atShiftEnd }) => atShiftEnd !== "handOver"),
        (problem) => {
          // Everybody leaves before the last intervals, which nobody enters: so both sides see the same contacts.
          const quiet: SimulationProblem = {
            ...problem,
            queues: problem.queues.map((one) => ({
              ...one,
              offered: one.offered.map((offered, interval) => (interval < 4 ? offered : 0)),
              open: one.open.map((open, interval) => (interval < 4 ? open : 0)),
              waitsOvernight: false,
              redial: null,
              // Who is interrupted waits once more, which is no wait for an answer; as does who is sent back.
              interruptible: false,
              transfers: undefined,
            })),
            away: problem.away?.map((window) => ({ ...window, atOnce: false })),
            groups: problem.groups.map((one) => ({
              ...one,
              staffing: one.staffing.map((agents, interval) => (interval >= 10 ? 0 : agents)),
            })),
          };
          const { tally, sum } = totals(quiet, 1);
          const waited =
            sum(queueCount.waitAnswered) + sum(queueCount.waitAbandoned) + sum(queueCount.waitCalledBack);
          const waiting = sum(queueCount.waitingTime) + sum(queueCount.callbackTime);
          if (tally.stillThere === 0) expect(waiting).toBeCloseTo(waited, 4);
          let handling = 0;
          let onQueue = 0;
          for (let at = 0; at < tally.groups.length; at += groupCounts) {
            expect(tally.groups[at + groupCount.handlingTime]).toBeLessThanOrEqual(
              tally.groups[at + groupCount.onQueueTime] + 1e-6,
            );
            handling += tally.groups[at + groupCount.handlingTime];
            onQueue += tally.groups[at + groupCount.onQueueTime];
          }
          expect(handling).toBeLessThanOrEqual(onQueue + 1e-6);
          // Agents who hold one contact at a time handle as long as their contacts are in service.
          if (quiet.queues.every((one) => one.maxContacts === 1)) {
            expect(handling).toBeCloseTo(sum(queueCount.serviceTime), 4);
          }
        },
      ),
      { numRuns: 200, seed: 2 },
    );
  });

  test("an event loop leaves its tapes as they are: run again, it counts the same", () => {
    fc.assert(
      fc.property(system, (problem) => {
        const crew = createCrew(problem);
        const contacts = createContactDraw(problem);
        const duty = createDutyTape(problem, crew);
        contacts.draw(0);
        duty.draw(0);
        const run = createEventLoop(problem, crew, contacts.tape, duty.tape);
        const [first, second] = [createTally(problem), createTally(problem)];
        run(first);
        run(second);
        expect(second).toEqual(first);
      }),
      { numRuns: 100, seed: 4 },
    );
  });

  test("the same bits whether one, two or four lanes share the work", async () => {
    await fc.assert(
      fc.asyncProperty(system, async (problem) => {
        const results = [];
        for (const lanes of [1, 2, 4]) {
          const runners = Array.from({ length: lanes }, (_, lane) => {
            const run = createBlockRunner(problem, 5);
            return async (block: number) => {
              // Lanes end out of order.
              for (let wait = 0; wait < (lane * 5 + block * 3) % 4; wait++) await null;
              return run(block);
            };
          });
          results.push(await runReplications(problem, 5, runners));
        }
        expect(results[1]).toEqual(results[0]);
        expect(results[2]).toEqual(results[0]);
      }),
      { numRuns: 200, seed: 3 },
    );
  });
});
