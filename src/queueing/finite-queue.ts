import { bisect } from "../numerics/bisect.ts";
import { exp, expm1, log } from "../numerics/elementary.ts";
import { checkLoad, type QueueLoad } from "./steady/steady-queue.ts";

/** Steady state of a queue with room for so many contacts only; waits and abandonment are of those admitted or of all, as said. */
export interface FiniteQueueService {
  /** Share of offered contacts turned away because every trunk is taken. */
  readonly blockedShare: number;
  /** Share of admitted contacts that find no agent free. */
  readonly waitProbability: number;
  /** Answered within the threshold ÷ admitted, and ÷ offered (blocked contacts counted against it). */
  readonly serviceLevelAdmitted: number;
  readonly serviceLevelOffered: number;
  /** Abandoned ÷ admitted. */
  readonly abandonmentRate: number;
  /** Mean wait of admitted contacts, seconds, and mean number waiting. */
  readonly meanWaitSeconds: number;
  readonly meanWaiting: number;
  readonly meanInSystem: number;
  readonly occupancy: number;
}

/**
 * Erlang A or C with `trunks` contacts at most in the system, waiting ones included: M/M/s/K+M.
 * A contact that finds every trunk taken is lost; whether it comes back is for `withRedials`.
 * Sums over states from the most likely one outwards, so that nothing leaves the range.
 * @param agents whole, at most `trunks`
 * @param trunks whole
 *
 * Throws RangeError for a load that is no queue (`checkLoad`), and for numbers of agents or trunks that are not so.
 * Source: Garnett, Mandelbaum and Reiman, Designing a Call Center with Impatient Customers (2002).
 *
 * @example
 * finiteQueue({ arrivalsPerSecond: 8 / 180, ahtSeconds: 180, patienceSeconds: null, answerWithinSeconds: 20 },
 *   10, 10).blockedShare // 0.1217, as Erlang B has it: no trunk to wait on
 */
export function finiteQueue(load: QueueLoad, agents: number, trunks: number): FiniteQueueService {
  checkLoad(load);
  if (!Number.isInteger(agents) || !Number.isInteger(trunks) || agents < 0 || trunks < agents) {
    throw new RangeError(`agents and trunks must be whole, agents ≤ trunks, got ${agents}, ${trunks}`);
  }
  const { arrivalsPerSecond, ahtSeconds, answerWithinSeconds } = load;
  const leave = load.patienceSeconds === null ? 0 : 1 / load.patienceSeconds;
  if (arrivalsPerSecond * ahtSeconds === 0) {
    return {
      blockedShare: 0,
      waitProbability: 0,
      serviceLevelAdmitted: 1,
      serviceLevelOffered: 1,
      abandonmentRate: 0,
      meanWaitSeconds: 0,
      meanWaiting: 0,
      meanInSystem: 0,
      occupancy: 0,
    };
  }
  const serve = 1 / ahtSeconds;
  const outflow = (n: number) => Math.min(n, agents) * serve + Math.max(0, n - agents) * leave;
  const weight = new Float64Array(trunks + 1);
  let top = 0;
  while (top < trunks && outflow(top + 1) < arrivalsPerSecond) top++;
  weight[top] = 1;
  for (let n = top; n < trunks; n++) weight[n + 1] = weight[n] * (arrivalsPerSecond / outflow(n + 1));
  for (let n = top; n > 0; n--) weight[n - 1] = weight[n] * (outflow(n) / arrivalsPerSecond);
  const sum = weight.reduce((total, value) => total + value, 0);
  const served = answeredInTime(agents * serve, leave, answerWithinSeconds, trunks - agents);
  let admitted = 0;
  let waits = 0;
  let inTime = 0;
  let waiting = 0;
  let busy = 0;
  let present = 0;
  for (let n = 0; n <= trunks; n++) {
    const share = weight[n] / sum;
    waiting += share * Math.max(0, n - agents);
    busy += share * Math.min(n, agents);
    present += share * n;
    if (n === trunks) continue;
    admitted += share;
    if (n >= agents) waits += share;
    inTime += share * (n < agents ? 1 : served[n - agents]);
  }
  const admittedRate = arrivalsPerSecond * admitted;
  return {
    blockedShare: weight[trunks] / sum,
    waitProbability: admitted > 0 ? Math.min(1, waits / admitted) : 0,
    serviceLevelAdmitted: admitted > 0 ? Math.min(1, inTime / admitted) : 0,
    serviceLevelOffered: Math.min(1, inTime),
    abandonmentRate: admitted > 0 ? Math.min(1, (waiting * leave) / admittedRate) : 0,
    meanWaitSeconds: admitted > 0 ? waiting / admittedRate : 0,
    meanWaiting: waiting,
    meanInSystem: present,
    occupancy: agents === 0 ? 0 : Math.min(1, busy / agents),
  };
}

