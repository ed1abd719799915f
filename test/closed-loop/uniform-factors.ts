import type { CountService } from "../../src/closed-loop/count-service.ts";
import { missesOf, type ServiceTarget } from "../../src/closed-loop/service-targets.ts";
import type { Schedule } from "../../src/domain/plan/shift.ts";
import { randomStream } from "../../src/numerics/random.ts";
import { optimiseShifts } from "../../src/scheduling/optimise-shifts.ts";
import type { ShiftsInput } from "../../src/scheduling/problem/shift-block.ts";

/**
 * The two-step way at its best: the requirement of each queue times one factor, the factors searched so that the
 * simulation of the cheapest cover keeps the goals. First all factors move together with what is missed or to spare,
 * then one after the other goes down by as much as the goals stand, until the seconds are spent.
 */
export async function uniformFactors(
  input: ShiftsInput,
  queueIds: readonly string[],
  targets: readonly ServiceTarget[],
  count: CountService,
  effort: { readonly seconds: number; readonly replications: number; readonly tolerance: number },
): Promise<{
  readonly schedule: Schedule;
  readonly factors: readonly number[];
  readonly tries: number;
  /** Whether every goal was kept; else these are the shifts that came nearest. */
  readonly keeps: boolean;
} | null> {
  const until = performance.now() + 1000 * effort.seconds;
  let best: { schedule: Schedule; factors: readonly number[] } | null = null;
  let nearest: { schedule: Schedule; factors: readonly number[]; miss: number } | null = null;
  let tries = 0;
  const attempt = async (factors: readonly number[]) => {
    tries++;
    const queues = input.requirement.queues.map((queue) => {
      const factor = factors[queueIds.indexOf(queue.queueId)];
      return { ...queue, scheduledAgents: queue.scheduledAgents.map((agents) => agents * factor) };
    });
    const outcome = await optimiseShifts({ ...input, requirement: { ...input.requirement, queues } });
    if (!outcome.ok) return queueIds.map(() => Number.POSITIVE_INFINITY);
    const counts = await count({
      shifts: outcome.value.shifts,
      firstReplication: 3_000_000,
      replications: effort.replications,
    });
    const misses = missesOf(targets, counts, queueIds.length);
    const worst = queueIds.map((_, q) =>
      Math.max(Number.NEGATIVE_INFINITY, ...misses.filter((_miss, k) => targets[k].queue === q)),
    );
    const miss = Math.max(...worst);
    if (nearest === null || miss < nearest.miss)
      nearest = { schedule: outcome.value, factors: [...factors], miss };
    if (
      worst.every((miss) => miss <= effort.tolerance) &&
      (best === null || outcome.value.cost < best.schedule.cost)
    )
      best = { schedule: outcome.value, factors: [...factors] };
    return worst;
  };
  let factors: readonly number[] = queueIds.map(() => 1);
  for (let round = 0; performance.now() < until && round < 16; round++) {
    const worst = await attempt(factors);
    const step = 0.4 / (1 + round / 8);
    factors = factors.map((factor, q) =>
      Math.max(0.2, factor + step * Math.max(-0.2, Math.min(0.2, worst[q] + 0.002))),
    );
  }
  for (let step = 0.02; performance.now() < until && step > 0.002; ) {
    let isBetter = false;
    for (let q = 0; q < queueIds.length && performance.now() < until; q++) {
      const from: readonly number[] = (best as { factors: readonly number[] } | null)?.factors ?? factors;
      const before = (best as { schedule: Schedule } | null)?.schedule.cost ?? Number.POSITIVE_INFINITY;
      await attempt(from.map((factor, other) => (other === q ? factor - step : factor)));
      isBetter ||=
        ((best as { schedule: Schedule } | null)?.schedule.cost ?? Number.POSITIVE_INFINITY) < before;
    }
    if (!isBetter) step /= 2;
  }
  // What is left of the time: small changes of all factors at once, some up and some down.
  const random = randomStream(input.seed, "uniform factors");
  while (best !== null && performance.now() < until) {
    const { factors: from } = best as { factors: readonly number[] };
    await attempt(from.map((factor) => factor * (1 + 0.03 * (random.uniform() - 0.6))));
  }
  const kept = best as { schedule: Schedule; factors: readonly number[] } | null;
  const found = kept ?? (nearest as { schedule: Schedule; factors: readonly number[] } | null);
  return found === null ? null : { ...found, tries, keeps: kept !== null };
}
