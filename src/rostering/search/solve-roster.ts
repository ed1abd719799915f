import { pow } from "../../numerics/elementary.ts";
import { type RandomStream, randomStream } from "../../numerics/random.ts";
import type { Solver } from "../../optimising/solver.ts";
import { type TourPool, tourPool } from "../bound/column-generation.ts";
import { flowSize, solveByFlow } from "../bound/flow-model.ts";
import { lagrangianBound } from "../bound/lagrangian-bound.ts";
import type { RosterProblem, Tour } from "../problem/roster-problem.ts";
import { allowsTour } from "./cheapest-tour.ts";
import { dive } from "./dive.ts";
import { type Incumbent, incumbentOf } from "./incumbent.ts";
import { rosterSearch } from "./ruin-and-recreate.ts";
import type { TourGraph } from "./tour-graph.ts";

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

/** News of a running solve: the best roster so far and how good it could be. */
export interface RosterNews extends RosterSolution {
  readonly phase: "search" | "bound" | "dive" | "improve";
  readonly completed: number;
  readonly total: number | null;
}

export interface RosterHooks {
  /** Called at every improvement and now and then. */
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
  const incumbent = incumbentOf(problem);
  const run: SolverRun = {
    problem,
    graphs,
    effort,
    hooks,
    incumbent,
    chance: randomStream(seed, "roster", "neighbourhoods"),
    secondsLeft: () =>
      effort.seconds === null ? Infinity : effort.seconds - (performance.now() - began) / 1000,
    report: (phase, completed, total) =>
      hooks.onNews?.({ phase, completed, total, ...solutionOf(incumbent) }),
  };
  const anneal = annealing(run, seed, start);
  const searchSteps = Math.round(effort.searchStepsPerPerson * problem.people.length);
  const isCutIntoSpans = graphs.some(({ spans }) => spans.length > 1);
  if (!solver || problem.cover.need.length > largestForProgramming || isCutIntoSpans) {
    // Cools once over all the time there is.
    const rounds = Math.min(effort.neighbourhoods, roundsWithoutSolver);
    await anneal(effort.seconds === null ? searchSteps * rounds : Number.MAX_SAFE_INTEGER, 0);
    return solutionOf(incumbent);
  }
  await anneal(searchSteps, (effort.seconds ?? 0) * shareAfterSearch);
  if (problem.people.length === 0) incumbent.raiseBound(incumbent.price);
  await cheapBound(run);
  // Programs over whole tours know nothing of soft rules that are no sum over days.
  if (problem.people.some(({ soft }) => soft !== undefined)) {
    for (let again = 0; again < effort.neighbourhoods && run.secondsLeft() > 0; again++) {
      if (incumbent.isProved) break;
      await anneal(Math.ceil(searchSteps / 4), 0, reheat);
    }
    return solutionOf(incumbent);
  }
  const pool = tourPool(problem);
  for (const [person, tour] of incumbent.tours.entries()) pool.add(person, tour);
  if (effort.relaxationRounds > 0) await diveForEverybody(run, solver, pool);
  prove(run, solver);
  await improveNeighbourhoods(run, solver, pool);
  return solutionOf(incumbent);
}

/** What the phases of a solve share. */
interface SolverRun {
  readonly problem: RosterProblem;
  readonly graphs: readonly TourGraph[];
  readonly effort: RosterEffort;
  readonly hooks: RosterHooks;
  readonly incumbent: Incumbent;
  readonly chance: RandomStream;
  secondsLeft(): number;
  report(phase: RosterNews["phase"], completed: number, total: number | null): void;
}

function solutionOf({ tours, price, bound, isProved }: Incumbent): RosterSolution {
  return {
    tours: tours.map((tour) => tour.slice()),
    price,
    bound: Number.isFinite(bound) ? bound : null,
    status: isProved ? "optimal" : "timeLimit",
  };
}

/** Starts the search and answers what drives it on: so many steps, cooling from a tenth of the mean price per person. */
function annealing(
  { problem, graphs, incumbent, secondsLeft, report }: SolverRun,
  seed: number,
  start: readonly Tour[] | null,
): (steps: number, untilSecondsLeft: number, heat?: number) => Promise<void> {
  const search = rosterSearch(problem, graphs, seed, start);
  incumbent.offer(search.best().tours);
  const hottest = Math.max(1e-6, incumbent.price / Math.max(1, problem.people.length) / 10);
  return async (steps, untilSecondsLeft, heat = 1) => {
    const from = secondsLeft();
    let reported = performance.now();
    for (let step = 0; step < steps && secondsLeft() > untilSecondsLeft; step++) {
      const inTime = from === Infinity ? 0 : (from - secondsLeft()) / (from - untilSecondsLeft);
      const temperature = heat * hottest * pow(coldest, Math.max(step / steps, inTime));
      if (search.step(temperature)) incumbent.offer(search.best().tours);
      if (step % 64 === 0 || performance.now() - reported > 200) {
        reported = performance.now();
        report("search", step, steps);
        await breath();
      }
    }
  };
}

