import { dateOfDay, dayOfDate, type IntervalGrid, sameGrid } from "../domain/calendar/interval-grid.ts";
import { memoizeByObject } from "../domain/memo.ts";
import { isOn } from "../domain/plan/days.ts";
import type { PlanDocument } from "../domain/plan/plan.ts";
import type { Schedule, Shift } from "../domain/plan/shift.ts";
import type { DemandForecast } from "../domain/results/demand.ts";
import type { Requirement } from "../domain/results/requirement.ts";
import { type DayStage, partsOf } from "./made-parts.ts";

/** What a change of some days asks for: those days, and how many people's days it can move. */
export interface ChangedDays {
  readonly dates: readonly string[];
  /** Person-days on those dates, and in the whole plan; shifts where nobody has a name yet. */
  readonly personDays: number;
  readonly allPersonDays: number;
}

/**
 * The days for which a schedule or roster is out of date. null where days do not say it all: nothing differs, every day
 * does, templates, people or settings have changed as well, there is no result for these dates, or shifts stand in tours.
 */
export function changedDays(stage: DayStage, document: PlanDocument): ChangedDays | null {
  const made = document.results[stage];
  const now = partsOf(stage, document);
  if (made === null || now === null || now.days.length !== made.value.grid.dayCount) return null;
  if (stage === "schedule" && (hasTours(document) || areJudged(document))) return null;
  const { grid } = made.value;
  const days =
    made.parts === undefined
      ? daysThatDiffer(stage, document)
      : made.parts.rules !== now.rules
        ? []
        : now.days.flatMap((key, day) => (key === made.parts?.days[day] ? [] : [day]));
  return countedDays(document, grid, days);
}

function countedDays(
  document: PlanDocument,
  grid: IntervalGrid,
  days: readonly number[],
): ChangedDays | null {
  if (days.length === 0 || days.length === grid.dayCount) return null;
  const chosen = new Set(days);
  const people = peopleDays(document, grid);
  return {
    dates: days.map((day) => dateOfDay(grid, day)),
    personDays: people.filter((shift) => isOn(grid, shift, chosen)).length,
    allPersonDays: people.length,
  };
}

/**
 * The same with the days that will have changed once the stages before have been run: where the forecast is another than
 * the requirement was made from, and where shifts are about to be other ones. What a person is told before a run.
 */
export function daysToChange(stage: DayStage, document: PlanDocument): ChangedDays | null {
  const { forecast, requirement } = document.results;
  const made = document.results[stage];
  if (made === null || (made.parts !== undefined && made.parts.rules !== partsOf(stage, document)?.rules))
    return null;
  if (hasTours(document) || areJudged(document)) return null;
  const { grid } = made.value;
  const days = new Set<number>();
  const add = (changed: ChangedDays | null) => {
    for (const date of changed?.dates ?? []) days.add(dayOfDate(grid, date) ?? 0);
  };
  add(changedDays("schedule", document));
  if (stage === "roster") add(changedDays("roster", document));
  if (forecast !== null && requirement !== null && sameGrid(forecast.value.grid, requirement.value.grid)) {
    for (const day of daysForecastOtherwise(forecast.value, requirement.value)) days.add(day);
  }
  return countedDays(
    document,
    grid,
    [...days].sort((a, b) => a - b),
  );
}

const daysForecastOtherwise = memoizeByObject(
  (forecast: DemandForecast, requirement: Requirement): number[] => {
    const { dayOffsets, dayCount } = forecast.grid;
    return Array.from({ length: dayCount }, (_, day) => day).filter((day) =>
      forecast.queues.some(({ queueId, offered, ahtSeconds }) => {
        const queue = requirement.queues.find((other) => other.queueId === queueId);
        for (let index = dayOffsets[day]; index < dayOffsets[day + 1]; index++) {
          const contacts = queue?.offered[index] ?? 0;
          // Where nothing is open, nothing is required.
          if (contacts > 0 && (contacts !== offered[index] || queue?.ahtSeconds[index] !== ahtSeconds[index]))
            return true;
        }
        return false;
      }),
    );
  },
);

/** Whether shifts are made by what a simulation of them all says, so that no day can be made by itself. */
export function areJudged({ plan }: PlanDocument): boolean {
  return plan.scheduling.keepGoals !== undefined;
}

export function hasTours({ plan, results }: PlanDocument): boolean {
  return (results.schedule?.value.tours ?? []).length > 0 || (plan.scheduling.tours ?? []).length > 0;
}

/** One entry for each person and day at work; for each shift where nobody has a name yet. */
function peopleDays({ results }: PlanDocument, grid: IntervalGrid): readonly Pick<Shift, "date">[] {
  const roster = results.roster?.value;
  if (roster !== undefined && sameGrid(roster.grid, grid))
    return roster.assignments.map(({ shift }) => shift);
  return results.schedule?.value.shifts ?? [];
}

/** Of results that do not say what their days were made from: by what they hold. */
function daysThatDiffer(stage: DayStage, { plan, results }: PlanDocument): number[] {
  const { requirement, schedule, roster } = results;
  if (stage === "schedule") {
    return requirement === null || schedule === null || !sameGrid(requirement.value.grid, schedule.value.grid)
      ? []
      : daysAskedOtherwise(requirement.value, schedule.value);
  }
  if (plan.rostering?.buildFrom === "requirement" || schedule === null || roster === null) return [];
  const { grid, assignments, unassigned } = roster.value;
  const textOf = ({ id, startMinute, endMinute }: Shift) => `${id} ${startMinute} ${endMinute}`;
  const given = new Set([...assignments.map(({ shift }) => shift), ...unassigned].map(textOf));
  const days = new Set(
    schedule.value.shifts.flatMap((shift) =>
      given.has(textOf(shift)) ? [] : (dayOfDate(grid, shift.date) ?? []),
    ),
  );
  return [...days].sort((a, b) => a - b);
}

/** Days on which other agents are asked for than those the schedule was made for. */
function daysAskedOtherwise(requirement: Requirement, { coverage }: Schedule): number[] {
  const { grid } = requirement;
  return Array.from({ length: grid.dayCount }, (_, day) => day).filter((day) =>
    requirement.queues.some(({ queueId, scheduledAgents }) => {
      const asked = coverage.find((queue) => queue.queueId === queueId)?.asked;
      for (let index = grid.dayOffsets[day]; index < grid.dayOffsets[day + 1]; index++)
        if (Math.abs(scheduledAgents[index] - (asked?.[index] ?? 0)) > 1e-9) return true;
      return false;
    }),
  );
}
