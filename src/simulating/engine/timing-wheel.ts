/**
 * Events to come, earliest first: a calendar of buckets of equal width, each a doubly linked list of nodes.
 *
 * A node is a number with at most one pending time. Equal times are ordered by node number, so that the order of
 * events never depends on how they were put in. Insertion and removal are O(1) when the width is about half the mean
 * gap between events; nothing is allocated after construction.
 */
export interface TimingWheel {
  /** Time of each node, seconds; meaningless for nodes that are not in. */
  readonly times: Float64Array;
  /** Puts in a node that is not in, at the time that stands in `times`: handed over, it would be boxed on the heap. */
  insert(node: number): void;
  /** Takes a pending node out; does nothing when it is not in. */
  remove(node: number): void;
  /** Node with the earliest time, −1 when nothing is pending. */
  first(): number;
  clear(): void;
}

/**
 * @param nodeCount nodes are 0 … nodeCount − 1
 * @param widthSeconds positive; about half the mean gap between events
 * @param bucketCount a power of two; width × count should exceed most delays
 */
export function createTimingWheel(nodeCount: number, widthSeconds: number, bucketCount: number): TimingWheel {
  const times = new Float64Array(nodeCount);
  const next = new Int32Array(nodeCount);
  const previous = new Int32Array(nodeCount);
  /** Tick of the pending time, −1 when the node is not in. */
  const ticks = new Int32Array(nodeCount).fill(-1);
  const heads = new Int32Array(bucketCount).fill(-1);
  const mask = bucketCount - 1;
  const ticksPerSecond = 1 / widthSeconds;
  let pending = 0;
  /** No pending node has an earlier tick. */
  let cursor = 0;
  /** The earliest node when known, else −1. */
  let earliest = -1;

  function insert(node: number): void {
    const time = times[node];
    const tick = (time * ticksPerSecond) | 0;
    const bucket = tick & mask;
    const head = heads[bucket];
    ticks[node] = tick;
    next[node] = head;
    previous[node] = -1;
    if (head >= 0) previous[head] = node;
    heads[bucket] = node;
    if (pending++ === 0) {
      cursor = tick;
      earliest = node;
      return;
    }
    if (tick < cursor) cursor = tick;
    if (earliest >= 0 && (time < times[earliest] || (time === times[earliest] && node < earliest))) {
      earliest = node;
    }
  }

  function remove(node: number): void {
    const tick = ticks[node];
    if (tick < 0) return;
    ticks[node] = -1;
    const after = next[node];
    const before = previous[node];
    if (before >= 0) next[before] = after;
    else heads[tick & mask] = after;
    if (after >= 0) previous[after] = before;
    pending--;
    if (node === earliest) earliest = -1;
  }

  function first(): number {
    if (earliest >= 0 || pending === 0) return earliest;
    const giveUp = cursor + bucketCount;
    for (let tick = cursor; tick < giveUp; tick++) {
      let best = -1;
      for (let node = heads[tick & mask]; node >= 0; node = next[node]) {
        if (ticks[node] !== tick) continue;
        if (best < 0 || times[node] < times[best] || (times[node] === times[best] && node < best))
          best = node;
      }
      if (best >= 0) {
        cursor = tick;
        earliest = best;
        return best;
      }
    }
    return firstOfAll();
  }

  /** Everything pending lies more than a turn of the wheel ahead. */
  function firstOfAll(): number {
    let best = -1;
    for (let bucket = 0; bucket < bucketCount; bucket++) {
      for (let node = heads[bucket]; node >= 0; node = next[node]) {
        if (best < 0 || times[node] < times[best] || (times[node] === times[best] && node < best))
          best = node;
      }
    }
    cursor = ticks[best];
    earliest = best;
    return best;
  }

  function clear(): void {
    heads.fill(-1);
    ticks.fill(-1);
    pending = 0;
    cursor = 0;
    earliest = -1;
  }

  return { times, insert, remove, first, clear };
}
