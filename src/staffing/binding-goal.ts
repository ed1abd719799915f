import { type IntervalGrid, intervalSeconds } from "../domain/calendar/interval-grid.ts";
import type { IntervalRange } from "../domain/calendar/ranges.ts";
import type { QueueRequirement } from "../domain/results/requirement.ts";
import type { QueueLoad } from "../queueing/steady/steady-queue.ts";
import { expectService, type IntervalService, loadOf } from "./queue-staffing.ts";
import type { StaffedQueue } from "./staffed-queue.ts";

/** What can set the number of agents required; `minimumAgents`: nothing but that somebody must be there. */
export const bindingGoalNames = [
  "serviceLevel",
  "maxAsaSeconds",
  "maxAbandonment",
  "maxOccupancy",
  "minimumAgents",
] as const;
export type BindingGoal = (typeof bindingGoalNames)[number];

type QueueGoal = Exclude<BindingGoal, "minimumAgents">;

/**
 * The goal that sets a number of agents required: of all goals the one with the fewest agents to spare.
 *
 * How many agents a goal has to spare is how far it is kept, divided by what the last agent adds to it, in the steady
 * state: whole agents are told apart too, where no goal is met to the point. null: back-office work, or nobody comes.
 *
 * @example
 * // 200 calls an hour of 180 s: 80/20 takes 12.9 agents, an occupancy of at most 70 % takes 14.3
 * bindingGoal(queue, load, 14.3); // "maxOccupancy"
 */
export function bindingGoal(queue: StaffedQueue, load: QueueLoad, agents: number): BindingGoal | null {
  if (queue.channel === "deferred" || agents <= 0 || load.arrivalsPerSecond * load.ahtSeconds === 0)
    return null;
  const below = agents - Math.min(1, agents / 2);
  const having = marginsOf(queue, expectService(queue, load, agents));
  const without = marginsOf(queue, expectService(queue, load, below));
  let binding: QueueGoal | null = null;
  let fewest = Number.POSITIVE_INFINITY;
  for (const [at, { goal, margin }] of having.entries()) {
    const gain = (margin - without[at].margin) / (agents - below);
    const spare = margin <= 0 ? margin : gain > 1e-12 ? margin / gain : Number.POSITIVE_INFINITY;
    if (spare < fewest || binding === null) {
      fewest = spare;
      binding = goal;
    }
  }
  const least = Math.max(1, queue.minimumAgents);
  // A whole agent fewer would do as well, were it not for the minimum.
  const isLeast = agents <= least + 1e-9 && fewest > (Number.isInteger(agents) && agents > 1 ? 0.95 : 0.05);
  return isLeast || binding === null ? "minimumAgents" : binding;
}

/** How far each goal there is is kept; rises with the agents. */
function marginsOf({ goal }: StaffedQueue, service: IntervalService) {
  const margins: { readonly goal: QueueGoal; readonly margin: number }[] = [];
  if (goal.serviceLevel !== null)
    margins.push({ goal: "serviceLevel", margin: service.serviceLevel - goal.serviceLevel });
  if (goal.maxAsaSeconds !== null)
    // On a scale that stays finite when the queue grows for ever.
    margins.push({
      goal: "maxAsaSeconds",
      margin: 0.5 - service.asaSeconds / (service.asaSeconds + goal.maxAsaSeconds),
    });
  if (goal.maxAbandonment !== null)
    margins.push({ goal: "maxAbandonment", margin: goal.maxAbandonment - service.abandonmentRate });
  if (goal.maxOccupancy !== null)
    margins.push({ goal: "maxOccupancy", margin: goal.maxOccupancy - service.occupancy });
  return margins.map(({ goal: name, margin }) => ({
    goal: name,
    margin: Number.isNaN(margin) ? -0.5 : margin,
  }));
}

/** The same for each interval of a requirement; null where it is closed or nobody comes. */
export function bindingGoals(
  queue: StaffedQueue,
  required: QueueRequirement,
  grid: IntervalGrid,
  range: IntervalRange,
): (BindingGoal | null)[] {
  const seconds = intervalSeconds(grid);
  const goals: (BindingGoal | null)[] = new Array(required.offered.length).fill(null);
  for (let index = range.first; index < range.end; index++) {
    if (required.offered[index] === 0) continue;
    const load = loadOf(queue, required.offered[index], required.ahtSeconds[index], seconds);
    goals[index] = bindingGoal(queue, load, required.requiredAgents[index]);
  }
  return goals;
}

/** The goal that sets most of these numbers, and its share of them; null: there are none. */
export function mostBinding(
  goals: readonly (BindingGoal | null)[],
): { readonly goal: BindingGoal; readonly share: number } | null {
  const counts = new Map<BindingGoal, number>();
  let all = 0;
  for (const goal of goals) {
    if (goal === null) continue;
    all++;
    counts.set(goal, (counts.get(goal) ?? 0) + 1);
  }
  let most: { goal: BindingGoal; share: number } | null = null;
  for (const goal of bindingGoalNames) {
    const share = (counts.get(goal) ?? 0) / all;
    if (all > 0 && share > (most?.share ?? 0)) most = { goal, share };
  }
  return most;
}
