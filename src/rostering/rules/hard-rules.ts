import {
  choiceIndex,
  dayOff,
  type Person,
  type RosterProblem,
  type Tour,
  weekendOf,
} from "../problem/roster-problem.ts";

/**
 * The hard rules, one function each. A rule reads one person's tour and answers the days on which it is broken;
 * a rule about a whole week, weekend or horizon answers the day at which the limit is passed or the span ends.
 *
 * They are written from the rules' words and share nothing with the search, which must obey them by construction:
 * each checks the other. What lies before the horizon counts as far as it is known (`TourLimits.before`); what is not
 * known, and what lies after, is taken to satisfy the rules.
 */
export type Rule = (problem: RosterProblem, person: Person, tour: Tour) => number[];

/** No shift on a day off or a day that is blocked, and none but the pinned one where a shift is pinned. */
export function availability(problem: RosterProblem, person: Person, tour: Tour): number[] {
  return daysWhere(problem, (day) => person.prices[choiceIndex(problem, day, tour[day])] === Infinity);
}

/** Enough rest from one shift to the next, and no forbidden succession. */
export function restBetweenShifts(problem: RosterProblem, person: Person, tour: Tour): number[] {
  return daysWhere(
    problem,
    (day) =>
      tour[day] !== dayOff &&
      (day === 0
        ? person.limits.before?.mayStart[tour[0]] === false
        : tour[day - 1] !== dayOff && !person.limits.mayFollow[tour[day - 1]][tour[day]]),
  );
}

/** At most so many days of work in a row: every day beyond is a breach. */
export function maximumConsecutiveDays(problem: RosterProblem, person: Person, tour: Tour): number[] {
  let run = person.limits.before?.workRun ?? 0;
  return daysWhere(problem, (day) => {
    run = tour[day] === dayOff ? 0 : run + 1;
    return run > person.limits.maximumConsecutiveDays;
  });
}

/**
 * No shorter run of work: its last day is the breach. A run that ends before a day of leave, or begins after one, may
 * be short: nobody chose it.
 */
export function minimumConsecutiveDays(problem: RosterProblem, person: Person, tour: Tour): number[] {
  const { minimumConsecutiveDays: least, isLeave, before } = person.limits;
  const runBefore = before && !before.mayEnd ? before.workRun : null;
  return shortRuns(problem, tour, least, runBefore, (kind) => kind !== dayOff)
    .filter(({ first, last }) => !isLeave?.[first - 1] && !isLeave?.[last + 1])
    .map(({ last }) => Math.max(0, last));
}

/**
 * No shorter run of days off: its last day is the breach. Days of leave (holidays, sickness) are none that the run
 * would need: one that holds such a day may be short.
 */
export function minimumConsecutiveDaysOff(problem: RosterProblem, person: Person, tour: Tour): number[] {
  const { minimumConsecutiveDaysOff: least, isLeave, before } = person.limits;
  return shortRuns(problem, tour, least, before?.offRun ?? null, (kind) => kind === dayOff)
    .filter(({ first, last }) => !isLeave?.slice(first, last + 1).includes(true))
    .map(({ last }) => Math.max(0, last));
}

/** At most so many weekends with work on Saturday or Sunday: the first shift of each weekend beyond. */
export function maximumWeekends(problem: RosterProblem, person: Person, tour: Tour): number[] {
  const worked = new Set<number>();
  return daysWhere(problem, (day) => {
    const weekend = weekendOf(problem, day, tour[day]);
    if (weekend < 0 || worked.has(weekend)) return false;
    worked.add(weekend);
    return worked.size > person.limits.maximumWeekends;
  });
}

/** At most so many worked weekends in a row: the first shift of each weekend beyond. */
export function maximumConsecutiveWeekends(problem: RosterProblem, person: Person, tour: Tour): number[] {
  const { before, maximumConsecutiveWeekends: most = Infinity } = person.limits;
  let run = before?.weekendRun ?? 0;
  let last = before?.isWeekendWorked ? 0 : -1;
  return daysWhere(problem, (day) => {
    const weekend = weekendOf(problem, day, tour[day]);
    if (weekend < 0 || weekend === last) return false;
    run = weekend === last + 1 ? run + 1 : 1;
    last = weekend;
    return run > most;
  });
}

/** At most so many minutes in the horizon: the days beyond. */
export function maximumMinutes(problem: RosterProblem, person: Person, tour: Tour): number[] {
  let minutes = 0;
  return daysWhere(problem, (day) => {
    minutes += minutesOn(problem, tour, day);
    return tour[day] !== dayOff && minutes > person.limits.maximumMinutes;
  });
}

/** At least so many minutes in the horizon: the last day. */
export function minimumMinutes(problem: RosterProblem, person: Person, tour: Tour): number[] {
  let minutes = 0;
  for (let day = 0; day < problem.dayCount; day++) minutes += minutesOn(problem, tour, day);
  return minutes < person.limits.minimumMinutes ? [problem.dayCount - 1] : [];
}

/** At most so many minutes in a week: the days beyond. */
export function maximumMinutesPerWeek(problem: RosterProblem, person: Person, tour: Tour): number[] {
  let minutes = person.limits.before?.weekMinutes ?? 0;
  return daysWhere(problem, (day) => {
    if (day > 0 && problem.weekOfDay[day] !== problem.weekOfDay[day - 1]) minutes = 0;
    minutes += minutesOn(problem, tour, day);
    return tour[day] !== dayOff && minutes > person.limits.maximumMinutesPerWeek;
  });
}

