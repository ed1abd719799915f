import type { SimulationProblem } from "../compile/problem.ts";
import { groupCount, groupCounts, queueCount, queueCounts, type Tally } from "../measure/tally.ts";
import { createWaitBinner, waitBins } from "../measure/wait-bins.ts";
import { contactState, counted } from "./contacts.ts";
import { createDueTimes } from "./due-times.ts";
import type { Floor } from "./floor.ts";
import { clockAt } from "./gauge.ts";

/** Is told what happens on the floor as it happens. */
export interface Recorder {
  /** What happens from now on goes to this tally. */
  start(tally: Tally): void;
  cameOnQueue(agent: number): void;
  leftQueue(agent: number): void;
  /** Work has ended, but not the contact in hand: it is finished first, until the agent leaves or comes on queue again. */
  finishes(agent: number, isFinishing: boolean): void;
  arrived(contact: number): void;
  /** @param what `queueCount.redialled` or `queueCount.transferred`; the contact arrives at once */
  cameAgain(contact: number, what: number): void;
  blocked(contact: number): void;
  abandoned(contact: number): void;
  acceptedCallback(contact: number): void;
  /** Service begins: an answer, the callback of one who accepted it, or work that goes on where it was broken off. */
  served(contact: number, agent: number): void;
  ended(contact: number): void;
  /** The interval ends now, and the next begins. */
  closeInterval(interval: number): void;
}

