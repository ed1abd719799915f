import { beforeAll, describe, expect, test } from "vitest";
import { createRuns, type StageRunners } from "../../src/app/running/runs.ts";
import { createSessionStore } from "../../src/app/session/store.ts";
import { fail } from "../../src/domain/outcome.ts";
import type { PlanDocument } from "../../src/domain/plan/plan.ts";
import { changedDays } from "../../src/stages/changed-days.ts";
import { stageFreshness, stageInputKey } from "../../src/stages/freshness.ts";
import { personDaysMoved, rosterOfDays, scheduleOfDays } from "../../src/stages/only-days.ts";
import { requirementStage } from "../../src/stages/requirement.ts";
import { rosterStage } from "../../src/stages/roster.ts";
import { scheduleStage } from "../../src/stages/schedule.ts";
import { inputOf, type StageSources } from "../../src/stages/stage.ts";
import { staffedPlan } from "../leave/staffed-plan.ts";

const friday = "2026-11-06";

/** The real engines, run here instead of in workers. */
const runners = {
  forecast: async () => fail({ code: "forecast.none", severity: "error" }),
  requirement: (document: StageSources) => requirementStage.run(inputOf(requirementStage, document)!),
  schedule: (document: StageSources) => scheduleStage.run(inputOf(scheduleStage, document)!),
  roster: (document: StageSources) => rosterStage.run(inputOf(rosterStage, document)!),
  simulation: async () => fail({ code: "simulate.none", severity: "error" }),
} as unknown as StageRunners;

/** A week of shifts of eight hours, and more people than it takes on an ordinary day. */
function weekDocument(): PlanDocument {
  const document = staffedPlan({ days: 7, voicePerHour: 60, voiceAgents: 30, bothAgents: 18 });
  const { plan } = document;
  const history = { grid: document.results.forecast!.value.grid, queues: [] };
  const full: PlanDocument = {
    ...document,
    history,
    plan: {
      ...plan,
      // A single day off between two days at work is against this rule.
      contracts: plan.contracts.map((contract) => ({ ...contract, minimumConsecutiveDaysOff: 2 })),
      templates: plan.templates.map((template) => ({
        ...template,
        earliestStartMinute: 480,
        latestStartMinute: 600,
        lengthsMinutes: [480],
      })),
    },
  };
  // The forecast is given: it counts as made from this history.
  const forecast = { ...full.results.forecast!, inputKey: stageInputKey("forecast", full) ?? "" };
  return { ...full, results: { ...full.results, forecast } };
}

/** Contacts of one day, by a factor, in the forecast itself. */
function busier(document: PlanDocument, day: number, factor: number): PlanDocument {
  const made = document.results.forecast!;
  const { dayOffsets } = made.value.grid;
  const queues = made.value.queues.map((queue) => ({
    ...queue,
    offered: queue.offered.map((value, index) =>
      index >= dayOffsets[day] && index < dayOffsets[day + 1] ? value * factor : value,
    ),
  }));
  const value = { ...made.value, queues };
  return { ...document, results: { ...document.results, forecast: { ...made, value } } };
}

function session(document: PlanDocument) {
  const store = createSessionStore(document);
  const runs = createRuns(store, runners);
  return { store, runs, results: () => store.state().document.results };
}

let week: PlanDocument;
beforeAll(async () => {
  const { store, runs } = session(weekDocument());
  for (const stage of ["requirement", "schedule", "roster"] as const) await runs.run(stage, { dates: null });
  week = store.state().document;
});

const onFriday = ({ date }: { date: string }) => date === friday;

