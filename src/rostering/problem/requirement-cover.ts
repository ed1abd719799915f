import { daysBetween, weekdayOf } from "../../domain/calendar/clock.ts";
import { dayOfInterval } from "../../domain/calendar/interval-grid.ts";
import type { AgentGroup } from "../../domain/plan/queue.ts";
import type { Shift, ShiftTemplate } from "../../domain/plan/shift.ts";
import type { Requirement } from "../../domain/results/requirement.ts";
import type { PlanDays } from "./plan-days.ts";
import type { PlanCover } from "./schedule-cover.ts";
import type { ShiftKinds } from "./shift-kinds.ts";

/** Group of each queue that stands for it: the smallest that serves it. */
export function homeGroups(
  requirement: Requirement,
  groups: readonly AgentGroup[],
): ReadonlyMap<string, string> {
  const bySize = [...groups].sort((a, b) => a.queueIds.length - b.queueIds.length);
  return new Map(
    requirement.queues.flatMap(({ queueId }) => {
      const home = bySize.find(({ queueIds }) => queueIds.includes(queueId));
      return home ? [[queueId, home.id] as const] : [];
    }),
  );
}

/**
 * The cover that a requirement asks for: one cell per group and interval, which wants as many people as are required;
 * a shift fills those in which it works. A kind may be worked on every weekday of its template.
 *
 * @param further shifts that are worked, whether their kind is open that day or not
 */
export function requirementCover(
  { dates, grid, dayOf }: PlanDays,
  shifts: ShiftKinds,
  { queues }: Requirement,
  homes: ReadonlyMap<string, string>,
  further: readonly Shift[],
  templates: readonly ShiftTemplate[],
  costPerHourShort: number,
  costPerHourOver: number,
): PlanCover {
  const { dayCount, dayOffsets, intervalMinutes } = grid;
  const { kinds, samples, kindOf, isSameOn } = shifts;
  const intervals = dayOffsets[dayCount];
  const wanted = new Map<string, Float64Array>();
  for (const { queueId, scheduledAgents } of queues) {
    const home = homes.get(queueId);
    if (home === undefined) continue;
    const sum = wanted.get(home) ?? new Float64Array(intervals);
    for (let index = 0; index < intervals; index++) sum[index] += scheduledAgents[index];
    wanted.set(home, sum);
  }
  const first = new Map([...wanted.keys()].map((home, index) => [home, index * intervals]));
  const need = new Float64Array(wanted.size * intervals);
  for (const [home, sum] of wanted) need.set(sum, first.get(home));

  const isOpen = new Uint8Array(dayCount * kinds.length);
  const weekdaysOf = new Map(templates.map(({ id, weekdays }) => [id, weekdays]));
  for (const [day, date] of dates.entries())
    for (const [kind, { templateId }] of samples.entries())
      if (weekdaysOf.get(templateId)?.includes(weekdayOf(date)) && isSameOn(day, kind))
        isOpen[day * kinds.length + kind] = 1;
  const isCounted = isOpen.slice();
  for (const shift of further) {
    const day = dayOf(shift.date);
    if (day !== null) isCounted[day * kinds.length + kindOf(shift)!] = 1;
  }
  const cellsFilled = (day: number, { activities, date, groupId }: Shift): number[] => {
    const base = first.get(groupId);
    if (base === undefined) return [];
    const offset = dayOffsets[day] - dayOffsets[daysBetween(grid.firstDate, date)];
    return activities.flatMap(({ kind, startMinute, endMinute }) => {
      const from = offset + Math.ceil(startMinute / intervalMinutes);
      const to = Math.min(intervals, offset + Math.floor(endMinute / intervalMinutes));
      return kind === "work" && from < to
        ? Array.from({ length: to - from }, (_, index) => base + from + index)
        : [];
    });
  };
  const cellsOf = Array.from(isCounted, (counted, choice) =>
    counted ? cellsFilled(Math.floor(choice / kinds.length), samples[choice % kinds.length]) : [],
  );
  const filling = cellsOf.filter(({ length }) => length > 0);
  const hours = intervalMinutes / 60;
  return {
    isOpen,
    isCounted,
    dayOfCell: Array.from(need, (_, cell) => dayOfInterval(grid, cell % intervals)),
    cover: {
      need,
      underPrice: new Float64Array(need.length).fill(costPerHourShort * hours),
      overPrice: new Float64Array(need.length).fill(costPerHourOver * hours),
      cellsOf,
      cellsPerShift:
        filling.length === 0 ? 1 : filling.reduce((sum, { length }) => sum + length, 0) / filling.length,
    },
  };
}