/** Counts into the tally, by queue and interval of arrival. */
export function createRecorder(floor: Floor): Recorder {
  const { problem, clock, agents, contacts, dayLevels } = floor;
  const { queues, groups, intervalCount, intervalSeconds } = problem;
  const { queue: queueOf, interval: intervalOf, counted: countedAs, enqueuedAt, state } = contacts;
  const { gauge } = floor;
  const { waitingFrom, serviceFrom, callbackFrom, onQueueFrom, handlingFrom } = gauge;
  const { callbacks: countsCallbacks, deadlines: hasDeadlines, dayLevels: ranksByLevel } = floor.uses;
  const { group: groupOf } = agents;
  const { now } = clockAt;
  const { awaitingCallback } = contactState;
  const { nothing, answer, callback } = counted;
  const { answered, waitAnswered, answeredInTime } = queueCount;
  const queueTotal = queues.length;
  const groupTotal = groups.length;
  const answerWithin = Float64Array.from(queues, (queue) => queue.answerWithinSeconds);
  const promise = callbackPromises(problem);
  const hasDeadline = Uint8Array.from(queues, (queue) => Number(queue.doneWithinSeconds !== undefined));
  const { doneInTime } = createDueTimes(problem);
  const dayOf = daysOfIntervals(problem);
  const { seconds: waitSeconds, bin: waitBin } = createWaitBinner();
  let counts: Float64Array = new Float64Array(0);
  let groupTimes: Float64Array = new Float64Array(0);
  let waits: Float64Array = new Float64Array(0);

  function start(tally: Tally): void {
    counts = tally.queues;
    groupTimes = tally.groups;
    waits = tally.waits;
  }

  function cameOnQueue(agent: number): void {
    gauge.up(onQueueFrom + groupOf[agent]);
  }

  function leftQueue(agent: number): void {
    gauge.down(onQueueFrom + groupOf[agent]);
  }

  /** First of the counts of the queue and interval at which the contact came. */
  function cellOf(contact: number): number {
    return (intervalOf[contact] * queueTotal + queueOf[contact]) * queueCounts;
  }

  function arrived(contact: number): void {
    counts[cellOf(contact) + queueCount.offered]++;
  }

  function cameAgain(contact: number, what: number): void {
    counts[cellOf(contact) + what]++;
  }

  function blocked(contact: number): void {
    counts[cellOf(contact) + queueCount.blocked]++;
    if (ranksByLevel) dayLevels.count(queueOf[contact], false);
  }

  function abandoned(contact: number): void {
    const q = queueOf[contact];
    const cell = cellOf(contact);
    const waited = clock[now] - enqueuedAt[contact];
    counts[cell + queueCount.abandoned]++;
    counts[cell + queueCount.waitAbandoned] += waited;
    if (waited <= answerWithin[q]) counts[cell + queueCount.abandonedShort]++;
    if (ranksByLevel) dayLevels.count(q, false);
  }

  function acceptedCallback(contact: number): void {
    countedAs[contact] = callback;
    counts[cellOf(contact) + queueCount.callbackTaken]++;
  }

  function served(contact: number): void {
    if (countedAs[contact] === nothing) countAnswer(contact);
    else if (countsCallbacks && state[contact] === awaitingCallback) countCallback(contact);
  }

  function countAnswer(contact: number): void {
    const q = queueOf[contact];
    countedAs[contact] = answer;
    const cell = cellOf(contact);
    const waited = clock[now] - enqueuedAt[contact];
    counts[cell + answered]++;
    counts[cell + waitAnswered] += waited;
    waitSeconds[0] = waited;
    waits[(dayOf[intervalOf[contact]] * queueTotal + q) * waitBins + waitBin()]++;
    // With a deadline it is known only when the work is done.
    if (hasDeadline[q] === 0) countLevel(cell, q, waited <= answerWithin[q]);
  }

  function countCallback(contact: number): void {
    const cell = cellOf(contact);
    const waited = clock[now] - enqueuedAt[contact];
    counts[cell + queueCount.calledBack]++;
    counts[cell + queueCount.waitCalledBack] += waited;
    countLevel(cell, queueOf[contact], waited <= promise[queueOf[contact]] + 1e-6);
  }

  function countLevel(cell: number, q: number, inTime: boolean): void {
    if (inTime) counts[cell + answeredInTime]++;
    if (ranksByLevel) dayLevels.count(q, inTime);
  }

  function ended(contact: number): void {
    const q = queueOf[contact];
    if (!hasDeadlines || countedAs[contact] !== answer || hasDeadline[q] === 0) return;
    countLevel(cellOf(contact), q, doneInTime(q, enqueuedAt[contact], clock[now]));
  }

  function closeInterval(interval: number): void {
    for (let q = 0; q < queueTotal; q++) {
      const cell = (interval * queueTotal + q) * queueCounts;
      counts[cell + queueCount.waitingTime] = gauge.close(waitingFrom + q, intervalSeconds);
      counts[cell + queueCount.serviceTime] = gauge.close(serviceFrom + q, intervalSeconds);
      if (countsCallbacks)
        counts[cell + queueCount.callbackTime] = gauge.close(callbackFrom + q, intervalSeconds);
    }
    for (let g = 0; g < groupTotal; g++) {
      const cell = (interval * groupTotal + g) * groupCounts;
      groupTimes[cell + groupCount.onQueueTime] = gauge.close(onQueueFrom + g, intervalSeconds);
      groupTimes[cell + groupCount.handlingTime] = gauge.close(handlingFrom + g, intervalSeconds);
    }
    if (ranksByLevel && interval + 1 < intervalCount && dayOf[interval + 1] !== dayOf[interval])
      dayLevels.clear();
  }

  return {
    start,
    cameOnQueue,
    leftQueue,
    finishes() {},
    arrived,
    cameAgain,
    blocked,
    abandoned,
    acceptedCallback,
    served,
    ended,
    closeInterval,
  };
}

/** By queue, seconds since a contact came by which its callback is promised; −1: no time is promised. */
function callbackPromises({ queues }: SimulationProblem): Float64Array {
  return Float64Array.from(queues, ({ callback: offer }) =>
    offer?.promiseSeconds === undefined ? -1 : offer.afterSeconds + offer.promiseSeconds,
  );
}

/** Day of each interval; those of the warm-up are in a day of their own after the last. */
function daysOfIntervals({ dayOffsets, intervalCount, warmUpIntervals }: SimulationProblem): Int32Array {
  const dayOf = new Int32Array(intervalCount);
  for (let day = 0; day + 1 < dayOffsets.length; day++) dayOf.fill(day, dayOffsets[day], dayOffsets[day + 1]);
  return dayOf.fill(dayOffsets.length - 1, 0, warmUpIntervals);
}
