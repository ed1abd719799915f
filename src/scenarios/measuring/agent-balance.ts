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

/**
 * How unevenly work falls on agents: the standard deviation over agents of a day's occupancy (handling ÷ on queue),
 * mean over the days, per replication. Every agent who was on queue for an hour counts once. Of long periods an even
 * sample of days is traced, the same for every plan, on the same customers as everything else. null: fewer than two
 * agents on every day.
 */
export function agentBalance(inputs: ScenarioInputs, days: DayRange): Float64Array | null {
  const dayCount = days.end - days.first;
  const replications = Math.max(
    leastReplications,
    Math.min(mostReplications, Math.floor(mostTraces / dayCount)),
  );
  const traced = Math.min(dayCount, Math.floor(mostTraces / replications));
  const spreads = new Float64Array(replications);
  for (let replication = 0; replication < replications; replication++) {
    let sum = 0;
    let count = 0;
    for (let at = 0; at < traced; at++) {
      const day = days.first + Math.floor(((at + 0.5) * dayCount) / traced);
      const trace = traceContacts(inputs, day, replication);
      const spread = trace.ok ? spreadOf(occupancies(trace.value)) : null;
      if (spread === null) continue;
      sum += spread;
      count++;
    }
    if (count === 0) return null;
    spreads[replication] = sum / count;
  }
  return spreads;
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
