import type { AgentGroup } from "../domain/plan/queue.ts";

/** Queues that are looked at together, and the groups that serve any of them. Rows as in the lists given. */
export interface QueueSet {
  readonly queues: readonly number[];
  readonly groups: readonly number[];
  /** Sets of the list that are a part of this one, itself among them. */
  readonly parts: readonly number[];
}

/** Up to so many queues that share people, every set of them is looked at; of more, only those that a group serves. */
const mostQueues = 7;

/**
 * The sets of queues that can run out of people: flexible people are shared well enough exactly if for every set of
 * queues those who serve any of it are enough for all of it (Hall's condition, the cuts of a flow from groups to
 * queues). Queues that share nobody are never in one set.
 */
export function queueSets(
  queueIds: readonly string[],
  groups: readonly Pick<AgentGroup, "queueIds">[],
): QueueSet[] {
  const masks = groups.map((group) => queueIds.map((id) => group.queueIds.includes(id)));
  const linked = queueIds.map((_, queue) => queue);
  for (const mask of masks) {
    const served = linked.filter((_, queue) => mask[queue]);
    const first = Math.min(...served);
    for (const [queue, root] of linked.entries()) if (served.includes(root)) linked[queue] = first;
  }
  const sets: number[][] = [...new Set(linked)].flatMap((root) => {
    const together = queueIds.map((_, queue) => queue).filter((queue) => linked[queue] === root);
    if (together.length <= mostQueues) return subsetsOf(together);
    const served = masks
      .map((mask) => together.filter((queue) => mask[queue]))
      .filter(({ length }) => length > 0);
    return [...together.map((queue) => [queue]), ...served, together];
  });
  const unique = [...new Map(sets.map((set) => [set.join(), set])).values()];
  return unique.map((queues) => ({
    queues,
    groups: groups.map((_, group) => group).filter((group) => queues.some((queue) => masks[group][queue])),
    parts: unique.map((_, at) => at).filter((at) => unique[at].every((queue) => queues.includes(queue))),
  }));
}

function subsetsOf(list: readonly number[]): number[][] {
  return Array.from({ length: 2 ** list.length - 1 }, (_, bits) =>
    list.filter((_, at) => ((bits + 1) >> at) & 1),
  );
}
