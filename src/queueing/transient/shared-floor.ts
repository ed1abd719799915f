import { exp } from "../../numerics/elementary.ts";
import {
  acceptStep,
  advanceChain,
  createPoolChain,
  emptyChain,
  meanBusy,
  type PoolCapacity,
  type PoolChain,
  type PoolService,
  releasePerSecond,
  serviceInStep,
  waitShare,
  wantedBeyond,
} from "./pool-chain.ts";

/** One queue of a floor. Series are per step; all of a floor's series have the same length. */
export interface FloorQueue {
  readonly arrivalsPerSecond: Float64Array;
  readonly ahtSeconds: Float64Array;
  /** null: nobody gives up. */
  readonly patienceSeconds: number | null;
  readonly answerWithinSeconds: number;
  readonly open: Uint8Array;
  /** Of the factor, mean 1, by which contacts may be more or fewer than `arrivalsPerSecond`; 0: they are known. */
  readonly rateVariance: Float64Array;
  /** Contacts an agent holds at once, and how much longer each takes then. */
  readonly maxContacts: number;
  readonly slowdown: readonly number[];
}

/** Agents who serve the same queues, per step. */
export interface FloorGroup {
  /** Indices of the queues it serves. */
  readonly queues: readonly number[];
  readonly mean: Float64Array;
  /** Of the head count, from day to day. */
  readonly variance: Float64Array;
  /** Agents who leave in the step and finish what they have in hand. */
  readonly leaving: Float64Array;
  /** How quick they are: 1 ÷ factor on handle times. */
  readonly speed: Float64Array;
}

/** How a queue fares, per step of the stretch asked for. */
export interface FloorService {
  readonly inTime: Float64Array;
  readonly late: Float64Array;
  readonly served: Float64Array;
  readonly waitOfServed: Float64Array;
  /** Agents for this queue: its own, and its part of those it shares; the queues' parts add up to all agents. */
  readonly agents: Float64Array;
  /** All agents who can serve it, and how many of them are busy with any of their queues. */
  readonly onQueue: Float64Array;
  readonly busy: Float64Array;
  /** Agents who have left and finish a contact, beside those. */
  readonly finishing: Float64Array;
}

/** Queues that the same agents serve in the same way: one line. */
interface Pool {
  readonly queues: readonly number[];
  /** Groups that serve nobody else, and those that do. */
  readonly own: readonly number[];
  readonly shared: readonly number[];
  readonly isChat: boolean;
}

/** How often pools that share agents are balanced against each other in one step. */
const rounds = 2;

export function sharedFloor(
  queues: readonly FloorQueue[],
  groups: readonly FloorGroup[],
  stepSeconds: number,
  first: number,
  end: number,
  warmUp = 0,
): FloorService[] {
  const results = queues.map(() => emptyService(end - first));
  for (const pools of linkedPools(queues, groups))
    followPools(pools, queues, groups, stepSeconds, first - warmUp, first, end, results);
  return results;
}

function emptyService(count: number): FloorService {
  const series = () => new Float64Array(count);
  return {
    inTime: series(),
    late: series(),
    served: series(),
    waitOfServed: series(),
    agents: series(),
    onQueue: series(),
    busy: series(),
    finishing: series(),
  };
}

/** Pools that share agents, directly or through others, are followed together. */
function linkedPools(queues: readonly FloorQueue[], groups: readonly FloorGroup[]): Pool[][] {
  const pools = poolsOf(queues, groups);
  const parts: Pool[][] = [];
  for (const pool of pools) {
    const linked = parts.filter((part) =>
      part.some((other) => other.shared.some((group) => pool.shared.includes(group))),
    );
    const rest = parts.filter((part) => !linked.includes(part));
    parts.splice(0, parts.length, ...rest, [...linked.flat(), pool]);
  }
  return parts;
}

function poolsOf(queues: readonly FloorQueue[], groups: readonly FloorGroup[]): Pool[] {
  const members = new Map<string, number[]>();
  for (const [q, { maxContacts }] of queues.entries()) {
    const serving = groups.flatMap((group, g) => (group.queues.includes(q) ? [g] : []));
    const key = maxContacts > 1 ? `chat ${q}` : serving.join();
    members.set(key, [...(members.get(key) ?? []), q]);
  }
  return [...members.values()].map((pool) => {
    const serving = groups.flatMap((group, g) => (group.queues.includes(pool[0]) ? [g] : []));
    const isShared = (g: number) => groups[g].queues.some((q) => !pool.includes(q));
    return {
      queues: pool,
      own: serving.filter((g) => !isShared(g)),
      shared: serving.filter(isShared),
      isChat: queues[pool[0]].maxContacts > 1,
    };
  });
}

