import { countQuantile } from "../numerics/count-distribution.ts";
import { createSampler, quantile } from "../numerics/distribution.ts";
import { nextUint32, randomStream, streamState, uniformOf } from "../numerics/random.ts";
import type { SimulationProblem } from "./problem.ts";

/**
 * Every contact of one replication, drawn before the first event, in order of arrival.
 *
 * A queue's interval has 128 bits of chance of its own: first the number of contacts, then four numbers per contact.
 * So two plans face the same customers; with 5 % more volume the same ones come at the same times, and a few more.
 */
export interface ContactTape {
  count: number;
  capacity: number;
  /** Seconds since the start of the span, rising. */
  arrival: Float64Array;
  queue: Int32Array;
  /** Waiting line: the queue's lines follow each other, one per customer class. */
  line: Int32Array;
  /** Interval of arrival. */
  interval: Int32Array;
  /** Seconds an average agent would take. */
  handleSeconds: Float64Array;
  /** Seconds until the contact gives up; Infinity: never; 0: leaves at once. */
  patienceSeconds: Float64Array;
  /** Chance kept for what may happen later (redial, transfer). */
  key: Uint32Array;
}

/** A tape for one problem, and what fills it with the contacts of a replication. */
export function createContactTape(problem: SimulationProblem): {
  readonly tape: ContactTape;
  readonly draw: (replication: number) => void;
} {
  const { queues, intervalSeconds, dayOffsets } = problem;
  const expected = queues.reduce((sum, queue) => sum + queue.offered.reduce((a, b) => a + b, 0), 0);
  const tape = emptyTape(Math.ceil(expected + 8 * Math.sqrt(expected) + 64));
  const handle = queues.map((queue) => createSampler(queue.handleTime));
  const patience = queues.map((queue) => (queue.patience === null ? null : createSampler(queue.patience)));
  const lineOffset: number[] = [];
  let lines = 0;
  for (const queue of queues) {
    lineOffset.push(lines);
    lines += queue.classes.length;
  }
  const chance = new Int32Array(4);
  // One interval's contacts before they are put in order.
  let places = new Float64Array(256);
  let order = new Int32Array(256);
  let buckets = new Int32Array(257);
  let slots = new Int32Array(256);

  function draw(replication: number): void {
    tape.count = 0;
    const states = queues.map((queue) => streamState(problem.seed, ["contacts", queue.id, replication]));
    const dayStreams = queues.map((queue) => randomStream(problem.seed, "dayFactor", queue.id, replication));
    for (let day = 0; day + 1 < dayOffsets.length; day++) {
      const dayFactors = queues.map((queue, q) => {
        const uniform = dayStreams[q].uniform();
        if (queue.dayFactorVariance === 0) return 1;
        return quantile({ kind: "gamma", mean: 1, cv: Math.sqrt(queue.dayFactorVariance) }, uniform);
      });
      for (let interval = dayOffsets[day]; interval < dayOffsets[day + 1]; interval++) {
        drawInterval(interval, states, dayFactors);
      }
    }
  }

  function drawInterval(interval: number, states: Uint32Array[], dayFactors: number[]): void {
    const first = tape.count;
    let count = 0;
    for (let q = 0; q < queues.length; q++) {
      const state = states[q];
      for (let word = 0; word < 4; word++) chance[word] = nextUint32(state);
      const queue = queues[q];
      const mean = queue.offered[interval] * dayFactors[q];
      if (mean === 0) continue;
      const dispersion = queue.intervalFactorVariance?.[interval] ?? 0;
      const arrivals = countQuantile(mean, dispersion, uniformOf(nextUint32(chance)));
      if (arrivals > 0) count = drawQueue(q, interval, arrivals, first, count);
    }
    if (count > 1) sortInterval(first, count);
    for (let k = 0; k < count; k++) {
      tape.arrival[first + k] = (interval + places[k]) * intervalSeconds;
    }
    tape.count = first + count;
  }

  /** Draws a queue's contacts of one interval behind those already there; answers how many there are now. */
  function drawQueue(q: number, interval: number, arrivals: number, first: number, count: number): number {
    const queue = queues[q];
    const end = count + arrivals;
    if (first + end > tape.capacity) grow(tape, first + end);
    if (end > places.length) {
      places = withLength(places, 2 * end, Float64Array);
      order = new Int32Array(2 * end);
      slots = new Int32Array(2 * end);
      buckets = new Int32Array(2 * end + 1);
    }
    const aht = queue.ahtSeconds[interval];
    const { classes, balking } = queue;
    const sampleHandle = handle[q];
    const samplePatience = patience[q];
    for (let k = count; k < end; k++) {
      const place = uniformOf(nextUint32(chance));
      const handleUniform = uniformOf(nextUint32(chance));
      const patienceUniform = uniformOf(nextUint32(chance));
      const key = nextUint32(chance);
      const contact = first + k;
      places[k] = place;
      tape.queue[contact] = q;
      tape.interval[contact] = interval;
      tape.handleSeconds[contact] = aht * sampleHandle(handleUniform);
      tape.patienceSeconds[contact] =
        samplePatience === null
          ? Number.POSITIVE_INFINITY
          : patienceUniform < balking
            ? 0
            : samplePatience(balking === 0 ? patienceUniform : (patienceUniform - balking) / (1 - balking));
      tape.key[contact] = key;
      let line = lineOffset[q];
      if (classes.length > 1) {
        let rest = (key & 0xffff) / 65536;
        for (let k = 0; k + 1 < classes.length && rest >= classes[k].share; k++) {
          rest -= classes[k].share;
          line++;
        }
      }
      tape.line[contact] = line;
    }
    return end;
  }

  /** Puts an interval's contacts in order of their places: one bucket per contact, then insertion. */
  function sortInterval(first: number, count: number): void {
    buckets.fill(0, 0, count + 1);
    for (let k = 0; k < count; k++) buckets[((places[k] * count) | 0) + 1]++;
    for (let k = 0; k < count; k++) buckets[k + 1] += buckets[k];
    for (let k = 0; k < count; k++) order[buckets[(places[k] * count) | 0]++] = k;
    for (let k = 1; k < count; k++) {
      const moved = order[k];
      let at = k;
      while (at > 0 && places[order[at - 1]] > places[moved]) {
        order[at] = order[at - 1];
        at--;
      }
      order[at] = moved;
    }
    permute(places, 0, count, scratchReal(count));
    permute(tape.handleSeconds, first, count, scratchReal(count));
    permute(tape.patienceSeconds, first, count, scratchReal(count));
    permute(tape.queue, first, count, slots);
    permute(tape.line, first, count, slots);
    permute(tape.key, first, count, scratchReal(count));
  }

  function permute(
    values: Float64Array | Int32Array | Uint32Array,
    first: number,
    count: number,
    scratch: Float64Array | Int32Array,
  ): void {
    for (let k = 0; k < count; k++) scratch[k] = values[first + order[k]];
    for (let k = 0; k < count; k++) values[first + k] = scratch[k];
  }

  let real = new Float64Array(256);
  function scratchReal(count: number): Float64Array {
    if (real.length < count) real = new Float64Array(2 * count);
    return real;
  }

  return { tape, draw };
}

