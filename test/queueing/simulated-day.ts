import { randomStream } from "../../src/numerics/random.ts";
import type { TransientLoad } from "../../src/queueing/transient/transient-queue.ts";

export interface SimulatedDay {
  readonly serviceLevel: number;
  readonly abandonment: number;
  /** Standard errors over replications of the ratio. */
  readonly serviceLevelError: number;
  readonly abandonmentError: number;
}

/**
 * The changing queue contact by contact, to check the exact one against: no simulation engine of the program, only a
 * list of agents and the time each is free. First come, first served; an agent who leaves finishes the contact.
 * One handle time for the whole day. Contacts count where they arrive.
 */
export function simulatedDay(
  load: TransientLoad,
  agents: ArrayLike<number>,
  replications: number,
  seed: number,
): SimulatedDay {
  const count = load.arrivalsPerSecond.length;
  const patience = load.patienceSeconds ?? Number.POSITIVE_INFINITY;
  const offered = new Float64Array(replications);
  const inTime = new Float64Array(replications);
  const gone = new Float64Array(replications);
  for (let replication = 0; replication < replications; replication++) {
    const stream = randomStream(seed, "day", replication);
    const exponential = (mean: number) => -mean * Math.log(stream.uniform());
    /** When each agent that is on is free, as a heap: the earliest first; the floor as it stands at `border`. */
    const free: number[] = new Array(agents[0]).fill(0);
    let interval = 0;
    let time = 0;
    for (;;) {
      // The next arrival, interval by interval since rates differ.
      let from = Math.floor(time / load.intervalSeconds);
      let next = time;
      for (;;) {
        if (from >= count) break;
        const rate = load.arrivalsPerSecond[from];
        const gap = rate > 0 ? exponential(1 / rate) : Number.POSITIVE_INFINITY;
        const border = (from + 1) * load.intervalSeconds;
        if (next + gap < border) {
          next += gap;
          break;
        }
        next = border;
        from++;
      }
      if (from >= count) break;
      time = next;
      offered[replication]++;
      const wait = exponential(patience);
      const handle = exponential(load.ahtSeconds[from]);
      // Borders up to the moment someone is free change the floor.
      let start: number;
      for (;;) {
        const earliest = free.length > 0 ? Math.max(time, free[0]) : Number.POSITIVE_INFINITY;
        const border = (interval + 1) * load.intervalSeconds;
        if (interval + 1 < count && border <= Math.min(earliest, time + wait)) {
          interval++;
          const change = agents[interval] - free.length;
          for (let comer = 0; comer < change; comer++) {
            free.push(border);
            up(free, free.length - 1);
          }
          for (let leaver = 0; leaver < -change; leaver++) {
            const at = Math.min(free.length - 1, Math.floor(stream.uniform() * free.length));
            const last = free.pop() ?? 0;
            if (at < free.length) {
              free[at] = last;
              up(free, at);
              down(free, at);
            }
          }
          continue;
        }
        start = earliest;
        if (start < time + wait) {
          free[0] = start + handle;
          down(free, 0);
        }
        break;
      }
      if (start >= time + wait) gone[replication]++;
      else if (start - time <= load.answerWithinSeconds) inTime[replication]++;
    }
  }
  const ratio = (part: Float64Array) => {
    const whole = offered.reduce((sum, value) => sum + value, 0);
    const share = part.reduce((sum, value) => sum + value, 0) / whole;
    let squares = 0;
    for (let at = 0; at < replications; at++) squares += (part[at] - share * offered[at]) ** 2;
    const error = Math.sqrt(squares / (replications * (replications - 1))) / (whole / replications);
    return [share, error] as const;
  };
  const [serviceLevel, serviceLevelError] = ratio(inTime);
  const [abandonment, abandonmentError] = ratio(gone);
  return { serviceLevel, abandonment, serviceLevelError, abandonmentError };
}

function up(heap: number[], from: number): void {
  const value = heap[from];
  let at = from;
  for (let above = (at - 1) >> 1; at > 0 && heap[above] > value; above = (at - 1) >> 1) {
    heap[at] = heap[above];
    at = above;
  }
  heap[at] = value;
}

function down(heap: number[], from: number): void {
  const value = heap[from];
  let at = from;
  for (;;) {
    let below = 2 * at + 1;
    if (below >= heap.length) break;
    if (below + 1 < heap.length && heap[below + 1] < heap[below]) below++;
    if (heap[below] >= value) break;
    heap[at] = heap[below];
    at = below;
  }
  heap[at] = value;
}
