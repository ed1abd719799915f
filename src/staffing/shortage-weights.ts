import { type IntervalGrid, intervalSeconds } from "../domain/calendar/interval-grid.ts";
import { memoizeByObject } from "../domain/memo.ts";
import type { Requirement } from "../domain/results/requirement.ts";
import { expectService, loadOf } from "./queue-staffing.ts";
import type { StaffedQueue } from "./staffed-queue.ts";

function levelWith(
  queue: StaffedQueue,
  required: Requirement["queues"][number],
  index: number,
  grid: IntervalGrid,
  agents: number,
): number {
  if (agents <= 0) return 0;
  const load = loadOf(queue, required.offered[index], required.ahtSeconds[index], intervalSeconds(grid));
  return expectService(queue, load, agents).serviceLevel;
}

/** A weight lies between these, so that no interval counts for nothing or for everything. */
const lightest = 0.25;
const heaviest = 4;

/**
 * What one missing agent weighs per queue and interval: contacts that are then no longer answered in time, against the
 * mean of all intervals, which is 1. Few agents with many contacts weigh more than many with few. Deferred work, where
 * nobody waits, has no weights. Remembered per requirement, because a drag asks often.
 */
export const shortageWeights = memoizeByObject(weightsByService);

function weightsByService(
  requirement: Requirement,
  queues: readonly StaffedQueue[],
): readonly { readonly queueId: string; readonly weights: Float64Array }[] {
  const lost = requirement.queues.flatMap((of) => {
    const queue = queues.find(({ id }) => id === of.queueId);
    if (queue === undefined || queue.channel === "deferred") return [];
    const contacts = of.offered.map((offered, index) => {
      const agents = of.requiredAgents[index];
      if (!(offered > 0) || !(agents > 0)) return 0;
      const full = levelWith(queue, of, index, requirement.grid, agents);
      return offered * Math.max(0, full - levelWith(queue, of, index, requirement.grid, agents - 1));
    });
    return [{ of, contacts }];
  });
  let sum = 0;
  let weight = 0;
  for (const { of, contacts } of lost) {
    for (let index = 0; index < contacts.length; index++) {
      sum += contacts[index] * of.scheduledAgents[index];
      weight += contacts[index] > 0 ? of.scheduledAgents[index] : 0;
    }
  }
  const mean = weight > 0 ? sum / weight : 0;
  return lost.map(({ of, contacts }) => ({
    queueId: of.queueId,
    weights: contacts.map((value) =>
      value > 0 && mean > 0 ? Math.min(heaviest, Math.max(lightest, value / mean)) : 1,
    ),
  }));
}
