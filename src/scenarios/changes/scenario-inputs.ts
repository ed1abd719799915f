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
  /** Contacts that a service provider takes, where they came. Absent: none. */
  readonly outsourced?: readonly QueueContacts[];
  /** Money that changes cost beside wages. Absent: none. */
  readonly charges?: readonly Charge[];
}

/** What a change costs beside the wages of shifts. */
export interface Charge {
  readonly kind: ChargeKind;
  /** Number of the change in its scenario, from 1: whose price it is. */
  readonly place: number;
  /** What is paid for, on each day of the grid; null: it is paid once, for `once` of it. */
  readonly perDay: Float64Array | null;
  readonly once: number;
  /** Of one; null: nobody has said. */
  readonly price: number | null;
}

/** `bot`, `vendorContacts`: contacts; `vendorHours`: hours; `workplace`, `perMonth`: months; `training`, `recruiting`: people. */
export const chargeKinds = [
  "bot",
  "vendorContacts",
  "vendorHours",
  "workplace",
  "perMonth",
  "recruiting",
  "training",
  "oneOff",
] as const;
export type ChargeKind = (typeof chargeKinds)[number];

/** The inputs with something more to be paid. */
export function withCharge(inputs: ScenarioInputs, charge: Charge): ScenarioInputs {
  return { ...inputs, charges: [...(inputs.charges ?? []), charge] };
}

/** Contacts of a queue per interval of the grid. */
export interface QueueContacts {
  readonly queueId: string;
  readonly contacts: Float64Array;
}
