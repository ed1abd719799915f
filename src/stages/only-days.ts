import { dateOfDay, dayOfDate, type IntervalGrid, sameGrid } from "../domain/calendar/interval-grid.ts";
import { fingerprint } from "../domain/fingerprint.ts";
import { memoizeByObject } from "../domain/memo.ts";
import { fail, type Outcome, succeed } from "../domain/outcome.ts";
import type { PlanDocument } from "../domain/plan/plan.ts";
import type { Assignment, Roster } from "../domain/plan/roster.ts";
import type { Schedule, Shift } from "../domain/plan/shift.ts";
import type { DemandForecast } from "../domain/results/demand.ts";
import type { Requirement } from "../domain/results/requirement.ts";
import { type Days, daysAskedOtherwise, heldOutside, isOn, withDays } from "../scheduling/only-days.ts";
import { judgedRoster } from "./judged-roster.ts";
import { type DayStage, partsOf } from "./made-parts.ts";
import { scheduleTerms } from "./schedule-terms.ts";
import type { StageSources } from "./stage.ts";

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
  if (stage === "schedule" && hasTours(document)) return null;
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
  if (hasTours(document)) return null;
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

function hasTours({ plan, results }: PlanDocument): boolean {
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

/** What a run of some days is given, and how its answer becomes the whole. */
export interface RunOfDays<Result> {
  readonly dates: readonly string[];
  readonly document: StageSources;
  readonly whole: (solved: Result) => Result;
}

/** The schedule solved again on these dates; all shifts that begin on others stay as they are, bit for bit. */
export function scheduleOfDays(
  document: PlanDocument,
  dates: readonly string[],
): Outcome<RunOfDays<Schedule>> {
  const { requirement, schedule } = document.results;
  if (requirement === null || schedule === null || !sameGrid(requirement.value.grid, schedule.value.grid))
    return fail({ code: "run.daysWithoutRest", severity: "error" });
  if (hasTours(document)) return fail({ code: "run.daysOfTours", severity: "error" });
  const days = daysOf(schedule.value.grid, dates);
  if (days.size < dates.length) return outsidePlan(schedule.value.grid, dates);
  const terms = scheduleTerms(document.plan, requirement.value);
  const present = schedule.value.shifts;
  const held = heldOutside(terms, present, days);
  return succeed({
    dates,
    document: {
      ...document,
      results: {
        ...document.results,
        requirement: { value: held.requirement },
        schedule: { value: { ...schedule.value, shifts: held.shifts } },
      },
    },
    whole: (solved) => withDays(terms, present, solved, days),
  });
}

/**
 * The roster built again on these dates: everybody works on all others what they worked, and rules count those days. Open
 * shifts of other dates stay open.
 */
export function rosterOfDays(document: PlanDocument, dates: readonly string[]): Outcome<RunOfDays<Roster>> {
  const { plan, results } = document;
  const { requirement, schedule, roster } = results;
  const made = plan.rostering?.buildFrom === "requirement" ? requirement : schedule;
  if (made === null || roster === null || !sameGrid(made.value.grid, roster.value.grid))
    return fail({ code: "run.daysWithoutRest", severity: "error" });
  const { grid, assignments } = roster.value;
  const days = daysOf(grid, dates);
  if (days.size < dates.length) return outsidePlan(grid, dates);
  const isHeld = ({ shift }: Assignment) => !isOn(grid, shift, days);
  const held = assignments.filter(isHeld);
  const worked = new Set(held.map(({ shift }) => shift.id));
  const pinned = assignments.map((one) => (isHeld(one) ? { ...one, pinned: true } : one));
  return succeed({
    dates,
    document: {
      ...document,
      results: {
        ...results,
        ...(requirement === null || plan.rostering?.buildFrom !== "requirement"
          ? {}
          : {
              requirement: {
                value: heldOutside(
                  scheduleTerms(plan, requirement.value),
                  assignments.map(({ shift }) => shift),
                  days,
                ).requirement,
              },
            }),
        ...(schedule === null
          ? {}
          : {
              schedule: {
                value: {
                  ...schedule.value,
                  shifts: schedule.value.shifts.filter(
                    (shift) => isOn(grid, shift, days) || worked.has(shift.id),
                  ),
                },
              },
            }),
        roster: { value: { ...roster.value, assignments: pinned } },
      },
    },
    whole(solved) {
      const merged = [...held, ...solved.assignments.filter((one) => !isHeld(one))];
      const judged = judgedRoster({
        ...document,
        results: { ...results, roster: { ...roster, value: { ...roster.value, assignments: merged } } },
      }).results.roster;
      if (judged === null) return solved;
      const { violations, objective, unassigned, bound } = judged.value;
      return { ...solved, assignments: judged.value.assignments, violations, objective, unassigned, bound };
    },
  });
}

function daysOf(grid: IntervalGrid, dates: readonly string[]): Days {
  return new Set(dates.flatMap((date) => dayOfDate(grid, date) ?? []));
}

function outsidePlan(grid: IntervalGrid, dates: readonly string[]): Outcome<never> {
  const outside = dates.filter((date) => dayOfDate(grid, date) === null);
  return fail({ code: "run.daysOutside", severity: "error", values: { dates: outside.join(", ") } });
}

/** Person-days that differ between two rosters: somebody works another shift, or works on one side only. */
export function personDaysMoved(before: Roster, after: Roster): number {
  const workOf = ({ assignments }: Roster) =>
    new Map(
      assignments.map(({ agentId, shift: { date, templateId, startMinute, endMinute, activities } }) => [
        `${agentId} ${date}`,
        fingerprint([templateId, startMinute, endMinute, activities]),
      ]),
    );
  const [then, now] = [workOf(before), workOf(after)];
  const places = new Set([...then.keys(), ...now.keys()]);
  return [...places].filter((place) => then.get(place) !== now.get(place)).length;
}
