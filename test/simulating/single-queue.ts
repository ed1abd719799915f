import { noAgents, type QueueProblem, type SimulationProblem } from "../../src/simulating/compile/problem.ts";

/** One constant-rate queue and one group, the smallest problem: what a case says is laid over it. */
export function singleQueue(
  { agents, intervals, warmUp = 0 }: { agents: number; intervals: number; warmUp?: number },
  { offeredPerHalfHour, ahtSeconds }: { offeredPerHalfHour: number; ahtSeconds: number },
  queue: Partial<QueueProblem> = {},
): SimulationProblem {
  return {
    intervalSeconds: 1800,
    intervalCount: intervals,
    dayOffsets: [0, intervals],
    warmUpIntervals: warmUp,
    queues: [
      {
        id: "queue",
        offered: new Float64Array(intervals).fill(offeredPerHalfHour),
        open: new Uint8Array(intervals).fill(1),
        ahtSeconds: new Float64Array(intervals).fill(ahtSeconds),
        handleTime: { kind: "exponential", mean: 1 },
        patience: null,
        balking: 0,
        dayFactorVariance: 0,
        intervalFactorVariance: null,
        answerWithinSeconds: 20,
        serviceLevelRule: "offered",
        serviceLevelGoal: 0.8,
        maxContacts: 1,
        slowdown: [1],
        waitingPlaces: null,
        classes: [{ share: 1, level: 0, creditSeconds: 0 }],
        redial: null,
        waitsOvernight: false,
        ...queue,
      },
    ],
    groups: [
      {
        id: "group",
        serves: [{ queue: 0, level: 0, preference: 0, afterSeconds: 0 }],
        staffing: new Int32Array(intervals).fill(agents),
      },
    ],
    agents: noAgents,
    atShiftEnd: "finishContact",
    seed: 1,
  };
}
