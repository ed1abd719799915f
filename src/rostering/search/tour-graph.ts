import {
  type RosterProblem,
  type Span,
  spansOf,
  type Tour,
  type TourLimits,
} from "../problem/roster-problem.ts";

/**
 * All tours that a set of limits allows, unfolded once into a layered graph, so that the cheapest tour under any
 * prices is one sweep over its arcs.
 *
 * A node is what the past means for the future: the last shift as far as it restricts the next, the run of work or
 * days off, weekends worked, minutes so far (in the horizon and in the week), shifts of capped kinds. Only nodes that
 * can be reached and can still finish are kept. Kinds that lead to the same node are one option; the cheapest of them
 * is picked per day.
 *
 * Caps too high to bind often are left out of the state where they would make the graph large; `cheapestTour` then
 * raises the price of the kinds in question until they hold, so it is exact but for those.
 */
export interface TourGraph {
  readonly limits: TourLimits;
  readonly dayCount: number;
  readonly kindCount: number;
  /** Kinds of each option; option 0 is the day off and holds −1. */
  readonly options: readonly (readonly number[])[];
  /** Option of each kind, or −1 where the limits never allow it. */
  readonly optionOfKind: Int16Array;
  /** First node of each day, `dayCount + 1` entries and the end; nodes of the last layer have no arcs. */
  readonly layerStart: Int32Array;
  /** Arcs of node n are `arcStart[n] … arcStart[n + 1]`. */
  readonly arcStart: Int32Array;
  readonly arcTo: Int32Array;
  /** `day * options + option`. */
  readonly arcChoice: Int32Array;
  /** Caps that the graph does not hold by itself. */
  readonly looseCaps: readonly number[];
  /** Between two spans a node only says the last shift and the run: each can be swept by itself. */
  readonly spans: readonly Span[];
  /** Of the last sweep without regard for loose caps: no tour costs less, so this is what a bound may count on. */
  readonly leastPrice: Float64Array;
  /** Scratch: price to go per node, and price and kind per choice. */
  readonly toGo: Float64Array;
  readonly optionPrice: Float64Array;
  readonly optionKind: Int16Array;
}

/** The limits count too much over too long a horizon: cut it into spans. */
export class TooManyStates extends RangeError {}

/** The graph would not fit: more nodes than this. */
const maximumNodes = 3_000_000;

/** Work a state with capped counts may multiply before the loosest cap is left to prices. */
const cappedStates = 30;

/**
 * Unfolds limits over the horizon of a problem. Null when no tour satisfies them: that is an honest outcome.
 * Throws TooManyStates beyond `nodeLimit`.
 */
