import { describe, expect, test } from "vitest";
import { addCounts, countInBatches, countServiceHere } from "../../src/closed-loop/count-service.ts";
import { keptWithin } from "../../src/closed-loop/judged-goals.ts";
import { type KeepGoalsInput, keepGoals } from "../../src/closed-loop/keep-goals.ts";
import { missesOf, targetsOf } from "../../src/closed-loop/service-targets.ts";
import type { Schedule } from "../../src/domain/plan/shift.ts";
import { checkSchedule } from "../../src/scheduling/check/check-schedule.ts";
import { optimiseShifts } from "../../src/scheduling/optimise-shifts.ts";
import { dayInstance, dayProblem } from "./day-instances.ts";
import { cheapestOfAll, fewIntervals } from "./exhaustive-search.ts";

const small = dayProblem(dayInstance({ queues: 2, groups: 3, load: 5 }, 3));
const input: KeepGoalsInput = { ...small, terms: { span: "day", confidence: null }, seconds: 4 };

async function kept(task: KeepGoalsInput): Promise<Schedule> {
  const outcome = await keepGoals(task);
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.issues));
  return outcome.value;
}

describe("shifts that keep the goals in the simulation", () => {
  test("keep every goal for less than covering the requirement, and fresh customers agree", async () => {
    const schedule = await kept(input);
    const cover = await optimiseShifts(input.shifts);
    if (!cover.ok) throw new Error();
    expect(schedule.cost).toBeLessThan(0.97 * cover.value.cost);
    expect(schedule.judgement?.covering.cost).toBeCloseTo(cover.value.cost, -2);
    const counts = await countServiceHere(input.plan)({
      shifts: schedule.shifts,
      firstReplication: 50_000_000,
      replications: 1000,
    });
    const targets = targetsOf(
      small.goals.map((goal) => ({ channel: "voice", goal })),
      input.plan.forecast.grid,
      input.terms,
      () => true,
    );
    for (const miss of missesOf(targets, counts, 2)) expect(miss).toBeLessThan(0.01);
    const rules = { ...input.shifts, ...input.shifts.settings };
    expect(checkSchedule(rules, schedule)).toEqual([]);
    expect(schedule.judgement?.leastWorkCost).toBeLessThan(schedule.cost);
    expect(schedule.judgement?.leastWorkCost).toBeGreaterThan(0.3 * schedule.cost);
  });

  test("the same input gives the same bytes", async () => {
    const brief = { ...input, seconds: 1 };
    const [first, second] = [await kept(brief), await kept(brief)];
    expect(JSON.stringify({ ...second, seconds: 0 })).toBe(JSON.stringify({ ...first, seconds: 0 }));
  });

  test("what Stop keeps passes every rule and says what fresh customers say", async () => {
    const partials: Schedule[] = [];
    await keepGoals({ ...input, seconds: 4 }, ({ partial, phase, best }) => {
      if (partial !== undefined) partials.push(partial);
      // Whoever is told that every goal is kept finds something to keep.
      if (phase === "keepingGoals" && best !== undefined) expect(partials.length).toBeGreaterThan(0);
    });
    expect(partials.length).toBeGreaterThan(0);
    for (const partial of partials) {
      expect(partial.status).toBe("stopped");
      expect(checkSchedule({ ...input.shifts, ...input.shifts.settings }, partial)).toEqual([]);
      expect(partial.judgement?.goals).toHaveLength(2);
    }
  });

  test("batches are the same customers as one run of them all", async () => {
    const count = countServiceHere(input.plan);
    const { shifts } = await kept({ ...input, seconds: 1 });
    const request = { shifts, firstReplication: 70, replications: 23 };
    const batches = await countInBatches(count, request);
    const [sum, whole] = [addCounts(batches), await count(request)];
    expect(batches).toHaveLength(10);
    expect(sum.replications).toBe(23);
    expect(sum.inTime).toEqual(whole.inTime);
    expect(sum.dailyLevel.flatMap((run) => [...run])).toEqual(whole.dailyLevel.flatMap((run) => [...run]));
  });

  test("nine days in ten ask for more than the average day", async () => {
    const schedule = await kept({ ...input, terms: { span: "day", confidence: 0.9 }, seconds: 3 });
    const average = await kept({ ...input, seconds: 3 });
    expect(schedule.cost).toBeGreaterThan(average.cost);
    for (const { value } of schedule.judgement?.goals ?? []) expect(value).toBeGreaterThan(0.8 - 0.02);
  });

  test.each([
    [
      "no queue has a goal",
      { goals: small.goals.map((goal) => ({ ...goal, serviceLevel: null })) },
      "closedLoop.noGoals",
    ],
    ["only breaks may move", { shifts: { ...small.shifts, breaksOnly: true } }, "closedLoop.breaksOnly"],
    [
      "hours have a budget",
      { shifts: { ...small.shifts, settings: { ...small.shifts.settings, budgetHours: 100 } } },
      "closedLoop.budget",
    ],
  ])("is refused where %s", async (_, changes, code) => {
    const outcome = await keepGoals({ ...input, ...changes });
    expect(outcome.ok).toBe(false);
    expect(outcome.issues.map((issue) => issue.code)).toEqual([code]);
  });
});

describe("beside exhaustive search", () => {
  test.each([1, 2, 3, 4])(
    "one skill and six intervals: nothing cheaper keeps the goal (seed %i)",
    async (seed) => {
      const task = fewIntervals(seed);
      const schedule = await kept(task);
      const best = await cheapestOfAll(task, keptWithin);
      expect(schedule.cost).toBeCloseTo(best, 6);
    },
  );
});
