import { studentFactor95 } from "../../src/numerics/student.ts";
import { transientQueue } from "../../src/queueing/transient/transient-queue.ts";
import { createBlockRunner } from "../../src/simulating/measure/replication-blocks.ts";
import { runReplications } from "../../src/simulating/simulate-contacts.ts";
import { type Day, dayAhtSeconds, dayPatienceSeconds, problemOfDay } from "./days.ts";

export interface Agreement {
  /** Mean of the squared distance in standard errors, over the intervals of the day. */
  readonly meanSquare: number;
  readonly worst: number;
  readonly daySimulated: number;
  readonly dayExact: number;
}

/** Service level per interval, simulated against the exact transient queue. */
export async function agreement(day: Day, replications: number, seed: number): Promise<Agreement> {
  const exact = transientQueue(
    {
      intervalSeconds: 900,
      arrivalsPerSecond: day.contactsPerSecond,
      ahtSeconds: new Float64Array(96).fill(dayAhtSeconds),
      patienceSeconds: dayPatienceSeconds,
      answerWithinSeconds: 20,
      start: "empty",
    },
    day.agents,
  );
  const problem = problemOfDay(day, seed);
  const run = createBlockRunner(problem, replications);
  const { queues } = await runReplications(problem, replications, [async (block) => run(block)]);
  const { serviceLevel } = queues[0].intervals;
  const factor = studentFactor95(replications - 1);
  let sum = 0;
  let worst = 0;
  let inTime = 0;
  for (let k = 0; k < 96; k++) {
    const level = exact[k]?.serviceLevelOffered ?? Number.NaN;
    const z = (serviceLevel.mean[k] - level) / (serviceLevel.halfWidth[k] / factor);
    sum += z * z;
    worst = Math.max(worst, Math.abs(z));
    inTime += level * day.contactsPerSecond[k];
  }
  return {
    meanSquare: sum / 96,
    worst,
    daySimulated: queues[0].total.serviceLevel.mean[0],
    dayExact: inTime / day.contactsPerSecond.reduce((a, b) => a + b, 0),
  };
}
