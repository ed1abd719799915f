import { createIntervalGrid, intervalCount, localTimeOf } from "../../src/domain/calendar/interval-grid.ts";
import type { AgentGroup, Queue } from "../../src/domain/plan/queue.ts";
import type { BreakRule, ShiftTemplate } from "../../src/domain/plan/shift.ts";
import type { Requirement } from "../../src/domain/results/requirement.ts";
import type { ShiftsInput } from "../../src/scheduling/problem/shift-block.ts";
import { voiceQueue } from "../builders.ts";

/** Building blocks of the cases in this folder: everything is plain and small, so that a case says only what it is about. */

export const settings: ShiftsInput["settings"] = {
  solver: "highs",
  seconds: 0.5,
  gap: 0.01,
  costPerHourShort: 60,
  costPerHourOver: 6,
};

export function queue(id: string, minimumAgents = 0): Queue {
  return voiceQueue({ id, name: id, defaultAhtSeconds: 240, minimumAgents });
}

export function group(id: string, ...queueIds: string[]): AgentGroup {
  return { id, name: id, queueIds };
}

export function rest(
  kind: "break" | "meal",
  lengthMinutes: number,
  earliestMinute: number,
  latestMinute: number,
): BreakRule {
  return {
    id: `${kind}${earliestMinute}`,
    kind,
    lengthMinutes,
    paid: kind === "break",
    earliestMinute,
    latestMinute,
  };
}

export function template(id: string, changes: Partial<ShiftTemplate> = {}): ShiftTemplate {
  return {
    id,
    name: id,
    groupIds: [],
    weekdays: [1, 2, 3, 4, 5, 6, 7],
    earliestStartMinute: 360,
    latestStartMinute: 960,
    startStepMinutes: 30,
    lengthsMinutes: [480],
    breaks: [],
    minimumWorkMinutes: 0,
    costPerHour: 20,
    minimumCount: null,
    maximumCount: null,
    ...changes,
  };
}

/** A requirement of whole days; `asked(minuteOfDay, day)` is agents to be scheduled, per queue. */
export function requirement(
  queues: Readonly<Record<string, (minuteOfDay: number, day: number) => number>>,
  days = 1,
  intervalMinutes = 30,
  timeZone = "UTC",
  firstDate = "2026-11-02",
): Requirement {
  const grid = createIntervalGrid(timeZone, intervalMinutes, firstDate, days);
  const count = intervalCount(grid);
  return {
    grid,
    queues: Object.entries(queues).map(([queueId, asked]) => {
      const series = new Float64Array(count);
      for (let day = 0; day < days; day++)
        for (let index = grid.dayOffsets[day]; index < grid.dayOffsets[day + 1]; index++)
          series[index] = asked(localTimeOf(grid, index).minuteOfDay, day);
      const none = new Float64Array(count);
      return {
        queueId,
        offered: none,
        ahtSeconds: none,
        requiredAgents: series,
        scheduledAgents: series,
        serviceLevel: none,
        asaSeconds: none,
        abandonmentRate: none,
        occupancy: none,
      };
    }),
  };
}

export function input(
  changes: Partial<ShiftsInput> & Pick<ShiftsInput, "requirement" | "templates">,
): ShiftsInput {
  const ids = changes.requirement.queues.map(({ queueId }) => queueId);
  return {
    queues: ids.map((id) => queue(id)),
    groups: ids.map((id) => group(`${id} agents`, id)),
    settings,
    pinned: [],
    seed: 1,
    timeLimitSeconds: null,
    ...changes,
  };
}

/** A busy day: two humps between 8:00 and 20:00. */
export function humps(peak: number) {
  return (minuteOfDay: number) => {
    if (minuteOfDay < 480 || minuteOfDay >= 1200) return 0;
    const hour = minuteOfDay / 60;
    return Math.round(
      peak * (Math.exp(-((hour - 10.5) ** 2) / 6) + 0.8 * Math.exp(-((hour - 15.5) ** 2) / 9)),
    );
  };
}
