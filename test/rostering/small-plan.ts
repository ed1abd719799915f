import { createIntervalGrid } from "../../src/domain/calendar/interval-grid.ts";
import type { Agent, Assignment, Contract, Wish } from "../../src/domain/plan/roster.ts";
import type { Schedule, Shift, ShiftTemplate } from "../../src/domain/plan/shift.ts";
import { assignRoster } from "../../src/rostering/assign-roster.ts";
import type { RosterInput } from "../../src/rostering/problem/roster-input.ts";
import { scheduleOf } from "../builders.ts";

/** A fortnight from a Monday in Berlin that holds the 25-hour day (25 October 2026). */
export const grid = createIntervalGrid("Europe/Berlin", 15, "2026-10-19", 14);

export const template: ShiftTemplate = {
  id: "day",
  name: "Day",
  groupIds: [],
  weekdays: [1, 2, 3, 4, 5, 6, 7],
  earliestStartMinute: 0,
  latestStartMinute: 1425,
  startStepMinutes: 15,
  lengthsMinutes: [480],
  breaks: [],
  minimumWorkMinutes: 0,
  costPerHour: 20,
  minimumCount: null,
  maximumCount: null,
};

/** Eight hours from `hour` on day `day`, hours counted from the start of that day. */
export function shift(day: number, hour: number, groupId = "voice"): Shift {
  const startMinute = grid.dayOffsets[day] * 15 + hour * 60;
  const endMinute = startMinute + 480;
  return {
    id: `${day}-${hour}-${groupId}`,
    templateId: "day",
    groupId,
    date: `2026-${day < 13 ? "10" : "11"}-${String(day < 13 ? 19 + day : day - 12).padStart(2, "0")}`,
    startMinute,
    endMinute,
    activities: [{ kind: "work", startMinute, endMinute, paid: true }],
    pinned: false,
  };
}

export const contract: Contract = {
  id: "full",
  name: "Full",
  minimumMinutesPerWeek: 0,
  maximumMinutesPerWeek: 2400,
  maximumConsecutiveDays: 5,
  minimumConsecutiveDays: 1,
  minimumConsecutiveDaysOff: 1,
  maximumWeekends: null,
  minimumRestMinutes: 660,
};

export function agent(id: string, more: Partial<Agent> = {}): Agent {
  return {
    id,
    name: id,
    team: "A",
    groupId: "voice",
    contractId: "full",
    proficiency: 1,
    joined: "2020-01-01",
    daysOff: [],
    wishes: [],
    ...more,
  };
}

export function input(
  shifts: readonly Shift[],
  agents: readonly Agent[],
  more: Partial<RosterInput> = {},
): RosterInput {
  const schedule: Schedule = scheduleOf(grid, shifts);
  return {
    schedule,
    groups: [
      { id: "voice", name: "Voice", queueIds: ["Voice"] },
      { id: "both", name: "Both", queueIds: ["Voice", "Chat"] },
      { id: "chat", name: "Chat", queueIds: ["Chat"] },
    ],
    templates: [template],
    contracts: [contract],
    agents,
    costPerHourShort: 60,
    costPerHourOver: 12,
    pinned: [],
    start: null,
    seed: 1,
    seconds: null,
    timed: false,
    ...more,
  };
}

export async function roster(given: RosterInput) {
  const outcome = await assignRoster(given);
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.issues));
  return { ...outcome.value, issues: outcome.issues };
}
export const wish = (date: string, kind: Wish["kind"]): Wish => ({ date, kind, templateId: null, weight: 5 });
export const given = (agentId: string, worked: Shift): Assignment => ({
  agentId,
  shift: worked,
  pinned: false,
});