export function unfoldTours(
  problem: RosterProblem,
  limits: TourLimits,
  nodeLimit = maximumNodes,
): TourGraph | null {
  const { dayCount, kinds } = problem;
  const kindCount = kinds.length;
  const leastRun = Math.min(limits.minimumConsecutiveDays, dayCount);
  const runIsLimited = limits.maximumConsecutiveDays < dayCount;
  const runLimit = runIsLimited ? limits.maximumConsecutiveDays : leastRun;
  const leastOff = Math.min(limits.minimumConsecutiveDaysOff, dayCount);

  const allowed = kinds.map(
    (_, kind) => !limits.caps.some((cap) => cap.maximum === 0 && cap.kinds.includes(kind)),
  );
  const spans = spansOf(dayCount, limits);
  const { tightCaps, looseCaps } = splitCaps(problem, limits, spans);
  const nightLimit = Math.min(limits.maximumConsecutiveNights ?? dayCount, dayCount);
  const countsNights = nightLimit < dayCount && kinds.some(({ isNight }) => isNight);

  // The last shift matters only through the row of what may follow it.
  const rowName = kinds.map((_, kind) =>
    kinds.map((_, next) => (allowed[next] && limits.mayFollow[kind][next] ? "1" : "0")).join(""),
  );
  const rows = [...new Set(rowName.filter((_, kind) => allowed[kind]))];
  const options: number[][] = [[-1]];
  const optionOfKind = new Int16Array(kindCount).fill(-1);
  const optionByName = new Map<string, number>();
  for (let kind = 0; kind < kindCount; kind++) {
    if (!allowed[kind]) continue;
    const before = kinds
      .map((_, last) => (allowed[last] && limits.mayFollow[last][kind] ? "1" : "0"))
      .join("");
    const caps = tightCaps.filter((cap) => limits.caps[cap].kinds.includes(kind)).join(",");
    const night = countsNights && kinds[kind].isNight ? "n" : "";
    const name = `${rowName[kind]}/${before}/${kinds[kind].minutes}/${caps}/${night}`;
    const option = optionByName.get(name) ?? options.length;
    if (option === options.length) {
      optionByName.set(name, option);
      options.push([]);
    }
    options[option].push(kind);
    optionOfKind[kind] = option;
  }
  const optionCount = options.length;
  const optionRow = options.map(([kind]) => (kind < 0 ? -1 : rows.indexOf(rowName[kind])));
  const optionMinutes = options.map(([kind]) => (kind < 0 ? 0 : kinds[kind].minutes));
  const follows = rows.map((row) => options.map(([kind]) => kind < 0 || row[kind] === "1"));
  const optionCaps = options.map(([kind]) =>
    kind < 0
      ? []
      : tightCaps.flatMap((cap, position) => (limits.caps[cap].kinds.includes(kind) ? [position] : [])),
  );

  // Mixed radix key of a state. Counters that no limit reads stay 0.
  const longest = Math.max(0, ...optionMinutes);
  const optionIsNight = options.map(([kind]) => countsNights && kind >= 0 && kinds[kind].isNight === true);
  const spanOfDay = spans.flatMap(({ from, to }, span) => new Array<number>(to - from).fill(span));
  const longestSpan = Math.max(0, ...spans.map(({ from, to }) => to - from));
  const mostMinutes = Math.max(0, ...spans.map(({ maximumMinutes }) => maximumMinutes));
  const countsMinutes = spans.some(
    ({ from, to, minimumMinutes, maximumMinutes }) =>
      minimumMinutes > 0 || maximumMinutes < longest * (to - from),
  );
  const countsWeek =
    limits.minimumMinutesOfWeek.some((minutes) => minutes > 0) || limits.maximumMinutesPerWeek < longest * 7;
  const quantum = optionMinutes.reduce(greatestCommonDivisor, 0) || 1;
  const maximumQuanta = countsMinutes
    ? Math.floor(Math.min(mostMinutes, longest * longestSpan) / quantum)
    : 0;
  const maximumWeekQuanta = countsWeek
    ? Math.floor(Math.min(limits.maximumMinutesPerWeek, longest * 7) / quantum)
    : 0;
  const weekendTotal = new Set(problem.weekendOfDay.filter((weekend) => weekend >= 0)).size;
  const mostWeekends = Math.max(0, ...spans.map(({ maximumWeekends }) => maximumWeekends));
  const countsWeekends = spans.some(({ maximumWeekends }) => maximumWeekends < weekendTotal);
  const maximumWeekends = countsWeekends ? Math.min(mostWeekends, weekendTotal) : 0;
  const capRadix = tightCaps.map((cap) => Math.max(...spans.map(({ caps }) => caps[cap])) + 1);
  // run: 0 … leastOff−1 days off (value = days still missing to the least), then work: (satisfied?) × length.
  const runStates = leastOff + 2 * runLimit;
  const radices = [
    Math.max(1, rows.length),
    runStates,
    maximumWeekends + 1,
    maximumQuanta + 1,
    maximumWeekQuanta + 1,
    countsNights ? nightLimit + 1 : 1,
    ...capRadix,
  ];
  const stride: number[] = [];
  let keyCount = 1;
  for (const radix of radices) {
    stride.push(keyCount);
    keyCount *= radix;
  }
  if (keyCount > Number.MAX_SAFE_INTEGER) throw new TooManyStates("too many states of a tour");

  let states: number[] = [0];
  const layers: number[][] = [states];
  const arcsFrom: { to: Int32Array; option: Int16Array; start: Int32Array }[] = [];
  const dense = keyCount <= 1 << 24 ? new Int32Array(keyCount) : null;
  let nodeCount = 1;
  const counts = new Array<number>(tightCaps.length).fill(0);
  for (let day = 0; day < dayCount; day++) {
    const found: number[] = [];
    const sparse = dense ? null : new Map<number, number>();
    const to: number[] = [];
    const option: number[] = [];
    const start = new Int32Array(states.length + 1);
    const weekend = problem.weekendOfDay[day];
    const weekendBegan = day > 0 && weekend >= 0 && problem.weekendOfDay[day - 1] === weekend;
    const weekEnds = day + 1 === dayCount || problem.weekOfDay[day + 1] !== problem.weekOfDay[day];
    const owedInWeek = limits.minimumMinutesOfWeek[problem.weekOfDay[day]] ?? 0;
    const span = spans[spanOfDay[day]];
    const spanEnds = day + 1 === span.to;
    for (let index = 0; index < states.length; index++) {
      start[index] = to.length;
      const key = states[index];
      const row = Math.floor(key / stride[0]) % radices[0];
      const run = Math.floor(key / stride[1]) % radices[1];
      const weekends = Math.floor(key / stride[2]) % radices[2];
      const quanta = Math.floor(key / stride[3]) % radices[3];
      const weekQuanta = Math.floor(key / stride[4]) % radices[4];
      for (let position = 0; position < counts.length; position++)
        counts[position] = Math.floor(key / stride[6 + position]) % capRadix[position];
      const nights = Math.floor(key / stride[5]) % radices[5];
      const working = run >= leastOff;
      const satisfied = working && run >= leastOff + runLimit;
      const length = working ? ((run - leastOff) % runLimit) + 1 : 0;
      for (let next = 0; next < optionCount; next++) {
        let nextRow = 0;
        let nextRun: number;
        let nextWeekends = weekends;
        let nextQuanta = quanta;
        let nextWeekQuanta = weekQuanta;
        if (next === 0) {
          if (working && !satisfied && length < leastRun) continue;
          // A run of days off that begins now still misses leastOff − 1 days.
          nextRun = working ? leastOff - 1 : Math.max(0, run - 1);
        } else {
          if (working ? !follows[row][next] : run > 0) continue;
          const nextLength = length + 1;
          if (nextLength > runLimit && runIsLimited) continue;
          const nextSatisfied = satisfied || (!working && day === 0) || nextLength >= leastRun;
          nextRun = leastOff + (nextSatisfied ? runLimit : 0) + Math.min(nextLength, runLimit) - 1;
          nextRow = optionRow[next];
          if (countsWeekends && weekend >= 0 && !(weekendBegan && working)) {
            nextWeekends++;
            if (nextWeekends > span.maximumWeekends) continue;
          }
          if (countsMinutes) {
            nextQuanta += optionMinutes[next] / quantum;
            if (nextQuanta * quantum > span.maximumMinutes) continue;
          }
          if (countsWeek) {
            nextWeekQuanta += optionMinutes[next] / quantum;
            if (nextWeekQuanta > maximumWeekQuanta) continue;
          }
        }
        if (countsWeek && weekEnds) {
          if (nextWeekQuanta * quantum < owedInWeek) continue;
          nextWeekQuanta = 0;
        }
        if (spanEnds) {
          if (countsMinutes && nextQuanta * quantum < span.minimumMinutes) continue;
          nextQuanta = 0;
          nextWeekends = 0;
        }
        const nextNights = optionIsNight[next] ? nights + 1 : 0;
        if (nextNights > nightLimit) continue;
        let nextKey =
          nextRow * stride[0] +
          nextRun * stride[1] +
          nextWeekends * stride[2] +
          nextQuanta * stride[3] +
          nextWeekQuanta * stride[4] +
          nextNights * stride[5];
        let capped = false;
        for (let position = 0; position < counts.length; position++) {
          const count = counts[position] + (optionCaps[next].includes(position) ? 1 : 0);
          if (count > span.caps[tightCaps[position]]) capped = true;
          if (!spanEnds) nextKey += count * stride[6 + position];
        }
        if (capped) continue;
        let target: number;
        if (dense) {
          target = dense[nextKey] - 1;
          if (target < 0) {
            target = found.length;
            found.push(nextKey);
            dense[nextKey] = target + 1;
          }
        } else {
          target = sparse!.get(nextKey) ?? -1;
          if (target < 0) {
            target = found.length;
            found.push(nextKey);
            sparse!.set(nextKey, target);
          }
        }
        to.push(target);
        option.push(next);
      }
    }
    start[states.length] = to.length;
    if (dense) for (const key of found) dense[key] = 0;
    nodeCount += found.length;
    if (nodeCount > nodeLimit) throw new TooManyStates(`a tour has more than ${nodeLimit} states`);
    arcsFrom.push({ to: Int32Array.from(to), option: Int16Array.from(option), start });
    layers.push(found);
    states = found;
  }
  if (states.length === 0) return null;
  return trim(limits, layers, arcsFrom, options, optionOfKind, kindCount, looseCaps, spans);
}

