import { clockAt } from "./gauge.ts";

/**
 * Agents who can take a contact, in first-in-first-out lists: per group one for each number of contacts in hand, and
 * one of those busy with work that may be interrupted. An agent is in at most one of them.
 */
export interface FreeAgents {
  /** First agent of list `group · loads + load`, −1 when empty; the interruptible ones follow: `interruptibleFrom + group`. */
  readonly head: Int32Array;
  /** Who comes after an agent in the same list, −1: nobody. */
  readonly next: Int32Array;
  /** The agent's list, −1: in none. */
  readonly listOf: Int32Array;
  /** When the agent joined it. */
  readonly since: Float64Array;
  /** Lists per group. */
  readonly loads: number;
  readonly interruptibleFrom: number;
  /** Agents without a contact in hand, per group; counted where somebody asks. */
  readonly free: Int32Array;
  join(agent: number, list: number): void;
  leave(agent: number): void;
  clear(): void;
}

export function createFreeAgents(
  agents: number,
  groups: number,
  loads: number,
  countsFree: boolean,
  clock: Float64Array,
): FreeAgents {
  const { now } = clockAt;
  const interruptibleFrom = groups * loads;
  const lists = interruptibleFrom + groups;
  const head = new Int32Array(lists);
  const tail = new Int32Array(lists);
  const listOf = new Int32Array(agents);
  const next = new Int32Array(agents);
  const previous = new Int32Array(agents);
  const since = new Float64Array(agents);
  const free = new Int32Array(groups);
  /** The group of a list of agents with nothing in hand, −1 for other lists. */
  const freeGroup = Int32Array.from({ length: lists }, (_, list) =>
    list < interruptibleFrom && list % loads === 0 ? list / loads : -1,
  );

  function join(agent: number, list: number): void {
    const last = tail[list];
    previous[agent] = last;
    next[agent] = -1;
    if (last >= 0) next[last] = agent;
    else head[list] = agent;
    tail[list] = agent;
    listOf[agent] = list;
    since[agent] = clock[now];
    if (countsFree && freeGroup[list] >= 0) free[freeGroup[list]]++;
  }

  function leave(agent: number): void {
    const list = listOf[agent];
    const before = previous[agent];
    const after = next[agent];
    if (before >= 0) next[before] = after;
    else head[list] = after;
    if (after >= 0) previous[after] = before;
    else tail[list] = before;
    listOf[agent] = -1;
    if (countsFree && freeGroup[list] >= 0) free[freeGroup[list]]--;
  }

  function clear(): void {
    head.fill(-1);
    tail.fill(-1);
    listOf.fill(-1);
    free.fill(0);
  }

  return { head, next, listOf, since, loads, interruptibleFrom, free, join, leave, clear };
}
