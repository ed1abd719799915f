import { weekdayOf } from "../../domain/calendar/clock.ts";
import type { RosteredAgent } from "../../domain/plan/roster.ts";
import { isAvailable, mayDo, startPreferencePrice, wishPrice } from "../rules/day-rules.ts";
import type { PlanDays } from "./plan-days.ts";
import type { Cover, TourLimits } from "./roster-problem.ts";
import type { ShiftKinds } from "./shift-kinds.ts";

/**
 * What each choice of each day costs an agent (`Person.prices`): Infinity where there is no such shift, the agent is
 * off, away or bound to another shift that day; else wishes and preferences that go against it.
 */
export function personPrices(
  agent: RosteredAgent,
  limits: TourLimits,
  { dates, dayOf }: PlanDays,
  { kinds, samples }: ShiftKinds,
  { cellsOf }: Cover,
): Float64Array {
  const kindCount = kinds.length;
  const width = kindCount + 1;
  const prices = new Float64Array(dates.length * width);
  const daysOff = new Set(agent.daysOff);
  const fixed = new Map(agent.fixedShifts?.map(({ weekday, templateId }) => [weekday, templateId]));
  for (const [day, date] of dates.entries()) {
    const templateId = daysOff.has(date) ? undefined : fixed.get(weekdayOf(date));
    let hasFixedShift = false;
    for (const [kind, shiftKind] of kinds.entries()) {
      const isPossible =
        cellsOf[day * kindCount + kind].length > 0 &&
        !daysOff.has(date) &&
        (templateId === undefined || samples[kind].templateId === templateId) &&
        isAvailable(agent, date, shiftKind);
      prices[day * width + kind + 1] = isPossible
        ? startPreferencePrice(agent, shiftKind.startMinute)
        : Infinity;
      if (isPossible && templateId !== undefined && mayDo(limits, kind)) hasFixedShift = true;
    }
    // Away for part of the day, so that none of the fixed shifts is left: a day off, not a contradiction.
    if (hasFixedShift) prices[day * width] = Infinity;
  }
  for (const wish of agent.wishes) {
    const day = dayOf(wish.date);
    if (day === null) continue;
    for (let choice = 0; choice < width; choice++)
      prices[day * width + choice] += wishPrice(wish, choice === 0 ? null : samples[choice - 1].templateId);
  }
  return prices;
}
