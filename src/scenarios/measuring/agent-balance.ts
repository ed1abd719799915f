import type { DayRange } from "../../domain/calendar/ranges.ts";
import type { ContactTrace } from "../../domain/results/simulation.ts";
import { traceContacts } from "../../simulating/measure/trace-contacts.ts";
import type { ScenarioInputs } from "../changes/scenario-inputs.ts";

/** Days that are traced, contact by contact, for one figure. */
const mostTraces = 48;
const leastReplications = 4;
const mostReplications = 12;
/** Who was on queue for less says nothing about balance. */
const leastSeconds = 3600;

/** What only contact-by-contact traces say of agents, per replication. */
export interface AgentBalance {
  /** Standard deviation over agents of a day's occupancy; null: fewer than two agents on every day. */
  readonly spread: Float64Array | null;
  /** Past the end of work, to finish a contact: into breaks and after shifts, over all the days. */
  readonly overrunHours: Float64Array;
}

/**
 * How unevenly work falls on agents (the standard deviation over agents of a day's occupancy, handling ÷ on queue, mean over
 * the days), and how long they stay to finish a contact. Every agent who was on queue for an hour counts once. Of long
 * periods an even sample of days is traced, the same for every plan, on the same customers as everything else; hours are
 * those of the sample, for as many days as there are.
 */
export function agentBalance(inputs: ScenarioInputs, days: DayRange): AgentBalance | null {
  const dayCount = days.end - days.first;
  const replications = Math.max(
    leastReplications,
    Math.min(mostReplications, Math.floor(mostTraces / dayCount)),
  );
  const traced = Math.min(dayCount, Math.floor(mostTraces / replications));
  const spread = new Float64Array(replications);
  const overrunHours = new Float64Array(replications);
  let hasSpread = true;
  for (let replication = 0; replication < replications; replication++) {
    let sum = 0;
    let count = 0;
    for (let at = 0; at < traced; at++) {
      const day = days.first + Math.floor(((at + 0.5) * dayCount) / traced);
      const trace = traceContacts(inputs, day, replication);
      if (!trace.ok) return null;
      overrunHours[replication] += (trace.value.overrunSeconds / 3600) * (dayCount / traced);
      const ofDay = spreadOf(occupancies(trace.value));
      if (ofDay === null) continue;
      sum += ofDay;
      count++;
    }
    if (count === 0) hasSpread = false;
    else spread[replication] = sum / count;
  }
  return { spread: hasSpread ? spread : null, overrunHours };
}

/** Handling ÷ on queue of each agent who was there long enough. Contacts side by side (chat) are one stretch of handling. */
export function occupancies(trace: ContactTrace): number[] {
  const handling = trace.agents.map(() => 0);
  const busyUntil = trace.agents.map(() => 0);
  const services = trace.answered
    .flatMap((answered, row) => {
      const agent = trace.agent[row];
      const ended = trace.ended[row];
      return answered === null || agent === null || ended === null ? [] : [{ agent, answered, ended }];
    })
    .sort((a, b) => a.answered - b.answered);
  for (const { agent, answered, ended: to } of services) {
    const from = Math.max(answered, busyUntil[agent]);
    if (to <= from) continue;
    handling[agent] += to - from;
    busyUntil[agent] = to;
  }
  return trace.agents.flatMap(({ work }, agent) => {
    let onQueue = 0;
    for (let at = 0; at + 1 < work.length; at += 2) onQueue += work[at + 1] - work[at];
    return onQueue >= leastSeconds ? [Math.min(1, handling[agent] / onQueue)] : [];
  });
}

function spreadOf(values: readonly number[]): number | null {
  if (values.length < 2) return null;
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
}
