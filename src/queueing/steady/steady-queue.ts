import { bisect } from "../../numerics/bisect.ts";
import { exp, expm1, log } from "../../numerics/elementary.ts";
import { digamma, excessOverLog, stirlingRemainder } from "../../numerics/gamma.ts";
import { inverseErlangB } from "./erlang-b.ts";

/**
 * One queue in its steady state: Poisson arrivals, exponential handle times and patience, first come first served.
 * Erlang C without abandonment (`patienceSeconds: null`), Erlang A with it (Palm 1946; Garnett, Mandelbaum & Reiman 2002).
 */
export interface QueueLoad {
  /** Contacts per second, ≥ 0. */
  readonly arrivalsPerSecond: number;
  /** Mean handle time, seconds, ≥ 0. */
  readonly ahtSeconds: number;
  /** Mean time a contact would wait before abandoning; null: nobody abandons. */
  readonly patienceSeconds: number | null;
  /** Threshold of the service level, seconds, ≥ 0. */
  readonly answerWithinSeconds: number;
}

/** What a queue gives its contacts. Shares are 0–1, waits in seconds; Infinity where a queue grows without end. */
export interface QueueService {
  /** Share of contacts that find no agent free. */
  readonly waitProbability: number;
  /** Answered within the threshold ÷ offered. */
  readonly serviceLevelOffered: number;
  /** Answered within the threshold ÷ answered. */
  readonly serviceLevelAnswered: number;
  /** Answered within the threshold ÷ (offered − abandoned within the threshold). */
  readonly serviceLevelShortAbandonsExcluded: number;
  /** Share whose wait, ended by an answer or by abandoning, is at most the threshold. */
  readonly waitWithinProbability: number;
  /** Share that would be answered within the threshold if they never abandoned, others abandoning as they do. */
  readonly virtualWaitWithinProbability: number;
  /** Mean wait of answered contacts. */
  readonly asaSeconds: number;
  /** Mean wait of all contacts. */
  readonly meanWaitSeconds: number;
  /** Mean number waiting. */
  readonly meanWaiting: number;
  /** Abandoned ÷ offered. */
  readonly abandonmentRate: number;
  /** Handling time ÷ (handling + available). */
  readonly occupancy: number;
}

/** Nobody comes, or nobody needs any time: every contact is answered at once. */
export const idleService: QueueService = {
  waitProbability: 0,
  serviceLevelOffered: 1,
  serviceLevelAnswered: 1,
  serviceLevelShortAbandonsExcluded: 1,
  waitWithinProbability: 1,
  virtualWaitWithinProbability: 1,
  asaSeconds: 0,
  meanWaitSeconds: 0,
  meanWaiting: 0,
  abandonmentRate: 0,
  occupancy: 0,
};

/**
 * Service that `agents` (whole or fractional, ≥ 0) give a load.
 * Throws RangeError on negative or non-finite input.
 * @example steadyQueue({arrivalsPerSecond: 100 / 1800, ahtSeconds: 180, patienceSeconds: null, answerWithinSeconds: 20}, 14).serviceLevelOffered // 0.88835
 */
export function steadyQueue(load: QueueLoad, agents: number): QueueService {
  checkLoad(load);
  const { arrivalsPerSecond, ahtSeconds } = load;
  const offeredLoad = arrivalsPerSecond * ahtSeconds;
  if (offeredLoad === 0) return idleService;
  const service = queueWithFullRate(load, agents / ahtSeconds, inverseErlangB(agents, offeredLoad));
  const busy = offeredLoad * (1 - service.abandonmentRate);
  return { ...service, occupancy: agents === 0 ? 0 : Math.min(1, busy / agents) };
}

export function checkLoad(load: QueueLoad): void {
  const { arrivalsPerSecond, ahtSeconds, patienceSeconds, answerWithinSeconds } = load;
  requireFinite("arrivalsPerSecond", arrivalsPerSecond);
  requireFinite("ahtSeconds", ahtSeconds);
  requireFinite("answerWithinSeconds", answerWithinSeconds);
  if (patienceSeconds !== null && !(patienceSeconds > 0))
    throw new RangeError(`patienceSeconds must be positive or null, got ${patienceSeconds}`);
}

function requireFinite(name: string, value: number): void {
  if (!(value >= 0 && value < Infinity)) throw new RangeError(`${name} must be 0 or more, got ${value}`);
}

/**
 * The same for any birth-and-death queue whose agents, once all are taken, finish `fullRate` contacts per second.
 *
 * What lies below enters through one number: `inverseBlocking` = P(up to the first state with no free agent) ÷
 * P(that state). For plain agents that is 1 ÷ Erlang B; chat agents have another. `occupancy` is fullRate's
 * used share; callers that know the agents better replace it.
 */