/** Chance of an answer within `seconds` for one with 0, 1, … `last − 1` ahead; see `fillWeights` of the transient queue. */
function answeredInTime(serveRate: number, leave: number, seconds: number, last: number): Float64Array {
  const served = new Float64Array(Math.max(0, last));
  if (serveRate === 0) return served;
  if (leave === 0) {
    let logTerm = -serveRate * seconds;
    let beyond = 0;
    for (let j = 0; j < last; j++) {
      beyond += exp(logTerm);
      logTerm += log((serveRate * seconds) / (j + 1));
      served[j] = Math.max(0, 1 - beyond);
    }
    return served;
  }
  const c = serveRate / leave;
  const logX = log(-expm1(-leave * seconds));
  let logTerm = -(c + 1) * leave * seconds;
  let beyond = 0;
  for (let j = 0; j < last; j++) {
    beyond += exp(logTerm);
    logTerm += logX + log((c + 1 + j) / (j + 1));
    served[j] = (c / (c + j + 1)) * Math.max(0, 1 - beyond);
  }
  return served;
}

/** Of those who were not served, who tries again. */
export interface RedialHabit {
  /** Share of blocked and of abandoning contacts that redial, 0–1, below 1 in sum of what is lost. */
  readonly afterBlocked: number;
  readonly afterAbandoned: number;
}

export interface RedialService extends FiniteQueueService {
  /** Attempts per second, first tries and redials, that the queue sees. */
  readonly attemptsPerSecond: number;
  /** Attempts ÷ first tries. */
  readonly attemptsPerContact: number;
  /** First tries that are answered in the end ÷ first tries. */
  readonly answeredInTheEnd: number;
}

/**
 * The same queue when some of those blocked or abandoning redial. Assumption: redials come long after, so that
 * together with first tries they are one Poisson stream; its rate is the fixed point
 * attempts = first tries + redials(attempts), which exists and is unique because losses grow with attempts while
 * each is repeated less than surely. With everyone redialling and too few agents there is none: then null.
 */
export function withRedials(
  load: QueueLoad,
  agents: number,
  trunks: number,
  habit: RedialHabit,
): RedialService | null {
  const first = load.arrivalsPerSecond;
  const again = (attempts: number) => {
    const service = finiteQueue({ ...load, arrivalsPerSecond: attempts }, agents, trunks);
    const abandoned = (1 - service.blockedShare) * service.abandonmentRate;
    return {
      service,
      redials: attempts * (service.blockedShare * habit.afterBlocked + abandoned * habit.afterAbandoned),
    };
  };
  // attempts − redials(attempts) rises; it must reach the rate of first tries.
  let low = first;
  let high = first;
  while (high - again(high).redials < first) {
    high = high * 2 + 1e-9;
    if (high > 1e6 * Math.max(first, 1e-9)) return null;
  }
  const isBelow = (attempts: number) => attempts - again(attempts).redials < first;
  [low, high] = bisect(isBelow, low, high, { relative: 1e-13, steps: 200 });
  const attempts = (low + high) / 2;
  const { service } = again(attempts);
  const answered = attempts * (1 - service.blockedShare) * (1 - service.abandonmentRate);
  return {
    ...service,
    attemptsPerSecond: attempts,
    attemptsPerContact: first > 0 ? attempts / first : 1,
    answeredInTheEnd: first > 0 ? answered / first : 1,
  };
}
