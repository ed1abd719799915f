import type { LocalDate } from "../domain/calendar/clock.ts";
import type { Assignment } from "../domain/plan/roster.ts";
import type { Shift } from "../domain/plan/shift.ts";
import { toursOf } from "./problem/assigned-tours.ts";
import type { PlanProblem } from "./problem/problem-from-plan.ts";
import { choiceIndex, dayOff } from "./problem/roster-problem.ts";
import { rulesNewlyBroken } from "./replacements.ts";
import { mayDo } from "./rules/day-rules.ts";
import type { HardRuleName } from "./rules/hard-rules.ts";

/** A colleague who could have somebody's shift, and what comes back for it. */
export interface Exchange {
  readonly agentId: string;
  /** What the colleague works that day and gives in return; null: free, the shift is given away. */
  readonly inReturn: Shift | null;
  /** Hard rules that would newly be broken, of the one who gives and of the colleague. */
  readonly breaksOwn: readonly HardRuleName[];
  readonly breaksTheirs: readonly HardRuleName[];
  /** Change of the price of both people's wishes: below 0 when the exchange is wished for. */
  readonly wishPrice: number;
}

/**
 * Everybody to whom an agent's shift of a day could be given, or with whom it could be swapped, best first: fewest rules
 * broken by the two together, then wishes, then swaps before gifts, since with a swap everybody keeps a day's work.
 * Left out: who serves other queues or is away, who has the very same times, and whose shift is pinned. Only hard rules
 * that hold now and would not hold then count. Empty where the agent has no shift that day, or a pinned one.
 *
 * @example
 * exchangesFor(plan, roster.assignments, "a17", "2026-11-02")[0] // { agentId: "a03", inReturn: …, breaksOwn: [], … }
 */
export function exchangesFor(
  plan: PlanProblem,
  assignments: readonly Assignment[],
  agentId: string,
  date: LocalDate,
): Exchange[] {
  const { problem } = plan;
  const day = plan.dayOf(date);
  const own = problem.people.findIndex(({ id }) => id === agentId);
  const ofDay = new Map(
    assignments
      .filter(({ shift }) => shift.date === date)
      .map((assignment) => [assignment.agentId, assignment]),
  );
  const given = ofDay.get(agentId);
  const { tours } = toursOf(plan, assignments);
  if (day === null || own < 0 || given === undefined || given.pinned) return [];
  const kind = tours[own][day];
  const priceOf = (person: number, choice: number) =>
    problem.people[person].prices[choiceIndex(problem, day, choice)];
  const may = (person: number, choice: number) =>
    (choice === dayOff || mayDo(problem.people[person].limits, choice)) && priceOf(person, choice) < Infinity;
  const breaks = (person: number, choice: number) => {
    const after = tours[person].slice();
    after[day] = choice;
    return rulesNewlyBroken(problem, problem.people[person], tours[person], after);
  };
  const exchanges = problem.people.flatMap((colleague, index): Exchange[] => {
    const theirs = tours[index][day];
    if (index === own || theirs === kind || ofDay.get(colleague.id)?.pinned) return [];
    if (!may(index, kind) || !may(own, theirs)) return [];
    return [
      {
        agentId: colleague.id,
        inReturn: ofDay.get(colleague.id)?.shift ?? null,
        breaksOwn: breaks(own, theirs),
        breaksTheirs: breaks(index, kind),
        wishPrice: priceOf(index, kind) - priceOf(index, theirs) + priceOf(own, theirs) - priceOf(own, kind),
      },
    ];
  });
  const broken = ({ breaksOwn, breaksTheirs }: Exchange) => breaksOwn.length + breaksTheirs.length;
  return exchanges.sort(
    (a, b) =>
      broken(a) - broken(b) ||
      a.wishPrice - b.wishPrice ||
      Number(a.inReturn === null) - Number(b.inReturn === null),
  );
}
