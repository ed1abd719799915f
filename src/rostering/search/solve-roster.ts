import { type RandomStream, randomStream } from "../../numerics/random.ts";
import type { Solver } from "../../optimising/solver.ts";
import { type TourPool, tourPool, tourRelaxation } from "../bound/column-generation.ts";
import { flowSize, solveByFlow } from "../bound/flow-model.ts";
import { lagrangianBound } from "../bound/lagrangian-bound.ts";
import { rosterPrice } from "../problem/roster-price.ts";
import type { RosterProblem, Tour } from "../problem/roster-problem.ts";
import { rosterSearch } from "./search.ts";
import { allowsTour, type TourGraph } from "./tour-graph.ts";

/** How hard to try. Work limits repeat exactly; seconds come on top as a person's wish. */
export interface RosterEffort {
  /** Steps of the ruin-and-recreate search before anything else, per person. */
  readonly searchStepsPerPerson: number;
  /** Steps of the cheap bound. */
  readonly boundSteps: number;
  /**
   * Rounds of pricing for the relaxation of the whole roster; 0: none. Where they do not bring bound and value
   * together, diving from it would cost more than it gives.
   */
  readonly relaxationRounds: number;
  /** Neighbourhoods that are solved again after that. */
  readonly neighbourhoods: number;
  /** Rosters whose unfolded tours have no more arcs than this are proved by branch and bound; 0: none. */
  readonly proofArcs: number;
  /** Wall time; null: work limits only. */
  readonly seconds: number | null;
}

export interface RosterSolution {
  readonly tours: readonly Tour[];
  readonly price: number;
  /** No roster costs less; null where no bound was computed. */
  readonly bound: number | null;
  readonly status: "optimal" | "timeLimit";
}

/** What a running solve tells: the best roster so far and how good it could be. */
export interface RosterNews extends RosterSolution {
  readonly phase: "search" | "bound" | "dive" | "improve";
  readonly completed: number;
  readonly total: number | null;
}

export interface RosterHooks {
  /** Told at every improvement and now and then. */
  readonly onNews?: (news: RosterNews) => void;
  /** A roster that another worker found, if it has a better one. Asked between neighbourhoods. */
  readonly fromOutside?: () => Promise<readonly Tour[] | null>;
}

/**
 * Gives everybody a tour so that cover and wishes cost little.
 *
 * First a short ruin-and-recreate search, which is a good roster within a second. Then, where there is a linear
 * solver, the relaxation over whole tours: its value is the bound, and diving in it (fix the tours with the largest
 * shares, price new ones, again) lands within a few per cent. Then neighbourhoods: some people are set free and the
 * dive is repeated for them; the bound of the relaxation tells at once when nothing is to be had there, and the
 * neighbourhoods grow or shrink by that. Without a solver the search goes on alone.
 *
 * @param start a roster to begin from, for instance with pinned shifts, or null
 */
