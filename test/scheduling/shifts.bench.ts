import type { Schedule } from "../../src/domain/plan/shift.ts";
import { checkSchedule } from "../../src/scheduling/check/check-schedule.ts";
import { optimiseShifts } from "../../src/scheduling/optimise-shifts.ts";
import type { ShiftsInput } from "../../src/scheduling/problem/shift-block.ts";
import { fourSkills, oneDay, weekOfTours } from "./bench-instances.ts";
import { askCbc, cbcVersion } from "./cbc-peer.ts";

/**
 * `npx tsx test/scheduling/shifts.bench.ts [name part] [seconds] [seeds, as 1,2,3]`: gap to a proved bound, and time,
 * one thread; in the end the worst of the seeds.
 * The goal of each case stands behind its figures. Where CBC is installed (`apt-get install coinor-cbc`) it is given the
 * same days as one model, and the same seconds, right after.
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

/** What Stop keeps is the last schedule that progress carried. */
const stopSeconds = 5;
const faultsOf = (task: ShiftsInput, schedule: Schedule) =>
  checkSchedule({ ...task, ...task.settings }, schedule).length;

const peer = cbcVersion();
process.stdout.write(
  peer === null
    ? "CBC is not installed here, so no peer is asked.\n"
    : `The peer is CBC ${peer} on one thread, with the monolithic model.\n`,
);

const percent = (share: number) => `${(share * 100).toFixed(2)} %`;
const worst: string[] = [];
const [part = "", seconds, seeds = "1"] = process.argv.slice(2);
for (const { name, seconds: usual, goal, make } of cases.filter((one) => one.name.includes(part))) {
  const gaps: number[] = [];
  for (const seed of seeds.split(",").map(Number)) {
    const gap = await measure(`${name}, seed ${seed}`, goal, make(Number(seconds ?? usual), seed));
    if (gap !== null) gaps.push(gap);
  }
  worst.push(
    `${name}: worst gap of seeds ${seeds} ${percent(Math.max(...gaps))} (goal ${percent(goal)} within ${usual} s)`,
  );
}
process.stdout.write(`${worst.join("\n")}\n`);

/** Prints one case beside its peer and says its gap; null where there was no schedule. */
async function measure(name: string, goal: number, task: ShiftsInput): Promise<number | null> {
  const began = performance.now();
  const cpu = process.cpuUsage();
  const path: string[] = [];
  let next = 0;
  let atStop: Schedule | undefined;
  const outcome = await optimiseShifts(task, ({ best, bound, partial }) => {
    const at = (performance.now() - began) / 1000;
    if (partial !== undefined && at <= stopSeconds) atStop = partial;
    if (best === undefined || bound === undefined || at < next) return;
    path.push(`${at.toFixed(1)}s ${percent(1 - bound / best)}`);
    next = Math.max(at * 1.8, at + 0.5);
  });
  const took = (performance.now() - began) / 1000;
  const { user } = process.cpuUsage(cpu);
  if (!outcome.ok) {
    process.stdout.write(`${name}: ${JSON.stringify(outcome.issues)}\n`);
    return null;
  }
  const { gap, objective, bound, shifts } = outcome.value;
  process.stdout.write(
    `${name}: gap ${percent(gap)} (goal ${percent(goal)}) in ${took.toFixed(1)} s (${(user / 1e6).toFixed(1)} s CPU), cost ${objective.toFixed(0)}, bound ${bound.toFixed(0)}, ${shifts.length} shifts, ${faultsOf(task, outcome.value)} faults; ${path.join(", ")}\n`,
  );
  process.stdout.write(
    atStop === undefined
      ? `  Stopped after ${stopSeconds} s: nothing to keep yet\n`
      : `  Stopped after ${stopSeconds} s: cost ${atStop.objective.toFixed(0)}, ${faultsOf(task, atStop)} faults\n`,
  );
  if (peer === null) return gap;
  const answer = askCbc(task);
  const found =
    answer.objective === null
      ? "found no schedule"
      : `gap ${percent(1 - answer.bound / answer.objective)}, cost ${answer.objective.toFixed(0)} (ours ${percent(objective / answer.objective - 1)} against it)`;
  process.stdout.write(
    `  CBC, ${answer.rows} rows × ${answer.columns} columns: ${found}, ${answer.bound > 0 ? `bound ${answer.bound.toFixed(0)}` : "no bound"} in ${answer.seconds.toFixed(1)} s\n`,
  );
  return gap;
}