describe("after one day has changed", () => {
  test("only that day is out of date, and it is said how many person-days that can move", async () => {
    const { store, runs } = session(busier(week, 4, 1.5));
    expect(changedDays("schedule", week)).toBe(null);
    await runs.run("requirement");
    const { document } = store.state();
    const changed = changedDays("schedule", document)!;
    expect(changed.dates).toEqual([friday]);
    expect(changed.personDays).toBe(
      week.results.roster!.value.assignments.filter(({ shift }) => onFriday(shift)).length,
    );
    expect(changed.allPersonDays).toBe(week.results.roster!.value.assignments.length);
  });

  test("shifts and roster of the other days stay, bit for bit, and the day keeps its goals", async () => {
    const { store, runs, results } = session(busier(week, 4, 1.5));
    for (const stage of ["requirement", "schedule", "roster"] as const) await runs.run(stage);
    const before = week.results;
    const after = results();
    const others = (shifts: readonly { date: string }[]) => shifts.filter((shift) => !onFriday(shift));
    expect(others(after.schedule!.value.shifts)).toEqual(others(before.schedule!.value.shifts));
    const held = (document: typeof after) =>
      document
        .roster!.value.assignments.filter(({ shift }) => !onFriday(shift))
        .map((assignment) => JSON.stringify(assignment))
        .sort();
    expect(held(after)).toEqual(held(before));

    // More shifts on Friday than before, as good as a plan made anew, everybody within the hard rules.
    const count = (document: typeof after) => document.schedule!.value.shifts.filter(onFriday).length;
    expect(count(after)).toBeGreaterThan(count(before));
    const whole = session(store.state().document);
    await whole.runs.run("schedule", { dates: null });
    const { objective, understaffedHours } = whole.results().schedule!.value;
    expect(after.schedule!.value.objective).toBeLessThan(1.02 * objective);
    expect(after.schedule!.value.understaffedHours).toBeLessThan(understaffedHours + 4);
    expect(after.roster!.value.violations.filter(({ penalty }) => penalty === null)).toEqual([]);
    expect(after.roster!.value.unassigned.filter(onFriday)).toEqual([]);
    expect(new Set(after.schedule!.value.shifts.map(({ id }) => id)).size).toBe(
      after.schedule!.value.shifts.length,
    );
    for (const stage of ["schedule", "roster"] as const)
      expect(stageFreshness(stage, store.state().document)).toBe("fresh");

    const moved = personDaysMoved(before.roster!.value, after.roster!.value);
    expect(moved).toBeGreaterThan(0);
    expect(moved).toBeLessThanOrEqual(48);
  });

  test("the figures of the whole are those of its shifts, and its bound holds for the day solved", async () => {
    const { runs, results } = session(busier(week, 4, 1.5));
    for (const stage of ["requirement", "schedule"] as const) await runs.run(stage);
    const { value } = results().schedule!;
    expect(value.paidHours).toBeCloseTo(value.shifts.length * 8, 6);
    expect(value.bound).toBeLessThanOrEqual(value.objective + 1e-6);
    expect(value.gap).toBeLessThan(0.2);
    // What each day is asked for is the requirement's, not what was held.
    expect(value.coverage[0].asked).toEqual(results().requirement!.value.queues[0].scheduledAgents);
  });

  test("the whole plan is solved again where that is asked for", async () => {
    const { runs, results } = session(busier(week, 4, 1.5));
    await runs.run("requirement");
    await runs.run("schedule", { dates: null });
    expect(results().schedule!.parts).toBeDefined();
    expect(results().schedule!.value.shifts.filter(onFriday).length).toBeGreaterThan(0);
  });
});

test("a day that nothing has changed on can be solved alone, and the stage stays as fresh as it was", async () => {
  const { store, runs, results } = session(week);
  await runs.run("schedule", { dates: [friday] });
  expect(stageFreshness("schedule", store.state().document)).toBe("fresh");
  expect(results().schedule!.value.shifts.length).toBeGreaterThan(0);
});

test("two days changed and one solved: the other is still out of date, and said so", async () => {
  const { store, runs } = session(busier(busier(week, 4, 1.5), 1, 1.4));
  await runs.run("requirement");
  await runs.run("schedule", { dates: [friday] });
  const { document } = store.state();
  expect(stageFreshness("schedule", document)).toBe("stale");
  expect(changedDays("schedule", document)?.dates).toEqual(["2026-11-03"]);
});

test("other templates ask for the whole plan", async () => {
  const { store, runs } = session(busier(week, 4, 1.5));
  await runs.run("requirement");
  store.edit("shifts:edit.template", (plan) => ({
    ...plan,
    templates: plan.templates.map((template) => ({ ...template, costPerHour: 30 })),
  }));
  expect(changedDays("schedule", store.state().document)).toBe(null);
});

test("shifts in tours or judged by simulation, and results of other dates, cannot be made again for some days", () => {
  const tours = [{ id: "t", shiftIds: [] }];
  const { schedule } = week.results;
  const inTours = {
    ...week,
    results: { ...week.results, schedule: { ...schedule!, value: { ...schedule!.value, tours } } },
  } as unknown as PlanDocument;
  expect(scheduleOfDays(inTours, [friday]).issues[0]?.code).toBe("run.daysOfTours");
  const keepGoals = { span: "day", confidence: null } as const;
  const scheduling = { ...week.plan.scheduling, keepGoals };
  const judged = { ...week, plan: { ...week.plan, scheduling } };
  expect(scheduleOfDays(judged, [friday]).issues[0]?.code).toBe("run.daysJudged");
  expect(changedDays("schedule", judged)).toBe(null);
  const without = { ...week, results: { ...week.results, roster: null } };
  expect(rosterOfDays(without, [friday]).issues[0]?.code).toBe("run.daysWithoutRest");
});

test("whoever is off on another day is not to be had there, so that nobody's days off are broken up unseen", () => {
  const run = rosterOfDays(week, [friday]);
  if (!run.ok) throw new Error(run.issues[0].code);
  const { assignments } = week.results.roster!.value;
  for (const { id, unavailable } of run.value.document.plan.agents) {
    const works = new Set(assignments.filter(({ agentId }) => agentId === id).map(({ shift }) => shift.date));
    const held = new Set(unavailable?.map(({ date }) => date));
    for (const date of ["2026-11-02", "2026-11-03", "2026-11-04", "2026-11-05", "2026-11-07", "2026-11-08"])
      expect(held.has(date), `${id} ${date}`).toBe(!works.has(date));
    expect(held.has(friday)).toBe(false);
  }
});
