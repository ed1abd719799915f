import { addDays } from "../../src/domain/calendar/clock.ts";
import {
  createIntervalGrid,
  type IntervalGrid,
  intervalCount,
} from "../../src/domain/calendar/interval-grid.ts";
import { newContract } from "../../src/domain/plan/edit-people.ts";
import type { AgentGroup } from "../../src/domain/plan/queue.ts";
import type { Agent, Assignment, Contract, Roster } from "../../src/domain/plan/roster.ts";
import type { Shift, ShiftTemplate } from "../../src/domain/plan/shift.ts";
import type { Requirement } from "../../src/domain/results/requirement.ts";

/** A Monday. */
export const monday = "2026-11-02";
export const week = createIntervalGrid("UTC", 60, monday, 7);

export const fiveDays: Contract = { ...newContract("five", "40 h"), minimumConsecutiveDaysOff: 2 };

/** Eight hours without a break, any start, any day. */
export const eightHours: ShiftTemplate = {
  id: "eight",
  name: "Eight hours",
  groupIds: [],
  weekdays: [1, 2, 3, 4, 5, 6, 7],
  earliestStartMinute: 0,
  latestStartMinute: 960,
  startStepMinutes: 60,
  lengthsMinutes: [480],
  breaks: [],
  minimumWorkMinutes: 0,
  costPerHour: 20,
  minimumCount: null,
  maximumCount: null,
};

export function people(count: number, groupId: string, more: Partial<Agent> = {}): Agent[] {
  return Array.from({ length: count }, (_, at) => ({
    id: `${groupId}-${at + 1}`,
    name: `${groupId} ${at + 1}`,
    team: "",
    groupId,
    contractId: "five",
    proficiency: 1,
    joined: "2020-01-01",
    daysOff: [],
    wishes: [],
    ...more,
  }));
}

export function group(id: string, ...queueIds: string[]): AgentGroup {
  return { id, name: id, queueIds };
}

/** So many agents on queue from 8 to 16 on each day of the week; of queues by id. */
export function requirementOf(
  agents: Readonly<Record<string, readonly number[]>>,
  grid: IntervalGrid = week,
): Requirement {
  const count = intervalCount(grid);
  return {
    grid,
    queues: Object.entries(agents).map(([queueId, days]) => {
      const requiredAgents = new Float64Array(count);
      for (const [day, needed] of days.entries())
        requiredAgents.fill(needed, grid.dayOffsets[day] + 8, grid.dayOffsets[day] + 16);
      const empty = () => new Float64Array(count);
      return {
        queueId,
        offered: empty(),
        ahtSeconds: empty(),
        requiredAgents,
        scheduledAgents: requiredAgents,
        serviceLevel: empty(),
        asaSeconds: empty(),
        abandonmentRate: empty(),
        occupancy: empty(),
      };
    }),
  };
}

/** A shift of work from one hour to another. */
export function shiftOn(day: number, groupId: string, id: string, from = 8, to = 16): Shift {
  const [startMinute, endMinute] = [(24 * day + from) * 60, (24 * day + to) * 60];
  return {
    id,
    templateId: "eight",
    groupId,
    date: addDays(monday, day),
    startMinute,
    endMinute,
    activities: [{ kind: "work", startMinute, endMinute, paid: true }],
    pinned: false,
  };
}

export function rosterOf(assignments: readonly Assignment[], grid: IntervalGrid = week): Roster {
  return {
    grid,
    assignments,
    unassigned: [],
    violations: [],
    status: "optimal",
    objective: 0,
    bound: null,
    seconds: null,
  };
}
