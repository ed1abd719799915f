import { daysBetween } from "../domain/calendar/clock.ts";
import type { Assignment } from "../domain/plan/roster.ts";
import type { Shift } from "../domain/plan/shift.ts";
import { toursOf } from "./problem/assigned-tours.ts";
import type { PlanProblem } from "./problem/problem-from-plan.ts";
import { choiceIndex, dayOff, type Person, type RosterProblem, type Tour } from "./problem/roster-problem.ts";
import { breachesOf, type HardRuleName } from "./rules/hard-rules.ts";

/** Somebody who could take a shift, and what that would break. */
export interface Replacement {
  readonly agentId: string;
  /** Hard rules that would newly be broken; empty: none. */
  readonly breaks: readonly HardRuleName[];
  /** Change of the price of wishes: below 0 when the agent wishes for it. */
  readonly wishPrice: number;
  /** Paid minutes of that week with the shift. */
  readonly weekMinutes: number;
  readonly maximumWeekMinutes: number;
}

/**
 * Everybody who is free that day and serves the shift's queues, best first: fewest rules broken, then wishes, then
 * most hours left in the week.
 */
export function replacementsFor(
  plan: PlanProblem,
  assignments: readonly Assignment[],
  shift: Shift,
): Replacement[] {
  const { problem, source } = plan;
  const day = daysBetween(source.grid.firstDate, shift.date);
  const kind = plan.kindOf(shift);
  if (kind === null || day < 0 || day >= problem.dayCount) return [];
  const { tours } = toursOf(plan, assignments);
  const candidates = problem.people.flatMap((person, index): Replacement[] => {
    const tour = tours[index];
    const barred = person.limits.caps.some((cap) => cap.maximum === 0 && cap.kinds.includes(kind));
    const price = person.prices[choiceIndex(problem, day, kind)];
    if (tour[day] !== dayOff || barred || price === Infinity) return [];
    const changed = tour.slice();
    changed[day] = kind;
    const week = problem.weekOfDay[day];
    const weekMinutes = changed.reduce(
      (sum, worked, on) =>
        sum + (worked !== dayOff && problem.weekOfDay[on] === week ? problem.kinds[worked].minutes : 0),
      0,
    );
    return [
      {
        agentId: person.id,
        breaks: rulesNewlyBroken(problem, person, tour, changed),
        wishPrice: price - person.prices[choiceIndex(problem, day, dayOff)],
        weekMinutes,
        maximumWeekMinutes: person.limits.maximumMinutesPerWeek,
      },
    ];
  });
  return candidates.sort(
    (a, b) =>
      a.breaks.length - b.breaks.length ||
      a.wishPrice - b.wishPrice ||
      b.maximumWeekMinutes - b.weekMinutes - (a.maximumWeekMinutes - a.weekMinutes),
  );
}

/** Hard rules that a person's changed days break on days on which they were not broken before, each once. */
export function rulesNewlyBroken(
  problem: RosterProblem,
  person: Person,
  before: Tour,
  after: Tour,
): HardRuleName[] {
  const known = new Set(breachesOf(problem, person, before).map(({ rule, day }) => `${rule} ${day}`));
  const added = breachesOf(problem, person, after).filter(({ rule, day }) => !known.has(`${rule} ${day}`));
  return [...new Set(added.map(({ rule }) => rule))];
}
