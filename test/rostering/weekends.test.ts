import { describe, expect, test } from "vitest";
import { createIntervalGrid } from "../../src/domain/calendar/interval-grid.ts";
import type { Contract } from "../../src/domain/plan/roster.ts";
import type { Shift } from "../../src/domain/plan/shift.ts";
import { agentShares } from "../../src/rostering/agent-shares.ts";
import { judgeAssignments } from "../../src/rostering/judge-assignments.ts";
import { problemFromPlan } from "../../src/rostering/problem/problem-from-plan.ts";
import { rosterSource } from "../../src/rostering/problem/roster-input.ts";
import { shiftAt } from "./random-plan.ts";
import { agent, contract, given, grid, input, roster, shift, template } from "./small-plan.ts";

const at = (day: number, clockMinute: number, lengthMinutes = 480): Shift =>
  shiftAt(
    grid,
    `2026-10-${19 + day}`,
    template,
    clockMinute,
    lengthMinutes,
    "voice",
    `${day} ${clockMinute}`,
  )!;
const friday = 4;

/** Days on which Ada breaks a limit on weekends, and the weekends she is said to have worked. */
function weekends(shifts: readonly Shift[], maximumWeekends: number) {
  const terms: Partial<Contract> = { maximumWeekends };
  const plan = problemFromPlan(
    rosterSource(input(shifts, [agent("Ada")], { contracts: [{ ...contract, ...terms }] })),
  );
  const assignments = shifts.map((one) => given("Ada", one));
  return {
    days: judgeAssignments(plan, assignments)
      .violations.filter(({ rule }) => rule === "maximumWeekends")
      .map(({ date }) => date?.slice(-2)),
    worked: agentShares(plan, assignments)[0].weekends,
  };
}

describe("what counts as a worked weekend", () => {
  test("Friday's night does, by its hours on Saturday", () => {
    expect(weekends([at(friday, 1320)], 0)).toEqual({ days: ["23"], worked: 1 });
    expect(weekends([at(friday, 960, 495)], 0)).toEqual({ days: ["23"], worked: 1 });
  });

  test("a Friday shift that ends at midnight does not, nor does Thursday's night", () => {
    expect(weekends([at(friday, 960), at(friday - 1, 1320)], 0)).toEqual({ days: [], worked: 0 });
  });

  test("Friday's night, Saturday and Sunday are one weekend together", () => {
    const all = [at(friday, 1320), at(5, 1320), at(6, 1320)];
    expect(weekends(all, 1)).toEqual({ days: [], worked: 1 });
    expect(weekends(all, 0)).toEqual({ days: ["23"], worked: 1 });
    expect(weekends([at(friday, 1320), at(6, 600)], 1)).toEqual({ days: [], worked: 1 });
  });

  test("Friday's night is another weekend than the one before", () => {
    const two = [shift(6, 9), at(11, 1320)];
    expect(weekends(two, 1)).toEqual({ days: ["30"], worked: 2 });
    expect(weekends(two, 2)).toEqual({ days: [], worked: 2 });
  });

  test("Sunday's night makes no weekend of Monday, and Monday's small hours are none", () => {
    expect(weekends([at(6, 1320)], 0)).toEqual({ days: ["25"], worked: 1 });
    expect(weekends([at(7, 0)], 0)).toEqual({ days: [], worked: 0 });
  });
});

describe("rosters keep to the weekends of a contract", () => {
  const build = (shifts: readonly Shift[], maximumWeekends: number, people = 1) =>
    roster(
      input(
        shifts,
        ["Ada", "Ben"].slice(0, people).map((id) => agent(id)),
        {
          contracts: [
            { ...contract, maximumWeekends, maximumConsecutiveDays: 7, maximumMinutesPerWeek: 9999 },
          ],
        },
      ),
    );

  test("without a weekend nobody gets Friday's night", async () => {
    const result = await build([at(friday, 960), at(friday, 1320), at(3, 1320)], 0, 2);
    expect(result.unassigned.map(({ id }) => id)).toEqual([at(friday, 1320).id]);
    expect(result.violations.filter(({ penalty }) => penalty === null)).toEqual([]);
  });

  test("with one weekend, all of it goes to one agent and the next to the other", async () => {
    const first = [at(friday, 1320), at(5, 1320), at(6, 1320)];
    const second = [at(11, 1320), at(12, 1320)];
    const result = await build([...first, ...second], 1, 2);
    expect(result.unassigned).toEqual([]);
    const agentOf = new Map(result.assignments.map(({ agentId, shift: { id } }) => [id, agentId]));
    expect(new Set(first.map(({ id }) => agentOf.get(id))).size).toBe(1);
    expect(new Set([first[0], second[0]].map(({ id }) => agentOf.get(id))).size).toBe(2);
  });

  test("a period that ends on Friday knows the weekend after it", async () => {
    const week = createIntervalGrid("Europe/Berlin", 15, "2026-10-19", 5);
    const night = shiftAt(week, "2026-10-23", template, 1320, 480, "voice", "night")!;
    const base = input([night], [agent("Ada")], { contracts: [{ ...contract, maximumWeekends: 0 }] });
    const result = await roster({ ...base, schedule: { ...base.schedule!, grid: week } });
    expect(result.unassigned).toHaveLength(1);
  });

  test("the ledger counts Friday's night, and fairness spreads it", async () => {
    const shifts = [at(friday, 1320), at(11, 1320)];
    const result = await roster(
      input(shifts, [agent("Ada"), agent("Ben")], {
        rostering: {
          changePrice: 0,
          fairness: { nights: 0, weekends: 5, lates: 0, undesired: 0, undesiredTemplateIds: [] },
        },
      }),
    );
    expect(result.ledger?.map((entry) => entry.weekends)).toEqual([1, 1]);
    expect(result.objective).toBe(0);
  });
});
