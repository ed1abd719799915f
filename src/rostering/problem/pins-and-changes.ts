import type { Assignment } from "../../domain/plan/roster.ts";
import { knownKind, toursOf } from "./assigned-tours.ts";
import { choicePrice } from "./person-prices.ts";
import type { PlanProblem } from "./problem-from-plan.ts";
import { dayOff, type Person, type RosterProblem, type Tour } from "./roster-problem.ts";

/** The same problem with pinned assignments, one per agent and day: on their days nothing else is to be had. */
export function withPins(plan: PlanProblem, pinned: readonly Assignment[]): RosterProblem {
  const width = plan.problem.kinds.length + 1;
  const position = new Map(plan.source.agents.map((agent, index) => [agent.id, index]));
  const people = [...plan.problem.people];
  for (const { agentId, shift } of pinned) {
    const person = position.get(agentId);
    const day = plan.dayOf(shift.date);
    if (person === undefined || day === null) continue;
    const kind = knownKind(plan, shift);
    const pinnedPlace = day * width + kind + 1;
    people[person] = withPrices(people[person], (price, place) =>
      Math.floor(place / width) === day && place !== pinnedPlace ? Infinity : price,
    );
    // On a day on which there is no such shift it can be pinned all the same: the rule that forbids it is relaxed.
    const { unblockedPrices } = people[person];
    if (unblockedPrices)
      unblockedPrices[pinnedPlace] = choicePrice(plan.source.agents[person], plan, day, plan.kinds[kind]);
  }
  return { ...plan.problem, people };
}

/** The roster that people already know, and what each day that turns out otherwise costs. */
export interface PresentRoster {
  readonly assignments: readonly Assignment[];
  /** Per agent and day. */
  readonly changePrice: number;
}

/** What each agent works in the present roster; null for those who have no shift in it: to them all is new, and free. */
export function presentTours(plan: PlanProblem, present: PresentRoster): (Tour | null)[] {
  const { tours } = toursOf(plan, present.assignments);
  return tours.map((tour) => (tour.some((kind) => kind !== dayOff) ? tour : null));
}

/** `problem` with the price of changes on every other choice than the present one; null: changes are free. */
export function withChangePrice(
  plan: PlanProblem,
  problem: RosterProblem,
  present: PresentRoster | null,
): RosterProblem {
  if (present === null) return problem;
  const width = problem.kinds.length + 1;
  const tours = presentTours(plan, present);
  const people = problem.people.map((person, index): Person => {
    const tour = tours[index];
    if (tour === null) return person;
    const isPresent = (place: number) => place % width === tour[Math.floor(place / width)] + 1;
    return withPrices(person, (price, place) => (isPresent(place) ? price : price + present.changePrice));
  });
  return { ...problem, people };
}

function withPrices(person: Person, change: (price: number, place: number) => number): Person {
  return {
    ...person,
    prices: person.prices.map(change),
    ...(person.unblockedPrices ? { unblockedPrices: person.unblockedPrices.map(change) } : {}),
  };
}
