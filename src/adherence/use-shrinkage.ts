import type { IntervalGrid } from "../domain/calendar/interval-grid.ts";
import { clockOf, shrinkageApplies } from "../domain/calendar/weekly-hours.ts";
import { nextId } from "../domain/plan/edit-people.ts";
import { shrinkageBesideLeave } from "../domain/plan/leave.ts";
import type { Plan } from "../domain/plan/plan.ts";
import type { Adherence } from "../domain/results/adherence.ts";
import { bisect } from "../numerics/bisect.ts";
import { exp, expm1, log1p } from "../numerics/elementary.ts";

/**
 * The plan with the shrinkage that really was: every kind of shrinkage but the one that stands for leave becomes larger or
 * smaller alike (1 − share, to the same power), so that over the time in which work was planned they come to the measured
 * share. Leave stays, since who is on leave has no shift to be missed. Without any kind there is one more, with this name.
 *
 * The same plan where nothing was measured.
 *
 * @example withMeasuredShrinkage(plan, roster.grid, adherence, "Measured").shrinkage
 */
export function withMeasuredShrinkage(
  plan: Plan,
  grid: IntervalGrid,
  { shrinkage, intervals, firstInterval }: Pick<Adherence, "shrinkage" | "intervals" | "firstInterval">,
  name: string,
): Plan {
  if (shrinkage === null) return plan;
  const measured = Math.min(0.99, Math.max(0, shrinkage));
  const scaled = shrinkageBesideLeave(plan).filter(({ share }) => share > 0);
  if (scaled.length === 0) {
    const item = { name, share: measured, planned: false, weekdays: null, fromMinute: null, toMinute: null };
    return { ...plan, shrinkage: [...plan.shrinkage, { ...item, id: nextId("shrinkage", plan.shrinkage) }] };
  }
  const planned = [...clockOf(grid)].flatMap(({ index, weekday, minute }) => {
    const weight = intervals[index - firstInterval]?.plannedWorkSeconds ?? 0;
    if (weight === 0) return [];
    const logs = scaled.filter((item) => shrinkageApplies(item, weekday, minute));
    return [{ weight, log: logs.reduce((sum, { share }) => sum + log1p(-share), 0) }];
  });
  const weights = planned.reduce((sum, { weight }) => sum + weight, 0);
  const under = (power: number) =>
    1 - planned.reduce((sum, { weight, log }) => sum + weight * exp(power * log), 0) / weights;
  const [, power] = bisect((value) => under(value) < measured, 0, 1000, { absolute: 1e-9 });
  const shareOf = (share: number) => Math.min(0.99, -expm1(power * log1p(-share)));
  return {
    ...plan,
    shrinkage: plan.shrinkage.map((item) =>
      scaled.includes(item) ? { ...item, share: Number(shareOf(item.share).toFixed(6)) } : item,
    ),
  };
}
