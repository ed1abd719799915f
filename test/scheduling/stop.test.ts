import { fork } from "node:child_process";
import { expect, test } from "vitest";
import type { Schedule } from "../../src/domain/plan/shift.ts";
import { checkSchedule } from "../../src/scheduling/check/check-schedule.ts";
import type { ShiftsInput } from "../../src/scheduling/problem/shift-block.ts";
import { fourSkills, oneDay, weekOfTours } from "./bench-instances.ts";

/** Schedules after which a process at work is killed, as Stop does a worker. */
const schedulesBeforeStop = 3;

/** Kills a process once so many schedules have come from it, and returns them. */
function killed(task: ShiftsInput): Promise<{ schedules: Schedule[]; signal: string | null }> {
  const schedules: Schedule[] = [];
  const work = fork(new URL("./optimise-in-process.ts", import.meta.url), {
    execArgv: ["--import", "tsx"],
    serialization: "advanced",
  });
  work.send(task);
  return new Promise((resolve, reject) => {
    work.on("error", reject);
    work.on("message", (schedule) => {
      if (schedules.push(schedule as Schedule) === schedulesBeforeStop) work.kill("SIGKILL");
    });
    work.on("close", (_, signal) => resolve({ schedules, signal }));
  });
}

// Enough work for an hour, so that none is done before it is killed.
const endless = (task: ShiftsInput): ShiftsInput => ({
  ...task,
  settings: { ...task.settings, seconds: 3600 },
  timeLimitSeconds: null,
});

test.each([
  ["a day of quarter-hour starts", oneDay(100, 15, 60)],
  ["four skills", fourSkills(40, 60)],
  ["a week of tours", weekOfTours(30, 60)],
])(
  "a process killed in the middle of %s leaves its last schedule, which keeps every rule",
  async (_, task) => {
    const { schedules, signal } = await killed(endless(task));
    expect(signal).toBe("SIGKILL");
    const last = schedules[schedules.length - 1];
    expect(last.shifts.length).toBeGreaterThan(0);
    expect(last.status).toBe("stopped");
    expect(checkSchedule({ ...task, ...task.settings }, last)).toEqual([]);
    expect(last.bound).toBeLessThanOrEqual(last.objective);
    expect(last.objective).toBeLessThanOrEqual(schedules[0].objective);
  },
  120_000,
);
