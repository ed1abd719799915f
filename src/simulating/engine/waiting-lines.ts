import type { QueueProblem } from "../compile/problem.ts";

/** One line of a queue: its customers of one class in order of arrival, or those to be called back when it is quiet. */
export interface Line {
  readonly queue: number;
  /** Added to the queue's level in a group. */
  readonly level: number;
  /** Waiting each in the line is credited with. */
  readonly creditSeconds: number;
}

/** Callbacks in quiet time come after everything else a group serves. */
const quietLevel = 1000;

/** Lines by number: the classes of each queue in turn, as the contact tape numbers them, then the quiet lines. */
export function linesOf(queues: readonly QueueProblem[]): {
  readonly lines: readonly Line[];
  /** Per queue its quiet line, −1: none. */
  readonly quietLine: Int32Array;
} {
  const lines: Line[] = queues.flatMap((queue, q) =>
    queue.classes.map(({ level, creditSeconds }) => ({ queue: q, level, creditSeconds })),
  );
  const quietLine = Int32Array.from(queues, (queue, q) => {
    if (queue.callback === undefined || queue.callback.inTurn) return -1;
    lines.push({ queue: q, level: quietLevel, creditSeconds: 0 });
    return lines.length - 1;
  });
  return { lines, quietLine };
}

/** Contacts in their lines, doubly linked, so that whoever gives up leaves at once. */
export interface WaitingLines {
  /** First of each line, −1 when empty. */
  readonly head: Int32Array;
  /** Contact behind each, −1: none. */
  readonly next: Int32Array;
  append(contact: number, line: number): void;
  prepend(contact: number, line: number): void;
  remove(contact: number, line: number): void;
  clear(): void;
}

export function createWaitingLines(lineCount: number, contactCount: number): WaitingLines {
  const head = new Int32Array(lineCount);
  const tail = new Int32Array(lineCount);
  const next = new Int32Array(contactCount);
  const previous = new Int32Array(contactCount);

  function append(contact: number, line: number): void {
    const last = tail[line];
    previous[contact] = last;
    next[contact] = -1;
    if (last >= 0) next[last] = contact;
    else head[line] = contact;
    tail[line] = contact;
  }

  function prepend(contact: number, line: number): void {
    const first = head[line];
    next[contact] = first;
    previous[contact] = -1;
    if (first >= 0) previous[first] = contact;
    else tail[line] = contact;
    head[line] = contact;
  }

  function remove(contact: number, line: number): void {
    const before = previous[contact];
    const after = next[contact];
    if (before >= 0) next[before] = after;
    else head[line] = after;
    if (after >= 0) previous[after] = before;
    else tail[line] = before;
  }

  function clear(): void {
    head.fill(-1);
    tail.fill(-1);
  }

  return { head, next, append, prepend, remove, clear };
}
