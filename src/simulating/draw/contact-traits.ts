import { createSampler, type Distribution } from "../../numerics/distribution.ts";
import { fillExponential } from "../../numerics/exponential.ts";
import { fillUint32, uniformOf } from "../../numerics/random.ts";
import type { QueueProblem } from "../compile/problem.ts";
import type { ContactTape } from "./contact-tape.ts";
import { customerLines } from "./customer-lines.ts";

/** One for the work, one for the patience, one that is the key. */
const wordsPerContact = 3;

/**
 * Writes what the contacts of one queue and interval are like: work, patience, key and line.
 * @param numbers the contacts' numbers on the tape, in the order in which they are drawn
 * @param chance the state of the stream they are drawn from; it is moved on
 */
export type DrawTraits = (
  tape: ContactTape,
  queue: number,
  interval: number,
  numbers: Int32Array,
  chance: Uint32Array,
) => void;

export function createTraits(queues: readonly QueueProblem[]): DrawTraits {
  const { lineOf } = customerLines(queues);
  const fillHandle = queues.map((queue) => timesOf(queue.handleTime));
  const fillPatience = queues.map(({ patience, balking }) => patienceOf(patience, balking));
  let words = new Uint32Array(0);
  let handle = new Float64Array(0);
  let patience = new Float64Array(0);

  function makeRoom(count: number): void {
    words = new Uint32Array(wordsPerContact * count);
    handle = new Float64Array(count);
    patience = new Float64Array(count);
  }

  return (tape, q, interval, numbers, chance) => {
    const count = numbers.length;
    if (count > handle.length) makeRoom(2 * count);
    fillUint32(chance, words.subarray(0, wordsPerContact * count));
    fillHandle[q](words, 0, count, handle);
    fillPatience[q](words, 1, count, patience);
    const aht = queues[q].ahtSeconds[interval];
    for (let k = 0; k < count; k++) {
      const contact = numbers[k];
      const key = words[wordsPerContact * k + 2];
      tape.queue[contact] = q;
      tape.interval[contact] = interval;
      tape.handleSeconds[contact] = aht * handle[k];
      tape.patienceSeconds[contact] = patience[k];
      tape.key[contact] = key;
      tape.line[contact] = lineOf(q, key);
    }
  };
}

/** Turns one word of chance of each contact, the first, second or third, into a time. */
type FillTimes = (words: Uint32Array, word: number, count: number, times: Float64Array) => void;

function timesOf(distribution: Distribution): FillTimes {
  return distribution.kind === "exponential"
    ? exponentialTimes(distribution.mean)
    : sampledTimes(createSampler(distribution));
}

/** Patience of those who wait at all; a share `balking` has none. */
function patienceOf(patience: Distribution | null, balking: number): FillTimes {
  if (patience === null)
    return (_words, _word, count, times) => times.fill(Number.POSITIVE_INFINITY, 0, count);
  if (balking === 0) return timesOf(patience);
  const sample = createSampler(patience);
  return sampledTimes((uniform) => (uniform < balking ? 0 : sample((uniform - balking) / (1 - balking))));
}

function exponentialTimes(mean: number): FillTimes {
  return (words, word, count, times) => {
    fillExponential(words, word, wordsPerContact, times.subarray(0, count));
    for (let k = 0; k < count; k++) times[k] *= mean;
  };
}

function sampledTimes(sample: (uniform: number) => number): FillTimes {
  return (words, word, count, times) => {
    for (let k = 0; k < count; k++) times[k] = sample(uniformOf(words[wordsPerContact * k + word]));
  };
}
