import { expect, test } from "vitest";
import { finiteQueue, withRedials } from "../../src/queueing/finite-queue.ts";
import { erlangB } from "../../src/queueing/steady/erlang-b.ts";
import { steadyQueue } from "../../src/queueing/steady/steady-queue.ts";
import { expectedService, requiredForExpected } from "../../src/queueing/steady/uncertain-demand.ts";

const load = { arrivalsPerSecond: 10 / 180, ahtSeconds: 180, patienceSeconds: 120, answerWithinSeconds: 20 };

test("no room to wait is Erlang B, endless room is Erlang A", () => {
  expect(finiteQueue(load, 12, 12).blockedShare).toBeCloseTo(erlangB(12, 10), 14);
  const wide = finiteQueue(load, 12, 400);
  const endless = steadyQueue(load, 12);
  expect(wide.serviceLevelAdmitted).toBeCloseTo(endless.serviceLevelOffered, 12);
  expect(wide.abandonmentRate).toBeCloseTo(endless.abandonmentRate, 12);
  expect(wide.meanWaitSeconds).toBeCloseTo(endless.meanWaitSeconds, 9);
});

test("100,000 trunks stay in range, overloaded or idle", () => {
  const large = { ...load, arrivalsPerSecond: 110_000 / 180, patienceSeconds: null };
  expect(finiteQueue(large, 99_000, 100_000).blockedShare).toBeCloseTo(0.1, 3);
  expect(finiteQueue({ ...large, arrivalsPerSecond: 1 }, 99_000, 100_000).blockedShare).toBe(0);
});

test("redials are a fixed point: attempts = first tries + redials", () => {
  const habit = { afterBlocked: 0.7, afterAbandoned: 0.4 };
  const service = withRedials(load, 9, 14, habit)!;
  const lost =
    service.blockedShare * habit.afterBlocked +
    (1 - service.blockedShare) * service.abandonmentRate * habit.afterAbandoned;
  expect(service.attemptsPerSecond * (1 - lost)).toBeCloseTo(load.arrivalsPerSecond, 12);
  expect(service.attemptsPerContact).toBeGreaterThan(1);
  expect(service.answeredInTheEnd).toBeGreaterThan(1 - (1 - service.answeredInTheEnd) * 2);
  const nobody = withRedials(load, 9, 14, { afterBlocked: 0, afterAbandoned: 0 })!;
  expect(nobody.attemptsPerContact).toBeCloseTo(1, 12);
  expect(withRedials(load, 2, 5, { afterBlocked: 1, afterAbandoned: 1 })).toBeNull();
});

test("an uncertain load of 10 on 14 agents", () => {
  const patient = { ...load, patienceSeconds: null };
  const level = (cv: number) => expectedService(patient, cv * cv, 14).serviceLevelOffered;
  expect(level(0)).toBeCloseTo(0.888, 3);
  expect(level(0.1)).toBeCloseTo(0.856, 3);
  expect(level(0.2)).toBeCloseTo(0.759, 3);
});

test("55 agents, load 50 mixed by a gamma factor with cv 0.1", () => {
  const service = expectedService({ ...load, arrivalsPerSecond: 50 / 180 }, 0.01, 55);
  expect(service.serviceLevelOffered).toBeCloseTo(0.894275, 6);
  expect(service.abandonmentRate).toBeCloseTo(0.034921, 6);
});

test("more spread asks for more agents", () => {
  const goal = {
    serviceLevel: 0.8,
    serviceLevelRule: "offered",
    maxAsaSeconds: null,
    maxAbandonment: null,
    maxOccupancy: null,
  } as const;
  const patient = { ...load, patienceSeconds: null };
  const agents = [0, 0.01, 0.04].map((variance) => requiredForExpected(patient, variance, goal, 0)!);
  expect(agents[0]).toBeCloseTo(13.0372, 3);
  expect(agents[1]).toBeGreaterThan(agents[0]);
  expect(agents[2]).toBeGreaterThan(agents[1]);
  expect(expectedService(patient, 0.04, agents[2]).serviceLevelOffered).toBeGreaterThanOrEqual(0.8);
});
