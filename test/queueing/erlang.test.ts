import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { erlangB, linesForBlocking } from "../../src/queueing/steady/erlang-b.ts";
import { requiredAgents, type ServiceTargets } from "../../src/queueing/steady/required-agents.ts";
import {
  type QueueLoad,
  steadyQueue,
  waitBeyond,
  waitPercentile,
} from "../../src/queueing/steady/steady-queue.ts";
import { difference, numberOf, referenceRows } from "./reference-data.ts";

function load(erlangs: number, ahtSeconds: number, patienceSeconds: number | null, within = 20): QueueLoad {
  return {
    arrivalsPerSecond: erlangs / ahtSeconds,
    ahtSeconds,
    patienceSeconds,
    answerWithinSeconds: within,
  };
}

function targets(given: Partial<ServiceTargets>): ServiceTargets {
  return {
    serviceLevel: null,
    serviceLevelRule: "offered",
    maxAsaSeconds: null,
    maxAbandonment: null,
    maxOccupancy: null,
    ...given,
  };
}
const eightyTwenty = targets({ serviceLevel: 0.8 });

/** Contacts an hour of the day in NUMBERS.md, AHT 4 minutes. */
const dayPerHour = [
  12, 8, 6, 5, 5, 8, 20, 45, 70, 85, 90, 88, 80, 78, 82, 80, 70, 60, 48, 40, 32, 26, 20, 15,
];

describe("Erlang C", () => {
  test("100 contacts in 30 minutes of 180 s need 14 agents for 80/20", () => {
    const hundred = { ...load(0, 180, null), arrivalsPerSecond: 100 / 1800 };
    expect(requiredAgents(hundred, eightyTwenty, 1)).toBe(14);
    const fourteen = steadyQueue(hundred, 14);
    expect(fourteen.waitProbability).toBeCloseTo(0.1741319, 7);
    expect(fourteen.serviceLevelOffered).toBeCloseTo(0.88835, 7);
    expect(fourteen.asaSeconds).toBeCloseTo(7.84, 2);
    expect(fourteen.occupancy).toBeCloseTo(0.714286, 6);
    expect(steadyQueue(hundred, 13).serviceLevelOffered).toBeCloseTo(0.7956, 4);
  });

  test.each([
    [5, 7, 0.32415, 0.716313, 48.62, 2],
    [50, 58, 0.194432, 0.885937, 7.291, 3],
    [200, 210, 0.375615, 0.807153, 11.27, 2],
    [1000, 1020, 0.41626, 0.890275, 6.244, 3],
  ])("load %d with %d agents", (erlangs, agents, wait, level, asa, digits) => {
    const service = steadyQueue(load(erlangs, 300, null), agents);
    expect(service.waitProbability).toBeCloseTo(wait, 6);
    expect(service.serviceLevelOffered).toBeCloseTo(level, 6);
    expect(service.asaSeconds).toBeCloseTo(asa, digits);
  });

  test("load 50 with 55 agents, AHT 180 s", () => {
    const service = steadyQueue(load(50, 180, null), 55);
    expect(service.waitProbability).toBeCloseTo(0.3845473179, 10);
    expect(service.meanWaitSeconds).toBeCloseTo(13.84370345, 8);
    expect(service.serviceLevelOffered).toBeCloseTo(0.7793646609, 10);
  });

  test("a day of 80/20 at occupancy up to 0.85 and 30 % shrinkage", () => {
    const goal = targets({ serviceLevel: 0.8, maxOccupancy: 0.85 });
    const scheduled = (patience: number | null) =>
      dayPerHour.map((contacts) => {
        const hour = { ...load(0, 240, patience), arrivalsPerSecond: contacts / 3600 };
        return Math.ceil(requiredAgents(hour, goal, 1)! / 0.7 - 1e-9);
      });
    const expected = [5, 3, 3, 3, 3, 3, 5, 8, 12, 13, 13, 13, 12, 12, 12, 12, 12, 10, 9, 8, 6, 6, 5, 5];
    expect(scheduled(null)).toEqual(expected);
    expect(scheduled(null).reduce((sum, agents) => sum + agents)).toBe(193);
    expect(scheduled(480).reduce((sum, agents) => sum + agents)).toBe(184);
  });
});

