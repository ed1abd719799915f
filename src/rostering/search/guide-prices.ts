import { choiceIndex, dayOff, type RosterProblem, type Tour } from "../problem/roster-problem.ts";
import { isAgainstPartner, movesStart, tallyCount, tallyPrice } from "../rules/soft-rules.ts";

/**
 * Adds to `prices` (as `Person.prices`) what each choice would cost more or less by the soft rules if the other days
 * stayed as in `tour`: prices of single days for what is no sum over days, right near the present tour.
 *
 * @param admirers people whose partner this person is
 */
export function addGuidePrices(
  problem: RosterProblem,
  index: number,
  tour: Tour,
  tours: readonly Tour[],
  admirers: readonly number[],
  prices: Float64Array,
): void {
  const { soft } = problem.people[index];
  const { dayCount } = problem;
  const kindCount = problem.kinds.length;
  for (const tally of soft?.tallies ?? []) {
    const count = tallyCount(problem, tally, tour);
    const slope =
      (tallyPrice(tally, count + 1) - tallyPrice(tally, Math.max(0, count - 1))) / (count > 0 ? 2 : 1);
    if (slope === 0) continue;
    const each = tally.perWeekend ? slope / 2 : slope;
    for (let choice = 0; choice < tally.counted.length; choice++)
      if (tally.counted[choice])
        prices[choiceIndex(problem, Math.floor(choice / kindCount), choice % kindCount)] += each;
  }
  for (let day = 0; day < dayCount; day++) {
    const before = day > 0 ? tour[day - 1] : dayOff;
    const after = day + 1 < dayCount ? tour[day + 1] : dayOff;
    if (soft?.singleDayOff) {
      if (before !== dayOff && after !== dayOff)
        prices[choiceIndex(problem, day, dayOff)] += soft.singleDayOff;
      const makesSingle =
        (day > 1 && before === dayOff && tour[day - 2] !== dayOff) ||
        (day + 2 < dayCount && after === dayOff && tour[day + 2] !== dayOff);
      if (makesSingle)
        for (let kind = 0; kind < kindCount; kind++)
          prices[choiceIndex(problem, day, kind)] += soft.singleDayOff;
    }
    if (soft?.startMove) {
      const { weight, toleranceMinutes } = soft.startMove;
      for (let kind = 0; kind < kindCount; kind++)
        for (const neighbour of [before, after])
          if (movesStart(problem, neighbour, kind, toleranceMinutes))
            prices[choiceIndex(problem, day, kind)] += weight;
    }
    if (soft?.partner) {
      const { person, kind: wanted, weight } = soft.partner;
      for (let kind = dayOff; kind < kindCount; kind++)
        if (isAgainstPartner(problem, wanted, kind, tours[person][day]))
          prices[choiceIndex(problem, day, kind)] += weight;
    }
    for (const admirer of admirers) {
      const { kind: wanted, weight } = problem.people[admirer].soft!.partner!;
      for (let kind = dayOff; kind < kindCount; kind++)
        if (isAgainstPartner(problem, wanted, tours[admirer][day], kind))
          prices[choiceIndex(problem, day, kind)] += weight;
    }
  }
}
