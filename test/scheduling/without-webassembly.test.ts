import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { checkSchedule } from "../../src/scheduling/check/check-schedule.ts";
import type { ShiftsInput } from "../../src/scheduling/problem/shift-block.ts";
import { humps, input, requirement, rest, settings, template } from "./small-plans.ts";

/** Where there is no WebAssembly, javascript-lp-solver serves what HiGHS should have. */

const hourly = requirement({ Voice: humps(6) }, 2, 60);
const plain = template("plain", { startStepMinutes: 60 });
const withMeal = { ...plain, breaks: [rest("meal", 60, 180, 240)] };
const plan = (solver: ShiftsInput["settings"]["solver"], shift = plain) =>
  input({ requirement: hourly, templates: [shift], settings: { ...settings, seconds: 0.1, solver } });

/** Solves with modules of its own: a HiGHS that another test has loaded would stay loaded. */
async function solve(task: ShiftsInput) {
  const { optimiseShifts } = await import("../../src/scheduling/optimise-shifts.ts");
  const outcome = await optimiseShifts(task);
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.issues));
  expect(checkSchedule({ ...task, ...task.settings }, outcome.value)).toEqual([]);
  return { schedule: outcome.value, codes: outcome.issues.map(({ code }) => code) };
}

beforeEach(() => {
  vi.resetModules();
});
afterEach(() => {
  vi.unstubAllGlobals();
});

test("with WebAssembly HiGHS solves what it is asked to", async () => {
  const { schedule, codes } = await solve(plan("highs", withMeal));
  expect(schedule.solver).toBe("highs");
  expect(codes).toEqual([]);
});

test("without it javascript-lp-solver does, and a warning says so", async () => {
  vi.stubGlobal("WebAssembly", undefined);
  const { schedule, codes } = await solve(plan("highs", withMeal));
  expect(schedule.solver).toBe("javascript-lp-solver");
  expect(codes).toEqual(["shifts.highsUnavailable"]);
});

test("what is too large for a dense tableau is scheduled with a bound from prices alone", async () => {
  vi.stubGlobal("WebAssembly", undefined);
  const tours = [
    {
      id: "five",
      name: "five",
      templateIds: ["plain"],
      daysPerWeek: 5,
      daysOffTogether: true,
      startBandMinutes: 60,
    },
  ];
  const { schedule } = await solve({
    ...plan("auto"),
    requirement: requirement({ Voice: humps(6) }, 7, 30),
    settings: { ...settings, seconds: 0.1, solver: "auto", tours },
  });
  expect(schedule.solver).toBe("javascript-lp-solver");
  // Wages of the work asked for: nothing that covers it can cost less, and the bound is of that size.
  const hours = schedule.coverage[0].asked.reduce((sum, agents) => sum + agents / 2, 0);
  expect(schedule.bound).toBeGreaterThan(0.5 * 20 * hours);
  expect(schedule.bound).toBeLessThanOrEqual(schedule.objective);
});