/** At least so many minutes in each week: the week's last day. */
export function minimumMinutesPerWeek(problem: RosterProblem, person: Person, tour: Tour): number[] {
  let minutes = 0;
  return daysWhere(problem, (day) => {
    const week = problem.weekOfDay[day];
    if (day > 0 && week !== problem.weekOfDay[day - 1]) minutes = 0;
    minutes += minutesOn(problem, tour, day);
    const weekEnds = problem.weekOfDay[day + 1] !== week;
    return weekEnds && minutes < (person.limits.minimumMinutesOfWeek[week] ?? 0);
  });
}

/** At most so many shifts of certain kinds; with a maximum of 0: work for which the person lacks the skill. */
export function maximumOfKind(problem: RosterProblem, person: Person, tour: Tour): number[] {
  return daysBeyondCaps(problem, person, tour, false);
}

/** At most so many nights in the horizon: the nights beyond. */
export function maximumNights(problem: RosterProblem, person: Person, tour: Tour): number[] {
  return daysBeyondCaps(problem, person, tour, true);
}

/** At most so many nights in a row: every night beyond is a breach. */
export function maximumConsecutiveNights(problem: RosterProblem, person: Person, tour: Tour): number[] {
  let run = person.limits.before?.nightRun ?? 0;
  return daysWhere(problem, (day) => {
    run = tour[day] !== dayOff && problem.kinds[tour[day]].isNight ? run + 1 : 0;
    return run > (person.limits.maximumConsecutiveNights ?? Infinity);
  });
}

/** All hard rules by the name that the screen shows. */
export const hardRules = {
  availability,
  restBetweenShifts,
  maximumConsecutiveDays,
  minimumConsecutiveDays,
  minimumConsecutiveDaysOff,
  maximumWeekends,
  maximumConsecutiveWeekends,
  maximumMinutes,
  minimumMinutes,
  maximumMinutesPerWeek,
  minimumMinutesPerWeek,
  maximumOfKind,
  maximumNights,
  maximumConsecutiveNights,
} satisfies Record<string, Rule>;
export type HardRuleName = keyof typeof hardRules;

export interface Breach {
  readonly rule: HardRuleName;
  readonly day: number;
}

/**
 * Every hard rule that a tour breaks, by day. A person's last answer is remembered: after an edit by hand hundreds are
 * asked again whose tours are as they were.
 */
export function breachesOf(problem: RosterProblem, person: Person, tour: Tour): readonly Breach[] {
  const last = lastBreaches.get(person);
  if (last?.kinds === problem.kinds && isSameTour(last.tour, tour)) return last.breaches;
  const breaches = (Object.keys(hardRules) as HardRuleName[])
    .flatMap((rule) => hardRules[rule](problem, person, tour).map((day) => ({ rule, day })))
    .sort((a, b) => a.day - b.day);
  lastBreaches.set(person, { kinds: problem.kinds, tour: tour.slice(), breaches });
  return breaches;
}
const lastBreaches = new WeakMap<
  Person,
  { readonly kinds: RosterProblem["kinds"]; readonly tour: Tour; readonly breaches: readonly Breach[] }
>();

function isSameTour(a: Tour, b: Tour): boolean {
  for (let day = 0; day < a.length; day++) if (a[day] !== b[day]) return false;
  return a.length === b.length;
}

function daysBeyondCaps(problem: RosterProblem, person: Person, tour: Tour, ofNights: boolean): number[] {
  const breaches = new Set<number>();
  for (const cap of person.limits.caps) {
    if ((cap.isNights === true) !== ofNights) continue;
    let count = 0;
    for (let day = 0; day < problem.dayCount; day++) {
      if (cap.kinds.includes(tour[day]) && ++count > cap.maximum) breaches.add(day);
    }
  }
  return [...breaches].sort((a, b) => a - b);
}

function daysWhere(problem: RosterProblem, broken: (day: number) => boolean): number[] {
  const days: number[] = [];
  for (let day = 0; day < problem.dayCount; day++) if (broken(day)) days.push(day);
  return days;
}

function minutesOn(problem: RosterProblem, tour: Tour, day: number): number {
  return tour[day] === dayOff ? 0 : problem.kinds[tour[day]].minutes;
}

/**
 * Runs that are too short and end inside the horizon. `runBefore` days before it belong to the first (which then may
 * have none in it: `last` is −1); null: one that reaches the first day may be as short as it likes.
 */
function shortRuns(
  { dayCount }: RosterProblem,
  tour: Tour,
  least: number,
  runBefore: number | null,
  belongs: (kind: number) => boolean,
): { readonly first: number; readonly last: number }[] {
  const runs: { first: number; last: number }[] = [];
  if (runBefore !== null && runBefore > 0 && runBefore < least && !belongs(tour[0]))
    runs.push({ first: 0, last: -1 });
  for (let first = 0; first < dayCount; first++) {
    if (!belongs(tour[first])) continue;
    let last = first;
    while (last + 1 < dayCount && belongs(tour[last + 1])) last++;
    const length = last - first + 1 + (first === 0 ? (runBefore ?? 0) : 0);
    const begins = first > 0 || runBefore !== null;
    if (begins && last + 1 < dayCount && length < least) runs.push({ first, last });
    first = last;
  }
  return runs;
}
