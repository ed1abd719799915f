import { countServiceHere } from "../../src/closed-loop/count-service.ts";
import type { KeepGoalsInput } from "../../src/closed-loop/keep-goals.ts";
import { missesOf, targetsOf } from "../../src/closed-loop/service-targets.ts";
import { randomStream } from "../../src/numerics/random.ts";
import { concreteShifts } from "../../src/scheduling/problem/concrete-shifts.ts";
import { pieceOf, placeShift } from "../../src/scheduling/problem/piece.ts";
import { buildShiftProblem } from "../../src/scheduling/problem/shift-problem.ts";
import { template } from "../scheduling/small-plans.ts";
import { dayInstance, dayProblem } from "./day-instances.ts";

/** A day of six half-hours, one queue and shifts of one and a half or three hours without breaks: few enough to try all. */
export function fewIntervals(seed: number): KeepGoalsInput {
  const random = randomStream(seed, "few intervals");
  const instance = dayInstance({ queues: 1, groups: 1, load: 3 }, seed);
  const { forecast, plan } = instance;
  const [queue] = forecast.queues;
  for (let interval = 0; interval < queue.offered.length; interval++) {
    const isOpen = interval >= 32 && interval < 38;
    queue.open[interval] = Number(isOpen);
    queue.offered[interval] = isOpen ? 2 + 6 * random.uniform() : 0;
  }
  const templates = [
    template("short", {
      earliestStartMinute: 480,
      latestStartMinute: 525,
      startStepMinutes: 45,
      lengthsMinutes: [45],
      costPerHour: 20,
    }),
    template("long", {
      earliestStartMinute: 480,
      latestStartMinute: 480,
      startStepMinutes: 15,
      lengthsMinutes: [90],
      costPerHour: 19,
    }),
  ];
  const problem = dayProblem({ plan: { ...plan, templates }, forecast });
  return { ...problem, terms: { span: "day", confidence: null }, seconds: 28 };
}

/** Cost of the cheapest of all sets of shifts that keeps the goal, tried in order of cost. */
export async function cheapestOfAll(
  { shifts, plan, goals, terms }: KeepGoalsInput,
  tolerance: number,
): Promise<number> {
  const problem = buildShiftProblem(shifts);
  const [block] = problem.blocks;
  const kinds = block.forms.map((form) => pieceOf([placeShift(block, form, new Int32Array(0))], null));
  const most = 7;
  const sets: { readonly counts: readonly number[]; readonly cost: number }[] = [];
  const fill = (counts: readonly number[], cost: number) => {
    if (counts.length === kinds.length) sets.push({ counts, cost });
    else
      for (let count = 0; count <= most; count++)
        fill([...counts, count], cost + count * kinds[counts.length].wage);
  };
  fill([], 0);
  sets.sort((a, b) => a.cost - b.cost);
  const count = countServiceHere(plan);
  const [target] = targetsOf([{ channel: "voice", goal: goals[0] }], plan.forecast.grid, terms, () => true);
  const keeps = async (counts: readonly number[], replications: number, slack: number) => {
    const pieces = counts.flatMap((times, at) => Array.from({ length: times }, () => kinds[at]));
    const { shifts: concrete } = concreteShifts(shifts, problem, [{ block, best: { pieces, cost: 0 } }]);
    if (concrete.length === 0) return false;
    const counted = await count({ shifts: concrete, firstReplication: 70_000_000, replications });
    return missesOf([target], counted, 1)[0] <= slack;
  };
  for (const { counts, cost } of sets)
    if ((await keeps(counts, 40, 0.15)) && (await keeps(counts, 600, tolerance))) return cost;
  throw new Error("no set of shifts keeps the goal");
}
