import type { SimulationProblem } from "../compile/problem.ts";
import type { Crew } from "../draw/duty-tape.ts";

/** Off queue; taking contacts; on queue but taking no more; past the end of work and finishing what is in hand. */
export const agentDuty = { off: 0, taking: 1, stopped: 2, finishing: 3 } as const;

/** What each agent is doing, by the agent's number. Series that start with `slot` are by slot: a place for one contact in hand. */
export interface Agents {
  readonly count: number;
  readonly group: Int32Array;
  readonly handleFactor: Float64Array;
  /** `agentDuty` */
  readonly duty: Uint8Array;
  /** Contacts in hand. */
  readonly load: Int32Array;
  /** Contacts the agent may hold at once, given those in hand. */
  readonly limit: Int32Array;
  /** Most contacts that any agent can hold at once. */
  readonly maxLoad: number;
  /** The agent's slots are `slotOffset[agent]` to `slotOffset[agent + 1]`, half-open. */
  readonly slotOffset: Int32Array;
  readonly slotCount: number;
  readonly slotAgent: Int32Array;
  /** Contact in the slot, −1: empty. */
  readonly slotContact: Int32Array;
  clear(): void;
}

export function createAgents({ queues, groups }: SimulationProblem, crew: Crew): Agents {
  const { count, group, handleFactor } = crew;
  const slotsOfGroup = groups.map(({ serves }) =>
    Math.max(1, ...serves.map((service) => queues[service.queue].maxContacts)),
  );
  const slotOffset = new Int32Array(count + 1);
  for (let a = 0; a < count; a++) slotOffset[a + 1] = slotOffset[a] + slotsOfGroup[group[a]];
  const slotCount = slotOffset[count];
  const slotAgent = new Int32Array(slotCount);
  for (let a = 0; a < count; a++) slotAgent.fill(a, slotOffset[a], slotOffset[a + 1]);
  const slotContact = new Int32Array(slotCount);
  const duty = new Uint8Array(count);
  const load = new Int32Array(count);
  const limit = new Int32Array(count);

  function clear(): void {
    slotContact.fill(-1);
    duty.fill(agentDuty.off);
    load.fill(0);
    limit.fill(0);
  }

  const maxLoad = Math.max(1, ...slotsOfGroup);
  return {
    count,
    group,
    handleFactor,
    duty,
    load,
    limit,
    maxLoad,
    slotOffset,
    slotCount,
    slotAgent,
    slotContact,
    clear,
  };
}
