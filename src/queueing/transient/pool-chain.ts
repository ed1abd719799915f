import { exp, log1p } from "../../numerics/elementary.ts";
import { type Concurrency, fillBusyAgents, levelRate, paceOf } from "../chat-team.ts";
import { fillWaitingChances, type WaitingChances, waitingChances } from "./waiting-chances.ts";

/** What a pool of queues brings in one step of time: its contacts are served alike by the same agents. */
export interface PoolLoad {
  readonly arrivalsPerSecond: number;
  /** Mean over the contacts. */
  readonly ahtSeconds: number;
  /** At which one who waits gives up, per second; 0: nobody does. */
  readonly leavesPerSecond: number;
}

/** Agents that a pool can count on in one step. */
export interface PoolCapacity {
  /** Agents, mean. */
  agents: number;
  /** Standard deviation of the head count from day to day, and of what comes and goes within minutes. */
  lasting: number;
  passing: number;
  /** Standard deviation ÷ mean of the contacts from day to day, their own chance left aside. */
  rateDeviation: number;
  /** Of these agents, how many leave the queue in a second and finish what they have in hand. */
  leavingPerSecond: number;
  /** Agents of others who are freed in a second, and would take a contact that waits here. */
  helpPerSecond: number;
}

/** How one queue of the pool fares in one step: shares of its contacts, and the wait of those who are served. */
export interface PoolService {
  inTime: number;
  /** Still waiting at the threshold. */
  late: number;
  served: number;
  /** Seconds, over all contacts: wait × served. */
  waitOfServed: number;
}

/**
 * The contacts of one pool, in hand and waiting, as a birth-and-death chain that is carried through time, once for each
 * case of what a day may bring: few agents and many contacts at one end, the opposite at the other.
 */
export interface PoolChain {
  readonly concurrency: Concurrency;
  readonly cases: readonly ChainCase[];
  readonly chances: WaitingChances;
  /** Rates at which the number falls by one, and room for the elimination. */
  rates: { death: Float64Array; ratio: Float64Array };
  load: PoolLoad;
  /** At which a busy agent leaves with what is in hand, and agents of others help, per second. */
  hazard: number;
  help: number;
}

interface ChainCase {
  /** In standard deviations, and the chance of the case. */
  readonly place: number;
  readonly weight: number;
  agents: number;
  arrivalsPerSecond: number;
  /** Where the last accepted step ended, states `low` to `high`. */
  p: Float64Array;
  low: number;
  high: number;
  /** Where the step ends that is not accepted yet, and its mean: the same series where the step is taken at once. */
  end: Float64Array;
  mean: Float64Array;
  /** Room for the mean and the middle of a step that is taken in parts. */
  room: { sum: Float64Array; middle: Float64Array };
  endLow: number;
  endHigh: number;
  /** Per number in hand or waiting: how many of them wait, and agents busy with the others. */
  waiting: Float64Array;
  busy: Float64Array;
}

/** Of a standard normal variable, places and weights that keep as many moments as can be: Gauss–Hermite nodes. */
const normalCases = {
  1: [[0, 1]],
  3: [
    [-Math.sqrt(3), 1 / 6],
    [0, 2 / 3],
    [Math.sqrt(3), 1 / 6],
  ],
  5: [
    [-2.8569700138728056, 0.011257411327720691],
    [-1.3556261799742659, 0.22207592200561266],
    [0, 0.5333333333333333],
    [1.3556261799742659, 0.22207592200561266],
    [2.8569700138728056, 0.011257411327720691],
  ],
} as const;

/** Shares of states below this are left out at either end. */
const negligible = 1e-7;

