import { dateOfDay } from "../domain/calendar/interval-grid.ts";
import { type OnProgress, type Outcome, succeed } from "../domain/outcome.ts";
import type { PooledRequirement } from "../domain/results/pooled-requirement.ts";
import { studentFactor95 } from "../numerics/student.ts";
import { countServiceHere, type ServiceCounts } from "./count-service.ts";
import { type KeepGoalsInput, keepGoals } from "./keep-goals.ts";
import { effortOf, replicationsFrom } from "./loop-effort.ts";
import { marginalService } from "./marginal-service.ts";

/**
 * Agents that a day needs with groups sharing queues as the routing shares them, and what one more of each is worth.
 *
 * Assumes agents who can come and go at every interval, so that no shift stands in the way: what shifts cost on top is
 * another matter. Goals hold over the day. Method: `keepGoals`, and one run more for each group.
 *
 * @param input of one day, with shifts of one interval that cost one an hour (`pooledRequirementInput`)
 *
 * Issues: those of `keepGoals`.
 *
 * @example
 * const outcome = await pooledRequirement(input);
 * if (outcome.ok) 1 - outcome.value.pooledHours / outcome.value.separateHours; // 0.27 saved
 */
export async function pooledRequirement(
  input: KeepGoalsInput,
  onProgress: OnProgress = () => {},
): Promise<Outcome<PooledRequirement>> {
  const outcome = await keepGoals(input, ({ phase, completed, total }) =>
    onProgress({ phase, completed, total }),
  );
  if (!outcome.ok) return outcome;
  const { shifts, grid, paidHours, judgement } = outcome.value;
  if (judgement === undefined) throw new RangeError("kept goals are judged");
  const { groups, queues } = input.plan.plan;
  const { base, raised } = await marginalService(
    countServiceHere(input.plan),
    {
      shifts,
      firstReplication: replicationsFrom.check,
      replications: 2 * effortOf(input.plan, input.seconds).replications,
    },
    groups.length,
  );
  const worth = groups.flatMap(({ id: groupId }, group) =>
    queues.map(({ id: queueId }, queue) => ({
      groupId,
      queueId,
      ...gainOf(base, raised[group], queue, queues.length),
    })),
  );
  return succeed(
    {
      date: dateOfDay(grid, 0),
      separateHours: judgement.covering.paidHours,
      pooledHours: paidHours,
      goals: judgement.goals,
      before: judgement.covering.goals,
      keptWithin: judgement.keptWithin,
      replications: judgement.replications,
      worth,
    },
    outcome.issues,
  );
}

/** Mean difference of the day's service level, replication by replication. */
function gainOf(
  base: ServiceCounts,
  raised: ServiceCounts,
  queue: number,
  queueCount: number,
): { readonly gain: number; readonly halfWidth: number | null } {
  const levels = (counts: ServiceCounts) =>
    counts.dailyLevel.flatMap((run) => [...run].filter((_, at) => at % queueCount === queue));
  const before = levels(base);
  const gains = levels(raised).flatMap((level, at) => {
    const gain = level - before[at];
    return Number.isNaN(gain) ? [] : [gain];
  });
  if (gains.length === 0) return { gain: 0, halfWidth: null };
  const gain = gains.reduce((sum, one) => sum + one, 0) / gains.length;
  if (gains.length === 1) return { gain, halfWidth: null };
  const variance = gains.reduce((sum, one) => sum + (one - gain) ** 2, 0) / (gains.length - 1);
  return { gain, halfWidth: studentFactor95(gains.length - 1) * Math.sqrt(variance / gains.length) };
}
