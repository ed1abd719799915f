import { countQuantile } from "../../numerics/count-distribution.ts";
import { quantile } from "../../numerics/distribution.ts";
import { fillUint32, nextUint32, randomStream, streamState, uniformOf } from "../../numerics/random.ts";
import type { SimulationProblem } from "../compile/problem.ts";
import { type ContactTape, emptyTape, growTape } from "./contact-tape.ts";
import { createTraits } from "./contact-traits.ts";
import { loggedContacts } from "./logged-contacts.ts";
import { createPlaceOrder } from "./place-order.ts";
import { createPresentDraw } from "./present-contacts.ts";

/**
 * A tape for one problem, and what fills it with the contacts of a replication.
 *
 * A queue's interval has chance of its own, 128 bits for the number and the places of its contacts and 128 bits for
 * what they are like. So two plans face the same customers; with 5 % more volume the same ones come at the same times,
 * and a few more.
 */
export function createContactDraw(problem: SimulationProblem): {
  readonly tape: ContactTape;
  readonly draw: (replication: number) => void;
} {
  const { queues, intervalSeconds, dayOffsets, countedIntervals = 0 } = problem;
  const firstInterval = problem.present?.interval ?? 0;
  const tape = emptyTape(expectedCapacity(problem));
  const logs = queues.map((queue) => loggedContacts(problem, queue));
  const inInterval = createPlaceOrder();
  const drawTraits = createTraits(queues);
  const drawPresent = createPresentDraw(problem);
  const placeChance = new Uint32Array(4);
  const traitChance = queues.map(() => new Uint32Array(4));
  let words = new Uint32Array(0);
  /** Contacts of each queue in the interval that is drawn. */
  const arrivals = new Int32Array(queues.length);

  function draw(replication: number): void {
    tape.count = 0;
    drawPresent(tape, replication);
    const states = queues.map((queue) => streamState(problem.seed, ["contacts", queue.id, replication]));
    const dayStreams = queues.map((queue) => randomStream(problem.seed, "dayFactor", queue.id, replication));
    for (let day = 0; day + 1 < dayOffsets.length; day++) {
      const dayFactors = queues.map(({ dayFactorVariance }, q) => {
        const uniform = dayStreams[q].uniform();
        if (dayFactorVariance === 0) return 1;
        return quantile({ kind: "gamma", mean: 1, cv: Math.sqrt(dayFactorVariance) }, uniform);
      });
      for (let interval = dayOffsets[day]; interval < dayOffsets[day + 1]; interval++) {
        const count = drawArrivals(interval, states, dayFactors);
        if (count > 0) writeInOrder(interval, count);
      }
    }
  }

  /** Draws when the contacts of all queues come, queue after queue; returns how many they are. */
  function drawArrivals(
    interval: number,
    states: readonly Uint32Array[],
    dayFactors: readonly number[],
  ): number {
    let count = 0;
    for (let q = 0; q < queues.length; q++) {
      fillUint32(states[q], placeChance);
      fillUint32(states[q], traitChance[q]);
      const mean = queues[q].offered[interval] * dayFactors[q];
      const log = logs[q];
      arrivals[q] = log === null ? drawCount(q, interval, mean) : log.count(interval);
      if (interval < firstInterval) arrivals[q] = 0;
      else if (interval < countedIntervals) arrivals[q] = Math.round(queues[q].offered[interval]);
      inInterval.makeRoom(count + arrivals[q]);
      const places = inInterval.places.subarray(count, count + arrivals[q]);
      if (log === null) drawPlaces(places, queues[q].carriedOver?.[interval] ?? 0);
      else log.readPlaces(interval, places);
      count += arrivals[q];
    }
    return count;
  }

  function drawCount(q: number, interval: number, mean: number): number {
    const dispersion = queues[q].intervalFactorVariance?.[interval] ?? 0;
    return mean === 0 ? 0 : countQuantile(mean, dispersion, uniformOf(nextUint32(placeChance)));
  }

  /** Uniform over the interval, but for the share carried over, which is there at its start. */
  function drawPlaces(places: Float64Array, carriedOver: number): void {
    if (places.length > words.length) words = new Uint32Array(2 * places.length);
    fillUint32(placeChance, words.subarray(0, places.length));
    for (let k = 0; k < places.length; k++) {
      const place = uniformOf(words[k]);
      places[k] = place < carriedOver ? 0 : (place - carriedOver) / (1 - carriedOver);
    }
  }

  function writeInOrder(interval: number, count: number): void {
    inInterval.rank(count);
    const { places, order, ranks } = inInterval;
    const first = tape.count;
    tape.count += count;
    if (tape.count > tape.capacity) growTape(tape, tape.count);
    for (let rank = 0; rank < count; rank++) {
      tape.arrival[first + rank] = (interval + places[order[rank]]) * intervalSeconds;
    }
    let from = 0;
    for (let q = 0; q < queues.length; q++) {
      const numbers = ranks.subarray(from, from + arrivals[q]);
      for (let k = 0; k < numbers.length; k++) numbers[k] += first;
      drawTraits(tape, q, interval, numbers, traitChance[q]);
      logs[q]?.readTraits(interval, tape, numbers);
      from += arrivals[q];
    }
  }

  return { tape, draw };
}

/** Room for all but a day in ten thousand, where days are fuller than expected. */
function expectedCapacity({ queues }: SimulationProblem): number {
  const expected = queues.reduce((sum, queue) => sum + queue.offered.reduce((a, b) => a + b, 0), 0);
  const spread = Math.sqrt(Math.max(0, ...queues.map((queue) => queue.dayFactorVariance)));
  return Math.ceil(expected * (1 + 4 * spread) + 8 * Math.sqrt(expected) + 64);
}