function emptyTape(capacity: number): ContactTape {
  return {
    count: 0,
    capacity,
    arrival: new Float64Array(capacity),
    queue: new Int32Array(capacity),
    line: new Int32Array(capacity),
    interval: new Int32Array(capacity),
    handleSeconds: new Float64Array(capacity),
    patienceSeconds: new Float64Array(capacity),
    key: new Uint32Array(capacity),
  };
}

function grow(tape: ContactTape, needed: number): void {
  const capacity = Math.ceil(1.5 * needed);
  tape.capacity = capacity;
  tape.arrival = withLength(tape.arrival, capacity, Float64Array);
  tape.queue = withLength(tape.queue, capacity, Int32Array);
  tape.line = withLength(tape.line, capacity, Int32Array);
  tape.interval = withLength(tape.interval, capacity, Int32Array);
  tape.handleSeconds = withLength(tape.handleSeconds, capacity, Float64Array);
  tape.patienceSeconds = withLength(tape.patienceSeconds, capacity, Float64Array);
  tape.key = withLength(tape.key, capacity, Uint32Array);
}

function withLength<A extends Float64Array | Int32Array | Uint32Array>(
  values: A,
  length: number,
  create: new (length: number) => A,
): A {
  const longer = new create(length);
  longer.set(values as never);
  return longer;
}
