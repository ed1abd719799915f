import { rosterPrice } from "../problem/roster-price.ts";
import type { RosterProblem, Tour } from "../problem/roster-problem.ts";

/** The best roster so far and how good a roster could be at all. */
export interface Incumbent {
  readonly tours: readonly Tour[];
  readonly price: number;
  /** −Infinity where none was computed. */
  readonly bound: number;
  /** Price and bound meet. */
  readonly isProved: boolean;
  /** Takes the tours if they are cheaper; answers whether they were. */
  offer(tours: readonly Tour[]): boolean;
  raiseBound(value: number): void;
  /** No roster that is not below `value` is better than the best so far. */
  isWorthless(value: number): boolean;
}

/** Prices and bounds closer than this are the same. */
const tolerance = 1e-6;

/** Starts with nothing, at a price of Infinity. */
export function incumbentOf(problem: RosterProblem): Incumbent {
  const roundUp = haveWholePrices(problem)
    ? (value: number) => Math.ceil(value - 1e-5)
    : (value: number) => value;
  let tours: readonly Tour[] = [];
  let price = Infinity;
  let bound = Number.NEGATIVE_INFINITY;
  return {
    get tours() {
      return tours;
    },
    get price() {
      return price;
    },
    get bound() {
      return bound;
    },
    get isProved() {
      return price <= bound + tolerance;
    },
    offer(offered) {
      const offeredPrice = rosterPrice(problem, offered);
      if (offeredPrice >= price - tolerance) return false;
      tours = offered.map((tour) => tour.slice());
      price = offeredPrice;
      return true;
    },
    raiseBound(value) {
      // + 0 makes −0 a plain 0.
      bound = Math.max(bound, Math.min(price, roundUp(value))) + 0;
    },
    isWorthless: (value) => roundUp(value) >= price - tolerance,
  };
}

/** Every price and need is whole, so that a bound may be rounded up. */
function haveWholePrices({ cover, people }: RosterProblem): boolean {
  const isWhole = (value: number): boolean => Number.isInteger(value) || value === Infinity;
  return (
    cover.need.every(isWhole) &&
    cover.underPrice.every(isWhole) &&
    cover.overPrice.every(isWhole) &&
    people.every(({ prices }) => prices.every(isWhole))
  );
}