/** A pool on its way through the day. */
interface Walk {
  readonly pool: Pool;
  readonly chain: PoolChain;
  readonly capacity: PoolCapacity;
  isOpen: boolean;
  /** Agents of its own, and of the shared groups, in this step. */
  own: number;
  sharedAgents: number;
  /** Agents it would have of the shared groups, mean and variance. */
  wanted: number;
  wantedVariance: number;
  /** Of these, the part in each shared group, as in `pool.shared`: where there is room for it. */
  readonly parts: Float64Array;
  /** Room for the agents it can count on in each of them. */
  readonly room: Float64Array;
}

/** The part of what a pool wants that it looks for in a group; 0 where the group does not serve it. */
function partOf({ pool, parts }: Walk, g: number): number {
  const at = pool.shared.indexOf(g);
  return at < 0 ? 0 : parts[at];
}

function followPools(
  pools: readonly Pool[],
  queues: readonly FloorQueue[],
  groups: readonly FloorGroup[],
  stepSeconds: number,
  from: number,
  first: number,
  end: number,
  results: readonly FloorService[],
): void {
  const walks: Walk[] = pools.map((pool) => ({
    pool,
    chain: createPoolChain(queues[pool.queues[0]], casesFor(pool, queues, groups, from, end)),
    capacity: { agents: 0, lasting: 0, passing: 0, rateDeviation: 0, leavingPerSecond: 0, helpPerSecond: 0 },
    isOpen: false,
    own: 0,
    sharedAgents: 0,
    wanted: 0,
    wantedVariance: 0,
    parts: new Float64Array(pool.shared.length),
    room: new Float64Array(pool.shared.length),
  }));
  for (let t = Math.max(0, from); t < end; t++) {
    let anyOpen = false;
    for (const walk of walks) {
      beginStep(walk, queues, groups, t);
      anyOpen ||= walk.isOpen;
    }
    if (t >= first)
      for (const walk of walks) recordAgents(walk, walks, queues, groups, t, t - first, results);
    if (!anyOpen) continue;
    const turns = walks.some(({ isOpen, sharedAgents }) => isOpen && sharedAgents > 1e-9) ? rounds : 1;
    for (let round = 0; round < turns; round++)
      for (const walk of walks) {
        if (!walk.isOpen) continue;
        setCapacity(walk, walks, groups, t, stepSeconds);
        advanceChain(walk.chain, stepSeconds, walk.capacity);
        if (pools.length > 1) setWanted(walk);
      }
    for (const walk of walks) {
      if (!walk.isOpen) continue;
      if (t >= first) recordService(walk, walks, queues, groups, t, t - first, stepSeconds, results);
      acceptStep(walk.chain);
    }
  }
}

function beginStep(
  walk: Walk,
  queues: readonly FloorQueue[],
  groups: readonly FloorGroup[],
  t: number,
): void {
  const { pool, chain } = walk;
  const wasOpen = walk.isOpen;
  walk.isOpen = pool.queues.some((q) => queues[q].open[t] === 1);
  walk.own = sumOf(groups, pool.own, "mean", t);
  walk.sharedAgents = sumOf(groups, pool.shared, "mean", t);
  for (const [at, g] of pool.shared.entries())
    walk.parts[at] = walk.sharedAgents > 0 ? groups[g].mean[t] / walk.sharedAgents : 0;
  if (!walk.isOpen) {
    if (wasOpen) emptyChain(chain);
    walk.wanted = 0;
    walk.wantedVariance = 0;
    return;
  }
  let arrivals = 0;
  let work = 0;
  let leaves = 0;
  let variance = 0;
  for (const q of pool.queues) {
    const { open, arrivalsPerSecond, ahtSeconds, patienceSeconds, rateVariance } = queues[q];
    if (open[t] === 0) continue;
    arrivals += arrivalsPerSecond[t];
    work += arrivalsPerSecond[t] * ahtSeconds[t];
    variance += (arrivalsPerSecond[t] * ahtSeconds[t]) ** 2 * rateVariance[t];
    leaves += arrivalsPerSecond[t] / (patienceSeconds ?? Number.POSITIVE_INFINITY);
  }
  const aht = arrivals > 0 ? work / arrivals : queues[pool.queues[0]].ahtSeconds[t];
  chain.load = {
    arrivalsPerSecond: arrivals,
    ahtSeconds: (aht > 0 ? aht : 1) / speedOf(groups, pool, t),
    leavesPerSecond: arrivals > 0 ? leaves / arrivals : 0,
  };
  walk.capacity.rateDeviation = work > 0 ? Math.sqrt(variance) / work : 0;
  if (!wasOpen) {
    walk.wanted = 0;
    walk.wantedVariance = 0;
  }
}

