import type { QueueProblem } from "../compile/problem.ts";

/** Service level of each queue over the day so far: what a rule may go by that helps the queue furthest below its goal. */
export interface DayLevels {
  /** A contact was answered in time, or was not: late, gone, blocked or promised a callback. */
  count(queue: number, inTime: boolean): void;
  /** Goal minus level so far, −1 to 1; a queue without a goal comes last, one without contacts is taken to meet everything. */
  shortfall(queue: number): number;
  clear(): void;
}

export function createDayLevels(queues: readonly QueueProblem[]): DayLevels {
  const all = new Float64Array(queues.length);
  const inTime = new Float64Array(queues.length);
  const goals = queues.map((queue) => queue.serviceLevelGoal);
  return {
    count(queue, wasInTime) {
      all[queue]++;
      if (wasInTime) inTime[queue]++;
    },
    shortfall(queue) {
      const goal = goals[queue];
      if (goal === null) return -1;
      return goal - (all[queue] > 0 ? inTime[queue] / all[queue] : 1);
    },
    clear() {
      all.fill(0);
      inTime.fill(0);
    },
  };
}
