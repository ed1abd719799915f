import { type IntervalGrid, minuteIso } from "../domain/calendar/interval-grid.ts";
import type { Plan } from "../domain/plan/plan.ts";
import type { Roster } from "../domain/plan/roster.ts";
import type { Schedule, Shift } from "../domain/plan/shift.ts";
import { type CsvCell, csvText } from "./table-writer.ts";

export const scheduleHeader = [
  "date",
  "agent_id",
  "agent_name",
  "shift_id",
  "activity",
  "start",
  "end",
  "paid",
  "queues",
] as const;

/**
 * Own long layout: one row per shift and activity, ordered by start of shift and id; local ISO times with offset;
 * `paid` is `true` or `false`; queues joined by `|`. Shifts that nobody has yet leave the agent empty: all of a bare
 * schedule, and the unassigned ones of a roster.
 */
export function scheduleCsv(plan: Pick<Plan, "groups" | "agents">, source: Schedule | Roster): string {
  const queuesOfGroup = new Map(plan.groups.map((group) => [group.id, group.queueIds.join("|")]));
  const nameOfAgent = new Map(plan.agents.map((agent) => [agent.id, agent.name]));
  const shifts: { readonly shift: Shift; readonly agentId: string | null }[] =
    "assignments" in source
      ? [
          ...source.assignments.map(({ shift, agentId }) => ({ shift, agentId })),
          ...source.unassigned.map((shift) => ({ shift, agentId: null })),
        ]
      : source.shifts.map((shift) => ({ shift, agentId: null }));
  shifts.sort(
    (a, b) =>
      a.shift.startMinute - b.shift.startMinute ||
      compare(a.shift.id, b.shift.id) ||
      compare(a.agentId ?? "", b.agentId ?? ""),
  );
  const rows = shifts.flatMap(({ shift, agentId }) =>
    activityRows(
      source.grid,
      shift,
      [agentId ?? "", agentId === null ? "" : (nameOfAgent.get(agentId) ?? "")],
      queuesOfGroup.get(shift.groupId) ?? "",
    ),
  );
  return csvText(scheduleHeader, rows);
}

function activityRows(
  grid: IntervalGrid,
  shift: Shift,
  agent: readonly [id: string, name: string],
  queues: string,
): CsvCell[][] {
  return shift.activities.map((activity) => [
    shift.date,
    ...agent,
    shift.id,
    activity.kind,
    minuteIso(grid, activity.startMinute),
    minuteIso(grid, activity.endMinute),
    String(activity.paid),
    queues,
  ]);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