/** A chain that begins with nobody there. */
export function createPoolChain(concurrency: Concurrency, caseCount: 1 | 3 | 5): PoolChain {
  const room = 96;
  return {
    concurrency,
    cases: normalCases[caseCount].map(([place, weight]) => {
      const chainCase: ChainCase = {
        place,
        weight,
        agents: 0,
        arrivalsPerSecond: 0,
        p: new Float64Array(room),
        low: 0,
        high: 0,
        end: new Float64Array(room),
        mean: new Float64Array(room),
        room: { sum: new Float64Array(room), middle: new Float64Array(room) },
        endLow: 0,
        endHigh: 0,
        waiting: new Float64Array(room),
        busy: new Float64Array(room),
      };
      emptyCase(chainCase);
      return chainCase;
    }),
    chances: waitingChances(),
    rates: { death: new Float64Array(room), ratio: new Float64Array(room) },
    load: { arrivalsPerSecond: 0, ahtSeconds: 1, leavesPerSecond: 0 },
    hazard: 0,
    help: 0,
  };
}

/** The queue is closed: whoever is there goes. */
export function emptyChain(chain: PoolChain): void {
  for (const one of chain.cases) emptyCase(one);
}

function emptyCase(one: ChainCase): void {
  one.agents = 0;
  one.low = 0;
  one.high = 0;
  one.endLow = 0;
  one.endHigh = 0;
  one.p[0] = 1;
  one.end[0] = 1;
  one.mean = one.end;
  one.busy[0] = 0;
  one.waiting[0] = 0;
  one.waiting[1] = 1;
}

/**
 * Goes through a step of time from where the last accepted one ended; may be repeated with another capacity before it is
 * accepted. One implicit Euler step: where it ends is where the chain is after a time that is as long on average, and so
 * it is the step's mean as well.
 */
export function advanceChain(chain: PoolChain, seconds: number, capacity: PoolCapacity): void {
  const { agents, lasting, passing, rateDeviation, leavingPerSecond, helpPerSecond } = capacity;
  const { arrivalsPerSecond, ahtSeconds } = chain.load;
  chain.hazard = agents > 1e-6 ? leavingPerSecond / agents : 0;
  chain.help = helpPerSecond;
  // Few agents and many contacts come to the same: one direction holds both, in agents.
  const inContacts = arrivalsPerSecond * ahtSeconds * rateDeviation;
  const deviation = Math.sqrt(lasting * lasting + inContacts * inContacts);
  for (const one of chain.cases) {
    const place = deviation > 1e-9 ? one.place / deviation : 0;
    one.agents = Math.max(0, agents + place * lasting * lasting);
    one.arrivalsPerSecond = arrivalsPerSecond * Math.max(0.05, 1 - place * inContacts * rateDeviation);
    setReach(chain, one, seconds);
    makeRoom(chain, one);
    if (chain.concurrency.maxContacts > 1) fillChatRates(chain, one, passing);
    else fillRates(chain, one, passing);
    takeStep(chain, one, seconds);
  }
}

/** In how many parts a step is taken in which the queue goes a long way. */
const partsOfLongWay = 6;

/** One implicit step, or several short ones where the queue is far from where it tends: a crowd that comes or goes. */
function takeStep({ rates, load, concurrency }: PoolChain, one: ChainCase, seconds: number): void {
  const { p, low, high } = one;
  let start = 0;
  for (let n = low; n <= high; n++) start += p[n] * n;
  const slots = one.agents * concurrency.maxContacts;
  const erlangs = one.arrivalsPerSecond * load.ahtSeconds;
  const isLong =
    start > slots + 3 * Math.sqrt(slots + 1) ||
    erlangs > 1.3 * one.agents * levelRate(concurrency, concurrency.maxContacts);
  const { death, ratio } = rates;
  if (!isLong) {
    implicitStep(death, ratio, one, p, one.end, low, high, seconds);
    one.mean = one.end;
    return;
  }
  const { sum, middle } = one.room;
  const { endLow, endHigh } = one;
  sum.fill(0, endLow, endHigh + 1);
  let from = p;
  for (let part = 0; part < partsOfLongWay; part++) {
    const isFirst = part === 0;
    implicitStep(
      death,
      ratio,
      one,
      from,
      one.end,
      isFirst ? low : endLow,
      isFirst ? high : endHigh,
      seconds / partsOfLongWay,
    );
    for (let n = endLow; n <= endHigh; n++) {
      sum[n] += one.end[n] / partsOfLongWay;
      middle[n] = one.end[n];
    }
    from = middle;
  }
  one.mean = sum;
}