describe("Erlang A", () => {
  test("48 calls a minute on 50 agents (Garnett, Mandelbaum & Reiman)", () => {
    const impatient = steadyQueue(load(48, 60, 120), 50);
    expect(impatient.abandonmentRate).toBeCloseTo(0.031, 3);
    expect(impatient.meanWaitSeconds).toBeCloseTo(3.7, 1);
    expect(impatient.occupancy).toBeCloseTo(0.93, 2);
    const patient = steadyQueue(load(48, 60, null), 50);
    expect(patient.meanWaitSeconds).toBeCloseTo(20.8, 1);
    expect(patient.occupancy).toBeCloseTo(0.96, 2);
    // Cutting the load by what abandons is not the same.
    const cut = steadyQueue(load(48 * (1 - 0.031), 60, null), 50);
    expect(cut.meanWaitSeconds).toBeCloseTo(8.8, 1);
  });

  test("three service levels of one queue, 2.2 points apart", () => {
    const service = steadyQueue({ ...load(0, 180, 300), arrivalsPerSecond: 100 / 1800 }, 13);
    expect(service.serviceLevelOffered).toBeCloseTo(0.85818, 5);
    expect(service.serviceLevelAnswered).toBeCloseTo(0.88015, 5);
    expect(service.waitWithinProbability).toBeCloseTo(0.86981, 5);
    // Answered in time ÷ (offered − gone in time), put together from the parts.
    const goneInTime = service.waitWithinProbability - service.serviceLevelOffered;
    expect(service.serviceLevelShortAbandonsExcluded).toBeCloseTo(
      service.serviceLevelOffered / (1 - goneInTime),
      12,
    );
  });

  test("load 50 with 55 agents, patience 120 s", () => {
    const service = steadyQueue(load(50, 180, 120), 55);
    // A 30-digit sum over states gives 0.2359504411, so the eighth digit of NUMBERS.md is not to be trusted.
    expect(service.waitProbability).toBeCloseTo(0.2359504411, 10);
    expect(service.waitProbability).toBeCloseTo(0.23595045, 7);
    expect(service.serviceLevelOffered).toBeCloseTo(0.93239767, 7);
    expect(service.abandonmentRate).toBeCloseTo(0.02414432, 8);
  });

  test("a large queue is staffed below its load, and lets many go", () => {
    // NUMBERS.md rounds the load: 985, at which a search from the load upwards would end at once, less half a contact.
    const large = load(984.5, 300, 120);
    expect(requiredAgents(large, eightyTwenty, 1)).toBe(888);
    expect(steadyQueue(large, 888).abandonmentRate).toBeCloseTo(0.098, 3);
    const capped = requiredAgents(large, targets({ serviceLevel: 0.8, maxAbandonment: 0.05 }), 1)!;
    expect(steadyQueue(large, capped).abandonmentRate).toBeLessThanOrEqual(0.05);
    expect(steadyQueue(large, capped - 1).abandonmentRate).toBeGreaterThan(0.05);
  });
});

/** load, agents, patience, AHT, threshold → P(wait), service level, ASA, abandoned: 40-digit sums over states, not the closed form. */
const fractional: [number, number, number | null, number, number, number, number, number, number][] = [
  [0.05, 0.7, null, 180, 20, 0.13763957633888163, 0.8719505803188498, 38.115574986151834, 0],
  [0.4, 1.25, 60, 240, 20, 0.20796807124128783, 0.8085130819997316, 2.672061908540158, 0.16005751188127432],
  [10, 13.037206, null, 180, 20, 0.28027884239947165, 0.7999999453089944, 16.610724340695, 0],
  [10, 11.5, 300, 180, 20, 0.39351925342464944, 0.718167210056616, 15.319075395956705, 0.05496321063000408],
  [100.5, 99.9, 120, 300, 20, 0.4228591646231754, 0.8414361453350202, 5.90809891273737, 0.051867458547851145],
  [
    1000, 888.25, 120, 300, 20, 0.9883028099411181, 0.7332546776080549, 14.06680076499266,
    0.11184287832761082,
  ],
  [3.3, 2.125, 45, 200, 30, 0.6602280597998107, 0.43420981219588656, 12.254996408269681, 0.4864831150814897],
  [20000, 20100.5, null, 300, 20, 0.36515299814047636, 0.999550528828292, 1.0900089496730638, 0],
];

