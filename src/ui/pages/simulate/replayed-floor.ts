import { fail, type Outcome } from "../../../domain/outcome.ts";
import type { PlanDocument } from "../../../domain/plan/plan.ts";
import { type ContactTrace, contactOutcome } from "../../../domain/results/simulation.ts";
import { traceContacts } from "../../../simulating/measure/trace-contacts.ts";

/** One simulated day of the open plan, contact by contact; a few thousand contacts take some milliseconds. */
export function replayDay(
  { plan, results }: PlanDocument,
  day: number,
  replication: number,
): Outcome<ContactTrace> {
  if (results.forecast === null) return fail({ code: "simulate.noForecastYet", severity: "error" });
  return traceContacts(
    {
      plan,
      forecast: results.forecast.value,
      schedule: results.schedule?.value ?? null,
      roster: results.roster?.value ?? null,
    },
    day,
    replication,
  );
}

/** How the floor stands at a moment of a replay. */
export interface FloorState {
  readonly waiting: number;
  readonly longestWaitSeconds: number;
  readonly inService: number;
  readonly arrived: number;
  readonly answered: number;
  readonly abandoned: number;
}

export function floorAt(trace: ContactTrace, seconds: number): FloorState {
  let waiting = 0;
  let longestWaitSeconds = 0;
  let inService = 0;
  let arrived = 0;
  let answered = 0;
  let abandoned = 0;
  for (let k = 0; k < trace.arrival.length && trace.arrival[k] <= seconds; k++) {
    arrived++;
    const hasEnded = isBy(trace.ended[k], seconds);
    if (isBy(trace.answered[k], seconds)) {
      answered++;
      if (!hasEnded) inService++;
    } else if (trace.outcome[k] === contactOutcome.abandoned && hasEnded) {
      abandoned++;
    } else if (trace.outcome[k] !== contactOutcome.blocked) {
      waiting++;
      longestWaitSeconds = Math.max(longestWaitSeconds, seconds - trace.arrival[k]);
    }
  }
  return { waiting, longestWaitSeconds, inService, arrived, answered, abandoned };
}

function isBy(time: number | null, seconds: number): boolean {
  return time !== null && time <= seconds;
}