/** Makes the last step what happened. */
export function acceptStep(chain: PoolChain): void {
  for (const one of chain.cases) {
    const { p, end } = one;
    let { endLow: low, endHigh: high } = one;
    while (low < high && end[low] < negligible) low++;
    while (high > low && end[high] < negligible) high--;
    let sum = 0;
    for (let n = low; n <= high; n++) sum += end[n];
    for (let n = low; n <= high; n++) p[n] = end[n] / sum;
    one.low = low;
    one.high = high;
  }
}

/** States that matter in the step: those of its start and of where it tends, with some standard deviations of room. */
function setReach({ concurrency, load }: PoolChain, one: ChainCase, seconds: number): void {
  const { ahtSeconds, leavesPerSecond } = load;
  const { arrivalsPerSecond, agents } = one;
  const { maxContacts } = concurrency;
  const erlangs = arrivalsPerSecond * ahtSeconds;
  const topRate = levelRate(concurrency, maxContacts);
  const full = agents * topRate;
  const slots = agents * maxContacts;
  const excess = arrivalsPerSecond - full / ahtSeconds;
  // Side by side contacts last longer: up to as many as there are slots.
  const usual = Math.min(slots, erlangs * (maxContacts / topRate));
  let top = usual;
  if (excess >= 0) top = leavesPerSecond > 0 ? slots + excess / leavesPerSecond : one.high + excess * seconds;
  top = Math.min(Math.max(top, usual), Math.max(usual, one.high) + arrivalsPerSecond * seconds);
  const bottom = Math.min(one.low, erlangs, slots);
  const spread = Math.sqrt(Math.max(erlangs, 1));
  one.endLow = Math.max(0, Math.floor(bottom - 4.5 * spread));
  one.endHigh = Math.ceil(Math.max(top, one.high) + 5 * Math.max(spread, Math.sqrt(top)) + 5);
}

function makeRoom(chain: PoolChain, one: ChainCase): void {
  const least = one.endHigh + 3;
  if (one.p.length < least) {
    const room = Math.ceil(least * 1.5);
    one.p = grown(one.p, room);
    one.end = grown(one.end, room);
    one.room = { sum: new Float64Array(room), middle: new Float64Array(room) };
    one.waiting = grown(one.waiting, room);
    one.busy = grown(one.busy, room);
  }
  if (chain.rates.death.length < one.p.length) {
    chain.rates = { death: new Float64Array(one.p.length), ratio: new Float64Array(one.p.length) };
  }
}

function grown(old: Float64Array, room: number): Float64Array {
  const fresh = new Float64Array(room);
  fresh.set(old);
  return fresh;
}

/** A softened corner reaches over this many agents per standard deviation of what comes and goes. */
const widthPerDeviation = 0.55;

/** One contact at a time: whoever does not wait is in an agent's hand. */
function fillRates({ load, hazard, rates }: PoolChain, one: ChainCase, passing: number): void {
  const { agents, waiting, busy, endLow, endHigh } = one;
  const { death } = rates;
  const { leavesPerSecond } = load;
  const perContact = 1 / load.ahtSeconds + hazard;
  const width = widthPerDeviation * passing;
  for (let n = endLow; n <= endHigh + 1; n++) {
    const waits = softened(n - agents, width);
    const held = n > waits ? n - waits : 0;
    waiting[n] = waits;
    busy[n] = held;
    death[n] = held * perContact + waits * leavesPerSecond;
  }
}