/** Mean pace of the agents who can serve a pool. */
function speedOf(groups: readonly FloorGroup[], { own, shared }: Pool, t: number): number {
  let agents = 0;
  let pace = 0;
  for (const g of [...own, ...shared]) {
    agents += groups[g].mean[t];
    pace += groups[g].mean[t] * groups[g].speed[t];
  }
  return agents > 0 ? pace / agents : 1;
}

/** Into how many cases the chance of a day is told apart: the wider it is beside the queue's own, the more. */
function casesFor(
  pool: Pool,
  queues: readonly FloorQueue[],
  groups: readonly FloorGroup[],
  from: number,
  end: number,
): 1 | 3 | 5 {
  let widest = 0;
  for (let t = Math.max(0, from); t < end; t++) {
    let erlangs = 0;
    let variance = 0;
    for (const q of pool.queues) {
      const work = queues[q].arrivalsPerSecond[t] * queues[q].ahtSeconds[t];
      erlangs += work;
      variance += work * work * queues[q].rateVariance[t];
    }
    if (erlangs < 0.1) continue;
    variance += sumOf(groups, pool.own, "variance", t) + sumOf(groups, pool.shared, "variance", t);
    widest = Math.max(widest, variance / erlangs);
  }
  if (widest < 0.001 && pool.shared.length === 0) return 1;
  return widest < 0.25 ? 3 : 5;
}

/**
 * What a pool can count on: its own agents, and of each shared group what the others leave, at least its fair share.
 * Half of how the others come and go is as slow as the pool itself, half of it averages out.
 */
function setCapacity(
  walk: Walk,
  walks: readonly Walk[],
  groups: readonly FloorGroup[],
  t: number,
  stepSeconds: number,
): void {
  const { pool, capacity } = walk;
  let agents = walk.own;
  let variance = sumOf(groups, pool.own, "variance", t);
  let leaving = sumOf(groups, pool.own, "leaving", t);
  let moving = 0;
  let help = 0;
  let roomAll = 0;
  const { room } = walk;
  room.fill(0);
  for (const [at, g] of pool.shared.entries()) {
    const there = groups[g].mean[t];
    if (there < 1e-9) continue;
    const mine = walk.wanted * partOf(walk, g);
    let others = 0;
    let othersVariance = 0;
    let chats = pool.isChat ? mine : 0;
    for (const other of walks) {
      if (other === walk || !other.isOpen || !other.pool.shared.includes(g)) continue;
      const part = partOf(other, g);
      const wanted = other.wanted * part;
      others += wanted;
      othersVariance += other.wantedVariance * part * part;
      if (other.pool.isChat) chats += wanted;
      help += Math.min(wanted, there) * releasePerSecond(other.chain) * (1 - waitShare(other.chain));
    }
    // Who holds chats is not free for a call before the last has ended, and is given the next chat before.
    const rivals = pool.isChat ? chats : mine + others;
    const fair = rivals <= there && pool.isChat ? mine : rivals > 0 ? (there * mine) / rivals : there;
    const left = heldBetween(there - others, othersVariance, Math.min(there, fair), there);
    agents += left.mean;
    room[at] = left.mean;
    roomAll += left.mean;
    // One agent fewer is missed wholly where others leave what they do not need, else by the pool's share.
    variance += groups[g].variance[t] * (1 - left.atLow * (1 - Math.min(1, fair / there))) ** 2;
    moving += left.variance;
    leaving += (groups[g].leaving[t] * left.mean) / there;
  }
  if (roomAll > 0) for (let at = 0; at < room.length; at++) walk.parts[at] = room[at] / roomAll;
  capacity.agents = agents;
  capacity.lasting = Math.sqrt(variance + moving / 2);
  capacity.passing = Math.sqrt(moving / 2);
  capacity.leavingPerSecond = leaving / stepSeconds;
  capacity.helpPerSecond = help;
}

/** Contacts spill over to shared agents before all own agents are taken: whoever took one keeps it to its end. */
function setWanted(walk: Walk): void {
  const { own, chain } = walk;
  const { arrivalsPerSecond, ahtSeconds } = chain.load;
  const erlangs = arrivalsPerSecond * ahtSeconds;
  const margin = own > 0 ? (own - erlangs) / Math.sqrt(own) : 0;
  const width = own > 0 && erlangs > 0 ? Math.sqrt(own) * Math.max(0.3, Math.min(1.2, 1 - 0.38 * margin)) : 0;
  const { mean, variance } = wantedBeyond(chain, own, width);
  walk.wanted = mean;
  walk.wantedVariance = variance;
}

const step: PoolService = { inTime: 0, late: 0, served: 0, waitOfServed: 0 };

