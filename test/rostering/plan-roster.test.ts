import { describe, expect, test } from "vitest";
import type { Agent } from "../../src/domain/plan/roster.ts";
import type { Shift } from "../../src/domain/plan/shift.ts";
import { agentShares, fairnessFigures } from "../../src/rostering/agent-shares.ts";
import { assignRoster } from "../../src/rostering/assign-roster.ts";
import { judgeAssignments } from "../../src/rostering/judge-assignments.ts";
import { problemFromPlan } from "../../src/rostering/problem/problem-from-plan.ts";
import { type RosterInput, rosterSource } from "../../src/rostering/problem/roster-input.ts";
import { replacementsFor } from "../../src/rostering/replacements.ts";
import { agent, contract, given, grid, input, roster, shift, wish } from "./small-plan.ts";

describe("a plan's roster", () => {
  test("every shift has somebody who serves its queues, and wishes decide between equals", async () => {
    const shifts = [shift(0, 8), shift(0, 9, "chat"), shift(1, 8)];
    const result = await roster(
      input(shifts, [
        agent("Ada", { wishes: [wish("2026-10-19", "shiftOff"), wish("2026-10-20", "shiftOn")] }),
        agent("Ben", { groupId: "both", wishes: [wish("2026-10-20", "shiftOff")] }),
        agent("Cy"),
      ]),
    );
    expect(result.violations).toEqual([]);
    expect(result.unassigned).toEqual([]);
    const who = new Map(result.assignments.map(({ agentId, shift: { id } }) => [id, agentId]));
    expect(Object.fromEntries(who)).toEqual({ "0-8-voice": "Cy", "0-9-chat": "Ben", "1-8-voice": "Ada" });
    expect([result.objective, result.bound, result.status]).toEqual([0, 0, "optimal"]);
  });

  test("rest is measured in hours that pass, also on the night the clocks go back", () => {
    // Late on Saturday until midnight, then 10:00 on the clock of Sunday, 11 hours later because 02:00 comes twice.
    const late = shift(5, 16);
    const early = shift(6, 11);
    const tooEarly = shift(6, 10);
    const judge = (second: Shift) => {
      const source = rosterSource(input([late, second], [agent("Ada")]));
      return judgeAssignments(problemFromPlan(source), [given("Ada", late), given("Ada", second)]).violations;
    };
    expect(judge(early)).toEqual([]);
    expect(judge(tooEarly)).toEqual([
      { rule: "restBetweenShifts", agentId: "Ada", date: "2026-10-25", penalty: null },
    ]);
  });

  test("minimum hours call for shifts beyond the schedule, at their price", async () => {
    const result = await roster(
      input([shift(0, 8)], [agent("Ada")], { contracts: [{ ...contract, minimumMinutesPerWeek: 960 }] }),
    );
    expect(result.assignments).toHaveLength(4);
    expect(result.violations.filter(({ penalty }) => penalty === null)).toEqual([]);
    expect(result.objective).toBe(3 * 8 * 12);
    expect(new Set(result.assignments.map(({ shift: { id } }) => id)).size).toBe(4);
  });

  test("each day off cuts a fifth of the week's minimum, so leave is no conflict", async () => {
    const week = ["2026-10-19", "2026-10-20", "2026-10-21", "2026-10-22", "2026-10-23"];
    const result = await roster(
      input([shift(7, 8), shift(8, 8)], [agent("Ada", { daysOff: week })], {
        contracts: [{ ...contract, minimumMinutesPerWeek: 960 }],
      }),
    );
    expect(result.issues).toEqual([]);
    expect(result.violations).toEqual([]);
  });

  test("who cannot meet the rules is named, one rule is set aside, the others still get theirs", async () => {
    const result = await roster(
      input([shift(0, 8)], [agent("Ada"), agent("Ben", { contractId: "odd" })], {
        contracts: [
          contract,
          { ...contract, id: "odd", minimumMinutesPerWeek: 960, maximumMinutesPerWeek: 480 },
        ],
      }),
    );
    expect(result.issues.map(({ code, values }) => [code, values?.agent, values?.dropped])).toEqual([
      ["roster.conflict", "Ben", "minimumMinutesPerWeek"],
      ["roster.conflict", "Ben", "minimumMinutesPerWeek"],
    ]);
    expect(result.unassigned).toEqual([]);
    expect(result.violations.filter(({ penalty }) => penalty === null).map(({ rule }) => rule)).toContain(
      "minimumMinutesPerWeek",
    );
  });

  test("pinned shifts stay, the rest is arranged around them", async () => {
    const shifts = [shift(0, 8), shift(1, 8)];
    const pinned = { ...given("Ben", shifts[0]), pinned: true };
    const result = await roster(
      input(shifts, [agent("Ada"), agent("Ben", { wishes: [wish("2026-10-19", "shiftOff")] })], {
        present: { grid, assignments: [pinned] },
      }),
    );
    expect(result.assignments).toContainEqual(pinned);
    expect(result.unassigned).toEqual([]);
  });

  test("changes against the present roster have a price, unless somebody is new", async () => {
    const shifts = [shift(0, 8), shift(1, 8)];
    const start = [given("Ada", shifts[0]), given("Ben", shifts[1])];
    const ada = agent("Ada", { wishes: [wish("2026-10-19", "shiftOff")] });
    const again = (changePrice: number, ...others: Agent[]) =>
      roster(
        input(shifts, [ada, agent("Ben"), ...others], {
          present: { grid, assignments: start },
          rostering: { changePrice },
        }),
      );
    const told = ({ violations }: Awaited<ReturnType<typeof roster>>) =>
      violations.map(({ rule, agentId, penalty }) => [rule, agentId, penalty]);
    // Ben could work Ada's day: two changed days against a wish worth 5.
    const dear = await again(3);
    expect(told(dear)).toEqual([["shiftOffWish", "Ada", 5]]);
    expect(dear.assignments).toEqual(start);
    const cheap = await again(2);
    expect(told(cheap)).toEqual([
      ["changedDay", "Ada", 2],
      ["changedDay", "Ben", 2],
    ]);
    expect([cheap.objective, cheap.bound]).toEqual([4, 4]);
    // Who called in sick stands aside; only whoever replaces them changes.
    const sick = await roster(
      input(shifts, [{ ...ada, daysOff: ["2026-10-19"] }, agent("Ben")], {
        present: { grid, assignments: start },
        rostering: { changePrice: 3 },
      }),
    );
    expect(told(sick)).toEqual([
      ["changedDay", "Ada", 3],
      ["changedDay", "Ben", 3],
    ]);
    // Somebody without a shift so far has nothing to change.
    expect(told(await again(3, agent("Cy")))).toEqual([["changedDay", "Ada", 3]]);
    expect(told(await again(0)).map(([rule]) => rule)).toEqual([]);
  });

  test("hopeless input is an outcome", async () => {
    const codes = async (bad: RosterInput) => (await assignRoster(bad)).issues.map(({ code }) => code);
    expect(await codes(input([shift(0, 8)], []))).toEqual(["roster.noAgents"]);
    expect(await codes(input([], [agent("Ada")]))).toEqual(["roster.noShifts"]);
    expect(await codes(input([shift(0, 8)], [agent("Ada", { contractId: "x" })]))).toEqual([
      "roster.unknownContract",
    ]);
  });

  test("two shifts on one day are a broken rule", () => {
    const both = [shift(0, 0), shift(0, 12)];
    const source = rosterSource(input(both, [agent("Ada")]));
    const { violations } = judgeAssignments(
      problemFromPlan(source),
      both.map((one) => given("Ada", one)),
    );
    expect(violations.map(({ rule }) => rule)).toContain("oneShiftAtATime");
  });
});

