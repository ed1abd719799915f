import type { Tour } from "../problem/roster-problem.ts";
import type { TourGraph } from "./tour-graph.ts";

/** Price of a tour found, and what no tour costs less than: the same unless loose caps had to be held by prices. */
export interface TourPrice {
  /** Infinity when every tour holds a forbidden choice. */
  readonly price: number;
  readonly bound: number;
}

/**
 * The cheapest tour under prices per choice (`day * (kinds + 1) + kind + 1`, Infinity where forbidden), written into
 * `tour`, which stays untouched when every tour holds a forbidden choice.
 */
export function cheapestTour(graph: TourGraph, prices: Float64Array, tour: Tour): TourPrice {
  const { dayCount, layerStart, looseCaps, spans, scratch } = graph;
  scratch.toGo.fill(0, layerStart[dayCount]);
  const before = looseCaps.length === 0 ? tour : tour.slice();
  const whole: Sweep = { graph, prices, from: 0, to: dayCount, entry: 0, tour };
  const bound = sweep(whole);
  if (looseCaps.length === 0 || bound === Infinity) return { price: bound, bound };
  if (spans.length === 1) return { price: keepLooseCaps(whole, before, bound), bound };
  for (const [span, { from, to }] of spans.entries()) {
    if (exceededCaps(graph, tour, from, to).length === 0) continue;
    if (cheapestSpan(graph, prices, tour, span) < Infinity) continue;
    tour.set(before);
    return { price: Infinity, bound };
  }
  return { price: priceOfDays(whole), bound };
}

/**
 * The cheapest way to spend one span, the days outside it staying as they are in `tour`, which must be allowed.
 * Answers the price of the span's days; Infinity, and `tour` untouched, where nothing but forbidden choices is left.
 */
export function cheapestSpan(graph: TourGraph, prices: Float64Array, tour: Tour, span: number): number {
  const { from, to } = graph.spans[span];
  const { layerStart, dayCount, scratch } = graph;
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
    scratch.toGo[node] = at < 0 ? Infinity : 0;
  }
  const before = graph.looseCaps.length === 0 ? tour : tour.slice();
  const part: Sweep = { graph, prices, from, to, entry, tour };
  const price = sweep(part);
  if (graph.looseCaps.length === 0 || price === Infinity) return price;
  return keepLooseCaps(part, before, price);
}

/** True when the limits hold for a tour: one walk through the graph, day by day. */
export function allowsTour(graph: TourGraph, tour: Tour): boolean {
  return (
    walk(graph, tour, 0, graph.dayCount, 0) >= 0 && exceededCaps(graph, tour, 0, graph.dayCount).length === 0
  );
}

/** One sweep: the cheapest way from a node through some days, to a layer whose prices to go are set. */
interface Sweep {
  readonly graph: TourGraph;
  readonly prices: Float64Array;
  /** Days `from` to before `to`. */
  readonly from: number;
  readonly to: number;
  /** Node at which the days begin. */
  readonly entry: number;
  /** Where the way is written. */
  readonly tour: Tour;
}

/** Steps in which prices are raised until loose caps hold: first evenly, then faster. */
const surchargeSteps = 60;
const evenSteps = 20;

/** Raises the price of the kinds that exceed their loose caps, step by step, until all hold; else `before` comes back. */
function keepLooseCaps(part: Sweep, before: Tour, price: number): number {
  const { graph, tour, from, to } = part;
  let exceeded = exceededCaps(graph, tour, from, to);
  if (exceeded.length === 0) return price;
  const surcharge = new Float64Array(graph.kindCount);
  for (let step = 1; step < surchargeSteps && exceeded.length > 0; step++) {
    for (const cap of exceeded)
      for (const kind of graph.limits.caps[cap].kinds)
        surcharge[kind] += step < evenSteps ? 1 : 2 ** (step - evenSteps + 4);
    if (sweep(part, surcharge) === Infinity) break;
    exceeded = exceededCaps(graph, tour, from, to);
  }
  if (exceeded.length === 0) return priceOfDays(part);
  tour.set(before);
  return Infinity;
}

function priceOfDays({ graph, prices, tour, from, to }: Sweep): number {
  let total = 0;
  for (let day = from; day < to; day++) total += prices[day * (graph.kindCount + 1) + tour[day] + 1];
  return total;
}

/** Loose caps that the spans within these days exceed. */
function exceededCaps(graph: TourGraph, tour: Tour, first: number, end: number): number[] {
  const shiftsOf = (cap: number, from: number, to: number): number => {
    const { kinds } = graph.limits.caps[cap];
    let count = 0;
    for (let day = from; day < to; day++) if (kinds.includes(tour[day])) count++;
    return count;
  };
  return graph.looseCaps.filter((cap) =>
    graph.spans.some(
      ({ from, to, caps }) => from >= first && to <= end && shiftsOf(cap, from, to) > caps[cap],
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

/**
 * Price to go of every node of the days, last first (the layer at `to` is given), then a walk along the cheapest arcs.
 *
 * @param surcharge price per kind on top of the prices
 */
function sweep(
  { graph, prices, from, to, entry, tour }: Sweep,
  surcharge: Float64Array | null = null,
): number {
  const { options, layerStart, arcStart, arcTo, arcChoice } = graph;
  const { toGo, optionPrice, optionKind } = graph.scratch;
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
