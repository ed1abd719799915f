import { dateOfDay, dayOfDate, type IntervalGrid, sameGrid } from "../domain/calendar/interval-grid.ts";
import { fingerprint } from "../domain/fingerprint.ts";
import { fail, type Outcome, succeed } from "../domain/outcome.ts";
import { type Days, isOn } from "../domain/plan/days.ts";
import type { PlanDocument } from "../domain/plan/plan.ts";
import type { Assignment, Roster } from "../domain/plan/roster.ts";
import type { Schedule } from "../domain/plan/shift.ts";
import { heldOutside, withDays } from "../scheduling/only-days.ts";
import { areJudged, hasTours } from "./changed-days.ts";
import { judgedRoster } from "./judged-roster.ts";
import { scheduleTerms } from "./schedule-terms.ts";
import type { StageSources } from "./stage.ts";

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
  if (areJudged(document)) return fail({ code: "run.daysJudged", severity: "error" });
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
  // Whoever is off on another day stays off: pins hold shifts only.
  const places = new Set(held.map(({ agentId, shift }) => `${agentId} ${shift.date}`));
  const otherDates = Array.from({ length: grid.dayCount }, (_, day) => day).flatMap((day) =>
    days.has(day) ? [] : [dateOfDay(grid, day)],
  );
  const agents = plan.agents.map((agent) => ({
    ...agent,
    unavailable: [
      ...(agent.unavailable ?? []),
      ...otherDates
        .filter((date) => !places.has(`${agent.id} ${date}`))
        .map((date) => ({ date, fromMinute: 0, toMinute: 1440 })),
    ],
  }));
  const pinned = assignments.map((one) => (isHeld(one) ? { ...one, pinned: true } : one));
  return succeed({
    dates,
    document: {
      ...document,
      plan: { ...plan, agents },
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