export async function solveRoster(
  problem: RosterProblem,
  graphs: readonly TourGraph[],
  solver: Solver | null,
  effort: RosterEffort,
  seed: number,
  start: readonly Tour[] | null,
  hooks: RosterHooks = {},
): Promise<RosterSolution> {
  const began = performance.now();
  const secondsLeft = (): number =>
    effort.seconds === null ? Infinity : effort.seconds - (performance.now() - began) / 1000;
  const chance = randomStream(seed, "roster", "neighbourhoods");
  const peopleCount = problem.people.length;
  const granularity = priceGranularity(problem);
  let bound = Number.NEGATIVE_INFINITY;
  let best: readonly Tour[] = [];
  let price = Infinity;
  const tell = (phase: RosterNews["phase"], completed: number, total: number | null): void =>
    hooks.onNews?.({ phase, completed, total, ...solution() });
  const solution = (): RosterSolution => ({
    tours: best.map((tour) => tour.slice()),
    price,
    bound: Number.isFinite(bound) ? bound : null,
    status: price <= bound + 1e-6 ? "optimal" : "timeLimit",
  });
  const offer = (tours: readonly Tour[]): boolean => {
    const offered = rosterPrice(problem, tours);
    if (offered >= price - 1e-6) return false;
    best = tours.map((tour) => tour.slice());
    price = offered;
    return true;
  };
  const raiseBound = (value: number): void => {
    // + 0 makes −0 a plain 0.
    bound = Math.max(bound, Math.min(price, roundUp(value, granularity))) + 0;
  };

  // Search: cools from a tenth of the mean price per person.
  const search = rosterSearch(problem, graphs, seed, start);
  offer(search.best().tours);
  const searchSteps = Math.round(effort.searchStepsPerPerson * peopleCount);
  const hottest = Math.max(1e-6, price / Math.max(1, peopleCount) / 10);
  const anneal = async (steps: number, untilSecondsLeft: number, heat = 1): Promise<void> => {
    const from = secondsLeft();
    let told = performance.now();
    for (let step = 0; step < steps && secondsLeft() > untilSecondsLeft; step++) {
      const inTime = from === Infinity ? 0 : (from - secondsLeft()) / (from - untilSecondsLeft);
      if (search.step(heat * hottest * 0.02 ** Math.max(step / steps, inTime))) offer(search.best().tours);
      if (step % 64 === 0 || performance.now() - told > 200) {
        told = performance.now();
        tell("search", step, steps);
        await breath();
      }
    }
  };
  const isWhole = graphs.every(({ spans }) => spans.length <= 1);
  const isLarge = problem.cover.need.length > largestForProgramming || !isWhole;
  // Programs over whole tours know nothing of soft rules that are no sum over days.
  const hasSoftTerms = problem.people.some(({ soft }) => soft !== undefined);
  if (!solver || isLarge) {
    // Cools once over all the time there is.
    const rounds = effort.seconds === null ? Math.min(effort.neighbourhoods, 3) : 1000;
    await anneal(effort.seconds === null ? searchSteps * rounds : Number.MAX_SAFE_INTEGER, 0);
    return solution();
  }
  await anneal(searchSteps, (effort.seconds ?? 0) * 0.9);
  if (peopleCount === 0) return { tours: [], price, bound: price, status: "optimal" };
  const cheapBound = lagrangianBound(problem, graphs);
  const boundSteps = isWhole ? effort.boundSteps : 0;
  for (let step = 0; step < boundSteps && secondsLeft() > (effort.seconds ?? 0) * 0.5; step++) {
    raiseBound(cheapBound.step(price));
    if (step % 16 === 0) {
      tell("bound", step, boundSteps);
      await breath();
    }
  }

  if (hasSoftTerms) {
    for (let again = 0; again < effort.neighbourhoods && secondsLeft() > 0 && price > bound + 1e-6; again++)
      await anneal(Math.ceil(searchSteps / 4), 0, reheat);
    return solution();
  }

  const pool = tourPool(problem);
  for (const [person, tour] of best.entries()) pool.add(person, tour);
  const diveFrom = async (
    fixed: readonly (Tour | null)[],
    local: TourPool,
    phase: "dive" | "improve",
    done: number,
  ): Promise<{ tours: readonly Tour[] | null; depth: number }> => {
    const all = fixed.every((tour) => tour === null);
    const chosen = [...fixed];
    let columns = local;
    for (let depth = 0; ; depth++) {
      if (chosen.every((tour) => tour !== null)) return { tours: chosen as Tour[], depth };
      const relaxation = tourRelaxation(problem, graphs, solver, columns, chosen);
      try {
        const roundLimit = depth > 0 ? 30 : all ? effort.relaxationRounds : 100;
        let round = 0;
        let added = 1;
        const isRoot = all && depth === 0;
        const reserve = all ? (effort.seconds ?? 0) * (isRoot ? rootReserve : diveReserve) : 0;
        while (added > 0 && round < roundLimit && secondsLeft() > reserve) {
          added = relaxation.round();
          round++;
          if (isRoot) tell("bound", round, null);
          if (round % 8 === 0) await breath();
          if (roundUp(relaxation.bound(), granularity) >= price - 1e-6) break;
        }
        if (isRoot) raiseBound(relaxation.bound());
        if (roundUp(relaxation.bound(), granularity) >= price - 1e-6) return { tours: null, depth };
        // A relaxation of everybody that takes too long leaves its time to neighbourhoods.
        if (all && secondsLeft() <= reserve) return { tours: null, depth };
        if (secondsLeft() <= 0) {
          // No time to price again: everybody takes the largest share they have.
          const rest = relaxation
            .shares()
            .map((shares) => [...shares].sort((a, b) => b.share - a.share)[0]?.tour);
          return { tours: chosen.map((tour, person) => tour ?? rest[person] ?? best[person]), depth };
        }
        if (isRoot && relaxation.value() - relaxation.bound() > worthDiving * price)
          return { tours: null, depth };
        fixLargestShares(relaxation.shares(), chosen, chance);
        if (columns !== local)
          for (const [person, list] of columns.tours.entries())
            for (const tour of list) local.add(person, tour);
        columns = tourPool(problem);
        for (const { person, tour } of relaxation.promising(promisingTours)) columns.add(person, tour);
      } finally {
        relaxation.dispose();
      }
      tell(
        phase,
        phase === "dive" ? chosen.filter((tour) => tour !== null).length : done,
        phase === "dive" ? peopleCount : effort.neighbourhoods,
      );
    }
  };

  if (effort.relaxationRounds > 0 && isWhole) {
    const nobody = problem.people.map(() => null);
    const { tours } = await diveFrom(nobody, pool, "dive", 0);
    if (tours) offer(tours);
    tell("dive", peopleCount, peopleCount);
  }

  if (isWhole && price > bound + 1e-6 && flowSize(graphs) <= effort.proofArcs && secondsLeft() > 1) {
    const limit =
      effort.seconds === null ? { iterations: proofIterations } : { seconds: secondsLeft() * 0.6 };
    const answer = solveByFlow(problem, graphs, solver, best, limit);
    if (answer.tours?.every((tour, person) => allowsTour(graphs[person], tour))) offer(answer.tours);
    if (answer.bound !== null) raiseBound(answer.bound);
    tell("dive", peopleCount, peopleCount);
  }

  let size = Math.min(peopleCount, 8);
  for (let done = 0; done < effort.neighbourhoods && secondsLeft() > 0; done++) {
    if (price <= bound + 1e-6) break;
    const foreign = await hooks.fromOutside?.();
    if (foreign) offer(foreign);
    const free = new Set(sample(peopleCount, Math.round(size), chance));
    const local = tourPool(problem);
    for (const person of free) {
      local.add(person, best[person]);
      const known = pool.tours[person];
      for (let pick = 0; pick < Math.min(40, known.length); pick++)
        local.add(person, known[Math.floor(chance.uniform() * known.length)]);
    }
    const { tours, depth } = await diveFrom(
      best.map((tour, person) => (free.has(person) ? null : tour)),
      local,
      "improve",
      done,
    );
    for (const person of free) for (const tour of local.tours[person]) pool.add(person, tour);
    if (tours && offer(tours)) tell("improve", done + 1, effort.neighbourhoods);
    // Nothing to be had at the root: look wider. Lost on the way down: look closer.
    else if (depth === 0) size = Math.min(peopleCount, size * 1.03);
    else size = Math.max(Math.min(4, peopleCount), size * 0.99);
  }
  return solution();
}

