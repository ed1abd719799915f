import type { AgentGroup, Queue } from "../domain/plan/queue.ts";

/** What the requirement reads of a queue. What only the simulation knows of (redials, callbacks, transfers …) is not here. */
export type StaffedQueue = Pick<
  Queue,
  | "id"
  | "name"
  | "channel"
  | "goal"
  | "patienceSeconds"
  | "defaultAhtSeconds"
  | "concurrency"
  | "openingHours"
  | "minimumAgents"
  | "selfService"
> & { readonly deferred?: Omit<NonNullable<Queue["deferred"]>, "interruptible"> };

/** Who serves what: read for deferrable work that is done in the gaps of other queues. */
export type StaffedGroup = Pick<AgentGroup, "queueIds">;
