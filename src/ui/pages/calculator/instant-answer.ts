import { requiredAgents } from "../../../queueing/steady/required-agents.ts";
import { steadyQueue } from "../../../queueing/steady/steady-queue.ts";

/** Three numbers anyone knows, and what they need. */
export interface InstantQuestion {
  readonly contactsPerHalfHour: number;
  readonly ahtSeconds: number;
  /** Share to be answered within the threshold, 0–1. */
  readonly serviceLevel: number;
}

export interface InstantAnswer {
  readonly agents: number;
  /** agents ÷ (1 − shrinkage), rounded up. */
  readonly payroll: number;
  /** What that many agents really give. */
  readonly serviceLevel: number;
}

export const instantAnswerWithinSeconds = 20;
/** Usual where nothing is known: 30 % of paid time is not available. */
export const instantShrinkage = 0.3;

/**
 * Agents for a steady half hour by Erlang C (nobody hangs up); null when the question has no answer.
 * @example instantAnswer({ contactsPerHalfHour: 100, ahtSeconds: 180, serviceLevel: 0.8 }) // 14 agents, 20 on the payroll, 0.888
 */
export function instantAnswer(question: InstantQuestion): InstantAnswer | null {
  const { contactsPerHalfHour, ahtSeconds, serviceLevel } = question;
  const sensible =
    contactsPerHalfHour > 0 &&
    contactsPerHalfHour <= 1e6 &&
    ahtSeconds > 0 &&
    ahtSeconds <= 86_400 &&
    serviceLevel > 0 &&
    serviceLevel < 1;
  if (!sensible) return null;
  const load = {
    arrivalsPerSecond: contactsPerHalfHour / 1800,
    ahtSeconds,
    patienceSeconds: null,
    answerWithinSeconds: instantAnswerWithinSeconds,
  };
  const agents = requiredAgents(
    load,
    {
      serviceLevel,
      serviceLevelRule: "offered",
      maxAsaSeconds: null,
      maxAbandonment: null,
      maxOccupancy: null,
    },
    1,
  );
  if (agents === null) return null;
  return {
    agents,
    payroll: Math.ceil(agents / (1 - instantShrinkage) - 1e-9),
    serviceLevel: steadyQueue(load, agents).serviceLevelOffered,
  };
}
