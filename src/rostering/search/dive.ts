import type { RandomStream } from "../../numerics/random.ts";
import type { Solver } from "../../optimising/solver.ts";
import { type TourPool, type TourRelaxation, tourPool, tourRelaxation } from "../bound/column-generation.ts";
import type { RosterProblem, Tour } from "../problem/roster-problem.ts";
import type { Incumbent } from "./incumbent.ts";
import type { TourGraph } from "./tour-graph.ts";

/** A dive through the linear relaxation over whole tours. */
export interface Dive {
  /** Tours of the people who stay as they are; null: free. */
  readonly fixed: readonly (Tour | null)[];
  /** Tours known for the free; what is found is added. */
  readonly pool: TourPool;
  /** Rounds of pricing before the first tours are fixed. */
  readonly rootRounds: number;
  /** Where everybody is free: seconds that the relaxation, and then the dive, leave to what comes after; else null. */
  readonly reserve: { readonly root: number; readonly below: number } | null;
}

/** What a dive works with. */
export interface DiveSetting {
  readonly problem: RosterProblem;
  readonly graphs: readonly TourGraph[];
  readonly solver: Solver;
  readonly incumbent: Incumbent;
  readonly chance: RandomStream;
  secondsLeft(): number;
  /** Told after each round at the root of a dive with everybody free. */
  onRound(round: number): void;
  /** Told after each fixing: how many have their tour. */
  onFixed(count: number): void;
  /** Lets messages and timers through. */
  breath(): Promise<void>;
}

/** Rounds of pricing after each fixing. */
const laterRounds = 30;
/** Tours per person that go on to the next step of a dive. */
const promisingTours = 40;
/** A relaxation whose value is further from its bound than this share of the price is not worth diving from. */
const worthDiving = 0.02;

/**
 * Solves the relaxation, fixes the tours with the largest shares, prices new ones for the others, and again until
 * everybody has one. Null where the relaxation shows that nothing better is to be had below, or there is no time;
 * `depth` counts the fixings until then.
 */
export async function dive(
  setting: DiveSetting,
  { fixed, pool, rootRounds, reserve }: Dive,
): Promise<{ tours: readonly Tour[] | null; depth: number }> {
  const { problem, graphs, solver, incumbent, chance } = setting;
  const chosen = [...fixed];
  let columns = pool;
  for (let depth = 0; ; depth++) {
    if (chosen.every((tour) => tour !== null)) return { tours: chosen as Tour[], depth };
    const isRoot = reserve !== null && depth === 0;
    const secondsKept = reserve === null ? 0 : isRoot ? reserve.root : reserve.below;
    const relaxation = tourRelaxation(problem, graphs, solver, columns, chosen);
    try {
      await solveRelaxation(setting, relaxation, depth > 0 ? laterRounds : rootRounds, secondsKept, isRoot);
      // With everybody free it is a bound on the whole roster.
      if (depth === 0 && fixed.every((tour) => tour === null)) incumbent.raiseBound(relaxation.bound());
      if (incumbent.isWorthless(relaxation.bound())) return { tours: null, depth };
      // A relaxation of everybody that takes too long leaves its time to neighbourhoods.
      if (reserve !== null && setting.secondsLeft() <= secondsKept) return { tours: null, depth };
      if (setting.secondsLeft() <= 0)
        return { tours: largestShares(relaxation, chosen, incumbent.tours), depth };
      if (isRoot && relaxation.value() - relaxation.bound() > worthDiving * incumbent.price)
        return { tours: null, depth };
      fixLargestShares(relaxation.shares(), chosen, chance);
      if (columns !== pool)
        for (const [person, tours] of columns.tours.entries())
          for (const tour of tours) pool.add(person, tour);
      columns = tourPool(problem);
      for (const { person, tour } of relaxation.promising(promisingTours)) columns.add(person, tour);
    } finally {
      relaxation.dispose();
    }
    setting.onFixed(chosen.filter((tour) => tour !== null).length);
  }
}

/** Prices until nothing new comes, the bound leaves nothing to be had, or rounds or time are over. */
async function solveRelaxation(
  { incumbent, secondsLeft, onRound, breath }: DiveSetting,
  relaxation: TourRelaxation,
  rounds: number,
  secondsKept: number,
  isRoot: boolean,
): Promise<void> {
  let added = 1;
  for (let round = 1; added > 0 && round <= rounds && secondsLeft() > secondsKept; round++) {
    added = relaxation.round();
    if (isRoot) onRound(round);
    if (round % 8 === 0) await breath();
    if (incumbent.isWorthless(relaxation.bound())) break;
  }
}

/** No time to price again: everybody takes the largest share they have. */
function largestShares(
  relaxation: TourRelaxation,
  chosen: readonly (Tour | null)[],
  otherwise: readonly Tour[],
): Tour[] {
  const largest = relaxation.shares().map((shares) => [...shares].sort((a, b) => b.share - a.share)[0]?.tour);
  return chosen.map((tour, person) => tour ?? largest[person] ?? otherwise[person]);
}

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
