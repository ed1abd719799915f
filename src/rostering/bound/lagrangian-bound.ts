import type { RosterProblem, Tour } from "../problem/roster-problem.ts";
import { cheapestTour } from "../search/cheapest-tour.ts";
import type { TourGraph } from "../search/tour-graph.ts";

/** Steps without a better bound before they are made shorter. */
const patience = 20;
/** Where prices start, as a share of what a missing person costs: from nothing they climb too slowly. */
const startingShare = 0.5;

/** A lower bound by prices on cover, raised step by step. */
export interface LagrangianBound {
  /** One step: price everybody's tour, move the prices. Answers the best bound so far. */
  step(upperBound: number): number;
}

/**
 * Pays people for filling cells instead of asking that cells be filled: for any such prices, what everybody then does
 * at best, added up, is a bound. The prices climb by subgradients, smoothed over steps as in the volume method
 * (Barahona & Anbil 2000). Coarser than the relaxation by columns but its cost does not grow, so it serves where that
 * would take too long.
 */
export function lagrangianBound(problem: RosterProblem, graphs: readonly TourGraph[]): LagrangianBound {
  const { cover, dayCount, people } = problem;
  const kindCount = problem.kinds.length;
  const width = kindCount + 1;
  const cellCount = cover.need.length;
  const duals = Float64Array.from(cover.need, (need, cell) =>
    need > 0 ? startingShare * cover.underPrice[cell] : -cover.overPrice[cell],
  );
  const slope = new Float64Array(cellCount);
  const missing = new Float64Array(cellCount);
  const prices = new Float64Array(dayCount * width);
  const tour: Tour = new Int16Array(dayCount);
  let best = Number.NEGATIVE_INFINITY;
  let stepSize = 1;
  let idle = 0;
  let begun = false;
  return {
    step(upperBound) {
      let value = 0;
      missing.set(cover.need);
      for (let cell = 0; cell < cellCount; cell++) value += duals[cell] * cover.need[cell];
      for (const [index, person] of people.entries()) {
        for (let day = 0; day < dayCount; day++) {
          prices[day * width] = person.prices[day * width];
          for (let kind = 0; kind < kindCount; kind++) {
            let price = person.prices[day * width + kind + 1];
            for (const cell of cover.cellsOf[day * kindCount + kind]) price -= duals[cell];
            prices[day * width + kind + 1] = price;
          }
        }
        value += cheapestTour(graphs[index], prices, tour).bound;
        for (let day = 0; day < dayCount; day++)
          if (tour[day] >= 0) for (const cell of cover.cellsOf[day * kindCount + tour[day]]) missing[cell]--;
      }
      if (value > best) {
        best = value;
        idle = 0;
      } else if (++idle >= patience) {
        stepSize *= 0.7;
        idle = 0;
      }
      let norm = 0;
      for (let cell = 0; cell < cellCount; cell++) {
        slope[cell] = begun ? 0.7 * slope[cell] + 0.3 * missing[cell] : missing[cell];
        norm += slope[cell] * slope[cell];
      }
      begun = true;
      const length = norm === 0 ? 0 : (stepSize * Math.max(0, upperBound - value)) / norm;
      for (let cell = 0; cell < cellCount; cell++) {
        duals[cell] = Math.max(
          -cover.overPrice[cell],
          Math.min(cover.underPrice[cell], duals[cell] + length * slope[cell]),
        );
      }
      return best;
    },
  };
}
