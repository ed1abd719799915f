import { type ColumnSpec, modelBuilder } from "../../optimising/model.ts";
import { type OpenLinearProgram, openLinearProgram, type Solver } from "../../optimising/solver.ts";
import { choiceIndex, dayOff, type RosterProblem, type Tour, tourPrice } from "../problem/roster-problem.ts";
import { cheapestTour } from "../search/cheapest-tour.ts";
import type { TourGraph } from "../search/tour-graph.ts";

/** Tours found so far, person by person, each once. */
export interface TourPool {
  readonly tours: readonly (readonly Tour[])[];
  /** Answers whether the tour is new. */
  add(person: number, tour: Tour): boolean;
}

export function tourPool(problem: RosterProblem): TourPool {
  const tours: Tour[][] = problem.people.map(() => []);
  const known = problem.people.map(() => new Set<string>());
  return {
    tours,
    add(person, tour) {
      const key = tour.join();
      if (known[person].has(key)) return false;
      known[person].add(key);
      tours[person].push(tour.slice());
      return true;
    },
  };
}

/**
 * The linear relaxation over whole tours (Dantzig & Wolfe): which mixture of tours covers best. Its value is a bound
 * no roster can beat, and a far better one than that of a model by days, since every tour in it obeys all rules.
 * New tours are priced by the same sweep that the search uses. People with a fixed tour only shift the need.
 */
export interface TourRelaxation {
  /** One round: solve, price, add tours. Answers how many tours were new; 0 when the relaxation is solved. */
  round(): number;
  /** Best lower bound so far on cover plus tours of everybody, fixed people included. */
  bound(): number;
  value(): number;
  /** Share of each tour of a free person in the last solution: `[person][index in pool]`. */
  shares(): readonly (readonly { readonly tour: Tour; readonly share: number }[])[];
  /** Each free person's tours that the last duals like best, at most so many. */
  promising(perPerson: number): readonly { readonly person: number; readonly tour: Tour }[];
  dispose(): void;
}

