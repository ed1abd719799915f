import type { IntervalRange } from "../../domain/calendar/ranges.ts";
import type { Plan } from "../../domain/plan/plan.ts";
import type { Shift } from "../../domain/plan/shift.ts";
import type { Requirement } from "../../domain/results/requirement.ts";
import { addWork } from "../../scenarios/measuring/expected-service.ts";

/** Agents lacking in the rest of a day, kept up to date while shifts change. */
export interface StaffingGap {
  /** Sum over queues and intervals of the squares of the agents lacking: deep holes count most. */
  total(): number;
  /** The agents lacking in an interval, all queues together. */
  lacking(interval: number): number;
  /** By how much the sum falls when somebody of the group works `to` in place of `from`; null: no shift. */
  gain(groupId: string, from: Shift | null, to: Shift | null): number;
  put(groupId: string, from: Shift | null, to: Shift | null): void;
}

/**
 * What options are looked for with: agents scheduled against agents to schedule, interval by interval. Dedicated agents
 * work for their queue; a group of several is shared out by what the others leave undone. It only finds candidates;
 * the simulation judges them.
 *
 * @param range now until the end of the day
 * @param stress factor on the agents required
 */
export function staffingGap(
  { groups }: Pick<Plan, "groups">,
  { grid, queues }: Requirement,
  range: IntervalRange,
  stress: number,
): StaffingGap {
  const { intervalMinutes } = grid;
  const needs = queues.map(({ scheduledAgents }) => scheduledAgents);
  const heads = groups.map(() => new Float64Array(range.end));
  const rowOf = new Map(groups.map(({ id }, row) => [id, row]));
  // Fewest queues first: who can do least has least choice.
  const served = groups
    .map(({ queueIds }, row) => ({
      row,
      queues: queues.flatMap(({ queueId }, q) => (queueIds.includes(queueId) ? [q] : [])),
    }))
    .sort((a, b) => a.queues.length - b.queues.length);
  const missing = new Float64Array(queues.length);

  function penalty(interval: number, changedRow: number, more: number): number {
    for (const [q, need] of needs.entries()) missing[q] = need[interval] * stress;
    for (const { row, queues: ofGroup } of served) {
      let agents = heads[row][interval] + (row === changedRow ? more : 0);
      // The deepest hole is filled down to the next, and so on.
      while (agents > 1e-9) {
        const deepest = Math.max(0, ...ofGroup.map((q) => missing[q]));
        if (deepest < 1e-9) break;
        const level = ofGroup.filter((q) => missing[q] > deepest - 1e-9);
        const next = Math.max(0, ...ofGroup.map((q) => (missing[q] > deepest - 1e-9 ? 0 : missing[q])));
        const fill = Math.min(agents / level.length, deepest - next);
        for (const q of level) missing[q] -= fill;
        agents -= fill * level.length;
      }
    }
    let sum = 0;
    for (const short of missing) sum += short * short;
    return sum;
  }

  const changes = new Float64Array(range.end);
  function eachChange(
    from: Shift | null,
    to: Shift | null,
    visit: (interval: number, change: number) => void,
  ): void {
    if (from !== null) addWork(changes, from, intervalMinutes, -1);
    if (to !== null) addWork(changes, to, intervalMinutes, 1);
    const starts = [from, to].flatMap((shift) => (shift === null ? [] : [shift.startMinute]));
    const first = Math.max(0, Math.floor(Math.min(...starts) / intervalMinutes));
    for (let interval = first; interval < range.end; interval++) {
      const change = changes[interval];
      changes[interval] = 0;
      if (Math.abs(change) > 1e-9 && interval >= range.first) visit(interval, change);
    }
  }

  return {
    total() {
      let sum = 0;
      for (let interval = range.first; interval < range.end; interval++) sum += penalty(interval, -1, 0);
      return sum;
    },
    lacking(interval) {
      penalty(interval, -1, 0);
      return missing.reduce((sum, short) => sum + Math.max(0, short), 0);
    },
    gain(groupId, from, to) {
      const row = rowOf.get(groupId) ?? -1;
      let gain = 0;
      eachChange(from, to, (interval, change) => {
        gain += penalty(interval, -1, 0) - penalty(interval, row, change);
      });
      return gain;
    },
    put(groupId, from, to) {
      const row = rowOf.get(groupId);
      if (row === undefined) return;
      eachChange(from, to, (interval, change) => {
        heads[row][interval] += change;
      });
    },
  };
}
