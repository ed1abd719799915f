import type { Plan } from "../../domain/plan/plan.ts";
import type { Roster } from "../../domain/plan/roster.ts";
import type { Schedule } from "../../domain/plan/shift.ts";
import type { DemandForecast } from "../../domain/results/demand.ts";

/** What the stages read, base or changed. A scenario shares with the base everything it does not change. */
export interface ScenarioInputs {
  readonly plan: Plan;
  readonly forecast: DemandForecast;
  readonly schedule: Schedule | null;
  readonly roster: Roster | null;
  /** Contacts that no longer reach their queue (an outage), per interval of the grid. Absent: none. */
  readonly turnedAway?: readonly QueueContacts[];
  /** Contacts that a bot or portal settles before they reach their queue, where they came. Absent: none. */
  readonly settled?: readonly QueueContacts[];
}

/** Contacts of a queue per interval of the grid. */
export interface QueueContacts {
  readonly queueId: string;
  readonly contacts: Float64Array;
}
