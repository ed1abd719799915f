import { leastAgents, type ServiceTargets, targetSlack } from "../steady/required-agents.ts";
import {
  createTransientWalk,
  type IntervalOutcome,
  type TransientLoad,
  transientQueue,
} from "./transient-queue.ts";

export interface TransientRequirement {
  /** Whole agents per interval. */
  readonly agents: Int32Array;
  /** What they give; null where closed or without contacts. */
  readonly outcomes: readonly (IntervalOutcome | null)[];
}

/**
 * Fewest agents, interval by interval, with which every interval of the changing queue keeps its targets.
 *
 * Forward: each interval gets the fewest that do, given the queue it inherits. Late arrivals depend on the staffing
 * after them, so the walk is repeated with the staffing it found until it agrees with itself; what still misses is
 * raised one by one, and around those every interval gives an agent back where nothing misses for it.
 *
 * The targets must be in reach (`targetsOutOfReach`).
 * @param atLeast agents that are there in any case, per interval, for instance 1 while open
 * @param near first guess per interval, such as the steady-state requirement
 */
export function leastTransientAgents(
  load: TransientLoad,
  targets: ServiceTargets,
  atLeast: ArrayLike<number>,
  near: ArrayLike<number>,
): TransientRequirement {
  return runByRun(load, atLeast, near, (part, least, guess) => leastForRun(part, targets, least, guess));
}

/** Works out every run of open intervals on its own, since a queue that closes begins again empty; `first` is its place. */
export function runByRun(
  load: TransientLoad,
  atLeast: ArrayLike<number>,
  near: ArrayLike<number>,
  solve: (part: TransientLoad, atLeast: Int32Array, near: Int32Array, first: number) => TransientRequirement,
): TransientRequirement {
  const count = load.arrivalsPerSecond.length;
  const agents = new Int32Array(count);
  const outcomes: (IntervalOutcome | null)[] = new Array(count).fill(null);
  const isOpen = (index: number) => index < count && (load.open === undefined || load.open[index] === 1);
  for (let first = 0; first < count; first++) {
    if (!isOpen(first)) continue;
    let end = first;
    while (isOpen(end)) end++;
    const part: TransientLoad = {
      ...load,
      arrivalsPerSecond: load.arrivalsPerSecond.subarray(first, end),
      ahtSeconds: load.ahtSeconds.subarray(first, end),
      open: undefined,
      start: first === 0 ? load.start : "empty",
    };
    const found = solve(
      part,
      Int32Array.from({ length: end - first }, (_, at) => atLeast[first + at]),
      Int32Array.from({ length: end - first }, (_, at) => Math.ceil(near[first + at] - 1e-9)),
      first,
    );
    agents.set(found.agents, first);
    for (const [at, outcome] of found.outcomes.entries()) outcomes[first + at] = outcome;
    first = end;
  }
  return { agents, outcomes };
}

/** The same for one run of open intervals. */
export function leastForRun(
  load: TransientLoad,
  targets: ServiceTargets,
  atLeast: Int32Array,
  near: Int32Array,
): TransientRequirement {
  const count = atLeast.length;
  let agents = near.map((guess, index) => Math.max(atLeast[index], guess));
  let known: Int32Array | null = null;
  for (let pass = 0; pass < 4; pass++) {
    const found = walkOnce(load, targets, atLeast, agents, known);
    const settled = known !== null && found.every((value, index) => value === agents[index]);
    agents = found;
    known = found;
    if (settled) break;
  }
  let outcomes = transientQueue(load, agents);
  const raised = new Set<number>();
  for (let repair = 0; repair < 200; repair++) {
    const missing = missesOf(outcomes, targets);
    if (missing.length === 0) break;
    // The first miss of a run may mend those after it.
    for (const index of missing) {
      if (index > 0 && missing.includes(index - 1)) continue;
      // A miss comes from too few in the interval, or from too few in the next, whichever is the smaller team.
      const at = index + 1 < count && agents[index + 1] < agents[index] ? index + 1 : index;
      agents[at] += 1;
      for (let beside = at - 1; beside <= at + 2; beside++) raised.add(beside);
    }
    outcomes = transientQueue(load, agents);
  }
  for (const index of [...raised].sort((a, b) => a - b).slice(0, 60)) {
    if (!(agents[index] > atLeast[index])) continue;
    agents[index] -= 1;
    const without = transientQueue(load, agents);
    if (missesOf(without, targets).length === 0) outcomes = without;
    else agents[index] += 1;
  }
  return { agents, outcomes };
}

function missesOf(outcomes: readonly (IntervalOutcome | null)[], targets: ServiceTargets): number[] {
  const missing: number[] = [];
  for (const [index, outcome] of outcomes.entries()) {
    if (outcome !== null && targetSlack(targets, outcome) < -1e-12) missing.push(index);
  }
  return missing;
}

/** One forward walk; `following` is the staffing that late arrivals meet, null: as in their own interval. */
function walkOnce(
  load: TransientLoad,
  targets: ServiceTargets,
  atLeast: ArrayLike<number>,
  near: Int32Array,
  following: Int32Array | null,
): Int32Array<ArrayBuffer> {
  const walk = createTransientWalk(load);
  const agents = new Int32Array(near.length);
  for (let index = 0; index < near.length; index++) {
    const rate = load.arrivalsPerSecond[index];
    let tried = -1;
    const attempt = (count: number): IntervalOutcome | null => {
      tried = count;
      return walk.attempt(index, count, following);
    };
    let chosen = atLeast[index];
    if (rate > 0 && (load.open?.[index] ?? 1) === 1) {
      const slack = (count: number) => {
        const outcome = attempt(count);
        return outcome === null ? 1 : targetSlack(targets, outcome);
      };
      const stride = Math.sqrt(Math.max(1, rate * load.ahtSeconds[index])) / 2;
      chosen = Math.max(chosen, leastAgents(slack, Math.max(near[index], chosen), stride, 1));
    }
    if (tried !== chosen) attempt(chosen);
    agents[index] = chosen;
    walk.accept();
  }
  return agents;
}
