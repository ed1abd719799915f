/** How many contacts one agent serves at once, and what that does to each. */
export interface Concurrency {
  /** Slots per agent, 1 to 10. */
  readonly maxContacts: number;
  /** Factor ≥ 1 on the handle time of each contact with 1, 2, … in parallel; the last entry holds beyond the list. */
  readonly slowdown: readonly number[];
}

/** Contacts that an agent with so many in parallel finishes in one plain handle time. */
export function levelRate({ slowdown }: Concurrency, parallel: number): number {
  return parallel === 0 ? 0 : parallel / slowdown[Math.min(parallel, slowdown.length) - 1];
}

/** Contacts that a team finishes in one plain handle time while its `busy` agents hold `inHand` contacts as evenly as can be. */
export function paceOf(concurrency: Concurrency, inHand: number, busy: number): number {
  if (inHand <= 0 || busy <= 0) return 0;
  const each = Math.min(concurrency.maxContacts, Math.max(1, inHand / busy));
  const level = Math.min(concurrency.maxContacts - 1, Math.floor(each));
  const above = each - level;
  if (level === 0) return busy * levelRate(concurrency, 1);
  return busy * ((1 - above) * levelRate(concurrency, level) + above * levelRate(concurrency, level + 1));
}

/** Larger teams are read off this one, on the scale of √agents. */
const largestWorkedOut = 24;
/** Loads that are worked out lie so many √agents apart; between them is a straight line. */
const loadStep = 0.25;
/** Teams so small are worked out for the load itself, or where it has to be quick for loads that lie closer together. */
const smallTeam = 4;
const loadStepOfSmall = 1 / 64;

/**
 * Agents busy while a team of chat agents has n contacts in hand, n from 0 to all slots taken: each new contact goes to
 * the agent with the fewest.
 *
 * The contacts are not spread as evenly as could be: an agent may have none while another has two, since contacts end
 * where they please. How many are idle then is worked out from the chain of contacts in hand and idle agents, with
 * those who are busy evenly loaded: exactly so with two slots, and within a fraction of a point of occupancy with more.
 * Teams beyond 24 are read off that of 24 on the scale of √agents, as in heavy traffic.
 *
 * @param agents whole, 1 or more
 * @param load contacts per second × plain handle time
 */
export function busyAgents(concurrency: Concurrency, agents: number, load: number): Float64Array {
  const { maxContacts } = concurrency;
  const busy = new Float64Array(agents * maxContacts + 1);
  if (agents > smallTeam) fillBusyAgents(concurrency, agents, load, busy);
  else {
    const beyond = workOutIdle(concurrency, agents, load);
    for (let n = 0; n < busy.length; n++)
      busy[n] = Math.max(n / maxContacts, Math.min(n, agents) - beyond[n]);
  }
  return busy;
}

/** The same into a series with room for it, quick enough for every step of a day: of small teams to some 1e-7. */
export function fillBusyAgents(
  concurrency: Concurrency,
  agents: number,
  load: number,
  busy: Float64Array,
): void {
  const top = agents * concurrency.maxContacts;
  const workedOut = Math.min(agents, largestWorkedOut);
  const atMost = Math.min(load, mostLoad * top);
  const steps = (agents - atMost) / Math.sqrt(agents) / loadStepOf(agents);
  const before = Math.floor(steps);
  const low = idleBeyond(concurrency, workedOut, before);
  const high = idleBeyond(concurrency, workedOut, before + 1);
  const share = steps - before;
  const scale = Math.sqrt(agents / workedOut);
  for (let n = 0; n <= top; n++) {
    let beyond: number;
    if (agents === workedOut) beyond = (1 - share) * low[n] + share * high[n];
    else {
      const place = workedOut + (n - agents) / scale;
      beyond = (1 - share) * readAt(low, place) + share * readAt(high, place);
    }
    const least = n / concurrency.maxContacts;
    busy[n] = Math.max(least, Math.min(n, agents) - scale * beyond);
  }
}

function loadStepOf(agents: number): number {
  return agents <= smallTeam ? loadStepOfSmall : loadStep;
}

function readAt(series: Float64Array, place: number): number {
  const at = Math.floor(place);
  if (at < 0 || at >= series.length - 1) return at === series.length - 1 && place === at ? series[at] : 0;
  return series[at] + (place - at) * (series[at + 1] - series[at]);
}

/** Loads beyond so many times all slots make no difference any more. */
const mostLoad = 2;

/** Per number of agents, by steps of load. */
type Tables = Map<number, Float64Array>[];
const knownTables = new Map<string, Tables>();
const tablesOfList = new WeakMap<Concurrency["slowdown"], Tables[]>();

