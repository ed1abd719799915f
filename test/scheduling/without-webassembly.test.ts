import { afterEach, expect, test, vi } from "vitest";
import { checkSchedule } from "../../src/scheduling/check/check-schedule.ts";
import { optimiseShifts } from "../../src/scheduling/optimise-shifts.ts";
import type { ShiftsInput } from "../../src/scheduling/problem/shift-block.ts";
import { humps, input, requirement, rest, settings, template } from "./small-plans.ts";

/** Who solves the linear programs, and that the schedule says so. */

const hourly = requirement({ Voice: humps(6) }, 2, 60);
const plain = template("plain", { startStepMinutes: 60 });
const withMeal = { ...plain, breaks: [rest("meal", 60, 180, 240)] };
const asked = (solver: ShiftsInput["settings"]["solver"], shift = plain) =>
  input({ requirement: hourly, templates: [shift], settings: { ...settings, seconds: 0.1, solver } });

async function solved(task: ShiftsInput) {
  const outcome = await optimiseShifts(task);
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.issues));
  expect(checkSchedule({ ...task, ...task.settings }, outcome.value)).toEqual([]);
  return {
    solver: outcome.value.solver,
    bound: outcome.value.bound,
    codes: outcome.issues.map(({ code }) => code),
  };
}

afterEach(() => {
  vi.unstubAllGlobals();
  vi.resetModules();
});

// First, because a loaded HiGHS stays loaded.
test("without WebAssembly javascript-lp-solver serves what HiGHS should have, and that is said", async () => {
  vi.stubGlobal("WebAssembly", undefined);
  expect(await solved(asked("highs", withMeal))).toMatchObject({
    solver: "javascript-lp-solver",
    codes: ["shifts.highsUnavailable"],
  });
  const week = requirement({ Voice: humps(6) }, 7, 30);
  const tours = [
    {
      id: "t",
      name: "t",
      templateIds: ["plain"],
      daysPerWeek: 5,
      daysOffTogether: true,
      startBandMinutes: 60,
    },
  ];
  const { solver, bound } = await solved({
    ...asked("auto"),
    requirement: week,
    settings: { ...settings, seconds: 0.1, solver: "auto", tours },
  });
  // Too large for a dense tableau: a schedule all the same, and a bound from prices alone.
  expect(solver).toBe("javascript-lp-solver");
  expect(bound).toBeGreaterThan(0);
});