/** A bound by prices on cover, over at most half the time. */
async function cheapBound({
  problem,
  graphs,
  effort,
  incumbent,
  secondsLeft,
  report,
}: SolverRun): Promise<void> {
  const lagrangian = lagrangianBound(problem, graphs);
  const secondsKept = (effort.seconds ?? 0) * shareAfterBound;
  for (let step = 0; step < effort.boundSteps && secondsLeft() > secondsKept; step++) {
    incumbent.raiseBound(lagrangian.step(incumbent.price));
    if (step % 16 === 0) {
      report("bound", step, effort.boundSteps);
      await breath();
    }
  }
}

async function diveForEverybody(run: SolverRun, solver: Solver, pool: TourPool): Promise<void> {
  const { problem, effort, incumbent, report } = run;
  const peopleCount = problem.people.length;
  const seconds = effort.seconds ?? 0;
  const { tours } = await dive(
    {
      ...run,
      solver,
      breath,
      onRound: (round) => report("bound", round, null),
      onFixed: (count) => report("dive", count, peopleCount),
    },
    {
      fixed: problem.people.map(() => null),
      pool,
      rootRounds: effort.relaxationRounds,
      reserve: { root: seconds * rootReserve, below: seconds * diveReserve },
    },
  );
  if (tours) incumbent.offer(tours);
  report("dive", peopleCount, peopleCount);
}

/** Branch and bound over everybody's tours where they are few enough. */
function prove({ problem, graphs, effort, incumbent, secondsLeft, report }: SolverRun, solver: Solver): void {
  if (incumbent.isProved || flowSize(graphs) > effort.proofArcs || secondsLeft() <= 1) return;
  const limit = effort.seconds === null ? { iterations: proofIterations } : { seconds: secondsLeft() * 0.6 };
  const answer = solveByFlow(problem, graphs, solver, incumbent.tours, limit);
  if (answer.tours?.every((tour, person) => allowsTour(graphs[person], tour))) incumbent.offer(answer.tours);
  if (answer.bound !== null) incumbent.raiseBound(answer.bound);
  report("dive", problem.people.length, problem.people.length);
}

/** Sets some people free and dives for them, again and again, with more people where that is worth nothing. */
async function improveNeighbourhoods(run: SolverRun, solver: Solver, pool: TourPool): Promise<void> {
  const { problem, effort, hooks, incumbent, chance, secondsLeft, report } = run;
  const peopleCount = problem.people.length;
  let size = Math.min(peopleCount, smallNeighbourhood);
  for (let done = 0; done < effort.neighbourhoods && secondsLeft() > 0 && !incumbent.isProved; done++) {
    const foreign = await hooks.fromOutside?.();
    if (foreign) incumbent.offer(foreign);
    const free = new Set(sample(peopleCount, Math.round(size), chance));
    const local = tourPool(problem);
    for (const person of free) {
      local.add(person, incumbent.tours[person]);
      const tours = pool.tours[person];
      for (let pick = 0; pick < Math.min(toursToBeginWith, tours.length); pick++)
        local.add(person, tours[Math.floor(chance.uniform() * tours.length)]);
    }
    const { tours, depth } = await dive(
      {
        ...run,
        solver,
        breath,
        onRound: () => {},
        onFixed: () => report("improve", done, effort.neighbourhoods),
      },
      {
        fixed: incumbent.tours.map((tour, person) => (free.has(person) ? null : tour)),
        pool: local,
        rootRounds: neighbourhoodRounds,
        reserve: null,
      },
    );
    for (const person of free) for (const tour of local.tours[person]) pool.add(person, tour);
    if (tours && incumbent.offer(tours)) report("improve", done + 1, effort.neighbourhoods);
    // Nothing to be had at the root: look wider. Lost on the way down: look closer.
    else if (depth === 0) size = Math.min(peopleCount, size * 1.03);
    else size = Math.max(Math.min(4, peopleCount), size * 0.99);
  }
}

/** With more cells of cover than this a linear program over them takes longer than it brings. */
const largestForProgramming = 3000;

/** Without a solver the search is so many times as long where seconds do not decide. */
const roundsWithoutSolver = 3;

/** Shares of the time that search, cheap bound, relaxation of everybody, and the dive from it, leave to what comes after. */
const shareAfterSearch = 0.9;
const shareAfterBound = 0.5;
const rootReserve = 0.6;
const diveReserve = 0.35;

/** Temperature at the end of an annealing, as a share of that at its beginning. */
const coldest = 0.02;

/** Heat of an annealing that goes on from a good roster, as a share of the first one's. */
const reheat = 0.1;

/** Limit of the proof where seconds must not decide. */
const proofIterations = 400_000;

/** People set free at first, tours they begin with, and rounds of pricing before the first is fixed. */
const smallNeighbourhood = 8;
const toursToBeginWith = 40;
const neighbourhoodRounds = 100;

/** `count` different numbers below `total`. */
function sample(total: number, count: number, chance: RandomStream): number[] {
  const order = Array.from({ length: total }, (_, index) => index);
  for (let index = 0; index < count; index++) {
    const other = index + Math.floor(chance.uniform() * (total - index));
    [order[index], order[other]] = [order[other], order[index]];
  }
  return order.slice(0, count);
}

/** Lets messages and timers through between two pieces of work. */
function breath(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0));
}
