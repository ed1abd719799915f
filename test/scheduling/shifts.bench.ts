import { checkSchedule } from "../../src/scheduling/check-schedule.ts";
import { optimiseShifts } from "../../src/scheduling/optimise-shifts.ts";
import type { ShiftsInput } from "../../src/scheduling/shift-problem.ts";
import { fourSkills, oneDay, weekOfTours } from "./bench-instances.ts";

/**
 * `npx tsx test/scheduling/shifts.bench.ts [name part] [seconds] [seed]`: gap to a proved bound, and time, one thread.
 * The goal of each case stands behind its figures.
 */
const cases: readonly {
  name: string;
  seconds: number;
  goal: number;
  make: (seconds: number, seed: number) => ShiftsInput;
}[] = [
  ...[30, 15].flatMap((step) =>
    [20, 100, 1000].map((peak) => ({
      name: `day-${step}min-peak${peak}`,
      seconds: 15,
      goal: 0.01,
      make: (seconds: number, seed: number) => oneDay(peak, step, seconds, seed),
    })),
  ),
  {
    name: "skills-4x6-peak100",
    seconds: 60,
    goal: 0.05,
    make: (seconds, seed) => fourSkills(100, seconds, seed),
  },
  ...[100, 1000].map((peak) => ({
    name: `week-of-tours-peak${peak}`,
    seconds: 60,
    goal: 0.025,
    make: (seconds: number, seed: number) => weekOfTours(peak, seconds, seed),
  })),
];

const [part = "", seconds, seed = "1"] = process.argv.slice(2);
for (const { name, seconds: usual, goal, make } of cases.filter((one) => one.name.includes(part))) {
  const task = make(seconds === undefined ? usual : Number(seconds), Number(seed));
  const began = performance.now();
  const cpu = process.cpuUsage();
  const path: string[] = [];
  let next = 0;
  const outcome = await optimiseShifts(task, ({ best, bound }) => {
    const at = (performance.now() - began) / 1000;
    if (best === undefined || bound === undefined || at < next) return;
    path.push(`${at.toFixed(1)}s ${((1 - bound / best) * 100).toFixed(2)}%`);
    next = Math.max(at * 1.8, at + 0.5);
  });
  const took = (performance.now() - began) / 1000;
  const { user } = process.cpuUsage(cpu);
  if (!outcome.ok) {
    process.stdout.write(`${name}: ${JSON.stringify(outcome.issues)}\n`);
    continue;
  }
  const { gap, objective, bound, shifts } = outcome.value;
  const faults = checkSchedule({ ...task, ...task.settings }, outcome.value).length;
  process.stdout.write(
    `${name}: gap ${(gap * 100).toFixed(2)} % (goal ${goal * 100} %) in ${took.toFixed(1)} s (${(user / 1e6).toFixed(1)} s CPU), cost ${objective.toFixed(0)}, bound ${bound.toFixed(0)}, ${shifts.length} shifts, ${faults} faults; ${path.join(", ")}\n`,
  );
}
