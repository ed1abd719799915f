import { fail, type OnProgress, type Outcome, succeed } from "../domain/outcome.ts";
import { shrinkageBesideLeave } from "../domain/plan/leave.ts";
import type { PlanDocument } from "../domain/plan/plan.ts";
import type { ReplicationDays, SimulationResult } from "../domain/results/simulation.ts";
import { type RatioSums, ratioDifference, ratioFigure } from "../scenarios/measuring/figures.ts";
import { spanSums } from "../simulating/measure/day-figures.ts";
import { simulateContacts } from "../simulating/simulate-contacts.ts";
import { simulationStage } from "../stages/simulation.ts";
import type { QueueCost } from "./cost-figures.ts";

const leastReplications = 100;

interface ServiceCost {
  readonly replications: number;
  readonly days: readonly (readonly QueueCost[])[];
  readonly total: readonly QueueCost[];
}

/**
 * Service of a roster without and with leave, simulated on the same customers and absences, on some days of the plan and
 * over all of them. Days between them are simulated as well.
 */
export async function serviceBySimulation(
  before: PlanDocument,
  after: PlanDocument,
  days: readonly number[],
  replications: number | undefined,
  onProgress: OnProgress<never> | undefined,
): Promise<Outcome<ServiceCost>> {
  const count = replications ?? Math.max(leastReplications, before.plan.simulation.replications);
  const span = { first: days[0], end: days[days.length - 1] + 1 };
  const results: SimulationResult[] = [];
  for (const [at, document] of [before, after].entries()) {
    const input = simulationStage.read(document);
    if (input === null) return fail({ code: "simulate.noForecast", severity: "error" });
    const shrinkage = shrinkageBesideLeave(document.plan).slice();
    const simulated = await simulateContacts(
      { ...input, plan: { ...input.plan, shrinkage }, days: span, replications: count },
      ({ completed }) =>
        onProgress?.({ phase: "replications", completed: at * count + completed, total: 2 * count }),
    );
    if (!simulated.ok) return simulated;
    results.push(simulated.value);
  }
  const goals = new Map(before.plan.queues.map(({ id, goal }) => [id, goal.serviceLevel]));
  const [base, tried] = results;
  const queuesOver = (chosen: readonly number[]): QueueCost[] =>
    base.queues.map(({ queueId, replicationDays }, at): QueueCost => {
      const ofDays = chosen.map((day) => day - span.first);
      const [now, then] = [replicationDays, tried.queues[at].replicationDays].map((days) => ({
        level: {
          above: sumOver(days, "answeredInTime", ofDays),
          below: sumOver(days, "serviceLevelBase", ofDays),
        },
        lost: perReplication(sumOver(days, "abandoned", ofDays)),
      }));
      return {
        queueId,
        before: ratioFigure(now.level),
        after: ratioFigure(then.level),
        difference: ratioDifference(then.level, now.level),
        lost: ratioDifference(then.lost, now.lost),
        goal: goals.get(queueId) ?? null,
      };
    });
  return succeed({
    replications: count,
    days: days.map((day) => queuesOver([day])),
    total: queuesOver(days),
  });
}

/** What each replication summed to over some of its days. */
function sumOver(
  from: ReplicationDays,
  series: "answeredInTime" | "serviceLevelBase" | "abandoned",
  days: readonly number[],
): Float64Array {
  const sums = new Float64Array(from[series].length / from.dayCount);
  for (const day of days)
    for (const [at, value] of spanSums(from[series], from.dayCount, day, 1).entries()) sums[at] += value;
  return sums;
}

function perReplication(sums: Float64Array): RatioSums {
  return { above: sums, below: new Float64Array(sums.length).fill(1) };
}
