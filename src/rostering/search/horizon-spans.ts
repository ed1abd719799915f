import { greatestCommonDivisor } from "../../numerics/greatest-common-divisor.ts";
import type { Person, RosterProblem, Span, TourLimits } from "../problem/roster-problem.ts";
import { cheapestTour } from "./cheapest-tour.ts";
import { type TourGraph, tourUnfolder, unfoldTours } from "./tour-graph.ts";
import { TooManyStates } from "./tour-state.ts";

/** Everybody's tours, unfolded; `null` for a person whom no tour satisfies. */
export interface UnfoldedProblem {
  /** The same problem, perhaps with prices of Infinity in the place of kinds that limits bar. */
  readonly problem: RosterProblem;
  readonly graphs: readonly (TourGraph | null)[];
  /** True where the graphs hold all tours; then what is proved about them is proved about the roster. */
  readonly isWhole: boolean;
}

/** Up to so many days, and states of a tour, everything is counted over the whole horizon. */
const wholeDays = 31;
const wholeStates = 400_000;
const spanStates = 500_000;
/** Lengths tried for the spans of a long horizon: a person's leave may leave no tour in some. */
const spanWeeks = [4, 5, 6, 3, 2, 1];

/**
 * Unfolds everybody's tours. What limits count over a long horizon (minutes, weekends, shifts of a kind) makes the
 * number of states explode: there each span of four weeks gets its share of every limit, and a tour that keeps the
 * shares keeps the limits. So every roster found is valid, a few are out of reach, and nothing can be proved.
 * People with the same contract then share their unfolded tours, whatever kinds they may not work.
 */
export function unfoldEverybody(problem: RosterProblem): UnfoldedProblem {
  if (problem.dayCount <= wholeDays) {
    try {
      const unfold = tourUnfolder(problem, wholeStates);
      return { problem, graphs: problem.people.map(({ limits }) => unfold(limits)), isWhole: true };
    } catch (error) {
      if (!(error instanceof TooManyStates)) throw error;
    }
  }
  const people = problem.people.map((person) => withBarredAsPrices(problem, person));
  const bare = { ...problem, people };
  const known = new Map<string, TourGraph | null>();
  const graphs = people.map((person) => {
    for (const weeks of spanWeeks) {
      for (let offset = 0; offset < weeks; offset++) {
        const graph = inSpans(bare, person, weeks, offset, known);
        if (graph !== null) return graph;
      }
    }
    return withLeaveShared(bare, person);
  });
  return { problem: bare, graphs, isWhole: false };
}

/** One person's tours in spans of so many weeks, the first shorter by `offset`; null where they do not fit, or leave none. */
function inSpans(
  problem: RosterProblem,
  person: Person,
  weeks: number,
  offset: number,
  known: Map<string, TourGraph | null>,
): TourGraph | null {
  const uncapped = { ...person.limits, caps: [] };
  const key = JSON.stringify([weeks, offset, uncapped]);
  let graph = known.get(key);
  if (graph === undefined) {
    graph = unfoldedOrNull(problem, {
      ...uncapped,
      spans: shares(problem, uncapped, endsOfSpans(problem, weeks, offset)),
    });
    known.set(key, graph);
  }
  const capped = graph && withCaps(problem, graph, person.limits);
  const scratch = new Int16Array(problem.dayCount);
  return capped && cheapestTour(capped, person.prices, scratch).price < Infinity ? capped : null;
}

/** Minutes shared by the days a person is there instead of by all days; the caps and weekends as ever. */
function withLeaveShared(problem: RosterProblem, person: Person): TourGraph | null {
  const width = problem.kinds.length + 1;
  const there = [0];
  for (let day = 0; day < problem.dayCount; day++) {
    const isAway = person.prices
      .subarray(day * width + 1, (day + 1) * width)
      .every((price) => price === Infinity);
    there.push(there[day] + (isAway ? 0 : 1));
  }
  const uncapped = { ...person.limits, caps: [] };
  for (const weeks of spanWeeks) {
    const spans = shares(problem, uncapped, endsOfSpans(problem, weeks, 0), there);
    const graph = unfoldedOrNull(problem, { ...uncapped, spans });
    const capped = graph && withCaps(problem, graph, person.limits);
    const scratch = new Int16Array(problem.dayCount);
    if (capped && cheapestTour(capped, person.prices, scratch).price < Infinity) return capped;
  }
  return null;
}

