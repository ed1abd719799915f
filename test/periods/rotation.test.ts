import { describe, expect, test } from "vitest";
import { samplePlan } from "../../sample-data/plan.ts";
import { addDays } from "../../src/domain/calendar/clock.ts";
import { createIntervalGrid } from "../../src/domain/calendar/interval-grid.ts";
import { noResults } from "../../src/domain/plan/no-results.ts";
import type { Plan, PlanDocument } from "../../src/domain/plan/plan.ts";
import { weekOfRotation } from "../../src/domain/plan/rotation.ts";
import type { Shift } from "../../src/domain/plan/shift.ts";
import { nextPeriod } from "../../src/periods/next-period.ts";
import { rosterStage } from "../../src/stages/roster.ts";
import { inputOf } from "../../src/stages/stage.ts";
import { made, scheduleOf } from "../builders.ts";
import { agent, contract, template } from "../rostering/small-plan.ts";

const early = { ...template, id: "early", name: "Early", earliestStartMinute: 360, latestStartMinute: 480 };
const late = { ...template, id: "late", name: "Late", earliestStartMinute: 780, latestStartMinute: 900 };
const off = { templateId: null };
const week = (templateId: string) => [...Array(5).fill({ templateId }), off, off];

/** Nine people over three weeks: early, late, and one in which nothing is said but the weekend off. */
const nine = Array.from({ length: 9 }, (_, index) => `P${index + 1}`);
const rotation = {
  id: "r",
  name: "Three weeks",
  weeks: [week("early"), week("late"), [...Array(5).fill(null), off, off]],
  startDate: "2026-11-02",
  people: nine.map((agentId, index) => ({ agentId, offset: index % 3 })),
};
const plan: Plan = {
  ...samplePlan(),
  timeZone: "Europe/Berlin",
  intervalMinutes: 30,
  firstDate: "2026-11-02",
  dayCount: 14,
  groups: [{ id: "voice", name: "Voice", queueIds: ["Voice"] }],
  templates: [early, late],
  contracts: [{ ...contract, maximumConsecutiveDays: 7 }],
  agents: nine.map((id) => agent(id)),
  rotations: [rotation],
  ledger: [],
};

/** Three shifts of each template on every day of the plan. */
function withSchedule(document: PlanDocument): PlanDocument {
  const { timeZone, intervalMinutes, firstDate, dayCount } = document.plan;
  const grid = createIntervalGrid(timeZone, intervalMinutes, firstDate, dayCount);
  const shifts = Array.from({ length: dayCount }, (_, day) => day).flatMap((day) =>
    [early, late].flatMap((one) =>
      [1, 2, 3].map((copy): Shift => {
        const startMinute = grid.dayOffsets[day] * intervalMinutes + one.earliestStartMinute;
        const endMinute = startMinute + 480;
        return {
          id: `${day}-${one.id}-${copy}`,
          templateId: one.id,
          groupId: "voice",
          date: addDays(firstDate, day),
          startMinute,
          endMinute,
          activities: [{ kind: "work", startMinute, endMinute, paid: true }],
          pinned: false,
        };
      }),
    ),
  );
  return { ...document, results: { ...noResults, schedule: made(scheduleOf(grid, shifts)) } };
}

/** Days on which somebody works other than the pattern says, worked out from the date alone. */
function differences({ plan: { agents }, results }: PlanDocument): string[] {
  const { assignments, grid } = results.roster!.value;
  return agents.flatMap(({ id }) =>
    Array.from({ length: grid.dayCount }, (_, day) => addDays(grid.firstDate, day)).flatMap((date, day) => {
      // Weeks since 2 November, a Monday on which P1 begins the early week.
      const weeks = Math.round((Date.parse(grid.firstDate) - Date.parse("2026-11-02")) / 604_800_000);
      const row = (nine.indexOf(id) + weeks + Math.floor(day / 7)) % 3;
      if (row === 2 && day % 7 < 5) return [];
      const wanted = day % 7 > 4 ? undefined : ["early", "late"][row];
      const worked = assignments.find(({ agentId, shift }) => agentId === id && shift.date === date);
      return worked?.shift.templateId === wanted ? [] : [`${id} ${date}`];
    }),
  );
}

describe("a rotation of three weeks over nine people", () => {
  test("continues at the right week in each of three periods", async () => {
    let document: PlanDocument = { plan, history: null, results: noResults };
    const begins: number[] = [];
    for (let period = 0; period < 3; period++) {
      document = withSchedule(document);
      begins.push(weekOfRotation(rotation, 0, document.plan.firstDate));
      const outcome = await rosterStage.run(inputOf(rosterStage, document)!);
      if (!outcome.ok) throw new Error(JSON.stringify(outcome.issues));
      expect(outcome.issues).toEqual([]);
      document = { ...document, results: { ...document.results, roster: made(outcome.value) } };
      expect(differences(document)).toEqual([]);
      const next = nextPeriod(document, null, { start: "rotate" });
      if (!next.ok) throw new Error(JSON.stringify(next.issues));
      // What the next one begins with keeps the pattern too.
      expect(differences(next.value)).toEqual([]);
      expect(next.issues.map(({ code }) => code)).toContain("nextPeriod.rotated");
      document = next.value;
    }
    expect(begins).toEqual([0, 2, 1]);
    expect(document.past?.map(({ plan: former }) => former.firstDate)).toEqual([
      "2026-11-02",
      "2026-11-16",
      "2026-11-30",
    ]);
  }, 60_000);

  test("starts a roster without leave days, at the times that people had, and counts what is left out", () => {
    const away = { ...plan, agents: [agent("P1", { daysOff: ["2026-11-30"] }), ...plan.agents.slice(1)] };
    const document = { plan: away, history: null, results: noResults };
    const next = nextPeriod(document, null, { start: "rotate", firstDate: "2026-11-23", dayCount: 14 });
    if (!next.ok) throw new Error("no next period");
    // On the 23rd P1 is in the first row, on the 30th in the second.
    const ofFirst = next.value.results.roster!.value.assignments.filter(({ agentId }) => agentId === "P1");
    expect(ofFirst.map(({ shift }) => shift.date)).toEqual(
      [0, 1, 2, 3, 4, 8, 9, 10, 11].map((day) => addDays("2026-11-23", day)),
    );
    expect(next.issues).toContainEqual(
      expect.objectContaining({ code: "nextPeriod.copyRefused", values: { count: 1 } }),
    );
    const none = nextPeriod({ ...document, plan: { ...away, rotations: [] } }, null, { start: "rotate" });
    expect(none.issues.map(({ code }) => code)).toContain("nextPeriod.noRotation");
  });
});
