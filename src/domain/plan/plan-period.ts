import { addDays, type LocalDate, offsetMinutesAt } from "../calendar/clock.ts";
import { type HistoryClock, historyOnClock } from "../results/history-on-clock.ts";
import type { Plan, PlanDocument } from "./plan.ts";
import type { PriorRoster } from "./roster.ts";
import { todayOnIntervals } from "./today.ts";

/** The dates a plan covers. */
export type Period = Pick<Plan, "firstDate" | "dayCount">;

/** Last day of a period. */
export function lastDateOf({ firstDate, dayCount }: Period): LocalDate {
  return addDays(firstDate, dayCount - 1);
}

/** What lies in the plan's period now and would no longer lie in another; counts. */
export interface LeftBehind {
  /** Shifts made, with a name or without; those of the roster where there is one. */
  readonly shifts: number;
  /** Of these, pinned. */
  readonly pinned: number;
  readonly overrides: number;
  readonly specialDays: number;
  /** Days of leave and dated wishes of people. */
  readonly daysOfPeople: number;
  /** Outages, surges, late openings and drills of the simulation. */
  readonly floorEvents: number;
  /** Scenarios with a change on such a date. */
  readonly scenarios: number;
}

/**
 * What a move of the dates leaves outside. Nothing of it is deleted by the move: overrides, special days, leave, events
 * and scenarios stay in the plan and count again when the dates come back; shifts go when shifts are made again.
 *
 * @example leftBehind(document, { firstDate: "2026-11-30", dayCount: 28 }).overrides // those of November
 */
export function leftBehind({ plan, results }: PlanDocument, period: Period): LeftBehind {
  const isIn = (date: LocalDate, of: Period) => date >= of.firstDate && date <= lastDateOf(of);
  const leaves = (date: LocalDate) => isIn(date, plan) && !isIn(date, period);
  const leavesWhole = (from: LocalDate, to: LocalDate) =>
    overlaps(plan, from, to) && !overlaps(period, from, to);
  const roster = results.roster?.value;
  const shifts = (
    roster === undefined
      ? (results.schedule?.value.shifts ?? []).map((shift) => ({ shift, pinned: shift.pinned }))
      : [
          ...roster.assignments.map(({ shift, pinned }) => ({ shift, pinned: pinned || shift.pinned })),
          ...roster.unassigned.map((shift) => ({ shift, pinned: shift.pinned })),
        ]
  ).filter(({ shift }) => !isIn(shift.date, period));
  const count = <T>(list: readonly T[], test: (entry: T) => boolean) => list.filter(test).length;
  return {
    shifts: shifts.length,
    pinned: count(shifts, ({ pinned }) => pinned),
    overrides: count(plan.forecast.overrides, ({ fromDate, toDate }) => leavesWhole(fromDate, toDate)),
    specialDays: count(plan.forecast.specialDays, ({ dates }) => dates.some(leaves)),
    daysOfPeople: plan.agents.reduce(
      (sum, { daysOff, wishes }) => sum + count(daysOff, leaves) + count(wishes, ({ date }) => leaves(date)),
      0,
    ),
    floorEvents: count(plan.simulation.events ?? [], ({ date }) => leaves(date)),
    scenarios: count(plan.scenarios, ({ changes }) =>
      changes.some(
        (change) =>
          ("date" in change && leaves(change.date)) ||
          ("withDate" in change && leaves(change.withDate)) ||
          ("peakDate" in change && leaves(change.peakDate)) ||
          ("window" in change &&
            change.window !== null &&
            leavesWhole(change.window.fromDate ?? plan.firstDate, change.window.toDate ?? lastDateOf(plan))),
      ),
    ),
  };
}

function overlaps(period: Period, from: LocalDate, to: LocalDate): boolean {
  return from <= lastDateOf(period) && to >= period.firstDate;
}

/** The day after a history ends: the first one that has to be forecast; null without a history. */
export function firstDateAfterHistory({ history }: Pick<PlanDocument, "history">): LocalDate | null {
  return history === null ? null : addDays(history.grid.firstDate, history.grid.dayCount);
}

/**
 * The document in another time zone or interval. Every clock time stays as it is: who called at 09:00 still called at
 * 09:00, and the history is summed to the new interval (`historyOnClock`). A forecast from outside names moments of the
 * old clock and is left out. Throws RangeError where the interval is finer than the history's.
 */
export function withClock(document: PlanDocument, clock: HistoryClock): PlanDocument {
  const { plan, history } = document;
  if (plan.timeZone === clock.timeZone && plan.intervalMinutes === clock.intervalMinutes) return document;
  const { outside: _outside, ...forecast } = plan.forecast;
  return {
    ...document,
    plan: {
      ...plan,
      timeZone: clock.timeZone,
      intervalMinutes: clock.intervalMinutes as Plan["intervalMinutes"],
      forecast,
      ...(plan.today && {
        today: todayOnIntervals(plan.today, plan.intervalMinutes, clock.intervalMinutes),
      }),
      ...(plan.priorRoster && {
        priorRoster: priorRosterOn(plan.priorRoster, plan.timeZone, clock.timeZone),
      }),
    },
    history: history === null ? null : historyOnClock(history, clock),
  };
}

/** Shifts of the prior roster at the same clock times of another zone. */
function priorRosterOn(prior: PriorRoster, from: string, to: string): PriorRoster {
  function moved(instant: string): string {
    const seconds = Date.parse(instant) / 1000;
    const clock = seconds + 60 * offsetMinutesAt(seconds, from);
    const nearly = clock - 60 * offsetMinutesAt(clock, to);
    return new Date((clock - 60 * offsetMinutesAt(nearly, to)) * 1000).toISOString();
  }
  return {
    ...prior,
    people: prior.people.map(({ agentId, shifts }) => ({
      agentId,
      shifts: shifts.map((shift) => ({ ...shift, start: moved(shift.start), end: moved(shift.end) })),
    })),
  };
}
