import { type Outcome, succeed } from "../../domain/outcome.ts";
import { type ContactTrace, contactOutcome } from "../../domain/results/simulation.ts";
import { compilePlan } from "../compile/compile-plan.ts";
import type { SimulationInput } from "../compile/simulation-input.ts";
import { createEngine } from "../engine/engine.ts";
import { createTally } from "./tally.ts";

/**
 * One simulated day of a plan, contact by contact: what became of each, when, and who served it; and when agents were on
 * queue, drawn absences taken out. A redial or a transfer is a contact of its own; of a contact that was handed over the
 * last agent is kept. Same input and replication, same contacts.
 *
 * @param day counted from the start of the grid
 * @param replication which of the simulated days to show, from 0
 *
 * Issues: those of {@link simulateContacts}, but for `simulate.tooFewReplications`.
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
    answered: number | null;
    ended: number | null;
    agent: number | null;
    outcome: number;
  }[] = [];
  /** Row of the contact's present attempt. */
  const rowOf: number[] = [];
  const work: number[][] = agentNames.map(() => []);
  const end = problem.intervalCount * problem.intervalSeconds;
  /** Since when an agent is past the end of work; null: is not. */
  const finishingFrom: (number | null)[] = agentNames.map(() => null);
  let overrunSeconds = 0;
  const run = createEngine(problem, {
    cameOnQueue(agent, time) {
      work[agent].push(time);
    },
    leftQueue(agent, time) {
      work[agent].push(time);
    },
    finishes(agent, isFinishing, time) {
      // At the end of the span shifts are cut off: whoever is then in the midst of one is not past its end.
      if (isFinishing) finishingFrom[agent] ??= time < end ? time : null;
      else if (finishingFrom[agent] !== null) {
        overrunSeconds += time - finishingFrom[agent];
        finishingFrom[agent] = null;
      }
    },
    arrived(contact, queue, time) {
      rowOf[contact] = rows.length;
      rows.push({
        queue,
        arrival: time,
        answered: null,
        ended: null,
        agent: null,
        outcome: contactOutcome.stillThere,
      });
    },
    answered(contact, agent, time) {
      const row = rows[rowOf[contact]];
      row.answered ??= time;
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
  for (const stretches of work) if (stretches.length % 2 === 1) stretches.push(end);
  const { agents } = problem;
  return succeed(
    {
      ...span,
      overrunSeconds,
      queueIds: problem.queues.map((queue) => queue.id),
      agents: agentNames.map((name, agent) => ({
        name,
        groupId: problem.groups[agents.group[agent]].id,
        work: work[agent],
      })),
      queue: Uint8Array.from(rows, (row) => row.queue),
      arrival: Float64Array.from(rows, (row) => row.arrival),
      answered: rows.map((row) => row.answered),
      ended: rows.map((row) => row.ended),
      agent: rows.map((row) => row.agent),
      outcome: Uint8Array.from(rows, (row) => row.outcome),
    },
    compiled.issues,
  );
}
