import { describe, expect, test } from "vitest";
import type { TourLimits } from "../../../src/rostering/problem/roster-problem.ts";
import { breachesOf, type HardRuleName, hardRules } from "../../../src/rostering/rules/hard-rules.ts";
import { noEarlyAfterLate, smallProblem, tour } from "../small-problem.ts";

interface Case {
  readonly limits: Partial<TourLimits>;
  readonly holds: string;
  readonly broken: string;
  readonly on: readonly number[];
}

/** Ada under one rule: a tour that obeys it, one that does not, and the days on which it is broken. */
const cases: Record<Exclude<HardRuleName, "availability">, Case> = {
  restBetweenShifts: { limits: { mayFollow: noEarlyAfterLate }, holds: "EL-E", broken: "ELE-", on: [2] },
  maximumConsecutiveDays: {
    limits: { maximumConsecutiveDays: 3 },
    holds: "EEE-E",
    broken: "EEEEE",
    on: [3, 4],
  },
  minimumConsecutiveDays: {
    limits: { minimumConsecutiveDays: 2 },
    holds: "E-EE-E",
    broken: "--E-EE",
    on: [2],
  },
  minimumConsecutiveDaysOff: {
    limits: { minimumConsecutiveDaysOff: 2 },
    holds: "-E--E-",
    broken: "EE-EE-",
    on: [2],
  },
  maximumWeekends: {
    limits: { maximumWeekends: 1 },
    holds: "-----EE-------",
    broken: "-----E------LL",
    on: [12],
  },
  maximumConsecutiveWeekends: {
    limits: { maximumConsecutiveWeekends: 1 },
    holds: "-----EE-------",
    broken: "-----E------LL",
    on: [12],
  },
  maximumMinutes: { limits: { maximumMinutes: 960 }, holds: "E-L", broken: "EHL", on: [2] },
  minimumMinutes: { limits: { minimumMinutes: 960 }, holds: "E-L", broken: "E-H", on: [2] },
  maximumMinutesPerWeek: {
    limits: { maximumMinutesPerWeek: 960 },
    holds: "EE-----EE-----",
    broken: "EE----H-------",
    on: [6],
  },
  minimumMinutesPerWeek: {
    limits: { minimumMinutesOfWeek: [480, 960] },
    holds: "E------EE-----",
    broken: "E------E------",
    on: [13],
  },
  maximumNights: {
    limits: { caps: [{ kinds: [1], maximum: 1, isNights: true }] },
    holds: "LEEE",
    broken: "LEEL",
    on: [3],
  },
  maximumConsecutiveNights: {
    limits: { maximumConsecutiveNights: 2 },
    holds: "LLEL",
    broken: "LLL-",
    on: [2],
  },
  maximumOfKind: { limits: { caps: [{ kinds: [1], maximum: 1 }] }, holds: "LEEE", broken: "LEEL", on: [3] },
};

describe("hard rules, one person each", () => {
  for (const [rule, { limits, holds, broken, on }] of Object.entries(cases)) {
    test(rule, () => {
      const check = hardRules[rule as HardRuleName];
      const obeying = smallProblem(holds.length, [limits]);
      expect(check(obeying, obeying.people[0], tour(holds))).toEqual([]);
      const breaking = smallProblem(broken.length, [limits]);
      expect(check(breaking, breaking.people[0], tour(broken))).toEqual(on);
      // And no other rule takes offence.
      expect(breachesOf(breaking, breaking.people[0], tour(broken))).toEqual(
        on.map((day) => ({ rule, day })),
      );
    });
  }

  test("availability: a day off is broken by any shift, a pin by anything else", () => {
    const problem = smallProblem(2, [{}]);
    const { prices } = problem.people[0];
    prices.fill(Infinity, 1, 4);
    prices.fill(Infinity, 4, 8);
    prices[4 + 2] = 0;
    const check = hardRules.availability;
    expect(check(problem, problem.people[0], tour("-L"))).toEqual([]);
    expect(check(problem, problem.people[0], tour("EL"))).toEqual([0]);
    expect(check(problem, problem.people[0], tour("--"))).toEqual([1]);
  });

  test("what lies outside the horizon counts as satisfying minimum runs", () => {
    const problem = smallProblem(6, [{ minimumConsecutiveDays: 3, minimumConsecutiveDaysOff: 3 }]);
    expect(breachesOf(problem, problem.people[0], tour("E---EE"))).toEqual([]);
    expect(breachesOf(problem, problem.people[0], tour("-EEE--"))).toEqual([]);
  });
});