/** `unfoldTours` that unfolds equal limits (the same object) once. */
export function tourUnfolder(problem: RosterProblem): (limits: TourLimits) => TourGraph | null {
  const known = new Map<TourLimits, TourGraph | null>();
  return (limits) => {
    let graph = known.get(limits);
    if (graph === undefined) {
      graph = unfoldTours(problem, limits);
      known.set(limits, graph);
    }
    return graph;
  };
}

/**
 * Drops what cannot finish, makes one node of those with the same future (such as minutes so far where no limit will
 * tell the difference any more), and lays the rest out as typed arrays.
 */
function trim(
  limits: TourLimits,
  layers: readonly number[][],
  arcsFrom: readonly { to: Int32Array; option: Int16Array; start: Int32Array }[],
  options: readonly (readonly number[])[],
  optionOfKind: Int16Array,
  kindCount: number,
  looseCaps: readonly number[],
  spans: readonly Span[],
): TourGraph | null {
  const dayCount = arcsFrom.length;
  // Class of each node by its future, last day first; −1 where there is none.
  const classOf: Int32Array[] = new Array(dayCount + 1);
  const models: Int32Array[] = new Array(dayCount + 1);
  classOf[dayCount] = new Int32Array(layers[dayCount].length);
  models[dayCount] = Int32Array.of(0);
  for (let day = dayCount - 1; day >= 0; day--) {
    const { to, option, start } = arcsFrom[day];
    const later = classOf[day + 1];
    const count = layers[day].length;
    const classes = new Int32Array(count).fill(-1);
    const found: number[] = [];
    const bySum = new Map<number, number[]>();
    for (let node = 0; node < count; node++) {
      let sum = 0;
      let isAlive = false;
      for (let arc = start[node]; arc < start[node + 1]; arc++) {
        if (later[to[arc]] < 0) continue;
        isAlive = true;
        sum = (Math.imul(sum, 31) + Math.imul(later[to[arc]] + 1, 0x9e3779b1) + option[arc]) | 0;
      }
      if (!isAlive) continue;
      const candidates = bySum.get(sum);
      const same = candidates?.find((other) => sameFuture(arcsFrom[day], later, found[other], node));
      if (same !== undefined) {
        classes[node] = same;
        continue;
      }
      classes[node] = found.length;
      if (candidates) candidates.push(found.length);
      else bySum.set(sum, [found.length]);
      found.push(node);
    }
    classOf[day] = classes;
    models[day] = Int32Array.from(found);
  }
  if (classOf[0][0] < 0) return null;
  const layerStart = new Int32Array(dayCount + 2);
  let nodeCount = 0;
  let arcCount = 0;
  for (let day = 0; day <= dayCount; day++) {
    layerStart[day] = nodeCount;
    nodeCount += models[day].length;
    if (day === dayCount) continue;
    const { to, start } = arcsFrom[day];
    for (const node of models[day])
      for (let arc = start[node]; arc < start[node + 1]; arc++)
        if (classOf[day + 1][to[arc]] >= 0) arcCount++;
  }
  layerStart[dayCount + 1] = nodeCount;
  const arcStart = new Int32Array(nodeCount + 1);
  const arcTo = new Int32Array(arcCount);
  const arcChoice = new Int32Array(arcCount);
  let filled = 0;
  for (let day = 0; day < dayCount; day++) {
    const { to, option, start } = arcsFrom[day];
    for (const [position, node] of models[day].entries()) {
      arcStart[layerStart[day] + position] = filled;
      for (let arc = start[node]; arc < start[node + 1]; arc++) {
        const next = classOf[day + 1][to[arc]];
        if (next < 0) continue;
        arcTo[filled] = layerStart[day + 1] + next;
        arcChoice[filled++] = day * options.length + option[arc];
      }
    }
  }
  arcStart.fill(filled, layerStart[dayCount]);
  return {
    limits,
    dayCount,
    kindCount,
    options,
    optionOfKind,
    layerStart,
    arcStart,
    arcTo,
    arcChoice,
    looseCaps,
    spans,
    leastPrice: new Float64Array(1),
    toGo: new Float64Array(nodeCount),
    optionPrice: new Float64Array(dayCount * options.length),
    optionKind: new Int16Array(dayCount * options.length),
  };
}

