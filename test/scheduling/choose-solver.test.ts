import { expect, test } from "vitest";
import { chooseSolver } from "../../src/scheduling/choose-solver.ts";
import { optimiseShifts } from "../../src/scheduling/optimise-shifts.ts";
import { buildShiftProblem } from "../../src/scheduling/problem/shift-problem.ts";
import { oneDay, weekOfTours } from "./bench-instances.ts";
import { humps, input, requirement, rest, settings, template } from "./small-plans.ts";

const plain = template("plain", { startStepMinutes: 60 });
const day = (intervalMinutes: number, breaks = plain.breaks) =>
  input({
    requirement: requirement({ Voice: humps(6) }, 1, intervalMinutes),
    templates: [{ ...plain, breaks }],
  });
const meal = [rest("meal", 60, 180, 240)];

test.each([
  ["auto", "a small day without breaks", day(60), "javascript-lp-solver"],
  ["auto", "the same with a meal", day(60, meal), "highs"],
  ["auto", "finer than a small model", day(5), "highs"],
  ["auto", "a day of the benchmark", oneDay(20, 30, 1), "highs"],
  ["auto", "a week of tours", weekOfTours(20, 1), "highs"],
  ["highs", "a small day without breaks", day(60), "highs"],
  ["javascript-lp-solver", "a week of tours", weekOfTours(20, 1), "javascript-lp-solver"],
] as const)("%s: %s", async (wanted, _, task, name) => {
  const { solver, issue } = await chooseSolver(wanted, buildShiftProblem(task).blocks);
  expect({ name: solver.name, issue }).toEqual({ name, issue: null });
});

test("the schedule names the solver that ran, and both prove the same bound", async () => {
  const task = { ...day(60), settings: { ...settings, seconds: 0.1 } };
  const [auto, highs] = await Promise.all(
    (["auto", "highs"] as const).map((solver) =>
      optimiseShifts({ ...task, settings: { ...task.settings, solver } }),
    ),
  );
  if (!auto.ok || !highs.ok) throw new Error("no schedule");
  expect([auto.value.solver, highs.value.solver]).toEqual(["javascript-lp-solver", "highs"]);
  expect(auto.value.bound / highs.value.bound).toBeCloseTo(1, 3);
});