describe("fractional agents", () => {
  test.each(fractional)(
    "load %d on %d agents, patience %s",
    (erlangs, agents, patience, aht, within, ...wanted) => {
      const service = steadyQueue(load(erlangs, aht, patience, within), agents);
      const got = [
        service.waitProbability,
        service.serviceLevelOffered,
        service.asaSeconds,
        service.abandonmentRate,
      ];
      for (const [place, value] of got.entries())
        expect(difference(value, wanted[place])).toBeLessThan(1e-12);
    },
  );

  test("the fractional requirement just holds", () => {
    const queue = load(10, 180, null);
    const agents = requiredAgents(queue, eightyTwenty, 0)!;
    expect(steadyQueue(queue, agents).serviceLevelOffered).toBeGreaterThanOrEqual(0.8);
    expect(steadyQueue(queue, agents - 1e-6).serviceLevelOffered).toBeLessThan(0.8);
    expect(Math.ceil(agents)).toBe(14);
  });
});

describe("identities", () => {
  const anyLoad = fc.record({
    erlangs: fc.double({ min: 0.01, max: 400, noNaN: true }),
    spare: fc.double({ min: 0.2, max: 12, noNaN: true }),
    aht: fc.integer({ min: 5, max: 1200 }),
    patience: fc.integer({ min: 1, max: 5000 }),
    within: fc.integer({ min: 0, max: 120 }),
  });

  test("patience without end is Erlang C, no patience is Erlang B", () => {
    fc.assert(
      fc.property(anyLoad, ({ erlangs, spare, aht, within }) => {
        const agents = Math.ceil(erlangs + spare);
        const endless = steadyQueue(load(erlangs, aht, 1e9, within), agents);
        const patient = steadyQueue(load(erlangs, aht, null, within), agents);
        expect(Math.abs(endless.serviceLevelOffered - patient.serviceLevelOffered)).toBeLessThan(1e-4);
        const hasty = steadyQueue(load(erlangs, aht, 1e-9, within), agents);
        expect(Math.abs(hasty.abandonmentRate - erlangB(agents, erlangs))).toBeLessThan(1e-7);
      }),
      { seed: 1, numRuns: 60 },
    );
  });

  test("abandoned = mean wait ÷ patience, and everyone is answered or gone", () => {
    fc.assert(
      fc.property(anyLoad, ({ erlangs, spare, aht, patience, within }) => {
        const queue = load(erlangs, aht, patience, within);
        const agents = Math.max(1, erlangs + spare - 6);
        const service = steadyQueue(queue, agents);
        expect(service.abandonmentRate).toBeCloseTo(service.meanWaitSeconds / patience, 12);
        // Work done = work admitted; and waits of answered contacts are shorter than of those who left.
        expect(service.occupancy * agents).toBeCloseTo(erlangs * (1 - service.abandonmentRate), 8);
        expect(service.serviceLevelOffered).toBeLessThanOrEqual(
          service.serviceLevelShortAbandonsExcluded + 1e-12,
        );
        expect(service.serviceLevelShortAbandonsExcluded).toBeLessThanOrEqual(
          service.serviceLevelAnswered + 1e-12,
        );
      }),
      { seed: 2, numRuns: 200 },
    );
  });

  test("whole requirement is the least that holds", () => {
    fc.assert(
      fc.property(anyLoad, fc.double({ min: 0.05, max: 0.99, noNaN: true }), (given, level) => {
        const queue = load(given.erlangs, given.aht, given.patience, given.within);
        const goal = targets({ serviceLevel: level, maxOccupancy: 0.95 });
        const holds = (agents: number) => {
          const service = steadyQueue(queue, agents);
          return service.serviceLevelOffered >= level && service.occupancy <= 0.95;
        };
        const agents = requiredAgents(queue, goal, 1, given.spare * 30)!;
        expect(holds(agents)).toBe(true);
        if (agents > 0) expect(holds(agents - 1)).toBe(false);
      }),
      { seed: 3, numRuns: 200 },
    );
  });

  test("wait percentiles invert the wait's distribution", () => {
    const queue = load(50, 180, 120);
    for (const share of [0.8, 0.9, 0.99]) {
      const wait = waitPercentile(queue, 52, share);
      expect(waitBeyond(queue, 52, wait)).toBeCloseTo(1 - share, 4);
    }
    expect(waitPercentile(queue, 70, 0.5)).toBe(0);
    expect(waitPercentile(load(50, 180, null), 49, 0.5)).toBe(Infinity);
  });
});

