import { intervalSeconds } from "../domain/calendar/interval-grid.ts";
import type { Plan } from "../domain/plan/plan.ts";
import type { Requirement } from "../domain/results/requirement.ts";
import { type Figure, sure } from "../scenarios/measuring/figures.ts";
import { expectService, loadOf } from "../staffing/queue-staffing.ts";
import type { DayCost, QueueCost } from "./cost-figures.ts";
import { leaveLimits, limitSource } from "./leave-limit.ts";
import { shiftsNeeded } from "./limit-by-contracts.ts";
import { workMinutesOfShift } from "./usual-shift.ts";

/**
 * Service of a group's queues where there is no roster: the people whom a day lacks are taken off the agents required,
 * everywhere in proportion, and each interval is judged in its steady state.
 */
export function serviceByRequirement(
  before: Plan,
  after: Plan,
  requirement: Requirement,
  groupId: string,
  days: readonly number[],
): { readonly days: readonly Omit<DayCost, "date" | "limit">[]; readonly total: readonly QueueCost[] } {
  const source = limitSource(before, requirement);
  const served = before.groups.find(({ id }) => id === groupId)?.queueIds ?? [];
  const rows = requirement.queues
    .map((_, row) => row)
    .filter((row) => served.includes(requirement.queues[row].queueId));
  const set = source.sets.findIndex(({ queues }) => queues.join() === rows.join());
  const missing = [before, after].map((plan) => {
    const { groups } = leaveLimits({ plan, requirement, roster: null });
    const limits = groups.find((group) => group.groupId === groupId)?.days ?? [];
    return days.map((day) => limits[day]?.short ?? 0);
  });
  const share = missing.map((list) =>
    list.map((people, at) => {
      const needed = set < 0 ? 0 : shiftsNeeded(source, set, days[at]);
      return needed > 0 ? Math.min(1, people / needed) : 0;
    }),
  );
  const hours = workMinutesOfShift(before.templates) / 60;
  const queuesOver = (chosen: readonly number[]): QueueCost[] =>
    rows.flatMap((row): QueueCost[] => {
      const { queueId } = requirement.queues[row];
      const queue = before.queues.find(({ id }) => id === queueId);
      if (queue === undefined) return [];
      const [now, then] = [0, 1].map((side) => levelOver(requirement, row, queue, days, share[side], chosen));
      return [
        {
          queueId,
          before: now,
          after: then,
          difference: now === null || then === null ? null : sure(then.value - now.value),
          lost: null,
          goal: queue.goal.serviceLevel,
        },
      ];
    });
  return {
    days: days.map((_, at) => ({
      queues: queuesOver([at]),
      hoursShortBefore: missing[0][at] * hours,
      hoursShortAfter: missing[1][at] * hours,
    })),
    total: queuesOver(days.map((_, at) => at)),
  };
}

/** Service level of one queue over some of the days, a share of its agents missing on each; null: nobody comes. */
function levelOver(
  { grid, queues }: Requirement,
  row: number,
  queue: Plan["queues"][number],
  days: readonly number[],
  share: readonly number[],
  chosen: readonly number[],
): Figure | null {
  const { offered, ahtSeconds, requiredAgents } = queues[row];
  const seconds = intervalSeconds(grid);
  let contacts = 0;
  let inTime = 0;
  for (const at of chosen)
    for (let index = grid.dayOffsets[days[at]]; index < grid.dayOffsets[days[at] + 1]; index++) {
      if (!(offered[index] > 0)) continue;
      const load = loadOf(queue, offered[index], ahtSeconds[index], seconds);
      contacts += offered[index];
      inTime +=
        offered[index] * expectService(queue, load, requiredAgents[index] * (1 - share[at])).serviceLevel;
    }
  return contacts > 0 ? sure(inTime / contacts) : null;
}
