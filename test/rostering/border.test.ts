import { describe, expect, test } from "vitest";
import { addDays } from "../../src/domain/calendar/clock.ts";
import { createIntervalGrid } from "../../src/domain/calendar/interval-grid.ts";
import type { Contract, PriorRoster, PriorShift } from "../../src/domain/plan/roster.ts";
import type { Shift } from "../../src/domain/plan/shift.ts";
import { judgeAssignments } from "../../src/rostering/judge-assignments.ts";
import { problemFromPlan } from "../../src/rostering/problem/problem-from-plan.ts";
import { rosterSource } from "../../src/rostering/problem/roster-input.ts";
import { scheduleOf } from "../builders.ts";
import { checkRoster } from "./roster-check.ts";
import { agent, contract, given, grid, input, roster, shift } from "./small-plan.ts";

/** Eight hours from `hour` (UTC; Berlin is two hours ahead) on the day so many days before the period. */
function former(daysBefore: number, hour: number, paidMinutes = 480, templateId = "day"): PriorShift {
  const begin = grid.startEpochSeconds - daysBefore * 86_400 + hour * 3600;
  const iso = (seconds: number) => new Date(seconds * 1000).toISOString();
  const date = addDays(grid.firstDate, -daysBefore);
  return { templateId, date, start: iso(begin), end: iso(begin + 8 * 3600), paidMinutes };
}

/** Ada worked these shifts in the three weeks before; Ben was off for all of them. */
function afterAda(...shifts: readonly PriorShift[]): PriorRoster {
  return {
    firstDate: addDays(grid.firstDate, -21),
    lastDate: addDays(grid.firstDate, -1),
    people: [
      { agentId: "Ada", shifts: [...shifts] },
      { agentId: "Ben", shifts: [] },
    ],
  };
}

/** Ben dislikes each day of the period, so that Ada works wherever her rules let her. */
const people = [
  agent("Ada"),
  agent("Ben", {
    wishes: Array.from({ length: 14 }, (_, day) => ({
      date: addDays(grid.firstDate, day),
      kind: "shiftOff",
      templateId: null,
      weight: 5,
    })),
  }),
];

interface Case {
  readonly terms: Partial<Contract>;
  readonly shifts: readonly Shift[];
  readonly prior: PriorRoster;
  /** Who works the shifts, in their order, with the former roster and without it. */
  readonly now: string;
  readonly forgotten: string;
  readonly rule: string;
}

const cases: Record<string, Case> = {
  "rest after the last night": {
    terms: {},
    shifts: [shift(0, 8)],
    prior: afterAda(former(1, 20)),
    now: "Ben",
    forgotten: "Ada",
    rule: "restBetweenShifts",
  },
  "a forbidden succession": {
    terms: { forbiddenSuccessions: [{ templateId: "late", nextTemplateId: "day" }] },
    shifts: [shift(0, 8)],
    prior: afterAda(former(1, 8, 480, "late")),
    now: "Ben",
    forgotten: "Ada",
    rule: "restBetweenShifts",
  },
  "a seventh day in a row": {
    terms: { maximumConsecutiveDays: 6 },
    shifts: [shift(0, 8)],
    prior: afterAda(...[6, 5, 4, 3, 2, 1].map((days) => former(days, 8))),
    now: "Ben",
    forgotten: "Ada",
    rule: "maximumConsecutiveDays",
  },
  "a second day off still missing": {
    terms: { minimumConsecutiveDaysOff: 2 },
    shifts: [shift(0, 8)],
    prior: afterAda(former(3, 8), former(2, 8)),
    now: "Ben",
    forgotten: "Ada",
    rule: "minimumConsecutiveDaysOff",
  },
  "a third night in a row": {
    terms: { maximumConsecutiveNights: 2 },
    shifts: [shift(0, 22)],
    prior: afterAda(former(2, 20), former(1, 20)),
    now: "Ben",
    forgotten: "Ada",
    rule: "maximumConsecutiveNights",
  },
  "a run of work that is still too short": {
    terms: { minimumConsecutiveDays: 3 },
    shifts: [shift(0, 8), shift(1, 8)],
    prior: { ...afterAda(), people: [{ agentId: "Ben", shifts: [former(1, 8)] }] },
    now: "Ben Ben",
    forgotten: "Ada Ada",
    rule: "minimumConsecutiveDays",
  },
  "every second weekend free": {
    terms: { maximumConsecutiveWeekends: 1 },
    shifts: [shift(5, 8), shift(12, 8)],
    prior: afterAda(former(2, 8)),
    now: "Ben Ada",
    forgotten: "Ada Ben",
    rule: "maximumConsecutiveWeekends",
  },
};

