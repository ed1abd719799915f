import { type Outcome, succeed } from "../../domain/outcome.ts";
import { type ContactTrace, contactOutcome } from "../../domain/results/simulation.ts";
import { compilePlan } from "../compile/compile-plan.ts";
import type { SimulationInput } from "../compile/simulation-input.ts";
import { createEngine } from "../engine/engine.ts";
import { createTally } from "./tally.ts";

/**
 * One simulated day of a plan, contact by contact: what became of each, when, and by whom; and when agents were on queue,
 * drawn absences taken out. `day` counts from the start
 * of the grid. Whoever calls again or is transferred is a contact anew; of one that was handed over the last agent is
 * kept.
 * Same input and replication, same contacts. Fails as `compilePlan` does.
 */
export function traceContacts(
  input: SimulationInput,
  day: number,
  replication: number,
): Outcome<ContactTrace> {
  const compiled = compilePlan({ ...input, days: { first: day, end: day + 1 } });
  if (!compiled.ok) return compiled;
  const { problem, span, agentNames } = compiled.value;
  const rows: {
    queue: number;
    arrival: number;
    answered: number;
    ended: number;
    agent: number;
    outcome: number;
  }[] = [];
  /** Row of the contact's present attempt. */
  const rowOf: number[] = [];
  const work: number[][] = agentNames.map(() => []);
  const run = createEngine(problem, {
    cameOnQueue(agent, time) {
      work[agent].push(time);
    },
    leftQueue(agent, time) {
      work[agent].push(time);
    },
    arrived(contact, queue, time) {
      rowOf[contact] = rows.length;
      rows.push({
        queue,
        arrival: time,
        answered: Number.NaN,
        ended: Number.NaN,
        agent: -1,
        outcome: contactOutcome.stillThere,
      });
    },
    answered(contact, agent, time) {
      const row = rows[rowOf[contact]];
      if (Number.isNaN(row.answered)) row.answered = time;
      row.agent = agent;
      if (row.outcome !== contactOutcome.calledBack) row.outcome = contactOutcome.answered;
    },
    ended(contact, time) {
      rows[rowOf[contact]].ended = time;
    },
    abandoned(contact, time) {
      rows[rowOf[contact]].ended = time;
      rows[rowOf[contact]].outcome = contactOutcome.abandoned;
    },
    blocked(contact, time) {
      rows[rowOf[contact]].ended = time;
      rows[rowOf[contact]].outcome = contactOutcome.blocked;
    },
    acceptedCallback(contact) {
      rows[rowOf[contact]].outcome = contactOutcome.calledBack;
    },
  });
  run(replication, createTally(problem));
  rows.sort((a, b) => a.arrival - b.arrival);
  const end = problem.intervalCount * problem.intervalSeconds;
  for (const stretches of work) if (stretches.length % 2 === 1) stretches.push(end);
  const { agents } = problem;
  return succeed(
    {
      ...span,
      queueIds: problem.queues.map((queue) => queue.id),
      agents: agentNames.map((name, agent) => ({
        name,
        groupId: problem.groups[agents.group[agent]].id,
        work: work[agent],
      })),
      queue: Uint8Array.from(rows, (row) => row.queue),
      arrival: Float64Array.from(rows, (row) => row.arrival),
      answered: Float64Array.from(rows, (row) => row.answered),
      ended: Float64Array.from(rows, (row) => row.ended),
      agent: Int32Array.from(rows, (row) => row.agent),
      outcome: Uint8Array.from(rows, (row) => row.outcome),
    },
    compiled.issues,
  );
}
