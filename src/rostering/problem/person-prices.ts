import { addDays, type LocalDate, weekdayOf } from "../../domain/calendar/clock.ts";
import { isEmployedOn, type RosteredAgent, type Wish } from "../../domain/plan/roster.ts";
import { daysPricedBy, isAvailable, mayDo, startPreferencePrice, wishPrice } from "../rules/day-rules.ts";
import type { PlanDays } from "./plan-days.ts";
import { goesPastMidnight, type Person, type TourLimits } from "./roster-problem.ts";
import type { PlanShiftKind } from "./shift-kinds.ts";

/** What one kind of shift on one day costs an agent, whatever may stand in its way. */
export function choicePrice(
  agent: RosteredAgent,
  { dates }: Pick<PlanDays, "dates">,
  on: number,
  worked: PlanShiftKind,
): number {
  const pricedThen = (wish: Wish) =>
    daysPricedBy(wish, dates[0], dates.length).filter(({ day }) => day === on);
  return agent.wishes
    .flatMap((wish) => pricedThen(wish).map(({ daysAhead }) => wishPrice(wish, daysAhead, worked)))
    .reduce((sum, price) => sum + price, startPreferencePrice(agent, worked.startMinute));
}

/**
 * What each choice of each day costs an agent: wishes and preferences that go against it; Infinity where there is no
 * such shift, and in `prices` also where the agent is not employed, on leave, away or bound to another shift (or, by a rotation, to none).
 *
 * @param isOpen 1 where a kind may be worked on a day, `day * kinds + kind`
 */
export function personPrices(
  agent: RosteredAgent,
  limits: TourLimits,
  { dates }: PlanDays,
  kinds: readonly PlanShiftKind[],
  isOpen: Uint8Array,
): Required<Pick<Person, "prices" | "unblockedPrices">> {
  const width = kinds.length + 1;
  const unblockedPrices = new Float64Array(dates.length * width);
  for (let day = 0; day < dates.length; day++)
    for (const [kind, { startMinute }] of kinds.entries())
      unblockedPrices[day * width + kind + 1] = isOpen[day * kinds.length + kind]
        ? startPreferencePrice(agent, startMinute)
        : Infinity;
  for (const wish of agent.wishes)
    for (const { day, daysAhead } of daysPricedBy(wish, dates[0], dates.length))
      for (let choice = 0; choice < width; choice++)
        unblockedPrices[day * width + choice] += wishPrice(wish, daysAhead, kinds[choice - 1] ?? null);

  const prices = unblockedPrices.slice();
  const daysOff = new Set(agent.daysOff);
  const isAway = (date: LocalDate) => daysOff.has(date) || !isEmployedOn(agent, date);
  const fixed = new Map(agent.fixedShifts?.map(({ weekday, templateId }) => [weekday, templateId]));
  const rotation = new Map(agent.rotationDays?.map(({ date, templateId }) => [date, templateId]));
  for (const [day, date] of dates.entries()) {
    const inRotation = rotation.get(date);
    const isOff = isAway(date) || inRotation === null;
    const isOffNext = isAway(addDays(date, 1));
    const templateId = isOff ? undefined : (inRotation ?? fixed.get(weekdayOf(date)));
    let hasFixedShift = false;
    for (const [kind, shiftKind] of kinds.entries()) {
      const isBlocked =
        isOff ||
        (isOffNext && goesPastMidnight(shiftKind)) ||
        (templateId !== undefined && shiftKind.templateId !== templateId) ||
        !isAvailable(agent, date, shiftKind);
      const place = day * width + kind + 1;
      if (isBlocked) prices[place] = Infinity;
      else if (templateId !== undefined && prices[place] < Infinity && mayDo(limits, kind))
        hasFixedShift = true;
    }
    // Away for part of the day, so that none of the fixed shifts is left: a day off, not a contradiction.
    if (hasFixedShift) prices[day * width] = Infinity;
  }
  return { prices, unblockedPrices };
}