const workers = (result: Awaited<ReturnType<typeof roster>>, shifts: Case["shifts"]) =>
  shifts
    .map(({ id }) => result.assignments.find((one) => one.shift.id === id)?.agentId ?? "nobody")
    .join(" ");

describe("rules hold across the border to the period before", () => {
  test.each(Object.entries(cases))("%s", async (_, { terms, shifts, prior, now, forgotten, rule }) => {
    const more = { contracts: [{ ...contract, ...terms }] };
    const problem = input(shifts, people, { ...more, priorRoster: prior });
    const result = await roster(problem);
    expect(workers(result, shifts)).toBe(now);
    expect(checkRoster(problem, result).hard).toEqual([]);
    const blind = await roster(input(shifts, people, more));
    expect(workers(blind, shifts)).toBe(forgotten);
    expect(checkRoster(problem, blind).hard.map((broken) => broken.rule)).toContain(rule);
  });

  /** Thursday to Sunday, after a week's first three days. */
  const thursday = createIntervalGrid("Europe/Berlin", 15, addDays(grid.firstDate, 3), 4);
  const moved = (one: Shift): Shift => {
    const by = -grid.dayOffsets[3] * 15;
    const [startMinute, endMinute] = [one.startMinute + by, one.endMinute + by];
    return { ...one, startMinute, endMinute, activities: [{ ...one.activities[0], startMinute, endMinute }] };
  };
  const inThatWeek: PriorRoster = {
    ...afterAda(former(0, 6, 600), former(-1, 6, 600), former(-2, 6, 600)),
    lastDate: addDays(thursday.firstDate, -1),
  };

  test("hours of the week that the border cuts count as one, at most and at least", async () => {
    const shifts = [moved(shift(3, 8))];
    const schedule = scheduleOf(thursday, shifts);
    const most = { schedule, contracts: [{ ...contract, maximumMinutesPerWeek: 2100 }] };
    const problem = input(shifts, people, { ...most, priorRoster: inThatWeek });
    const result = await roster(problem);
    expect(workers(result, shifts)).toBe("Ben");
    expect(checkRoster(problem, result).hard).toEqual([]);
    expect(workers(await roster(input(shifts, people, most)), shifts)).toBe("Ada");
    // Ada has her 1,800 minutes; Ben, of whom nothing is known, owes four fifths of them in four days.
    const least = { schedule, contracts: [{ ...contract, minimumMinutesPerWeek: 1800 }] };
    const known = { ...inThatWeek, people: inThatWeek.people.filter(({ agentId }) => agentId === "Ada") };
    const owed = await roster(input(shifts, people, { ...least, priorRoster: known }));
    expect(owed.assignments.map(({ agentId }) => agentId)).toEqual(["Ben", "Ben", "Ben"]);
  });

  test("limits per period begin anew", async () => {
    const shifts = [shift(5, 8), shift(8, 22)];
    const problem = input(shifts, people, {
      contracts: [{ ...contract, maximumWeekends: 1, maximumNights: 1, maximumMinutesPerPeriod: 960 }],
      priorRoster: afterAda(former(9, 8), former(8, 8), former(5, 20), former(4, 20)),
    });
    expect(workers(await roster(problem), shifts)).toBe("Ada Ada");
  });

  test("a rule broken at the border names the former shift, one broken inside does not", () => {
    const night = former(1, 20);
    const shifts = [shift(0, 8), shift(3, 20), shift(4, 8)];
    const source = rosterSource(input(shifts, people, { priorRoster: afterAda(night) }));
    const { violations } = judgeAssignments(
      problemFromPlan(source),
      shifts.map((one) => given("Ada", one)),
    );
    expect(violations.filter(({ penalty }) => penalty === null)).toEqual([
      { rule: "restBetweenShifts", agentId: "Ada", date: "2026-10-19", penalty: null, priorShift: night },
      { rule: "restBetweenShifts", agentId: "Ada", date: "2026-10-23", penalty: null },
    ]);
  });

  test("of a day between, and of people who are not in it, nothing is known", async () => {
    const shifts = [shift(0, 8)];
    const prior = afterAda(former(1, 20));
    const gap = { ...prior, lastDate: addDays(grid.firstDate, -2) };
    const others = { ...prior, people: prior.people.filter(({ agentId }) => agentId !== "Ada") };
    for (const priorRoster of [gap, others])
      expect(workers(await roster(input(shifts, people, { priorRoster })), shifts)).toBe("Ada");
  });

  test("an end of a roster that says nothing changes no byte of the answer", async () => {
    const shifts = Array.from({ length: 14 }, (_, day) => shift(day, day % 2 === 0 ? 8 : 14));
    const plain = await roster(input(shifts, people));
    expect(await roster(input(shifts, people, { priorRoster: afterAda() }))).toEqual(plain);
  });
});