describe("replacements", () => {
  test("who breaks nothing comes first, then wishes, then hours; nobody busy, away or without the skill", () => {
    const open = shift(1, 8);
    const late = shift(0, 16);
    const own = shift(1, 12);
    const people = [
      agent("Tired"),
      agent("Unwilling", { wishes: [wish("2026-10-20", "shiftOff")] }),
      agent("Rested"),
      agent("Keen", { wishes: [wish("2026-10-20", "shiftOn")] }),
      agent("Busy"),
      agent("Away", { daysOff: ["2026-10-20"] }),
      agent("Chatter", { groupId: "chat" }),
    ];
    const plan = problemFromPlan(rosterSource(input([open, late, own], people)));
    const ranked = replacementsFor(plan, [given("Tired", late), given("Busy", own)], open);
    expect(ranked.map(({ agentId, breaks }) => [agentId, ...breaks])).toEqual([
      ["Keen"],
      ["Rested"],
      ["Unwilling"],
      ["Tired", "restBetweenShifts"],
    ]);
    expect(ranked.map(({ wishPrice }) => wishPrice)).toEqual([-5, 0, 5, 0]);
  });
});

describe("what each agent got", () => {
  test("shifts, hours, weekends, lates and nights, wishes", () => {
    const worked = [shift(5, 12), shift(6, 13), shift(8, 20), shift(10, 4)];
    const ada = agent("Ada", { wishes: [wish("2026-10-24", "shiftOff"), wish("2026-10-27", "shiftOn")] });
    const plan = problemFromPlan(rosterSource(input(worked, [ada])));
    expect(
      agentShares(
        plan,
        worked.map((one) => given("Ada", one)),
      ),
    ).toEqual([
      {
        agentId: "Ada",
        shifts: 4,
        paidMinutes: 1920,
        weekends: 1,
        lates: 2,
        nights: 2,
        undesired: 0,
        wishes: 2,
        wishesGranted: 1,
      },
    ]);
  });

  test("fairness is how counts spread over people, and granted wishes over those who had some", () => {
    const share = (agentId: string, weekends: number, wishes: number, wishesGranted: number) => ({
      agentId,
      shifts: 1,
      paidMinutes: 480,
      weekends,
      lates: 0,
      nights: 1,
      undesired: 0,
      wishes,
      wishesGranted,
    });
    const figures = fairnessFigures([share("Ada", 1, 4, 1), share("Ben", 3, 0, 0), share("Cy", 2, 2, 1)]);
    expect(figures.weekends.mean).toBe(2);
    expect(figures.weekends.deviation).toBeCloseTo(Math.sqrt(2 / 3), 12);
    expect([figures.weekends.least, figures.weekends.most]).toEqual([1, 3]);
    expect(figures.nights).toEqual({ mean: 1, deviation: 0, least: 1, most: 1 });
    expect(figures.wishesGranted).toEqual({ mean: 0.375, deviation: 0.125, least: 0.25, most: 0.5 });
    expect(fairnessFigures([]).nights).toEqual({ mean: 0, deviation: 0, least: 0, most: 0 });
  });
});