export function queueWithFullRate(load: QueueLoad, fullRate: number, inverseBlocking: number): QueueService {
  const { patienceSeconds } = load;
  return patienceSeconds === null || patienceSeconds === Infinity
    ? patientQueue(load, fullRate, inverseBlocking)
    : impatientQueue(load, patienceSeconds, fullRate, inverseBlocking);
}

function patientQueue(load: QueueLoad, fullRate: number, inverseBlocking: number): QueueService {
  const { arrivalsPerSecond, answerWithinSeconds } = load;
  const spareRate = fullRate - arrivalsPerSecond;
  if (spareRate <= 0) return overwhelmed;
  const used = arrivalsPerSecond / fullRate;
  const waitProbability = 1 / (used + (1 - used) * inverseBlocking);
  const serviceLevel = 1 - waitProbability * exp(-spareRate * answerWithinSeconds);
  const meanWait = waitProbability / spareRate;
  return {
    waitProbability,
    serviceLevelOffered: serviceLevel,
    serviceLevelAnswered: serviceLevel,
    serviceLevelShortAbandonsExcluded: serviceLevel,
    waitWithinProbability: serviceLevel,
    virtualWaitWithinProbability: serviceLevel,
    asaSeconds: meanWait,
    meanWaitSeconds: meanWait,
    meanWaiting: meanWait * arrivalsPerSecond,
    abandonmentRate: 0,
    occupancy: used,
  };
}

/** Arrivals outrun the agents and nobody gives up: the queue grows for ever. */
const overwhelmed: QueueService = {
  waitProbability: 1,
  serviceLevelOffered: 0,
  serviceLevelAnswered: 0,
  serviceLevelShortAbandonsExcluded: 0,
  waitWithinProbability: 0,
  virtualWaitWithinProbability: 0,
  asaSeconds: Infinity,
  meanWaitSeconds: Infinity,
  meanWaiting: Infinity,
  abandonmentRate: 0,
  occupancy: 1,
};

/** Nobody answers, everybody gives up in the end. */
function unanswered(patienceSeconds: number, load: QueueLoad): QueueService {
  const gaveUpInTime = -expm1(-load.answerWithinSeconds / patienceSeconds);
  return {
    ...overwhelmed,
    waitWithinProbability: gaveUpInTime,
    meanWaitSeconds: patienceSeconds,
    meanWaiting: load.arrivalsPerSecond * patienceSeconds,
    abandonmentRate: 1,
    occupancy: 0,
  };
}

/**
 * With c = fullRate × patience and y = arrivals × patience, state "j waiting" weighs y^j ÷ ((c+1)…(c+j)) against
 * "all taken, none waiting". Every sum below has positive terms only.
 */
function impatientQueue(
  load: QueueLoad,
  patienceSeconds: number,
  fullRate: number,
  inverseBlocking: number,
): QueueService {
  const { arrivalsPerSecond, answerWithinSeconds } = load;
  if (fullRate === 0) return unanswered(patienceSeconds, load);
  const c = fullRate * patienceSeconds;
  const y = arrivalsPerSecond * patienceSeconds;
  const flooded = overflows(c, y);
  let waitProbability: number;
  /** Probability of "all taken, none waiting"; 0 when flooded. */
  let justTaken: number;
  let abandonmentRate: number;
  let asaSeconds: number;
  if (flooded) {
    // The queue is never empty to the precision of a double: waits of the answered are patience · ln(y ÷ G), G ~ Γ(c + 1).
    waitProbability = 1;
    justTaken = 0;
    abandonmentRate = (y - c) / y;
    asaSeconds = patienceSeconds * (log(y / c) + (log(c) - digamma(c + 1)));
  } else {
    let weight = 1;
    let sum = 0;
    let waiting = 0;
    let waitToFront = 1 / (c + 1);
    let waited = c * waitToFront * waitToFront;
    for (let j = 1; ; j++) {
      const ratio = y / (c + j);
      weight *= ratio;
      sum += weight;
      waiting += j * weight;
      const stage = 1 / (c + j + 1);
      waitToFront += stage;
      waited += weight * c * stage * waitToFront;
      if (ratio < 1 && j * weight * ratio <= 1e-17 * waiting * (1 - ratio) * (1 - ratio)) break;
    }
    justTaken = 1 / (inverseBlocking + sum);
    waitProbability = (1 + sum) * justTaken;
    const meanWaiting = waiting * justTaken;
    abandonmentRate = meanWaiting / y;
    asaSeconds = (patienceSeconds * waited * justTaken) / (1 - abandonmentRate);
  }
  const h = answerWithinSeconds / patienceSeconds;
  const late = virtualWaitBeyond(
    c,
    y,
    h,
    arrivalsPerSecond - fullRate,
    answerWithinSeconds,
    waitProbability,
    justTaken,
  );
  const answeredInTime = clampShare(
    1 - waitProbability + (c / y) * (waitProbability - justTaken - late.beyond + late.front),
  );
  const abandonedBeyond = late.beyond * exp(-h);
  const waitWithinProbability = 1 - abandonedBeyond;
  const meanWaitSeconds = abandonmentRate * patienceSeconds;
  return {
    waitProbability,
    serviceLevelOffered: answeredInTime,
    serviceLevelAnswered: Math.min(1, answeredInTime / (1 - abandonmentRate)),
    // Abandoned in time = waits that ended in time, less answered in time.
    serviceLevelShortAbandonsExcluded: Math.min(1, answeredInTime / (answeredInTime + abandonedBeyond)),
    waitWithinProbability,
    virtualWaitWithinProbability: 1 - late.beyond,
    asaSeconds,
    meanWaitSeconds,
    meanWaiting: meanWaitSeconds * arrivalsPerSecond,
    abandonmentRate,
    occupancy: (y * (1 - abandonmentRate)) / c,
  };
}

