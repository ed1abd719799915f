import type { SimulationProblem } from "../compile/problem.ts";

/** Whether contacts are done in time, where time is counted while their queue is open. */
export interface DueTimes {
  /** False for a queue without a deadline. Times in seconds since the start of the span. */
  doneInTime(queue: number, arrivedAt: number, doneAt: number): boolean;
}

export function createDueTimes({ queues, intervalCount, intervalSeconds }: SimulationProblem): DueTimes {
  /** Per queue with a deadline, seconds open before each interval. */
  const openBefore = queues.map(({ open, doneWithinSeconds }) => {
    const before = new Float64Array(doneWithinSeconds === undefined ? 0 : intervalCount + 1);
    for (let k = 0; k + 1 < before.length; k++) before[k + 1] = before[k] + open[k] * intervalSeconds;
    return before;
  });

  /** Seconds open up to a time; after the span every second counts. */
  function openUntil(q: number, time: number): number {
    const interval = Math.min(intervalCount, Math.floor(time / intervalSeconds));
    const isOpen = interval === intervalCount || queues[q].open[interval] === 1;
    return openBefore[q][interval] + (isOpen ? time - interval * intervalSeconds : 0);
  }

  function doneInTime(q: number, arrivedAt: number, doneAt: number): boolean {
    const { doneWithinSeconds } = queues[q];
    return (
      doneWithinSeconds !== undefined && openUntil(q, doneAt) - openUntil(q, arrivedAt) <= doneWithinSeconds
    );
  }

  return { doneInTime };
}
