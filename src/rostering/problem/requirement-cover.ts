import { weekdayOf } from "../../domain/calendar/clock.ts";
import { dateOfDay } from "../../domain/calendar/interval-grid.ts";
import type { AgentGroup } from "../../domain/plan/queue.ts";
import type { Shift, ShiftTemplate } from "../../domain/plan/shift.ts";
import type { Requirement } from "../../domain/results/requirement.ts";
import type { Cover } from "./roster-problem.ts";
import { plainDay } from "./shift-candidates.ts";

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

/** One cell per group and interval that wants somebody; a shift fills those in which it works. */
export function requirementCover(
  { grid, queues }: Requirement,
  homes: ReadonlyMap<string, string>,
  kinds: readonly Shift[],
  templates: readonly ShiftTemplate[],
  costPerHourShort: number,
  costPerHourOver: number,
): Cover {
  const { dayCount, dayOffsets, intervalMinutes } = grid;
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
  const weekdays = new Map(templates.map((template) => [template.id, template.weekdays]));
  const cellsOf: number[][] = [];
  let filled = 0;
  let filling = 0;
  for (let day = 0; day < dayCount; day++) {
    for (const kind of kinds) {
      const cells: number[] = [];
      cellsOf.push(cells);
      if (!weekdays.get(kind.templateId)?.includes(weekdayOf(dateOfDay(grid, day)))) continue;
      const offset = dayOffsets[day] - dayOffsets[plainDay(grid)];
      const base = first.get(kind.groupId);
      if (base === undefined) continue;
      for (const { kind: activity, startMinute, endMinute } of kind.activities) {
        if (activity !== "work") continue;
        const end = Math.min(intervals, offset + Math.floor(endMinute / intervalMinutes));
        for (let at = offset + Math.ceil(startMinute / intervalMinutes); at < end; at++)
          cells.push(base + at);
      }
      filled += cells.length;
      filling++;
    }
  }
  const hours = intervalMinutes / 60;
  return {
    need,
    underPrice: new Float64Array(need.length).fill(costPerHourShort * hours),
    overPrice: new Float64Array(need.length).fill(costPerHourOver * hours),
    cellsOf,
    cellsPerShift: filling === 0 ? 1 : filled / filling,
  };
}
