import type { RandomStream } from "../../numerics/random.ts";
import { dayOff, type RosterProblem, type Tour, tourPrice } from "../problem/roster-problem.ts";
import { softPrice } from "../rules/soft-rules.ts";
import { cheapestSpan, cheapestTour } from "./cheapest-tour.ts";
import { addGuidePrices } from "./guide-prices.ts";
import { liveCover } from "./live-cover.ts";
import type { TourGraph } from "./tour-graph.ts";

/**
 * A roster under change: everybody's tour, the cover that they make together, and what each costs. `span` is a part of
 * a person's long horizon (`TourGraph.spans`), null for all of it.
 */
export interface LiveRoster {
  readonly tours: readonly Tour[];
  /** Cover and everybody's tours; those taken out cost nothing. */
  price(): number;
  /** Takes a person out, to be placed or put again. */
  take(person: number, span: number | null): void;
  /** Gives a person who was taken out the cheapest days again; `noise` shakes the prices by up to so much. */
  place(person: number, noise: number, span: number | null): void;
  /** Gives a person who was taken out a tour, of which the days outside the span are as before. */
  put(person: number, tour: Tour, span: number | null): void;
  /** Exchanges some days of two people, which cover does not notice. */
  exchange(one: number, other: number, from: number, to: number): void;
  /** From now on people are placed near the tours they had (`addGuidePrices`). */
  settle(): void;
  /** A change of the person's tour changes more than the prices of its days. */
  hasSoftTerms(person: number): boolean;
  /** What soft rules that read the person's tour cost: the person's own, and those of people whose partner they are. */
  softPriceAround(person: number): number;
}

export function liveRoster(
  problem: RosterProblem,
  graphs: readonly TourGraph[],
  chance: RandomStream,
): LiveRoster {
  const { people, dayCount } = problem;
  const kindCount = problem.kinds.length;
  const width = kindCount + 1;
  const cover = liveCover(problem);
  const tours: Tour[] = people.map(() => new Int16Array(dayCount).fill(dayOff));
  const own = new Float64Array(people.length);
  /** The part of `own` that is no sum over days. */
  const soft = new Float64Array(people.length);
  // Nobody is there before their first tour: what a day off would cost them does not count.
  const isOut = new Uint8Array(people.length).fill(1);
  const prices = new Float64Array(dayCount * width);
  let ownTotal = 0;
  let isSettled = false;

  const admirers = admirersOf(problem);
  /** Kinds that no cap of 0 bars. */
  const mayWork = graphs.map(({ optionOfKind }) =>
    Uint8Array.from(optionOfKind, (option) => (option < 0 ? 0 : 1)),
  );
  const hasSoftTerms = (person: number): boolean =>
    people[person].soft !== undefined || admirers[person].length > 0;
  const daysOf = (person: number, span: number | null) =>
    span === null ? { from: 0, to: dayCount } : graphs[person].spans[span];
  const reprice = (person: number): void => {
    ownTotal -= own[person];
    soft[person] = softPrice(problem, people[person], tours[person], tours);
    own[person] = tourPrice(problem, people[person], tours[person]) + soft[person];
    ownTotal += own[person];
  };
  /** Reckons again what a person's new tour costs them and those whose partner they are. */
  const repriceAround = (person: number): void => {
    isOut[person] = 0;
    reprice(person);
    for (const admirer of admirers[person]) if (!isOut[admirer]) reprice(admirer);
  };
  const priceChoices = (person: number, from: number, to: number, noise: number): void => {
    const base = people[person].prices;
    const may = mayWork[person];
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
    if (isSettled && hasSoftTerms(person))
      addGuidePrices(problem, person, tours[person], tours, admirers[person], prices);
    if (noise > 0)
      for (let index = from * width; index < to * width; index++)
        if (prices[index] < Infinity) prices[index] += noise * chance.uniform();
  };
  return {
    tours,
    price: () => cover.price() + ownTotal,
    take(person, span) {
      const { from, to } = daysOf(person, span);
      cover.remove(tours[person], from, to);
      ownTotal -= own[person];
      own[person] = 0;
      isOut[person] = 1;
    },
    place(person, noise, span) {
      const { from, to } = daysOf(person, span);
      priceChoices(person, from, to, noise);
      if (span === null) cheapestTour(graphs[person], prices, tours[person]);
      else cheapestSpan(graphs[person], prices, tours[person], span);
      cover.add(tours[person], from, to);
      repriceAround(person);
    },
    put(person, tour, span) {
      const { from, to } = daysOf(person, span);
      tours[person].set(tour);
      cover.add(tours[person], from, to);
      repriceAround(person);
    },
    exchange(one, other, from, to) {
      const a = tours[one];
      const b = tours[other];
      for (let day = from; day < to; day++) {
        const kind = a[day];
        a[day] = b[day];
        b[day] = kind;
      }
      repriceAround(one);
      repriceAround(other);
    },
    settle() {
      isSettled = true;
      for (const person of people.keys()) reprice(person);
    },
    hasSoftTerms,
    softPriceAround: (person) => admirers[person].reduce((sum, admirer) => sum + soft[admirer], soft[person]),
  };
}

/** Whose partner each person is: a change of their tour changes those people's prices too. */
function admirersOf({ people }: RosterProblem): number[][] {
  const admirers: number[][] = people.map(() => []);
  for (const [index, { soft }] of people.entries())
    if (soft?.partner) admirers[soft.partner.person].push(index);
  return admirers;
}
