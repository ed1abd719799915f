import {
  type IntervalGrid,
  intervalCount,
  intervalSeconds,
  minuteOfInstant,
} from "../../../domain/calendar/interval-grid.ts";
import type { Requirement } from "../../../domain/results/requirement.ts";

/** Service that a plan's requirement promised over a stretch of a history, of the contacts it expected. */
export interface PlannedService {
  readonly serviceLevel: number;
  readonly asaSeconds: number;
}

/**
 * What the requirement promised for the intervals [first, end) of a history's grid; null where it does not reach all of them
 * or expected nobody.
 */
export function plannedService(
  requirement: Requirement | null,
  grid: IntervalGrid,
  queueId: string,
  first: number,
  end: number,
): PlannedService | null {
  const queue = requirement?.queues.find((one) => one.queueId === queueId);
  if (requirement === null || queue === undefined) return null;
  const seconds = intervalSeconds(grid);
  const ahead = minuteOfInstant(requirement.grid, grid.startEpochSeconds) / grid.intervalMinutes;
  if (intervalSeconds(requirement.grid) !== seconds || !Number.isInteger(ahead)) return null;
  if (first + ahead < 0 || end + ahead > intervalCount(requirement.grid)) return null;
  let offered = 0;
  let inTime = 0;
  let answered = 0;
  let waited = 0;
  for (let index = first + ahead; index < end + ahead; index++) {
    const contacts = queue.offered[index];
    if (contacts === 0) continue;
    offered += contacts;
    inTime += contacts * queue.serviceLevel[index];
    answered += contacts * (1 - queue.abandonmentRate[index]);
    waited += contacts * (1 - queue.abandonmentRate[index]) * queue.asaSeconds[index];
  }
  if (offered === 0 || answered === 0) return null;
  return { serviceLevel: inTime / offered, asaSeconds: waited / answered };
}
