import type { QueueProblem } from "../compile/problem.ts";

/** Lines of the classes of customers, numbered queue by queue. */
export interface CustomerLines {
  /** Line of the queue's first class. */
  readonly firstLine: Int32Array;
  /** Line of the customer with a key. The class follows from the key alone: a customer is as important to every queue. */
  lineOf(queue: number, key: number): number;
}

export function customerLines(queues: readonly QueueProblem[]): CustomerLines {
  const firstLine = new Int32Array(queues.length + 1);
  queues.forEach(({ classes }, q) => {
    firstLine[q + 1] = firstLine[q] + classes.length;
  });

  function lineOf(q: number, key: number): number {
    const { classes } = queues[q];
    let line = firstLine[q];
    if (classes.length === 1) return line;
    let rest = (key & 0xffff) / 65536;
    for (let k = 0; k + 1 < classes.length && rest >= classes[k].share; k++) {
      rest -= classes[k].share;
      line++;
    }
    return line;
  }

  return { firstLine, lineOf };
}
