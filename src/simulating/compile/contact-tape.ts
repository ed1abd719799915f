import { countQuantile } from "../../numerics/count-distribution.ts";
import { createSampler, type Distribution, quantile } from "../../numerics/distribution.ts";
import { unitExponential } from "../../numerics/exponential.ts";
import { nextUint32, randomStream, streamState, uniformOf } from "../../numerics/random.ts";
import type { ContactLog, SimulationProblem } from "./problem.ts";

/**
 * Every contact of one replication, drawn before the first event, in order of arrival.
 *
 * A queue's interval has chance of its own, 128 bits for the number and the places of its contacts and 128 bits for
 * what they are like.
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
  /** Line of a queue in which the customer with this key waits. */
  readonly lineOf: (queue: number, key: number) => number;
}

/** A tape for one problem, and what fills it with the contacts of a replication. */
export function createContactTape(problem: SimulationProblem): {
  readonly tape: ContactTape;
  readonly draw: (replication: number) => void;
} {
  const { queues, intervalSeconds, dayOffsets } = problem;
  const expected = queues.reduce((sum, queue) => sum + queue.offered.reduce((a, b) => a + b, 0), 0);
  // Room for all but a day in ten thousand, where days are fuller than expected.
  const spread = Math.sqrt(Math.max(0, ...queues.map((queue) => queue.dayFactorVariance)));
  const tape = emptyTape(Math.ceil(expected * (1 + 4 * spread) + 8 * Math.sqrt(expected) + 64), lineOf);
  const handle = queues.map(({ handleTime }) =>
    handleTime.kind === "exponential" && handleTime.mean === 1 ? null : createSampler(handleTime),
  );
  const patience = queues.map((queue) =>
    queue.patience === null ? null : patienceSampler(queue.patience, queue.balking),
  );
  const logOffsets = queues.map(({ log }) => (log === undefined ? null : intervalOffsets(problem, log)));
  const lineOffset: number[] = [];
  let lines = 0;
  for (const queue of queues) {
    lineOffset.push(lines);
    lines += queue.classes.length;
  }
  // Chance of one queue's interval: where in it contacts arrive, and what they are like.
  const placeChance = new Int32Array(4);
  const traitChance = new Int32Array(4);
  const arrivals = new Int32Array(queues.length);
  const traitStates = queues.map(() => new Int32Array(4));
  // One interval's contacts, queue after queue, before they are put in order.
  let places = new Float64Array(0);
  let order = new Int32Array(0);
  let ranks = new Int32Array(0);
  let buckets = new Int32Array(1);

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
    let count = 0;
    for (let q = 0; q < queues.length; q++) {
      const state = states[q];
      for (let word = 0; word < 4; word++) placeChance[word] = nextUint32(state);
      for (let word = 0; word < 4; word++) traitStates[q][word] = nextUint32(state);
      const logged = logOffsets[q];
      if (logged !== null) {
        arrivals[q] = logged[interval + 1] - logged[interval];
        if (count + arrivals[q] > places.length) makeRoom(2 * (count + arrivals[q]));
        const { arrivalSeconds } = queues[q].log as ContactLog;
        for (let k = logged[interval]; k < logged[interval + 1]; k++) {
          places[count++] = arrivalSeconds[k] / intervalSeconds - interval;
        }
        continue;
      }
      const mean = queues[q].offered[interval] * dayFactors[q];
      const dispersion = queues[q].intervalFactorVariance?.[interval] ?? 0;
      arrivals[q] = mean === 0 ? 0 : countQuantile(mean, dispersion, uniformOf(nextUint32(placeChance)));
      const end = count + arrivals[q];
      if (end > places.length) makeRoom(2 * end);
      const carried = queues[q].carriedOver?.[interval] ?? 0;
      for (; count < end; count++) {
        const place = uniformOf(nextUint32(placeChance));
        places[count] = place < carried ? 0 : (place - carried) / (1 - carried);
      }
    }
    if (count === 0) return;
    const first = tape.count;
    if (first + count > tape.capacity) grow(tape, first + count);
    rankPlaces(count);
    for (let at = 0; at < count; at++) {
      tape.arrival[first + at] = (interval + places[order[at]]) * intervalSeconds;
    }
    for (let q = 0, k = 0; q < queues.length; q++) {
      drawTraits(q, interval, first, k, k + arrivals[q]);
      k += arrivals[q];
    }
    tape.count = first + count;
  }

  /** Draws what the contacts `from` to `end` of an interval are like, each into its place in the order of arrival. */
  function drawTraits(q: number, interval: number, first: number, from: number, end: number): void {
    const queue = queues[q];
    const aht = queue.ahtSeconds[interval];
    const { classes, log } = queue;
    const firstLogged = logOffsets[q]?.[interval] ?? 0;
    const sampleHandle = handle[q];
    const samplePatience = patience[q];
    const meanPatience =
      queue.patience?.kind === "exponential" && queue.balking === 0 ? queue.patience.mean : 0;
    traitChance.set(traitStates[q]);
    for (let k = from; k < end; k++) {
      const handleWord = nextUint32(traitChance);
      const patienceWord = nextUint32(traitChance);
      const key = nextUint32(traitChance);
      const contact = first + ranks[k];
      tape.queue[contact] = q;
      tape.interval[contact] = interval;
      tape.handleSeconds[contact] =
        aht *
        (sampleHandle === null ? unitExponential(~handleWord >>> 0) : sampleHandle(uniformOf(handleWord)));
      tape.patienceSeconds[contact] =
        meanPatience > 0
          ? meanPatience * unitExponential(~patienceWord >>> 0)
          : samplePatience === null
            ? Number.POSITIVE_INFINITY
            : samplePatience(uniformOf(patienceWord));
      tape.key[contact] = key;
      let line = lineOffset[q];
      if (log !== undefined) {
        const logged = firstLogged + k - from;
        line += log.classIndex[logged];
        const seconds = log.handleSeconds[logged];
        if (!Number.isNaN(seconds)) tape.handleSeconds[contact] = seconds;
      } else if (classes.length > 1) {
        line = lineOf(q, key);
      }
      tape.line[contact] = line;
    }
  }

  /** By the customer's class, which is drawn from the key: the same customer is as dear to every queue. */
  function lineOf(q: number, key: number): number {
    const { classes } = queues[q];
    let line = lineOffset[q];
    let rest = (key & 0xffff) / 65536;
    for (let k = 0; k + 1 < classes.length && rest >= classes[k].share; k++) {
      rest -= classes[k].share;
      line++;
    }
    return line;
  }

  /** `order[rank]` and `ranks[k]` of an interval's places: one bucket per contact, then insertion. */
  function rankPlaces(count: number): void {
    buckets.fill(0, 0, count + 1);
    for (let k = 0; k < count; k++) buckets[((places[k] * count) | 0) + 1]++;
    for (let k = 0; k < count; k++) buckets[k + 1] += buckets[k];
    for (let k = 0; k < count; k++) order[buckets[(places[k] * count) | 0]++] = k;
    ranks[order[0]] = 0;
    for (let k = 1; k < count; k++) {
      const moved = order[k];
      const place = places[moved];
      let at = k;
      while (at > 0 && places[order[at - 1]] > place) {
        order[at] = order[at - 1];
        ranks[order[at]] = at;
        at--;
      }
      order[at] = moved;
      ranks[moved] = at;
    }
  }

  function makeRoom(size: number): void {
    places = withLength(places, size, Float64Array);
    order = new Int32Array(size);
    ranks = new Int32Array(size);
    buckets = new Int32Array(size + 1);
  }

  return { tape, draw };
}

/** Per interval, the first of a log's contacts in it or after it. */
function intervalOffsets(problem: SimulationProblem, log: ContactLog): Int32Array {
  const offsets = new Int32Array(problem.intervalCount + 1);
  let contact = 0;
  for (let interval = 0; interval <= problem.intervalCount; interval++) {
    const start = interval * problem.intervalSeconds;
    while (contact < log.arrivalSeconds.length && log.arrivalSeconds[contact] < start) contact++;
    offsets[interval] = contact;
  }
  return offsets;
}

/** Patience of those who wait at all; a share `balking` has none. */
function patienceSampler(patience: Distribution, balking: number): (uniform: number) => number {
  const sample = createSampler(patience);
  if (balking === 0) return sample;
  return (uniform) => (uniform < balking ? 0 : sample((uniform - balking) / (1 - balking)));
}

function emptyTape(capacity: number, lineOf: ContactTape["lineOf"]): ContactTape {
  return {
    lineOf,
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
