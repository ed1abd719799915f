import { expect, test } from "vitest";
import { requiredAgents, targetSlack } from "../../../src/queueing/steady/required-agents.ts";
import { leastAgentsOverDays, serviceOverDay } from "../../../src/queueing/transient/day-requirement.ts";
import { type TransientLoad, transientQueue } from "../../../src/queueing/transient/transient-queue.ts";
import { leastTransientAgents } from "../../../src/queueing/transient/transient-requirement.ts";

const targets = {
  serviceLevel: 0.8,
  serviceLevelRule: "offered" as const,
  maxAsaSeconds: null,
  maxAbandonment: null,
  maxOccupancy: null,
};

/** Days of so many intervals with a hump of contacts, closed in between. */
function humps(days: number, intervals: number, peak: number, patienceSeconds: number | null): TransientLoad {
  const count = days * (intervals + 1);
  const contacts = Float64Array.from({ length: count }, (_, index) => {
    const at = index % (intervals + 1);
    return at === intervals ? 0 : peak * Math.sin((Math.PI * (at + 0.5)) / intervals) ** 2 + 1;
  });
  return {
    intervalSeconds: 900,
    arrivalsPerSecond: contacts.map((one) => one / 900),
    ahtSeconds: new Float64Array(count).fill(300),
    patienceSeconds,
    answerWithinSeconds: 20,
    open: Uint8Array.from({ length: count }, (_, index) => (index % (intervals + 1) === intervals ? 0 : 1)),
    start: "steady",
  };
}

function solve(load: TransientLoad, intervals: number) {
  const near = Array.from(load.arrivalsPerSecond, (arrivalsPerSecond, index) =>
    arrivalsPerSecond === 0
      ? 0
      : (requiredAgents({ ...load, arrivalsPerSecond, ahtSeconds: load.ahtSeconds[index] }, targets, 1) ?? 0),
  );
  const atLeast = near.map((agents) => Math.min(1, agents));
  const dayOf = near.map((_, index) => Math.floor(index / (intervals + 1)));
  const day = leastAgentsOverDays(load, targets, atLeast, near, dayOf);
  const every = leastTransientAgents(load, targets, atLeast, near);
  return { day, every, dayOf, atLeast };
}

const sum = (agents: Int32Array) => agents.reduce((total, count) => total + count, 0);

test("the goal over the day holds in the true queue of every day, with fewer agents than in every interval", () => {
  for (const patienceSeconds of [null, 180]) {
    const load = humps(2, 24, 60, patienceSeconds);
    const { day, every, dayOf } = solve(load, 24);
    const outcomes = transientQueue(load, day.agents);
    expect(outcomes).toEqual(day.outcomes);
    for (const one of [0, 1]) {
      const service = serviceOverDay(load, day.agents, outcomes, dayOf, one);
      expect(service === null ? -1 : targetSlack(targets, service)).toBeGreaterThanOrEqual(0);
      expect(service?.serviceLevelOffered ?? 0).toBeLessThan(0.83);
    }
    expect(sum(day.agents)).toBeLessThan(sum(every.agents));
  }
});

test("no agent of a small day can be spared: as few as the best of all staffings", () => {
  const load = humps(1, 4, 14, 120);
  const { day, dayOf, atLeast } = solve(load, 4);
  // All staffings of four intervals, two agents around those found.
  let least = Number.POSITIVE_INFINITY;
  const around = (index: number) =>
    [-2, -1, 0, 1, 2].map((step) => day.agents[index] + step).filter((agents) => agents >= atLeast[index]);
  for (const a of around(0))
    for (const b of around(1))
      for (const c of around(2))
        for (const d of around(3)) {
          const agents = [a, b, c, d, 0];
          if (a + b + c + d >= least) continue;
          const service = serviceOverDay(load, agents, transientQueue(load, agents), dayOf, 0);
          if (service !== null && targetSlack(targets, service) >= 0) least = a + b + c + d;
        }
  expect(sum(day.agents)).toBe(least);
});