function tablesOf({ slowdown, maxContacts }: Concurrency): Tables {
  let ofList = tablesOfList.get(slowdown);
  if (ofList === undefined) {
    ofList = [];
    tablesOfList.set(slowdown, ofList);
  }
  let tables = ofList[maxContacts];
  if (tables === undefined) {
    // Plans are copied on their way to a worker: the same numbers are the same tables.
    const key = `${maxContacts}/${slowdown.join()}`;
    if (knownTables.size > 20) knownTables.clear();
    tables = knownTables.get(key) ?? [];
    knownTables.set(key, tables);
    ofList[maxContacts] = tables;
  }
  return tables;
}

/** Idle agents beyond the fewest there can be, per contacts in hand, at a load `steps` below the number of agents. */
function idleBeyond(concurrency: Concurrency, agents: number, steps: number): Float64Array {
  const tables = tablesOf(concurrency);
  tables[agents] ??= new Map();
  let table = tables[agents].get(steps);
  if (table === undefined) {
    table = workOutIdle(concurrency, agents, agents - steps * loadStepOf(agents) * Math.sqrt(agents));
    tables[agents].set(steps, table);
  }
  return table;
}

function workOutIdle(concurrency: Concurrency, agents: number, load: number): Float64Array {
  const { maxContacts } = concurrency;
  const top = agents * maxContacts;
  return maxContacts === 1 || agents === 1 || load <= 0.02 * agents
    ? new Float64Array(top + 1)
    : idleByContacts(concurrency, agents, Math.min(load, mostLoad * top));
}

/** The chain of contacts in hand and idle agents in its steady state, without the queue: what waits leads back to "all slots taken". */
function idleByContacts(concurrency: Concurrency, agents: number, load: number): Float64Array {
  const { maxContacts } = concurrency;
  const top = agents * maxContacts;
  const widest = Math.ceil(4 + 2.5 * Math.sqrt(agents));
  const fewest = (n: number) => Math.max(0, agents - n);
  const most = (n: number) => Math.min(agents - Math.ceil(n / maxContacts), fewest(n) + widest);
  const offsets = new Int32Array(top + 2);
  let band = 1;
  for (let n = 0; n <= top; n++) {
    offsets[n + 1] = offsets[n] + most(n) - fewest(n) + 1;
    if (n > 0) band = Math.max(band, offsets[n + 1] - 1 - offsets[n - 1]);
  }
  const size = offsets[top + 1];
  const place = (n: number, idle: number) =>
    offsets[n] + Math.min(most(n), Math.max(fewest(n), idle)) - fewest(n);
  const width = 2 * band + 1;
  const rates = new Float64Array(size * width);
  for (let n = 0; n <= top; n++) {
    for (let idle = fewest(n); idle <= most(n); idle++) {
      const from = place(n, idle);
      const row = from * width + band - from;
      if (n < top) rates[row + place(n + 1, Math.max(0, idle - 1))] += load;
      if (n === 0) continue;
      const busy = agents - idle;
      const level = Math.floor(n / busy);
      const single = level === 1 ? 2 * busy - n : 0;
      const endsIdle = single * levelRate(concurrency, 1);
      if (endsIdle > 0) rates[row + place(n - 1, idle + 1)] += endsIdle;
      const others = paceOf(concurrency, n, busy) - endsIdle;
      if (others > 1e-12) rates[row + place(n - 1, idle)] += others;
    }
  }
  const share = stationaryShares(rates, size, band);
  const beyond = new Float64Array(top + 1);
  for (let n = 0; n <= top; n++) {
    let weight = 0;
    let idleSum = 0;
    for (let idle = fewest(n); idle <= most(n); idle++) {
      weight += share[place(n, idle)];
      idleSum += share[place(n, idle)] * (idle - fewest(n));
    }
    beyond[n] = weight > 1e-250 ? idleSum / weight : 0;
  }
  return beyond;
}

/**
 * Steady state of a chain whose moves reach no further than `band` states, by elimination without subtractions
 * (Grassmann, Taksar & Heyman 1985). Row i holds the rates to states i − band … i + band. Spoils `rates`.
 */
function stationaryShares(rates: Float64Array, size: number, band: number): Float64Array {
  const width = 2 * band + 1;
  for (let n = size - 1; n > 0; n--) {
    const first = Math.max(0, n - band);
    const row = n * width + band - n;
    let out = 0;
    for (let to = first; to < n; to++) out += rates[row + to];
    for (let from = first; from < n; from++) {
      const into = from * width + band - from;
      const share = rates[into + n] / out;
      rates[into + n] = share;
      if (share === 0) continue;
      for (let to = first; to < n; to++) if (to !== from) rates[into + to] += share * rates[row + to];
    }
  }
  const share = new Float64Array(size);
  share[0] = 1;
  let sum = 1;
  for (let n = 1; n < size; n++) {
    for (let from = Math.max(0, n - band); from < n; from++)
      share[n] += share[from] * rates[from * width + band - from + n];
    sum += share[n];
    if (sum > 1e200) {
      for (let k = 0; k <= n; k++) share[k] *= 1e-200;
      sum *= 1e-200;
    }
  }
  return share.map((value) => value / sum);
}