describe("edges", () => {
  test("no contacts or no work", () => {
    expect(requiredAgents(load(0, 180, null), eightyTwenty, 1)).toBe(0);
    expect(steadyQueue({ ...load(0, 0, 60), arrivalsPerSecond: 3 }, 0).serviceLevelOffered).toBe(1);
  });

  test("a goal of 100 % has no number of agents", () => {
    expect(requiredAgents(load(10, 180, null), targets({ serviceLevel: 1 }), 1)).toBeNull();
    expect(requiredAgents(load(10, 180, 60), targets({ maxAbandonment: 0 }), 1)).toBeNull();
  });

  test("nobody there", () => {
    const service = steadyQueue(load(10, 180, 60), 0);
    expect(service.abandonmentRate).toBe(1);
    expect(service.serviceLevelOffered).toBe(0);
    expect(steadyQueue(load(10, 180, null), 0).asaSeconds).toBe(Infinity);
  });

  test("100,000 agents", () => {
    for (const patience of [null, 120]) {
      const queue = load(100_000, 300, patience);
      const agents = requiredAgents(queue, eightyTwenty, 1)!;
      expect(steadyQueue(queue, agents).serviceLevelOffered).toBeGreaterThanOrEqual(0.8);
      expect(steadyQueue(queue, agents - 1).serviceLevelOffered).toBeLessThan(0.8);
    }
  });

  test("far too few of a great many agents", () => {
    const service = steadyQueue(load(110_000, 3600, 86_400), 100_000);
    expect(service.abandonmentRate).toBeCloseTo(1 / 11, 12);
    expect(service.serviceLevelOffered).toBeLessThan(1e-12);
  });

  test("nonsense is our bug", () => {
    expect(() => steadyQueue(load(10, 180, -1), 3)).toThrow(RangeError);
    expect(() => steadyQueue(load(10, 180, null), -3)).toThrow(RangeError);
    expect(() => erlangB(3, Number.NaN)).toThrow(RangeError);
  });
});

test("Erlang B", () => {
  expect(erlangB(10, 8)).toBeCloseTo(0.121661064253, 12);
  expect(erlangB(55, 50)).toBeCloseTo(0.053748812126, 12);
  expect(linesForBlocking(10, 0.02)).toBe(17);
});

test("every row of erlang-25-digits.csv", () => {
  const rows = referenceRows("erlang-25-digits.csv");
  expect(rows).toHaveLength(123);
  for (const row of rows) {
    const service = steadyQueue(
      {
        arrivalsPerSecond: numberOf(row.lambda_per_hour) / 3600,
        ahtSeconds: numberOf(row.aht_s),
        patienceSeconds: row.patience_s === "" ? null : numberOf(row.patience_s),
        answerWithinSeconds: numberOf(row.target_s),
      },
      numberOf(row.agents),
    );
    const about = JSON.stringify(row);
    expect(difference(service.waitProbability, numberOf(row.p_wait)), about).toBeLessThan(1e-12);
    expect(difference(service.serviceLevelOffered, numberOf(row.service_level)), about).toBeLessThan(1e-12);
    expect(difference(service.abandonmentRate, numberOf(row.p_abandon)), about).toBeLessThan(1e-12);
    expect(difference(service.asaSeconds, numberOf(row.asa_s)), about).toBeLessThan(1e-9);
    expect(difference(service.occupancy, numberOf(row.occupancy)), about).toBeLessThan(1e-12);
  }
});

test("every row of waits-25-digits.csv", () => {
  const rows = referenceRows("waits-25-digits.csv");
  expect(rows).toHaveLength(76);
  for (const row of rows) {
    const service = steadyQueue(
      {
        arrivalsPerSecond: numberOf(row.lambda_per_hour) / 3600,
        ahtSeconds: numberOf(row.aht_s),
        patienceSeconds: row.patience_s === "" ? null : numberOf(row.patience_s),
        answerWithinSeconds: numberOf(row.target_s),
      },
      numberOf(row.agents),
    );
    const about = JSON.stringify(row);
    const shares: [number, string][] = [
      [service.virtualWaitWithinProbability, row.p_virtual_wait_le_T],
      [service.serviceLevelAnswered, row.sl_answered_only],
    ];
    for (const [got, wanted] of shares) expect(difference(got, numberOf(wanted)), about).toBeLessThan(1e-12);
    expect(difference(service.meanWaiting, numberOf(row.mean_queue)), about).toBeLessThan(1e-9);
    expect(difference(service.meanWaitSeconds, numberOf(row.mean_wait_all_s)), about).toBeLessThan(1e-9);
  }
});
