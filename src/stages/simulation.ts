import { fingerprint } from "../domain/fingerprint.ts";
import { memoizeByObject } from "../domain/memo.ts";
import type { Plan } from "../domain/plan/plan.ts";
import type { Queue } from "../domain/plan/queue.ts";
import type { Agent } from "../domain/plan/roster.ts";
import type { SimulationResult } from "../domain/results/simulation.ts";
import type {
  SimulatedAgent,
  SimulatedQueue,
  SimulationInput,
} from "../simulating/compile/simulation-input.ts";
import { only, type Stage, type StageSources } from "./stage.ts";

const simulatedQueues = memoizeByObject((queues: readonly Queue[]): readonly SimulatedQueue[] =>
  queues.map(({ money: _, minimumAgents: _least, goal, deferred, ...queue }) => {
    const { serviceLevel, answerWithinSeconds, serviceLevelRule } = goal;
    const { gapShare: _share, ...work } = deferred ?? {};
    return {
      ...queue,
      goal: { serviceLevel, answerWithinSeconds, serviceLevelRule },
      ...(deferred === undefined ? {} : { deferred: work as NonNullable<Queue["deferred"]> }),
    };
  }),
);
const simulatedAgents = only<Agent, keyof SimulatedAgent>("id", "name", "groupId", "proficiency");

/** What a simulation reads of a plan with these people. */
export function simulatedPlan(
  {
    queues,
    groups,
    shrinkage,
    simulation,
    seed,
  }: Pick<Plan, "queues" | "groups" | "shrinkage" | "simulation" | "seed">,
  agents: readonly Agent[],
): SimulationInput["plan"] {
  return {
    queues: simulatedQueues(queues),
    agents: simulatedAgents(agents),
    groups,
    shrinkage,
    simulation,
    seed,
  };
}

/** Contacts through the roster, or through the schedule where nobody has a name yet. */
export const simulationStage: Stage<"simulation", SimulationInput, SimulationResult> = {
  name: "simulation",
  after: ({ results }) => ["forecast", results.roster === null ? "schedule" : "roster"],
  missing: () => null,
  read({ plan, results }) {
    const { forecast, roster } = results;
    const schedule = roster === null ? results.schedule : null;
    if (forecast === null || (roster === null && schedule === null)) return null;
    return {
      plan: simulatedPlan(plan, roster === null ? [] : plan.agents),
      forecast: forecast.value,
      schedule: schedule?.value ?? null,
      roster: roster?.value ?? null,
    };
  },
  resume: (_, input) => input,
  async run(input, onProgress) {
    const { simulateContacts } = await import("../simulating/simulate-contacts.ts");
    return simulateContacts(input, onProgress);
  },
};

/**
 * Names the contacts that a simulation of the document faces: equal keys, equal contacts in each replication. Shifts,
 * people, what they do at a break, and how the floor treats who calls are left out.
 */
export function contactsKey({ plan, results }: StageSources): string {
  const { uncertainDemand, handleTimeCv, events = [] } = plan.simulation;
  const queues = simulatedQueues(plan.queues).map(
    ({
      priority: _p,
      redial: _r,
      waitingPlaces: _w,
      customers: _c,
      callback: _b,
      transfers: _t,
      ...contacts
    }) => contacts,
  );
  const surges = events.filter(({ kind }) => kind === "surge");
  const forecast = results.forecast === null ? null : fingerprint(results.forecast.value);
  return fingerprint([queues, surges, forecast, uncertainDemand, handleTimeCv, plan.seed]);
}
