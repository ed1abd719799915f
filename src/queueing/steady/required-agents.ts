import { exp } from "../../numerics/elementary.ts";
import { checkLoad, type QueueLoad, type QueueService, steadyQueue } from "./steady-queue.ts";

/** Promises that must hold at once; null: not asked for. The threshold stands in the `QueueLoad`. */
export interface ServiceTargets {
  /** Least service level, 0–1, by `serviceLevelRule`. */
  readonly serviceLevel: number | null;
  readonly serviceLevelRule: "offered" | "answered" | "shortAbandonsExcluded";
  readonly maxAsaSeconds: number | null;
  /** 0–1 of offered. */
  readonly maxAbandonment: number | null;
  /** Above 0, at most 1. */
  readonly maxOccupancy: number | null;
}

/** The service level that a rule names. */
export function serviceLevelBy(rule: ServiceTargets["serviceLevelRule"], service: QueueService): number {
  if (rule === "offered") return service.serviceLevelOffered;
  if (rule === "answered") return service.serviceLevelAnswered;
  return service.serviceLevelShortAbandonsExcluded;
}

/** How far the worst promise is from being kept: 0 or more when all hold. Rises with the number of agents. */
export function targetSlack(targets: ServiceTargets, service: QueueService): number {
  let slack = Infinity;
  if (targets.serviceLevel !== null) {
    slack = Math.min(slack, serviceLevelBy(targets.serviceLevelRule, service) - targets.serviceLevel);
  }
  if (targets.maxAsaSeconds !== null) {
    // On a scale that stays finite when the queue grows for ever.
    const asa = service.asaSeconds;
    slack = Math.min(slack, 1 / (1 + asa / targets.maxAsaSeconds) - 0.5);
  }
  if (targets.maxAbandonment !== null)
    slack = Math.min(slack, targets.maxAbandonment - service.abandonmentRate);
  if (targets.maxOccupancy !== null) slack = Math.min(slack, targets.maxOccupancy - service.occupancy);
  return slack;
}

/** True when no number of agents can keep a promise: everyone in time, or no abandonment from a queue that can be left. */
export function targetsOutOfReach(load: QueueLoad, targets: ServiceTargets): boolean {
  if (load.arrivalsPerSecond * load.ahtSeconds === 0) return false;
  return (
    (targets.serviceLevel !== null && targets.serviceLevel >= 1) ||
    (targets.maxAbandonment === 0 && load.patienceSeconds !== null) ||
    targets.maxAsaSeconds === 0 ||
    targets.maxOccupancy === 0
  );
}

/**
 * Fewest agents that keep every promise, in the steady state; null when no number does.
 *
 * @param step 1 for whole agents; 0 for the real number at which the promises just hold (to 1e-9 relative, from above)
 * @param near a guess, for instance the answer for the interval before; without one the search starts at the load
 * thinned by what abandons before the threshold, plus a normal quantile of its square root
 * @example requiredAgents({arrivalsPerSecond: 100 / 1800, ahtSeconds: 180, patienceSeconds: null, answerWithinSeconds: 20},
 *   {serviceLevel: 0.8, serviceLevelRule: "offered", maxAsaSeconds: null, maxAbandonment: null, maxOccupancy: null}, 1) // 14
 */
export function requiredAgents(
  load: QueueLoad,
  targets: ServiceTargets,
  step: 0 | 1,
  near?: number,
): number | null {
  checkLoad(load);
  const offeredLoad = load.arrivalsPerSecond * load.ahtSeconds;
  if (offeredLoad === 0) return 0;
  if (targetsOutOfReach(load, targets)) return null;
  return leastAgents(
    (agents) => {
      const service = steadyQueue(load, agents);
      const slack = targetSlack(targets, service);
      // A queue that grows without end keeps no goal, not even "occupancy at most 100 %".
      return service.meanWaiting === Infinity ? Math.min(slack, -0.5) : slack;
    },
    near ?? likelyAgents(load, targets),
    Math.sqrt(offeredLoad),
    step,
  );
}

