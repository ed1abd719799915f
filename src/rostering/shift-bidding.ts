import type { Award, Wish } from "../domain/plan/roster.ts";
import { randomStream } from "../numerics/random.ts";
import type { PlanProblem } from "./problem/problem-from-plan.ts";
import type { Person, RosterProblem } from "./problem/roster-problem.ts";
import { daysPricedBy, mayDo, wishPrice } from "./rules/day-rules.ts";
import { hasTour, relaxPerson } from "./search/relax-infeasible.ts";
import type { TourGraph } from "./search/tour-graph.ts";

/**
 * Order in which people choose: who joined first, or a lottery drawn from the seed. Indices of agents; equals in order
 * of their id.
 */
export function choosingOrder(
  agents: PlanProblem["source"]["agents"],
  order: "seniority" | "lottery",
  seed: number,
): number[] {
  const chance = randomStream(seed, "roster", "lottery");
  const drawn = agents.map(() => chance.uniform());
  const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
  return [...agents.keys()].sort((a, b) => {
    const first = order === "lottery" ? drawn[a] - drawn[b] : compare(agents[a].joined, agents[b].joined);
    return first || compare(agents[a].id, agents[b].id);
  });
}

/**
 * Grants wishes before the roster is made: in each round everybody, in order, has their dearest open wish looked at.
 * It is granted when the person still has a tour under all their rules, when a shift wished for is not yet taken by
 * earlier turns, and when a day off leaves at least as many people as shifts that day in every group the person serves.
 * What is granted then holds like a rule; every answer says why.
 *
 * @param graphs everybody's unfolded tours
 */
export function grantWishes(
  plan: PlanProblem,
  problem: RosterProblem,
  graphs: readonly TourGraph[],
  order: "seniority" | "lottery",
  seed: number,
): { problem: RosterProblem; awards: Award[] } {
  const { agents } = plan.source;
  const people = [...problem.people];
  const awards: Award[] = [];
  const ranked = choosingOrder(agents, order, seed);
  const wishes = agents.map((agent) =>
    agent.wishes
      .filter(({ date }) => plan.dayOf(date) !== null)
      .sort((a, b) => b.weight - a.weight || (a.date < b.date ? -1 : 1)),
  );
  const turns = Math.max(0, ...wishes.map(({ length }) => length));
  const board = claimBoard(plan, problem);
  for (let round = 0; round < turns; round++) {
    for (const [rank, index] of ranked.entries()) {
      const wish = wishes[index][round];
      if (!wish) continue;
      const day = plan.dayOf(wish.date)!;
      const wanting = withWish(plan, problem, people[index], wish);
      let refusal: Award["refusal"] = null;
      let rules: readonly string[] = [];
      let takenBy: readonly string[] = [];
      const met = board.obstacle(people, index, wish, day);
      if (met) ({ refusal, takenBy } = met);
      else if (!hasTour(problem, wanting, graphs[index])) {
        refusal = "ownRules";
        rules = [
          ...new Set(relaxPerson(problem, wanting, graphs[index]).conflicts.flatMap((one) => one.rules)),
        ];
      } else {
        people[index] = wanting;
        board.claim(index, wish, day);
      }
      awards.push({
        agentId: agents[index].id,
        rank: rank + 1,
        round: round + 1,
        wish,
        granted: refusal === null,
        refusal,
        rules,
        takenBy,
      });
    }
  }
  return { problem: { ...problem, people }, awards };
}

/** The person with nothing left, on the days that the wish is about, but what it asks for. */
function withWish(plan: PlanProblem, problem: RosterProblem, person: Person, wish: Wish): Person {
  const width = problem.kinds.length + 1;
  const prices = person.prices.slice();
  for (const { day, daysAhead } of daysPricedBy(wish, plan.dates[0], plan.dates.length))
    for (let choice = 0; choice < width; choice++)
      if (wishPrice(wish, daysAhead, plan.kinds[choice - 1] ?? null) > 0)
        prices[day * width + choice] = Infinity;
  return { ...person, prices };
}

/** What was granted so far, and what stands in the way of a further wish. */
function claimBoard(plan: PlanProblem, problem: RosterProblem) {
  const { agents } = plan.source;
  const kindCount = problem.kinds.length;
  const { need, cellsOf } = problem.cover;
  const claims: { readonly index: number; readonly wish: Wish; readonly day: number }[] = [];
  const isByShift = !plan.source.requirement;
  const neededOn = (day: number, counts: (kind: number) => boolean): number => {
    let sum = 0;
    for (let kind = 0; kind < kindCount; kind++)
      if (counts(kind)) for (const cell of cellsOf[day * kindCount + kind]) sum += need[cell];
    return sum;
  };
  const canWork = (person: Person, day: number, kind: number): boolean =>
    mayDo(person.limits, kind) && person.prices[day * (kindCount + 1) + kind + 1] < Infinity;
  const named = (others: readonly { readonly index: number }[]) => [
    ...new Set(others.map(({ index }) => agents[index].id)),
  ];
  return {
    claim: (index: number, wish: Wish, day: number) => void claims.push({ index, wish, day }),
    obstacle(
      people: readonly Person[],
      index: number,
      wish: Wish,
      day: number,
    ): { refusal: Award["refusal"]; takenBy: string[] } | null {
      const person = people[index];
      if (wish.kind === "shiftOn") {
        const isMeant = (kind: number) =>
          canWork(person, day, kind) && wishPrice(wish, 0, plan.kinds[kind]) === 0;
        const earlier = claims.filter(
          (claim) =>
            claim.day === day &&
            claim.wish.kind === "shiftOn" &&
            (wish.templateId === null || claim.wish.templateId === wish.templateId) &&
            plan.kinds.some((_, kind) => isMeant(kind) && canWork(people[claim.index], day, kind)),
        );
        const there = isByShift ? neededOn(day, isMeant) : Infinity;
        if (there === 0 || !plan.kinds.some((_, kind) => isMeant(kind)))
          return { refusal: "noSuchShift", takenBy: [] };
        return earlier.length < there ? null : { refusal: "shiftsTaken", takenBy: named(earlier) };
      }
      if (wish.templateId !== null || !isByShift) return null;
      const groups = new Set(
        plan.kinds.flatMap(({ groupId }, kind) => (canWork(person, day, kind) ? [groupId] : [])),
      );
      for (const groupId of groups) {
        const isOfGroup = (kind: number) => plan.kinds[kind].groupId === groupId;
        const left = people.filter(
          (other, at) =>
            at !== index && plan.kinds.some((_, kind) => isOfGroup(kind) && canWork(other, day, kind)),
        ).length;
        if (left >= neededOn(day, isOfGroup)) continue;
        const earlier = claims.filter((claim) => claim.day === day && claim.wish.kind === "shiftOff");
        return { refusal: "tooFewLeft", takenBy: named(earlier) };
      }
      return null;
    },
  };
}