/** Several contacts at a time, at the pace of agents who are loaded alike but for those who are idle. */
function fillChatRates(
  { concurrency, load, hazard, rates }: PoolChain,
  one: ChainCase,
  passing: number,
): void {
  const { agents, waiting, busy, endLow, endHigh } = one;
  const { death } = rates;
  const { ahtSeconds, leavesPerSecond } = load;
  const { maxContacts } = concurrency;
  const erlangs = one.arrivalsPerSecond * ahtSeconds;
  const width = widthPerDeviation * maxContacts * passing;
  const whole = Math.floor(agents);
  const part = agents - whole;
  const topOfFew = whole * maxContacts;
  const topOfMore = topOfFew + maxContacts;
  const { few, more } = roomForTeams(topOfMore + 1);
  if (whole > 0) fillBusyAgents(concurrency, whole, erlangs, few);
  else few[0] = 0;
  fillBusyAgents(concurrency, whole + 1, erlangs, more);
  for (let n = endLow; n <= endHigh + 1; n++) {
    const waits = softened(n - agents * maxContacts, width);
    const held = n > waits ? n - waits : 0;
    const busyFew = readAt(few, topOfFew, held);
    const busyMore = readAt(more, topOfMore, held);
    waiting[n] = waits;
    busy[n] = busyFew + part * (busyMore - busyFew);
    const paceFew = paceOf(concurrency, Math.min(held, whole * maxContacts), busyFew);
    const pace = paceFew + part * (paceOf(concurrency, held, busyMore) - paceFew);
    death[n] = pace / ahtSeconds + hazard * held + waits * leavesPerSecond;
  }
}

let teams = { few: new Float64Array(96), more: new Float64Array(96) };

/** Room for the agents busy in two teams, used again at each step. */
function roomForTeams(length: number): typeof teams {
  if (teams.more.length < length)
    teams = { few: new Float64Array(2 * length), more: new Float64Array(2 * length) };
  return teams;
}

function readAt(series: Float64Array, last: number, place: number): number {
  const at = Math.floor(place);
  if (at >= last) return series[last];
  return series[at] + (place - at) * (series[at + 1] - series[at]);
}

/** `end` = (1 − seconds · generator)⁻¹ p, p from `first` to `last`, by elimination of a tridiagonal system. */
function implicitStep(
  death: Float64Array,
  ratio: Float64Array,
  one: ChainCase,
  p: Float64Array,
  end: Float64Array,
  first: number,
  last: number,
  seconds: number,
): void {
  const { endLow: low, endHigh: high } = one;
  const birth = one.arrivalsPerSecond * seconds;
  let carried = 0;
  let passedOn = 0;
  for (let n = low; n <= high; n++) {
    const inflow = n === low ? 0 : birth;
    const outflow = (n === high ? 0 : birth) + (n === low ? 0 : death[n] * seconds);
    const pivot = 1 / (1 + outflow - inflow * passedOn);
    passedOn = death[n + 1] * seconds * pivot;
    ratio[n] = passedOn;
    carried = ((n >= first && n <= last ? p[n] : 0) + inflow * carried) * pivot;
    end[n] = carried;
  }
  for (let n = high - 1; n >= low; n--) end[n] += ratio[n] * end[n + 1];
}

/** Agents a pool would have beyond its own: mean and variance over the step. */
export function wantedBeyond(
  chain: PoolChain,
  own: number,
  width: number,
): { mean: number; variance: number } {
  const { maxContacts } = chain.concurrency;
  let total = 0;
  let square = 0;
  for (const { weight, mean, endLow, endHigh, busy, waiting } of chain.cases) {
    for (let n = endLow; n <= endHigh; n++) {
      const need = busy[n] + waiting[n] / maxContacts;
      const beyond = own <= 0 ? need : softened(need - own, width);
      const share = weight * mean[n] * beyond;
      total += share;
      square += share * beyond;
    }
  }
  return { mean: total, variance: Math.max(0, square - total * total) };
}

/** Agents busy, mean over the step. */
export function meanBusy({ cases }: PoolChain): number {
  let sum = 0;
  for (const { weight, mean, endLow, endHigh, busy } of cases)
    for (let n = endLow; n <= endHigh; n++) sum += weight * mean[n] * busy[n];
  return sum;
}

/** Contacts waiting, mean over the step. */
export function meanWaiting({ cases }: PoolChain): number {
  let sum = 0;
  for (const { weight, mean, endLow, endHigh, waiting } of cases)
    for (let n = endLow; n <= endHigh; n++) sum += weight * mean[n] * waiting[n];
  return sum;
}

