import { randomStream } from "../../numerics/random.ts";
import { dayOff, type RosterProblem, type Tour, tourPrice } from "../problem/roster-problem.ts";
import { guideTour, softPrice } from "../rules/soft-rules.ts";
import { allowsTour, cheapestSpan, cheapestTour, type TourGraph } from "./tour-graph.ts";

/** Exchanges of days between two people that are tried after each recreation, and how long they may be. */
const exchangesPerStep = 60;
const longestExchange = 14;

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

/** A ruin-and-recreate search that can be driven a few steps at a time. */
export interface RosterSearch {
  /** One step at a temperature in the unit of price; answers whether the best improved. */
  step(temperature: number): boolean;
  best(): { readonly tours: readonly Tour[]; readonly price: number };
  /** Price of the roster the search stands at. */
  current(): number;
  /** Goes on from another roster. */
  moveTo(tours: readonly Tour[]): void;
}

/**
 * Starts from a roster built person by person, each given the cheapest tour against the cover of those before.
 * A step takes a few people out and puts them back the same way in another order, prices shaken a little, and keeps
 * the result by the annealing rule; then pairs of people try to exchange days, which cover does not notice. `graphs[i]` unfolds the limits of person i.
 *
 * @param start tours to begin from; those that break a rule, such as after an edit by hand, are made anew
 */