/** Whoever is there is counted, whether anybody calls or not. */
function recordAgents(
  walk: Walk,
  walks: readonly Walk[],
  queues: readonly FloorQueue[],
  groups: readonly FloorGroup[],
  t: number,
  at: number,
  results: readonly FloorService[],
): void {
  const { pool, own, sharedAgents } = walk;
  let agents = own;
  for (const g of pool.shared) {
    const there = groups[g].mean[t];
    if (there < 1e-9) continue;
    let all = 0;
    for (const other of walks) if (other.pool.shared.includes(g)) all += claimOf(other) * partOf(other, g);
    agents += all > 0 ? (there * claimOf(walk) * partOf(walk, g)) / all : 0;
  }
  let work = 0;
  for (const q of pool.queues) work += queues[q].arrivalsPerSecond[t] * queues[q].ahtSeconds[t];
  for (const q of pool.queues) {
    const mine = queues[q].arrivalsPerSecond[t] * queues[q].ahtSeconds[t];
    results[q].onQueue[at] = own + sharedAgents;
    results[q].agents[at] = agents * (work > 0 ? mine / work : 1 / pool.queues.length);
  }
}

/** By what shared agents are counted to one pool or another: what it wants of them, or where nobody comes a trifle. */
function claimOf({ wanted, chain, isOpen }: Walk): number {
  const { arrivalsPerSecond, ahtSeconds } = chain.load;
  return wanted + 1e-3 * (isOpen ? arrivalsPerSecond * ahtSeconds : 0) + 1e-9;
}

/** Agents of a shared group who are busy with contacts of these pools. */
function usedOf(walks: readonly Walk[], groups: readonly FloorGroup[], g: number, t: number): number {
  const there = groups[g].mean[t];
  if (there < 1e-9) return 0;
  let mean = 0;
  let variance = 0;
  for (const walk of walks) {
    const { isOpen, pool, wanted, wantedVariance } = walk;
    if (!isOpen || !pool.shared.includes(g)) continue;
    const part = partOf(walk, g);
    mean += wanted * part;
    variance += wantedVariance * part * part;
  }
  return heldBetween(mean, variance, 0, there).mean;
}

function recordService(
  walk: Walk,
  walks: readonly Walk[],
  queues: readonly FloorQueue[],
  groups: readonly FloorGroup[],
  t: number,
  at: number,
  stepSeconds: number,
  results: readonly FloorService[],
): void {
  const { pool, chain, own, sharedAgents } = walk;
  let busy = meanBusy(chain);
  for (const g of pool.shared) busy += usedOf(walks, groups, g, t) - usedOf([walk], groups, g, t);
  const present = own + sharedAgents;
  const leaving = sumOf(groups, pool.own, "leaving", t) + sumOf(groups, pool.shared, "leaving", t);
  const finishing =
    present > 0 ? ((leaving / stepSeconds) * chain.load.ahtSeconds * Math.min(busy, present)) / present : 0;
  for (const q of pool.queues) {
    const result = results[q];
    result.finishing[at] = finishing;
    serviceInStep(chain, queues[q].patienceSeconds, queues[q].answerWithinSeconds, step);
    result.inTime[at] = step.inTime;
    result.late[at] = step.late;
    result.served[at] = step.served;
    result.waitOfServed[at] = step.waitOfServed;
    result.busy[at] = Math.min(busy, present);
  }
}

function sumOf(
  groups: readonly FloorGroup[],
  rows: readonly number[],
  series: "mean" | "variance" | "leaving",
  t: number,
): number {
  let sum = 0;
  for (const g of rows) sum += groups[g][series][t];
  return sum;
}

/** Mean and variance of a normal variable that is held between two bounds, and the chance that it is at the lower one. */
function heldBetween(mean: number, variance: number, low: number, high: number) {
  if (high <= low) return { mean: high, variance: 0, atLow: 1 };
  if (variance < 1e-9)
    return { mean: Math.min(high, Math.max(low, mean)), variance: 0, atLow: mean < low ? 1 : 0 };
  const deviation = Math.sqrt(variance);
  const a = (low - mean) / deviation;
  const b = (high - mean) / deviation;
  const below = normalShare(a);
  const upTo = normalShare(b);
  const densities = normalDensity(a) - normalDensity(b);
  const first = low * below + high * (1 - upTo) + mean * (upTo - below) + deviation * densities;
  const second =
    low * low * below +
    high * high * (1 - upTo) +
    (mean * mean + variance) * (upTo - below) +
    2 * mean * deviation * densities +
    variance * (a * normalDensity(a) - b * normalDensity(b));
  return { mean: first, variance: Math.max(0, second - first * first), atLow: below };
}

function normalDensity(x: number): number {
  return exp(-0.5 * x * x) / Math.sqrt(2 * Math.PI);
}

/** Abramowitz & Stegun 26.2.17, to 7.5e-8. */
function normalShare(x: number): number {
  const t = 1 / (1 + 0.2316419 * Math.abs(x));
  const rest =
    t * (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
  const tail = normalDensity(x) * rest;
  return x > 0 ? 1 - tail : tail;
}
