import { describe, expect, test } from "vitest";
import { type TransientLoad, transientQueue } from "../../../src/queueing/transient/transient-queue.ts";
import { leastTransientAgents } from "../../../src/queueing/transient/transient-requirement.ts";
import { integratedQueue } from "./integrated-queue.ts";
import { randomQueue, worstDifference } from "./random-queue.ts";

describe("the transient queue against an independent integration (all 500 seeds: npm run bench:transient-grid)", () => {
  test.each(Array.from({ length: 10 }, (_, at) => 1 + 45 * at))("seed %i: within 1e-6", (seed) => {
    expect(worstDifference(seed)).toBeLessThan(1e-6);
  });

  test("shares lie between 0 and 1 and waits are not negative, 200 random queues (seeds 1 to 200)", () => {
    for (let seed = 1; seed <= 200; seed++) {
      const { load, agents } = randomQueue(seed);
      for (const outcome of transientQueue(load, agents))
        for (const [name, value] of Object.entries(outcome ?? {})) {
          const most = /Seconds|Waiting/.test(name) ? Number.POSITIVE_INFINITY : 1;
          expect([seed, name, value >= 0 && value <= most]).toEqual([seed, name, true]);
        }
    }
  });
});

describe("least agents of large queues", () => {
  const eightyTwenty = {
    serviceLevel: 0.8,
    serviceLevelRule: "offered",
    maxAsaSeconds: null,
    maxAbandonment: null,
    maxOccupancy: null,
  } as const;
  // Found with the independent integration: the fewest that reach 80 % from an empty start.
  test.each([
    [2000, 180, 373],
    [900, 600, 406],
    [700, 600, 316],
  ])("%i contacts a quarter-hour of %i s need %i agents", (contacts, ahtSeconds, wanted) => {
    const load: TransientLoad = {
      intervalSeconds: 900,
      arrivalsPerSecond: Float64Array.of(contacts / 900),
      ahtSeconds: Float64Array.of(ahtSeconds),
      patienceSeconds: null,
      answerWithinSeconds: 20,
      start: "empty",
    };
    const near = [Math.round((contacts / 900) * ahtSeconds)];
    expect([...leastTransientAgents(load, eightyTwenty, [1], near).agents]).toEqual([wanted]);
    expect(integratedQueue(load, [wanted])[0].inTime).toBeGreaterThanOrEqual(0.8);
    expect(integratedQueue(load, [wanted - 1])[0].inTime).toBeLessThan(0.8);
  });

  test("a hundred thousand erlangs keep the identities", () => {
    const load: TransientLoad = {
      intervalSeconds: 900,
      arrivalsPerSecond: Float64Array.of(100_000 / 180),
      ahtSeconds: Float64Array.of(180),
      patienceSeconds: 120,
      answerWithinSeconds: 20,
      start: "empty",
    };
    const [outcome] = transientQueue(load, [99_000]);
    expect(outcome!.abandonmentRate).toBeCloseTo(outcome!.meanWaitSeconds / 120, 9);
    expect(outcome!.occupancy).toBeLessThanOrEqual(1);
    expect(outcome!.serviceLevelOffered).toBeGreaterThan(0.5);
  });
});
