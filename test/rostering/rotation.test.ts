import { describe, expect, test } from "vitest";
import { addDays } from "../../src/domain/calendar/clock.ts";
import type { Agent } from "../../src/domain/plan/roster.ts";
import type { RotationDay } from "../../src/domain/plan/rotation.ts";
import { agent, contract, grid, input, roster, shift, template, wish } from "./small-plan.ts";

const date = (day: number) => addDays(grid.firstDate, day);
const on = (days: readonly number[], templateId: string | null = "day"): RotationDay[] =>
  days.map((day) => ({ date: date(day), templateId }));
const inRotation = (id: string, rotationDays: readonly RotationDay[], more: Partial<Agent> = {}) => ({
  ...agent(id, more),
  rotationDays,
});
const who = ({ assignments }: Awaited<ReturnType<typeof roster>>) =>
  assignments.map(({ agentId, shift: worked }) => `${agentId} ${worked.date}`).sort();

describe("a rotation in the roster", () => {
  test("gives its shifts and days off to its people, whatever they wish and whoever is cheaper", async () => {
    const shifts = [shift(0, 8), shift(1, 8)];
    const ada = inRotation("Ada", [...on([0]), ...on([1], null)], { wishes: [wish(date(0), "shiftOff")] });
    const result = await roster(input(shifts, [ada, agent("Ben")]));
    expect(who(result)).toEqual([`Ada ${date(0)}`, `Ben ${date(1)}`]);
    expect(result.issues).toEqual([]);
  });

  test("has its shifts worked where the schedule has none of them", async () => {
    const late = { ...template, id: "late", name: "Late", earliestStartMinute: 840 };
    const ada = inRotation("Ada", on([2], "late"));
    const result = await roster(input([shift(0, 8)], [ada, agent("Ben")], { templates: [template, late] }));
    expect(who(result)).toContain(`Ada ${date(2)}`);
    expect(result.assignments.find(({ agentId }) => agentId === "Ada")?.shift).toMatchObject({
      templateId: "late",
      startMinute: grid.dayOffsets[2] * 15 + 840,
    });
    expect(result.issues).toEqual([]);
  });

  test("gives way to leave without a word, and to a rule, or a template that is gone, with one", async () => {
    const away = inRotation("Ada", on([0]), { daysOff: [date(0)] });
    expect(await roster(input([shift(0, 8)], [away, agent("Ben")]))).toMatchObject({ issues: [] });
    const gone = inRotation("Ada", on([0], "gone"));
    const result = await roster(input([shift(0, 8)], [gone, agent("Ben")]));
    expect(who(result)).toEqual([`Ben ${date(0)}`]);
    expect(result.issues).toMatchObject([
      { code: "roster.rotationNotKept", values: { count: 1, agent: "Ada", date: date(0) } },
    ]);
    const run = inRotation("Ada", on([0, 1, 2]));
    const short = { contracts: [{ ...contract, maximumConsecutiveDays: 2 }] };
    const { issues, violations } = await roster(
      input(
        [0, 1, 2].map((day) => shift(day, 8)),
        [run],
        short,
      ),
    );
    // Days of a rotation bind more than the length of a run, which is relaxed and named.
    expect(issues).toMatchObject([
      { code: "roster.conflict", values: { agent: "Ada", dropped: "maximumConsecutiveDays" } },
    ]);
    expect(violations.some(({ rule }) => rule === "maximumConsecutiveDays")).toBe(true);
  });
});
