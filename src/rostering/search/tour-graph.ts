import { memoizeByObject } from "../../domain/memo.ts";
import type { RosterProblem, Span, TourLimits } from "../problem/roster-problem.ts";
import { TooManyStates, type TourOptions, type TourStates, tourStates } from "./tour-state.ts";

/**
 * All tours that a set of limits allows, unfolded once into a layered graph, so that the cheapest tour under any
 * prices is one sweep over its arcs.
 *
 * A node is what the past means for the future (`TourState`). Only nodes that can be reached and can still finish are
 * kept. Caps too high to bind often are left out of the state where they would make the graph large; `cheapestTour`
 * then raises the price of the kinds in question until they hold, so it is exact but for those.
 */
export interface TourGraph extends TourOptions {
  readonly limits: TourLimits;
  readonly dayCount: number;
  readonly kindCount: number;
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
  /** Room for a sweep, used again by each: price to go per node, and price and kind per choice. */
  readonly scratch: {
    readonly toGo: Float64Array;
    readonly optionPrice: Float64Array;
    readonly optionKind: Int16Array;
  };
}

/** The graph would not fit: more nodes than this. */
const maximumNodes = 3_000_000;

/** Arcs from the nodes of one day to those of the next, before what cannot finish is dropped. */
interface DayArcs {
  readonly to: Int32Array;
  readonly option: Int16Array;
  /** Arcs of the layer's node n are `start[n] … start[n + 1]`. */
  readonly start: Int32Array;
}

/**
 * Unfolds limits over the horizon of a problem. Null when no tour satisfies them: that is an honest outcome.
 * Throws TooManyStates beyond `nodeLimit`.
 */
export function unfoldTours(
  problem: RosterProblem,
  limits: TourLimits,
  nodeLimit = maximumNodes,
): TourGraph | null {
  const states = tourStates(problem, limits);
  const layerOf = layerIndex(states.codeCount);
  const state = states.newState();
  const next = states.newState();
  let layer: readonly number[] = [states.encode(state)];
  const layerSizes = [1];
  const days: DayArcs[] = [];
  let nodeCount = 1;
  for (let day = 0; day < problem.dayCount; day++) {
    const reached = layerOf();
    const to: number[] = [];
    const options: number[] = [];
    const start = new Int32Array(layer.length + 1);
    for (const [node, code] of layer.entries()) {
      start[node] = to.length;
      states.decode(code, state);
      for (let option = 0; option < states.options.length; option++) {
        if (!states.advance(state, day, option, next)) continue;
        to.push(reached.nodeOf(states.encode(next)));
        options.push(option);
      }
    }
    start[layer.length] = to.length;
    layer = reached.codes();
    nodeCount += layer.length;
    if (nodeCount > nodeLimit) throw new TooManyStates(`a tour has more than ${nodeLimit} states`);
    days.push({ to: Int32Array.from(to), option: Int16Array.from(options), start });
    layerSizes.push(layer.length);
  }
  if (layer.length === 0) return null;
  return graphOf(problem, limits, states, layerSizes, days);
}

/** Up to so many codes, an array finds the node of a code; beyond, a map. */
const densestCodes = 1 << 24;

/** Numbers the states of one layer after another in the order in which they are met. */
function layerIndex(codeCount: number) {
  const dense = codeCount <= densestCodes ? new Int32Array(codeCount) : null;
  return () => {
    const codes: number[] = [];
    const sparse = new Map<number, number>();
    return {
      nodeOf(code: number): number {
        const node = dense ? dense[code] - 1 : (sparse.get(code) ?? -1);
        if (node >= 0) return node;
        if (dense) dense[code] = codes.length + 1;
        else sparse.set(code, codes.length);
        return codes.push(code) - 1;
      },
      /** The states met, by number; the array is then clean for the next layer. */
      codes(): readonly number[] {
        if (dense) for (const code of codes) dense[code] = 0;
        return codes;
      },
    };
  };
}

/** `unfoldTours` that unfolds equal limits (the same object) once. */
export function tourUnfolder(
  problem: RosterProblem,
  nodeLimit = maximumNodes,
): (limits: TourLimits) => TourGraph | null {
  return memoizeByObject((limits: TourLimits) => unfoldTours(problem, limits, nodeLimit));
}

/** Drops what cannot finish and lays the rest out as typed arrays; null where nothing is left. */
function graphOf(
  { dayCount, kinds }: RosterProblem,
  limits: TourLimits,
  states: TourStates,
  layerSizes: readonly number[],
  days: readonly DayArcs[],
): TourGraph | null {
  const { options, optionOfKind, looseCaps, spans } = states;
  const { classOf, models } = mergedByFuture(layerSizes, days);
  if (classOf[0][0] < 0) return null;
  const layerStart = new Int32Array(dayCount + 2);
  let nodeCount = 0;
  let arcCount = 0;
  for (let day = 0; day <= dayCount; day++) {
    layerStart[day] = nodeCount;
    nodeCount += models[day].length;
    if (day === dayCount) continue;
    const { to, start } = days[day];
    for (const node of models[day])
      for (let arc = start[node]; arc < start[node + 1]; arc++)
        if (classOf[day + 1][to[arc]] >= 0) arcCount++;
  }
  layerStart[dayCount + 1] = nodeCount;
  const arcStart = new Int32Array(nodeCount + 1);
  const arcTo = new Int32Array(arcCount);
  const arcChoice = new Int32Array(arcCount);
  let filled = 0;
  for (const [day, { to, option, start }] of days.entries()) {
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
    kindCount: kinds.length,
    options,
    optionOfKind,
    layerStart,
    arcStart,
    arcTo,
    arcChoice,
    looseCaps,
    spans,
    scratch: {
      toGo: new Float64Array(nodeCount),
      optionPrice: new Float64Array(dayCount * options.length),
      optionKind: new Int16Array(dayCount * options.length),
    },
  };
}

/**
 * Makes one class of the nodes of a day that have the same future (such as minutes so far where no limit will tell the
 * difference any more): the class of each node, −1 where it cannot finish, and a node to stand for each class.
 */
function mergedByFuture(
  layerSizes: readonly number[],
  days: readonly DayArcs[],
): { classOf: readonly Int32Array[]; models: readonly Int32Array[] } {
  const dayCount = days.length;
  const classOf: Int32Array[] = new Array(dayCount + 1);
  const models: Int32Array[] = new Array(dayCount + 1);
  classOf[dayCount] = new Int32Array(layerSizes[dayCount]);
  models[dayCount] = Int32Array.of(0);
  for (let day = dayCount - 1; day >= 0; day--) {
    const { to, option, start } = days[day];
    const later = classOf[day + 1];
    const classes = new Int32Array(layerSizes[day]).fill(-1);
    const found: number[] = [];
    const bySum = new Map<number, number[]>();
    for (let node = 0; node < classes.length; node++) {
      let sum = 0;
      let isAlive = false;
      for (let arc = start[node]; arc < start[node + 1]; arc++) {
        if (later[to[arc]] < 0) continue;
        isAlive = true;
        sum = (Math.imul(sum, 31) + Math.imul(later[to[arc]] + 1, 0x9e3779b1) + option[arc]) | 0;
      }
      if (!isAlive) continue;
      const candidates = bySum.get(sum);
      const same = candidates?.find((other) => haveSameFuture(days[day], later, found[other], node));
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
  return { classOf, models };
}

/** From both nodes of a layer the same options lead to the same classes. */
function haveSameFuture(
  { to, option, start }: DayArcs,
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
