import { softPrice } from "../rules/soft-rules.ts";
import { coverOf, coverPrice, type RosterProblem, type Tour, tourPrice } from "./roster-problem.ts";

/** Cover plus people's prices and soft rules: what the search minimises. */
export function rosterPrice(problem: RosterProblem, tours: readonly Tour[]): number {
  return problem.people.reduce(
    (sum, person, index) =>
      sum + tourPrice(problem, person, tours[index]) + softPrice(problem, person, tours[index], tours),
    coverPrice(problem.cover, coverOf(problem, tours)),
  );
}
