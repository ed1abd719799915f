import { countServiceHere, type JudgedPlan } from "../../src/closed-loop/count-service.ts";
import { keptWithin } from "../../src/closed-loop/judged-goals.ts";
import { keepGoals } from "../../src/closed-loop/keep-goals.ts";
import { keepGoalsInRoster } from "../../src/closed-loop/keep-goals-in-roster.ts";
import { meanOf, missesOf, type ServiceTarget, targetsOf } from "../../src/closed-loop/service-targets.ts";
import type { ServiceGoal } from "../../src/domain/plan/queue.ts";
import type { Assignment } from "../../src/domain/plan/roster.ts";
import type { JudgedGoal, Shift } from "../../src/domain/plan/shift.ts";
import { paidHoursOf } from "../../src/domain/plan/wages.ts";
import { studentFactor95 } from "../../src/numerics/student.ts";
import type { ShiftsInput } from "../../src/scheduling/problem/shift-block.ts";
import { dayInstance, dayProblem } from "./day-instances.ts";
import { samplePlan, sampleRoster } from "./sample-plan.ts";
import { uniformFactors } from "./uniform-factors.ts";

/**
 * `npm run bench:closed-loop -- [2x3|5x12|20x35|one-20|one-100|one-400|sample|sample-period|roster] [first seed] [last seed]
 * [seconds]`: the closed loop beside the two-step way at its best (one factor per queue, found by search), with the same
 * shift optimiser in the same seconds. Both are judged by the same customers, that neither has seen. `roster`: goals that
 * the sample's roster misses, before and after its shifts were moved.
 */
const sizes: Record<string, { queues: number; groups: number; load: number; seconds: number }> = {
  "2x3": { queues: 2, groups: 3, load: 12, seconds: 30 },
  "5x12": { queues: 5, groups: 12, load: 8, seconds: 90 },
  "20x35": { queues: 20, groups: 35, load: 5, seconds: 400 },
  "one-20": { queues: 1, groups: 1, load: 16, seconds: 20 },
  "one-100": { queues: 1, groups: 1, load: 88, seconds: 20 },
  "one-400": { queues: 1, groups: 1, load: 370, seconds: 40 },
};

const [only = "", first = "1", last = "5", given = ""] = process.argv.slice(2);
const ratios = new Map<string, number[]>();
console.log(
  "instance | two-step cost, closed-loop cost | ratio | least work | fresh: missed targets and worst, two-step; closed loop | seconds, two-step; closed loop",
);
for (const name of only === "" ? [...Object.keys(sizes), "sample", "roster"] : [only]) {
  if (name === "roster") {
    await moveRoster();
    continue;
  }
  if (name.startsWith("sample")) {
    const { shifts, plan, goals } = await samplePlan();
    const span = name === "sample" ? ("day" as const) : ("period" as const);
    await compare(name, { shifts, plan, goals, span, seconds: Number(given || 300) });
    continue;
  }
  for (let seed = Number(first); seed <= Number(last); seed++) {
    const { shifts, plan, goals } = dayProblem(dayInstance(sizes[name], seed));
    await compare(`${name} seed ${seed}`, {
      shifts,
      plan,
      goals,
      span: "day",
      seconds: Number(given || sizes[name].seconds),
    });
  }
}
for (const [name, values] of ratios) {
  const sorted = [...values].sort((a, b) => a - b);
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const interval =
    values.length > 1 ? ` ± ${halfWidth(values, mean).toFixed(4)} (95 %, over ${values.length} seeds)` : "";
  console.log(
    `${name}: mean ratio ${mean.toFixed(4)}${interval}, median ${sorted[sorted.length >> 1].toFixed(4)}, worst ${sorted.at(-1)?.toFixed(4)}`,
  );
}

function halfWidth(values: readonly number[], mean: number): number {
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1);
  return studentFactor95(values.length - 1) * Math.sqrt(variance / values.length);
}