/** Where the answer is likely to be: fluid limit plus a square-root margin. Only the speed depends on it. */
export function likelyAgents(load: QueueLoad, targets: ServiceTargets): number {
  const offeredLoad = load.arrivalsPerSecond * load.ahtSeconds;
  const { patienceSeconds, answerWithinSeconds } = load;
  const margin = targets.serviceLevel === null ? 0 : (targets.serviceLevel - 0.5) * Math.sqrt(offeredLoad);
  let likely =
    patienceSeconds === null || targets.maxAsaSeconds !== null
      ? offeredLoad
      : offeredLoad * exp(-answerWithinSeconds / patienceSeconds);
  if (patienceSeconds !== null && targets.maxAbandonment !== null) {
    likely = Math.max(likely, offeredLoad * (1 - targets.maxAbandonment));
  }
  if (targets.maxOccupancy !== null && patienceSeconds === null)
    likely = Math.max(likely, offeredLoad / targets.maxOccupancy - margin);
  return likely + margin;
}

/**
 * Least x > 0 with slack(x) ≥ 0, slack rising: a bracket grown from `near` by `stride`, then the Illinois rule
 * (false position that halves the weight of an end which stays). `step` as in `requiredAgents`; a real answer is
 * found to `precision`, relative above 1.
 */
export function leastAgents(
  slack: (agents: number) => number,
  near: number,
  stride: number,
  step: 0 | 1,
  precision = 1e-9,
): number {
  const grid = step === 1 ? Math.ceil : (value: number) => value;
  const least = step === 1 ? 0 : 1e-9;
  let width = Math.max(step === 1 ? 1 : 1e-3, stride * 0.25);
  let x = Math.max(step === 1 ? 1 : 1e-6, grid(near));
  let low = least;
  let lowSlack = -1;
  let high = x;
  let highSlack = slack(x);
  if (highSlack >= 0) {
    while (true) {
      x = grid(high - width);
      if (x <= least) break;
      const value = slack(x);
      if (value < 0) {
        low = x;
        lowSlack = value;
        break;
      }
      high = x;
      highSlack = value;
      width *= 2;
    }
  } else {
    low = x;
    lowSlack = highSlack;
    while (true) {
      x = grid(low + width);
      highSlack = slack(x);
      high = x;
      if (highSlack >= 0) break;
      if (x > 1e9) throw new RangeError("no number of agents keeps these targets");
      low = x;
      lowSlack = highSlack;
      width *= 2;
    }
  }
  const tolerance = step === 1 ? 1 : precision;
  let lowWeight = lowSlack;
  let highWeight = highSlack;
  for (let pass = 0; high - low > tolerance * (step === 1 ? 1 : Math.max(1, high)); pass++) {
    const share = pass % 8 === 7 || highWeight === lowWeight ? 0.5 : -lowWeight / (highWeight - lowWeight);
    let next = grid(low + share * (high - low));
    if (step === 1) next = Math.min(high - 1, Math.max(low + 1, next));
    else {
      const edge = 0.5 * tolerance * Math.max(1, high);
      next = Math.min(high - edge, Math.max(low + edge, next));
    }
    const value = slack(next);
    if (value >= 0) {
      high = next;
      highWeight = value;
      lowWeight *= 0.5;
      highSlack = value;
    } else {
      low = next;
      lowWeight = value;
      highWeight *= 0.5;
    }
  }
  return high;
}

/**
 * Most contacts per second that `agents` serve within every promise; null when they keep them with none at all.
 * The load's own rate only says where the search starts.
 */
export function largestArrivalRate(load: QueueLoad, targets: ServiceTargets, agents: number): number | null {
  return largestHolding(
    (arrivalsPerSecond) => targetSlack(targets, steadyQueue({ ...load, arrivalsPerSecond }, agents)) >= 0,
    agents / Math.max(load.ahtSeconds, 1e-9),
  );
}

/** Longest mean handle time, seconds, at which `agents` keep every promise; null when they keep none. */
export function longestAht(load: QueueLoad, targets: ServiceTargets, agents: number): number | null {
  return largestHolding(
    (ahtSeconds) => targetSlack(targets, steadyQueue({ ...load, ahtSeconds }, agents)) >= 0,
    agents / Math.max(load.arrivalsPerSecond, 1e-9),
  );
}

/** Largest x ≥ 0 that holds, to 1e-9 relative, where what holds at x holds below; null when nothing above 0 does. */
function largestHolding(holds: (x: number) => boolean, start: number): number | null {
  let high = start;
  for (let doublings = 0; holds(high); doublings++) {
    if (doublings > 40) return null;
    high *= 2;
  }
  let low = 0;
  while (high - low > 1e-9 * high && high > start * 1e-9) {
    const middle = (low + high) / 2;
    if (holds(middle)) low = middle;
    else high = middle;
  }
  return low > 0 ? low : null;
}
