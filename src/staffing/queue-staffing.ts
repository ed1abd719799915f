import { chatQueue, requiredChatAgents } from "../queueing/chat-queue.ts";
import { requiredAgents, serviceLevelBy } from "../queueing/steady/required-agents.ts";
import {
  idleService,
  type QueueLoad,
  type QueueService,
  steadyQueue,
} from "../queueing/steady/steady-queue.ts";
import { requiredForExpected } from "../queueing/steady/uncertain-demand.ts";
import type { StaffedQueue } from "./staffed-queue.ts";

/** Service of one interval as a page shows it; the service level is by the queue's own rule. */
export interface IntervalService {
  readonly serviceLevel: number;
  readonly asaSeconds: number;
  readonly abandonmentRate: number;
  readonly occupancy: number;
}

/** The load of one interval, in the words of the queueing room. */
export function loadOf(
  queue: StaffedQueue,
  offered: number,
  ahtSeconds: number,
  intervalSeconds: number,
): QueueLoad {
  return {
    arrivalsPerSecond: offered / intervalSeconds,
    ahtSeconds,
    patienceSeconds: queue.patienceSeconds,
    answerWithinSeconds: queue.goal.answerWithinSeconds,
  };
}

/** Service that `agents` on queue give, in the steady state: Erlang C, or A when contacts lose patience; chat by its slots. */
export function expectService(queue: StaffedQueue, load: QueueLoad, agents: number): IntervalService {
  const service = serviceOf(queue, load, agents);
  return {
    serviceLevel: serviceLevelBy(queue.goal.serviceLevelRule, service),
    asaSeconds: service.asaSeconds,
    abandonmentRate: service.abandonmentRate,
    occupancy: service.occupancy,
  };
}

function serviceOf(queue: StaffedQueue, load: QueueLoad, agents: number): QueueService {
  if (load.arrivalsPerSecond * load.ahtSeconds === 0) return idleService;
  if (queue.channel === "chat" && queue.concurrency !== null)
    return chatQueue(load, queue.concurrency, agents);
  return steadyQueue(load, agents);
}

/**
 * Agents on queue that keep the queue's goal; null when no number does.
 * At least one as soon as there is any work: less than one agent answers nobody.
 * @param near a guess, for instance the answer for the interval before
 */
export function agentsForGoal(
  queue: StaffedQueue,
  load: QueueLoad,
  step: 0 | 1,
  near?: number,
): number | null {
  const offeredLoad = load.arrivalsPerSecond * load.ahtSeconds;
  if (offeredLoad === 0) return 0;
  const { goal } = queue;
  if (queue.channel === "deferred") {
    // Nobody waits on the line: the work of the interval at the asked occupancy.
    const agents = offeredLoad / (goal.maxOccupancy ?? 1);
    return step === 1 ? Math.ceil(agents - 1e-9) : agents;
  }
  if (queue.channel === "chat" && queue.concurrency !== null) {
    const agents = requiredChatAgents(load, goal, queue.concurrency, step, near);
    return agents === null ? null : Math.max(1, agents);
  }
  const agents = requiredAgents(load, goal, step, near);
  return agents === null ? null : Math.max(1, agents);
}

/**
 * Agents for the service to be expected when the rate is only known up to a gamma factor of that variance. Chat goes
 * without (its spread matters less than its slots' rounding): the mean decides.
 */
export function agentsForExpected(
  queue: StaffedQueue,
  load: QueueLoad,
  variance: number,
  step: 0 | 1,
  near?: number,
): number | null {
  if (queue.channel !== "voice" || variance === 0) return agentsForGoal(queue, load, step, near);
  const agents = requiredForExpected(load, variance, queue.goal, step, near);
  return agents === null ? null : load.arrivalsPerSecond * load.ahtSeconds === 0 ? 0 : Math.max(1, agents);
}

/** Service with each of a range of staffings, to see what one more buys. */
export function serviceByAgents(
  queue: StaffedQueue,
  load: QueueLoad,
  agents: readonly number[],
): readonly (IntervalService & { readonly agents: number })[] {
  return agents.map((count) => ({ agents: count, ...expectService(queue, load, count) }));
}
