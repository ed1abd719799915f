import { exp, expm1, log } from "../../numerics/elementary.ts";

/** What becomes of those who find every agent taken, by the number ahead of them. */

/** Chances and waits of one who finds all agents taken and j waiting, if nothing changes; worked out anew only when asked for others. */
export function createWeights() {
  let served = new Float64Array(0);
  let stillWaiting = new Float64Array(0);
  let waitIfServed = new Float64Array(0);
  let servedEver = new Float64Array(0);
  let known = "";
  let knownStates = 0;
  return {
    get served() {
      return served;
    },
    get stillWaiting() {
      return stillWaiting;
    },
    get waitIfServed() {
      return waitIfServed;
    },
    get servedEver() {
      return servedEver;
    },
    fill(agents: number, aht: number, patience: number, threshold: number, states: number): void {
      const key = `${agents}/${aht}`;
      if (key === known && states <= knownStates) return;
      known = key;
      knownStates = Math.ceil(states * 1.25);
      if (served.length < knownStates) {
        served = new Float64Array(knownStates * 2);
        stillWaiting = new Float64Array(knownStates * 2);
        waitIfServed = new Float64Array(knownStates * 2);
        servedEver = new Float64Array(knownStates * 2);
      }
      fillWeights(
        agents / aht,
        patience,
        threshold,
        knownStates,
        served,
        stillWaiting,
        waitIfServed,
        servedEver,
      );
    },
  };
}

/**
 * With c = serveRate × patience and x = 1 − e^(−T/patience): served in time c/(c + j + 1) · I_x(j + 1, c + 1),
 * virtual wait beyond T 1 − I_x(j + 1, c). Both by sums of positive terms; without patience, sums of Poisson terms.
 */
function fillWeights(
  serveRate: number,
  patience: number,
  threshold: number,
  states: number,
  served: Float64Array,
  stillWaiting: Float64Array,
  waitIfServed: Float64Array,
  servedEver: Float64Array,
): void {
  if (serveRate === 0) {
    for (let j = 0; j < states; j++) {
      served[j] = 0;
      servedEver[j] = 0;
      waitIfServed[j] = 0;
      stillWaiting[j] = exp(-threshold / patience);
    }
    return;
  }
  if (patience === Infinity) {
    let logTerm = -serveRate * threshold;
    let beyond = 0;
    for (let j = 0; j < states; j++) {
      beyond += exp(logTerm);
      logTerm += log((serveRate * threshold) / (j + 1));
      served[j] = Math.max(0, 1 - beyond);
      stillWaiting[j] = Math.min(1, beyond);
      servedEver[j] = 1;
      waitIfServed[j] = (j + 1) / serveRate;
    }
    return;
  }
  const c = serveRate * patience;
  const share = threshold / patience;
  const logX = log(-expm1(-share));
  const stays = exp(-share);
  let logTerm = -c * share;
  let logTermServed = -(c + 1) * share;
  let beyond = 0;
  let beyondServed = 0;
  let stages = 0;
  for (let j = 0; j < states; j++) {
    beyond += exp(logTerm);
    beyondServed += exp(logTermServed);
    logTerm += logX + log((c + j) / (j + 1));
    logTermServed += logX + log((c + 1 + j) / (j + 1));
    stages += 1 / (c + j + 1);
    const ever = c / (c + j + 1);
    servedEver[j] = ever;
    served[j] = ever * Math.max(0, 1 - beyondServed);
    stillWaiting[j] = Math.min(1, beyond) * stays;
    waitIfServed[j] = ever * stages * patience;
  }
}
