import { log } from "../../numerics/elementary.ts";
import { type RandomStream, randomStream, shuffled } from "../../numerics/random.ts";
import { type RosterProblem, type Tour, tourPrice } from "../problem/roster-problem.ts";
import { allowsTour } from "./cheapest-tour.ts";
import { type LiveRoster, liveRoster } from "./live-roster.ts";
import type { TourGraph } from "./tour-graph.ts";

/** Exchanges of days between two people that are tried after each recreation, and how long they may be. */
const exchangesPerStep = 60;
const longestExchange = 14;

/** A ruin-and-recreate search that can be driven a few steps at a time. */
export interface RosterSearch {
  /** One step at a temperature in the unit of price; answers whether the best improved. */
  step(temperature: number): boolean;
  best(): { readonly tours: readonly Tour[]; readonly price: number };
  /** Price of the roster the search stands at. */
  current(): number;
}

/**
 * Starts from a roster built person by person, each given the cheapest tour against the cover of those before.
 * A step takes a few people out and puts them back the same way in another order, prices shaken a little, and keeps
 * the result by the annealing rule; then pairs of people try to exchange days, which cover does not notice.
 *
 * @param graphs the unfolded limits of each person
 * @param start tours to begin from; those that break a rule, such as after an edit by hand, are made anew
 */
export function rosterSearch(
  problem: RosterProblem,
  graphs: readonly TourGraph[],
  seed: number,
  start: readonly Tour[] | null,
): RosterSearch {
  const chance = randomStream(seed, "roster", "search");
  const roster = liveRoster(problem, graphs, chance);
  if (start === null)
    for (const person of shuffled(problem.people.length, chance)) roster.place(person, 0, null);
  else beginFrom(start, problem, graphs, roster);
  roster.settle();
  const recreate = recreation(problem, graphs, roster, chance);
  const exchange = exchangeOfDays(problem, graphs, roster, chance);
  let price = roster.price();
  let bestPrice = price;
  const bestTours = roster.tours.map((tour) => tour.slice());
  const keepBest = (): boolean => {
    if (price >= bestPrice - 1e-6) return false;
    bestPrice = price;
    for (const [person, tour] of roster.tours.entries()) bestTours[person].set(tour);
    return true;
  };
  return {
    step(temperature) {
      price = recreate(price, temperature);
      const isBetter = keepBest();
      for (let count = 0; count < exchangesPerStep; count++) price = exchange(price, temperature);
      return keepBest() || isBetter;
    },
    best: () => ({ tours: bestTours, price: bestPrice }),
    current: () => price,
  };
}

/** Tours that keep their person's rules first, then the cheapest for everybody else. */
function beginFrom(
  start: readonly Tour[],
  problem: RosterProblem,
  graphs: readonly TourGraph[],
  roster: LiveRoster,
): void {
  const { people } = problem;
  const keepsRules = (person: number): boolean =>
    allowsTour(graphs[person], start[person]) && tourPrice(problem, people[person], start[person]) < Infinity;
  const everybody = Array.from(people.keys());
  for (const person of everybody.filter(keepsRules)) roster.put(person, start[person], null);
  for (const person of everybody.filter((one) => !keepsRules(one))) roster.place(person, 0, null);
}

/** A step of the search: from the roster's price to its price afterwards. */
type Move = (price: number, temperature: number) => number;

/** Two to five people are taken out and placed again, twice over; a long horizon is made anew one span at a time. */
function recreation(
  { people, dayCount }: RosterProblem,
  graphs: readonly TourGraph[],
  roster: LiveRoster,
  chance: RandomStream,
): Move {
  const order = Array.from(people.keys());
  const before: Tour[] = people.map(() => new Int16Array(dayCount));
  const isLong = graphs.some(({ spans }) => spans.length > 1);
  return (price, temperature) => {
    const count = Math.min(people.length, 2 + Math.floor(chance.uniform() * 4));
    for (let index = 0; index < count; index++) {
      const other = index + Math.floor(chance.uniform() * (people.length - index));
      [order[index], order[other]] = [order[other], order[index]];
    }
    const chosen = order.slice(0, count);
    const day = isLong ? Math.floor(chance.uniform() * dayCount) : null;
    /** The span of a person's that holds the day; people may be cut differently. */
    const spanOf = (person: number): number | null =>
      day === null ? null : graphs[person].spans.findIndex(({ to }) => day < to);
    const noise = 2 * temperature * chance.uniform() ** 2;
    for (const person of chosen) {
      before[person].set(roster.tours[person]);
      roster.take(person, spanOf(person));
    }
    for (const person of chosen) roster.place(person, noise, spanOf(person));
    for (const person of chosen) {
      roster.take(person, spanOf(person));
      roster.place(person, noise, spanOf(person));
    }
    const now = roster.price();
    if (now <= price - temperature * log(chance.uniform())) return now;
    for (const person of chosen) {
      roster.take(person, spanOf(person));
      roster.put(person, before[person], spanOf(person));
    }
    return price;
  };
}

/** Two people exchange some days, mostly few: cover stays, wishes and rules decide. */
function exchangeOfDays(
  { people, dayCount, kinds }: RosterProblem,
  graphs: readonly TourGraph[],
  roster: LiveRoster,
  chance: RandomStream,
): Move {
  const width = kinds.length + 1;
  const first: Tour = new Int16Array(dayCount);
  const second: Tour = new Int16Array(dayCount);
  return (price, temperature) => {
    const one = Math.floor(chance.uniform() * people.length);
    const other = Math.floor(chance.uniform() * people.length);
    const from = Math.floor(chance.uniform() * dayCount);
    const to = Math.min(dayCount, from + 1 + Math.floor(chance.uniform() ** 2 * longestExchange));
    const a = roster.tours[one];
    const b = roster.tours[other];
    let change = 0;
    let isSame = true;
    for (let day = from; day < to; day++) {
      if (a[day] === b[day]) continue;
      isSame = false;
      change +=
        people[one].prices[day * width + b[day] + 1] -
        people[one].prices[day * width + a[day] + 1] +
        people[other].prices[day * width + a[day] + 1] -
        people[other].prices[day * width + b[day] + 1];
    }
    const limit = -temperature * log(chance.uniform());
    const isPlain = !roster.hasSoftTerms(one) && !roster.hasSoftTerms(other);
    // Soft rules cannot give back more than they cost now.
    const most = isPlain ? 0 : roster.softPriceAround(one) + roster.softPriceAround(other);
    if (isSame || one === other || !(change <= limit + most)) return price;
    first.set(a);
    second.set(b);
    first.set(b.subarray(from, to), from);
    second.set(a.subarray(from, to), from);
    if (!allowsTour(graphs[one], first) || !allowsTour(graphs[other], second)) return price;
    roster.exchange(one, other, from, to);
    const now = roster.price();
    if (isPlain || now - price <= limit) return now;
    roster.exchange(one, other, from, to);
    return price;
  };
}
