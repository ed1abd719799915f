/**
 * What happens to an agent at a boundary: `leave` means at once, with what is in hand put back, `off` as the problem
 * says. At the same instant leavers go before comers.
 */
export const dutyChange = { leave: 0, off: 1, on: 2, stop: 3 } as const;

/** When agents come on queue and leave it, in one replication, in order of time. */
export interface DutyTape {
  count: number;
  time: Float64Array;
  agent: Int32Array;
  /** `dutyChange` */
  change: Uint8Array;
}

/**
 * Agents as the engine numbers them: those with rosters first, then, group by group, as many as a staffing series
 * ever needs at once.
 */
export interface Crew {
  readonly count: number;
  readonly group: Int32Array;
  readonly handleFactor: Float64Array;
  /** Per group, first of its agents without rosters. */
  readonly firstWithoutRoster: readonly number[];
}

/** By time; at the same time by change and agent. */
export function sortTape(tape: DutyTape): void {
  const order = Array.from({ length: tape.count }, (_, k) => k);
  const { time, change, agent } = tape;
  order.sort((a, b) => time[a] - time[b] || change[a] - change[b] || agent[a] - agent[b]);
  const sorted = {
    time: Float64Array.from(order, (k) => time[k]),
    agent: Int32Array.from(order, (k) => agent[k]),
    change: Uint8Array.from(order, (k) => change[k]),
  };
  time.set(sorted.time);
  agent.set(sorted.agent);
  change.set(sorted.change);
}
