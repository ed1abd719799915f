import { fork } from "node:child_process";
import { expect, test } from "vitest";
import type { Schedule } from "../../src/domain/plan/shift.ts";
import { checkSchedule } from "../../src/scheduling/check/check-schedule.ts";
import type { ShiftsInput } from "../../src/scheduling/problem/shift-block.ts";
import { fourSkills, oneDay, weekOfTours } from "./bench-instances.ts";

/** Kills a process at work, as Stop does a worker, a second after its first schedule came; says what had come. */
function killed(task: ShiftsInput): Promise<{ kept: Schedule[]; signal: string | null }> {
  const kept: Schedule[] = [];
  const work = fork(new URL("./optimise-in-process.ts", import.meta.url), {
    execArgv: ["--import", "tsx"],
    serialization: "advanced",
  });
  work.send(task);
  return new Promise((resolve, reject) => {
    work.on("error", reject);
    work.on("message", (schedule) => {
      if (kept.push(schedule as Schedule) === 1) setTimeout(() => work.kill("SIGKILL"), 1000);
    });
    work.on("close", (_, signal) => resolve({ kept, signal }));
  });
}

test.each([
  ["a day of quarter-hour starts", oneDay(100, 15, 60)],
  ["four skills", fourSkills(40, 60)],
  ["a week of tours", weekOfTours(30, 60)],
])("killed in the middle of %s, the last schedule is there and keeps every rule", async (_, task) => {
  const { kept, signal } = await killed(task);
  // It would have worked on for a minute.
  expect(signal).toBe("SIGKILL");
  const last = kept[kept.length - 1];
  expect(last.shifts.length).toBeGreaterThan(0);
  expect(checkSchedule({ ...task, ...task.settings }, last)).toEqual([]);
  expect(last.bound).toBeLessThanOrEqual(last.objective);
  expect(last.objective).toBeLessThanOrEqual(kept[0].objective);
});
