import type { QueueProblem, SimulationProblem } from "../compile/problem.ts";
import type { ContactTape } from "./contact-tape.ts";
import { customerLines } from "./customer-lines.ts";

/** The contacts of a queue's log, interval by interval, in place of drawn ones. */
export interface LoggedContacts {
  /** How many came in the interval. */
  count(interval: number): number;
  /** Writes where in the interval each came, 0 start to 1 end. */
  readPlaces(interval: number, places: Float64Array): void;
  /** Writes what the log knows of them over what was drawn; `numbers` are theirs on the tape. */
  readTraits(interval: number, tape: ContactTape, numbers: Int32Array): void;
}

/** null: the queue's contacts are drawn. */
export function loggedContacts(problem: SimulationProblem, queue: QueueProblem): LoggedContacts | null {
  const { queues, intervalCount, intervalSeconds } = problem;
  const { log } = queue;
  if (log === undefined) return null;
  const firstLine = customerLines(queues).firstLine[queues.indexOf(queue)];
  const { arrivalSeconds, handleSeconds, classIndex } = log;
  /** Per interval, the first contact in it or after it. */
  const offsets = new Int32Array(intervalCount + 1);
  let contact = 0;
  for (let interval = 0; interval <= intervalCount; interval++) {
    while (contact < arrivalSeconds.length && arrivalSeconds[contact] < interval * intervalSeconds) contact++;
    offsets[interval] = contact;
  }
  return {
    count: (interval) => offsets[interval + 1] - offsets[interval],
    readPlaces(interval, places) {
      for (let k = 0; k < places.length; k++) {
        places[k] = arrivalSeconds[offsets[interval] + k] / intervalSeconds - interval;
      }
    },
    readTraits(interval, tape, numbers) {
      for (let k = 0; k < numbers.length; k++) {
        const logged = offsets[interval] + k;
        tape.line[numbers[k]] = firstLine + classIndex[logged];
        tape.handleSeconds[numbers[k]] = handleSeconds[logged] ?? tape.handleSeconds[numbers[k]];
      }
    },
  };
}
