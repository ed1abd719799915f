import type { Plan } from "../../domain/plan/plan.ts";
import type { Queue } from "../../domain/plan/queue.ts";
import type { Assignment, Roster } from "../../domain/plan/roster.ts";
import type { QueueSimulation, ReplicationDays, SimulationResult } from "../../domain/results/simulation.ts";
import {
  type Figure,
  type RatioSums,
  ratioDifference,
  ratioFigure,
} from "../../scenarios/measuring/figures.ts";
import type { DayEffect, PersonChange, QueueEffect } from "./option.ts";

/**
 * The rest of a day under an option against the day as it stands, replication by replication on the same contacts.
 * @param turnedAway contacts more that find a queue closed
 */
export function dayEffect(
  { queues }: Pick<Plan, "queues">,
  base: SimulationResult,
  tried: SimulationResult,
  turnedAway = 0,
): DayEffect {
  const lost = difference("abandoned", tried, base);
  const effects = tried.queues.map((queue): QueueEffect => {
    const now = base.queues.find(({ queueId }) => queueId === queue.queueId)!.replicationDays;
    const then = queue.replicationDays;
    return {
      queueId: queue.queueId,
      serviceLevel: ratioFigure(levelOf(then)),
      abandonmentRate: ratioFigure(abandonmentOf(then)),
      serviceLevelChange: ratioDifference(levelOf(then), levelOf(now)),
      abandonmentChange: ratioDifference(abandonmentOf(then), abandonmentOf(now)),
      isKept: keepsGoal(queues.find(({ id }) => id === queue.queueId)?.goal ?? null, queue),
    };
  });
  return {
    queues: effects,
    inTimeChange: difference("answeredInTime", tried, base),
    lostChange: { ...lost, value: lost.value + turnedAway },
    keepsGoals: effects.every(({ isKept }) => isKept),
  };
}

function levelOf({ answeredInTime, serviceLevelBase }: ReplicationDays): RatioSums {
  return { above: answeredInTime, below: serviceLevelBase };
}

function abandonmentOf({ abandoned, offered }: ReplicationDays): RatioSums {
  return { above: abandoned, below: offered };
}

/** Contacts more than in the day as it stands, over all queues. */
function difference(
  series: "answeredInTime" | "abandoned",
  tried: SimulationResult,
  base: SimulationResult,
): Figure {
  const [then, now] = [tried, base].map(({ queues, replications }): RatioSums => {
    const above = new Float64Array(replications);
    for (const { replicationDays } of queues)
      for (const [at, contacts] of replicationDays[series].entries()) above[at] += contacts;
    return { above, below: new Float64Array(replications).fill(1) };
  });
  return ratioDifference(then, now) ?? { value: 0, halfWidth: 0 };
}

/** By the means of what is simulated; a queue to which nothing comes keeps every goal. */
function keepsGoal(goal: Queue["goal"] | null, { total }: QueueSimulation): boolean {
  if (goal === null || total.offered.mean[0] === 0) return true;
  return (
    (goal.serviceLevel === null || total.serviceLevel.mean[0] >= goal.serviceLevel) &&
    (goal.maxAsaSeconds === null || total.asaSeconds.mean[0] <= goal.maxAsaSeconds) &&
    (goal.maxAbandonment === null || total.abandonmentRate.mean[0] <= goal.maxAbandonment)
  );
}

/** The roster with some people's changes made. */
export function withChanges(roster: Roster, changes: readonly PersonChange[]): Roster {
  const changeOf = new Map(changes.map((change) => [keyOf(change.agentId, change.from?.id), change]));
  const assignments = roster.assignments.map((assignment): Assignment => {
    const change = changeOf.get(keyOf(assignment.agentId, assignment.shift.id));
    return change === undefined ? assignment : { ...assignment, shift: change.to };
  });
  const called = changes.flatMap(({ agentId, from, to }): Assignment[] =>
    from === null ? [{ agentId, shift: to, pinned: false }] : [],
  );
  return { ...roster, assignments: [...assignments, ...called] };
}

function keyOf(agentId: string, shiftId: string | undefined): string {
  return JSON.stringify([agentId, shiftId]);
}
