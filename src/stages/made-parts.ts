import { dayOfDate } from "../domain/calendar/interval-grid.ts";
import { fingerprint } from "../domain/fingerprint.ts";
import { memoizeByObject } from "../domain/memo.ts";
import type { MadeParts } from "../domain/plan/plan.ts";
import type { Schedule, Shift } from "../domain/plan/shift.ts";
import type { Requirement } from "../domain/results/requirement.ts";
import { rosterStage } from "./roster.ts";
import { scheduleStage } from "./schedule.ts";
import type { StageSources } from "./stage.ts";

/** Stages whose result can be made again for some days while the others stay. */
export type DayStage = "schedule" | "roster";

/**
 * What a stage would make a schedule or roster from now, told apart: by day the agents asked for or the shifts to be given
 * out, and apart from them all the rest, such as templates, people and settings. null while something it needs is missing.
 */
export function partsOf(stage: DayStage, document: StageSources): MadeParts | null {
  const input = stage === "schedule" ? scheduleStage.read(document) : rosterStage.read(document);
  if (input === null) return null;
  const rules = Object.entries(input)
    .filter(([part, value]) => part !== "requirement" && part !== "schedule" && value !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return {
    rules: fingerprint(rules.map(([part, value]) => [part, fingerprint(value)])),
    days:
      "schedule" in input && input.schedule !== null
        ? daysOfSchedule(input.schedule)
        : !input.requirement
          ? []
          : daysOfRequirement(input.requirement),
  };
}

const daysOfSchedule = memoizeByObject(({ grid, shifts }: Pick<Schedule, "grid" | "shifts">): string[] => {
  const days: Shift[][] = Array.from({ length: grid.dayCount }, () => []);
  for (const shift of shifts) days[dayOfDate(grid, shift.date) ?? 0].push(shift);
  return days.map((those) => fingerprint(those.map(({ pinned: _, ...shift }) => shift)));
});

const daysOfRequirement = memoizeByObject((requirement: Pick<Requirement, "grid" | "queues">): string[] => {
  const { dayOffsets } = requirement.grid;
  return dayOffsets
    .slice(0, -1)
    .map((first, day) =>
      fingerprint(
        requirement.queues.map(({ queueId, scheduledAgents }) => [
          queueId,
          Array.from(scheduledAgents.subarray(first, dayOffsets[day + 1])),
        ]),
      ),
    );
});