export function tourRelaxation(
  problem: RosterProblem,
  graphs: readonly TourGraph[],
  solver: Solver,
  pool: TourPool,
  fixed: readonly (Tour | null)[],
  smoothing = 0.8,
): TourRelaxation {
  const { people, cover, dayCount } = problem;
  const kindCount = problem.kinds.length;
  const width = kindCount + 1;
  const need = cover.need.slice();
  let fixedPrice = 0;
  for (const [person, tour] of fixed.entries()) {
    if (!tour) continue;
    fixedPrice += tourPrice(problem, people[person], tour);
    for (const cell of cellsOfTour(problem, tour)) need[cell]--;
  }
  const free = people.flatMap((_, person) => (fixed[person] ? [] : [person]));
  // A cell that wants nobody has a constant price: it needs no row.
  const wanted = Array.from(need.keys()).filter((cell) => need[cell] > 0);
  const rowOfCell = new Int32Array(need.length).fill(-1);
  const builder = modelBuilder();
  for (const cell of wanted) rowOfCell[cell] = builder.row("", need[cell], need[cell]);
  const personRow = new Map(free.map((person) => [person, builder.row("", 1, 1)]));
  for (const cell of wanted) {
    builder.column({ name: "", cost: cover.underPrice[cell], rows: [rowOfCell[cell]], values: 1 });
    builder.column({ name: "", cost: cover.overPrice[cell], rows: [rowOfCell[cell]], values: -1 });
  }
  for (let cell = 0; cell < need.length; cell++)
    if (rowOfCell[cell] < 0) fixedPrice -= need[cell] * cover.overPrice[cell];
  const columns: { person: number; tour: Tour; cost: number }[] = [];
  const columnOf = (person: number, tour: Tour): ColumnSpec => {
    const entries = new Map<number, number>();
    let cost = tourPrice(problem, people[person], tour);
    for (const cell of cellsOfTour(problem, tour)) {
      if (rowOfCell[cell] < 0) cost += cover.overPrice[cell];
      else entries.set(rowOfCell[cell], (entries.get(rowOfCell[cell]) ?? 0) + 1);
    }
    entries.set(personRow.get(person)!, 1);
    columns.push({ person, tour, cost });
    return {
      name: "",
      cost,
      rows: [...entries.keys()],
      values: [...entries.values()],
    };
  };
  for (const person of free) for (const tour of pool.tours[person]) builder.column(columnOf(person, tour));
  const program: OpenLinearProgram = openLinearProgram(solver, builder.build());

  const prices = new Float64Array(dayCount * width);
  const scratch: Tour = new Int16Array(dayCount);
  let centre: Float64Array | null = null;
  let bestBound = -Infinity;
  let lastX: Float64Array = new Float64Array(0);
  let lastValue = Infinity;
  let lastDuals = new Float64Array(need.length);

  /** Prices tours under cell duals; answers the Lagrangian bound and the new tours. */
  const price = (duals: Float64Array, rowDuals: Float64Array) => {
    let value = fixedPrice;
    for (const cell of wanted) value += duals[cell] * need[cell];
    const added: ColumnSpec[] = [];
    for (const person of free) {
      const base = people[person].prices;
      for (let day = 0; day < dayCount; day++) {
        prices[day * width] = base[day * width];
        for (let kind = 0; kind < kindCount; kind++) {
          let reward = 0;
          for (const cell of cover.cellsOf[day * kindCount + kind]) reward += duals[cell];
          prices[day * width + kind + 1] = base[day * width + kind + 1] - reward;
        }
      }
      value += cheapestTour(graphs[person], prices, scratch).bound;
      // Against the master's own duals the tour must be an improvement.
      let reduced = -rowDuals[personRow.get(person)!];
      for (let day = 0; day < dayCount; day++) {
        reduced += base[choiceIndex(problem, day, scratch[day])];
        if (scratch[day] !== dayOff)
          for (const cell of cover.cellsOf[day * kindCount + scratch[day]]) reduced -= lastDuals[cell];
      }
      if (reduced < -1e-6 && pool.add(person, scratch)) added.push(columnOf(person, scratch.slice()));
    }
    return { value, added };
  };

  return {
    round() {
      const solution = program.solve();
      if (solution === null) return 0;
      lastX = solution.x;
      const { duals } = solution;
      lastDuals = Float64Array.from(need, (_, cell) =>
        rowOfCell[cell] < 0 ? -cover.overPrice[cell] : duals[rowOfCell[cell]],
      );
      lastValue = fixedPrice;
      for (const [index, cell] of wanted.entries())
        lastValue += lastX[2 * index] * cover.underPrice[cell] + lastX[2 * index + 1] * cover.overPrice[cell];
      for (const [index, { cost }] of columns.entries())
        lastValue += (lastX[2 * wanted.length + index] ?? 0) * cost;
      const attempt = (weight: number): number => {
        const mixed = lastDuals.map((dual, cell) =>
          Math.max(
            -cover.overPrice[cell],
            Math.min(cover.underPrice[cell], centre ? weight * centre[cell] + (1 - weight) * dual : dual),
          ),
        );
        const { value, added } = price(mixed, duals);
        if (value > bestBound) {
          bestBound = value;
          centre = mixed;
        }
        program.addColumns(added);
        return added.length;
      };
      return attempt(smoothing) || (smoothing > 0 ? attempt(0) : 0);
    },
    bound: () => bestBound,
    value: () => lastValue,
    shares: () => {
      const result: { tour: Tour; share: number }[][] = people.map(() => []);
      for (const [index, { person, tour }] of columns.entries()) {
        const share = lastX[2 * wanted.length + index] ?? 0;
        if (share > 1e-6) result[person].push({ tour, share });
      }
      return result;
    },
    promising(perPerson) {
      const ranked: { person: number; tour: Tour; reduced: number }[][] = people.map(() => []);
      for (const { person, tour, cost } of columns) {
        let reduced = cost;
        for (const cell of cellsOfTour(problem, tour)) if (rowOfCell[cell] >= 0) reduced -= lastDuals[cell];
        ranked[person].push({ person, tour, reduced });
      }
      return ranked.flatMap((list) => list.sort((a, b) => a.reduced - b.reduced).slice(0, perPerson));
    },
    dispose: () => program.dispose(),
  };
}

function* cellsOfTour(problem: RosterProblem, tour: Tour): Generator<number> {
  for (let day = 0; day < problem.dayCount; day++) {
    if (tour[day] !== dayOff) yield* problem.cover.cellsOf[day * problem.kinds.length + tour[day]];
  }
}
