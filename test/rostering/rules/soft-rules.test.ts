import { describe, expect, test } from "vitest";
import { rosterPrice } from "../../../src/rostering/problem/roster-price.ts";
import {
  dayOff,
  type RosterProblem,
  type SoftTerms,
  type Tally,
  type Tour,
} from "../../../src/rostering/problem/roster-problem.ts";
import {
  type SoftRuleName,
  softBreachesOf,
  softPrice,
  softRules,
} from "../../../src/rostering/rules/soft-rules.ts";
import { rosterSearch } from "../../../src/rostering/search/ruin-and-recreate.ts";
import { unfoldTours } from "../../../src/rostering/search/tour-graph.ts";
import { smallKinds, smallProblem, tour } from "../small-problem.ts";

/** People of whom the first has soft terms. */
function withTerms(dayCount: number, people: number, soft: SoftTerms, needed = {}): RosterProblem {
  const problem = smallProblem(
    dayCount,
    Array.from({ length: people }, () => ({})),
    needed,
  );
  return {
    ...problem,
    people: problem.people.map((person, index) => (index === 0 ? { ...person, soft } : person)),
  };
}

/** Counts the kinds given by their letters. */
function tally(rule: Tally["rule"], days: number, letters: string, more: Partial<Tally>): SoftTerms {
  const counted = Uint8Array.from({ length: days * smallKinds.length }, (_, choice) =>
    letters.includes(smallKinds[choice % smallKinds.length].id) ? 1 : 0,
  );
  return {
    tallies: [
      { rule, counted, perWeekend: false, carried: 0, least: 0, most: 1, weight: 5, squared: true, ...more },
    ],
  };
}

interface Case {
  readonly soft: SoftTerms;
  readonly holds: string;
  readonly broken: string;
  readonly other?: string;
  readonly costs: readonly (readonly [number | null, number])[];
}

/** Ada under one rule, with Ben as `other`: a tour that keeps it, one that does not, and what each breach costs. */
const cases: Record<SoftRuleName, Case> = {
  fairNights: {
    soft: tally("fairNights", 4, "L", { carried: 1, most: 2 }),
    holds: "LEEE",
    broken: "LLLE",
    costs: [[null, 20]],
  },
  fairLates: {
    soft: tally("fairLates", 3, "L", { least: 1 }),
    holds: "LE-",
    broken: "EEE",
    costs: [[null, 5]],
  },
  fairUndesired: {
    soft: tally("fairUndesired", 3, "H", {}),
    holds: "EHE",
    broken: "EHH",
    costs: [[null, 5]],
  },
  fairWeekends: {
    soft: tally("fairWeekends", 14, "ELH", {
      perWeekend: true,
      counted: Uint8Array.from({ length: 42 }, (_, choice) => (Math.floor(choice / 3) % 7 >= 5 ? 1 : 0)),
    }),
    holds: "EEEEEEEEEEEE--",
    broken: "-----E-----E-L",
    costs: [[null, 5]],
  },
  skillRotation: {
    soft: tally("skillRotation", 4, "L", { least: 2, most: Infinity, squared: false }),
    holds: "LEEL",
    broken: "EEEE",
    costs: [[null, 10]],
  },
  singleDayOff: {
    soft: { tallies: [], singleDayOff: 3 },
    holds: "-E--E-",
    broken: "E-E-E-",
    costs: [
      [1, 3],
      [3, 3],
    ],
  },
  startMove: {
    soft: { tallies: [], startMove: { weight: 2, toleranceMinutes: 120 } },
    holds: "EH-L",
    broken: "EHL-",
    costs: [[2, 2]],
  },
  partnerWish: {
    soft: { tallies: [], partner: { person: 1, kind: "sameShifts", weight: 4 } },
    holds: "EL-E",
    broken: "LEE-",
    other: "ELEE",
    costs: [
      [0, 4],
      [1, 4],
    ],
  },
};

describe("soft rules, one person each", () => {
  for (const [rule, { soft, holds, broken, other, costs }] of Object.entries(cases)) {
    test(rule, () => {
      const problem = withTerms(holds.length, 2, soft);
      const toursWith = (text: string): Tour[] => [tour(text), tour(other ?? "-".repeat(text.length))];
      const judge = (text: string) => softBreachesOf(problem, problem.people[0], tour(text), toursWith(text));
      expect(judge(holds)).toEqual([]);
      expect(judge(broken)).toEqual(costs.map(([day, penalty]) => ({ rule, day, penalty })));
      expect(
        softRules[rule as SoftRuleName](problem, problem.people[1], tour(broken), toursWith(broken)),
      ).toEqual([]);
      const sum = costs.reduce((total, [, penalty]) => total + penalty, 0);
      expect(softPrice(problem, problem.people[0], tour(broken), toursWith(broken))).toBe(sum);
    });
  }

  test("partners: the same days off, and never together", () => {
    const judge = (kind: "sameDaysOff" | "neverTogether") => {
      const problem = withTerms(4, 2, { tallies: [], partner: { person: 1, kind, weight: 1 } });
      return softBreachesOf(problem, problem.people[0], tour("E-HL"), [tour("E-HL"), tour("EL-E")]).map(
        ({ day }) => day,
      );
    };
    expect(judge("sameDaysOff")).toEqual([1, 2]);
    expect(judge("neverTogether")).toEqual([0]);
  });
});

describe("the search keeps them where cover lets it", () => {
  const search = (problem: RosterProblem, start: readonly Tour[] | null = null) => {
    const graphs = problem.people.map(({ limits }) => unfoldTours(problem, limits)!);
    const found = rosterSearch(problem, graphs, 1, start);
    for (let step = 0; step < 300; step++) found.step(1);
    const best = found.best();
    expect(best.price).toBeCloseTo(rosterPrice(problem, best.tours), 9);
    return best;
  };

  test("nights go to whoever had fewer", () => {
    const needed = { "0L": 1, "1L": 1, "2L": 1, "3L": 1, "0E": 1, "1E": 1, "2E": 1, "3E": 1 };
    const problem = withTerms(
      4,
      2,
      tally("fairNights", 4, "L", { carried: 3, least: 3, most: 4, weight: 50 }),
      needed,
    );
    const { tours, price } = search(problem);
    expect(price).toBe(0);
    expect(tours[0].filter((kind) => kind === 1).length).toBeLessThanOrEqual(1);
  });

  test("a change of the partner's tour is counted for whoever wants to be with them", () => {
    const needed = { "0E": 2, "1L": 2, "2E": 2, "3L": 1, "3E": 1 };
    const soft = { tallies: [], partner: { person: 1, kind: "sameShifts" as const, weight: 7 } };
    const problem = withTerms(4, 3, soft, needed);
    expect(search(problem).price).toBe(0);
  });

  test("days off stand together", () => {
    const problem = withTerms(6, 1, { tallies: [], singleDayOff: 30 }, { "0E": 1, "1E": 1, "3E": 1 });
    const { prices } = problem.people[0];
    prices.fill(1, 0, prices.length);
    // Day 2 wants nobody; to work it all the same costs 1 over cover, a single day off 30.
    const { tours } = search(problem);
    expect(tours[0][2]).not.toBe(dayOff);
  });
});
