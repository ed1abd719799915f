import { describe, expect, test } from "vitest";
import { samplePlan } from "../../sample-data/plan.ts";
import { addDays } from "../../src/domain/calendar/clock.ts";
import { createIntervalGrid } from "../../src/domain/calendar/interval-grid.ts";
import type { Outcome } from "../../src/domain/outcome.ts";
import type { Plan } from "../../src/domain/plan/plan.ts";
import type { Agent, Roster } from "../../src/domain/plan/roster.ts";
import { startOfRoster } from "../../src/periods/start-of-roster.ts";
import { made } from "../builders.ts";
import { agent, contract, shift, template } from "../rostering/small-plan.ts";

const former = createIntervalGrid("Europe/Berlin", 30, "2026-10-19", 14);

/** Two weeks from Monday, 19 October 2026, in which the clocks go back, with shifts on these days. */
function rosterOf(...days: readonly (readonly [string, number, number])[]): Roster {
  return {
    grid: former,
    assignments: days.map(([agentId, day, hour]) => ({ agentId, shift: shift(day, hour), pinned: true })),
    unassigned: [],
    violations: [],
    status: "optimal",
    objective: 0,
    bound: null,
    seconds: null,
  };
}

function planOf(agents: readonly Agent[], more: Partial<Plan> = {}): Plan {
  return {
    ...samplePlan(),
    timeZone: "Europe/Berlin",
    intervalMinutes: 30,
    firstDate: "2026-11-02",
    dayCount: 14,
    groups: [{ id: "voice", name: "Voice", queueIds: ["voice"] }],
    templates: [{ ...template, latestStartMinute: 1380 }],
    contracts: [contract],
    agents: [...agents],
    ledger: [],
    ...more,
  };
}

function copied(outcome: Outcome<{ readonly value: Roster } | null>) {
  if (!outcome.ok) throw new Error("not copied");
  return {
    shifts: outcome.value?.value.assignments.map(({ agentId, shift: { date } }) => `${agentId} ${date}`),
    counts: Object.fromEntries(outcome.issues.map(({ code, values }) => [code.slice(11), values?.count])),
    roster: outcome.value?.value,
  };
}

describe("a copy of the last roster", () => {
  test("lies whole weeks later at the same clock times, and nothing is pinned", () => {
    const last = rosterOf(["Ada", 0, 8], ["Ben", 8, 14]);
    const { shifts, counts, roster } = copied(
      startOfRoster(made(last), planOf([agent("Ada"), agent("Ben")]), "copy"),
    );
    expect(shifts).toEqual(["Ada 2026-11-02", "Ben 2026-11-10"]);
    expect(counts).toEqual({ copied: 2 });
    expect(roster?.assignments.every(({ pinned, shift: { pinned: fixed } }) => !pinned && !fixed)).toBe(true);
    const starts = roster?.assignments.map(({ shift: { startMinute } }) => startMinute % 1440);
    expect(starts).toEqual([8 * 60, 14 * 60]);
    expect(roster?.violations.filter(({ penalty }) => penalty === null)).toEqual([]);
  });

  test("begins again in a longer period, and keeps to weekdays in one that begins in the middle of a week", () => {
    const last = rosterOf(["Ada", 0, 8]);
    const longer = planOf([agent("Ada")], { dayCount: 28 });
    expect(copied(startOfRoster(made(last), longer, "copy")).shifts).toEqual([
      "Ada 2026-11-02",
      "Ada 2026-11-16",
    ]);
    const later = planOf([agent("Ada")], { firstDate: "2026-11-05", dayCount: 14 });
    expect(copied(startOfRoster(made(last), later, "copy")).shifts).toEqual(["Ada 2026-11-09"]);
  });

  test("leaves out whoever, and whatever, is gone, and what leave or rest forbids, and counts it", () => {
    const last = rosterOf(["Gone", 0, 8], ["Ada", 1, 8], ["Ada", 2, 8], ["Ben", 3, 22]);
    const away = agent("Ada", { daysOff: [addDays("2026-11-02", 1)] });
    expect(copied(startOfRoster(made(last), planOf([away, agent("Ben")]), "copy"))).toMatchObject({
      shifts: ["Ada 2026-11-04", "Ben 2026-11-05"],
      counts: { copied: 2, copyGone: 1, copyRefused: 1 },
    });
    const early = planOf([away, agent("Ben")], { templates: [{ ...template, latestStartMinute: 720 }] });
    expect(copied(startOfRoster(made(last), early, "copy")).counts).toMatchObject({ copyGone: 2 });
  });

  test("keeps the rules over the border: of a run only what goes too far is left out", () => {
    const last = rosterOf(["Ada", 0, 8], ["Ada", 1, 8], ["Ada", 2, 8], ["Ada", 3, 8]);
    const worked = (daysBefore: number) => {
      const begin = Date.parse("2026-11-01T23:00:00Z") / 1000 - daysBefore * 86_400 + 8 * 3600;
      const iso = (seconds: number) => new Date(seconds * 1000).toISOString();
      const date = addDays("2026-11-02", -daysBefore);
      return { templateId: "day", date, start: iso(begin), end: iso(begin + 28_800), paidMinutes: 480 };
    };
    const priorRoster = {
      firstDate: "2026-10-19",
      lastDate: "2026-11-01",
      people: [{ agentId: "Ada", shifts: [4, 3, 2, 1].map(worked) }],
    };
    const contracts = [{ ...contract, maximumConsecutiveDays: 6 }];
    const next = planOf([agent("Ada")], { priorRoster, contracts });
    expect(copied(startOfRoster(made(last), next, "copy"))).toMatchObject({
      shifts: ["Ada 2026-11-02", "Ada 2026-11-03", "Ada 2026-11-05"],
      counts: { copied: 3, copyRefused: 1 },
    });
  });

  test("leaves out a first shift that follows too soon on the last of the former period", () => {
    const night = {
      templateId: "day",
      date: "2026-11-01",
      start: "2026-11-01T21:00:00.000Z",
      end: "2026-11-02T05:00:00.000Z",
      paidMinutes: 480,
    };
    const priorRoster = {
      firstDate: "2026-10-19",
      lastDate: "2026-11-01",
      people: ["Ada", "Ben"].map((agentId) => ({ agentId, shifts: agentId === "Ada" ? [night] : [] })),
    };
    const last = rosterOf(["Ada", 0, 8], ["Ben", 0, 8]);
    const next = planOf([agent("Ada"), agent("Ben")], { priorRoster });
    expect(copied(startOfRoster(made(last), next, "copy"))).toMatchObject({
      shifts: ["Ben 2026-11-02"],
      counts: { copied: 1, copyRefused: 1 },
    });
  });

  test("is empty where there is no roster, and says so", () => {
    expect(copied(startOfRoster(null, planOf([agent("Ada")]), "copy")).counts).toEqual({
      noRosterToCopy: undefined,
    });
  });
});