function unfoldedOrNull(problem: RosterProblem, limits: TourLimits): TourGraph | null {
  try {
    return unfoldTours(problem, limits, spanStates);
  } catch (error) {
    if (error instanceof TooManyStates) return null;
    throw error;
  }
}

/** The same unfolded tours under caps of a person's own, kept by prices. */
function withCaps(problem: RosterProblem, graph: TourGraph, limits: TourLimits): TourGraph {
  if (limits.caps.length === 0) return graph;
  const caps = shares(
    problem,
    limits,
    graph.spans.map(({ to }) => to),
  ).map((span) => span.caps);
  const spans = graph.spans.map((span, index) => ({ ...span, caps: caps[index] }));
  return { ...graph, limits: { ...limits, spans }, spans, looseCaps: limits.caps.map((_, cap) => cap) };
}

/** Kinds a person may never work become forbidden choices, and caps that cannot bind go: contracts look alike again. */
function withBarredAsPrices(problem: RosterProblem, person: Person): Person {
  const width = problem.kinds.length + 1;
  const prices = person.prices.slice();
  for (const { kinds, maximum } of person.limits.caps) {
    if (maximum > 0) continue;
    for (let day = 0; day < problem.dayCount; day++)
      for (const kind of kinds) prices[day * width + kind + 1] = Infinity;
  }
  const shortest = Math.max(1, Math.min(...problem.kinds.map(({ minutes }) => minutes)));
  const most = Math.min(problem.dayCount, person.limits.maximumMinutes / shortest);
  const caps = person.limits.caps.filter(({ maximum }) => maximum > 0 && maximum < most);
  return { ...person, prices, limits: { ...person.limits, caps } };
}

/** Spans up to these days with limits in proportion to their days; what does not divide goes to the spans in turn. */
function shares(
  problem: RosterProblem,
  limits: TourLimits,
  ends: readonly number[],
  daysBefore?: readonly number[],
): Span[] {
  const { dayCount } = problem;
  const part = (whole: number, from: number, to: number): number =>
    whole === Infinity
      ? Infinity
      : Math.floor((whole * to) / dayCount) - Math.floor((whole * from) / dayCount);
  const worked = (whole: number, from: number, to: number): number => {
    if (whole === Infinity || daysBefore === undefined) return part(whole, from, to);
    const upTo = (day: number) => Math.floor((whole * daysBefore[day]) / daysBefore[dayCount]);
    return upTo(to) - upTo(from);
  };
  const quantum = problem.kinds.map(({ minutes }) => minutes).reduce(greatestCommonDivisor, 0) || 1;
  return ends.map((to, index) => {
    const from = index === 0 ? 0 : ends[index - 1];
    return {
      from,
      to,
      minimumMinutes: worked(Math.ceil(limits.minimumMinutes / quantum), from, to) * quantum,
      maximumMinutes: worked(Math.floor(limits.maximumMinutes / quantum), from, to) * quantum,
      maximumWeekends: part(limits.maximumWeekends, from, to),
      caps: limits.caps.map(({ maximum }) => part(maximum, from, to)),
    };
  });
}

function endsOfSpans({ dayCount, weekOfDay }: RosterProblem, weeks: number, offset: number): number[] {
  const spanOf = (day: number) => Math.floor((weekOfDay[day] + offset) / weeks);
  return Array.from({ length: dayCount }, (_, day) => day + 1).filter(
    (end) => end === dayCount || spanOf(end) !== spanOf(end - 1),
  );
}