/** Both nodes of a layer may be gone on from by the same options to the same classes. */
function sameFuture(
  { to, option, start }: { to: Int32Array; option: Int16Array; start: Int32Array },
  later: Int32Array,
  one: number,
  other: number,
): boolean {
  let arc = start[one];
  let twin = start[other];
  for (;;) {
    while (arc < start[one + 1] && later[to[arc]] < 0) arc++;
    while (twin < start[other + 1] && later[to[twin]] < 0) twin++;
    const ended = arc === start[one + 1];
    if (ended || twin === start[other + 1]) return ended && twin === start[other + 1];
    if (option[arc] !== option[twin] || later[to[arc]] !== later[to[twin]]) return false;
    arc++;
    twin++;
  }
}

/**
 * The cheapest tour under prices per choice (`day * (kinds + 1) + kind + 1`, Infinity where forbidden), written into
 * `tour`. Answers its price, Infinity when every tour holds a forbidden choice (`tour` is then untouched).
 */
export function cheapestTour(
  problem: RosterProblem,
  graph: TourGraph,
  prices: Float64Array,
  tour: Tour,
): number {
  graph.toGo.fill(0, graph.layerStart[graph.dayCount]);
  const before = graph.looseCaps.length === 0 ? tour : tour.slice();
  const price = sweep(graph, prices, null, tour, 0, graph.dayCount, 0);
  graph.leastPrice[0] = price;
  if (graph.looseCaps.length === 0 || price === Infinity) return price;
  if (graph.spans.length === 1)
    return keepLooseCaps(problem, graph, prices, tour, before, 0, graph.dayCount, 0, price);
  for (const [span, { from, to }] of graph.spans.entries()) {
    if (exceededCaps(graph, tour, from, to).length === 0) continue;
    if (cheapestSpan(problem, graph, prices, tour, span) < Infinity) continue;
    tour.set(before);
    return Infinity;
  }
  let total = 0;
  for (let day = 0; day < graph.dayCount; day++) total += prices[day * (graph.kindCount + 1) + tour[day] + 1];
  return total;
}