/** Share of the time in which somebody waits. */
export function waitShare({ cases, concurrency }: PoolChain): number {
  let share = 0;
  for (const { weight, mean, endLow, endHigh, agents } of cases)
    for (let n = Math.max(endLow, Math.ceil(agents * concurrency.maxContacts)); n <= endHigh; n++)
      share += weight * mean[n];
  return Math.min(1, share);
}

/** At which a busy agent of the pool is freed, per second; one with several contacts only when the last has ended. */
export function releasePerSecond(chain: PoolChain): number {
  const { load, hazard, concurrency, cases } = chain;
  if (concurrency.maxContacts === 1) return 1 / load.ahtSeconds + hazard;
  let held = 0;
  for (const { weight, mean, endLow, endHigh, waiting } of cases)
    for (let n = endLow; n <= endHigh; n++) held += weight * mean[n] * (n - waiting[n]);
  const busy = meanBusy(chain);
  const each = busy > 0 ? held / busy : 1;
  return Math.max(0, Math.min(1, 2 - each)) / load.ahtSeconds + hazard;
}

/** What befalls the contacts of one of the pool's queues in the step. */
export function serviceInStep(
  chain: PoolChain,
  patienceSeconds: number | null,
  answerWithinSeconds: number,
  into: PoolService,
): void {
  const { load, chances, concurrency, hazard, help } = chain;
  const { maxContacts } = concurrency;
  const topRate = levelRate(concurrency, maxContacts);
  into.inTime = 0;
  into.late = 0;
  into.served = 0;
  into.waitOfServed = 0;
  for (const one of chain.cases) {
    const { agents, waiting, endHigh } = one;
    const rate = (agents * topRate) / load.ahtSeconds + hazard * agents * maxContacts + help;
    const places = Math.max(2, Math.ceil(waiting[endHigh]) + 3);
    fillWaitingChances(chances, rate, patienceSeconds, answerWithinSeconds, places);
    // Contacts, not time: a day that is busier than usual has more of them.
    const busier = load.arrivalsPerSecond > 0 ? one.arrivalsPerSecond / load.arrivalsPerSecond : 1;
    addCase(one, chances, places, one.weight * busier, into);
  }
}

function addCase(
  { mean, endLow, endHigh, waiting }: ChainCase,
  { served, stillWaiting, servedEver, waitIfServed }: WaitingChances,
  places: number,
  weight: number,
  into: PoolService,
): void {
  let inTime = 0;
  let late = 0;
  let answered = 0;
  let waited = 0;
  for (let n = endLow; n <= endHigh; n++) {
    const share = mean[n];
    const ahead = waiting[n];
    const waits = Math.min(1, waiting[n + 1] - ahead);
    if (waits < 1e-9) {
      inTime += share;
      answered += share;
      continue;
    }
    const place = Math.min(ahead / waits, places - 2);
    const j = Math.floor(place);
    const part = place - j;
    inTime += share * (1 - waits + waits * (served[j] + part * (served[j + 1] - served[j])));
    late += share * waits * (stillWaiting[j] + part * (stillWaiting[j + 1] - stillWaiting[j]));
    answered += share * (1 - waits + waits * (servedEver[j] + part * (servedEver[j + 1] - servedEver[j])));
    waited += share * waits * (waitIfServed[j] + part * (waitIfServed[j + 1] - waitIfServed[j]));
  }
  into.inTime += weight * inTime;
  into.late += weight * late;
  into.served += weight * answered;
  into.waitOfServed += weight * waited;
}

/** ln(1 + e^−u) for u from 0 to 20 in steps of 1/32. */
const softCorner = Float64Array.from({ length: 20 * 32 + 2 }, (_, at) => log1p(exp(-at / 32)));

/** x where it is above 0, else 0, with the corner rounded off over `width`: width · ln(1 + e^(x/width)). */
function softened(x: number, width: number): number {
  if (width < 1e-3) return x > 0 ? x : 0;
  const at = ((x > 0 ? x : -x) / width) * 32;
  if (at >= 640) return x > 0 ? x : 0;
  const low = Math.floor(at);
  const beyond = width * (softCorner[low] + (at - low) * (softCorner[low + 1] - softCorner[low]));
  return x > 0 ? x + beyond : beyond;
}
