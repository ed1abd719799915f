import {
  dayOff,
  openLimits,
  type Person,
  type RosterProblem,
  type Tour,
  type TourLimits,
} from "../problem/roster-problem.ts";
import type { HardRuleName } from "../rules/hard-rules.ts";
import { cheapestTour } from "./cheapest-tour.ts";
import { type TourGraph, unfoldTours } from "./tour-graph.ts";

/** Why one person has no tour: take away any one of these and, as far as this conflict goes, there is one. */
export interface Conflict {
  readonly rules: readonly HardRuleName[];
  /** Days whose blocks or pins take part, and last days of weeks whose minimum does. */
  readonly days: readonly number[];
  /** The rule that was set aside to go on. */
  readonly dropped: HardRuleName;
}

/** One part of what binds a person, with the way to lift it. */
interface Binding {
  readonly rule: HardRuleName;
  readonly day: number | null;
  readonly lift: (person: Person) => Person;
}

/** Which rule of a conflict is set aside first: what hurts a person least. */
const droppedFirst: readonly HardRuleName[] = [
  "minimumMinutesPerWeek",
  "minimumMinutes",
  "minimumConsecutiveDays",
  "minimumConsecutiveDaysOff",
  "maximumWeekends",
  "maximumConsecutiveDays",
  "maximumMinutesPerWeek",
  "maximumMinutes",
  "maximumConsecutiveNights",
  "maximumNights",
  "restBetweenShifts",
  "maximumOfKind",
  "availability",
];

/**
 * Sets aside as few rules of a person as it takes to have a tour. A person who has one comes back unchanged.
 * Each conflict is minimal (found by taking parts away one by one), so each of its parts would free the person.
 *
 * @param graph the person's unfolded limits where they are at hand, undefined to unfold them here
 */
export function freePerson(
  problem: RosterProblem,
  person: Person,
  graph?: TourGraph | null,
): { freedPerson: Person; conflicts: Conflict[] } {
  const conflicts: Conflict[] = [];
  let current = person;
  let isFree = hasTour(problem, current, graph);
  while (!isFree) {
    const parts = minimalConflict(problem, current);
    const dropped = droppedFirst.find((rule) => parts.some((part) => part.rule === rule))!;
    for (const part of parts.filter((candidate) => candidate.rule === dropped)) current = part.lift(current);
    conflicts.push({
      rules: [...new Set(parts.map((part) => part.rule))],
      days: [...new Set(parts.flatMap((part) => (part.day === null ? [] : [part.day])))].sort(
        (a, b) => a - b,
      ),
      dropped,
    });
    isFree = hasTour(problem, current);
  }
  return { freedPerson: current, conflicts };
}

/** A tour exists when the unfolded limits hold one without a forbidden choice. */
export function hasTour(problem: RosterProblem, person: Person, graph?: TourGraph | null): boolean {
  const unfolded = graph === undefined ? unfoldTours(problem, person.limits) : graph;
  if (unfolded === null) return false;
  const scratch: Tour = new Int16Array(problem.dayCount);
  return cheapestTour(unfolded, person.prices, scratch).price < Infinity;
}

function minimalConflict(problem: RosterProblem, person: Person): Binding[] {
  let kept = bindingsOf(problem, person);
  for (const part of [...kept]) {
    const without = kept.filter((other) => other !== part);
    const lifted = bindingsOf(problem, person)
      .filter((other) => !without.some((same) => same.rule === other.rule && same.day === other.day))
      .reduce((freer, binding) => binding.lift(freer), person);
    if (!hasTour(problem, lifted)) kept = without;
  }
  return kept;
}

function bindingsOf(problem: RosterProblem, person: Person): Binding[] {
  const { limits } = person;
  const open = openLimits(problem.kinds.length);
  const loosen =
    (change: (limits: TourLimits) => Partial<TourLimits>) =>
    (bound: Person): Person => ({ ...bound, limits: { ...bound.limits, ...change(bound.limits) } });
  const whole = (rule: HardRuleName, field: keyof TourLimits): Binding => ({
    rule,
    day: null,
    lift: loosen(() => ({ [field]: open[field] })),
  });
  const capped = (rule: HardRuleName, ofNights: boolean): Binding => ({
    rule,
    day: null,
    lift: loosen((bound) => ({
      caps: bound.caps.filter((cap) => (cap.isNights === true) !== ofNights),
    })),
  });
  const weeks = limits.minimumMinutesOfWeek.flatMap((minutes, week): Binding[] =>
    minutes > 0
      ? [
          {
            rule: "minimumMinutesPerWeek",
            day: problem.weekOfDay.lastIndexOf(week),
            lift: loosen((bound) => ({
              minimumMinutesOfWeek: bound.minimumMinutesOfWeek.map((owed, at) => (at === week ? 0 : owed)),
            })),
          },
        ]
      : [],
  );
  const width = problem.kinds.length + 1;
  const blocked = Array.from({ length: problem.dayCount }, (_, day) => day).filter((day) => {
    const choices = person.prices.subarray(day * width, (day + 1) * width);
    return choices[dayOff + 1] === Infinity || choices.subarray(1).every((price) => price === Infinity);
  });
  const days = blocked.map(
    (day): Binding => ({
      rule: "availability",
      day,
      lift: (bound) => {
        const prices = bound.prices.slice();
        for (let choice = day * width; choice < (day + 1) * width; choice++)
          if (prices[choice] === Infinity) prices[choice] = 0;
        return { ...bound, prices };
      },
    }),
  );
  return [
    capped("maximumOfKind", false),
    capped("maximumNights", true),
    whole("maximumConsecutiveNights", "maximumConsecutiveNights"),
    whole("restBetweenShifts", "mayFollow"),
    whole("maximumConsecutiveDays", "maximumConsecutiveDays"),
    whole("minimumConsecutiveDays", "minimumConsecutiveDays"),
    whole("minimumConsecutiveDaysOff", "minimumConsecutiveDaysOff"),
    whole("maximumWeekends", "maximumWeekends"),
    whole("maximumMinutes", "maximumMinutes"),
    whole("minimumMinutes", "minimumMinutes"),
    whole("maximumMinutesPerWeek", "maximumMinutesPerWeek"),
    ...weeks,
    ...days,
  ];
}
