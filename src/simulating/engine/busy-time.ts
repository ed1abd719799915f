import { clockAt } from "./gauge.ts";

/** How long each agent has been on queue, and handling: what the rule goes by that spares the busiest. */
export interface BusyTime {
  /** The agent comes on queue. */
  start(agent: number): void;
  /** Something changes: since the last change the agent was on queue, and had a contact in hand or not. */
  pass(agent: number, wasHandling: boolean): void;
  /** Share of the agent's time on queue so far that was spent handling. */
  share(agent: number): number;
  clear(): void;
}

export function createBusyTime(agentCount: number, clock: Float64Array): BusyTime {
  const { now } = clockAt;
  const since = new Float64Array(agentCount);
  const onQueue = new Float64Array(agentCount);
  const handling = new Float64Array(agentCount);
  return {
    start(agent) {
      since[agent] = clock[now];
    },
    pass(agent, wasHandling) {
      const passed = clock[now] - since[agent];
      since[agent] = clock[now];
      onQueue[agent] += passed;
      if (wasHandling) handling[agent] += passed;
    },
    share(agent) {
      const total = onQueue[agent] + clock[now] - since[agent];
      return total > 0 ? handling[agent] / total : 0;
    },
    clear() {
      onQueue.fill(0);
      handling.fill(0);
    },
  };
}
