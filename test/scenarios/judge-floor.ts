import { agentsOnQueue } from "../../src/scenarios/measuring/expected-service.ts";
import { simulateContacts } from "../../src/simulating/simulate-contacts.ts";
import { expectedService } from "../../src/staffing/expected-service.ts";
import type { WithheldReason } from "../../src/staffing/formula-limits.ts";
import { randomFloor } from "./random-floors.ts";

/** A queue of a random floor as the formula has it, and as it is simulated. */
export interface JudgedQueue {
  readonly queueId: string;
  readonly expected: number;
  readonly simulated: number;
  readonly halfWidth: number;
  /** Why the formula is withheld; null: it answers. */
  readonly reason: WithheldReason | null;
}

/** Both answers for every queue of the random floor of a seed. */
export async function judgeFloor(seed: number, replications: number) {
  const floor = randomFloor(seed);
  const { plan, forecast } = floor;
  const expected = expectedService(plan, forecast, agentsOnQueue(floor), {
    first: 0,
    end: forecast.queues[0].offered.length,
  });
  const outcome = await simulateContacts({ ...floor, replications });
  if (!outcome.ok) throw new Error(outcome.issues[0].code);
  const sum = (series: Float64Array) => series.reduce((total, value) => total + value, 0);
  return {
    pattern: floor.pattern,
    queues: expected.map(({ queueId, withheld, inTime, counted }, q): JudgedQueue => {
      const { serviceLevel } = outcome.value.queues[q].total;
      return {
        queueId,
        expected: sum(inTime) / sum(counted),
        simulated: serviceLevel.mean[0],
        halfWidth: serviceLevel.halfWidth[0],
        reason: withheld?.reason ?? null,
      };
    }),
  };
}