async function moveRoster() {
  const input = await sampleRoster();
  const began = performance.now();
  const outcome = await keepGoalsInRoster({ ...input, ...(given === "" ? {} : { seconds: Number(given) }) });
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.issues));
  const { before, goals, moved, replications } = outcome.value.judgement;
  const hours = (assignments: readonly Assignment[]) =>
    assignments.reduce((sum, { shift }) => sum + paidHoursOf(shift), 0);
  const missed = (all: readonly JudgedGoal[]) => {
    const below = all.filter(({ missedBy }) => missedBy > keptWithin);
    const points = below.reduce((sum, { missedBy }) => sum + 100 * missedBy, 0);
    return `${below.length} of ${all.length} (${points.toFixed(1)} points together)`;
  };
  console.log(
    `roster of the sample: missed ${missed(before)} before, ${missed(goals)} after, ${moved} of ${input.assignments.length} shifts moved, ${hours(input.assignments)} and ${hours(outcome.value.assignments)} paid hours, ${replications} fresh replications, ${((performance.now() - began) / 1000).toFixed(0)} s`,
  );
}

async function compare(
  name: string,
  {
    shifts,
    plan,
    goals,
    span,
    seconds,
  }: {
    readonly shifts: ShiftsInput;
    readonly plan: JudgedPlan;
    readonly goals: readonly ServiceGoal[];
    readonly span: "day" | "period";
    readonly seconds: number;
  },
) {
  const count = countServiceHere(plan);
  const terms = { span, confidence: null };
  const queues = plan.plan.queues.map(({ channel }, q) => ({ channel, goal: goals[q] }));
  const targets = targetsOf(queues, plan.forecast.grid, terms, (q, from, to) =>
    plan.forecast.queues[q].offered.subarray(from, to).some((contacts) => contacts > 0),
  );
  let began = performance.now();
  const outcome = await keepGoals({ shifts, plan, goals, terms, seconds });
  const loopSeconds = (performance.now() - began) / 1000;
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.issues));
  const schedule = outcome.value;
  const leastWorkCost = schedule.judgement?.leastWorkCost ?? 0;
  began = performance.now();
  const factorSettings = {
    ...shifts.settings,
    costPerHourShort: 10 * shifts.settings.costPerHourShort,
    seconds: shifts.settings.seconds / 4,
  };
  // The peer is to reach the same goals: those that nobody reaches, for want of people, are asked of neither.
  const kept = new Set(
    schedule.judgement?.goals.flatMap(({ queueId, kind, firstInterval, missedBy }) =>
      missedBy > keptWithin ? [] : [`${queueId} ${kind} ${firstInterval}`],
    ),
  );
  const reached = targets.filter(({ queue, kind, firstInterval }) =>
    kept.has(`${plan.plan.queues[queue].id} ${kind} ${firstInterval}`),
  );
  const peer = await uniformFactors(
    { ...shifts, settings: factorSettings },
    plan.plan.queues.map(({ id }) => id),
    reached,
    count,
    {
      seconds: loopSeconds,
      replications: 200,
      tolerance: keptWithin,
    },
  );
  const peerSeconds = (performance.now() - began) / 1000;
  const fresh = async (of: readonly Shift[]) => {
    const counts = await count({
      shifts: of,
      firstReplication: 9_000_000,
      replications: plan.forecast.grid.dayCount > 1 ? 200 : 1000,
    });
    const misses = missesOf(reached, counts, queues.length);
    const level = (target: ServiceTarget) => (100 * (meanOf(target, counts, queues.length) ?? 0)).toFixed(1);
    const told = targets.length <= 5 ? ` (${targets.map(level).join(" ")})` : "";
    return `${misses.filter((miss) => miss > 0.01).length} by more than a point, worst ${(100 * Math.max(...misses)).toFixed(2)}${told}`;
  };
  const ratio = peer === null ? null : schedule.cost / peer.schedule.cost;
  if (ratio !== null) ratios.set(name.split(" ")[0], [...(ratios.get(name.split(" ")[0]) ?? []), ratio]);
  console.log(
    [
      reached.length === targets.length ? name : `${name} (${reached.length} of ${targets.length} goals)`,
      `${peer?.schedule.cost.toFixed(0) ?? "none"} (${peer?.tries} tries${peer?.keeps === false ? ", none keeps the goals: the nearest" : ""}), ${schedule.cost.toFixed(0)}`,
      ratio?.toFixed(4) ?? "-",
      leastWorkCost.toFixed(0),
      `${peer === null ? "-" : await fresh(peer.schedule.shifts)}; ${await fresh(schedule.shifts)}`,
      `${peerSeconds.toFixed(0)}; ${loopSeconds.toFixed(0)}`,
    ].join(" | "),
  );
}
