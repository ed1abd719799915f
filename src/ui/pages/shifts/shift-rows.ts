import type { IntervalGrid } from "../../../domain/calendar/interval-grid.ts";
import type { IntervalRange } from "../../../domain/calendar/ranges.ts";
import type { AgentGroup } from "../../../domain/plan/queue.ts";
import type { Activity, Shift } from "../../../domain/plan/shift.ts";
import type { GanttPart } from "../../kit/charts/gantt-drag.ts";

/** How a shift's activities look in a chart of bars: time away as a gap, training and meetings paler than work. */
export function ganttParts(activities: readonly Activity[]): GanttPart[] {
  return activities.map(({ kind, startMinute, endMinute }) => ({
    startMinute,
    endMinute,
    look:
      kind === "work" ? "solid" : kind === "break" || kind === "meal" || kind === "split" ? "gap" : "pale",
  }));
}

/** Shifts at work in a span of intervals, by start; of one queue only those who can serve it. */
export function shiftsInSpan(
  shifts: readonly Shift[],
  grid: IntervalGrid,
  span: IntervalRange,
  groups: readonly AgentGroup[],
  queueId: string | null,
): Shift[] {
  const from = span.first * grid.intervalMinutes;
  const to = span.end * grid.intervalMinutes;
  const serving = new Set(
    groups.filter((group) => queueId === null || group.queueIds.includes(queueId)).map(({ id }) => id),
  );
  return shifts.filter(
    (shift) => shift.endMinute > from && shift.startMinute < to && serving.has(shift.groupId),
  );
}
