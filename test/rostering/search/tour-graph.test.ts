import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { RosterProblem, Tour, TourLimits } from "../../../src/rostering/problem/roster-problem.ts";
import { breachesOf } from "../../../src/rostering/rules/hard-rules.ts";
import { cheapestTour } from "../../../src/rostering/search/cheapest-tour.ts";
import { relaxPerson } from "../../../src/rostering/search/relax-infeasible.ts";
import { unfoldTours } from "../../../src/rostering/search/tour-graph.ts";
import { noEarlyAfterLate, smallProblem, tour } from "../small-problem.ts";

/** Cheapest tour by trying all of them against the rules: shares nothing with the graph. */
function byEnumeration(problem: RosterProblem): number {
  const [person] = problem.people;
  const { dayCount, kinds } = problem;
  const candidate: Tour = new Int16Array(dayCount);
  let least = Infinity;
  const descend = (day: number, price: number): void => {
    if (day === dayCount) {
      if (price < least && breachesOf(problem, person, candidate).length === 0) least = price;
      return;
    }
    for (let kind = -1; kind < kinds.length; kind++) {
      candidate[day] = kind;
      descend(day + 1, price + person.prices[day * (kinds.length + 1) + kind + 1]);
    }
  };
  descend(0, 0);
  return least;
}

const limitsOfTour: fc.Arbitrary<Partial<TourLimits>> = fc.record(
  {
    mayFollow: fc.constant(noEarlyAfterLate),
    caps: fc.constantFrom(
      [],
      [{ kinds: [0], maximum: 1 }],
      [{ kinds: [1, 2], maximum: 2 }],
      [{ kinds: [2], maximum: 0 }],
    ),
    minimumMinutes: fc.constantFrom(0, 480, 1200, 1440),
    maximumMinutes: fc.constantFrom(960, 1440, 2000),
    minimumMinutesOfWeek: fc.constantFrom([], [480, 240], [0, 500]),
    maximumMinutesPerWeek: fc.constantFrom(720, 1440),
    maximumConsecutiveDays: fc.integer({ min: 1, max: 4 }),
    minimumConsecutiveDays: fc.integer({ min: 1, max: 3 }),
    minimumConsecutiveDaysOff: fc.integer({ min: 1, max: 3 }),
    maximumWeekends: fc.integer({ min: 0, max: 2 }),
    maximumConsecutiveNights: fc.constantFrom(1, 2),
    isLeave: fc.array(fc.boolean(), { minLength: 6, maxLength: 6 }),
  },
  { requiredKeys: [] },
);

/** Six days: from a Thursday, so that a weekend and the end of a week lie inside; and from a Sunday to a Friday. */
const horizons: readonly Pick<RosterProblem, "weekOfDay" | "weekendOfDay" | "weekendOfNight">[] = [
  { weekOfDay: [0, 0, 0, 0, 1, 1], weekendOfDay: [-1, -1, 0, 0, -1, -1] },
  {
    weekOfDay: [0, 0, 0, 0, 1, 1],
    weekendOfDay: [-1, -1, 0, 0, -1, -1],
    weekendOfNight: [-1, 0, 0, 0, -1, -1],
  },
  {
    weekOfDay: [0, 1, 1, 1, 1, 1],
    weekendOfDay: [0, -1, -1, -1, -1, -1],
    weekendOfNight: [0, -1, -1, -1, -1, 1],
  },
];

describe("the graph of tours", () => {
  test("its cheapest tour is the cheapest of all that obey the rules", () => {
    fc.assert(
      fc.property(
        limitsOfTour,
        fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 24, maxLength: 24 }),
        fc.constantFrom(...horizons),
        (limits, prices, horizon) => {
          const problem: RosterProblem = { ...smallProblem(6, [limits]), ...horizon };
          problem.people[0].prices.set(prices);
          const graph = unfoldTours(problem, problem.people[0].limits);
          const expected = byEnumeration(problem);
          if (graph === null) {
            expect(expected).toBe(Infinity);
            return;
          }
          const found: Tour = new Int16Array(6);
          expect(cheapestTour(graph, problem.people[0].prices, found).price).toBe(expected);
          expect(breachesOf(problem, problem.people[0], found)).toEqual([]);
        },
      ),
      { numRuns: 300, seed: 6 },
    );
  });

  test("a cap too high for the state is held by prices", () => {
    const problem = smallProblem(40, [{ caps: [{ kinds: [0], maximum: 35 }] }]);
    for (let day = 0; day < 40; day++) problem.people[0].prices[day * 4 + 1] = -(1 + (day % 7) / 10);
    const graph = unfoldTours(problem, problem.people[0].limits)!;
    expect(graph.looseCaps).toEqual([0]);
    const found: Tour = new Int16Array(40);
    expect(cheapestTour(graph, problem.people[0].prices, found).price).toBeLessThan(0);
    expect(breachesOf(problem, problem.people[0], found)).toEqual([]);
  });
});

describe("conflicts", () => {
  test("nobody can owe two shifts a week with one day left: both are named, the hours are relaxed to that day", () => {
    const problem = smallProblem(7, [{ minimumMinutesOfWeek: [960], maximumWeekends: 0 }]);
    for (let day = 0; day < 3; day++) problem.people[0].prices.fill(Infinity, day * 4 + 1, day * 4 + 4);
    expect(relaxPerson(problem, problem.people[0]).conflicts).toEqual([]);
    problem.people[0].prices.fill(Infinity, 17, 20);
    const { conflicts, relaxed } = relaxPerson(problem, problem.people[0]);
    expect(conflicts).toHaveLength(1);
    expect(conflicts[0].dropped).toBe("minimumMinutesPerWeek");
    expect(new Set(conflicts[0].rules)).toEqual(
      new Set(["availability", "minimumMinutesPerWeek", "maximumWeekends"]),
    );
    expect(relaxed.limits.minimumMinutesOfWeek).toEqual([480]);
    expect(breachesOf(problem, relaxed, tour("---E---"))).toEqual([]);
  });

  test("a conflict of rules alone names no day", () => {
    const problem = smallProblem(14, [
      { maximumConsecutiveDays: 2, minimumConsecutiveDays: 3, minimumMinutes: 2400 },
    ]);
    const [conflict] = relaxPerson(problem, problem.people[0]).conflicts;
    expect(new Set(conflict.rules)).toEqual(
      new Set(["maximumConsecutiveDays", "minimumConsecutiveDays", "minimumMinutes"]),
    );
    expect(conflict.days).toEqual([]);
  });
});
