import type { Queue } from "../../../domain/plan/queue.ts";

/**
 * Whose contacts a file holds that names no queue: those of the queue that such a file was taken for before, else of the
 * plan's only queue, else of its only one for calls.
 */
export function queueOfUnnamed(queues: readonly Queue[], usual: string): string {
  if (queues.some(({ id }) => id === usual)) return usual;
  const calls = queues.length === 1 ? queues : queues.filter(({ channel }) => channel === "voice");
  return calls.length === 1 ? calls[0].id : usual;
}
