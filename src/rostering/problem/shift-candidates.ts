import { type LocalDate, weekdayOf } from "../../domain/calendar/clock.ts";
import { dateOfDay, type IntervalGrid } from "../../domain/calendar/interval-grid.ts";
import type { AgentGroup } from "../../domain/plan/queue.ts";
import type { Activity, Shift, ShiftTemplate } from "../../domain/plan/shift.ts";
import type { Requirement } from "../../domain/results/requirement.ts";
import type { Cover } from "./roster-problem.ts";

/**
 * Shifts and people chosen together: every start and length that a template allows is a kind of shift, and what is to
 * be covered are the required agents per interval.
 *
 * Each queue belongs to the smallest group that serves it, and a candidate is a shift of such a group: an agent of
 * several skills works for one of them at a time. Breaks stand at the beginning, middle or end of their window in turn
 * from start to start, so that not everybody eats at once; to place them better is the shift stage's craft.
 */
export function shiftCandidates(
  grid: IntervalGrid,
  templates: readonly ShiftTemplate[],
  homes: readonly string[],
): Shift[] {
  const day = plainDay(grid);
  const date = dateOfDay(grid, day);
  const midnight = grid.dayOffsets[day] * grid.intervalMinutes;
  return templates.flatMap((template) =>
    homes
      .filter((groupId) => template.groupIds.length === 0 || template.groupIds.includes(groupId))
      .flatMap((groupId) => {
        const starts: number[] = [];
        for (
          let at = template.earliestStartMinute;
          at <= template.latestStartMinute;
          at += template.startStepMinutes
        )
          starts.push(at);
        return starts.flatMap((start, turn) =>
          template.lengthsMinutes.map((length) =>
            candidate(
              template,
              groupId,
              date,
              midnight + start,
              length,
              (turn % 3) / 2,
              grid.intervalMinutes,
            ),
          ),
        );
      }),
  );
}

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
export function intervalCover(
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

/** The first day of ordinary length: candidates are cut for it and moved to the other days. */
function plainDay(grid: IntervalGrid): number {
  const day = Array.from({ length: grid.dayCount }, (_, index) => index).find(
    (index) => (grid.dayOffsets[index + 1] - grid.dayOffsets[index]) * grid.intervalMinutes === 1440,
  );
  return day ?? 0;
}

function candidate(
  template: ShiftTemplate,
  groupId: string,
  date: LocalDate,
  startMinute: number,
  length: number,
  share: number,
  intervalMinutes: number,
): Shift {
  const endMinute = startMinute + length;
  const pauses = template.breaks
    .map(({ kind, paid, lengthMinutes, earliestMinute, latestMinute }) => {
      const wanted = earliestMinute + share * (latestMinute - earliestMinute);
      const at = Math.min(latestMinute, Math.ceil(wanted / intervalMinutes) * intervalMinutes);
      return { kind, paid, startMinute: startMinute + at, endMinute: startMinute + at + lengthMinutes };
    })
    .filter((pause) => pause.endMinute < endMinute)
    .sort((a, b) => a.startMinute - b.startMinute);
  const activities: Activity[] = [];
  let at = startMinute;
  for (const pause of pauses) {
    if (pause.startMinute < at) continue;
    if (pause.startMinute > at)
      activities.push({ kind: "work", startMinute: at, endMinute: pause.startMinute, paid: true });
    activities.push(pause);
    at = pause.endMinute;
  }
  if (at < endMinute) activities.push({ kind: "work", startMinute: at, endMinute, paid: true });
  const id = `made-${groupId}-${template.id}-${startMinute}-${length}`;
  return { id, templateId: template.id, groupId, date, startMinute, endMinute, activities, pinned: false };
}
