import type { RosterProblem, Tour, TourLimits } from "./roster-problem.ts";

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
  /** Of the last sweep without regard for loose caps: no tour costs less, so this is what a bound may count on. */
  readonly leastPrice: Float64Array;
  /** Scratch: price to go per node, and price and kind per choice. */
  readonly toGo: Float64Array;
  readonly optionPrice: Float64Array;
  readonly optionKind: Int16Array;
}

/** The graph would not fit: more nodes than this. */
export const maximumNodes = 3_000_000;

/** Work a state with capped counts may multiply before the loosest cap is left to prices. */
const cappedStates = 30;

/**
 * Unfolds limits over the horizon of a problem. Null when no tour satisfies them: that is an honest outcome.
 * Throws RangeError beyond `maximumNodes`.
 */
export function unfoldTours(problem: RosterProblem, limits: TourLimits): TourGraph | null {
  const { dayCount, kinds } = problem;
  const kindCount = kinds.length;
  const leastRun = Math.min(limits.minimumConsecutiveDays, dayCount);
  const runIsLimited = limits.maximumConsecutiveDays < dayCount;
  const runLimit = runIsLimited ? limits.maximumConsecutiveDays : leastRun;
  const leastOff = Math.min(limits.minimumConsecutiveDaysOff, dayCount);

  const allowed = kinds.map(
    (_, kind) => !limits.caps.some((cap) => cap.maximum === 0 && cap.kinds.includes(kind)),
  );
  const { tightCaps, looseCaps } = splitCaps(problem, limits);

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
    const name = `${rowName[kind]}/${before}/${kinds[kind].minutes}/${caps}`;
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
  const countsMinutes = limits.minimumMinutes > 0 || limits.maximumMinutes < longest * dayCount;
  const countsWeek =
    limits.minimumMinutesOfWeek.some((minutes) => minutes > 0) || limits.maximumMinutesPerWeek < longest * 7;
  const quantum = optionMinutes.reduce(greatestCommonDivisor, 0) || 1;
  const maximumQuanta = countsMinutes
    ? Math.floor(Math.min(limits.maximumMinutes, longest * dayCount) / quantum)
    : 0;
  const maximumWeekQuanta = countsWeek
    ? Math.floor(Math.min(limits.maximumMinutesPerWeek, longest * 7) / quantum)
    : 0;
  const weekendTotal = new Set(problem.weekendOfDay.filter((weekend) => weekend >= 0)).size;
  const countsWeekends = limits.maximumWeekends < weekendTotal;
  const maximumWeekends = countsWeekends ? limits.maximumWeekends : 0;
  const capRadix = tightCaps.map((cap) => limits.caps[cap].maximum + 1);
  // run: 0 … leastOff−1 days off (value = days still missing to the least), then work: (satisfied?) × length.
  const runStates = leastOff + 2 * runLimit;
  const radices = [
    Math.max(1, rows.length),
    runStates,
    maximumWeekends + 1,
    maximumQuanta + 1,
    maximumWeekQuanta + 1,
    ...capRadix,
  ];
  const stride: number[] = [];
  let keyCount = 1;
  for (const radix of radices) {
    stride.push(keyCount);
    keyCount *= radix;
  }
  if (keyCount > Number.MAX_SAFE_INTEGER) throw new RangeError("too many states of a tour");

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
    for (let index = 0; index < states.length; index++) {
      start[index] = to.length;
      const key = states[index];
      const row = Math.floor(key / stride[0]) % radices[0];
      const run = Math.floor(key / stride[1]) % radices[1];
      const weekends = Math.floor(key / stride[2]) % radices[2];
      const quanta = Math.floor(key / stride[3]) % radices[3];
      const weekQuanta = Math.floor(key / stride[4]) % radices[4];
      for (let position = 0; position < counts.length; position++)
        counts[position] = Math.floor(key / stride[5 + position]) % capRadix[position];
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
            if (nextWeekends > maximumWeekends) continue;
          }
          if (countsMinutes) {
            nextQuanta += optionMinutes[next] / quantum;
            if (nextQuanta > maximumQuanta) continue;
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
        if (day + 1 === dayCount && countsMinutes && nextQuanta * quantum < limits.minimumMinutes) continue;
        let nextKey =
          nextRow * stride[0] +
          nextRun * stride[1] +
          nextWeekends * stride[2] +
          nextQuanta * stride[3] +
          nextWeekQuanta * stride[4];
        let capped = false;
        for (let position = 0; position < counts.length; position++) {
          const count = counts[position] + (optionCaps[next].includes(position) ? 1 : 0);
          if (count >= capRadix[position]) capped = true;
          nextKey += count * stride[5 + position];
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
    if (nodeCount > maximumNodes) throw new RangeError(`a tour has more than ${maximumNodes} states`);
    arcsFrom.push({ to: Int32Array.from(to), option: Int16Array.from(option), start });
    layers.push(found);
    states = found;
  }
  if (states.length === 0) return null;
  return trim(limits, layers, arcsFrom, options, optionOfKind, kindCount, looseCaps);
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
  let price = sweep(graph, prices, null, tour);
  graph.leastPrice[0] = price;
  if (graph.looseCaps.length === 0 || price === Infinity) return price;
  // Loose caps: raise the price of the kinds that exceed theirs, step by step, until all hold.
  let surcharge: Float64Array | null = null;
  for (let step = 1; step < 60; step++) {
    const exceeded = graph.looseCaps.filter(
      (cap) => countOf(graph.limits, cap, tour) > graph.limits.caps[cap].maximum,
    );
    if (exceeded.length === 0) break;
    surcharge ??= new Float64Array(problem.kinds.length);
    for (const cap of exceeded)
      for (const kind of graph.limits.caps[cap].kinds) surcharge[kind] += step < 20 ? 1 : 2 ** (step - 16);
    if (sweep(graph, prices, surcharge, tour) === Infinity) return Infinity;
  }
  if (surcharge) {
    if (graph.looseCaps.some((cap) => countOf(graph.limits, cap, tour) > graph.limits.caps[cap].maximum))
      return Infinity;
    price = 0;
    for (let day = 0; day < graph.dayCount; day++)
      price += prices[day * (graph.kindCount + 1) + tour[day] + 1];
  }
  return price;
}

/** True when the limits hold for a tour: one walk through the graph, day by day. */
export function allowsTour(graph: TourGraph, tour: Tour): boolean {
  const { options, optionOfKind, arcStart, arcTo, arcChoice } = graph;
  let node = 0;
  for (let day = 0; day < graph.dayCount; day++) {
    const option = tour[day] < 0 ? 0 : optionOfKind[tour[day]];
    if (option < 0) return false;
    const choice = day * options.length + option;
    const end = arcStart[node + 1];
    let arc = arcStart[node];
    while (arc < end && arcChoice[arc] !== choice) arc++;
    if (arc === end) return false;
    node = arcTo[arc];
  }
  return graph.looseCaps.every((cap) => countOf(graph.limits, cap, tour) <= graph.limits.caps[cap].maximum);
}

function countOf(limits: TourLimits, cap: number, tour: Tour): number {
  let count = 0;
  for (const kind of tour) if (limits.caps[cap].kinds.includes(kind)) count++;
  return count;
}

/** Price to go of every node, last day first, then one walk along the cheapest arcs. */
function sweep(graph: TourGraph, prices: Float64Array, surcharge: Float64Array | null, tour: Tour): number {
  const { dayCount, options, layerStart, arcStart, arcTo, arcChoice, toGo, optionPrice, optionKind } = graph;
  const optionCount = options.length;
  const width = graph.kindCount + 1;
  for (let day = 0; day < dayCount; day++) {
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
  const last = layerStart[dayCount];
  toGo.fill(0, last);
  for (let node = last - 1; node >= 0; node--) {
    let least = Infinity;
    const end = arcStart[node + 1];
    for (let arc = arcStart[node]; arc < end; arc++) {
      const price = optionPrice[arcChoice[arc]] + toGo[arcTo[arc]];
      if (price < least) least = price;
    }
    toGo[node] = least;
  }
  if (toGo[0] === Infinity) return Infinity;
  let node = 0;
  for (let day = 0; day < dayCount; day++) {
    const end = arcStart[node + 1];
    let arc = arcStart[node];
    while (arc < end && optionPrice[arcChoice[arc]] + toGo[arcTo[arc]] !== toGo[node]) arc++;
    tour[day] = optionKind[arcChoice[arc]];
    node = arcTo[arc];
  }
  return toGo[0];
}

/** Caps that can bind, tightest first; those whose counts would blow the state up are loose. */
function splitCaps(problem: RosterProblem, limits: TourLimits): { tightCaps: number[]; looseCaps: number[] } {
  const shortest = Math.min(...problem.kinds.map((kind) => kind.minutes));
  const most = Math.min(problem.dayCount, limits.maximumMinutes / Math.max(1, shortest));
  const binding = limits.caps
    .map((cap, index) => ({ index, maximum: cap.maximum }))
    .filter((cap) => cap.maximum > 0 && cap.maximum < most)
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
