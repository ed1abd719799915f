import { dayOff, type RosterProblem, type Tour } from "../problem/roster-problem.ts";

/** The cover of a roster under change: how many stand in each cell, and what one more shift would save or cost. */
export interface LiveCover {
  /** Change of the cover's price when one more shift of a choice, `day * kinds + kind`, is worked. */
  marginal(choice: number): number;
  /** Days `from` to before `to` of a tour; all of it where they are left out. */
  add(tour: Tour, from?: number, to?: number): void;
  remove(tour: Tour, from?: number, to?: number): void;
  price(): number;
}

export function liveCover(problem: RosterProblem): LiveCover {
  const { cover, dayCount } = problem;
  const { need, underPrice, overPrice } = cover;
  const kindCount = problem.kinds.length;
  const present = new Float64Array(need.length);
  /** Price of one more in each cell. */
  const next = new Float64Array(need.length);
  const first = new Int32Array(cover.cellsOf.length + 1);
  for (const [choice, cells] of cover.cellsOf.entries()) first[choice + 1] = first[choice] + cells.length;
  const cells = Int32Array.from(cover.cellsOf.flat());
  const priceOf = (cell: number, count: number): number => {
    const missing = need[cell] - count;
    return missing > 0 ? missing * underPrice[cell] : -missing * overPrice[cell];
  };
  let total = 0;
  for (let cell = 0; cell < present.length; cell++) {
    total += priceOf(cell, 0);
    next[cell] = priceOf(cell, 1) - priceOf(cell, 0);
  }
  const shift = (tour: Tour, step: 1 | -1, from = 0, to = dayCount): void => {
    for (let day = from; day < to; day++) {
      if (tour[day] === dayOff) continue;
      const choice = day * kindCount + tour[day];
      for (let at = first[choice]; at < first[choice + 1]; at++) {
        const cell = cells[at];
        const before = priceOf(cell, present[cell]);
        present[cell] += step;
        const now = priceOf(cell, present[cell]);
        total += now - before;
        next[cell] = priceOf(cell, present[cell] + 1) - now;
      }
    }
  };
  return {
    marginal(choice) {
      let sum = 0;
      for (let at = first[choice]; at < first[choice + 1]; at++) sum += next[cells[at]];
      return sum;
    },
    add: (tour, from, to) => shift(tour, 1, from, to),
    remove: (tour, from, to) => shift(tour, -1, from, to),
    price: () => total,
  };
}
