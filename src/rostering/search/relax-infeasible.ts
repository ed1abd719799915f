import {
  choiceIndex,
  dayOff,
  openLimits,
  type Person,
  type RosterProblem,
  type Tour,
  type TourLimits,
  weekendOf,
} from "../problem/roster-problem.ts";
import { type HardRuleName, hardRules } from "../rules/hard-rules.ts";
import { cheapestTour } from "./cheapest-tour.ts";
import { type TourGraph, unfoldTours } from "./tour-graph.ts";

/** Why one person has no tour: take away any one of these and, as far as this conflict goes, there is one. */
export interface Conflict {
  readonly rules: readonly HardRuleName[];
  /** Days whose blocks or pins take part, and last days of weeks whose minimum does. */
  readonly days: readonly number[];
  /** The rule that was relaxed to go on. */
  readonly dropped: HardRuleName;
}

/** One part of what binds a person, with the way to lift it. */
interface Binding {
  readonly rule: HardRuleName;
  readonly day: number | null;
  readonly lift: (person: Person) => Person;
}

/** Which rule of a conflict is relaxed first: what hurts a person least. */
const relaxedFirst: readonly HardRuleName[] = [
  "minimumMinutesPerWeek",
  "minimumMinutes",
  "minimumConsecutiveDays",
  "minimumConsecutiveDaysOff",
  "maximumWeekends",
  "maximumConsecutiveWeekends",
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
 * Relaxes as few rules of a person as it takes to have a tour, and each no further than one tour needs. A person who
 * has a tour comes back unchanged. Each conflict is minimal (found by taking parts away one by one), so relaxing any of
 * its rules would do.
 *
 * @param graph the person's unfolded limits where they are at hand, undefined to unfold them here
 */
export function relaxPerson(
  problem: RosterProblem,
  person: Person,
  graph?: TourGraph | null,
): { relaxed: Person; conflicts: Conflict[] } {
  const conflicts: Conflict[] = [];
  let lifted = person;
  let isFeasible = hasTour(problem, lifted, graph);
  while (!isFeasible) {
    const parts = minimalConflict(problem, lifted);
    const dropped = relaxedFirst.find((rule) => parts.some((part) => part.rule === rule))!;
    for (const part of parts.filter(({ rule }) => rule === dropped)) lifted = part.lift(lifted);
    conflicts.push({
      rules: [...new Set(parts.map((part) => part.rule))],
      days: [...new Set(parts.flatMap(({ day }) => (day === null ? [] : [day])))].sort((a, b) => a - b),
      dropped,
    });
    isFeasible = hasTour(problem, lifted);
  }
  if (conflicts.length === 0) return { relaxed: person, conflicts };
  const dropped = new Set(conflicts.map((conflict) => conflict.dropped));
  return { relaxed: tightened(problem, person, lifted, dropped), conflicts };
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
  return [
    capped("maximumOfKind", false),
    capped("maximumNights", true),
    whole("maximumConsecutiveNights", "maximumConsecutiveNights"),
    {
      rule: "restBetweenShifts",
      day: null,
      lift: loosen(({ before }) => ({
        mayFollow: open.mayFollow,
        ...(before ? { before: { ...before, mayStart: before.mayStart.map(() => true) } } : {}),
      })),
    },
    whole("maximumConsecutiveDays", "maximumConsecutiveDays"),
    whole("minimumConsecutiveDays", "minimumConsecutiveDays"),
    whole("minimumConsecutiveDaysOff", "minimumConsecutiveDaysOff"),
    whole("maximumWeekends", "maximumWeekends"),
    whole("maximumConsecutiveWeekends", "maximumConsecutiveWeekends"),
    whole("maximumMinutes", "maximumMinutes"),
    whole("minimumMinutes", "minimumMinutes"),
    whole("maximumMinutesPerWeek", "maximumMinutesPerWeek"),
    ...weeks,
    ...blockedDays(problem, person),
  ];
}

/** Days on which the person cannot work, or cannot be off. */
function blockedDays({ dayCount, kinds }: RosterProblem, person: Person): Binding[] {
  const width = kinds.length + 1;
  const isBlocked = (day: number): boolean => {
    const choices = person.prices.subarray(day * width, (day + 1) * width);
    return choices[dayOff + 1] === Infinity || choices.subarray(1).every((price) => price === Infinity);
  };
  return Array.from({ length: dayCount }, (_, day) => day)
    .filter(isBlocked)
    .map((day) => ({
      rule: "availability",
      day,
      lift(bound) {
        const prices = bound.prices.slice();
        for (let choice = day * width; choice < (day + 1) * width; choice++)
          if (prices[choice] === Infinity) prices[choice] = bound.unblockedPrices?.[choice] ?? 0;
        return { ...bound, prices };
      },
    }));
}

/** The lifted person with each relaxed rule as tight as one tour allows that breaks little. */
function tightened(
  problem: RosterProblem,
  person: Person,
  lifted: Person,
  relaxedRules: ReadonlySet<HardRuleName>,
): Person {
  const tour = tourOfLittleHarm(problem, person.limits, lifted, relaxedRules);
  if (tour === null) return lifted;
  const tight = { ...lifted, limits: loosenedFor(tour, problem, person.limits, relaxedRules) };
  return hasTour(problem, tight) ? tight : lifted;
}

/** What a choice costs that a relaxed rule is about, beside minutes of work. */
const harmPrice = 1e5;

/**
 * A tour of the lifted person with few shifts of capped kinds and few on weekends where those rules are relaxed, and
 * then with the most work where minutes are missing, else with the least.
 */
function tourOfLittleHarm(
  problem: RosterProblem,
  given: TourLimits,
  lifted: Person,
  relaxedRules: ReadonlySet<HardRuleName>,
): Tour | null {
  const { dayCount, kinds } = problem;
  const graph = unfoldTours(problem, lifted.limits);
  if (graph === null) return null;
  const areMinutesMissing = relaxedRules.has("minimumMinutes") || relaxedRules.has("minimumMinutesPerWeek");
  const isHarm = (day: number, kind: number): boolean =>
    given.caps.some(
      (cap) => relaxedRules.has(cap.isNights ? "maximumNights" : "maximumOfKind") && cap.kinds.includes(kind),
    ) ||
    (relaxedRules.has("maximumWeekends") && weekendOf(problem, day, kind) >= 0);
  const prices = lifted.prices.map((price) => (price === Infinity ? Infinity : 0));
  for (let day = 0; day < dayCount; day++)
    for (const [kind, { minutes }] of kinds.entries())
      prices[choiceIndex(problem, day, kind)] +=
        (areMinutesMissing ? -minutes : minutes) + (isHarm(day, kind) ? harmPrice : 0);
  const tour: Tour = new Int16Array(dayCount);
  return cheapestTour(graph, prices, tour).price < Infinity ? tour : null;
}

/** Limits with each of the relaxed rules just so loose that a tour keeps it. */
function loosenedFor(
  tour: Tour,
  problem: RosterProblem,
  given: TourLimits,
  relaxedRules: ReadonlySet<HardRuleName>,
): TourLimits {
  const { kinds, weekOfDay } = problem;
  const minutesOfWeek = new Array<number>(weekOfDay[weekOfDay.length - 1] + 1).fill(0);
  for (const [day, week] of weekOfDay.entries())
    if (tour[day] !== dayOff) minutesOfWeek[week] += kinds[tour[day]].minutes;
  const minutes = minutesOfWeek.reduce((sum, value) => sum + value, 0);
  let limits = given;
  const loosen = (rule: HardRuleName, change: Partial<TourLimits>): void => {
    if (relaxedRules.has(rule)) limits = { ...limits, ...change };
  };
  const raiseCaps = (rule: HardRuleName, ofNights: boolean): void =>
    loosen(rule, {
      caps: limits.caps.map((cap) => {
        const worked = tour.filter((kind) => cap.kinds.includes(kind)).length;
        const isMeant = (cap.isNights === true) === ofNights;
        return isMeant ? { ...cap, maximum: Math.max(cap.maximum, worked) } : cap;
      }),
    });
  /** Moves a limit step by step until the rule itself finds nothing to object to. */
  const loosenBySteps = (rule: HardRuleName, field: keyof TourLimits, step: 1 | -1): void => {
    const isBroken = () =>
      hardRules[rule](problem, { id: "", limits, prices: new Float64Array() }, tour).length > 0;
    while (relaxedRules.has(rule) && isBroken())
      limits = { ...limits, [field]: (limits[field] as number) + step };
  };
  loosen("minimumMinutes", { minimumMinutes: Math.min(given.minimumMinutes, minutes) });
  loosen("maximumMinutes", { maximumMinutes: Math.max(given.maximumMinutes, minutes) });
  loosen("minimumMinutesPerWeek", {
    minimumMinutesOfWeek: given.minimumMinutesOfWeek.map((owed, week) => Math.min(owed, minutesOfWeek[week])),
  });
  loosen("maximumMinutesPerWeek", {
    maximumMinutesPerWeek: Math.max(
      given.maximumMinutesPerWeek,
      ...minutesOfWeek.map((worked, week) => worked + (week === 0 ? (given.before?.weekMinutes ?? 0) : 0)),
    ),
  });
  loosen("restBetweenShifts", {
    mayFollow: given.mayFollow.map((row, last) =>
      row.map((may, next) => may || tour.some((kind, day) => kind === next && tour[day - 1] === last)),
    ),
    ...(given.before
      ? {
          before: {
            ...given.before,
            mayStart: given.before.mayStart.map((may, kind) => may || kind === tour[0]),
          },
        }
      : {}),
  });
  raiseCaps("maximumOfKind", false);
  raiseCaps("maximumNights", true);
  loosenBySteps("maximumConsecutiveDays", "maximumConsecutiveDays", 1);
  loosenBySteps("minimumConsecutiveDays", "minimumConsecutiveDays", -1);
  loosenBySteps("minimumConsecutiveDaysOff", "minimumConsecutiveDaysOff", -1);
  loosenBySteps("maximumWeekends", "maximumWeekends", 1);
  loosenBySteps("maximumConsecutiveWeekends", "maximumConsecutiveWeekends", 1);
  loosenBySteps("maximumConsecutiveNights", "maximumConsecutiveNights", 1);
  return limits;
}
