import {
  dayOff,
  type Person,
  type RosterProblem,
  type Tally,
  type Tour,
  weekendOf,
} from "../problem/roster-problem.ts";

/** A day on which a rule is broken, null for the whole horizon, and its price. */
export interface SoftBreach {
  readonly rule: SoftRuleName;
  readonly day: number | null;
  readonly penalty: number;
}

type SoftRule = (problem: RosterProblem, person: Person, tour: Tour, tours: readonly Tour[]) => SoftBreach[];

/** Nights, carried over and now, near the fair share. */
export const fairNights: SoftRule = (problem, person, tour) => tallied("fairNights", problem, person, tour);
/** Worked weekends near the fair share. */
export const fairWeekends: SoftRule = (problem, person, tour) =>
  tallied("fairWeekends", problem, person, tour);
/** Late shifts near the fair share. */
export const fairLates: SoftRule = (problem, person, tour) => tallied("fairLates", problem, person, tour);
/** Shifts of the templates nobody likes near the fair share. */
export const fairUndesired: SoftRule = (problem, person, tour) =>
  tallied("fairUndesired", problem, person, tour);
/** Enough shifts for each queue that the person could serve, so that no skill gets rusty. */
export const skillRotation: SoftRule = (problem, person, tour) =>
  tallied("skillRotation", problem, person, tour);

/** A single day off between two days of work, where the person likes days off together. */
export const singleDayOff: SoftRule = (_, person, tour) => {
  const weight = person.soft?.singleDayOff ?? 0;
  if (weight === 0) return [];
  return daysOf(tour, (day) => isSingleDayOff(tour, day)).map((day) => ({
    rule: "singleDayOff",
    day,
    penalty: weight,
  }));
};

/** A start that moves by more than the tolerance from one day of work to the next day. */
export const startMove: SoftRule = (problem, person, tour) => {
  const rule = person.soft?.startMove;
  if (!rule) return [];
  return daysOf(
    tour,
    (day) => day > 0 && movesStart(problem, tour[day - 1], tour[day], rule.toleranceMinutes),
  ).map((day) => ({ rule: "startMove", day, penalty: rule.weight }));
};

/** A day that is not as the person wants it with their partner. */
export const partnerWish: SoftRule = (problem, person, tour, tours) => {
  const partner = person.soft?.partner;
  if (!partner) return [];
  const other = tours[partner.person];
  return daysOf(tour, (day) => isAgainstPartner(problem, partner.kind, tour[day], other[day])).map((day) => ({
    rule: "partnerWish",
    day,
    penalty: partner.weight,
  }));
};

export const softRules = {
  fairNights,
  fairWeekends,
  fairLates,
  fairUndesired,
  skillRotation,
  singleDayOff,
  startMove,
  partnerWish,
} satisfies Record<string, SoftRule>;
export type SoftRuleName = keyof typeof softRules;

/** Everything soft about one tour. */
export function softBreachesOf(
  problem: RosterProblem,
  person: Person,
  tour: Tour,
  tours: readonly Tour[],
): SoftBreach[] {
  if (!person.soft) return [];
  return Object.values(softRules).flatMap((rule) => rule(problem, person, tour, tours));
}

/** Sum of the penalties of `softBreachesOf`, without making a list of them. */
export function softPrice(
  problem: RosterProblem,
  person: Person,
  tour: Tour,
  tours: readonly Tour[],
): number {
  const { soft } = person;
  if (!soft) return 0;
  let price = 0;
  for (const tally of soft.tallies) price += tallyPrice(tally, tallyCount(problem, tally, tour));
  for (let day = 0; day < tour.length; day++) {
    if (soft.singleDayOff && isSingleDayOff(tour, day)) price += soft.singleDayOff;
    if (
      soft.startMove &&
      day > 0 &&
      movesStart(problem, tour[day - 1], tour[day], soft.startMove.toleranceMinutes)
    )
      price += soft.startMove.weight;
    if (
      soft.partner &&
      isAgainstPartner(problem, soft.partner.kind, tour[day], tours[soft.partner.person][day])
    )
      price += soft.partner.weight;
  }
  return price;
}

function tallied(rule: Tally["rule"], problem: RosterProblem, person: Person, tour: Tour): SoftBreach[] {
  return (person.soft?.tallies ?? []).flatMap((tally) => {
    const penalty = tally.rule === rule ? tallyPrice(tally, tallyCount(problem, tally, tour)) : 0;
    return penalty > 0 ? [{ rule, day: null, penalty }] : [];
  });
}

export function tallyCount(problem: RosterProblem, { counted, perWeekend }: Tally, tour: Tour): number {
  const kindCount = problem.kinds.length;
  let count = 0;
  let last = -1;
  for (let day = 0; day < tour.length; day++) {
    if (tour[day] === dayOff || !counted[day * kindCount + tour[day]]) continue;
    if (perWeekend) {
      const weekend = weekendOf(problem, day, tour[day]);
      if (weekend === last) continue;
      last = weekend;
    }
    count++;
  }
  return count;
}

export function tallyPrice({ carried, least, most, weight, squared }: Tally, count: number): number {
  const load = carried + count;
  const distance = load > most ? load - most : load < least ? least - load : 0;
  return weight * (squared ? distance * distance : distance);
}

function isSingleDayOff(tour: Tour, day: number): boolean {
  const isInside = day > 0 && day + 1 < tour.length;
  return isInside && tour[day] === dayOff && tour[day - 1] !== dayOff && tour[day + 1] !== dayOff;
}

export function movesStart(
  problem: RosterProblem,
  kind: number,
  next: number,
  toleranceMinutes: number,
): boolean {
  if (kind === dayOff || next === dayOff) return false;
  const move = Math.abs((problem.kinds[kind].startMinute ?? 0) - (problem.kinds[next].startMinute ?? 0));
  return Math.min(move, 1440 - move) > toleranceMinutes;
}

export function isAgainstPartner(
  problem: RosterProblem,
  wanted: "sameShifts" | "sameDaysOff" | "neverTogether",
  own: number,
  other: number,
): boolean {
  if (wanted === "sameDaysOff") return (own === dayOff) !== (other === dayOff);
  if (own === dayOff) return false;
  if (other === dayOff) return wanted === "sameShifts";
  const { startMinute = 0, endMinute = 1440 } = problem.kinds[own];
  const theirs = problem.kinds[other];
  const shared =
    Math.min(endMinute, theirs.endMinute ?? 1440) - Math.max(startMinute, theirs.startMinute ?? 0);
  return wanted === "neverTogether" ? shared > 0 : 2 * shared < endMinute - startMinute;
}

function daysOf(tour: Tour, isBroken: (day: number) => boolean): number[] {
  return Array.from(tour.keys()).filter(isBroken);
}