/**
 * The cheapest way to spend one span, the days outside it staying as they are in `tour`, which must be allowed.
 * Answers the price of the span's days; Infinity, and `tour` untouched, where nothing but forbidden choices is left.
 */
export function cheapestSpan(
  problem: RosterProblem,
  graph: TourGraph,
  prices: Float64Array,
  tour: Tour,
  span: number,
): number {
  const { from, to } = graph.spans[span];
  const { layerStart, toGo, dayCount } = graph;
  const entry = walk(graph, tour, 0, from, 0);
  const after = walk(graph, tour, from, to, entry);
  // From which nodes may the days after the span go on as they do?
  const path = new Int32Array(dayCount - to + 1);
  path[0] = after;
  for (let day = to; day < dayCount; day++)
    path[day - to + 1] = walk(graph, tour, day, day + 1, path[day - to]);
  for (let node = layerStart[to]; node < layerStart[to + 1]; node++) {
    let at = node;
    for (let day = to; day < dayCount && at >= 0 && at !== path[day - to]; day++)
      at = walk(graph, tour, day, day + 1, at);
    toGo[node] = at < 0 ? Infinity : 0;
  }
  const before = graph.looseCaps.length === 0 ? tour : tour.slice();
  const price = sweep(graph, prices, null, tour, from, to, entry);
  if (graph.looseCaps.length === 0 || price === Infinity) return price;
  return keepLooseCaps(problem, graph, prices, tour, before, from, to, entry, price);
}

/** Raises the price of the kinds that exceed their loose caps, step by step, until all hold; else `before` comes back. */
function keepLooseCaps(
  problem: RosterProblem,
  graph: TourGraph,
  prices: Float64Array,
  tour: Tour,
  before: Tour,
  from: number,
  to: number,
  entry: number,
  price: number,
): number {
  let surcharge: Float64Array | null = null;
  let exceeded = exceededCaps(graph, tour, from, to);
  for (let step = 1; step < 60 && exceeded.length > 0; step++) {
    surcharge ??= new Float64Array(problem.kinds.length);
    for (const cap of exceeded)
      for (const kind of graph.limits.caps[cap].kinds) surcharge[kind] += step < 20 ? 1 : 2 ** (step - 16);
    if (sweep(graph, prices, surcharge, tour, from, to, entry) === Infinity) break;
    exceeded = exceededCaps(graph, tour, from, to);
  }
  if (surcharge === null) return price;
  if (exceeded.length > 0) {
    tour.set(before);
    return Infinity;
  }
  let total = 0;
  for (let day = from; day < to; day++) total += prices[day * (graph.kindCount + 1) + tour[day] + 1];
  return total;
}

/** Loose caps that the spans within these days exceed. */
function exceededCaps(
  { looseCaps, spans, limits }: TourGraph,
  tour: Tour,
  first: number,
  end: number,
): number[] {
  return looseCaps.filter((cap) =>
    spans.some(
      ({ from, to, caps }) => from >= first && to <= end && countOf(limits, cap, tour, from, to) > caps[cap],
    ),
  );
}

