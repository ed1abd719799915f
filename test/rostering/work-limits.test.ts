import { describe, expect, test } from "vitest";
import { createIntervalGrid } from "../../src/domain/calendar/interval-grid.ts";
import type { Agent, Contract } from "../../src/domain/plan/roster.ts";
import { weightOfHours } from "../../src/domain/results/work-limit.ts";
import { problemFromPlan } from "../../src/rostering/problem/problem-from-plan.ts";
import { dayOff, type Tour } from "../../src/rostering/problem/roster-problem.ts";
import { shiftCandidates } from "../../src/rostering/problem/shift-candidates.ts";
import { breachesOf } from "../../src/rostering/rules/hard-rules.ts";
import { workLimits } from "../../src/rostering/work-limits.ts";
import { agent, contract, template } from "./small-plan.ts";

const grid = createIntervalGrid("Europe/Berlin", 15, "2026-11-02", 7);
const groups = [
  { id: "voice", name: "Voice", queueIds: ["Voice"] },
  { id: "both", name: "Both", queueIds: ["Voice", "Chat"] },
  { id: "chat", name: "Chat", queueIds: ["Chat"] },
];
const early = {
  ...template,
  id: "early",
  earliestStartMinute: 480,
  latestStartMinute: 480,
  lengthsMinutes: [240, 480],
};
const late = {
  ...template,
  id: "late",
  earliestStartMinute: 840,
  latestStartMinute: 840,
  lengthsMinutes: [480],
};

function limitsOf(agents: readonly Agent[], more: Partial<Contract> = {}) {
  return workLimits({
    grid,
    groups,
    templates: [early, late],
    contracts: [{ ...contract, ...more }],
    agents,
  });
}

/** The limit on shifts of these groups over all seven days; `long`: at what weight a long one counts. */
function weekOf(
  limits: ReturnType<typeof limitsOf>,
  groupIds: readonly string[],
  short: number,
  long: number,
) {
  return limits.find(
    (limit) =>
      limit.groupIds.join() === groupIds.join() &&
      limit.days.length === 7 &&
      weightOfHours(limit.weights, 4) === short &&
      weightOfHours(limit.weights, 8) === long,
  )?.maximum;
}

describe("what people can work", () => {
  test("short shifts are limited by days in a row, long ones by hours", () => {
    const limits = limitsOf([agent("Ana")], { maximumMinutesPerWeek: 1500 });
    // Five days in a row and a day off: six of seven; twenty-five hours hold three times eight.
    expect(weekOf(limits, ["voice"], 1, 1)).toBe(undefined);
    expect(weekOf(limits, ["voice", "both"], 1, 1)).toBe(6);
    expect(weekOf(limits, ["voice", "both"], 0, 1)).toBe(3);
    // Three long ones, or two and two short ones: six either way.
    expect(weekOf(limits, ["voice", "both"], 1, 2)).toBe(6);
  });

  test("a shift for two skills has only those who have both; one for a skill has them too", () => {
    const limits = limitsOf([
      agent("Ana"),
      agent("Bo", { groupId: "both" }),
      agent("Cem", { groupId: "chat" }),
    ]);
    expect(weekOf(limits, ["both"], 1, 1)).toBe(6);
    expect(weekOf(limits, ["voice", "both"], 1, 1)).toBe(12);
    expect(weekOf(limits, ["both", "chat"], 1, 1)).toBe(12);
    expect(weekOf(limits, ["voice", "both", "chat"], 1, 1)).toBe(18);
  });

  test("leave and the hours somebody is there count on their day", () => {
    const mornings = [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, fromMinute: 480, toMinute: 720 }));
    const limits = limitsOf([
      agent("Ana", { daysOff: ["2026-11-03"] }),
      agent("Bo", { availability: mornings }),
    ]);
    const onTuesday = limits.filter(
      ({ groupIds, days }) => groupIds.join() === "voice,both" && days.join() === "1",
    );
    expect(onTuesday.map(({ maximum }) => maximum)).toEqual([1, 0, 1]);
  });
});

describe("no tour that keeps the rules counts more", () => {
  const days = createIntervalGrid("Europe/Berlin", 15, "2026-11-05", 5);
  const agents = [
    agent("Ana", { daysOff: ["2026-11-06"] }),
    agent("Bo", { availability: [{ weekday: 6, fromMinute: 0, toMinute: 1440 }] }),
    agent("Cem"),
  ];
  const contracts = [
    { ...contract, maximumMinutesPerWeek: 1200, maximumConsecutiveDays: 2, minimumConsecutiveDaysOff: 2 },
  ];
  const templates = [early, late];
  const candidates = shiftCandidates(days, templates, ["voice"]);
  const source = {
    grid: days,
    groups,
    templates,
    contracts,
    costPerHourShort: 1,
    costPerHourOver: 1,
    shifts: [],
  };

  test.each(agents.map((one) => [one.name, one] as const))("%s, against every tour there is", (_, one) => {
    const { problem } = problemFromPlan({ ...source, agents: [one] }, candidates);
    const kinds = problem.kinds.length;
    const most = new Map<string, number>();
    const limits = workLimits({ ...source, agents: [one] }).filter(({ groupIds }) => groupIds[0] === "voice");
    for (let code = 0; code < (kinds + 1) ** days.dayCount; code++) {
      const tour: Tour = Int16Array.from(
        { length: days.dayCount },
        (_, day) => (Math.floor(code / (kinds + 1) ** day) % (kinds + 1)) + dayOff,
      );
      if (breachesOf(problem, problem.people[0], tour).length > 0) continue;
      for (const limit of limits) {
        const key = JSON.stringify([limit.days, limit.weights]);
        const count = limit.days.reduce(
          (sum, day) =>
            sum +
            (tour[day] === dayOff ? 0 : weightOfHours(limit.weights, problem.kinds[tour[day]].minutes / 60)),
          0,
        );
        most.set(key, Math.max(count, most.get(key) ?? 0));
      }
    }
    for (const { days: on, weights, maximum } of limits)
      expect([on, weights, maximum]).toEqual([on, weights, most.get(JSON.stringify([on, weights]))]);
  });
});
