import { type IntervalGrid, intervalCount, intervalSeconds } from "../../domain/calendar/interval-grid.ts";
import type { IntervalRange } from "../../domain/calendar/ranges.ts";
import { memoizeByObject } from "../../domain/memo.ts";
import type { Plan } from "../../domain/plan/plan.ts";
import type { AgentGroup } from "../../domain/plan/queue.ts";
import type { Shift } from "../../domain/plan/shift.ts";
import { rosteredShifts } from "../../simulating/compile/compile-agents.ts";
import { type GroupAgents, sumAgentsOnQueue } from "../../staffing/agents-on-queue.ts";
import { type BindingGoal, bindingGoal } from "../../staffing/binding-goal.ts";
import type { ExpectedQueue } from "../../staffing/expected-service.ts";
import { agentsForGoal, loadOf } from "../../staffing/queue-staffing.ts";
import { availableShare } from "../../staffing/shrinkage.ts";
import { shiftsAtWork } from "../changes/change-people.ts";
import type { ScenarioInputs } from "../changes/scenario-inputs.ts";
import { neededAgentsTable } from "./needed-agents.ts";

/**
 * Agents of each group on queue, on average over each interval: work in shifts × share that shrinkage leaves.
 * It does not depend on demand, so a slider over volume computes it once.
 */
export function agentsOfGroups(inputs: ScenarioInputs): readonly Float64Array[] {
  const { plan, forecast } = inputs;
  return addUpAgents(shiftsAtWork(inputs), forecast.grid, plan.groups, plan.shrinkage);
}

const addUpAgents = memoizeByObject(
  (
    shifts: readonly Shift[],
    grid: IntervalGrid,
    groups: readonly AgentGroup[],
    shrinkage: Plan["shrinkage"],
  ): readonly Float64Array[] => {
    const count = intervalCount(grid);
    const agents = groups.map(() => new Float64Array(count));
    const rowOf = new Map(groups.map((group, row) => [group.id, row]));
    for (const shift of shifts) {
      const row = rowOf.get(shift.groupId);
      if (row === undefined) continue;
      // Whoever takes longer does less.
      addWork(agents[row], shift, grid.intervalMinutes, 1 / (shift.handleFactor ?? 1));
    }
    const available = availableShare(grid, shrinkage);
    for (const series of agents)
      for (let index = 0; index < count; index++) series[index] *= available[index];
    return agents;
  },
);

/** Adds a shift's work to `series`, `weight` times; −1 takes it away again. */
export function addWork(series: Float64Array, shift: Shift, intervalMinutes: number, weight: number): void {
  for (const activity of shift.activities) {
    if (activity.kind !== "work") continue;
    const first = Math.max(0, Math.floor(activity.startMinute / intervalMinutes));
    const end = Math.min(series.length, Math.ceil(activity.endMinute / intervalMinutes));
    for (let index = first; index < end; index++) {
      const from = Math.max(activity.startMinute, index * intervalMinutes);
      const to = Math.min(activity.endMinute, (index + 1) * intervalMinutes);
      series[index] += (weight * (to - from)) / intervalMinutes;
    }
  }
}

/** Who is on queue, as the expected service reads it: the shifts that are worked, by whom, less all that takes them away. */
export function agentsOnQueue(inputs: ScenarioInputs): GroupAgents {
  const { plan, forecast, schedule, roster } = inputs;
  return sumOfShifts(
    (roster ?? schedule) as object,
    plan.agents,
    plan.groups,
    plan.shrinkage,
    plan.simulation.atShiftEnd,
    plan.simulation.lateness,
    plan.simulation.events,
    forecast.grid,
    // How long contacts take matters to those alone who stop taking them for so long.
    plan.simulation.atShiftEnd === "stopTakingContacts" ? forecast : null,
    inputs,
  );
}

const sumsOfShifts = new WeakMap<
  object,
  { readonly parts: readonly unknown[]; readonly agents: GroupAgents }[]
>();

/** A plan and its scenarios are looked at side by side: a few answers are kept for the same shifts. */
function sumOfShifts(shifts: object | null, ...parts: [...unknown[], ScenarioInputs]): GroupAgents {
  const inputs = parts.pop() as ScenarioInputs;
  const key = shifts ?? inputs;
  const known = sumsOfShifts.get(key) ?? [];
  const found = known.find((answer) => answer.parts.every((part, at) => Object.is(part, parts[at])));
  if (found !== undefined) return found.agents;
  const sum = sumAgentsOnQueue(inputs.plan, inputs.forecast);
  for (const worked of rosteredShifts(inputs)) sum.add(worked, 1);
  const agents = sum.agents();
  sumsOfShifts.set(key, [{ parts, agents }, ...known].slice(0, 8));
  return agents;
}

/**
 * Agents on queue that every goal needs, per queue of `expected` and interval; null where no number reaches the goal.
 */
export function neededAgents(
  inputs: ScenarioInputs,
  expected: readonly ExpectedQueue[],
  range: IntervalRange,
): (Float64Array | null)[] {
  const { plan, forecast } = inputs;
  const seconds = intervalSeconds(forecast.grid);
  return expected.map(({ queueId, offered }) => {
    const queue = plan.queues.find(({ id }) => id === queueId);
    const demand = forecast.queues.find((candidate) => candidate.queueId === queueId);
    if (queue === undefined || demand === undefined) return null;
    const table = neededAgentsTable(queue);
    const needed = new Float64Array(offered.length);
    for (let index = range.first; index < range.end; index++) {
      if (offered[index] === 0) continue;
      let goal = table(offered[index] / seconds, demand.ahtSeconds[index]);
      if (goal !== null && plan.requirement.wholeAgents) {
        // The table is good to a few hundredths: close to a whole number only the exact answer will do.
        const close = Math.abs(goal - Math.round(goal)) < 0.05;
        goal = close
          ? agentsForGoal(queue, loadOf(queue, offered[index], demand.ahtSeconds[index], seconds), 1, goal)
          : Math.ceil(goal);
      }
      if (goal === null) return null;
      needed[index] = Math.max(goal, queue.minimumAgents);
    }
    return needed;
  });
}

/** Hours on queue that are missing to the agents needed, per queue of `expected`, by the goal that asks for them: most first. */
export function shortByGoal(
  { plan, forecast }: ScenarioInputs,
  expected: readonly ExpectedQueue[],
  needed: readonly (Float64Array | null)[],
  range: IntervalRange,
): { readonly goal: BindingGoal; readonly hours: number }[][] {
  const { grid } = forecast;
  const seconds = intervalSeconds(grid);
  return expected.map(({ queueId, offered, agents }, at) => {
    const queue = plan.queues.find(({ id }) => id === queueId);
    const demand = forecast.queues.find((candidate) => candidate.queueId === queueId);
    const asked = needed[at];
    if (queue === undefined || demand === undefined || asked === null) return [];
    const hours = new Map<BindingGoal, number>();
    for (let index = range.first; index < range.end; index++) {
      const short = asked[index] - agents[index];
      // What is missing by less than a tenth of an agent is no reason to look for one.
      if (short < 0.1 || offered[index] === 0) continue;
      const load = loadOf(queue, offered[index], demand.ahtSeconds[index], seconds);
      const goal = bindingGoal(queue, load, asked[index]);
      if (goal !== null) hours.set(goal, (hours.get(goal) ?? 0) + (short * seconds) / 3600);
    }
    return [...hours].map(([goal, sum]) => ({ goal, hours: sum })).sort((a, b) => b.hours - a.hours);
  });
}