/** Node that a tour's days `from` to before `to` lead to, or −1 where they are not allowed. */
function walk(graph: TourGraph, tour: Tour, from: number, to: number, entry: number): number {
  const { options, optionOfKind, arcStart, arcTo, arcChoice } = graph;
  let node = entry;
  for (let day = from; day < to; day++) {
    const option = tour[day] < 0 ? 0 : optionOfKind[tour[day]];
    if (option < 0) return -1;
    const choice = day * options.length + option;
    const end = arcStart[node + 1];
    let arc = arcStart[node];
    while (arc < end && arcChoice[arc] !== choice) arc++;
    if (arc === end) return -1;
    node = arcTo[arc];
  }
  return node;
}

/** True when the limits hold for a tour: one walk through the graph, day by day. */
export function allowsTour(graph: TourGraph, tour: Tour): boolean {
  return (
    walk(graph, tour, 0, graph.dayCount, 0) >= 0 && exceededCaps(graph, tour, 0, graph.dayCount).length === 0
  );
}

function countOf(limits: TourLimits, cap: number, tour: Tour, from: number, to: number): number {
  let count = 0;
  for (let day = from; day < to; day++) if (limits.caps[cap].kinds.includes(tour[day])) count++;
  return count;
}

/** Price to go of every node of the days, last first (the layer at `to` is given), then a walk along the cheapest arcs. */
function sweep(
  graph: TourGraph,
  prices: Float64Array,
  surcharge: Float64Array | null,
  tour: Tour,
  from: number,
  to: number,
  entry: number,
): number {
  const { options, layerStart, arcStart, arcTo, arcChoice, toGo, optionPrice, optionKind } = graph;
  const optionCount = options.length;
  const width = graph.kindCount + 1;
  for (let day = from; day < to; day++) {
    for (let option = 0; option < optionCount; option++) {
      let least = Infinity;
      let chosen = -1;
      for (const kind of options[option]) {
        const price = prices[day * width + kind + 1] + (surcharge && kind >= 0 ? surcharge[kind] : 0);
        if (price < least) {
          least = price;
          chosen = kind;
        }
      }
      optionPrice[day * optionCount + option] = least;
      optionKind[day * optionCount + option] = chosen;
    }
  }
  for (let node = layerStart[to] - 1; node >= layerStart[from]; node--) {
    let least = Infinity;
    const end = arcStart[node + 1];
    for (let arc = arcStart[node]; arc < end; arc++) {
      const price = optionPrice[arcChoice[arc]] + toGo[arcTo[arc]];
      if (price < least) least = price;
    }
    toGo[node] = least;
  }
  if (toGo[entry] === Infinity) return Infinity;
  let node = entry;
  for (let day = from; day < to; day++) {
    const end = arcStart[node + 1];
    let arc = arcStart[node];
    while (arc < end && optionPrice[arcChoice[arc]] + toGo[arcTo[arc]] !== toGo[node]) arc++;
    tour[day] = optionKind[arcChoice[arc]];
    node = arcTo[arc];
  }
  return toGo[entry];
}

/** Caps that can bind, tightest first; those whose counts would blow the state up are loose. */
function splitCaps(
  problem: RosterProblem,
  limits: TourLimits,
  spans: readonly Span[],
): { tightCaps: number[]; looseCaps: number[] } {
  const shortest = Math.min(...problem.kinds.map((kind) => kind.minutes));
  const binding = limits.caps
    .map((cap, index) => ({
      index,
      isOpen: cap.maximum > 0,
      isBinding: spans.some(
        ({ from, to, maximumMinutes, caps }) =>
          caps[index] < Math.min(to - from, maximumMinutes / Math.max(1, shortest)),
      ),
      maximum: Math.max(...spans.map(({ caps }) => caps[index])),
    }))
    .filter(({ isOpen, isBinding }) => isOpen && isBinding)
    .sort((a, b) => a.maximum - b.maximum || a.index - b.index);
  const tightCaps: number[] = [];
  const looseCaps: number[] = [];
  let states = 1;
  for (const cap of binding) {
    if (states * (cap.maximum + 1) <= cappedStates) {
      states *= cap.maximum + 1;
      tightCaps.push(cap.index);
    } else {
      looseCaps.push(cap.index);
    }
  }
  return { tightCaps, looseCaps };
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}
