import type { IntervalRange } from "../../domain/calendar/ranges.ts";
import type { Change } from "../../domain/plan/scenario.ts";
import { expectedService } from "../../staffing/expected-service.ts";
import { applyChanges } from "../changes/apply-changes.ts";
import type { ScenarioInputs } from "../changes/scenario-inputs.ts";
import type { ComparedQueue, Recovery } from "./comparison.ts";
import { agentsOnQueue } from "./expected-service.ts";
import { dayWindow, windowMask } from "./time-window.ts";

/** Service counts as back when it reaches its goal, or comes this close to what it would be without the emergency. */
const closeEnough = 0.03;
const steadyMinutes = 30;

/**
 * Recovery from the last emergency of a scenario that has a date: an outage, a surge, an absence. Every queue with a
 * goal must be back. null when the scenario holds no such emergency inside the range.
 *
 * @param queues what was measured of the scenario, and `base` of the plan without it
 * @param otherLoss service level that the scenario's other changes cost, per queue and interval
 */
export function recoveryOf(
  inputs: ScenarioInputs,
  changes: readonly Change[],
  queues: readonly ComparedQueue[],
  base: readonly ComparedQueue[],
  otherLoss: ReadonlyMap<string, Float64Array>,
  range: IntervalRange,
): Recovery | null {
  const { grid } = inputs.forecast;
  const ends = changes.flatMap((change) => endOfEmergency(inputs, change) ?? []);
  if (ends.length === 0) return null;
  const end = Math.max(...ends);
  if (end <= range.first || end > range.end) return null;
  const day = grid.dayOffsets.findIndex((offset) => offset >= end);
  const dayEnd = Math.min(range.end, grid.dayOffsets[Math.max(0, day)]);
  const steady = Math.max(1, Math.ceil(steadyMinutes / grid.intervalMinutes));
  const isBack = (index: number) =>
    queues.every((queue) => {
      const goal = inputs.plan.queues.find(({ id }) => id === queue.queueId)?.goal.serviceLevel ?? null;
      const level = queue.serviceLevel[index];
      if (goal === null || level === null) return true;
      const before = base.find(({ queueId }) => queueId === queue.queueId)?.serviceLevel[index] ?? goal;
      const usual = before - Math.max(0, otherLoss.get(queue.queueId)?.[index] ?? 0);
      return level >= Math.min(goal, usual - closeEnough);
    });
  for (let index = end; index + steady <= dayEnd; index++) {
    let back = true;
    for (let at = index; at < index + steady; at++) back = back && isBack(at);
    if (back) return { minutes: (index - end) * grid.intervalMinutes };
  }
  return { minutes: null };
}

/**
 * What the scenario's other changes alone cost in service level, by steady-state formulas: a floor that is 20 % busier
 * all along does not come back to what it was.
 */
export function lossWithoutEmergency(
  base: ScenarioInputs,
  changes: readonly Change[],
  range: IntervalRange,
): ReadonlyMap<string, Float64Array> {
  const others = changes.filter((change) => !isEmergency(change));
  if (others.length === changes.length || others.length === 0) return new Map();
  const changed = applyChanges(base, others);
  if (!changed.ok) return new Map();
  const before = serviceOf(base, range);
  const after = serviceOf(changed.value, range);
  return new Map(
    after.flatMap((queue) => {
      const own = before.find(({ queueId }) => queueId === queue.queueId);
      if (own === undefined) return [];
      return [[queue.queueId, own.serviceLevel.map((level, index) => level - queue.serviceLevel[index])]];
    }),
  );
}

function serviceOf(inputs: ScenarioInputs, range: IntervalRange) {
  return expectedService(inputs.plan, inputs.forecast, agentsOnQueue(inputs), range);
}

function isEmergency(change: Change): boolean {
  return (
    change.kind === "outage" ||
    change.kind === "surge" ||
    (change.kind === "absence" && Boolean(change.window?.toDate))
  );
}

/** First interval after an emergency; null for a change that is none, has no date, or lies outside of the plan. */
function endOfEmergency({ forecast: { grid } }: ScenarioInputs, change: Change): number | null {
  const window =
    change.kind === "outage" || change.kind === "surge"
      ? dayWindow(change.date, change.fromMinute, change.toMinute)
      : change.kind === "absence" && change.window?.toDate
        ? change.window
        : null;
  const last = window === null ? undefined : windowMask(grid, window)?.lastIndexOf(1);
  return last === undefined || last < 0 ? null : last + 1;
}
