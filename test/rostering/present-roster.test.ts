import { describe, expect, test } from "vitest";
import { createIntervalGrid } from "../../src/domain/calendar/interval-grid.ts";
import type { Assignment } from "../../src/domain/plan/roster.ts";
import { assignRoster } from "../../src/rostering/assign-roster.ts";
import type { RosterInput } from "../../src/rostering/problem/roster-input.ts";
import { agent, contract, given, grid, input, roster, shift, wish } from "./small-plan.ts";

const codes = ({ issues }: Awaited<ReturnType<typeof roster>>) => issues.map(({ code }) => code);
const hard = ({ violations }: Awaited<ReturnType<typeof roster>>) =>
  violations.filter(({ penalty }) => penalty === null).map(({ rule }) => rule);
const works = (...days: number[]) => days.map((day) => shift(day, 8));

describe("solving again from the roster there is", () => {
  test("after a sick call nobody else's day changes for nothing, and the bound is not above the roster", async () => {
    // One agent, two days off in a row at least, sick on Wednesday, a changed day costs 100.
    const shifts = works(0, 1, 2, 3, 4, 7, 8, 9, 10, 11);
    const terms = { contracts: [{ ...contract, minimumConsecutiveDaysOff: 2 }] };
    const first = await roster(input(shifts, [agent("Ada")], terms));
    expect(first.unassigned).toEqual([]);
    const left = first.assignments.filter(({ shift: { date } }) => date !== "2026-10-21");
    const again = await roster(
      input(shifts, [agent("Ada", { daysOff: ["2026-10-21"] })], {
        ...terms,
        present: { grid, assignments: left },
        rostering: { changePrice: 100 },
      }),
    );
    expect(again.assignments).toEqual(left);
    expect(codes(again)).toEqual(["roster.nothingBetter"]);
    expect(again.objective).toBe(8 * 60);
    expect(again.bound).toBeLessThanOrEqual(again.objective);
  });

  test("says so and keeps the roster where it finds nothing better, whether changes cost or not", async () => {
    const shifts = works(0, 1, 3);
    const present = works(0, 1, 3).map((one, index) => given(index === 1 ? "Ben" : "Ada", one));
    for (const changePrice of [0, 7]) {
      const again = await roster(
        input(shifts, [agent("Ada"), agent("Ben")], {
          present: { grid, assignments: present },
          rostering: { changePrice },
        }),
      );
      expect(again.assignments).toEqual(present);
      expect(codes(again)).toEqual(["roster.nothingBetter"]);
      expect([again.objective, again.bound, again.status]).toEqual([0, 0, "optimal"]);
    }
  });

  test("takes what is better", async () => {
    const again = await roster(
      input(works(0, 1), [agent("Ada", { wishes: [wish("2026-10-19", "shiftOff")] }), agent("Ben")], {
        present: { grid, assignments: works(0).map((one) => given("Ada", one)) },
      }),
    );
    expect(codes(again)).toEqual([]);
    expect(again.objective).toBe(0);
  });

  test("a roster that breaks rules gives way to one that breaks none, at whatever price", async () => {
    const late = shift(0, 16);
    const early = shift(1, 6);
    const present = [given("Ada", late), given("Ada", early)];
    const again = await roster(
      input([late, early], [agent("Ada")], { present: { grid, assignments: present } }),
    );
    expect(hard(again)).toEqual([]);
    expect(again.objective).toBe(8 * 60);
    expect(codes(again)).toEqual([]);
  });

  test("a pinned breach stays, and no further rule is broken around it", async () => {
    const shifts = [shift(0, 16), shift(1, 6), ...works(2, 3, 4, 5)];
    const pins = [given("Ada", shifts[0]), given("Ada", shifts[1])].map((one) => ({ ...one, pinned: true }));
    const again = await roster(input(shifts, [agent("Ada")], { present: { grid, assignments: pins } }));
    expect(again.assignments).toEqual(expect.arrayContaining(pins));
    expect(hard(again)).toEqual(["restBetweenShifts"]);
    expect(again.bound).toBeLessThanOrEqual(again.objective);
  });

  test("a rule that must give way gives way no further than it must", async () => {
    // Six pinned days in a row where five are allowed: not ten, though there are shifts on all of them.
    const shifts = works(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
    const pins = shifts.slice(0, 6).map((one) => ({ ...given("Ada", one), pinned: true }));
    const again = await roster(
      input(shifts, [agent("Ada")], {
        present: { grid, assignments: pins },
        contracts: [{ ...contract, maximumMinutesPerWeek: 9999 }],
      }),
    );
    expect(hard(again)).toEqual(["maximumConsecutiveDays"]);
    // Work for which the agent lacks the skill stays a single exception too.
    const chats = [0, 2, 4].map((day) => shift(day, 8, "chat"));
    const unskilled = await roster(
      input(chats, [agent("Ada")], {
        present: { grid, assignments: [{ ...given("Ada", chats[0]), pinned: true }] },
      }),
    );
    expect(unskilled.assignments).toHaveLength(1);
    expect(hard(unskilled)).toEqual(["maximumOfKind"]);
  });

  test("granted wishes of shift bidding come before a cheaper roster that breaks them", async () => {
    const present = [given("Ada", shift(0, 8))];
    const again = await roster(
      input(
        [shift(0, 8), shift(0, 9)],
        [agent("Ada", { wishes: [wish("2026-10-19", "shiftOff")] }), agent("Ben"), agent("Cy")],
        {
          present: { grid, assignments: present },
          rostering: { changePrice: 100, selfRostering: { order: "seniority" } },
        },
      ),
    );
    expect(again.awards?.map(({ granted }) => granted)).toEqual([true]);
    expect(again.assignments.map(({ agentId }) => agentId)).not.toContain("Ada");
  });

  test("what the solver reports on the way is no worse than the roster either", async () => {
    const shifts = Array.from({ length: 14 }, (_, day) => [shift(day, 8), shift(day, 14)]).flat();
    const people = ["Ada", "Ben", "Cy", "Di"].map((id) => agent(id));
    const first = await roster(input(shifts, people));
    const reported: number[] = [];
    await assignRoster(input(shifts, people, { present: first, seed: 9 }), ({ partial }) => {
      if (partial) reported.push(partial.objective);
    });
    expect(Math.max(first.objective, ...reported)).toBe(first.objective);
  });
});

describe("a roster of another period", () => {
  const later = createIntervalGrid("Europe/Berlin", 15, "2026-10-24", 9);
  const onLater = (shifts: RosterInput["schedule"]) => ({ ...shifts!, grid: later });

  test("keeps its pins on the days that both have, at the same clock times", async () => {
    const pins = [0, 5, 7].map((day): Assignment => ({ ...given("Ada", shift(day, 8)), pinned: true }));
    const base = input([shift(8, 8)], [agent("Ada")], { present: { grid, assignments: pins } });
    const start = later.dayOffsets[3] * 15 + 8 * 60;
    const moved = { ...shift(8, 8), startMinute: start, endMinute: start + 480 };
    const result = await roster({ ...base, schedule: { ...onLater(base.schedule), shifts: [moved] } });
    expect(
      result.assignments
        .filter(({ pinned }) => pinned)
        .map(({ shift: { date, startMinute } }) => [date, startMinute]),
    ).toEqual([
      ["2026-10-24", 480],
      ["2026-10-26", 96 * 15 + 100 * 15 + 480],
    ]);
  });

  test("and people who are gone are left out", async () => {
    const result = await roster(
      input(works(0), [agent("Ben")], {
        present: { grid, assignments: [{ ...given("Ada", shift(0, 8)), pinned: true }] },
      }),
    );
    expect(result.assignments.map(({ agentId }) => agentId)).toEqual(["Ben"]);
  });
});

describe("pins that contradict each other", () => {
  const pin = (agentId: string, one = shift(0, 8)): Assignment => ({ ...given(agentId, one), pinned: true });
  const withPins = (...assignments: Assignment[]) =>
    roster(
      input([shift(0, 8), shift(0, 14)], [agent("Ada"), agent("Ben")], { present: { grid, assignments } }),
    );

  test("two on one day: the first stays, the other is said and free again", async () => {
    const result = await withPins(pin("Ada"), pin("Ada", shift(0, 14)));
    expect(codes(result)).toEqual(["roster.pinnedTwice"]);
    expect(hard(result)).toEqual([]);
    expect(result.unassigned).toEqual([]);
    expect(result.assignments).toContainEqual(pin("Ada"));
  });

  test("one shift pinned to two agents goes to the first", async () => {
    const result = await withPins(pin("Ada"), pin("Ben"));
    expect(codes(result)).toEqual(["roster.shiftPinnedTwice"]);
    const ids = result.assignments.map(({ shift: { id } }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });
});

describe("agents that are not told apart", () => {
  test("two with one id are refused by name, whatever else is said of them", async () => {
    const twins = [agent("Ada"), agent("Ada", { name: "Bert", daysOff: ["2026-10-19"] }), agent("Cy")];
    const outcome = await assignRoster(input(works(0), twins));
    expect(outcome.ok).toBe(false);
    expect(outcome.issues).toEqual([
      { code: "roster.repeatedAgent", severity: "error", values: { id: "Ada", agents: "Ada, Bert" } },
    ]);
  });

  test("each id is said once, beside other reasons", async () => {
    const people = [
      agent("Ada"),
      agent("Ada"),
      agent("Ada"),
      agent("Ben", { contractId: "x" }),
      agent("Ben"),
    ];
    const outcome = await assignRoster(input(works(0), people));
    expect(outcome.issues.map(({ code, values }) => [code, values?.id])).toEqual([
      ["roster.unknownContract", undefined],
      ["roster.repeatedAgent", "Ada"],
      ["roster.repeatedAgent", "Ben"],
    ]);
  });

  test("the same name with two ids is no obstacle, nor are ids that differ in case", async () => {
    const people = [agent("a1", { name: "Ada" }), agent("a2", { name: "Ada" }), agent("A1")];
    expect((await roster(input(works(0, 1), people))).unassigned).toEqual([]);
  });

  test("an agent of an unknown group is named", async () => {
    const result = await roster(input(works(0), [agent("Ada"), agent("Ben", { groupId: "ghost" })]));
    expect(result.issues.map(({ code, values }) => [code, values?.agent])).toEqual([
      ["roster.unknownGroup", "Ben"],
    ]);
    expect(result.unassigned).toEqual([]);
  });
});
