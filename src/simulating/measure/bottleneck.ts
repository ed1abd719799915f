import type { IntervalRange } from "../../domain/calendar/ranges.ts";
import type { AgentGroup, Queue } from "../../domain/plan/queue.ts";
import type { GroupSimulation, QueueMeasures } from "../../domain/results/simulation.ts";

/** Where most contacts are missing to a goal, and who could have helped. Intervals are of the plan's grid, half-open. */
export interface Bottleneck extends IntervalRange {
  readonly queueId: string;
  /** Share answered in time over the stretch, 0–1, below the queue's goal. */
  readonly serviceLevel: number;
  /** Contacts that would have to be answered in time as well to meet the goal over the stretch; at least 1. */
  readonly missingContacts: number;
  /** The group without the skill that had most agents free meanwhile, if at least one; null: nobody. */
  readonly idle: { readonly groupId: string; readonly freeAgents: number } | null;
  /** The busiest group that has the skill and was on queue; null: nobody was. */
  readonly busiest: { readonly groupId: string; readonly occupancy: number } | null;
}

/** What of a simulation is looked at; a plan's result has it all, and so has a bare problem with `grid` made for it. */
export interface SimulatedFloor {
  readonly grid: { readonly dayOffsets: ArrayLike<number> };
  readonly firstInterval: number;
  readonly endInterval: number;
  readonly queues: readonly {
    readonly queueId: string;
    readonly intervals: Pick<QueueMeasures, "offered" | "serviceLevel">;
  }[];
  readonly groups: readonly Pick<GroupSimulation, "groupId" | "agentsOnQueue" | "occupancy">[];
}

/**
 * The stretch within a day, over all queues, that lacks most contacts to its queue's goal: intervals above the goal
 * make up for those below, so the stretch ends where service has recovered. null: nothing lacks as much as a contact.
 */
export function findBottleneck(
  result: SimulatedFloor,
  queues: readonly { readonly id: string; readonly goal: Pick<Queue["goal"], "serviceLevel"> }[],
  groups: readonly Pick<AgentGroup, "id" | "queueIds" | "overflow">[],
  range: IntervalRange,
): Bottleneck | null {
  const { firstInterval, grid } = result;
  const from = Math.max(range.first, firstInterval);
  const until = Math.min(range.end, result.endInterval);
  const dayStarts = new Set(Array.from(grid.dayOffsets));
  let worst = { queueId: "", first: 0, end: 0, missing: 0 };
  for (const { id, goal } of queues) {
    const measures = result.queues.find(({ queueId }) => queueId === id)?.intervals;
    if (measures === undefined || goal.serviceLevel === null) continue;
    let start = from;
    let missing = 0;
    for (let index = from; index < until; index++) {
      if (missing <= 0 || dayStarts.has(index)) {
        start = index;
        missing = 0;
      }
      const at = index - firstInterval;
      missing += measures.offered.mean[at] * (goal.serviceLevel - measures.serviceLevel.mean[at]);
      if (missing > worst.missing) worst = { queueId: id, first: start, end: index + 1, missing };
    }
  }
  const { queueId, first, end } = worst;
  const measures = result.queues.find((queue) => queue.queueId === queueId)?.intervals;
  if (measures === undefined || worst.missing < 1) return null;
  let offered = 0;
  let inTime = 0;
  for (let at = first - firstInterval; at < end - firstInterval; at++) {
    offered += measures.offered.mean[at];
    inTime += measures.offered.mean[at] * measures.serviceLevel.mean[at];
  }
  let idle: Bottleneck["idle"] = null;
  let busiest: Bottleneck["busiest"] = null;
  for (const group of groups) {
    const simulated = result.groups.find(({ groupId }) => groupId === group.id);
    if (simulated === undefined) continue;
    let onQueue = 0;
    let handling = 0;
    for (let at = first - firstInterval; at < end - firstInterval; at++) {
      onQueue += simulated.agentsOnQueue.mean[at];
      handling += simulated.agentsOnQueue.mean[at] * simulated.occupancy.mean[at];
    }
    if (onQueue === 0) continue;
    if (group.queueIds.includes(queueId) || group.overflow?.some((help) => help.queueId === queueId)) {
      const occupancy = handling / onQueue;
      if (busiest === null || occupancy > busiest.occupancy) busiest = { groupId: group.id, occupancy };
    } else {
      const freeAgents = (onQueue - handling) / (end - first);
      if (freeAgents >= Math.max(1, idle?.freeAgents ?? 0)) idle = { groupId: group.id, freeAgents };
    }
  }
  const serviceLevel = inTime / offered;
  return { queueId, first, end, serviceLevel, missingContacts: worst.missing, idle, busiest };
}