export function rosterSearch(
  problem: RosterProblem,
  graphs: readonly TourGraph[],
  seed: number,
  start: readonly Tour[] | null,
): RosterSearch {
  const chance = randomStream(seed, "roster", "search");
  const { people, dayCount } = problem;
  const kindCount = problem.kinds.length;
  const width = kindCount + 1;
  const cover = liveCover(problem);
  const tours: Tour[] = people.map(() => new Int16Array(dayCount).fill(dayOff));
  const spare: Tour[] = people.map(() => new Int16Array(dayCount));
  const own = new Float64Array(people.length);
  const prices = new Float64Array(dayCount * width);
  let ownTotal = 0;

  // Whose partner somebody is: a change of their tour changes those people's prices too.
  const admirers: number[][] = people.map(() => []);
  for (const [index, { soft }] of people.entries())
    if (soft?.partner) admirers[soft.partner.person].push(index);
  /** The part of `own` that is no sum over days. */
  const soft = new Float64Array(people.length);
  const isOut = new Uint8Array(people.length);
  let isBuilt = false;
  const settle = (person: number): void => {
    ownTotal -= own[person];
    soft[person] = softPrice(problem, people[person], tours[person], tours);
    own[person] = tourPrice(problem, people[person], tours[person]) + soft[person];
    ownTotal += own[person];
  };
  /** Reckons again what a person's new tour costs them and those whose partner they are. */
  const settleAll = (person: number): void => {
    isOut[person] = 0;
    settle(person);
    for (const admirer of admirers[person]) if (!isOut[admirer]) settle(admirer);
  };
  /** Kinds that no cap of 0 bars. */
  const mayWork = graphs.map(({ optionOfKind }) =>
    Uint8Array.from(optionOfKind, (option) => (option < 0 ? 0 : 1)),
  );
  // A long horizon is made anew one span at a time.
  const isLong = graphs.some(({ spans }) => spans.length > 1);
  /** The span of a person's that holds a day; people may be cut differently. */
  const spanAt = (person: number, day: number | null): number | null =>
    day === null ? null : graphs[person].spans.findIndex(({ to }) => day < to);
  /** Gives a person who was taken out the cheapest days again: all of them, or those of one span. */
  const place = (person: number, noise: number, span: number | null): void => {
    const base = people[person].prices;
    const may = mayWork[person];
    const { from, to } = span === null ? { from: 0, to: dayCount } : graphs[person].spans[span];
    for (let day = from; day < to; day++) {
      prices[day * width] = base[day * width];
      for (let kind = 0; kind < kindCount; kind++) {
        const place = day * width + kind + 1;
        prices[place] =
          base[place] === Infinity || !may[kind]
            ? Infinity
            : base[place] + cover.marginal(day * kindCount + kind);
      }
    }
    if (isBuilt && (people[person].soft || admirers[person].length > 0))
      guideTour(problem, person, tours[person], tours, admirers[person], prices);
    if (noise > 0)
      for (let index = from * width; index < to * width; index++)
        if (prices[index] < Infinity) prices[index] += noise * chance.uniform();
    if (span === null) cheapestTour(problem, graphs[person], prices, tours[person]);
    else cheapestSpan(problem, graphs[person], prices, tours[person], span);
    cover.add(tours[person], from, to);
    settleAll(person);
  };
  const take = (person: number, span: number | null): void => {
    if (span === null) cover.remove(tours[person]);
    else cover.remove(tours[person], graphs[person].spans[span].from, graphs[person].spans[span].to);
    ownTotal -= own[person];
    own[person] = 0;
    isOut[person] = 1;
  };
  const shuffle = (list: number[]): number[] => {
    for (let index = list.length - 1; index > 0; index--) {
      const other = Math.floor(chance.uniform() * (index + 1));
      [list[index], list[other]] = [list[other], list[index]];
    }
    return list;
  };
  const everybody = people.map((_, index) => index);

  if (start) {
    const isKept = (person: number): boolean =>
      allowsTour(graphs[person], start[person]) &&
      tourPrice(problem, people[person], start[person]) < Infinity;
    for (const person of everybody.filter(isKept)) {
      tours[person].set(start[person]);
      cover.add(tours[person]);
      settleAll(person);
    }
    for (const person of everybody.filter((one) => !isKept(one))) place(person, 0, null);
  } else {
    for (const person of shuffle([...everybody])) place(person, 0, null);
  }
  isBuilt = true;
  for (const person of everybody) settle(person);
  const price = (): number => cover.price() + ownTotal;
  let now = price();
  let bestPrice = now;
  let bestTours = tours.map((tour) => tour.slice());

  const first: Tour = new Int16Array(dayCount);
  const second: Tour = new Int16Array(dayCount);
  /** Two people exchange some days, mostly few: cover stays, wishes and rules decide. */
  const exchange = (temperature: number): void => {
    const one = Math.floor(chance.uniform() * people.length);
    const other = Math.floor(chance.uniform() * people.length);
    const from = Math.floor(chance.uniform() * dayCount);
    const end = Math.min(dayCount, from + 1 + Math.floor(chance.uniform() ** 2 * longestExchange));
    const a = tours[one];
    const b = tours[other];
    let change = 0;
    let isSame = true;
    for (let day = from; day < end; day++) {
      if (a[day] === b[day]) continue;
      isSame = false;
      change +=
        people[one].prices[day * width + b[day] + 1] -
        people[one].prices[day * width + a[day] + 1] +
        people[other].prices[day * width + a[day] + 1] -
        people[other].prices[day * width + b[day] + 1];
    }
    const limit = -temperature * Math.log(chance.uniform());
    const isPlain = !hasSoftTerms(one) && !hasSoftTerms(other);
    // Soft rules cannot give back more than they cost now.
    const most = isPlain ? 0 : softOf(one) + softOf(other);
    if (isSame || one === other || !(change <= limit + most)) return;
    first.set(a);
    second.set(b);
    first.set(b.subarray(from, end), from);
    second.set(a.subarray(from, end), from);
    if (!allowsTour(graphs[one], first) || !allowsTour(graphs[other], second)) return;
    const before = now;
    a.set(first);
    b.set(second);
    settleAll(one);
    settleAll(other);
    now = price();
    if (isPlain || now - before <= limit) return;
    for (let day = from; day < end; day++) {
      b[day] = first[day];
      a[day] = second[day];
    }
    settleAll(one);
    settleAll(other);
    now = before;
  };
  const softOf = (person: number): number =>
    admirers[person].reduce((sum, admirer) => sum + soft[admirer], soft[person]);
  const hasSoftTerms = (person: number): boolean =>
    people[person].soft !== undefined || admirers[person].length > 0;

  const step = (temperature: number): boolean => {
    const improved = recreate(temperature);
    for (let count = 0; count < exchangesPerStep; count++) exchange(temperature);
    if (now >= bestPrice - 1e-6) return improved;
    bestPrice = now;
    for (const person of everybody) bestTours[person].set(tours[person]);
    return true;
  };

  const recreate = (temperature: number): boolean => {
    const count = Math.min(people.length, 2 + Math.floor(chance.uniform() * 4));
    for (let index = 0; index < count; index++) {
      const other = index + Math.floor(chance.uniform() * (people.length - index));
      [everybody[index], everybody[other]] = [everybody[other], everybody[index]];
    }
    const day = isLong ? Math.floor(chance.uniform() * dayCount) : null;
    const before = now;
    const noise = 2 * temperature * chance.uniform() ** 2;
    for (let index = 0; index < count; index++) {
      spare[everybody[index]].set(tours[everybody[index]]);
      take(everybody[index], spanAt(everybody[index], day));
    }
    for (let index = 0; index < count; index++) place(everybody[index], noise, spanAt(everybody[index], day));
    for (let index = 0; index < count; index++) {
      take(everybody[index], spanAt(everybody[index], day));
      place(everybody[index], noise, spanAt(everybody[index], day));
    }
    now = price();
    if (now > before - temperature * Math.log(chance.uniform())) {
      for (let index = 0; index < count; index++) {
        const person = everybody[index];
        const span = spanAt(person, day);
        take(person, span);
        tours[person].set(spare[person]);
        if (span === null) cover.add(tours[person]);
        else cover.add(tours[person], graphs[person].spans[span].from, graphs[person].spans[span].to);
        settleAll(person);
      }
      now = before;
      return false;
    }
    if (now >= bestPrice - 1e-6) return false;
    bestPrice = now;
    for (const person of everybody) bestTours[person].set(tours[person]);
    return true;
  };
  return {
    step,
    best: () => ({ tours: bestTours, price: bestPrice }),
    current: () => now,
    moveTo(next) {
      for (const person of everybody) {
        take(person, null);
        tours[person].set(next[person]);
        cover.add(tours[person]);
        settleAll(person);
      }
      now = price();
      if (now < bestPrice) {
        bestPrice = now;
        bestTours = tours.map((tour) => tour.slice());
      }
    },
  };
}