/** With more cells of cover than this a linear program over them takes longer than it brings. */
const largestForProgramming = 3000;

/** Shares of the time that the relaxation of everybody, and the dive from it, leave to what comes after. */
const rootReserve = 0.6;
const diveReserve = 0.35;

/** Heat of an annealing that goes on from a good roster, as a share of the first one's. */
const reheat = 0.1;

/** Limit of the proof where seconds must not decide. */
const proofIterations = 400_000;

/** A relaxation whose value is further from its bound than this share of the price is not worth diving from. */
const worthDiving = 0.02;

/** Tours per person that go on to the next step of a dive. */
const promisingTours = 40;

/** Fixes every tour that is nearly whole, or else the one whose share, shaken by up to a fifth, is largest. */
function fixLargestShares(
  shares: readonly (readonly { readonly tour: Tour; readonly share: number }[])[],
  chosen: (Tour | null)[],
  chance: RandomStream,
): void {
  const ranked = shares
    .flatMap((list, person) =>
      chosen[person]
        ? []
        : list.map(({ tour, share }) => ({
            person,
            tour,
            share,
            rank: share * (0.8 + 0.2 * chance.uniform()),
          })),
    )
    .sort((a, b) => b.rank - a.rank);
  let fixed = 0;
  for (const { person, tour, share } of ranked) {
    if (chosen[person] || (share <= 0.9 && fixed > 0)) continue;
    chosen[person] = tour;
    fixed++;
  }
}

/** `count` different numbers below `total`. */
function sample(total: number, count: number, chance: RandomStream): number[] {
  const order = Array.from({ length: total }, (_, index) => index);
  for (let index = 0; index < count; index++) {
    const other = index + Math.floor(chance.uniform() * (total - index));
    [order[index], order[other]] = [order[other], order[index]];
  }
  return order.slice(0, count);
}

/** 1 when every price and need is whole, so that a bound may be rounded up; else 0. */
function priceGranularity(problem: RosterProblem): number {
  const whole = (value: number): boolean => Number.isInteger(value) || value === Infinity;
  const { need, underPrice, overPrice } = problem.cover;
  return need.every(whole) &&
    underPrice.every(whole) &&
    overPrice.every(whole) &&
    problem.people.every((person) => person.prices.every(whole))
    ? 1
    : 0;
}

function roundUp(value: number, granularity: number): number {
  return granularity === 0 ? value : Math.ceil(value - 1e-5);
}

/** Lets messages and timers through between two pieces of work. */
function breath(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0));
}