function clampShare(value: number): number {
  return value < 0 ? 0 : value > 1 ? 1 : value;
}

/** True when Σ y^j ÷ ((c+1)…(c+j)) would leave the range of a double (its logarithm is about y − c − c ln(y/c)). */
function overflows(c: number, y: number): boolean {
  return y > c && c * excessOverLog((y - c) / c) > 650;
}

/** 1 + y/(c+1) + y²/((c+1)(c+2)) + …, y and c positive and not overflowing. */
function risingSum(c: number, y: number): number {
  let weight = 1;
  let sum = 1;
  for (let j = 1; ; j++) {
    const ratio = y / (c + j);
    weight *= ratio;
    sum += weight;
    if (ratio < 1 && weight * ratio <= 1e-17 * sum * (1 - ratio)) return sum;
  }
}

/**
 * P(virtual wait > t) = justTaken · e^(y(1 − e^−h) − ch) · A(c, y e^−h), h = t ÷ patience; `front` is that ÷ A(c, y e^−h).
 * When flooded it is P(c, y e^−h), the regularised incomplete gamma function, by Loader's saddle point form.
 */
function virtualWaitBeyond(
  c: number,
  y: number,
  h: number,
  excessRate: number,
  t: number,
  waitProbability: number,
  justTaken: number,
): { beyond: number; front: number } {
  if (t === 0) return { beyond: waitProbability, front: justTaken };
  const later = y * exp(-h);
  if (overflows(c, later)) return { beyond: waitProbability, front: 0 };
  const sum = risingSum(c, later);
  let front: number;
  if (justTaken === 0) {
    const distance = (later - c) / c;
    front = exp(-c * excessOverLog(distance) - stirlingRemainder(c)) / Math.sqrt(2 * Math.PI * c);
  } else {
    // y(1 − e^−h) − ch, without taking apart two large numbers that are nearly equal.
    const exponent = excessRate * t - y * expExcess(h);
    front = exp(exponent + log(justTaken));
  }
  return { beyond: Math.min(waitProbability, front * sum), front };
}

/** e^−h − 1 + h, without cancellation; h ≥ 0. */
function expExcess(h: number): number {
  if (h > 0.5) return expm1(-h) + h;
  let term = (h * h) / 2;
  let sum = term;
  for (let k = 3; term > 1e-18 * sum; k++) {
    term *= h / k;
    sum += k % 2 === 1 ? -term : term;
  }
  return sum;
}

/**
 * Share of all contacts still waiting, neither answered nor gone, t seconds after they came.
 */
export function waitBeyond(load: QueueLoad, agents: number, seconds: number): number {
  return 1 - steadyQueue({ ...load, answerWithinSeconds: seconds }, agents).waitWithinProbability;
}

/**
 * Wait that `share` (0–1, below 1) of all contacts do not exceed, seconds; 0 when so many do not wait at all,
 * Infinity when the queue grows for ever. Bisection on `waitBeyond` to a millisecond.
 */
export function waitPercentile(load: QueueLoad, agents: number, share: number): number {
  if (!(share >= 0 && share < 1)) throw new RangeError(`share must be 0 or more and below 1, got ${share}`);
  const rest = 1 - share;
  if (waitBeyond(load, agents, 0) <= rest) return 0;
  let high = 1;
  while (waitBeyond(load, agents, high) > rest) {
    high *= 2;
    if (high > 1e9) return Infinity;
  }
  const isBelow = (seconds: number) => waitBeyond(load, agents, seconds) > rest;
  return bisect(isBelow, 0, high, { absolute: 0.001 })[1];
}
