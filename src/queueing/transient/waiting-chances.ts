import { exp, expm1 } from "../../numerics/elementary.ts";

/** Chances and waits of one who finds all agents taken and j waiting, j = 0, 1, …, if nothing changes. */
export interface WaitingChances {
  /** Served within the threshold. */
  served: Float64Array;
  /** Neither served nor gone at the threshold. */
  stillWaiting: Float64Array;
  /** Served at all, and the wait times that chance. */
  servedEver: Float64Array;
  waitIfServed: Float64Array;
}

export function waitingChances(): WaitingChances {
  const series = () => new Float64Array(64);
  return { served: series(), stillWaiting: series(), servedEver: series(), waitIfServed: series() };
}

/**
 * The first `places` chances, where `rate` contacts are taken on in a second. By rising products, quick enough for every
 * step of a day; `createWeights` (steady/waiting-fates.ts) has the same.
 */
export function fillWaitingChances(
  chances: WaitingChances,
  rate: number,
  patienceSeconds: number | null,
  threshold: number,
  places: number,
): void {
  if (chances.served.length < places) {
    const room = Math.ceil(places * 1.5);
    chances.served = new Float64Array(room);
    chances.stillWaiting = new Float64Array(room);
    chances.servedEver = new Float64Array(room);
    chances.waitIfServed = new Float64Array(room);
  }
  if (rate < 1e-12) fillWithNobody(chances, patienceSeconds, threshold, places);
  else if (patienceSeconds === null) fillPatient(chances, rate, threshold, places);
  else fillImpatient(chances, rate, patienceSeconds, threshold, places);
}

function fillWithNobody(
  chances: WaitingChances,
  patience: number | null,
  threshold: number,
  places: number,
): void {
  chances.served.fill(0, 0, places);
  chances.servedEver.fill(0, 0, places);
  chances.waitIfServed.fill(0, 0, places);
  chances.stillWaiting.fill(patience === null ? 1 : exp(-threshold / patience), 0, places);
}

function fillPatient(chances: WaitingChances, rate: number, threshold: number, places: number): void {
  const { served, stillWaiting, servedEver, waitIfServed } = chances;
  let term = exp(-Math.min(700, rate * threshold));
  let beyond = 0;
  for (let j = 0; j < places; j++) {
    beyond += term;
    term *= (rate * threshold) / (j + 1);
    served[j] = beyond < 1 ? 1 - beyond : 0;
    stillWaiting[j] = beyond < 1 ? beyond : 1;
    servedEver[j] = 1;
    waitIfServed[j] = (j + 1) / rate;
  }
}

function fillImpatient(
  chances: WaitingChances,
  rate: number,
  patience: number,
  threshold: number,
  places: number,
): void {
  const { served, stillWaiting, servedEver, waitIfServed } = chances;
  const c = rate * patience;
  const x = -expm1(-threshold / patience);
  const stays = 1 - x;
  let term = exp(-Math.min(700, rate * threshold));
  let termServed = term * stays;
  let beyond = 0;
  let beyondServed = 0;
  let stages = 0;
  for (let j = 0; j < places; j++) {
    beyond += term;
    beyondServed += termServed;
    term *= (x * (c + j)) / (j + 1);
    termServed *= (x * (c + 1 + j)) / (j + 1);
    stages += 1 / (c + j + 1);
    const ever = c / (c + j + 1);
    servedEver[j] = ever;
    served[j] = beyondServed < 1 ? ever * (1 - beyondServed) : 0;
    stillWaiting[j] = (beyond < 1 ? beyond : 1) * stays;
    waitIfServed[j] = ever * stages * patience;
  }
}
